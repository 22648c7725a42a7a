"""A minute of ``make soak``: random kills and random faults of the platforms, by a fixed seed."""

from pathlib import Path

import pytest

from tests.crash.launcher import without
from tests.crash.soak import soak

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(600)]


async def test_forty_random_kills_among_faults_lose_double_and_disorder_nothing(tmp_path: Path) -> None:
    """Two bots, six channels each, on both platforms; half of the kills at least hit a request under way."""
    tally = await soak(40, seed=7, folder=tmp_path)
    assert (tally.lost, tally.doubled, tally.disordered) == ([], [], [])
    assert tally.kills == 40
    assert tally.caught >= 10
    assert tally.messages > tally.kills


async def test_a_soak_finds_out_what_a_bot_without_claims_doubles(tmp_path: Path) -> None:
    """Else nobody could believe the noughts above."""
    tally = await soak(12, seed=7, folder=tmp_path, plan=without("claim"))
    assert tally.doubled != []
