"""What the contract tests of storage share: the feeds that their store knows, and articles in it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from digests.document import Document
from digests.model import Digest, EntryToStore, NewDigest, OutboxPart, ReadArticle, Slot
from digests.storage.store import Store
from tests.make import GAZETTE, NOON, make_analysis, make_article, make_poll

COURIER = "https://courier.example/feed"
SAMPLES = "file:///srv/seeds/feed.xml"
MINUTE = timedelta(minutes=1)


async def read(
    store: Store, *entries: EntryToStore, url: str = GAZETTE, at: datetime = NOON, **changes: object
) -> list[int]:
    """Announce ``entries`` at noon, read them all, and return the articles' rows in the entries' order."""
    await store.record_polls([make_poll(*entries, url=url, at=at)])
    rows = {article.url: article.id for article in await store.load_pending(None, 1000)}
    for id_ in rows.values():
        await store.save_read(id_, make_article(**changes), make_analysis(), NOON)
    return [rows[entry.url] for entry in entries]


async def told(store: Store, since: timedelta | None = None, urls: tuple[str, ...] = (GAZETTE,)) -> list[int]:
    """Return the rows that ``city-desk`` can be told, ``since`` counted from noon."""
    articles = await load_for_channel(store, "city-desk", urls, None if since is None else NOON + since)
    return [article.id for article in articles]


async def load_for_channel(
    store: Store, channel: str, urls: Collection[str], since: datetime | None
) -> tuple[ReadArticle, ...]:
    """Return what one channel can still be told."""
    return (await store.load_for_channels([channel], urls, since, {}))[channel]


async def save_digest(
    store: Store, digest: Digest, document: Document, *, slot: Slot | None, parts: Sequence[OutboxPart]
) -> bool:
    """Store one digest and return whether it was stored."""
    new = NewDigest(digest=digest, document=document, slot=slot, parts=tuple(parts))
    (stored,) = await store.save_digests([new])
    return stored


async def due_parts(store: Store, now: datetime) -> list[OutboxPart]:
    """Return each channel's part that may be delivered now; the fronts tell the same channels."""
    fronts = [front for front in await store.load_fronts() if front.due_at <= now]
    parts = [await store.load_next_part(front.platform, front.channel, now) for front in fronts]
    assert None not in parts
    return [part for part in parts if part]
