"""[io] Feeds, when to ask them again, and which of their entries were seen before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from digests.model import NO_WISHES, FeedPoll, FeedState, FeedToFetch, Wishes
from digests.storage.codec import decode
from digests.storage.engine import AsyncConnection
from digests.storage.polls import has_entries, store_polls
from digests.storage.rows import AnyRow, Rows, chunks
from digests.storage.tables import entries, feeds

_TO_FETCH = select(
    feeds.c.url, feeds.c.name, feeds.c.every_seconds, feeds.c.etag, feeds.c.last_modified,
    feeds.c.failures, feeds.c.address, feeds.c.wishes, has_entries().label("answered"), feeds.c.configured,
)  # fmt: skip
_CLOCK_TOLERANCE = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(days=31)
_DAY = timedelta(days=1)
# What the configuration says of a feed: name, seconds between polls, whether it is in there at all.
Settings = tuple[str, int, bool]


_FEW = 100
"""So many addresses are worth naming in a query."""


class FeedRows(Rows):
    """The store's part about feeds."""

    async def sync_feeds(self, wanted: Sequence[FeedToFetch], now: datetime) -> tuple[FeedToFetch, ...]:
        """Make the configuration's feeds the ones that are asked, and return what is known of them.

        New ones are due at once, and so are those that should be fresher than before; those that are gone
        keep their history and are asked no more.
        """
        settings = {feed.url: (feed.name, _seconds(feed.every), True) for feed in wanted}
        async with self._database.write() as connection:
            rows = {row[0]: row for row in await connection.execute(_TO_FETCH)}
            stored = {url: _settings(row) for url, row in rows.items()}
            await _insert_feeds(connection, [url for url in settings if url not in stored], now)
            gone = {url: (name, every, False) for url, (name, every, _) in stored.items()}
            changed = {url: new for url, new in (gone | settings).items() if stored.get(url) != new}
            await _update_settings(connection, changed)
            hurried = [
                url for url, (_, every, _) in changed.items() if url in stored and every < stored[url][1]
            ]
            for some in chunks(hurried):
                await connection.execute(update(feeds).where(feeds.c.url.in_(some)).values(next_at=None))
        return tuple(_known(feed, rows.get(feed.url)) for feed in wanted)

    async def load_due_feeds(self, now: datetime) -> tuple[FeedToFetch, ...]:
        """Return the configured feeds that were never asked or whose time has come, the longest due first.

        Those too that by what is stored answered in the future, or are to be asked in months: the clock was
        ahead then, and nobody should wait until it is that time again.
        """
        ahead = (feeds.c.last_success > now + _CLOCK_TOLERANCE) | (feeds.c.next_at > now + _LONGEST_WAIT)
        due = feeds.c.next_at.is_(None) | (feeds.c.next_at <= now) | ahead
        query = _TO_FETCH.where(feeds.c.configured, due).order_by(feeds.c.next_at.nulls_first(), feeds.c.id)
        async with self._database.read() as connection:
            return tuple(_feed_to_fetch(row) for row in await connection.execute(query))

    async def load_feeds(self, urls: Sequence[str]) -> tuple[FeedToFetch, ...]:
        """Return the feeds at ``urls`` in that order, due or not; those never synced are left out."""
        found = await self._load_by_url(urls, _TO_FETCH)
        return tuple(_feed_to_fetch(found[url]) for url in urls if url in found)

    async def load_feed_states(self, urls: Sequence[str]) -> tuple[FeedState, ...]:
        """Return what is known of the feeds at ``urls`` in that order; those never synced are left out."""
        found = await self._load_by_url(urls, select(feeds))
        return tuple(_feed_state(found[url]) for url in urls if url in found)

    async def load_entry_rates(
        self, urls: Sequence[str], since: datetime, until: datetime
    ) -> dict[str, float]:
        """Return how many entries a day each feed brought from ``since`` to ``until``; none where none came.

        A feed that was added meanwhile counts from then on, from a day at least: it starts with its last one.
        """
        query = (
            select(feeds.c.url, feeds.c.added_at, func.count().label("entries"))
            .select_from(feeds.join(entries))
            .where(entries.c.seen_at >= since, entries.c.article_id.is_not(None))
            .group_by(feeds.c.url, feeds.c.added_at)
        )
        found = await self._load_by_url(urls, query)
        days = {url: max(until - max(since, row.added_at), _DAY) / _DAY for url, row in found.items()}
        return {url: row.entries / days[url] for url, row in found.items()}

    async def record_polls(self, polls: Sequence[FeedPoll]) -> tuple[int, ...]:
        """Store a batch of polls in one transaction and return how many new entries each brought.

        An entry is new where its feed has not had its key before; one that is known is left as it is,
        whatever the feed says of it now. Fresh new entries are linked to the one article of their identity,
        which is made where there is none yet.

        Raises:
            ValueError: one of the feeds was never synced.
        """
        async with self._database.write() as connection:
            return await store_polls(connection, polls)

    async def _load_by_url(self, urls: Sequence[str], query: Select[Any]) -> dict[str, AnyRow]:
        """Return the rows of ``urls``; where these are many they are nearly all, and all are read."""
        wanted = set(urls)
        if len(wanted) <= _FEW:
            query = query.where(feeds.c.url.in_(wanted))
        async with self._database.read() as connection:
            return {row.url: row for row in await connection.execute(query) if row.url in wanted}


