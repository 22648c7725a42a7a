"""What the benchmarks' publisher serves: feeds of invented words, and articles behind a feed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.bench.corpus import Text

ENTRIES = 20
ENTRY_CHARS = 1_750
"""Of text in each entry: with its markup a feed of twenty has about 42 kB."""
_SPACING = timedelta(hours=2)
_SYLLABLES = "ba dor fen gil hur ka lem min nos pra quil ros sev tam ul ven wim yar zo lar".split()
_RSS = "application/rss+xml; charset=utf-8"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One answer of the publisher, given after so many ``seconds``."""

    content_type: str
    body: bytes
    status: int = 200
    location: str = ""
    seconds: float = 0.0


Site = dict[str, Served]


def feed_site(feeds: int, *, age: timedelta = timedelta(0), entries: int = ENTRIES) -> Site:
    """Return ``feeds`` feeds at ``/feed/0`` and on, 20 entries and about 42 kB each unless told otherwise.

    Entries are two hours apart and the newest one is of that ``age``: a first poll takes twelve of the
    twenty for news where it is new.
    """
    dice = random.Random(7)
    sentences = [_sentence(dice) for _ in range(2_000)]
    newest = datetime.now(UTC) - age
    return {
        f"/feed/{number}": _rss(_feed(number, entries, newest, sentences, dice)) for number in range(feeds)
    }


def article_site(texts: Sequence[Text]) -> Site:
    """Return a feed at ``/feed/0`` and a page for each text, announced there without its text."""
    pages = {f"/page/{number}": _page(text) for number, text in enumerate(texts)}
    now = datetime.now(UTC)
    items = [
        _item(text.title, f"/page/{number}", now - timedelta(minutes=number), escape(text.text[:200]))
        for number, text in enumerate(texts)
    ]
    return pages | {"/feed/0": _rss("".join(items))}


def _feed(number: int, entries: int, newest: datetime, sentences: Sequence[str], dice: random.Random) -> str:
    return "".join(
        _item(
            dice.choice(sentences)[:60],
            f"/feed/{number}/{at}",
            newest - at * _SPACING,
            _story(sentences, dice),
        )
        for at in range(entries)
    )


def _story(sentences: Sequence[str], dice: random.Random) -> str:
    chosen: list[str] = []
    while sum(map(len, chosen)) < ENTRY_CHARS:
        chosen.append(f"<p>{dice.choice(sentences)} <a href='/x'>{dice.choice(sentences)[:30]}</a></p>")
    return "".join(chosen)


def _sentence(dice: random.Random) -> str:
    words = ("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(dice.randint(8, 24)))
    return " ".join(words).capitalize() + "."


def _item(title: str, path: str, published: datetime, html: str) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{{base}}{path}</link><guid>{{base}}{path}</guid>"
        f"<pubDate>{format_datetime(published)}</pubDate><author>Isolde Farrmere</author>"
        f"<description><![CDATA[{html}]]></description></item>\n"
    )


def _rss(items: str) -> Served:
    document = (
        f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Bench</title>{items}</channel></rss>'
    )
    return Served(content_type=_RSS, body=document.encode())


def _page(text: Text) -> Served:
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in text.text.split("\n"))
    aside = "".join(f"<li><a href='/{n}'>Another headline of the day</a></li>" for n in range(40))
    document = (
        f"<!doctype html><html lang=en><head><title>{escape(text.title)}</title></head><body>"
        f"<nav><ul>{aside}</ul></nav><main><article><h1>{escape(text.title)}</h1>{paragraphs}</article></main>"
        f"<footer><ul>{aside}</ul></footer></body></html>"
    )
    return Served(content_type=_HTML, body=document.encode())
