"""Many feeds at many hosts, all well or as feeds are: some slow, moved, missing, damaged, huge or silent."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from tests.bench.publisher import Publisher
from tests.bench.sites import Served, Site, feed_site

HOSTS = tuple(f"127.0.0.{number}" for number in range(2, 61))
"""As many hosts as one machine has without being set up for it, where loopback is 127.0.0.0/8."""
_TEMPLATES = 100
_FOREVER = 3_600.0
_SLOW_SECONDS = 1.0
# An entry has 2.1 kB: 8 MB.
_HUGE_ENTRIES = 3_900
Fault = Callable[[int, Served], Served]


def _answers(status: int) -> Fault:
    return lambda _, served: replace(served, status=status, body=b"")


def _moved(status: int) -> Fault:
    return lambda number, served: replace(served, status=status, body=b"", location=f"/moved/{number}")


def _waits(seconds: float) -> Fault:
    return lambda _, served: replace(served, seconds=seconds)


def _is(body: Callable[[bytes], bytes]) -> Fault:
    return lambda _, served: replace(served, body=body(served.body))


@cache
def _huge() -> Served:
    return feed_site(1, entries=_HUGE_ENTRIES)["/feed/0"]


# Of 500 feeds; the others are well.
_FAULTS: tuple[tuple[int, str, Fault], ...] = (
    (20, "missing (404)", _answers(404)),
    (10, "in trouble (500)", _answers(500)),
    (15, "moved for now (302)", _moved(302)),
    (10, "moved for good (301)", _moved(301)),
    (15, "cut off in the middle", _is(lambda body: body[: len(body) * 2 // 3])),
    (5, "a web page", _is(lambda _: b"<!doctype html><html><body><p>Sorry.</p></body></html>")),
    (15, "slow (1 s)", _waits(_SLOW_SECONDS)),
    (5, "silent", _waits(_FOREVER)),
    (1, "huge (8 MB)", lambda _number, _served: _huge()),
)
FAULTS = ", ".join(f"{count / 5:g} % {name}" for count, name, _ in _FAULTS)
_OF = 500


def clean_site(feeds: int) -> Site:
    """Return ``feeds`` feeds at ``/feed/0`` and on, all well; a hundred texts serve for all."""
    # Host and text together make each feed's links its own: 59 and 100 share no divisor.
    texts = list(feed_site(_TEMPLATES).values())
    return {f"/feed/{number}": texts[number % _TEMPLATES] for number in range(feeds)}


def faulty_site(feeds: int) -> Site:
    """Return the same feeds, of which every fifth has one of the faults, strewn among the others."""
    site = clean_site(feeds)
    order = random.Random(11).sample(range(_OF), _OF)
    faults = [fault for count, _, fault in _FAULTS for _ in range(count)]
    for number in range(feeds):
        place = order[number % _OF]
        if place >= len(faults):
            continue
        path = f"/feed/{number}"
        well = site[path]
        site[path] = faults[place](number, well)
        if site[path].location:
            site[site[path].location] = well
    return site


def addresses(publisher: Publisher, feeds: int) -> list[str]:
    """Return where the feeds are, one after another at another host."""
    return [publisher.url(f"/feed/{number}", HOSTS[number % len(HOSTS)]) for number in range(feeds)]


def allowed(urls: Sequence[str]) -> list[tuple[str, int]]:
    """Return the hosts and ports of ``urls``, as ``network.allow`` needs them."""
    places = {url.split("/")[2] for url in urls}
    return sorted((host, int(port)) for host, _, port in (place.partition(":") for place in places))
