"""Whole deliveries to servers that count: no 429 of our own making, order kept, nobody held up."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import now
from bot.delivery import Deliverer
from bot.platforms.base import ChatPlatform
from digests.document import Document
from digests.model import OutboxPart, PartState
from digests.storage.store import Store
from tests.wire.discord_answers import Fault
from tests.wire.discord_bot import make_platform, until
from tests.wire.discord_server import DiscordServer
from tests.wire.limits import Bucket, DiscordLimits, SlackLimits, Window
from tests.wire.slack_bot import connected
from tests.wire.slack_server import Fault as SlackFault
from tests.wire.slack_server import SlackServer

pytestmark = pytest.mark.wire
_keys = itertools.count()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new database."""
    async with await Store.open(f"sqlite:///{tmp_path}/test.db") as store:
        yield store


def make_parts(platform: ChatPlatform, channels: list[str], each: int) -> Iterator[OutboxPart]:
    """Yield ``each`` parts for every channel, which say their number."""
    for number in range(each):
        (message,) = platform.render(Document(title=f"Part {number}", footer="Test"))
        for channel in channels:
            yield OutboxPart(
                key=f"part-{next(_keys)}", platform=platform.name, channel=channel,
                payload=message.payload, due_at=now(),
            )  # fmt: skip


async def deliver(store: Store, platform: ChatPlatform, channels: list[str], each: int) -> int:
    """Queue the parts, deliver until nothing is due and return how many were sent."""
    await store.queue_parts(list(make_parts(platform, channels, each)))
    return await Deliverer(store, {platform.name: platform}, now).run_due()


def numbers(texts: Iterator[str]) -> list[str]:
    """Return the numbers in ``Part 7``."""
    return [word for text in texts for word in text.replace("*", " ").split() if word.isdecimal()]


# --- Discord -------------------------------------------------------------------------------------


async def test_discord_is_never_asked_too_fast(store: Store) -> None:
    """Seventy channels at once meet the global limit, seven messages in one its bucket; in order."""
    limits = DiscordLimits(posts=5, seconds=1.0)
    async with DiscordServer(limits) as server:
        server.channels = {str(number) for number in range(100, 170)}
        platform = make_platform(server)
        await platform.start()
        try:
            assert await deliver(store, platform, sorted(server.channels), 1) == 70
            assert await deliver(store, platform, ["100"], 7) == 7
        finally:
            await platform.close()
    assert limits.refused == {}
    titles = [m.payload["embeds"][0]["title"] for m in server.messages if m.channel == "100"]
    assert numbers(iter(titles[1:])) == [str(number) for number in range(7)]


async def test_discord_looks_count_like_posts(store: Store) -> None:
    """After a crash every part is looked for before it is sent: two requests a channel."""
    limits = DiscordLimits()
    async with DiscordServer(limits) as server:
        server.channels = {str(number) for number in range(100, 140)}
        platform = make_platform(server)
        await platform.start()
        try:
            await store.queue_parts(list(make_parts(platform, sorted(server.channels), 1)))
            for part in await store.load_parts([PartState.WAITING]):
                doubtful = OutboxPart(**{f: getattr(part, f) for f in part.__slots__} | {"claimed_at": now()})
                assert await store.save_part(doubtful, PartState.WAITING)
            assert await Deliverer(store, {"discord": platform}, now).run_due() == 40
        finally:
            await platform.close()
    assert limits.refused == {}
    assert server.count("GET", "/messages") == 40


async def test_a_lower_global_limit_of_discord_is_obeyed(store: Store) -> None:
    """Where Discord says no to all, nobody asks again before the time it told."""
    limits = DiscordLimits(a_second=10)
    async with DiscordServer(limits) as server:
        server.channels = {str(number) for number in range(100, 140)}
        platform = make_platform(server)
        await platform.start()
        try:
            assert await deliver(store, platform, sorted(server.channels), 1) == 40
        finally:
            await platform.close()
    # A handful is on its way each time that the limit is met, which is once a second.
    assert limits.refused["global"] <= 20


