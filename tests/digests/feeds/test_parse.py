import io
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import ParseError
from digests.feeds.parse import parse
from digests.model import ParsedEntry, ParsedFeed

SAMPLES = Path(__file__).parents[2] / "golden" / "feeds"
URL = "https://courier.example/feeds/all.xml"


def sample(name: str) -> ParsedFeed:
    return parse((SAMPLES / name).read_bytes(), url=URL)


def rss(items: str, *, head: str = "<?xml version='1.0'?>") -> bytes:
    return f"{head}<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>".encode()


def only(document: bytes, *, content_type: str = "") -> ParsedEntry:
    (entry,) = parse(document, url=URL, content_type=content_type).entries
    return entry


def test_rss_2_is_read_whole():
    """Titles are plain text, links absolute, dates UTC, and what is missing is empty."""
    feed = sample("rss20.xml")
    first, second, third = feed.entries
    assert (feed.title, feed.wishes.ttl) == ("Fernvale Courier & Post", timedelta(minutes=30))
    assert first.title == "Council rejects stadium & hotel"
    assert first.link == "https://courier.example/news/stadium?utm_source=rss"
    assert (first.guid, first.author) == ("courier-1", "Nadia Feld")
    assert first.published == datetime(2026, 11, 2, 15, 15, tzinfo=UTC)
    assert first.content_html.startswith("<p>“We heard you,”")
    assert first.summary_html == "The vote was 7 to 2."
    assert (second.author, second.summary_html, second.content_html) == (
        "Jon Abara",
        "<p>From Monday.</p>",
        "",
    )
    assert (third.guid, third.link, third.title, third.published) == ("", "", "", None)


def test_an_identifier_is_never_taken_for_a_date():
    """``<guid>12</guid>`` does not date an entry that has no date."""
    assert sample("rss20.xml").entries[1].published is None


def test_old_rss_with_its_own_harmless_entities_is_read():
    """Feeds of 1999 define ``&nbsp;`` themselves; only entities that grow are refused."""
    (entry,) = sample("rss092.xml").entries
    assert (entry.title.split()[0][:5], entry.link) == ("Ferry", "http://harbour.example/ferry")


def test_rdf_is_read():
    """RSS 1.0 keeps its items beside the channel."""
    (entry,) = sample("rdf.xml").entries
    assert (entry.title, entry.author) == ("Court hears appeal", "Iris Vane")
    assert entry.published == datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_atom_is_read_with_its_bases_and_text_types():
    """``xml:base`` adds up, XHTML titles are text, ``type="text"`` is escaped, published beats updated."""
    feed = sample("atom.xml")
    moss, plain, rates = feed.entries
    assert (moss.title, moss.link, moss.author) == (
        "A new moss",
        "https://review.example/2026/science/moss",
        "Ode Marsh",
    )
    assert "It glows, said <b>Dr Marsh</b>." in moss.content_html
    assert (plain.title, plain.content_html) == ("Plain 1 < 2", "Fewer than 2 &lt; 3 people.")
    assert plain.published == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert (rates.title, rates.content_html) == ("Rates & rents", "<p>Rents rose.</p>")


def test_json_feed_is_read_and_its_odd_items_survive():
    """Ids become text, plain text becomes HTML, and what is no item is left out."""
    feed = sample("feed.json")
    first, second, third = feed.entries
    assert feed.title == "Quarry Bulletin"
    assert (first.guid, first.link, first.title) == (
        "7",
        "https://courier.example/sports/final",
        "Final whistle",
    )
    assert (first.author, first.published) == ("Pell Ruiz, Mo Tan", datetime(2026, 11, 1, 19, tzinfo=UTC))
    assert (second.content_html, second.author) == ("<p>One &lt; two.</p><p>Second line.</p>", "Pell Ruiz")
    assert (third.guid, third.title, third.published) == ("", "", None)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(rss(""), id="rss"),
        pytest.param(b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", id="atom"),
        pytest.param(
            b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}', id="json"
        ),
    ],
)
def test_a_feed_without_entries_is_a_feed(document):
    """Nothing new is no error."""
    assert parse(document, url=URL).entries == ()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 13_000, "PNG image", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0<rdf:RDF >" + b"\0" * 100, "JPEG", id="jpeg with XMP"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n ", "empty", id="blank"),
        pytest.param(b"<!DOCTYPE html><html><body>" + b"<p>News</p>" * 300_000, "HTML page", id="html"),
        pytest.param(b"<?xml version='1.0'?><urlset><url/></urlset>", "no RSS", id="sitemap"),
        pytest.param(b"Not found", "no RSS", id="words"),
        pytest.param(b'{"items": 3}', "JSON", id="other json"),
        pytest.param(b'{"items": [', "broken", id="broken json"),
        pytest.param(b"[" * 100_000, "broken", id="deep json"),
    ],
)
def test_what_is_no_feed_is_told_apart_within_milliseconds(document, words):
    """No parser is asked: one of them took 13 s over a picture."""
    began = time.process_time()
    with pytest.raises(ParseError, match=words):
        parse(document, url=URL)
    assert time.process_time() - began < 0.5


BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY b0 "ha">{BOMB}]>', id="billion laughs"),
        pytest.param(f'<!DOCTYPE rss [<!ENTITY b "{"ha" * 50_000}">]>', id="quadratic"),
        pytest.param(f"<!--> <rss> --><!DOCTYPE rss [<!ENTITY b0 'ha'>{BOMB}]>", id="behind a comment"),
        pytest.param(f"<?x <rss> ?><!DOCTYPE rss [<!ENTITY b0 'ha'>{BOMB}]>", id="behind an instruction"),
        pytest.param(f"<!DOCTYPE rss SYSTEM '<rss>' [<!ENTITY b0 'ha'>{BOMB}]>", id="behind a literal"),
        pytest.param("<!DOCTYPE rss [<!ENTITY % p '<!ENTITY &#37; q \"x\">'>%p;]>", id="parameter entity"),
        pytest.param(
            "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&#38;a;&#38;a;'>]>", id="spelled as characters"
        ),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_before_it_is_parsed(head, charset):
    """Nothing is expanded, in any encoding."""
    document = rss("<item><title>&b11;&b;</title></item>", head=head).decode().encode(charset)
    with pytest.raises(ParseError, match="entities"):
        parse(document, url=URL)


def test_an_article_about_entities_is_no_bomb():
    """The same words in an article's text are text."""
    entry = only(rss(f"<item><title>XML</title><description><![CDATA[{BOMB}]]></description></item>"))
    assert "<!ENTITY" in entry.summary_html


def test_an_external_entity_is_never_loaded(tmp_path):
    """A feed cannot read our files."""
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert "hush" not in repr(
        parse(rss("<item><title>&x;</title><link>/a</link></item>", head=head), url=URL)
    )


@pytest.mark.parametrize(
    ("declared", "actual", "header"),
    [
        pytest.param("UTF-8", "latin-1", "", id="Latin-1 declared UTF-8"),
        pytest.param("ISO-8859-1", "utf-8", "", id="UTF-8 declared Latin-1"),
        pytest.param("ISO-8859-1", "latin-1", "", id="Latin-1"),
        pytest.param("utf-16", "utf-8", "", id="UTF-8 declared UTF-16"),
        pytest.param("x-unknown", "cp1252", "", id="unknown name"),
        pytest.param("", "cp1252", "text/xml; charset=windows-1252", id="by the header"),
        pytest.param("utf-16", "utf-16", "", id="UTF-16"),
        pytest.param("utf-8", "utf-8-sig", "", id="UTF-8 with its mark"),
    ],
)
def test_a_wrong_charset_does_not_lose_the_feed(declared, actual, header):
    """The bytes are believed before the declaration."""
    encoding = f" encoding='{declared}'" if declared else ""
    head = f"<?xml version='1.0'{encoding}?>"
    document = rss("<item><title>Café – Zoë à Paris</title></item>", head=head).decode()
    if actual == "latin-1":
        document = document.replace("–", "·")
    entry = only(document.encode(actual), content_type=header)
    assert entry.title.replace("·", "–") == "Café – Zoë à Paris"


def test_one_damaged_character_costs_one_character():
    """A cut-off sequence does not turn the whole feed into mojibake."""
    items = "<item><title>Zoë à Köln, où l’été arrive</title></item>"
    assert only(rss(items).replace("où".encode(), b"o\xc3")).title == "Zoë à Köln, o\ufffd l’été arrive"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            rss("<item><title>One</title></item><item><title>Two & three</title></item>"), id="bare ampersand"
        ),
        pytest.param(
            rss("<item><title>One</title></item><item><title>Two</title></item>")[:-30], id="cut off"
        ),
        pytest.param(
            rss("<item><title>One</title><b>x</item><item><title>Two</title></item>"), id="tag not closed"
        ),
        pytest.param(
            rss("<item><title>On\x0be</title></item><item><title>T\x00wo</title></item>"),
            id="control characters",
        ),
        pytest.param(
            b"\n\n  " + rss("<item><title>One</title></item><item><title>Two</title></item>"),
            id="blank lines first",
        ),
        pytest.param(
            rss("<item><title>One &nbsp;&eacute;</title></item><item><title>Two</title></item>"),
            id="HTML entities",
        ),
        pytest.param(
            rss("<media:x><item><title>One</title></item></media:x><item><title>Two</title></item>"),
            id="unbound prefix",
        ),
    ],
)
def test_malformed_xml_keeps_its_entries(document):
    """Both entries come out, whatever is wrong around them."""
    assert len(parse(document, url=URL).entries) == 2


