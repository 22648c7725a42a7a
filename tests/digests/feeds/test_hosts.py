import asyncio
from datetime import timedelta

import pytest

from digests.errors import FetchCause, FetchError, HostHeld
from digests.feeds.hosts import Hosts, Manners

SECOND = timedelta(seconds=1)
DEAD = FetchError(FetchCause.TIMEOUT, "courier.example took too long to answer.")
QUICK = Manners(at_once=2, in_time=100, time=SECOND)


class LateLoop:
    """The loop's clock, put forward by hand: nothing waits for real."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        real = asyncio.get_running_loop().time
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: real() + self._ahead)

    def advance(self, seconds: float) -> None:
        self._ahead += seconds


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> LateLoop:
    return LateLoop(monkeypatch)


@pytest.fixture
def hosts() -> Hosts:
    return Hosts(QUICK, 32, lambda name, _port: name == "allowed.example")


async def turns(hosts: Hosts, many: int, name: str = "courier.example") -> int:
    """Ask for that many turns at once and return how many are had before anybody lets go."""
    had = 0

    async def take() -> None:
        nonlocal had
        async with hosts.turn(name, 443):
            had += 1
            await asyncio.Event().wait()

    tasks = [asyncio.create_task(take()) for _ in range(many)]
    for _ in range(20):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return had


async def fail(hosts: Hosts, times: int, error: FetchError = DEAD) -> None:
    for _ in range(times):
        hosts.failed("courier.example", 443, error)


async def refusal(hosts: Hosts) -> HostHeld:
    with pytest.raises(HostHeld) as caught:
        async with hosts.turn("courier.example", 443):
            pass
    return caught.value


async def test_a_host_is_asked_few_things_at_once(hosts):
    """One that the operator allows by name takes more, and not every place that there is."""
    assert await turns(hosts, 40) == 2
    assert await turns(hosts, 40, "allowed.example") == 32


async def test_a_host_is_asked_so_many_things_in_so_long_a_time():
    """The first few at once, the others one after another; an allowed host is not spaced."""
    slow = Hosts(
        Manners(at_once=50, in_time=5, time=3600 * SECOND), 50, lambda name, _port: name == "allowed.example"
    )
    assert await turns(slow, 20) == 5
    assert await turns(slow, 20, "other.example") == 5
    assert await turns(slow, 20, "allowed.example") == 20


async def test_a_host_that_does_not_answer_is_left_alone(hosts, clock):
    """From the third failure in a row on; the refusal says why and for how long."""
    await fail(hosts, 2)
    assert await turns(hosts, 1) == 1
    await fail(hosts, 1)
    held = await refusal(hosts)
    assert held.cause is FetchCause.TIMEOUT
    assert "courier.example is left alone for now" in str(held)
    assert held.retry_after is not None
    assert timedelta() < held.retry_after <= 5 * SECOND
    assert await turns(hosts, 1, "other.example") == 1


async def test_each_further_failure_doubles_the_rest_up_to_a_quarter_of_an_hour(hosts, clock):
    """5, 10, 20 seconds and so on."""
    rests = []
    await fail(hosts, 2)
    for _ in range(10):
        await fail(hosts, 1)
        rests.append(round((await refusal(hosts)).retry_after.total_seconds()))
        clock.advance(1000)
    assert rests == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


async def test_after_the_rest_one_goes_first(hosts, clock):
    """Half-open: the others wait for what comes of it, and all may go once it was answered."""
    await fail(hosts, 3)
    clock.advance(6)
    assert await turns(hosts, 2) == 1
    hosts.answered("courier.example", 443)
    assert await turns(hosts, 2) == 2


async def test_who_waits_behind_one_that_fails_is_refused(hosts, clock):
    """The host is held anew, and nobody else waits for its time-out."""
    await fail(hosts, 3)
    clock.advance(6)
    async with hosts.turn("courier.example", 443):
        second = asyncio.create_task(refusal(hosts))
        await asyncio.sleep(0)
        await fail(hosts, 1)
    assert (await second).retry_after > 9 * SECOND


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        pytest.param(FetchError(FetchCause.RATE_LIMITED, "busy"), 60, id="too often"),
        pytest.param(
            FetchError(FetchCause.RATE_LIMITED, "busy", retry_after=20 * SECOND), 20, id="too often, 20 s"
        ),
        pytest.param(FetchError(FetchCause.SERVER_ERROR, "busy", retry_after=30 * SECOND), 30, id="503"),
        pytest.param(
            FetchError(FetchCause.RATE_LIMITED, "x", retry_after=timedelta(days=7)), 900, id="for a week"
        ),
    ],
)
async def test_a_host_that_asks_for_rest_gets_it(hosts, clock, error, rest):
    """For all its addresses, a quarter of an hour at most; the feed itself waits as long as it was told."""
    await fail(hosts, 1, error)
    assert round((await refusal(hosts)).retry_after.total_seconds()) == rest


@pytest.mark.parametrize("cause", [FetchCause.NOT_FOUND, FetchCause.SERVER_ERROR, FetchCause.FORBIDDEN])
async def test_a_host_that_answers_anything_is_there(hosts, cause):
    """An error for one address says nothing about the others, and ends a row of failures."""
    await fail(hosts, 2)
    await fail(hosts, 5, FetchError(cause, "an answer"))
    await fail(hosts, 2)
    assert await turns(hosts, 1) == 1


async def test_an_allowed_host_is_not_held_for_being_busy(hosts):
    """It is the operator's own, and not spaced; only what does not answer at all is left alone."""
    for error in (
        FetchError(FetchCause.RATE_LIMITED, "busy"),
        FetchError(FetchCause.SERVER_ERROR, "busy", retry_after=SECOND),
    ):
        hosts.failed("allowed.example", 443, error)
    assert await turns(hosts, 1, "allowed.example") == 1
    for _ in range(3):
        hosts.failed("allowed.example", 443, DEAD)
    assert await turns(hosts, 1, "allowed.example") == 0


