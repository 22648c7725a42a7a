"""Which feeds the bot will refuse to ask, by their addresses alone, and what allows them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from config.load import Loaded
from config.problems import Fault, Loc, Problem
from config.schema import Config
from digests.feeds.public import is_called_private, normal_host

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"http": 80, "https": 443}


def refused_feeds(loaded: Loaded, among: frozenset[str] | None = None) -> tuple[Problem, ...]:
    """Return a warning for each address off the public internet that is not allowed, at its first feed.

    A feed is asked for by name elsewhere, and other machines have other networks: that is why it is no error.
    ``among`` are the feeds to look at, by address; all when left out.
    """
    places: dict[str, list[Loc]] = {}
    for place, feed in enumerate(loaded.config.feeds):
        if among is None or feed.url in among:
            for address in _refused(loaded.config, feed.url):
                places.setdefault(address, []).append(("feeds", place, "url"))
    return loaded.problems(_fault(loaded, address, locs) for address, locs in places.items())


def _refused(config: Config, url: str) -> Iterator[str]:
    """Yield the feed's host and port, as ``network.allow`` has them, where they will be refused."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or not is_called_private(parts.hostname):
        return
    host, port = normal_host(parts.hostname), parts.port or _PORTS[parts.scheme]
    allowed = {normal_host(name) for name, at in config.network.addresses if at == port}
    # What localhost stands for is this machine's choice: either of its addresses may be allowed.
    if allowed.isdisjoint(_LOOPBACK if host == "localhost" else (host,)):
        yield f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _fault(loaded: Loaded, address: str, locs: list[Loc]) -> Fault:
    hidden = locs[0] in loaded.hidden
    more = f" (the same for {_feeds(len(locs) - 1)} below)" if len(locs) > 1 else ""
    return Fault(
        loc=locs[0],
        what=f"warning: this feed is off the public internet and will be refused{more}",
        hint=f"to allow it, add {'its host:port' if hidden else repr(address)} to network.allow",
    )


def _feeds(count: int) -> str:
    return f"{count} more feed{'' if count == 1 else 's'}"
