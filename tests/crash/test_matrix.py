"""SIGKILL from outside at every point of a post and of the look-up after it, on both platforms.

Each channel of a bot stands at a point of its own when the bot is killed, so that one kill is many.
"""

import asyncio
import itertools
from pathlib import Path

import pytest

from tests.crash.stories import Snapshot, all_desks
from tests.crash.traps import Kind, Stage, Trap
from tests.crash.verdict import Verdict
from tests.crash.world import Desk, World, a_world

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(600)]

POSTS = tuple(Stage)
LOOKS = tuple(stage for stage in Stage if stage is not Stage.LATE)
POINTS = tuple(itertools.product(POSTS, LOOKS))


def points(desks: list[Desk]) -> dict[str, tuple[Stage, Stage]]:
    """Return where each channel's post and its next request are caught, the same for both platforms."""
    by_platform = [[one for one in desks if one.platform == name] for name in ("discord", "slack")]
    return {
        one.address: point for platform in by_platform for one, point in zip(platform, POINTS, strict=True)
    }


async def crash_twice(world: World, nth: int, again: Kind) -> None:
    """Kill the bot in the nth post of every channel, then in the first request of a kind, then let it be."""
    where = points(list(world.desks))
    first = [
        Trap(kind=Kind.POST, channel=address, nth=nth, stage=stage) for address, (stage, _) in where.items()
    ]
    second = [Trap(kind=again, channel=address, nth=1, stage=stage) for address, (_, stage) in where.items()]
    for traps in (first, second):
        world.trap(traps)
        await world.kill(await world.start(), traps)


CASES = {
    "first post, then the look-up": (1, Kind.LOOK),
    "second post, then the look-up": (2, Kind.LOOK),
    "third post, then the look-up": (3, Kind.LOOK),
    "first post, then the next post": (1, Kind.POST),
}


async def test_a_kill_at_any_point_of_a_post_or_a_look_loses_doubles_and_disorders_nothing(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    """Five points of a post times four of the next request, on each platform: all parts once, in order."""

    async def play(nth: int, again: Kind) -> dict[str, Verdict]:
        folder = tmp_path / f"{nth}-{again}"
        async with a_world(folder, all_desks(), snapshot.feeds, snapshot=snapshot.folder) as world:
            await crash_twice(world, nth, again)
            await world.finish(world.wanted_parts(snapshot.wanted))
            assert set(world.states()) == {"sent"}
            return world.verdicts(snapshot.wanted)

    assert min(map(len, snapshot.wanted.values())) >= 3
    verdicts = await asyncio.gather(*(play(*case) for case in CASES.values()))
    assert dict(zip(CASES, verdicts, strict=True)) == {case: {} for case in CASES}
