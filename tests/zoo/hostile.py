"""Pages of five megabytes made to cost time and memory; run as a program, it tells what they took."""

import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from digests.articles.pages import read_further
from digests.model import FetchResult, PendingArticle

ARTICLE = "<p>The council met on Monday to talk about the bridge and what it would cost them all.</p>" * 5
URL = "https://post.example/news/bridge"
HOSTILE: dict[str, Callable[[], str]] = {
    "a million line breaks": lambda: ARTICLE + "<br>" * 1_000_000,
    "tags that are never closed": lambda: ARTICLE + "<p>a<b>b<i>c" * 380_000,
    "a million nested boxes": lambda: "<div>" * 900_000 + ARTICLE,
    "nested tables": lambda: ARTICLE + "<table><tr><td>" * 300_000,
    "links": lambda: ARTICLE + "".join(f"<a href=/n/{n}>Link number {n}</a> " for n in range(100_000)),
    "list items": lambda: f"{ARTICLE}<ul>{'<li><a href=/>Read this too</a></li>' * 100_000}</ul>",
    "dialogs in dialogs": lambda: ARTICLE + "<div class=modal><p>We use cookies" * 140_000,
    "dates": lambda: ARTICLE + "<div><time datetime=2026-03-02>x</time></div>" * 100_000,
    "one long line": lambda: f"<p>{'We went to the bridge and spoke of it. ' * 125_000}",
    "JSON brackets": lambda: f"{ARTICLE}<script type='application/ld+json'>{'[' * 4_900_000}</script>",
    "nothing but less-than signs": lambda: "<" * 5_000_000,
}


def peak() -> int:
    """Return the most memory that this process ever had, in megabytes."""
    unit = 1_000 if sys.platform.startswith("linux") else 1_000_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def read(name: str) -> str:
    """Read a hostile page; return its text."""
    noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    entry = PendingArticle(id=1, url=URL, title="", author="", outlet="", published=noon, arrived=noon)
    markup = f"<html><body><article>{HOSTILE[name]()}</article></body></html>"
    page = FetchResult(url=URL, body=markup.encode(), content_type="text/html; charset=utf-8")
    return read_further(entry, page).article.text


if __name__ == "__main__":
    read("nested tables")
    before = peak()
    for name in HOSTILE:
        length = len(read(name))
        sys.stdout.write(f"{name}\t{peak() - before}\t{length}\n")
