"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read leniently."""

import html
import json
from typing import Any

from digests.errors import ParseError
from digests.feeds.entry import RawEntry, RawFeed


def parse_json(document: bytes) -> RawFeed:
    """Return what a JSON Feed says; items that are no objects are left out.

    Raises:
        ParseError: broken JSON, or JSON that is no feed.
    """
    try:
        data = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise ParseError("The feed looks like JSON but is broken; the publisher has to mend it.") from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ParseError("This JSON is no JSON Feed: it has no list of items.")
    entries = tuple(_entry(item) for item in items if isinstance(item, dict))
    return RawFeed(title=_text(data.get("title")), entries=entries)


def _entry(item: dict[str, Any]) -> RawEntry:
    return RawEntry(
        guid=_text(item.get("id")),
        link=_text(item.get("url")) or _text(item.get("external_url")),
        title=_text(item.get("title")),
        author=", ".join(filter(None, map(_name, _authors(item)))),
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
        summary_html=html.escape(_text(item.get("summary")), quote=False),
        content_html=_text(item.get("content_html")) or _as_html(_text(item.get("content_text"))),
    )


def _authors(item: dict[str, Any]) -> list[Any]:
    authors = item.get("authors")
    return authors if isinstance(authors, list) else [item.get("author")]


def _name(author: object) -> str:
    return _text(author.get("name")) if isinstance(author, dict) else _text(author)


def _as_html(text: str) -> str:
    """Return plain text as HTML, its lines as paragraphs."""
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def _text(value: object) -> str:
    """Return a string or a number as a string; the specification asks to coerce ids."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
