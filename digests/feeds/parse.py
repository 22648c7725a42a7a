"""Bytes to ``ParsedFeed``: fastfeedparser first, feedparser where that fails or doubts remain.

Neither library leaves this file. It is CPU work, about 10 ms/MB: callers run it in a thread.
"""

import calendar
import html
import io
import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import fastfeedparser

from digests.errors import ParseError
from digests.feeds.entry import RawEntry, RawFeed, clean_feed
from digests.feeds.jsonfeed import parse_json
from digests.feeds.sniff import as_utf8, refuse_other_text
from digests.feeds.wishes import read_wishes
from digests.model import NO_WISHES, ParsedFeed

_PLAIN_TYPES = frozenset({"text", "text/plain"})
# feedparser takes up to 5 s for each million bytes of hostile markup.
_FALLBACK_BYTES = 4_000_000
# fastfeedparser takes an identifier such as "12" for a date; only one that states a day is one.
_DATELIKE = re.compile(r"[\d\s.:/+-]{1,32}")
_FULL_DATE = re.compile(r"(?:19|20)\d\d[-/.]?[01]\d[-/.]?[0-3]\d")


def parse(body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
    """Return the feed in ``body``, which came from ``url``; no entries is a valid feed.

    RSS 0.9x to 2.0, Atom 0.3 and 1.0, RDF and JSON Feed; damaged documents as far as they go.

    Raises:
        ParseError: there is no feed in it; the text says what it is and what to do.
    """
    document = as_utf8(body, content_type=content_type)
    if document.startswith((b"{", b"[")):
        return clean_feed(parse_json(document), url=url, wishes=NO_WISHES)
    refuse_other_text(document)
    return clean_feed(_parse_xml(document, url), url=url, wishes=read_wishes(document))


def _parse_xml(document: bytes, url: str) -> RawFeed:
    try:
        quick = _parse_fast(document)
    except Exception as error:  # the library raises whatever its own code meets in damaged input
        try:
            return _parse_slowly(document, url)
        except Exception:
            raise ParseError("The feed is too damaged to read; the publisher has to mend it.") from error
    if not _is_doubtful(document, quick):
        return quick
    try:
        slow = _parse_slowly(document, url)
    except Exception:  # as above; what the first parser found is kept
        return quick
    return slow if len(slow.entries) >= len(quick.entries) else quick


def _is_doubtful(document: bytes, feed: RawFeed) -> bool:
    """Tell whether feedparser may find more: entries, titles or bases that the quick parser misses."""
    if not feed.entries:
        return b"item" in document or b"entry" in document
    if _has_more(document, len(feed.entries)):
        return True
    if any(entry.link and ":" not in entry.link for entry in feed.entries) and b"xml:base" in document:
        return True
    return not all(entry.title for entry in feed.entries) and b"xhtml" in document


def _has_more(document: bytes, beyond: int) -> bool:
    """Tell whether more entries seem to begin in the document; RDF lists them once more in ``<items>``."""
    marks = document.count(b"<item") + document.count(b"<entry")
    return marks > beyond and marks - document.count(b"<items") > beyond


# --- fastfeedparser ------------------------------------------------------------------------


def _parse_fast(document: bytes) -> RawFeed:
    feed = fastfeedparser.parse(document, include_tags=False, include_media=False, include_enclosures=False)
    about, entries = feed["feed"], feed["entries"]
    invented = _dates_in_guids(entries)
    return RawFeed(
        title=_text(about.get("title")),
        base=_text((about.get("title_detail") or {}).get("base")),
        entries=tuple(_from_fast(entry, invented) for entry in entries),
    )


def _from_fast(entry: dict[str, Any], invented: dict[str, str]) -> RawEntry:
    guid, published = _text(entry.get("id")), _text(entry.get("published"))
    summary, content = _text(entry.get("description")), _content(entry.get("content"))
    return RawEntry(
        guid=guid,
        link=_text(entry.get("link")) or (guid if guid.startswith(("http://", "https://")) else ""),
        title=_text(entry.get("title")),
        author=_text(entry.get("author")),
        published="" if published and invented.get(guid) == published else published,
        summary_html=summary,
        # An RSS description alone comes under both names.
        content_html="" if content.strip() == summary.strip() else content,
    )


def _dates_in_guids(entries: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the dates that fastfeedparser reads out of identifiers such as ``4711``, by identifier.

    It does so where an entry has no date of its own and does not tell; asking it for the same
    identifiers alone shows which dates are made up.
    """
    guids = [_text(entry.get("id")) for entry in entries if entry.get("published")]
    doubtful = [guid for guid in guids if _DATELIKE.fullmatch(guid) and not _FULL_DATE.search(guid)]
    if not doubtful:
        return {}
    items = "".join(f"<item><guid>{html.escape(guid)}</guid></item>" for guid in doubtful)
    document = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    dated = fastfeedparser.parse(document, include_content=False)["entries"]
    return {_text(entry.get("id")): _text(entry.get("published")) for entry in dated}


# --- feedparser ----------------------------------------------------------------------------


def _parse_slowly(document: bytes, url: str) -> RawFeed:
    # Imported here: most rounds meet no damaged feed.
    import feedparser

    # As a stream: a string could be taken for an address or a file name.
    feed = feedparser.parse(
        io.BytesIO(document[:_FALLBACK_BYTES]),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
    )
    return RawFeed(title=_text(feed.feed.get("title")), entries=tuple(map(_from_slow, feed.entries)))


def _from_slow(entry: dict[str, Any]) -> RawEntry:
    # The plain dict's get: feedparser's own warns where it takes one date for the other.
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    summary, content = _text(entry.get("summary")), _content(entry.get("content"))
    return RawEntry(
        guid=_text(entry.get("id")),
        link=_text(entry.get("link")),
        title=_text(entry.get("title")),
        author=_text(entry.get("author")),
        published=_iso(moment) if moment else "",
        # Atom content alone comes under both names.
        summary_html="" if content.strip() == summary.strip() and content else summary,
        content_html=content,
    )


def _iso(moment: time.struct_time) -> str:
    return datetime.fromtimestamp(calendar.timegm(moment), UTC).isoformat()


# --- both ----------------------------------------------------------------------------------


def _content(contents: object) -> str:
    """Return an entry's own text as HTML; Atom's ``type="text"`` is escaped."""
    first = contents[0] if isinstance(contents, list) and contents else None
    if not isinstance(first, dict):
        return ""
    value = _text(first.get("value"))
    return html.escape(value, quote=False) if first.get("type") in _PLAIN_TYPES else value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