def _seconds(every: timedelta) -> int:
    return int(every.total_seconds())


def _feed_to_fetch(row: AnyRow) -> FeedToFetch:
    """Return a row of ``_TO_FETCH``, read by place: by name, thousands in every round take twice as long."""
    url, name, every_seconds, etag, last_modified, failures, address, wishes, answered, _ = row
    return FeedToFetch(
        url=url,
        name=name,
        every=timedelta(seconds=every_seconds),
        etag=etag,
        last_modified=last_modified,
        answered=bool(answered),
        failures=failures,
        address=address,
        wishes=NO_WISHES if wishes is None else decode(Wishes, wishes),
    )


def _known(wanted: FeedToFetch, row: AnyRow | None) -> FeedToFetch:
    """Return a feed as it is wanted now, with what its row of ``_TO_FETCH`` remembers."""
    if row is None:
        return wanted
    known = _feed_to_fetch(row)
    unchanged = (known.name, known.every) == (wanted.name, wanted.every)
    return known if unchanged else replace(known, name=wanted.name, every=wanted.every)


def _settings(row: AnyRow) -> Settings:
    _, name, every_seconds, *_, configured = row
    return name, every_seconds, configured


def _feed_state(row: AnyRow) -> FeedState:
    return FeedState(
        url=row.url,
        title=row.title,
        etag=row.etag,
        last_modified=row.last_modified,
        next_at=row.next_at,
        last_success=row.last_success,
        failures=row.failures,
        cause=row.cause,
        message=row.message,
        gap_at=row.gap_at,
        moved_at=row.moved_at,
        address=row.address,
    )


async def _insert_feeds(connection: AsyncConnection, urls: Sequence[str], now: datetime) -> None:
    if urls:
        blank = {"name": "", "every_seconds": 0, "configured": False, "added_at": now}
        await connection.execute(feeds.insert(), [{"url": url, **blank} for url in urls])


async def _update_settings(connection: AsyncConnection, changed: dict[str, Settings]) -> None:
    rows = [
        {"at_url": url, "new_name": name, "new_every": every, "wanted": wanted}
        for url, (name, every, wanted) in changed.items()
    ]
    if rows:
        await connection.execute(UPDATE_SETTINGS, rows)


UPDATE_SETTINGS = (
    update(feeds)
    .where(feeds.c.url == bindparam("at_url"))
    .values(name=bindparam("new_name"), every_seconds=bindparam("new_every"), configured=bindparam("wanted"))
)
