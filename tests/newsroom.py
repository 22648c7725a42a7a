"""Stand-ins for the two slow ends of the news side: the web, and the analyser's child process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from digests.errors import FetchCause, FetchError
from digests.model import (
    Analysis,
    Article,
    FeedToFetch,
    FetchResult,
    PageRule,
    PageText,
    PendingArticle,
    Reading,
    TextSource,
)
from tests.make import make_analysis

Answered = FetchResult | BaseException


def rss(*titles: str, head: str = "") -> bytes:
    """Return a feed of undated entries, one for each title; their links are made of the titles."""
    items = "".join(
        f"<item><title>{title}</title><link>https://gazette.example/{title}</link><guid>{title}</guid></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>The Gazette</title>{head}{items}</channel></rss>".encode()


def answer(url: str, body: bytes | None, **about: str) -> FetchResult:
    """Return what a server answers; ``None`` for "not modified"."""
    return FetchResult(url=url, body=body, etag=about.get("etag"), content_type=about.get("content_type", ""))


@dataclass(slots=True)
class FakeFetcher:
    """The web in memory: ``feeds`` and ``pages`` by address; an exception is raised.

    ``held`` addresses answer once their event is set. ``asked`` are the feeds as they were asked for,
    ``folders`` where pages in files were looked for.
    """

    feeds: dict[str, Answered] = field(default_factory=dict)
    pages: dict[str, Answered] = field(default_factory=dict)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: list[FeedToFetch] = field(default_factory=list)
    paged: list[str] = field(default_factory=list)
    folders: list[Path | None] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Nobody waits here."""
        yield

    async def fetch_feed(self, feed: FeedToFetch) -> FetchResult:
        """Answer as told; an unknown feed is not there."""
        self.asked.append(feed)
        return await self._answer(feed.asked, self.feeds)

    async def fetch_page(self, url: str, *, folder: Path | None = None) -> FetchResult:
        """Answer as told; an unknown page is not there."""
        self.paged.append(url)
        self.folders.append(folder)
        return await self._answer(url, self.pages)

    async def _answer(self, url: str, answers: dict[str, Answered]) -> FetchResult:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(0)
            if url in self.held:
                await self.held[url].wait()
        finally:
            self._at_once -= 1
        known = answers.get(url, FetchError(FetchCause.NOT_FOUND, f"{url} is not there"))
        if isinstance(known, BaseException):
            raise known
        return known


@dataclass(slots=True)
class FakeAnalyst:
    """The analyser in memory: takes the page, else the feed's own text, as it stands.

    ``faults`` are raised for the articles with these titles, ``page_faults`` for pages with these texts.
    ``held`` keeps every article waiting. ``identities`` are what pages call themselves, by address.
    """

    rules: tuple[PageRule, ...] = ()
    faults: dict[str, Exception] = field(default_factory=dict)
    page_faults: dict[str, Exception] = field(default_factory=dict)
    identities: dict[str, str] = field(default_factory=dict)
    held: asyncio.Event | None = None
    read_titles: list[str] = field(default_factory=list)
    analyse_text: Callable[[str], Analysis] = lambda text: make_analysis()

    async def read(
        self, entry: PendingArticle, page: FetchResult | None, before: tuple[PageText, ...] = ()
    ) -> Reading:
        """Return the text as it came, with one quote in it."""
        self.read_titles.append(entry.title)
        if self.held is not None:
            await self.held.wait()
        if entry.title in self.faults:
            raise self.faults[entry.title]
        body = page.body if page is not None else None
        text = body.decode() if body is not None else entry.content_html or entry.summary_html
        if body is not None and text in self.page_faults:
            raise self.page_faults[text]
        source = TextSource.PAGE if body is not None else TextSource.FEED if text else TextSource.NONE
        article = Article(
            url=entry.url, title=entry.title or "Untitled", text=text, byline=entry.author,
            outlet=entry.outlet, published=entry.published, source=source,
        )  # fmt: skip
        pages = (PageText(url=entry.url, article=article, identity=self.identities.get(entry.url, "")),)
        return Reading(article=article, analysis=self.analyse_text(text) if text else None, pages=pages)

    async def analyse(self, article: Article) -> Analysis:
        """Return an analysis, or fail as told for its headline."""
        if article.title in self.faults:
            raise self.faults[article.title]
        return self.analyse_text(article.text)

    async def close(self) -> None:
        """Do nothing."""
