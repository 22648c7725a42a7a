"""What the crash tests would say of a bot that lacks one of its mechanisms: they must find what it breaks."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.launcher import Plan, without
from tests.crash.nursery import a_nursery
from tests.crash.stories import Snapshot
from tests.crash.traps import Kind, Stage, Trap
from tests.crash.verdict import Verdict
from tests.crash.world import Desk, a_world, desk

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(600)]

STAGES = dict(enumerate(Stage))
DESKS = [desk(platform, number) for platform in ("discord", "slack") for number in STAGES]
TAKEN_IN = (Stage.STORED, Stage.HALF, Stage.ANSWERED)


def stage(one: Desk) -> Stage:
    """Return where a channel's first post is caught."""
    return STAGES[int(one.name.rpartition("-")[2])]


async def killed_in_the_first_post(snapshot: Snapshot, folder: Path, plan: Plan) -> dict[str, Verdict]:
    """Kill a bot of that plan while each channel's first post stands at its stage; judge its next life."""
    async with (
        a_nursery() as nursery,
        a_world(folder, DESKS, snapshot.feeds, snapshot=snapshot.folder, plan=plan, nursery=nursery) as world,
    ):
        traps = [Trap(kind=Kind.POST, channel=one.address, nth=1, stage=stage(one)) for one in DESKS]
        world.trap(traps)
        await world.kill(await world.start(), traps)
        await world.finish(world.wanted_parts(snapshot.wanted))
        return world.verdicts(snapshot.wanted)


@pytest.mark.parametrize(
    ("mechanism", "stages"),
    [
        pytest.param("look", TAKEN_IN, id="looking before sending again"),
        pytest.param("claim", TAKEN_IN, id="claiming before sending"),
        pytest.param("settling", (), id="waiting before looking"),
    ],
)
async def test_without_a_mechanism_messages_are_doubled(
    snapshot: Snapshot, tmp_path: Path, mechanism: str, stages: tuple[Stage, ...]
) -> None:
    """Wherever the message was taken in, and nowhere else; one that comes late is so on Slack alone.

    Discord knows it by its nonce, as long as it is a few minutes late at most.
    """
    expected = {one.name for one in DESKS if stage(one) in stages} | {"slack-1"}
    assert stage(desk("slack", 1)) is Stage.LATE
    verdicts = await killed_in_the_first_post(snapshot, tmp_path, without(mechanism))
    first = {one.name: snapshot.wanted[one.address][0][:60] for one in DESKS}
    assert {name: verdict.doubled for name, verdict in verdicts.items()} == {
        name: (first[name],) for name in expected
    }
    assert not any(verdict.lost or verdict.foreign for verdict in verdicts.values())


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        pytest.param(Plan(methods=("save_digests",), without=("transaction",)), "lost", id="parts last"),
        pytest.param(
            Plan(methods=("save_parts",), without=("transaction, parts first",)), "doubled", id="parts first"
        ),
    ],
)
async def test_without_one_transaction_a_digest_is_lost_or_doubled(
    snapshot: Snapshot, tmp_path: Path, plan: Plan, wrong: str
) -> None:
    """A kill between the digest and its parts: the first channel's is gone, or comes twice."""
    desks = [desk("discord", 0), desk("slack", 0)]
    parts = [len(snapshot.wanted[one.address]) for one in desks]
    async with (
        a_nursery() as nursery,
        a_world(
            tmp_path, desks, snapshot.feeds, snapshot=snapshot.folder, plan=plan, nursery=nursery
        ) as world,
    ):
        bot = await world.start(replace(plan, dies="after"))
        assert (await bot.ended()).code == -9
        await world.finish(parts[1] if wrong == "lost" else 2 * parts[0] + parts[1])
        verdicts = world.verdicts(snapshot.wanted)
    assert set(verdicts) == {desks[0].name}
    assert len(getattr(verdicts[desks[0].name], wrong)) == parts[0]


async def test_with_every_mechanism_the_same_kills_do_no_harm(snapshot: Snapshot, tmp_path: Path) -> None:
    """It is the mechanisms that the others lack, not the tests' own doing."""
    assert await killed_in_the_first_post(snapshot, tmp_path, Plan()) == {}
