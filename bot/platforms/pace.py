"""[io] The pace at which a platform lets requests begin: those that ask too early wait in line."""

import asyncio

from aiolimiter import AsyncLimiter


async def sleep_until(moment: float) -> None:
    """Sleep until the loop's clock shows ``moment``; not at all where it has passed."""
    clock = asyncio.get_running_loop().time
    if (left := moment - clock()) > 0:
        await asyncio.sleep(left)


class Pace:
    """``rate`` requests in ``seconds``, of which ``burst`` may begin at once after a rest.

    Any stretch of ``seconds`` holds at most ``rate + burst``: together they stay below a limit that is
    counted in windows, wherever those begin.
    """

    def __init__(self, rate: float, seconds: float, burst: int) -> None:
        self._bucket = AsyncLimiter(burst, burst * seconds / rate)
        self._line = asyncio.Lock()
        self._gate = asyncio.Lock()
        self._held_until = 0.0

    async def begin(self) -> None:
        """Wait for a turn behind all who asked before."""
        async with self._line:
            await self.go_on()

    async def go_on(self) -> None:
        """Wait for a turn before all who wait to begin: for what is under way, a retry or one page more."""
        async with self._gate:
            await self._bucket.acquire()
            while self._held_until > asyncio.get_running_loop().time():
                await sleep_until(self._held_until)

    def hold(self, seconds: float) -> None:
        """Let nobody pass for ``seconds``: the platform asked for it."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
