import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.articles.choice import choose
from digests.articles.cleaning import extract_text
from digests.articles.extract import PageHint, extract, hint_for
from digests.errors import ParseError
from digests.model import Article, PageText, PendingArticle, TextSource

URL = "https://courier.example/news/stadium"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PARAGRAPHS = (
    "The Fernvale council voted 7 to 2 on Monday night against the stadium that had split the town.",
    "“We heard you,” said Mayor Ana Orlov\u00a0after the vote, “and we will not ask for this again.”",
    "Supporters of the plan, who had filled the gallery since noon, left the chamber without a word.",
)
LINKED = """<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"],
 "headline": "Council rejects &amp; buries stadium", "datePublished": "2026-11-02T21:30:00-05:00",
 "author": [{"@type": "Person", "name": "By Nadia Feld"}, {"name": "Jon Abara"}],
 "publisher": {"name": "Courier Media"}}]}
</script>"""


def page(*paragraphs: str, head: str = "", title: str = "Council rejects stadium") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>{title} | Fernvale Courier</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/s'>Subscribe</a></nav><article><h1>{title}</h1>{body}</article>"
        "<footer>Copyright, terms and cookies</footer></body></html>"
    )


def pending(**fields: str) -> PendingArticle:
    entry = PendingArticle(
        id=1, url=URL, title="Stadium", author="Desk", outlet="Courier", published=NOON, arrived=NOON
    )
    return replace(entry, **fields)


def test_the_text_is_the_article_and_nothing_around_it():
    """One line a paragraph, quotation marks untouched, blanks plain, no menu, no repeated headline."""
    article = extract(page(), url=URL)
    assert article.text.split("\n") == [line.replace("\u00a0", " ") for line in PARAGRAPHS]
    assert article.source is TextSource.PAGE


def test_the_pages_own_statements_fill_title_byline_date_and_outlet():
    """JSON-LD first, then Open Graph."""
    site = '<meta property="og:site_name" content="Fernvale Courier">'
    article = extract(page(head=LINKED + site), url=URL)
    assert article.title == "Council rejects & buries stadium"
    assert article.byline == "Nadia Feld, Jon Abara"
    assert article.outlet == "Fernvale Courier"
    assert article.published == datetime(2026, 11, 3, 2, 30, tzinfo=UTC)


def test_without_statements_headings_tags_and_the_feed_fill_the_gaps():
    """The feed's author and date, the page's heading, the address's host."""
    article = extract(page(), url=URL, hint=PageHint(author="Nadia Feld", published=NOON))
    assert (article.title, article.byline, article.published) == (
        "Council rejects stadium",
        "Nadia Feld",
        NOON,
    )
    assert article.outlet == "courier.example"


@pytest.mark.parametrize(
    ("hint", "title"),
    [
        pytest.param("Stadium is off", "Stadium is off", id="the feed's"),
        pytest.param("Stadium is off - Fernvale Courier", "Stadium is off", id="without the outlet"),
        pytest.param("Stadium is off - for now", "Stadium is off - for now", id="with its own dash"),
        pytest.param("Council rejects…", "Council rejects stadium", id="cut off"),
        pytest.param("", "Council rejects stadium", id="the page's"),
    ],
)
def test_the_headline_is_the_one_readers_saw_in_the_feed(hint, title):
    """Whole, and without the outlet's name, which stands beside it anyway."""
    assert extract(page(), url=URL, hint=PageHint(title=hint, outlet="Fernvale Courier")).title == title


@pytest.mark.parametrize(
    ("charset", "header", "meta"),
    [
        pytest.param("utf-8", "", "", id="UTF-8 unsaid"),
        pytest.param("cp1252", "text/html; charset=windows-1252", "", id="by the header"),
        pytest.param("cp1252", "text/html", '<meta charset="iso-8859-1">', id="by the page"),
        pytest.param("cp1252", "text/html; charset=utf-8", "", id="header lies"),
        pytest.param("utf-8", "text/html; charset=iso-8859-1", "", id="header lies about UTF-8"),
        pytest.param("utf-16", "", "", id="UTF-16"),
    ],
)
def test_a_page_in_a_legacy_charset_keeps_its_quotation_marks(charset, header, meta):
    """Marks are what the bot lives on."""
    body = page(head=meta).encode(charset)
    assert "“We heard you,”" in extract(body, url=URL, hint=PageHint(content_type=header)).text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0\0\0", id="zeros"),
        pytest.param(b"<html><head><title>x</title></head><body></body></html>", id="no body"),
        pytest.param(
            b"<html><body><script>load()</script><noscript>Enable it</noscript></body></html>",
            id="script only",
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", id="picture"),
    ],
)
def test_a_page_without_an_article_is_told_so(body):
    """The feed's own text is taken then."""
    with pytest.raises(ParseError):
        extract(body, url=URL)


