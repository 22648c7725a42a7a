"""[io] Whose turn it is at a host: few at once, not too fast, and none while it does not answer.

A host that fails again and again is held: nobody asks it for a while. Then one request goes first to see
whether it is back (half-open, in the words of Nygard's "Release It!"), and the others wait for what comes
of it.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
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

    def turn(
        self, name: str, port: int, patience: timedelta = timedelta(0)
    ) -> AbstractAsyncContextManager[None]:
        """Return what waits, by ``async with``, until it is our turn at a host; the turn ends with the block.

        A host that is held for less than ``patience`` is waited for.

        Raises:
            HostHeld: nobody asks that host for now.
        """
        return _Turn(self._host(name, port), name, patience)

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


class _Turn:
    """One turn at a host; a class and no generator, which costs thousands that wait at once twice as much."""

    __slots__ = ("_host", "_name", "_patience", "_probing")

    def __init__(self, host: _Host, name: str, patience: timedelta) -> None:
        self._host = host
        self._name = name
        self._patience = patience
        self._probing = False

    async def __aenter__(self) -> None:
        host = self._host
        host.users += 1
        try:
            await self._wait_held()
            await host.places.acquire()
            try:
                await self._pass()
            except BaseException:
                host.places.release()
                raise
        except BaseException:
            host.users -= 1
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._probing:
            self._host.gate.release()
        self._host.places.release()
        self._host.users -= 1

    async def _pass(self) -> None:
        """Go through the gate, spaced; it stays shut behind whoever tries a host: only one goes beyond."""
        host = self._host
        await host.gate.acquire()
        try:
            self._refuse_held()
            if host.limiter is not None:
                await host.limiter.acquire()
            self._probing = host.failures >= _PATIENCE
        finally:
            if not self._probing:
                host.gate.release()

    async def _wait_held(self) -> None:
        host = self._host
        if host.held_until:
            until = _now() + self._patience.total_seconds()
            while _now() < host.held_until <= until:  # noqa: ASYNC110 - it may be held for longer meanwhile
                await asyncio.sleep(host.held_until - _now())
            self._refuse_held()

    def _refuse_held(self) -> None:
        host = self._host
        if host.error is None:
            return
        left = host.held_until - _now()
        if left > 0:
            raise HostHeld(
                host.error.cause,
                f"{self._name} is left alone for now: {host.error}",
                retry_after=timedelta(seconds=left),
            )


def _now() -> float:
    return asyncio.get_running_loop().time()
