"""[io] Takes due parts out of the outbox, posts them and records what came of it.

A part is stored as being sent before the platform hears of it, and as sent after. Whatever happens in
between, a crash included, the part is looked for in the channel before it is sent again. So a part waits
for its turn, which the platform's limits give, before it is stored as being sent.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog

from bot.outbox import after_error, after_sent, claimed, look_from, without_platform
from bot.platforms.base import ChatPlatform, DeliveryError, MessagePart
from bot.platforms.pace import sleep_until
from digests.model import Front, OutboxPart, PartState

Clock = Callable[[], datetime]
Address = tuple[str, str]

# Between two looks at the outbox: the shorter one spares the database while channels end one after another,
# the longer one notices a clock that was set.
SHORTEST_SLEEP = timedelta(milliseconds=100)
LONGEST_SLEEP = timedelta(minutes=1)
_log = structlog.get_logger()


class Outbox(Protocol):
    """What delivery needs of the store."""

    async def load_fronts(self) -> tuple[Front, ...]:
        """Return each channel that has a part to deliver, and when that one is due; the earliest in front."""

    async def load_next_part(self, platform: str, channel: str, now: datetime) -> OutboxPart | None:
        """Return the part of that channel whose turn it is, if it is due."""

    async def save_part(self, part: OutboxPart, before: PartState) -> bool:
        """Store what became of a part that is still in the state ``before``; return whether it was."""

    async def last_message_id(self, platform: str, channel: str) -> str | None:
        """Return the id of a message of the channel behind which a part in doubt must stand."""


async def deliver(
    part: OutboxPart, platform: ChatPlatform, clock: Clock, after: str | None = None
) -> OutboxPart:
    """Post one part and return what became of it; delivery errors never escape.

    A part that may stand there already is looked for first, behind our last message ``after``, and posted
    only where it is not found.
    """
    try:
        since = look_from(part, clock())
        message_id = None
        if since is not None:
            message_id = await platform.look_for(part.channel, part.key, after=after, since=since)
        if message_id is None:
            message_id = await platform.post(part.channel, MessagePart(payload=part.payload), part.key)
    except DeliveryError as error:
        return after_error(part, error, clock())
    return after_sent(part, message_id)


class Deliverer:
    """Delivers the outbox: a channel's parts one at a time, each queue's in order, channels side by side.

    Call ``Store.recover_sending`` before the first pass. An exception that is no ``DeliveryError`` comes
    out of ``run_due`` or ``run_forever``; the part it concerns stays stored as being sent.
    """

    def __init__(self, store: Outbox, platforms: Mapping[str, ChatPlatform], clock: Clock) -> None:
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._changed = asyncio.Event()
        self._stopping = False
        self._running: dict[Address, asyncio.Task[int]] = {}
        self._in_line: set[Address] = set()
        self._failures: list[BaseException] = []

    def wake(self) -> None:
        """Say that a part was queued."""
        self._changed.set()

    def stop(self) -> None:
        """Begin no more parts; ``run_forever`` returns once those under way have ended."""
        self._stopping = True
        for address in self._in_line:
            self._running[address].cancel()
        self._changed.set()

    async def run_due(self) -> int:
        """Deliver until no channel has anything due and return how many parts were sent."""
        await self._start_due()
        tasks = tuple(self._running.values())
        try:
            await asyncio.gather(*tasks, return_exceptions=True)
        finally:
            await self._wind_up(timedelta(0))
        self._raise_failures()
        return sum(task.result() for task in tasks if not task.cancelled())

    async def run_forever(self, grace: timedelta = timedelta(seconds=5)) -> None:
        """Deliver whatever is due, now and later, until ``stop``.

        Posts under way get ``grace`` to end; the others stay stored as being sent, and are looked for at
        the next start.
        """
        try:
            while not self._stopping:
                self._changed.clear()
                self._raise_failures()
                due_at = await self._start_due()
                await self._sleep(due_at)
        finally:
            self._stopping = True
            await self._wind_up(grace)
        self._raise_failures()

    async def _start_due(self) -> datetime | None:
        """Start a task for each channel that has a part due and no task yet; return when the next is due."""
        now = self._clock()
        for front in await self._store.load_fronts():
            address = (front.platform, front.channel)
            if address in self._running:
                continue
            if front.due_at > now:
                return front.due_at
            task = asyncio.create_task(self._empty(address))
            self._running[address] = task
            task.add_done_callback(partial(self._ended, address))
        return None

    async def _empty(self, address: Address) -> int:
        """Deliver a channel's parts one after another while the next is due; return how many were sent."""
        sent = 0
        while not self._stopping:
            part = await self._store.load_next_part(*address, self._clock())
            if part is None:
                break
            sent += await self._deliver_in_turn(part)
        return sent

    async def _deliver_in_turn(self, part: OutboxPart) -> bool:
        """Deliver one part when it is its turn; return whether it was sent.

        ``stop`` ends the wait, for nothing was begun.
        """
        platform = self._platforms.get(part.platform)
        if platform is None:
            await self._store.save_part(without_platform(part, self._clock()), part.state)
            return False
        address = (part.platform, part.channel)
        self._in_line.add(address)
        try:
            async with platform.turn(part.channel):
                self._in_line.discard(address)
                return await self._deliver_one(part, platform)
        finally:
            self._in_line.discard(address)

    async def _deliver_one(self, part: OutboxPart, platform: ChatPlatform) -> bool:
        """Deliver and record one part; return whether it was sent.

        Nothing is sent where the part was changed since it was loaded.
        """
        if not await self._store.save_part(claimed(part, self._clock()), part.state):
            return False
        after = await self._store.last_message_id(part.platform, part.channel) if part.claimed_at else None
        outcome = await deliver(part, platform, self._clock, after)
        await self._store.save_part(outcome, PartState.SENDING)
        if outcome.state is PartState.PARKED and outcome.note != part.note:
            _log.warning("a message waits to be mended", key=part.key, reason=outcome.note)
        return outcome.state is PartState.SENT

    def _ended(self, address: Address, task: asyncio.Task[int]) -> None:
        del self._running[address]
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._failures.append(failure)
        self._changed.set()

    async def _sleep(self, due_at: datetime | None) -> None:
        """Wait until ``due_at``, until a part was queued, a channel is done, or it is time to stop."""
        wait = LONGEST_SLEEP if due_at is None else due_at - self._clock()
        seconds = min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP).total_seconds()
        looked_at = asyncio.get_running_loop().time()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)
        if not self._stopping:
            await sleep_until(looked_at + SHORTEST_SLEEP.total_seconds())

    async def _wind_up(self, grace: timedelta) -> None:
        """Give the channels' tasks ``grace`` to end, then cancel what is left of them."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running.values(), timeout=grace.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _raise_failures(self) -> None:
        """Raise the first exception that ended a channel's task, the others noted on it."""
        if not self._failures:
            return
        first, *others = self._failures
        self._failures = []
        for other in others:
            first.add_note(f"another channel failed too: {other!r}")
        raise first
