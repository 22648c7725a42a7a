"""[io] Makes a channel's digest from what was read and queues it, once.

The digest, what it told and its message parts are stored in one transaction; delivery comes after.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.outbox import make_parts, new_token
from bot.platforms.base import ChatPlatform
from bot.slots import Quiet, end_of_quiet, next_slots
from config.schema import Channel, Config, WhenEmpty
from digests.digest import Choices, make_digest
from digests.document import Document
from digests.filters import compile_terms
from digests.model import Digest, OutboxPart
from digests.render.document import make_document, make_empty_document
from digests.storage.store import Store

FIRST_WINDOW = timedelta(hours=24)
"""How far back a new channel's first digest goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of a slot: how many stories were queued, and from when they may go out."""

    stories: int
    due_at: datetime
    document: Document | None = None


class Publisher:
    """Builds digests for the channels of one configuration."""

    def __init__(
        self,
        config: Config,
        store: Store,
        platforms: Mapping[str, ChatPlatform],
        clock: Callable[[], datetime],
    ) -> None:
        self._config = config
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._choices = {channel.name: _choices(channel) for channel in config.channels}

    async def preview(self, channel: Channel) -> tuple[Digest, Document]:
        """Return what the channel's next digest would hold now; nothing is consumed."""
        now = self._clock()
        state = await self._store.load_channel(channel.name)
        urls = [feed.url for feed in self._config.feeds_of(channel)]
        articles = await self._store.load_for_channel(channel.name, urls, state.first_seen - FIRST_WINDOW)
        failing = sum(feed.failures > 0 for feed in await self._store.load_feed_states(urls))
        digest = make_digest(
            channel.name, articles, self._choices[channel.name],
            since=state.last_slot or state.first_seen - FIRST_WINDOW, until=now, failing_feeds=failing,
        )  # fmt: skip
        return digest, make_document(digest, self._config.zone_of(channel))

    async def publish(self, channel: Channel, *, slot: datetime | None) -> Published:
        """Queue the channel's digest; ``slot`` is when it was due, ``None`` for one asked for in chat.

        With nothing new the slot is recorded, and the line that says so queued where the channel wants it.
        """
        now = self._clock()
        quiet = quiet_hours(channel)
        due_at = now if slot is None else end_of_quiet(now, quiet, self._config.zone_of(channel))
        digest, document = await self.preview(channel)
        if not digest.article_ids:
            return await self._publish_nothing(channel, slot, due_at, digest.failing_feeds)
        saved = await self._store.save_digest(
            digest, document, slot=slot, parts=self._parts(channel, document, due_at)
        )
        return Published(stories=len(digest.article_ids) if saved else 0, due_at=due_at, document=document)

    async def _publish_nothing(
        self, channel: Channel, slot: datetime | None, due_at: datetime, failing: int
    ) -> Published:
        if slot is not None:
            says = channel.when_empty is WhenEmpty.SAY
            document = make_empty_document(channel.name, failing)
            await self._store.record_slot(
                channel.name, slot, self._parts(channel, document, due_at) if says else ()
            )
        return Published(stories=0, due_at=due_at)

    async def post_document(self, channel: Channel, document: Document) -> None:
        """Queue a document that is no digest of the channel's feeds, such as one article's."""
        await self._store.queue_parts(self._parts(channel, document, self._clock()))

    def _parts(self, channel: Channel, document: Document, due_at: datetime) -> tuple[OutboxPart, ...]:
        messages = self._platforms[channel.to.platform].render(document)
        return make_parts(
            messages,
            platform=channel.to.platform,
            channel=channel.to.address or channel.name,
            due_at=due_at,
            token=new_token(),
        )

    def next_slot(self, channel: Channel) -> datetime | None:
        """Return when the channel's next digest is due."""
        return next(self.slots_after(channel, self._clock()), None)

    def slots_after(self, channel: Channel, after: datetime) -> Iterator[datetime]:
        """Return the channel's slots after a moment, quiet hours heeded."""
        return next_slots(channel.schedule, self._config.zone_of(channel), after, quiet_hours(channel))


def quiet_hours(channel: Channel) -> Quiet | None:
    """Return the channel's quiet hours as the calendar takes them."""
    return (channel.quiet.start, channel.quiet.end) if channel.quiet is not None else None


def _choices(channel: Channel) -> Choices:
    return Choices(
        max_stories=channel.max_stories,
        include=compile_terms(channel.include) if channel.include else None,
        exclude=compile_terms(channel.exclude) if channel.exclude else None,
    )