def test_control_characters_cost_nothing_around_them():
    """XML forbids them, and a parser that meets one drops the rest of the section."""
    entry = only(
        rss("<item><title>x</title><description><![CDATA[On\x0ce <b>two</b>]]></description></item>")
    )
    assert entry.summary_html == "One <b>two</b>"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        pytest.param("Mon, 02 Nov 2026 10:00:00 GMT", datetime(2026, 11, 2, 10, tzinfo=UTC), id="RFC 822"),
        pytest.param("2026-11-02T10:00:00+05:30", datetime(2026, 11, 2, 4, 30, tzinfo=UTC), id="ISO 8601"),
        pytest.param(
            "Mon, 02 Nov 2026 10:00:00 EST", datetime(2026, 11, 2, 15, tzinfo=UTC), id="zone by name"
        ),
        pytest.param("Fri, 01 Nov 2999 10:00:00 GMT", datetime(2999, 11, 1, 10, tzinfo=UTC), id="future"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 GMT", None, id="zero of a clock"),
        pytest.param("31 Feb 2026 10:00:00 GMT", None, id="no such day"),
        pytest.param("0000-00-00", None, id="zeros"),
        pytest.param("not a date", None, id="words"),
        pytest.param("", None, id="empty"),
    ],
)
def test_dates_are_utc_or_absent(date, published):
    """Future dates stay, nonsense is no date, and the entry is kept either way."""
    entry = only(rss(f"<item><title>x</title><guid>7</guid><pubDate>{date}</pubDate></item>"))
    assert entry.published == published


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        pytest.param("Q&amp;A", "Q&A", id="ampersand"),
        pytest.param("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move", id="tags"),
        pytest.param("Caf&amp;eacute; &amp;#8217;n", "Café ’n", id="entities twice"),
        pytest.param("&amp;lt;i&amp;gt;Moby&amp;lt;/i&amp;gt;", "Moby", id="tags escaped twice"),
        pytest.param("1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2", id="signs that are no tags"),
        pytest.param("a\n\t b\u00a0 c", "a b c", id="white space"),
        pytest.param("pay\u202efdp.exe\u200b", "payfdp.exe", id="invisible characters"),
        pytest.param("x" * 50_000, "x" * 1000, id="50 kB"),
    ],
)
def test_titles_are_plain_text_on_one_line(markup, title):
    """What a title shows is what it says."""
    assert only(rss(f"<item><title>{markup}</title></item>")).title == title


def test_the_quick_parsers_misses_are_made_good():
    """Items outside any channel are found by the second parser only."""
    document = (
        b"<rdf:RDF xmlns:rdf='x'><item><title>One</title></item><item><title>Two</title></item></rdf:RDF>"
    )
    assert len(parse(document, url=URL).entries) == 2


def test_entries_under_odd_names_are_found():
    """Where the quick parser finds none, the thorough one is asked, if anything looks like an entry."""
    odd = b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel/>%s</rdf:RDF>"
    assert [
        entry.title for entry in parse(odd % b"<ITEM id='item'><title>x</title></ITEM>", url=URL).entries
    ] == ["x"]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("AT&T buys mill", "AT&T buys mill"),
        ("R&D council", "R&D council"),
        ("R&amp;D council", "R&D council"),
        ("this & that &#38; more", "this & that & more"),
        ("<![CDATA[R&D &amp; council]]>", "R&D & council"),
    ],
)
def test_a_bare_ampersand_stays_what_it_is(title, read):
    """In titles and in links, beside references, in CDATA; it is the commonest damage of all."""
    link = "https://courier.example/a?x=1&id=2"
    (entry,) = parse(rss(f"<item><title>{title}</title><link>{link}</link></item>"), url=URL).entries
    assert (entry.title, entry.link) == (read, link)


DOCUMENTS = [path.read_bytes() for path in sorted(SAMPLES.iterdir())]
JUNK = [
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"\0",
    b"\xff",
    b"<item>",
    b"</rss>",
    b"xmlns=''",
    b"{",
    b'"',
]


@given(
    st.sampled_from(DOCUMENTS),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60), st.sampled_from(JUNK)), max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_a_mutated_feed_is_parsed_or_refused_and_nothing_else(document, cuts):
    """Whatever is cut out or put in, only a ParseError comes out, and every text can be stored."""
    for at, length, junk in cuts:
        document = document[:at] + junk + document[at + length :]
    try:
        feed = parse(document, url=URL)
    except ParseError:
        return
    repr(feed).encode()
    assert all(entry.published is None or entry.published.tzinfo is UTC for entry in feed.entries)


@given(
    st.sampled_from(
        [document for document in DOCUMENTS if document[:1] == b"<" and b"ENTITY" not in document]
    ),
    st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.integers(0, 60),
            st.sampled_from([b"", b"<item>", b"</item>", b"<entry>", b"<title>", b"</channel>", b"<", b"&"]),
        ),
        min_size=1,
        max_size=4,
    ),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_damaged_feed_gives_no_fewer_entries_than_feedparser_finds(document, cuts):
    """The quick parser is believed only where it can have seen everything."""
    for at, length, junk in cuts:
        document = document[:at] + junk + document[at + length :]
    try:
        theirs = len(feedparser.parse(io.BytesIO(document)).entries)
    except Exception:
        theirs = 0
    try:
        ours = len(parse(document, url=URL).entries)
    except ParseError:
        ours = 0
    assert ours >= theirs


@given(st.binary(max_size=400), st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_parsed_or_refused(body, content_type):
    """So is everything else that a server can send."""
    for document in (body, b"<rss><channel><item>" + body, b'{"items": [{"title": "' + body):
        try:
            parse(document, url=URL, content_type=content_type)
        except ParseError:
            continue
