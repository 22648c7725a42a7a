"""[io] One batch of polls into the database: what is new, and how each feed did."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Select,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    select,
    update,
)

from digests.feeds.recognition import Recognised, recognise
from digests.model import NO_WISHES, EntryToStore, FeedMemory, FeedPoll, IdKind, KnownEntry, PollOutcome
from digests.storage.codec import encode
from digests.storage.engine import AsyncConnection
from digests.storage.rows import AnyRow, chunks, insert_new, write_many
from digests.storage.tables import Words, articles, entries, feeds, microseconds, storable

# A feed's row and the entries that the feed offers now.
Offer = tuple[int, Sequence[EntryToStore]]


class Brought(NamedTuple):
    """What a poll brought to a feed's row: its new entries, and what the feed taught about itself."""

    feed_id: int
    poll: FeedPoll
    found: Recognised


async def store_polls(connection: AsyncConnection, polls: Sequence[FeedPoll]) -> tuple[int, ...]:
    """Return how many new entries each poll brought; a handful of statements however many there are.

    Raises:
        ValueError: one of the feeds was never synced.
    """
    known = await _known_feeds(connection, [poll.url for poll in polls if poll.entries])
    brought = await _recognise(connection, polls, known)
    await _insert_entries(connection, list(brought.values()))
    if await _update_feeds(connection, polls) < len(polls):
        # Some feed is a stranger: this tells which, and undoes the batch.
        await _known_feeds(connection, [poll.url for poll in polls])
    await _update_memories(connection, brought.values(), known)
    return tuple(len(brought[number].found.new) if number in brought else 0 for number in range(len(polls)))


def has_entries() -> ColumnElement[bool]:
    """Return the condition that a feed had entries before: an empty list is not the first."""
    return exists(select(entries.c.key).where(entries.c.feed_id == feeds.c.id))


async def _known_feeds(connection: AsyncConnection, urls: Sequence[str]) -> dict[str, AnyRow]:
    found: dict[str, AnyRow] = {}
    columns = (
        feeds.c.url,
        feeds.c.id,
        feeds.c.id_kind,
        feeds.c.guid_changes,
        has_entries().label("answered"),
    )
    for some in chunks(urls):
        query = select(*columns).where(feeds.c.url.in_(some))
        found.update((row.url, row) for row in await connection.execute(query))
    if strangers := set(urls) - set(found):
        raise ValueError(f"polled, but never synced: {', '.join(sorted(strangers))}")
    return found


async def _recognise(
    connection: AsyncConnection, polls: Sequence[FeedPoll], rows: dict[str, AnyRow]
) -> dict[int, Brought]:
    """Return what each poll with entries brought, by its number in the batch."""
    answered = {row.id for row in rows.values() if row.answered}
    offers: list[Offer] = [(rows[poll.url].id, poll.entries) for poll in polls if poll.entries]
    with_news = await _with_news(connection, [offer for offer in offers if offer[0] in answered])
    known = await _load_known(connection, with_news) if with_news else {}
    brought: dict[int, Brought] = {}
    taken: set[tuple[int, int]] = set()
    for number, poll in enumerate(polls):
        row = rows[poll.url] if poll.entries else None
        if row is None or (row.id in answered and row.id not in known):
            continue
        found = _find_new(poll.entries, row, known.get(row.id, ()), first=row.id not in answered)
        new = {entry.key: entry for entry in reversed(found.new) if (row.id, entry.key) not in taken}
        taken.update((row.id, key) for key in new)
        brought[number] = Brought(row.id, poll, replace(found, new=tuple(reversed(new.values()))))
    return brought


def _find_new(
    offered: Sequence[EntryToStore], row: AnyRow, known: Sequence[KnownEntry], *, first: bool
) -> Recognised:
    memory = FeedMemory(id_kind=IdKind(row.id_kind), guid_changes=row.guid_changes, known=tuple(known))
    # A feed without entries here knows none of them: nobody needs to look for them.
    return Recognised(new=tuple(offered), memory=memory) if first else recognise(offered, memory)


