"""SIGTERM and SIGINT at every moment of a bot's life: it ends within seconds; nothing is lost or doubled."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crash.nursery import Life, Nursery, a_nursery
from tests.crash.stories import announce
from tests.crash.traps import Kind, Stage, Trap
from tests.crash.verdict import Verdict
from tests.crash.world import Wanted, World, a_world, desk
from tests.e2e.bots import Bot, session
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE, SCHOOL
from tests.feed_server import FeedServer, silent

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(600)]

DESKS = [desk("discord", 0), desk("slack", 0)]
SECONDS = 20.0
"""A post under way gets five; the rest is for a busy machine."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """A world with its publisher, and the traps that were set in it."""

    world: World
    publisher: FeedServer
    traps: list[Trap]

    async def caught(self, kind: Kind) -> None:
        """Wait until a request of that kind is withheld in each channel."""
        self.traps += self.world.trap(
            Trap(kind=kind, channel=one.address, nth=1, stage=Stage.STORED) for one in DESKS
        )


Moment = Callable[[Scene], Awaitable[Bot | Life]]


async def importing(scene: Scene) -> Bot | Life:
    bot = await scene.world.start()
    maps = Path(f"/proc/{bot.process.pid}/maps")
    await until(lambda: "pydantic_core" in maps.read_text())
    return bot


async def opening(scene: Scene) -> Bot | Life:
    bot = await scene.world.start()
    await until((scene.world.bots.folder / "data" / "onrecord.db.lock").exists)
    return bot


async def polling(scene: Scene) -> Bot | Life:
    answer = scene.publisher.answers["/feed"]
    scene.publisher.on("/feed", silent())
    bot = await scene.world.start()
    await until(lambda: scene.publisher.seen)
    scene.publisher.on("/feed", answer)
    return bot


async def fetching(scene: Scene) -> Bot | Life:
    answer = scene.publisher.answers[BRIDGE.path]
    scene.publisher.on(BRIDGE.path, silent())
    bot = await scene.world.start()
    await until(lambda: any(seen.path == BRIDGE.path for seen in scene.publisher.seen))
    scene.publisher.on(BRIDGE.path, answer)
    return bot


async def analysing(scene: Scene) -> Bot | Life:
    bot = await scene.world.start()
    await until(lambda: len(session(bot.process.pid)) >= 2)
    await asyncio.sleep(0.3)
    return bot


async def posting(scene: Scene) -> Bot | Life:
    await scene.caught(Kind.POST)
    bot = await scene.world.start()
    await until(lambda: all(trap.reached.is_set() for trap in scene.traps))
    return bot


async def looking(scene: Scene) -> Bot | Life:
    await scene.caught(Kind.POST)
    await scene.world.kill(await scene.world.start(), scene.traps)
    scene.traps.clear()
    await scene.caught(Kind.LOOK)
    bot = await scene.world.start()
    await until(lambda: all(trap.reached.is_set() for trap in scene.traps))
    return bot


# Before the bot minds its signals Python and the kernel do: nothing is under way yet.
EARLY = {signal.SIGINT: 130, signal.SIGTERM: -signal.SIGTERM}
MOMENTS: tuple[Moment, ...] = (importing, opening, polling, fetching, analysing, posting, looking)


async def play(
    moment: Moment, number: signal.Signals, folder: Path, nursery: Nursery, wanted: Wanted
) -> dict[str, Verdict] | str:
    """Stop a bot at that moment, start it again and judge; return the fault where it does not end well."""
    async with FeedServer() as publisher:
        feeds, allow = (announce(publisher, (BRIDGE, SCHOOL)),), [f"{publisher.host}:{publisher.port}"]
        async with a_world(folder, DESKS, feeds, allow=allow) as world:
            world.nursery = None if moment is importing else nursery
            scene = Scene(world=world, publisher=publisher, traps=[])
            bot = await moment(scene)
            async with asyncio.timeout(SECONDS):
                ended = await bot.interrupt(number, everybody=number is signal.SIGINT)
            early = moment in (importing, opening) and ended.code == EARLY[number]
            if "Traceback" in ended.err or ended.left or (ended.code and not early):
                return f"code {ended.code}, left {ended.left}: {ended.err}"
            for trap in world.trap(()) or scene.traps:
                trap.killed.set()
            world.nursery = nursery
            await world.finish(world.wanted_parts(wanted))
            return world.verdicts(wanted)


@pytest.mark.parametrize("number", EARLY, ids=lambda number: number.name)
async def test_a_signal_at_any_moment_ends_the_bot_cleanly_and_nothing_is_lost_or_doubled(
    tmp_path: Path, number: signal.Signals
) -> None:
    """While it imports, opens, polls, fetches, analyses, posts, looks: the code that the README tells, no
    traceback, nobody left behind; and the next start does the rest. SIGINT reaches the children as well."""
    async with a_nursery() as nursery, FeedServer() as publisher:
        feeds, allow = (announce(publisher, (BRIDGE, SCHOOL)),), [f"{publisher.host}:{publisher.port}"]
        async with a_world(tmp_path / "calm", DESKS, feeds, allow=allow, nursery=nursery) as calm:
            await calm.finish(len(DESKS))
            wanted = calm.shown()
        ends = await asyncio.gather(
            *(play(moment, number, tmp_path / moment.__name__, nursery, wanted) for moment in MOMENTS)
        )
    assert {moment.__name__: end for moment, end in zip(MOMENTS, ends, strict=True)} == {
        moment.__name__: {} for moment in MOMENTS
    }
