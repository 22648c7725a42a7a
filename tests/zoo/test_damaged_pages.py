"""Pages that are damaged, hostile or no pages at all: there is a text or none, and nothing else happens."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.articles.pages import read_further
from digests.model import FetchResult, Reading, TextSource
from tests.zoo.hostile import HOSTILE
from tests.zoo.more_pages import PAGES
from tests.zoo.pages import STORY, URL, html
from tests.zoo.test_pages import announced

ROOT = Path(__file__).parents[2]
BODIES = [(case, page) for case in PAGES.values() for page in case.web.values()]
PIECES = [
    *(b"<", b">", b"</", b"&", b"&#", b'"', b"'", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"<!--", b"-->"),
    *(b"<![CDATA[", b"<div>", b"</div>", b"</article>", b"<p hidden>", b"<script>", b"</script>"),
    *(b"<table><tr><td>", b"<svg><math>", b"<div role='dialog'>", b"<div class='paywall'>"),
    *(b"<time datetime='2026-03-02'>", b"<link rel=next href='?page=2'>", b"<meta charset=utf-16>"),
    *(b"<link rel=canonical href='http://['>", b'<script type="application/ld+json">', b"<meta charset=hz>"),
    b'{"@type":"LiveBlogPosting","liveBlogUpdate":[{"datePublished":"2026-03-02T10:00:00+99:00"}]}',
]


def check(reading: Reading) -> None:
    """Whatever came, the result can be stored and shown, and leads nowhere else."""
    article = reading.article
    article.text.encode()
    article.title.encode()
    assert "\0" not in article.text
    assert (article.source is TextSource.NONE) == (not article.text)
    starts = [start for start, _ in article.pages]
    assert starts == sorted(starts)
    assert all(start < len(article.text) for start in starts)
    assert not reading.wanted or reading.wanted.startswith(("https://post.example", "https://www.tidewater"))


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_page_gives_a_text_or_none(data: st.DataObject) -> None:
    """Bytes are cut out, doubled and put in, on each of the zoo's pages."""
    case, page = BODIES[data.draw(st.integers(0, len(BODIES) - 1))]
    body = bytearray(page.body or b"")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(body)))
        end = data.draw(st.integers(start, min(len(body), start + 400)))
        piece = data.draw(
            st.sampled_from(PIECES) | st.binary(max_size=8) | st.just(bytes(body[start:end]) * 2)
        )
        body[start:end] = piece
    entry = announced(case)
    damaged = replace(page, body=bytes(body))
    first = read_further(entry, damaged, (), case.rules)
    check(first)
    if first.wanted:
        check(read_further(entry, replace(damaged, url=first.wanted), first.pages, case.rules))


@given(body=st.binary(max_size=2_000), content_type=st.text(max_size=40))
@settings(max_examples=80, deadline=None)
def test_bytes_that_are_no_page_give_a_text_or_none(body: bytes, content_type: str) -> None:
    """With and without markup around them, under any content type."""
    case = PAGES["plain: an article as it should be"]
    for raw in (body, b"<html><body><article><p>" + body, b"<p>" + body * 20):
        page = FetchResult(url=URL, body=raw, content_type=f"text/html; {content_type}")
        check(read_further(announced(case), page))


MOST_MEGABYTES = 300


@pytest.mark.slow
def test_hostile_pages_cost_bounded_memory() -> None:
    """Five megabytes are the most that is fetched; each worker may be given half a gigabyte."""
    command = [sys.executable, "-m", "tests.zoo.hostile"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=170)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [name for name, _, _ in rows] == list(HOSTILE)
    assert [row for row in rows if int(row[1]) > MOST_MEGABYTES] == []


def test_a_page_is_read_up_to_its_sixty_thousandth_tag() -> None:
    """Time and memory grow with tags; what stands before them is the article."""
    page = html(*STORY, "<br>" * 70_000, "Behind all those tags nothing is read any more.")
    fetched = FetchResult(url=URL, body=page.encode(), content_type="text/html; charset=utf-8")
    reading = read_further(announced(PAGES["plain: an article as it should be"]), fetched)
    assert reading.article.text.split("\n") == list(STORY)
