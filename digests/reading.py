"""[io] Reads articles that feeds announced: page, text, who said what, stored."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from weakref import WeakValueDictionary

import structlog

from digests.analysis.nlp import Analyst
from digests.errors import AnalysisFailed, FetchError, OnrecordError, ParseError
from digests.feeds.fetch import Fetcher
from digests.model import (
    Analysis,
    Article,
    FetchResult,
    PendingArticle,
    ReadArticle,
    Reading,
    TextSource,
    Wall,
)
from digests.storage.store import Store

# Pages in memory, and how many articles wait for their turn at a host meanwhile.
_AT_ONCE, _OF_ONE_HOST, _UNDER_WAY = 32, 4, 128
_WALLS = {
    Wall.CONSENT: "a consent form",
    Wall.PAYWALL: "a paywall",
    Wall.ROBOT: "a check for robots",
    Wall.LOGIN: "a login",
    Wall.MISSING: "a page that says there is none",
}
_NO_ARTICLE = "there is no article on that page"
_log = structlog.get_logger()


class ArticleReader:
    """Reads one announced article after another: its page, or what the feed itself holds.

    ``complain`` hears why a page or an analysis could not be had; the article keeps what there is.
    """

    def __init__(
        self, fetcher: Fetcher, analyst: Analyst, complain: Callable[[PendingArticle, OnrecordError], None]
    ) -> None:
        self._fetcher = fetcher
        self._analyst = analyst
        self._complain = complain

    async def read(self, entry: PendingArticle) -> Reading:
        """Return the article and who said what in it; the headline alone where nothing more can be had."""
        page = await self._page(entry)
        try:
            return await self.read_page(entry, page)
        except AnalysisFailed as error:
            self._complain(entry, error)
            return Reading(article=_headline(entry))

    async def read_page(self, entry: PendingArticle, page: FetchResult | None) -> Reading:
        """Return the article that starts on ``page``, all its pages read, or the feed's own text.

        A page that the analyser cannot stand is done without, where the feed has a text of its own.

        Raises:
            AnalysisFailed: the analyser gave up on the article.
        """
        try:
            reading = await self._read_on(entry, page)
        except AnalysisFailed as error:
            if page is None or not (entry.content_html or entry.summary_html):
                raise
            self._complain(entry, error)
            return await self._analyst.read(entry, None)
        if wall := _wall(reading):
            self._complain(entry, ParseError(f"{wall} stands before the article"))
        return reading

    async def read_alone(self, entry: PendingArticle, page: FetchResult) -> Reading:
        """Return the article that starts on ``page``, of which nothing but its address is known.

        Raises:
            ParseError: there is no article on it, with what stands there instead.
            AnalysisFailed: the analyser gave up on the article.
        """
        reading = await self._read_on(entry, page)
        wall = _wall(reading)
        if not reading.article.text:
            raise ParseError(f"{wall} stands there instead of an article" if wall else _NO_ARTICLE)
        if wall:
            self._complain(entry, ParseError(f"{wall} stands before the article"))
        return reading

    async def _read_on(self, entry: PendingArticle, page: FetchResult | None) -> Reading:
        reading = await self._analyst.read(entry, page)
        while reading.wanted:
            try:
                more = await self._fetcher.fetch_page(reading.wanted)
            except FetchError as error:
                self._complain(entry, error)
                more = None
            reading = await self._analyst.read(entry, more, reading.pages)
        return reading

    async def _page(self, entry: PendingArticle) -> FetchResult | None:
        """Return the entry's page, or ``None`` where the feed's own text must do."""
        if not entry.url:
            return None
        folder = file_folder(entry.feed_url) if entry.from_file else None
        try:
            return await self._fetcher.fetch_page(entry.url, folder=folder)
        except FetchError as error:
            self._complain(entry, error)
            return None


def _wall(reading: Reading) -> str:
    """Return what stands before an article, in words; empty where nothing does."""
    return _WALLS.get(reading.pages[0].wall, "") if reading.pages else ""


def _headline(entry: PendingArticle) -> Article:
    return Article(
        url=entry.url,
        title=entry.title,
        text="",
        byline=entry.author,
        outlet=entry.outlet,
        published=entry.published,
        source=TextSource.NONE,
    )


def _log_complaint(entry: PendingArticle, error: OnrecordError) -> None:
    url = entry.url.partition("?")[0]
    if isinstance(error, AnalysisFailed):
        _log.warning("article not analysed", url=url, reason=str(error))
    else:
        _log.info("page not read", url=url, reason=str(error))


class Reader:
    """Reads pending articles: many at once, few of one host; the analyser sees one after another."""

    def __init__(
        self, store: Store, fetcher: Fetcher, analyst: Analyst, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._analyst = analyst
        self._clock = clock
        self._articles = ArticleReader(fetcher, analyst, _log_complaint)
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._loading = asyncio.Lock()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._told_of_french = False

    async def read_pending(
        self, feed_urls: Collection[str], told: Callable[[int], None] | None = None
    ) -> int:
        """Read everything these feeds announced and nobody read yet; return how many articles that was.

        ``told`` hears how many are done. What another caller has begun is waited for and not counted.
        """
        done = 0
        mine: set[asyncio.Task[None]] = set()
        try:
            while await self._begin(feed_urls, mine):
                if self._under_way:
                    await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
                ended = {task for task in mine if task.done()}
                for task in ended:
                    task.result()
                mine -= ended
                done += len(ended)
                if ended and told is not None:
                    told(done)
            # Stored, and about to end.
            await asyncio.gather(*mine)
            done += len(mine)
            if mine and told is not None:
                told(done)
        finally:
            for task in mine:
                task.cancel()
            await asyncio.gather(*mine, return_exceptions=True)
        return done

    async def _begin(self, feed_urls: Collection[str], mine: set[asyncio.Task[None]]) -> bool:
        """Begin to read more where there is room for it; return whether anything is left to wait for."""
        async with self._loading:
            free = _UNDER_WAY - len(self._under_way)
            if free < _UNDER_WAY // 2:
                return True
            entries = await self._store.load_pending(feed_urls, free, besides=tuple(self._under_way))
            for entry in entries:
                mine.add(self._start(entry))
        return bool(entries) or bool(self._under_way and await self._store.count_pending(feed_urls))

    def _start(self, entry: PendingArticle) -> asyncio.Task[None]:
        task = asyncio.create_task(self._read(entry))
        self._under_way[entry.id] = task
        task.add_done_callback(lambda _: self._under_way.pop(entry.id))
        return task

    async def _read(self, entry: PendingArticle) -> None:
        # The host first: articles that wait for a slow one take no place from the others.
        async with self._host(entry.url), self._places:
            reading = await self._articles.read(entry)
            self._hint(reading.analysis)
            await self._store.save_read(
                entry.id,
                reading.article,
                reading.analysis,
                self._clock(),
                identity=reading.identity,
                weak=reading.weak,
            )

    def _hint(self, analysis: Analysis | None) -> None:
        """Say once that French articles would be read better with their model."""
        by_table = analysis is not None and analysis.language == "fr" and analysis.engine.endswith("tables")
        if by_table and not self._told_of_french:
            self._told_of_french = True
            _log.warning("French articles are read without their model", mend="run make french")

    def _host(self, url: str) -> asyncio.Semaphore:
        """Return the places of an article's host, which are forgotten when nobody waits for one."""
        name = urlsplit(url).netloc
        places = self._hosts.get(name)
        if places is None:
            places = self._hosts[name] = asyncio.Semaphore(_OF_ONE_HOST)
        return places

    async def read_address(self, url: str) -> ReadArticle:
        """Return the article at ``url`` and who said what in it; nothing is stored.

        Raises:
            FetchError: the page cannot be had.
            ParseError: there is no article on it.
            AnalysisFailed: the analyser gave up on it.
        """
        now = self._clock()
        entry = PendingArticle(id=0, url=url, title="", author="", outlet="", published=None, arrived=now)
        reading = await self._articles.read_alone(entry, await self._fetcher.fetch_page(url))
        return ReadArticle(article=reading.article, analysis=reading.analysis, arrived=now)


def file_folder(feed_url: str) -> Path:
    """Return the folder of a ``file:`` feed: its pages are read from there and nowhere else."""
    return Path(unquote(urlsplit(feed_url).path)).parent