async def test_who_has_patience_waits_for_a_held_host(hosts, clock, monkeypatch):
    """An article's page is worth a minute; a host that is held for longer is refused at once."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.advance(seconds)

    await fail(hosts, 3)
    monkeypatch.setattr("digests.feeds.hosts.asyncio.sleep", sleep)
    async with hosts.turn("courier.example", 443, patience=10 * SECOND):
        assert [round(seconds) for seconds in slept] == [5]
    await fail(hosts, 2)
    with pytest.raises(HostHeld):
        async with hosts.turn("courier.example", 443, patience=10 * SECOND):
            pass
    assert len(slept) == 1


async def test_hosts_that_need_no_care_are_forgotten(hosts, monkeypatch):
    """Articles lead to ever more hosts; those that are held or in use stay."""
    monkeypatch.setattr("digests.feeds.hosts._MOST_REMEMBERED", 10)
    await fail(hosts, 3)
    for number in range(50):
        async with hosts.turn(f"{number}.example", 443):
            assert len(hosts._hosts) <= 11
    await refusal(hosts)


async def test_who_is_refused_uses_no_host(hosts, clock, monkeypatch):
    """Once its rest is over, a host that was asked for in vain is forgotten like any other."""
    monkeypatch.setattr("digests.feeds.hosts._MOST_REMEMBERED", 10)
    await fail(hosts, 3)
    await refusal(hosts)
    clock.advance(3600)
    for number in range(50):
        assert await turns(hosts, 1, f"{number}.example") == 1
    assert "courier.example:443" not in hosts._hosts


async def test_nobody_queues_at_a_host_that_is_held(hosts, clock):
    """Not even for a place that somebody who asked before has."""
    async with hosts.turn("courier.example", 443), hosts.turn("courier.example", 443):
        await fail(hosts, 3)
        async with asyncio.timeout(5):
            await refusal(hosts)
