"""[io] Makes a channel's digest from what was read and queues it, once.

The digest, what it told and its message parts are stored in one transaction; delivery comes after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sending import Sender
from bot.slots import Quiet, end_of_quiet, next_slots
from bot.timetable import CLOCK_AHEAD, Timetable, owed_slot, told_until
from config.schema import Channel, WhenEmpty
from digests.digest import Choices, make_digest
from digests.document import Document
from digests.filters import compile_terms
from digests.model import Digest, OutboxPart, Slot
from digests.render.document import make_document, make_empty_document

FIRST_WINDOW = timedelta(hours=24)
"""How far back a new channel's first digest goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of a slot: how many stories were queued, and from when they may go out."""

    stories: int
    due_at: datetime
    document: Document | None = None


@dataclass(slots=True)
class Publisher(Sender):
    """Builds digests for the channels of one configuration."""

    _choices: Mapping[str, Choices] = field(init=False)

    def __post_init__(self) -> None:
        self._choices = {channel.name: _choices(channel) for channel in self.config.channels}

    async def preview(self, channel: Channel) -> tuple[Digest, Document]:
        """Return what the channel's next digest would hold now; nothing is consumed."""
        now = self.clock()
        state = await self.store.load_channel(channel.name)
        told = told_until(state, now) if state.last_slot is not None else None
        start = min(state.first_seen, now) - FIRST_WINDOW
        urls = [feed.url for feed in self.config.feeds_of(channel)]
        articles = await self.store.load_for_channel(channel.name, urls, start)
        failing = sum(feed.failures > 0 for feed in await self.store.load_feed_states(urls))
        digest = make_digest(
            channel.name, articles, self._choices[channel.name],
            since=told or start, until=now, failing_feeds=failing,
        )  # fmt: skip
        return digest, make_document(digest, self.config.zone_of(channel))

    async def publish(self, channel: Channel, *, slot: datetime | None) -> Published:
        """Queue the channel's digest; ``slot`` is when it was due, ``None`` for one asked for in chat.

        With nothing new the slot is recorded, and the line that says so queued where the channel wants it.
        """
        now = self.clock()
        quiet = quiet_hours(channel)
        due_at = now if slot is None else end_of_quiet(now, quiet, self.config.zone_of(channel))
        digest, document = await self.preview(channel)
        if not digest.article_ids:
            return await self._publish_nothing(channel, slot, due_at, digest.failing_feeds)
        taken = None if slot is None else Slot(at=slot, latest=now + CLOCK_AHEAD)
        saved = await self.store.save_digest(
            digest, document, slot=taken, parts=self._parts(channel, document, due_at)
        )
        return Published(stories=len(digest.article_ids) if saved else 0, due_at=due_at, document=document)

    async def _publish_nothing(
        self, channel: Channel, slot: datetime | None, due_at: datetime, failing: int
    ) -> Published:
        if slot is not None:
            says = channel.when_empty is WhenEmpty.SAY
            document = make_empty_document(channel.name, failing)
            taken = Slot(at=slot, latest=self.clock() + CLOCK_AHEAD)
            await self.store.record_slot(
                channel.name, taken, self._parts(channel, document, due_at) if says else ()
            )
        return Published(stories=0, due_at=due_at)

    async def post_document(self, channel: Channel, document: Document) -> None:
        """Queue a document that is no digest of the channel's feeds, such as one article's."""
        await self.store.queue_parts(self._parts(channel, document, self.clock()))

    def _parts(self, channel: Channel, document: Document, due_at: datetime) -> tuple[OutboxPart, ...]:
        return self.parts(document, channel.to, channel.name, due_at)

    async def owed_slot(self, channel: Channel) -> datetime | None:
        """Return the channel's latest slot that has come and was not told, ``None`` where none is owed."""
        state = await self.store.load_channel(channel.name)
        return owed_slot(self.timetable(channel), state, self.clock())

    async def adopt_timetables(self) -> None:
        """Let every channel follow the configuration's timetable, unless its old one still owes a slot.

        That slot is told first; ``adopt`` then lets the channel go over to the new timetable.
        """
        now = self.clock()
        states = {state.name: state for state in await self.store.load_channels()}
        wanted = {channel.name: self.timetable(channel) for channel in self.config.channels}
        new = {name: table for name, table in wanted.items() if states[name].schedule is None}
        changed = {
            name: table
            for name, table in wanted.items()
            if name not in new and states[name].schedule != table.as_text()
            and owed_slot(table, states[name], now) is None
        }  # fmt: skip
        await self.store.adopt_schedules({name: table.as_text() for name, table in new.items()}, None)
        await self.store.adopt_schedules({name: table.as_text() for name, table in changed.items()}, now)

    async def adopt(self, channel: Channel) -> None:
        """Let the channel follow the configuration's timetable from now on, if it does not yet."""
        text = self.timetable(channel).as_text()
        if (await self.store.load_channel(channel.name)).schedule != text:
            await self.store.adopt_schedules({channel.name: text}, self.clock())

    def timetable(self, channel: Channel) -> Timetable:
        """Return when the channel gets its digests, as the configuration says."""
        zone = self.config.zone_of(channel).key
        return Timetable(schedule=channel.schedule, zone=zone, quiet=quiet_hours(channel))

    def next_slot(self, channel: Channel) -> datetime | None:
        """Return when the channel's next digest is due."""
        return next(self.slots_after(channel, self.clock()), None)

    def slots_after(self, channel: Channel, after: datetime) -> Iterator[datetime]:
        """Return the channel's slots after a moment, quiet hours heeded."""
        return next_slots(channel.schedule, self.config.zone_of(channel), after, quiet_hours(channel))


def quiet_hours(channel: Channel) -> Quiet | None:
    """Return the channel's quiet hours as the calendar takes them."""
    return (channel.quiet.start, channel.quiet.end) if channel.quiet is not None else None


def _choices(channel: Channel) -> Choices:
    return Choices(
        max_stories=channel.max_stories,
        include=compile_terms(channel.include) if channel.include else None,
        exclude=compile_terms(channel.exclude) if channel.exclude else None,
    )
