"""[io] ``onrecord digest``: addresses and files to a digest, with no database and nothing posted."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.asking import to_rules
from bot.platforms.base import MessagePart
from bot.platforms.console import show
from config.schema import Config
from digests.analysis.nlp import Analyst
from digests.digest import Choices, make_digest
from digests.document import Document
from digests.errors import FetchCause, FetchError, OnrecordError, ParseError
from digests.feeds.fetch import Fetcher
from digests.feeds.parse import parse
from digests.model import (
    Analysis,
    Article,
    FeedToFetch,
    FetchResult,
    ParsedFeed,
    PendingArticle,
    ReadArticle,
    TextSource,
)
from digests.reading import ArticleReader
from digests.render.document import make_document

_MOST_STORIES = 1_000
_TITLE_CHARS = 200


async def digest(config: Config, sources: Sequence[str], format: str, console: Console) -> None:
    """Print the digest of every source that can be read in one of the formats.

    Raises:
        OnrecordError: sources cannot be read, with the reason for each; the others are printed by then.
    """
    analyst = Analyst(rules=to_rules(config))
    try:
        async with Fetcher(config.network.addresses) as fetcher:
            articles, errors = await Desk(fetcher, analyst).read_all(sources)
    finally:
        await analyst.close()
    if len(errors) < len(sources):
        _print_digest(config, articles, format, console)
    if errors and len(sources) == 1:
        raise errors[0][1]
    if errors:
        raise OnrecordError("\n".join(_named(source, error) for source, error in errors))


def _named(source: str, error: OnrecordError) -> str:
    """Return why a source cannot be read, with its name."""
    return str(error) if source in str(error) else f"{source}: {error}"


def _print_digest(config: Config, articles: Sequence[ReadArticle], format: str, console: Console) -> None:
    numbered = [_numbered(article, number) for number, article in enumerate(articles, start=1)]
    made = make_digest(
        "digest", numbered, Choices(max_stories=_MOST_STORIES), since=None, until=datetime.now(UTC)
    )
    _print(make_document(made, ZoneInfo(config.timezone), config.language), format, console)


def _numbered(read: ReadArticle, number: int) -> ReadArticle:
    return ReadArticle(article=read.article, analysis=read.analysis, arrived=read.arrived, id=number)


class Desk:
    """Reads one source after another: a feed's entries, a page, a text file."""

    def __init__(self, fetcher: Fetcher, analyst: Analyst) -> None:
        self._fetcher = fetcher
        self._analyst = analyst
        self._articles = ArticleReader(fetcher, analyst, _complain)

    async def read_all(
        self, sources: Sequence[str]
    ) -> tuple[list[ReadArticle], list[tuple[str, OnrecordError]]]:
        """Return the articles of the sources that can be read, and why each of the others cannot."""
        articles: list[ReadArticle] = []
        errors: list[tuple[str, OnrecordError]] = []
        for source in sources:
            try:
                articles += await self.read(source)
            except OnrecordError as error:
                errors.append((source, error))
        return articles, errors

    async def read(self, source: str) -> list[ReadArticle]:
        """Return the articles of a source."""
        if urlsplit(source).scheme in ("http", "https"):
            return await self._content(source, await self._fetcher.fetch_page(source))
        path = _path(source)
        try:
            body = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise FetchError(FetchCause.MISSING_FILE, f"{source}: {error.strerror}") from error
        if _is_text(body, path):
            return [await self._text(body, source)]
        url = _address(path)
        return await self._content(url, FetchResult(url=url, body=body))

    async def _content(self, url: str, result: FetchResult) -> list[ReadArticle]:
        """Return a feed's articles where the bytes are a feed, else the page's one."""
        body = result.body or b""
        feed = await asyncio.to_thread(_feed, body, result.url, result.content_type)
        if feed is not None:
            readings = [await self._articles.read(entry) for entry in _entries(feed, FeedToFetch(url=url))]
            return [_read(reading.article, reading.analysis) for reading in readings]
        try:
            reading = await self._articles.read_alone(_pending(url), result)
        except ParseError as error:
            raise ParseError(f"{url}: {error}") from error
        return [_read(reading.article, reading.analysis)]

    async def _text(self, body: bytes, source: str) -> ReadArticle:
        text = body.decode("utf-8", "replace").replace("\r\n", "\n").strip("\ufeff\n ")
        if not text:
            raise ParseError(f"{source}: the file is empty")
        title = text.split("\n", 1)[0]
        if len(title) > _TITLE_CHARS:
            title = title[: title.rfind(" ", 0, _TITLE_CHARS)] + " …"
        article = Article(url="", title=title, text=text, source=TextSource.FILE)
        return _read(article, await self._analyst.analyse(article))


def _read(article: Article, analysis: Analysis | None) -> ReadArticle:
    return ReadArticle(article=article, analysis=analysis, arrived=datetime.now(UTC))


def _complain(entry: PendingArticle, error: OnrecordError) -> None:
    sys.stderr.write(f"{entry.url or entry.title}: {error}\n")


def _path(source: str) -> Path:
    """Return the file that a name, or a ``file:`` address, leads to."""
    return Path(unquote(urlsplit(source).path) if source.startswith("file:") else source)


def _address(path: Path) -> str:
    return path.absolute().as_uri()


def _pending(url: str) -> PendingArticle:
    return PendingArticle(
        id=0, url=url, title="", author="", outlet="", published=None, arrived=datetime.now(UTC)
    )


def _is_text(body: bytes, path: Path) -> bool:
    """Return whether a file is an article as plain text: neither markup nor JSON nor binary."""
    head = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return path.suffix == ".txt" or (not head.startswith((b"<", b"{")) and b"\0" not in head)


def _feed(body: bytes, url: str, content_type: str) -> ParsedFeed | None:
    try:
        return parse(body, url=url, content_type=content_type)
    except ParseError:
        return None


def _entries(feed: ParsedFeed, source: FeedToFetch) -> list[PendingArticle]:
    from digests.feeds.identity import to_store

    stored = to_store(source, feed, first_poll=False, now=datetime.now(UTC))
    return [
        PendingArticle(
            id=0, feed_url=source.url, url=entry.url, title=entry.title, author=entry.author,
            outlet=feed.title, published=entry.published, arrived=datetime.now(UTC),
            summary_html=entry.summary_html,
            content_html=entry.content_html, from_file=source.url.startswith("file:"),
        )
        for entry in stored
    ]  # fmt: skip


def _print(document: Document, format: str, console: Console) -> None:
    """Print the document as a person or a program wants it."""
    if format == "text" and console.is_terminal:
        show(console, document)
        return
    sys.stdout.write(_rendered(document, format))


def _rendered(document: Document, format: str) -> str:
    if format == "html":
        from digests.render.html import render_html

        return render_html(document)
    if format == "json":
        from digests.render.json import render_json

        return render_json(document)
    if format == "discord":
        from bot.platforms import embeds

        return _payloads(embeds.render(document))
    if format == "slack":
        from bot.platforms import blocks

        return _payloads(blocks.render(document))
    from digests.render.text import render_text

    return render_text(document)


def _payloads(parts: Sequence[MessagePart]) -> str:
    return json.dumps([part.payload for part in parts], ensure_ascii=False, indent=2) + "\n"
