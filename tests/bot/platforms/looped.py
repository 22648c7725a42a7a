"""A loop whose clock is ours: it jumps to the next timer instead of waiting for it."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Selector(selectors.DefaultSelector):
    """Tells the loop how long it would have slept, and sleeps not at all."""

    slept = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        # A clock that stands still between two timers would never reach one a rounding error ahead.
        self.slept += (timeout or 0.0) + 1e-6
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop in which an hour passes at once."""

    def __init__(self) -> None:
        self._jumps = _Selector()
        super().__init__(self._jumps)

    def time(self) -> float:
        """Return the seconds that were slept."""
        return self._jumps.slept


def run(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run ``coroutine`` in a loop that jumps."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(coroutine)