def test_an_article_of_a_million_characters_is_extracted_whole_in_seconds():
    """Length breaks nothing here; the analysis has its own limit."""
    lines = [
        f"On day {n} the council met again and “adjourned,” said clerk Pell Ruiz in room {n}."
        for n in range(14_000)
    ]
    began = time.process_time()
    text = extract(page(*lines), url=URL).text
    assert len(text) > 1_000_000
    assert (text.split("\n")[0], text.split("\n")[-1]) == (lines[0], lines[-1])
    assert time.process_time() - began < 20


def test_a_file_says_so():
    """Texts from files are told apart."""
    assert extract(page(), url="file:///seeds/a.html").source is TextSource.FILE


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        pytest.param(
            "<p>One &amp; “two”</p><p>three<br>four</p>", "One & “two”\nthree\nfour", id="paragraphs"
        ),
        pytest.param("Plain\ntext", "Plain\ntext", id="no markup"),
        pytest.param(
            "a <b>bold</b>er\nclaim<script>x()</script><style>y</style>", "a bolder claim", id="inline"
        ),
        pytest.param("<ul><li>one</li><li>two</li></ul>tail", "one\ntwo\ntail", id="list"),
        pytest.param("a &lt; b &#147;c&#148; \u0093d\u0094", "a < b “c” “d”", id="entities"),
        pytest.param(
            "<p>Text.</p><p>The post Text appeared first on Courier.</p>", "Text.", id="feed footer"
        ),
        pytest.param("<p>never closed <a href='", "never closed", id="cut off"),
        pytest.param("<!-- only -->", "", id="comment"),
        pytest.param("\u200b\ufeff zero\u00ad width \u202e", "zero width", id="invisible"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_feeds_own_html_becomes_lines_of_text(markup, text):
    """Tags and scripts go, entities are resolved, paragraphs stay apart."""
    assert extract_text(markup) == text


@given(st.text(), st.text("<>&/!-abdiv \"'=#;\0\ud800"))
@settings(deadline=None)
def test_no_markup_breaks_the_reading_of_a_feeds_html(text, junk):
    """Whatever a feed holds, text comes out, and it can be stored."""
    for markup in (text, junk, f"<p>{text}<{junk}"):
        extract_text(markup).encode()


@given(st.text("<>&/!-abdivptrl \"'=#;\0", max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_page_breaks_the_extraction(junk):
    """Damaged pages give an article or a ParseError."""
    try:
        extract(page().replace("stadium", junk).encode(), url=URL).text.encode()
    except ParseError:
        return


def test_a_copy_says_where_it_is_taken_from():
    """By its canonical address on another site; readers still open the page that the feed named."""
    article = extract(page(head="<link rel='canonical' href='https://wire.example/stadium-7'>"), url=URL)
    assert (article.origin, article.url) == ("https://wire.example/stadium-7", URL)
    assert extract(page(head=f"<link rel='canonical' href='{URL}'>"), url=URL).origin == ""


PAGE = Article(url=URL, title="T", text="w " * 500, byline="Nadia Feld")


@pytest.mark.parametrize(
    ("page_text", "content", "source"),
    [
        pytest.param("w " * 500, "", TextSource.PAGE, id="page alone"),
        pytest.param("w " * 500, "<p>" + "v " * 550, TextSource.PAGE, id="page nearly as long"),
        pytest.param("Subscribe to read on.", "<p>" + "v " * 100, TextSource.FEED, id="paywall stub"),
        pytest.param("w " * 500, "<p>" + "v " * 2000, TextSource.FEED, id="teaser of a long text"),
        pytest.param("Short but all.", "<p>Short.</p>", TextSource.PAGE, id="a short piece"),
        pytest.param(None, "<p>All of it.</p>", TextSource.FEED, id="no page"),
        pytest.param(None, "", TextSource.NONE, id="nothing"),
    ],
)
def test_the_better_text_wins_and_says_where_it_is_from(page_text, content, source):
    """The page, unless it is missing or a stub while the feed has more."""
    found = None if page_text is None else replace(PAGE, text=page_text)
    pages = () if found is None else (PageText(url=URL, article=found),)
    chosen = choose(pages, pending(content_html=content))
    assert chosen.source is source
    assert chosen.byline == ("Desk" if found is None else "Nadia Feld")


def test_a_summary_is_better_than_nothing():
    """Title, author, outlet and date come from the entry."""
    chosen = choose((), pending(summary_html="<p>The vote was 7 to 2.</p>"))
    assert (chosen.text, chosen.title, chosen.outlet) == ("The vote was 7 to 2.", "Stadium", "Courier")
    assert hint_for(pending()).title == "Stadium"


@pytest.mark.parametrize("hiding", ['style="display: none"', "hidden"])
def test_text_that_no_reader_sees_is_not_read(hiding):
    """A link to such a sentence would lead nowhere, and its words are nobody's news."""
    seen = "<p>The council met on Monday to talk about the bridge over the river and its cost.</p>" * 5
    page = (
        f"<html><body><article><h1>Bridge</h1>{seen}<p {hiding}>I am a criminal</p></article></body></html>"
    )
    assert "criminal" not in extract(page, url="https://news.example/1").text
