"""Stand-ins for what we do not own: one class for each Protocol, and a clock."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.platforms.base import DeliveryError, MessagePart
from digests.document import Document

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.now

    def advance(self, step: timedelta) -> None:
        """Move the clock on."""
        self.now += step


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How one post fails; ``stored`` says that the channel shows the message all the same."""

    error: BaseException
    stored: bool = False


@dataclass(slots=True, kw_only=True)
class FakePlatform:
    """A chat platform in memory.

    ``faults`` are met by a channel's posts in turn, after which all is accepted. ``look_fault`` meets every
    ``look_for``. ``held`` channels answer only once their event is set, ``withheld`` ones have no turn before
    theirs is. ``asked`` and ``looked_for`` are the keys of the calls, ``shown`` is what the channels show, as
    (channel, key).
    """

    name: str = "fake"
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    look_fault: DeliveryError | None = None
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    withheld: dict[str, asyncio.Event] = field(default_factory=dict)
    shown: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    looked_for: list[str] = field(default_factory=list)
    looks: list[tuple[str, str | None, datetime]] = field(default_factory=list)
    started: bool = False
    closed: bool = False

    def fail(self, channel: str, *faults: Fault) -> None:
        """Let the next posts to ``channel`` fail in this way."""
        self.faults[channel].extend(faults)

    def keys(self, channel: str) -> list[str]:
        """Return the keys of what ``channel`` shows, in its order."""
        return [key for place, key in self.shown if place == channel]

    def render(self, document: Document) -> tuple[MessagePart, ...]:
        """Return one message for the title and one for each card."""
        titles = (document.title, *(card.headline.text for card in document.cards))
        return tuple(MessagePart(payload={"text": title}) for title in titles)

    async def start(self) -> None:
        """Remember that it was started."""
        self.started = True

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait where the channel's next turn is withheld."""
        if channel in self.withheld:
            await self.withheld[channel].wait()
        yield

    async def post(self, channel: str, part: MessagePart, key: str) -> str:
        """Show the message, or fail as told."""
        self.asked.append(key)
        if channel in self.held:
            await self.held[channel].wait()
        fault = self.faults[channel].popleft() if self.faults[channel] else None
        if fault is None or fault.stored:
            self.shown.append((channel, key))
        if fault is not None:
            raise fault.error
        return f"message of {key}"

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:
        """Return the id of what is shown under ``key``."""
        self.looked_for.append(key)
        self.looks.append((key, after, since))
        if self.look_fault is not None:
            raise self.look_fault
        return f"message of {key}" if (channel, key) in self.shown else None

    async def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True
