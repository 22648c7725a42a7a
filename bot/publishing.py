"""[io] Makes a channel's digest from what was read and queues it, once.

The digest, what it told and its message parts are stored in one transaction; delivery comes after.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.sending import Sender
from bot.slots import Quiet, end_of_quiet, next_slots
from bot.timetable import CLOCK_AHEAD, Timetable, owed_slot, told_until
from config.schema import Channel, WhenEmpty
from digests.digest import Choices, make_digest, make_story
from digests.document import Document
from digests.filters import compile_terms
from digests.model import Digest, NewDigest, OutboxPart, ReadArticle, Slot, Story
from digests.render.document import make_document, make_empty_document

FIRST_WINDOW = timedelta(hours=24)
"""How far back a new channel's first digest goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of a slot: how many stories were queued, and from when they may go out."""

    stories: int
    due_at: datetime
    document: Document | None = None


@dataclass(slots=True, kw_only=True)
class Round:
    """What digests that are made one after another, in the same minute, have in common."""

    read: dict[int, ReadArticle] = field(default_factory=dict)
    stories: dict[int, Story] = field(default_factory=dict)
    failing: dict[tuple[str, ...], int] = field(default_factory=dict)

    def story_of(self, read: ReadArticle) -> Story:
        """Return the article as a story, made once a round."""
        if read.id not in self.stories:
            self.stories[read.id] = make_story(read)
        return self.stories[read.id]


@dataclass(slots=True)
class Publisher(Sender):
    """Builds digests for the channels of one configuration."""

    _choices: Mapping[str, Choices] = field(init=False)

    def __post_init__(self) -> None:
        self._choices = {channel.name: _choices(channel) for channel in self.config.channels}

    async def preview(self, channel: Channel) -> tuple[Digest, Document]:
        """Return what the channel's next digest would hold now; nothing is consumed.

        Raises:
            StorageError: the database does not know the channel.
        """
        await self.store.load_channel(channel.name)
        (built,) = await self._build([channel], Round())
        return built

    async def _build(self, channels: Sequence[Channel], round_: Round) -> list[tuple[Digest, Document]]:
        """Return what the channels' next digests would hold now."""
        now = self.clock()
        states = {state.name: state for state in await self.store.load_channels([c.name for c in channels])}
        starts = {name: min(state.first_seen, now) - FIRST_WINDOW for name, state in states.items()}
        urls = {c.name: tuple(feed.url for feed in self.config.feeds_of(c)) for c in channels}
        articles = await self._load_articles(urls, starts, round_)
        built = []
        for channel in channels:
            state = states[channel.name]
            told = told_until(state, now) if state.last_slot is not None else None
            digest = make_digest(
                channel.name, articles[channel.name], self._choices[channel.name],
                since=told or starts[channel.name], until=now,
                failing_feeds=round_.failing[urls[channel.name]], story_of=round_.story_of,
            )  # fmt: skip
            zone, language = self.config.zone_of(channel), self.config.language_of(channel)
            built.append((digest, make_document(digest, zone, language)))
            # One digest takes milliseconds, and the chat connections are served by this thread.
            await asyncio.sleep(0)
        return built

    async def _load_articles(
        self, urls: Mapping[str, tuple[str, ...]], starts: Mapping[str, datetime], round_: Round
    ) -> dict[str, tuple[ReadArticle, ...]]:
        """Return what each channel can still be told; ``round_`` learns how many of its feeds fail."""
        groups: dict[tuple[tuple[str, ...], datetime], list[str]] = {}
        for name, wanted in urls.items():
            groups.setdefault((wanted, starts[name]), []).append(name)
        found: dict[str, tuple[ReadArticle, ...]] = {}
        for (wanted, start), names in groups.items():
            found |= await self.store.load_for_channels(names, wanted, start, round_.read)
            if wanted not in round_.failing:
                states = await self.store.load_feed_states(wanted)
                round_.failing[wanted] = sum(feed.failures > 0 for feed in states)
        return found

    async def publish(self, channel: Channel, *, slot: datetime | None) -> Published:
        """Queue the channel's digest; ``slot`` is when it was due, ``None`` for one asked for in chat.

        With nothing new the slot is recorded, and the line that says so queued where the channel wants it.
        """
        (published,) = await self.publish_all([(channel, slot)], Round())
        return published

    async def publish_all(
        self, due: Sequence[tuple[Channel, datetime | None]], round_: Round
    ) -> list[Published]:
        """Queue the digests of several channels, stored together; what came of each, in their order."""
        now = self.clock()
        built = await self._build([channel for channel, _ in due], round_)
        results: list[Published] = []
        new: list[NewDigest] = []
        for (channel, slot), (digest, document) in zip(due, built, strict=True):
            due_at = self._due_at(channel, slot, now)
            if not digest.article_ids:
                results.append(await self._publish_nothing(channel, slot, due_at, digest.failing_feeds))
                continue
            taken = None if slot is None else Slot(at=slot, latest=now + CLOCK_AHEAD)
            parts = self._parts(channel, document, due_at)
            new.append(NewDigest(digest=digest, document=document, slot=taken, parts=parts))
            told = Published(stories=digest.told, due_at=due_at, document=document)
            results.append(told)
            await asyncio.sleep(0)
        lost = {
            one.digest.channel
            for one, saved in zip(new, await self.store.save_digests(new), strict=True) if not saved
        }  # fmt: skip
        return [
            replace(result, stories=0) if channel.name in lost else result
            for (channel, _), result in zip(due, results, strict=True)
        ]

    def _due_at(self, channel: Channel, slot: datetime | None, now: datetime) -> datetime:
        return now if slot is None else end_of_quiet(now, quiet_hours(channel), self.config.zone_of(channel))

    async def _publish_nothing(
        self, channel: Channel, slot: datetime | None, due_at: datetime, failing: int
    ) -> Published:
        if slot is not None:
            says = channel.when_empty is WhenEmpty.SAY
            document = make_empty_document(channel.name, failing, self.config.language_of(channel))
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

    async def owed_slots(self, channels: Iterable[Channel]) -> list[tuple[Channel, datetime]]:
        """Return each channel with its latest slot that has come and was not told; none where none is owed.

        Channels that share feeds stand together.
        """
        now = self.clock()
        states = {state.name: state for state in await self.store.load_channels()}
        wanted = {channel.name: channel for channel in channels}.values()
        slots = [
            (channel, owed_slot(self.timetable(channel), states[channel.name], now)) for channel in wanted
        ]
        owed = [(channel, slot) for channel, slot in slots if slot is not None]
        return sorted(owed, key=lambda one: one[0].feeds or ())

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

    async def adopt(self, channels: Iterable[Channel]) -> None:
        """Let the channels follow the configuration's timetable from now on, where they do not yet."""
        wanted = {channel.name: self.timetable(channel).as_text() for channel in channels}
        states = await self.store.load_channels(wanted)
        changed = {s.name: wanted[s.name] for s in states if s.schedule != wanted[s.name]}
        await self.store.adopt_schedules(changed, self.clock())

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
