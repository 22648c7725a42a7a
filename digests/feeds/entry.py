"""Entries as the libraries give them, and the same entries made clean."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urljoin

from digests.articles.cleaning import clean_byline, clean_line, plain_title
from digests.model import ParsedEntry, ParsedFeed, Wishes

_MAX_TITLE_CHARS = 1000
_MAX_GUID_CHARS = 2000
# Before feeds existed: the zero of some clock, not a date.
_FIRST_YEAR = 1971


class RawEntry(NamedTuple):
    """One item as a parser read it; every text may hold markup and junk, ``published`` is ISO 8601."""

    guid: str
    link: str
    title: str
    author: str
    published: str
    summary_html: str
    content_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed as a parser read it; links may be relative to ``base``."""

    title: str
    entries: tuple[RawEntry, ...]
    base: str = ""


def clean_feed(raw: RawFeed, *, url: str, wishes: Wishes) -> ParsedFeed:
    """Return the feed with plain titles, absolute links and aware UTC dates."""
    base = _absolute(raw.base, url) if raw.base else url
    return ParsedFeed(
        title=plain_title(raw.title, max_chars=_MAX_TITLE_CHARS),
        entries=tuple(_clean_entry(entry, base) for entry in raw.entries),
        wishes=wishes,
    )


def _clean_entry(raw: RawEntry, base: str) -> ParsedEntry:
    return ParsedEntry(
        guid=clean_line(raw.guid, max_chars=_MAX_GUID_CHARS),
        link=_absolute(clean_line(raw.link), base),
        title=plain_title(raw.title, max_chars=_MAX_TITLE_CHARS),
        author=clean_byline(raw.author),
        published=_date(raw.published),
        summary_html=_storable(raw.summary_html),
        content_html=_storable(raw.content_html),
    )


def _absolute(link: str, base: str) -> str:
    if not link or link.startswith(("https://", "http://")):
        return link
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _storable(text: str) -> str:
    """Return ``text`` without lone surrogates, which JSON can carry and UTF-8 cannot."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode("utf-8")


def _date(text: str) -> datetime | None:
    """Return an ISO 8601 date as aware UTC; dates without a zone are taken as UTC."""
    try:
        date = datetime.fromisoformat(text.strip())
        date = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return date if date.year >= _FIRST_YEAR else None
