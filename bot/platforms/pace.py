"""[io] The pace at which a platform lets requests begin: those that ask too early wait in line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiolimiter import AsyncLimiter


async def sleep_until(moment: float) -> None:
    """Sleep until the loop's clock shows ``moment``; not at all where it has passed."""
    clock = asyncio.get_running_loop().time
    if (left := moment - clock()) > 0:
        await asyncio.sleep(left)


class Pace:
    """At most ``limit`` requests in any ``seconds``, evenly, after a rest ``burst`` of them at once.

    A request counts from its begin until ``seconds`` after its end: the platform counted it at some moment
    between the two, and however the network holds requests up and pushes them together, no stretch of
    ``seconds`` over there holds more than ``limit``.
    """

    def __init__(self, limit: int, seconds: float, burst: int = 1) -> None:
        self._seconds = seconds
        self._evenly = AsyncLimiter(burst, burst * seconds / limit)
        self._room = asyncio.Semaphore(limit)
        self._line = asyncio.Lock()
        self._gate = asyncio.Lock()
        self._held_until = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait behind all who asked before; the request is to be made inside the block."""
        async with self._line:
            await self.take()
        try:
            yield
        finally:
            self.give_back()

    async def take(self) -> None:
        """Wait before all who wait for a turn: for what is under way, a retry or one page more.

        ``give_back`` is to be called when the request has ended.
        """
        async with self._gate:
            await self._room.acquire()
            try:
                await self._evenly.acquire()
                while self._held_until > asyncio.get_running_loop().time():
                    await sleep_until(self._held_until)
            except BaseException:
                self._room.release()
                raise

    def give_back(self) -> None:
        """Say that a request has ended."""
        asyncio.get_running_loop().call_later(self._seconds, self._room.release)

    def hold(self, seconds: float) -> None:
        """Let nobody pass for ``seconds``: the platform asked for it."""
        self._held_until = max(self._held_until, asyncio.get_running_loop().time() + seconds)
