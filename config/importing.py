"""Which feeds of a list go into a configuration, under which names; pure."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.opml import FeedList, Outline
from config.problems import BadValue
from config.values import parse_feed_url

_FEED_SCHEME = re.compile(r"\Afeed:(?=https?:)|\Afeed(?=://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeed:
    """A feed to be written; ``name`` is ``None`` where the feed's own title serves."""

    url: str
    name: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is taken from a list, the titles of what is there already, and a line for each other thing."""

    feeds: tuple[NewFeed, ...]
    known: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def choose(
    found: FeedList,
    urls: Iterable[str],
    names: Iterable[str],
    tags: Collection[str],
    key: Callable[[str], str],
) -> Choice:
    """Return what to take of ``found`` beside the feeds at ``urls`` that are called ``names``.

    All get ``tags`` too. Addresses with one ``key`` are one feed.
    """
    known, taken = {key(url) for url in urls}, set(names)
    feeds: list[NewFeed] = []
    there: list[str] = []
    skipped = [f"{title}: no address of a feed (xmlUrl)" for title in found.without_address]
    for outline in found.feeds:
        called = outline.title or _without_query(outline.url)
        try:
            url = _address(outline.url)
        except BadValue as error:
            skipped.append(f"{called}: {error.what}")
            continue
        if key(url) in known:
            there.append(called)
            continue
        name = _name(outline, url, taken)
        known.add(key(url))
        taken |= {name} if name else set()
        feeds.append(NewFeed(url=url, name=name, tags=tuple(dict.fromkeys((*outline.folders, *tags)))))
    return Choice(feeds=tuple(feeds), known=tuple(there), skipped=tuple(skipped))


def _address(url: str) -> str:
    """Return the address as a configuration has it; a list from elsewhere names no file of this machine."""
    url = _FEED_SCHEME.sub(lambda found: "" if found[0].endswith(":") else "http", url, count=1)
    if urlsplit(url).scheme.lower() == "file":
        raise BadValue("a file of some machine")
    return parse_feed_url(url, None)


def _name(outline: Outline, url: str, taken: Collection[str]) -> str | None:
    """Return the title, made different from the names that are taken by its host, then by a number."""
    title, host = outline.title, urlsplit(url).hostname or ""
    if not title or title in (outline.url, url, host):
        return None
    return next(name for name in _names(title, host) if name not in taken)


def _names(title: str, host: str) -> Iterator[str]:
    yield title
    yield f"{title} ({host})"
    number = 2
    while True:
        yield f"{title} ({host}, {number})"
        number += 1


def _without_query(url: str) -> str:
    return url.partition("?")[0]
