"""[io] The wall clock, and when it was set."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class ClockWatch:
    """Compares the wall clock with one that only ever runs on.

    That one stands still while a machine sleeps, so that waking looks like a clock that was set forward,
    and means the same.
    """

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._steady = steady
        self._last = wall(), steady()

    def step(self) -> timedelta:
        """Return by how much the wall clock was set since the last call, negative where it was set back."""
        (wall, steady), self._last = self._last, (self._wall(), self._steady())
        return self._last[0] - wall - timedelta(seconds=self._last[1] - steady)
