"""[io] Reads articles that feeds announced: page, text, who said what, stored."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog

from digests.analysis.nlp import Analyst
from digests.errors import AnalysisFailed, FetchError, OnrecordError, ParseError
from digests.feeds.fetch import Fetcher
from digests.model import Analysis, Article, FetchResult, PendingArticle, ReadArticle, TextSource
from digests.storage.store import Store

_AT_ONCE = 8
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

    async def read(self, entry: PendingArticle) -> tuple[Article, Analysis | None]:
        """Return the article and who said what in it; the headline alone where nothing more can be had."""
        page = await self._page(entry)
        body, content_type = (page.body, page.content_type) if page is not None else (None, "")
        try:
            return await self._analyst.read(entry, body, content_type)
        except AnalysisFailed as error:
            self._complain(entry, error)
            return _headline(entry), None

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
        _log.info("page not fetched", url=url, reason=str(error))


class Reader:
    """Reads pending articles, a few pages at a time; the analyser sees one after another."""

    def __init__(
        self, store: Store, fetcher: Fetcher, analyst: Analyst, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._analyst = analyst
        self._clock = clock
        self._articles = ArticleReader(fetcher, analyst, _log_complaint)
        self._turn = asyncio.Lock()

    async def read_pending(
        self, feed_urls: Collection[str], told: Callable[[int], None] | None = None
    ) -> int:
        """Read everything these feeds announced and nobody read yet; return how many articles that was.

        ``told`` hears how many are done. A second caller waits for the first.
        """
        done = 0
        async with self._turn:
            while pending := await self._store.load_pending(feed_urls, _AT_ONCE * 2):
                places = asyncio.Semaphore(_AT_ONCE)
                async with asyncio.TaskGroup() as tasks:
                    for entry in pending:
                        tasks.create_task(self._read(entry, places))
                done += len(pending)
                if told is not None:
                    told(done)
        return done

    async def _read(self, entry: PendingArticle, places: asyncio.Semaphore) -> None:
        async with places:
            article, analysis = await self._articles.read(entry)
            await self._store.save_read(entry.id, article, analysis, self._clock())

    async def read_address(self, url: str) -> ReadArticle:
        """Return the article at ``url`` and who said what in it; nothing is stored.

        Raises:
            FetchError: the page cannot be had.
            ParseError: there is no article on it.
            AnalysisFailed: the analyser gave up on it.
        """
        now = self._clock()
        entry = PendingArticle(id=0, url=url, title="", author="", outlet="", published=None, arrived=now)
        page = await self._fetcher.fetch_page(url)
        article, analysis = await self._analyst.read(entry, page.body, page.content_type)
        if not article.text:
            raise ParseError("there is no article on that page")
        return ReadArticle(article=article, analysis=analysis, arrived=now)


def file_folder(feed_url: str) -> Path:
    """Return the folder of a ``file:`` feed: its pages are read from there and nowhere else."""
    return Path(unquote(urlsplit(feed_url).path)).parent
