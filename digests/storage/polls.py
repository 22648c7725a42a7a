"""[io] One batch of polls into the database: what is new, and how each feed did."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.model import EntryToStore, FeedPoll, PollOutcome
from digests.storage.rows import AnyRow, chunks, insert_new
from digests.storage.tables import articles, entries, feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry that its feed has not had before; ``poll`` is its poll's number in the batch."""

    poll: int
    feed_id: int
    at: datetime
    key: str
    identity: str
    entry: EntryToStore


async def store_polls(connection: AsyncConnection, polls: Sequence[FeedPoll]) -> tuple[int, ...]:
    """Return how many new entries each poll brought; a handful of statements however many there are.

    Raises:
        ValueError: one of the feeds was never synced.
    """
    known = await _known_feeds(connection, [poll.url for poll in polls])
    offered = _offered(polls, {url: row.id for url, row in known.items()})
    answered = {row.id for row in known.values() if row.last_success is not None}
    new = await _find_new(connection, offered, answered)
    await _insert_entries(connection, new)
    await _update_feeds(connection, polls)
    counts = [0] * len(polls)
    for entry in new:
        counts[entry.poll] += 1
    return tuple(counts)


def storable(text: str) -> str:
    r"""Return ``text`` without what a database cannot keep: NUL, and halves of surrogate pairs.

    JSON feeds can spell both (``"\ud800"``), and one such entry would otherwise undo a whole batch.
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


async def _known_feeds(connection: AsyncConnection, urls: Sequence[str]) -> dict[str, AnyRow]:
    found: dict[str, AnyRow] = {}
    for some in chunks(urls):
        query = select(feeds.c.url, feeds.c.id, feeds.c.last_success).where(feeds.c.url.in_(some))
        found.update((row.url, row) for row in await connection.execute(query))
    if strangers := set(urls) - set(found):
        raise ValueError(f"polled, but never synced: {', '.join(sorted(strangers))}")
    return found


def _offered(polls: Sequence[FeedPoll], ids: dict[str, int]) -> dict[tuple[int, str], NewEntry]:
    """Return every entry of the batch once, by feed and key."""
    offered: dict[tuple[int, str], NewEntry] = {}
    for number, poll in enumerate(polls):
        feed_id = ids[poll.url]
        for entry in poll.entries:
            key, identity = storable(entry.key), storable(entry.identity)
            new = NewEntry(poll=number, feed_id=feed_id, at=poll.at, key=key, identity=identity, entry=entry)
            offered.setdefault((feed_id, key), new)
    return offered


async def _find_new(
    connection: AsyncConnection, offered: dict[tuple[int, str], NewEntry], answered: Collection[int]
) -> tuple[NewEntry, ...]:
    """Return what is not in the database yet, in the feeds' order.

    Feeds that never ``answered`` have no entries there: nobody needs to look for them.
    """
    known: set[tuple[int, str]] = set()
    pair = tuple_(entries.c.feed_id, entries.c.key)
    for some in chunks([key for key in offered if key[0] in answered]):
        query = select(entries.c.feed_id, entries.c.key).where(pair.in_(some))
        known.update((row.feed_id, row.key) for row in await connection.execute(query))
    return tuple(new for key, new in offered.items() if key not in known)


async def _insert_entries(connection: AsyncConnection, new: Sequence[NewEntry]) -> None:
    if not new:
        return
    article_ids = await _insert_articles(connection, [one for one in new if one.entry.fresh])
    rows = [
        {
            "feed_id": one.feed_id,
            "key": one.key,
            "article_id": article_ids[one.identity] if one.entry.fresh else None,
            "seen_at": one.at,
        }
        for one in new
    ]
    await connection.execute(entries.insert(), rows)


async def _insert_articles(connection: AsyncConnection, fresh: Sequence[NewEntry]) -> dict[str, int]:
    """Return the article's row for each identity, made where it was missing."""
    if fresh:
        await connection.execute(insert_new(articles), [_article_row(one) for one in fresh])
    found: dict[str, int] = {}
    for some in chunks([one.identity for one in fresh]):
        query = select(articles.c.identity, articles.c.id).where(articles.c.identity.in_(some))
        found.update((row.identity, row.id) for row in await connection.execute(query))
    return found


def _article_row(new: NewEntry) -> dict[str, Any]:
    entry = new.entry
    return {
        "identity": new.identity,
        "feed_id": new.feed_id,
        "url": storable(entry.url),
        "title": storable(entry.title),
        "author": storable(entry.author),
        "published": entry.published,
        "arrived": new.at,
        "summary_html": storable(entry.summary_html),
        "content_html": storable(entry.content_html),
    }


async def _update_feeds(connection: AsyncConnection, polls: Sequence[FeedPoll]) -> None:
    """Store how each poll ended, one statement per kind of outcome."""
    for outcome, statement in UPDATES.items():
        rows = [_poll_row(poll) for poll in polls if poll.outcome is outcome]
        if rows:
            await connection.execute(statement, rows)


def _poll_row(poll: FeedPoll) -> dict[str, Any]:
    """Return what any of ``UPDATES`` may want of a poll."""
    row: dict[str, Any] = {"at_url": poll.url, "new_next_at": poll.next_at}
    if poll.outcome is PollOutcome.FAILED:
        return row | {"new_cause": poll.cause, "new_message": storable(poll.message)}
    row |= {"at": poll.at, "new_etag": poll.etag, "new_last_modified": poll.last_modified}
    return row | {"new_title": storable(poll.title)} if poll.outcome is PollOutcome.FETCHED else row


_FEED = update(feeds).where(feeds.c.url == bindparam("at_url")).values(next_at=bindparam("new_next_at"))
_GOOD = _FEED.values(last_success=bindparam("at"), failures=0, cause=None, message="")
UPDATES = {
    PollOutcome.FETCHED: _GOOD.values(
        title=func.coalesce(func.nullif(bindparam("new_title"), ""), feeds.c.title),
        etag=bindparam("new_etag"),
        last_modified=bindparam("new_last_modified"),
    ),
    # A 304 need not repeat what it confirms: RFC 9110, section 15.4.5.
    PollOutcome.NOT_MODIFIED: _GOOD.values(
        etag=func.coalesce(bindparam("new_etag"), feeds.c.etag),
        last_modified=func.coalesce(bindparam("new_last_modified"), feeds.c.last_modified),
    ),
    PollOutcome.FAILED: _FEED.values(
        failures=feeds.c.failures + 1, cause=bindparam("new_cause"), message=bindparam("new_message")
    ),
}
