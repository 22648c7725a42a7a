"""[io] Makes a channel's digest from what was read and queues it, once.

The digest, what it told and its message parts are stored in one transaction; delivery comes after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sending import Sender
from bot.slots import Quiet, end_of_quiet, next_slots
from config.schema import Channel, WhenEmpty
from digests.digest import Choices, make_digest
from digests.document import Document
from digests.filters import compile_terms
from digests.model import Digest, OutboxPart
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
        urls = [feed.url for feed in self.config.feeds_of(channel)]
        articles = await self.store.load_for_channel(channel.name, urls, state.first_seen - FIRST_WINDOW)
        failing = sum(feed.failures > 0 for feed in await self.store.load_feed_states(urls))
        digest = make_digest(
            channel.name, articles, self._choices[channel.name],
            since=state.last_slot or state.first_seen - FIRST_WINDOW, until=now, failing_feeds=failing,
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
        saved = await self.store.save_digest(
            digest, document, slot=slot, parts=self._parts(channel, document, due_at)
        )
        return Published(stories=len(digest.article_ids) if saved else 0, due_at=due_at, document=document)

    async def _publish_nothing(
        self, channel: Channel, slot: datetime | None, due_at: datetime, failing: int
    ) -> Published:
        if slot is not None:
            says = channel.when_empty is WhenEmpty.SAY
            document = make_empty_document(channel.name, failing)
            await self.store.record_slot(
                channel.name, slot, self._parts(channel, document, due_at) if says else ()
            )
        return Published(stories=0, due_at=due_at)

    async def post_document(self, channel: Channel, document: Document) -> None:
        """Queue a document that is no digest of the channel's feeds, such as one article's."""
        await self.store.queue_parts(self._parts(channel, document, self.clock()))

    def _parts(self, channel: Channel, document: Document, due_at: datetime) -> tuple[OutboxPart, ...]:
        return self.parts(document, channel.to, channel.name, due_at)

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