async def test_a_message_that_empties_its_channels_bucket_is_recorded_at_once(store: Store) -> None:
    """discord.py holds such a call until the bucket is full again: a stop would leave it in doubt."""
    async with DiscordServer(DiscordLimits(posts=1, seconds=25.0)) as server:
        server.channels = {"100"}
        platform = make_platform(server)
        await platform.start()
        deliverer = Deliverer(store, {"discord": platform}, now)
        await store.queue_parts(list(make_parts(platform, ["100"], 2)))
        running = asyncio.create_task(deliverer.run_forever())
        try:
            async with asyncio.timeout(10):
                while not await store.load_parts([PartState.SENT]):  # noqa: ASYNC110 - a database sets no events
                    await asyncio.sleep(0.02)
                deliverer.stop()
                await running
        finally:
            running.cancel()
            await platform.close()
    states = [part.state for part in await store.load_parts(tuple(PartState))]
    assert states == [PartState.SENT, PartState.WAITING]


async def test_a_discord_channel_without_room_holds_up_no_other(store: Store) -> None:
    """While one waits for its bucket, the parts of the others go out."""
    async with DiscordServer(DiscordLimits(posts=1, seconds=30.0)) as server:
        server.channels = {str(number) for number in range(100, 120)}
        server.script(Fault(delay=20.0))
        platform = make_platform(server)
        await platform.start()
        deliverer = Deliverer(store, {"discord": platform}, now)
        await store.queue_parts(list(make_parts(platform, sorted(server.channels), 2)))
        running = asyncio.create_task(deliverer.run_forever(grace=timedelta(0)))
        try:
            await until(lambda: len(server.messages) == 19)
        finally:
            deliverer.stop()
            await running
            await platform.close()
    assert len({message.channel for message in server.messages}) == 19


# --- Slack ---------------------------------------------------------------------------------------


async def test_slack_is_never_asked_too_fast(store: Store) -> None:
    """A channel gets its messages a second apart and in order, others go on meanwhile."""
    limits = SlackLimits()
    async with SlackServer(limits=limits) as server, connected(server) as platform:
        server.channels = {f"C{number}" for number in range(30)}
        await store.queue_parts(list(make_parts(platform, ["C0"], 2)))
        assert await deliver(store, platform, sorted(server.channels - {"C0"}), 1) == 31
    assert limits.refused == {}
    assert [m["channel"] for m in server.messages][-1] == "C0"
    assert numbers(m["text"] for m in server.messages if m["channel"] == "C0") == ["0", "1"]


async def test_a_slack_channel_that_is_refused_holds_up_no_other(store: Store) -> None:
    """Its part waits as long as Slack asks; nobody else asks again or waits."""
    async with SlackServer(limits=SlackLimits()) as server, connected(server) as platform:
        server.channels = {f"C{number}" for number in range(10)}
        server.faults["chat.postMessage"].append(
            SlackFault(status=429, error="ratelimited", retry_after="60")
        )
        assert await deliver(store, platform, sorted(server.channels), 1) == 9
    assert server.calls["chat.postMessage"] == 10
    (waiting,) = await store.load_parts([PartState.WAITING])
    assert waiting.due_at > now() + timedelta(seconds=50)


# --- the counters themselves -----------------------------------------------------------------------


class _Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_window_counts_wherever_it_begins() -> None:
    """Two in any second: 0.9, 1.1 and 1.5 would be three in one."""
    clock = _Clock()
    window = Window(2, 1.0, clock)
    taken = []
    for at in (0.0, 0.9, 1.1, 1.5, 1.9):
        clock.now = 100.0 + at
        taken.append(window.take())
    assert taken == pytest.approx([0.0, 0.0, 0.0, 0.4, 0.0])


def test_a_bucket_is_full_again_after_its_time() -> None:
    """And tells how much is left of it."""
    clock = _Clock()
    bucket = Bucket(2, 5.0, clock)
    assert [bucket.take(), bucket.take(), bucket.take()] == pytest.approx([0.0, 0.0, 5.0])
    assert bucket.headers["X-RateLimit-Remaining"] == "0"
    clock.now += 5.0
    assert bucket.take() == 0.0
    assert bucket.headers["X-RateLimit-Remaining"] == "1"
