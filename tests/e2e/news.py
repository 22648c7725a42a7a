"""Small news of our own for a publisher on loopback: feeds, pages, and what the digest must show of them."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urljoin

from tests.feed_server import FeedServer, reply

COURIER = "Fernvale Courier"
MAYOR = "We will rebuild the bridge before the first snow"
RECTOR = "The school will not lose a single teacher over this"
MEMBER = "I have never seen a harbour budget with so many holes"


LONG_WORDS = f"{'so' * 400}.\n" * 1_250
"""A million characters that cost the analyser little, for the words in them are few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One article: its page's path, its headline and its text."""

    path: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def page(self) -> bytes:
        body = "".join(f"<p>{html.escape(line)}</p>" for line in self.paragraphs)
        head = f"<!doctype html><html lang=en><head><title>{html.escape(self.title)}</title></head>"
        return f"{head}<body><article>{body}</article></body></html>".encode()


BRIDGE = News(
    path="/bridge",
    title="Fernvale to rebuild its bridge",
    paragraphs=(
        "Fernvale will rebuild the Mill Street bridge that the flood of January carried away, the city "
        "council decided on Monday after a debate of four hours.",
        f"“{MAYOR},” Mayor Ana Ruiz told the council. The work is to cost nine million crowns.",
        "The old bridge stood for 112 years. Since January the people of the east bank have driven around "
        "the lake to reach the hospital, the market and the railway station.",
    ),
)
SCHOOL = News(
    path="/school",
    title="Fernvale school keeps its teachers",
    paragraphs=(
        "The only secondary school of Fernvale will open in August with as many classes as last year, "
        "although the county has cut its grant by a tenth.",
        f"“{RECTOR},” said rector Milo Tarn at an assembly of parents on Tuesday evening.",
        "The county council meets again in May, and the parents have announced that they will be there.",
    ),
)
HARBOUR = News(
    path="/harbour",
    title="Harbour budget sent back",
    paragraphs=(
        "The port committee sent the budget of the harbour back to its authors on Wednesday.",
        f"“{MEMBER},” said committee member Olga Brandt after the meeting.",
        "A new draft is due in two weeks. The harbour lost two ferry lines in the winter and has to pay for "
        "a crane that it ordered before that.",
    ),
)


def rss(
    server: FeedServer, news: Sequence[News], *, title: str = COURIER, body: str = "", at: str = ""
) -> bytes:
    """Return a feed of ``news``, published ``at`` or now; ``body`` is each entry's own text."""
    now = at or format_datetime(datetime.now(UTC))
    own = f"<description>{html.escape(body)}</description>" if body else ""
    items = "".join(
        f"<item><title>{html.escape(one.title)}</title><link>{urljoin(server.url(), one.path)}</link>"
        f"<guid isPermaLink='false'>{one.path}</guid><pubDate>{now}</pubDate>{own}</item>"
        for one in news
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


def publish(server: FeedServer, *news: News, path: str = "/feed", **about: str) -> str:
    """Serve a feed of ``news`` and their pages; return the feed's address."""
    for one in news:
        server.on(one.path, reply(one.page, content_type="text/html; charset=utf-8"))
    return server.on(path, reply(rss(server, news, **about), content_type="application/rss+xml"))


def allow(server: FeedServer) -> dict[str, list[str]]:
    """Return the setting that permits a bot to come here."""
    return {"allow": [f"{server.host}:{server.port}"]}
