"""[io] Whose turn it is at a host: few at once, not too fast, and none while it does not answer.

A host that fails again and again is held: nobody asks it for a while. Then one request goes first to see
whether it is back (half-open, in the words of Nygard's "Release It!"), and the others wait for what comes
of it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from digests.errors import FetchCause, FetchError, HostHeld

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

# What says that a host is down, not that it dislikes one address.
_DOWN = frozenset({FetchCause.DNS, FetchCause.CONNECT, FetchCause.TLS, FetchCause.TIMEOUT})
_PATIENCE = 3
_FIRST_HOLD, _LONGEST_HOLD = timedelta(seconds=5), timedelta(minutes=15)
# A host that says "too often" without saying for how long.
_TOO_OFTEN = timedelta(minutes=1)
_MOST_DOUBLINGS = 16
_MOST_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a host is treated: so many requests at once, and so many in so long a time."""

    at_once: int = 2
    in_time: int = 5
    time: timedelta = timedelta(seconds=5)


POLITE = Manners()


@dataclass(slots=True)
class _Host:
    """What is known of one host. ``held_until`` is in seconds of the loop's clock."""

    places: asyncio.Semaphore
    limiter: "AsyncLimiter | None"
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    failures: int = 0
    held_until: float = 0.0
    error: FetchError | None = None


class Hosts:
    """The hosts that are asked. ``manners`` says how each is treated; ``None`` for time means unspaced."""

    def __init__(self, spaced: Manners, unspaced: int, is_unspaced: Callable[[str, int], bool]) -> None:
        self._spaced = spaced
        self._unspaced = unspaced
        self._is_unspaced = is_unspaced
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str, port: int, patience: timedelta = timedelta(0)) -> AsyncIterator[None]:
        """Wait until it is our turn at a host; it ends with the block.

        A host that is held for less than ``patience`` is waited for.

        Raises:
            HostHeld: nobody asks that host for now.
        """
        host = self._host(name, port)
        host.users += 1
        try:
            await self._wait_held(host, name, patience)
            async with host.places:
                probing = await self._pass(host, name)
                try:
                    yield
                finally:
                    if probing:
                        host.gate.release()
        finally:
            host.users -= 1

    async def _pass(self, host: _Host, name: str) -> bool:
        """Go through the gate, spaced; return whether it stays shut: a host on trial lets only one beyond."""
        await host.gate.acquire()
        probing = False
        try:
            self._refuse_held(host, name)
            if host.limiter is not None:
                await host.limiter.acquire()
            probing = host.failures >= _PATIENCE
        finally:
            if not probing:
                host.gate.release()
        return probing

    def answered(self, name: str, port: int) -> None:
        """Say that a host is there."""
        host = self._host(name, port)
        host.failures, host.error = 0, None

    def failed(self, name: str, port: int, error: FetchError) -> None:
        """Say that asking a host went wrong, which may hold it."""
        host = self._host(name, port)
        if error.cause in _DOWN:
            host.failures += 1
            if host.failures >= _PATIENCE:
                doublings = min(host.failures - _PATIENCE, _MOST_DOUBLINGS)
                self._hold(host, min(_FIRST_HOLD * (1 << doublings), _LONGEST_HOLD), error)
        elif host.limiter is not None and (
            error.cause is FetchCause.RATE_LIMITED or error.retry_after is not None
        ):
            self._hold(host, min(error.retry_after or _TOO_OFTEN, _LONGEST_HOLD), error)
        else:
            self.answered(name, port)

    def _hold(self, host: _Host, time: timedelta, error: FetchError) -> None:
        host.held_until = max(host.held_until, _now() + time.total_seconds())
        host.error = error

    async def _wait_held(self, host: _Host, name: str, patience: timedelta) -> None:
        until = _now() + patience.total_seconds()
        while _now() < host.held_until <= until:  # noqa: ASYNC110 - it may be held for longer meanwhile
            await asyncio.sleep(host.held_until - _now())
        self._refuse_held(host, name)

    def _refuse_held(self, host: _Host, name: str) -> None:
        left = host.held_until - _now()
        if left > 0 and host.error is not None:
            raise HostHeld(
                host.error.cause,
                f"{name} is left alone for now: {host.error}",
                retry_after=timedelta(seconds=left),
            )

    def _host(self, name: str, port: int) -> _Host:
        key = f"{name}:{port}"
        host = self._hosts.get(key)
        if host is None:
            if len(self._hosts) >= _MOST_REMEMBERED:
                self._forget_idle()
            host = self._hosts[key] = self._new_host(name, port)
        return host

    def _new_host(self, name: str, port: int) -> _Host:
        if self._is_unspaced(name, port):
            return _Host(asyncio.Semaphore(self._unspaced), None)
        # Imported here: what the operator allows by name is not spaced.
        from aiolimiter import AsyncLimiter

        manners = self._spaced
        return _Host(
            asyncio.Semaphore(manners.at_once), AsyncLimiter(manners.in_time, manners.time.total_seconds())
        )

    def _forget_idle(self) -> None:
        """Drop the hosts that nobody uses and that need no holding."""
        now = _now()
        self._hosts = {
            key: host
            for key, host in self._hosts.items()
            if host.users or host.held_until > now or (host.limiter and not host.limiter.has_capacity())
        }


def _now() -> float:
    return asyncio.get_running_loop().time()
