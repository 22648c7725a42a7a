"""A clock that was set is noticed, one that runs is not."""

from datetime import timedelta

import pytest

from bot.clock import ClockWatch
from tests.fakes import FakeClock


@pytest.mark.parametrize(
    "by", [0, -3600, 7, 86400], ids=["runs on", "set back", "set forward", "slept a day"]
)
def test_a_step_is_what_the_wall_clock_moved_beyond_the_time_that_passed(by: int) -> None:
    """Told once; after that it counts from the clock as it stands now."""
    wall, steady = FakeClock(), [100.0]
    watch = ClockWatch(wall, lambda: steady[0])
    wall.advance(timedelta(seconds=10 + by))
    steady[0] += 10
    assert watch.step() == timedelta(seconds=by)
    wall.advance(timedelta(seconds=10))
    steady[0] += 10
    assert watch.step() == timedelta(0)
