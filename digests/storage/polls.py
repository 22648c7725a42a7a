"""[io] One batch of polls into the database: what is new, and how each feed did."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.model import EntryToStore, FeedPoll, PollOutcome
from digests.storage.rows import AnyRow, chunks, insert_many, insert_new
from digests.storage.tables import articles, entries, feeds, microseconds


class Offer(NamedTuple):
    """An entry as a poll offers it; ``poll`` is that poll's number in the batch."""

    poll: int
    entry: EntryToStore


Offers = dict[tuple[int, str], Offer]
"""By feed and key, in the feeds' order."""


async def store_polls(connection: AsyncConnection, polls: Sequence[FeedPoll]) -> tuple[int, ...]:
    """Return how many new entries each poll brought; a handful of statements however many there are.

    Raises:
        ValueError: one of the feeds was never synced.
    """
    known = await _known_feeds(connection, [poll.url for poll in polls if poll.entries])
    offered = _offered(polls, {url: row.id for url, row in known.items()})
    answered = {row.id for row in known.values() if row.last_success is not None}
    new = await _find_new(connection, offered, answered)
    await _insert_entries(connection, new, [poll.at for poll in polls])
    if await _update_feeds(connection, polls) < len(polls):
        # Some feed is a stranger: this tells which, and undoes the batch.
        await _known_feeds(connection, [poll.url for poll in polls])
    counts = [0] * len(polls)
    for offer in new.values():
        counts[offer.poll] += 1
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


def _offered(polls: Sequence[FeedPoll], ids: dict[str, int]) -> Offers:
    """Return every entry of the batch once."""
    offered: Offers = {}
    for number, poll in enumerate(polls):
        for entry in poll.entries:
            offered.setdefault((ids[poll.url], storable(entry.key)), Offer(number, entry))
    return offered


async def _find_new(connection: AsyncConnection, offered: Offers, answered: Collection[int]) -> Offers:
    """Return what is not in the database yet.

    Feeds that never ``answered`` have no entries there: nobody needs to look for them.
    """
    known: set[tuple[int, str]] = set()
    pair = tuple_(entries.c.feed_id, entries.c.key)
    for some in chunks([key for key in offered if key[0] in answered]):
        query = select(entries.c.feed_id, entries.c.key).where(pair.in_(some))
        known.update((row.feed_id, row.key) for row in await connection.execute(query))
    return {key: offer for key, offer in offered.items() if key not in known}


async def _insert_entries(connection: AsyncConnection, new: Offers, times: Sequence[datetime]) -> None:
    """Insert entries and the articles that are missing; each poll was made at its place in ``times``."""
    moments = [microseconds(at) for at in times]
    found = [(*key, offer.entry, moments[offer.poll]) for key, offer in new.items()]
    fresh = [_article_row(feed_id, entry, at) for feed_id, _, entry, at in found if entry.fresh]
    await insert_many(connection, insert_new(articles, connection.dialect), fresh)
    await insert_many(connection, INSERT_ENTRY, [_entry_row(*one) for one in found])


def _entry_row(feed_id: int, key: str, entry: EntryToStore, at: int) -> dict[str, Any]:
    identity = storable(entry.identity) if entry.fresh else None
    return {"feed_id": feed_id, "key": key, "seen_at": at, "of_identity": identity}


def _article_row(feed_id: int, entry: EntryToStore, at: int) -> dict[str, Any]:
    return {
        "identity": storable(entry.identity),
        "feed_id": feed_id,
        "url": storable(entry.url),
        "title": storable(entry.title),
        "author": storable(entry.author),
        "published": None if entry.published is None else microseconds(entry.published),
        "arrived": at,
        "summary_html": storable(entry.summary_html),
        "content_html": storable(entry.content_html),
    }


# An entry finds its article in the same statement.
INSERT_ENTRY = insert(entries).values(
    article_id=select(articles.c.id).where(articles.c.identity == bindparam("of_identity")).scalar_subquery()
)


async def _update_feeds(connection: AsyncConnection, polls: Sequence[FeedPoll]) -> int:
    """Store how each poll ended, one statement per kind of outcome; return how many had a feed."""
    updated = 0
    for outcome, statement in UPDATES.items():
        rows = [_poll_row(poll) for poll in polls if poll.outcome is outcome]
        if rows:
            updated += (await connection.execute(statement, rows)).rowcount
    return updated


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
