"""discord.py repeats a post by itself, and the repeated one is still on its way when the next bot looks.

The first try was stored behind a 502, the second one is held inside the platform while the bot dies: the next
bot finds the first and takes it for sent, and then the second is taken in. Only the nonce tells Discord that
it knows the message. So the bot leans on Discord's promise to remember a nonce for minutes, in this history
alone; nothing that a bot could do later would help.
"""

from pathlib import Path

import pytest

from tests.crash.nursery import a_nursery
from tests.crash.stories import Snapshot
from tests.crash.traps import Kind, Stage, Trap
from tests.crash.verdict import Verdict
from tests.crash.world import a_world, desk
from tests.wire.discord_server import Fault

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(300)]

DESK = desk("discord", 0)
STORED_BEHIND_502 = Fault(status=502, stored=True)


async def killed_in_a_repeated_post(snapshot: Snapshot, folder: Path, *, forgetful: bool) -> Verdict:
    """Kill a bot while the second try of its first post is held, stored by the first one; judge the next."""
    async with (
        a_nursery() as nursery,
        a_world(folder, [DESK], snapshot.feeds, snapshot=snapshot.folder, nursery=nursery) as world,
    ):
        world.discord.forgetful = forgetful
        world.discord.script(STORED_BEHIND_502)
        traps = world.trap([Trap(kind=Kind.POST, channel=DESK.address, nth=2, stage=Stage.LATE)])
        await world.kill(await world.start(), traps)
        assert len(world.messages()) == 1
        await world.finish(world.wanted_parts(snapshot.wanted))
        assert world.discord.gate.seen[Kind.LOOK, DESK.address] == 1
        return world.verdicts(snapshot.wanted).get(DESK.name, Verdict())


async def test_a_repeated_post_that_is_taken_in_after_the_look_is_known_by_its_nonce(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    """Discord remembers a nonce longer than a request is under way: the message stands there once."""
    assert await killed_in_a_repeated_post(snapshot, tmp_path, forgetful=False) == Verdict()


async def test_a_discord_that_broke_its_promise_would_show_it_twice(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    """The same history where every nonce is forgotten at once: this is what the bot leans on."""
    verdict = await killed_in_a_repeated_post(snapshot, tmp_path, forgetful=True)
    assert verdict == Verdict(doubled=(snapshot.wanted[DESK.address][0][:60],))
