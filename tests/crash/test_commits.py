"""SIGKILL before and after every commit: a bot that never gets further than one step a life still arrives."""

import asyncio
import itertools
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.crash.launcher import Plan
from tests.crash.nursery import Life, a_nursery
from tests.crash.stories import Snapshot, announce
from tests.crash.world import World, a_world, desk
from tests.e2e.bots import Bot
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE, SCHOOL
from tests.feed_server import FeedServer

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(600)]

DESKS = [desk("discord", 0), desk("slack", 0)]
WORK = ("record_polls", "save_read", "save_digests", "save_part")
"""The store's methods by which news walks; what else is committed is a start's housekeeping."""

Deaths = Counter[tuple[str, str]]
SETTLE = 0.2
MOST_LIVES = 150


async def live(world: World, plan: Plan, parts: int) -> bool:
    """Let the bot live until it kills itself or has sent so many parts; return whether it died."""
    bot = await world.start(plan)
    await until(lambda: bot.process.returncode is not None or world.states().get("sent", 0) >= parts)
    # What is sent is recorded: a death after the last record comes within this instant.
    for _ in range(25):
        if bot.process.returncode is None:
            await asyncio.sleep(0.02)
    return await died(bot)


async def died(bot: Bot | Life) -> bool:
    """Return whether a bot killed itself; one that lives is stopped. Either way nobody outlives it."""
    if bot.process.returncode is None:
        bot.process.send_signal(signal.SIGTERM)
    ended = await bot.ended()
    assert ended.code in (0, -signal.SIGKILL), ended.err
    assert ended.left == (), "the analyser outlived its bot"
    return ended.code != 0


async def die_at_each_start(world: World, trace: Path, parts: int) -> list[str]:
    """Die before and after the first commit, the second, and so on, until the first that is no start's.

    Return the methods whose commits those were.
    """
    for nth in itertools.count(1):
        for dies in ("before", "after"):
            trace.unlink(missing_ok=True)
            assert await live(world, Plan(dies=dies, nth=nth, trace=str(trace), settle=SETTLE), parts)
            methods = trace.read_text().split()
            assert len(methods) == nth
            if methods[-1] in WORK:
                return methods
    raise AssertionError


async def die_at_each_step(world: World, trace: Path, parts: int) -> Deaths:
    """Die before the next commit by which news walks, then after it, until nothing is left to do.

    Where that led nowhere, as where a life's first commit only claims a part anew, the second commit is next.
    Return how often a life ended before and after each method's commit.
    """
    deaths: Deaths = Counter()
    visits: Counter[object] = Counter()
    for _ in range(MOST_LIVES):
        place = progress(world)
        dies, nth = ("before", "after")[visits[place] % 2], visits[place] // 2 + 1
        visits[place] += 1
        trace.unlink(missing_ok=True)
        plan = Plan(dies=dies, nth=nth, methods=WORK, trace=str(trace), settle=SETTLE)
        if not await live(world, plan, parts):
            return deaths
        deaths[dies, next(method for method in reversed(trace.read_text().split()) if method in WORK)] += 1
    raise AssertionError(f"no end after {MOST_LIVES} lives: {world.states()}")


def progress(world: World) -> object:
    """Return how far the news is on its way: entries polled, articles read, digests made, parts sent."""
    tables = ("entries", "analyses", "digests")
    return *map(world.count, tables), world.states().get("sent", 0)


async def test_a_kill_around_any_commit_from_the_first_start_to_the_last_message_changes_nothing(
    tmp_path: Path,
) -> None:
    """From an empty folder: tables, start, poll, each article, each digest, each claim and each record."""
    async with FeedServer() as publisher, a_nursery() as nursery:
        feeds, allow = (announce(publisher, (BRIDGE, SCHOOL)),), [f"{publisher.host}:{publisher.port}"]
        async with a_world(tmp_path / "calm", DESKS, feeds, allow=allow) as calm:
            await calm.finish(len(DESKS))
            wanted = calm.shown()
        async with a_world(tmp_path / "killed", DESKS, feeds, allow=allow, nursery=nursery) as world:
            trace = tmp_path / "trace"
            started = await die_at_each_start(world, trace, len(DESKS))
            deaths = await die_at_each_step(world, trace, len(DESKS))
            assert world.verdicts(wanted) == {}
    assert started[0].startswith("open")
    assert {"sync_feeds", "sync_channels", "recover_sending", "record_polls"} <= set(started)
    assert least(deaths, "record_polls") == 1
    assert least(deaths, "save_read") >= 2
    assert least(deaths, "save_digests") >= 1
    assert least(deaths, "save_part") >= 4


def least(deaths: Deaths, method: str) -> int:
    """Return before and after how many commits of ``method`` lives ended, whichever is less."""
    return min(deaths["before", method], deaths["after", method])


async def test_a_kill_around_any_commit_of_long_digests_changes_nothing(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    """Several parts in each of two channels: two digests, then each part's claim and record."""
    async with (
        a_nursery() as nursery,
        a_world(tmp_path, DESKS, snapshot.feeds, snapshot=snapshot.folder, nursery=nursery) as world,
    ):
        parts = world.wanted_parts(snapshot.wanted)
        deaths = await die_at_each_step(world, tmp_path / "trace", parts)
        assert world.verdicts(snapshot.wanted) == {}
    assert least(deaths, "save_digests") >= 1
    assert least(deaths, "save_part") >= parts
