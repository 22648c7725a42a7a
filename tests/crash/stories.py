"""News for the crash tests: a few articles with quotes, and headlines enough for digests of several parts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tests.crash.world import Desk, Wanted, a_world, desk
from tests.e2e.bots import Bots, calm
from tests.e2e.news import BRIDGE, HARBOUR, SCHOOL, News, publish
from tests.feed_server import FeedServer, status

HEADLINES = 30
MORNING = format_datetime(datetime.now(UTC))
"""When all of it is published: one moment, so that two bots' digests can be compared."""

DESKS = 20
"""Channels on each platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A database in which news was read and nothing told, and what an undisturbed bot makes of it."""

    folder: Path
    feeds: tuple[str, ...]
    wanted: Wanted


def headline(number: int) -> News:
    """Return an article whose page is gone, so that its headline is all that is known of it."""
    words = f"Council of Fernvale hears about item {number} of a long agenda, " + "and about the harbour " * 5
    return News(path=f"/item-{number}", title=f"{words.strip()} ({number})", paragraphs=())


def announce(server: FeedServer, news: Sequence[News], path: str = "/feed") -> str:
    """Serve a feed of ``news``; those without text have no page."""
    address = publish(server, *news, path=path, at=MORNING)
    for one in news:
        if not one.paragraphs:
            server.on(one.path, status(404))
    return address


def all_desks() -> list[Desk]:
    """Return every channel of the crash tests."""
    return [desk(platform, number) for platform in ("discord", "slack") for number in range(DESKS)]


async def make_snapshot(folder: Path) -> Snapshot:
    """Let a bot read the news, keep its database in ``folder``, and let a copy tell it undisturbed."""
    stories = (BRIDGE, SCHOOL, HARBOUR, *map(headline, range(HEADLINES)))
    async with FeedServer() as server:
        feeds = (announce(server, stories),)
        allow = [f"{server.host}:{server.port}"]
        async with a_world(folder / "read", all_desks(), feeds, allow=allow) as world:
            ended = await world.bots.run("preview", world.desks[0].name, "--config", world._config)
            assert calm(ended) == []
    async with a_world(folder / "told", all_desks(), feeds, snapshot=folder / "read") as world:
        bot = await world.start()
        await _until_all_is_told(world.bots, world.states)
        assert calm(await bot.interrupt(2)) == []
        return Snapshot(folder=folder / "read", feeds=feeds, wanted=world.shown())


async def _until_all_is_told(bots: Bots, states: object) -> None:
    """Wait until every channel's digest is queued and sent."""
    assert callable(states)
    for _ in range(1200):
        told = states()
        if set(told) == {"sent"} and told["sent"] >= 2 * DESKS:
            return
        assert bots.started[-1].process.returncode is None, bots.started[-1].err.decode()
        await asyncio.sleep(0.05)
    raise AssertionError(f"an undisturbed bot did not finish: {states()}")