async def _with_news(connection: AsyncConnection, offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers of feeds that offer an entry under a key they never had.

    A feed without validators sends its whole list at every poll; mostly nothing of it is new.
    """
    if not offers:
        return []
    keys = [(feed_id, entry.key) for feed_id, offer in offers for entry in offer]
    query = _looks(connection.dialect.name)["key"].with_only_columns(entries.c.feed_id, entries.c.key)
    stored = {tuple(row) for row in await connection.execute(query, {"wanted": keys})}
    news = {feed_id for feed_id, key in set(keys) - stored}
    return [offer for offer in offers if offer[0] in news]


async def _load_known(connection: AsyncConnection, offers: Sequence[Offer]) -> dict[int, list[KnownEntry]]:
    """Return the known entries that share a mark with one that their feed offers, by the feeds' rows."""
    found: dict[tuple[int, int], AnyRow] = {}
    looks = _looks(connection.dialect.name)
    for name in ("guid", "link", "headline"):
        marks = {(feed_id, getattr(entry, name)) for feed_id, offer in offers for entry in offer}
        wanted = [list(pair) for pair in marks if pair[1] is not None]
        for row in await connection.execute(looks[name], {"wanted": wanted}):
            found[row.feed_id, row.key] = row
    known: dict[int, list[KnownEntry]] = {feed_id: [] for feed_id, _ in offers}
    for (feed_id, _), row in found.items():
        entry = KnownEntry(guid=row.guid, link=row.link, headline=row.headline, published=row.published)
        known[feed_id].append(entry)
    return known


@cache
def _looks(dialect: str) -> dict[str, Select[Any]]:
    """Return the look for known entries by each kind of mark, in the words of a dialect.

    ``wanted`` are pairs of a feed's row and a mark, as one JSON parameter: thousands of parameters would cost
    more than the look.
    """
    wanted = bindparam("wanted", type_=JSON)
    if dialect == "postgresql":
        pairs, part, first, second = func.json_array_elements(wanted), func.json_extract_path_text, "0", "1"
    else:
        pairs, part, first, second = func.json_each(wanted), func.json_extract, "$[0]", "$[1]"
    pair = pairs.table_valued("value")
    feed_id, mark = (cast(part(pair.c.value, at), BigInteger) for at in (first, second))
    return {
        name: select(*_MARKS).join_from(pair, entries, (entries.c.feed_id == feed_id) & (column == mark))
        for name, column in entries.c.items()
        if name in ("key", "guid", "link", "headline")
    }


_MARKS = (
    entries.c.feed_id, entries.c.key, entries.c.guid, entries.c.link, entries.c.headline, entries.c.published
)  # fmt: skip


async def _insert_entries(connection: AsyncConnection, brought: Sequence[Brought]) -> None:
    """Insert entries and the articles that are missing."""
    found = [(one.feed_id, microseconds(one.poll.at), entry) for one in brought for entry in one.found.new]
    fresh = [_article_row(feed_id, entry, at) for feed_id, at, entry in found if entry.fresh]
    await write_many(connection, insert_new(articles, connection.dialect, [articles.c.identity]), fresh)
    await write_many(connection, INSERT_ENTRY, [_entry_row(*one) for one in found])


def _entry_row(feed_id: int, at: int, entry: EntryToStore) -> dict[str, Any]:
    return {
        "feed_id": feed_id,
        "key": entry.key,
        "guid": entry.guid,
        "link": entry.link,
        "headline": entry.headline,
        "published": None if entry.published is None else microseconds(entry.published),
        "seen_at": at,
        "of_identity": storable(entry.identity) if entry.fresh else None,
    }


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


async def _update_memories(
    connection: AsyncConnection, brought: Iterable[Brought], rows: dict[str, AnyRow]
) -> None:
    """Store what feeds taught about themselves, where it is news."""
    for one in brought:
        row, learnt = rows[one.poll.url], one.found.memory
        changes: dict[str, Any] = {}
        if (learnt.id_kind, learnt.guid_changes) != (row.id_kind, row.guid_changes):
            changes |= {"id_kind": learnt.id_kind, "guid_changes": learnt.guid_changes}
        changes |= {"gap_at": one.poll.at} if one.found.gap else {}
        changes |= {"moved_at": one.poll.at} if one.found.moved else {}
        if changes:
            await connection.execute(update(feeds).where(feeds.c.id == one.feed_id).values(changes))


# An entry finds its article in the same statement.
INSERT_ENTRY = insert(entries).values(
    article_id=select(articles.c.id).where(articles.c.identity == bindparam("of_identity")).scalar_subquery()
)


async def _update_feeds(connection: AsyncConnection, polls: Sequence[FeedPoll]) -> int:
    """Store how each poll ended, one statement per kind of outcome; return how many had a feed."""
    updated = 0
    for outcome, statement in UPDATES.items():
        rows = [_poll_row(poll) for poll in polls if poll.outcome is outcome]
        updated += await write_many(connection, statement, rows)
    return updated


def _poll_row(poll: FeedPoll) -> dict[str, Any]:
    """Return what any of ``UPDATES`` may want of a poll."""
    row: dict[str, Any] = {
        "at_url": storable(poll.url),
        "new_next_at": microseconds(poll.next_at),
        "new_address": _kept(poll.address),
    }
    if poll.cause is not None:
        return row | {"new_cause": poll.cause, "new_message": storable(poll.message)}
    row |= {
        "at": microseconds(poll.at),
        "new_etag": _kept(poll.etag),
        "new_last_modified": _kept(poll.last_modified),
    }
    if poll.outcome is PollOutcome.FETCHED:
        row |= {"new_title": storable(poll.title), "new_wishes": _wishes(poll)}
    return row


def _kept(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _wishes(poll: FeedPoll) -> str | None:
    return None if poll.wishes is NO_WISHES else json.dumps(encode(poll.wishes))


_FEED = (
    update(feeds)
    .where(feeds.c.url == bindparam("at_url"))
    .values(next_at=bindparam("new_next_at"), address=bindparam("new_address"))
)
_BAD = _FEED.values(cause=bindparam("new_cause"), message=bindparam("new_message"))
# What confirms an answer belongs to the address that gave it.
_SAME_PLACE = feeds.c.address.is_not_distinct_from(bindparam("new_address"))
_GOOD = _FEED.values(last_success=bindparam("at"), failures=0, cause=None, message="")
UPDATES = {
    PollOutcome.FETCHED: _GOOD.values(
        title=func.coalesce(func.nullif(bindparam("new_title", type_=Words()), ""), feeds.c.title),
        etag=bindparam("new_etag"),
        last_modified=bindparam("new_last_modified"),
        wishes=bindparam("new_wishes"),
    ),
    # A 304 need not repeat what it confirms: RFC 9110, section 15.4.5.
    PollOutcome.NOT_MODIFIED: _GOOD.values(
        etag=func.coalesce(bindparam("new_etag", type_=Words()), feeds.c.etag),
        last_modified=func.coalesce(bindparam("new_last_modified", type_=Words()), feeds.c.last_modified),
    ),
    PollOutcome.FAILED: _BAD.values(
        failures=feeds.c.failures + 1,
        etag=case((_SAME_PLACE, feeds.c.etag)),
        last_modified=case((_SAME_PLACE, feeds.c.last_modified)),
    ),
    PollOutcome.HELD: _BAD,
}
