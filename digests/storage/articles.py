"""[io] Articles: announced by a feed, then read and analysed, then told to channels."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, func, or_, select, type_coerce, update

from digests.articles.overlap import share_of
from digests.articles.urls import identity_of
from digests.copies import copy_mark
from digests.model import Analysis, Article, PendingArticle, ReadArticle
from digests.storage.codec import decode, encode
from digests.storage.engine import AsyncConnection
from digests.storage.rows import AnyRow, Rows, chunks
from digests.storage.tables import analyses, articles, digested, entries, feeds, storable

_ALIKE = 0.6
# An agency's story is taken over within days; the same words a week later are said anew.
_COPIED_WITHIN = timedelta(days=3)
_READ: Select[*tuple[Any, ...]] = select(
    articles.c.id, articles.c.article, articles.c.arrived, analyses.c.analysis
).select_from(articles.outerjoin(analyses))


class ArticleRows(Rows):
    """The store's part about articles."""

    async def load_pending(
        self, feed_urls: Collection[str] | None, limit: int, *, besides: Collection[int] = ()
    ) -> tuple[PendingArticle, ...]:
        """Return at most ``limit`` articles that wait to be read, those that arrived first in front.

        ``feed_urls`` keeps those that one of these feeds announced; ``None`` keeps all. Those whose ids stand
        in ``besides`` are left out.
        """
        query = (
            select(articles, feeds.c.url.label("feed_url"), feeds.c.name, feeds.c.title.label("feed_title"))
            .select_from(articles.join(feeds))
            .where(_is_pending(feed_urls), articles.c.id.not_in(besides))
            .order_by(articles.c.arrived, articles.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return tuple(_pending(row) for row in await connection.execute(query))

    async def count_pending(self, feed_urls: Collection[str] | None) -> int:
        """Return how many articles ``load_pending`` would give without a limit."""
        query = select(func.count()).select_from(articles).where(_is_pending(feed_urls))
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one()

    async def load_pending_feeds(self) -> frozenset[str]:
        """Return the addresses of the feeds that announced something which waits to be read."""
        query = (
            select(feeds.c.url)
            .select_from(articles.join(entries, entries.c.article_id == articles.c.id))
            .join(feeds, feeds.c.id == entries.c.feed_id)
            .where(articles.c.read_at.is_(None))
            .distinct()
        )
        async with self._database.read() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def save_read(
        self,
        article_id: int,
        article: Article,
        analysis: Analysis | None,
        now: datetime,
        *,
        identity: str = "",
        weak: bool = False,
    ) -> None:
        """Store an article's text and its analysis together; without one it keeps only its headline.

        An article that was read before gets the new text and analysis. ``identity`` is the address that its
        page calls its own: where another article of like title has it, and the same text if that address is
        ``weak`` proof, the two are one from now on.
        """
        read = _read_row(article, now)
        async with self._database.write() as connection:
            known = identity_of(storable(identity))
            if identity and await _is_joined(connection, article_id, known, article.text if weak else None):
                return
            await connection.execute(update(articles).where(articles.c.id == article_id).values(read))
            await connection.execute(analyses.delete().where(analyses.c.article_id == article_id))
            if analysis is not None:
                await connection.execute(analyses.insert(), _analysis_row(article_id, analysis, now))

    async def load_for_channels(
        self,
        channels: Collection[str],
        feed_urls: Collection[str],
        since: datetime | None,
        known: dict[int, ReadArticle],
    ) -> dict[str, tuple[ReadArticle, ...]]:
        """Return what each of ``channels`` can still be told, newest published first.

        That is every article that one of ``feed_urls`` announced as fresh, that was read, and that no
        digest of the channel held yet. ``since`` bounds how far back a channel goes, not where its last
        digest ended: one that was announced to it or read at or after ``since`` counts, whichever came
        last, so that neither a slow feed nor a slow reader loses an article. Feeds of files know no bound.
        What is in ``known``, by id, is not loaded again; what is loaded is put there. A copy of what another
        feed brought counts as told where that was.
        """
        recent = articles.c.read_at.is_not(None) & _is_recent(feed_urls, since)
        newest = func.coalesce(articles.c.published, articles.c.arrived).desc()
        query = select(articles.c.id).where(recent).order_by(newest, articles.c.id)
        here = select(digested.c.channel, digested.c.article_id).where(
            digested.c.channel.in_(channels), digested.c.article_id.in_(select(articles.c.id).where(recent))
        )
        async with self._database.read() as connection:
            ids = (await connection.execute(query)).scalars().all()
            told = {(row.channel, row.article_id) for row in await connection.execute(here)}
            for some in chunks(_open(ids, channels, told)):
                copied = await connection.execute(_told_elsewhere(some, channels))
                told |= {(row.channel, row.id) for row in copied}
            open_to_one = _open(ids, channels, told)
            for some in chunks([id_ for id_ in open_to_one if id_ not in known]):
                rows = await connection.execute(_READ.where(articles.c.id.in_(some)))
                known.update((row.id, _read_article(row)) for row in rows)
        return {
            channel: tuple(known[id_] for id_ in open_to_one if (channel, id_) not in told)
            for channel in channels
        }


async def _is_joined(connection: AsyncConnection, article_id: int, identity: str, text: str | None) -> bool:
    """Give an unread article its ``identity``; return whether it went into the one that has it already.

    ``text`` is what both must have, if that matters. Articles that share their address with others of their
    feed have an identity of their own, and keep it.
    """
    columns = (articles.c.id, articles.c.identity, articles.c.url, articles.c.title, articles.c.read_at)
    either = or_(articles.c.id == article_id, articles.c.identity == identity)
    query = select(*columns, articles.c.article).where(either)
    rows = {row.id: row for row in await connection.execute(query)}
    mine = rows.pop(article_id, None)
    if mine is None or mine.read_at is not None or mine.identity != identity_of(mine.url):
        return False
    twin = next(iter(rows.values()), None)
    if twin is None:
        change = update(articles).where(articles.c.id == article_id).values(identity=identity)
        await connection.execute(change)
        return False
    if not _alike(mine.title, twin.title) or not (text is None or _has_text(twin, text)):
        return False
    await connection.execute(
        update(entries).where(entries.c.article_id == article_id).values(article_id=twin.id)
    )
    await connection.execute(articles.delete().where(articles.c.id == article_id))
    return True


def _has_text(row: AnyRow, text: str) -> bool:
    """Tell whether an article was read and has this text."""
    if row.article is None or not text:
        return False
    return decode(Article, row.article).text.split() == text.split()


def _alike(one: str, other: str) -> bool:
    """Tell whether two titles are of one article; a template's one address for all is no proof."""
    if one.casefold() == other.casefold():
        return True
    shares = (share_of(one, other), share_of(other, one))
    return all(share is not None and share >= _ALIKE for share in shares)


def is_file(url: str) -> bool:
    """Return whether a feed at ``url`` comes from the disk: such feeds have no age window."""
    return url.lower().startswith("file:")


def _is_pending(feed_urls: Collection[str] | None) -> ColumnElement[bool]:
    pending = articles.c.read_at.is_(None)
    if feed_urls is None:
        return pending
    return pending & articles.c.id.in_(_announced(feed_urls))


def _announced(feed_urls: Collection[str], since: datetime | None = None) -> Select[tuple[int]]:
    """Return the query for the articles that one of ``feed_urls`` announced as fresh (since ``since``)."""
    wanted = select(feeds.c.id).where(feeds.c.url.in_(feed_urls))
    query = select(entries.c.article_id).where(
        entries.c.feed_id.in_(wanted), entries.c.article_id.is_not(None)
    )
    return query if since is None else query.where(entries.c.seen_at >= since)


def _is_recent(feed_urls: Collection[str], since: datetime | None) -> ColumnElement[bool]:
    announced = articles.c.id.in_(_announced(feed_urls))
    if since is None:
        return announced
    return or_(
        articles.c.id.in_(_announced(feed_urls, since)),
        announced & (articles.c.read_at >= since),
        articles.c.id.in_(_announced([url for url in feed_urls if is_file(url)])),
    )


def _open(ids: Sequence[int], channels: Collection[str], told: Collection[tuple[str, int]]) -> list[int]:
    """Return the articles that one of ``channels`` at least was not told yet."""
    return [id_ for id_ in ids if any((channel, id_) not in told for channel in channels)]


def _told_elsewhere(ids: Collection[int], channels: Collection[str]) -> Select[tuple[str, int]]:
    """Return the query for which of ``channels`` was told a copy, from another feed, of which of ``ids``."""
    twin = articles.alias()
    arrived, twin_arrived = (type_coerce(table.c.arrived, BigInteger) for table in (articles, twin))
    apart = int(_COPIED_WITHIN / timedelta(microseconds=1))
    return (
        select(digested.c.channel, articles.c.id)
        .select_from(articles)
        .join(twin, (twin.c.copy_mark == articles.c.copy_mark) & (twin.c.feed_id != articles.c.feed_id))
        .join(digested, digested.c.article_id == twin.c.id)
        .where(
            articles.c.id.in_(ids),
            digested.c.channel.in_(channels),
            twin.c.url != articles.c.url,
            arrived.between(twin_arrived - apart, twin_arrived + apart),
        )
    )


def _pending(row: AnyRow) -> PendingArticle:
    return PendingArticle(
        id=row.id,
        url=row.url,
        title=row.title,
        author=row.author,
        outlet=row.name or row.feed_title,
        published=row.published,
        arrived=row.arrived,
        summary_html=row.summary_html,
        content_html=row.content_html,
        from_file=is_file(row.feed_url),
        feed_url=row.feed_url,
    )


def _read_row(article: Article, now: datetime) -> dict[str, Any]:
    """Return what reading changes; the date that the article shows is the one it is ordered by."""
    row = {
        "article": encode(article),
        "copy_mark": copy_mark(article),
        "read_at": now,
        "summary_html": "",
        "content_html": "",
    }
    return row if article.published is None else row | {"published": article.published}


def _analysis_row(article_id: int, analysis: Analysis, now: datetime) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "engine": analysis.engine,
        "made_at": now,
        "analysis": encode(analysis),
    }


def _read_article(row: AnyRow) -> ReadArticle:
    analysis = None if row.analysis is None else decode(Analysis, row.analysis)
    return ReadArticle(
        id=row.id, article=decode(Article, row.article), analysis=analysis, arrived=row.arrived
    )
