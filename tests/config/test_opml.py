"""Lists of feeds as readers write them, and as nobody should."""

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.opml import FeedList, Outline, parse_opml, render_opml
from config.problems import ConfigError

EXPORTS = Path(__file__).parents[1] / "golden" / "opml"
LEDGER, WIRE, COURIER = "https://ledger.example/rss", "https://wire.example/?a=1&b=2", "http://c.example/feed"


def outline(url: str, title: str, *folders: str) -> Outline:
    return Outline(url=url, title=title, folders=folders)


@pytest.mark.parametrize(
    ("reader", "feeds"),
    [
        pytest.param("feedly", [outline(LEDGER, "The Ledger", "News", "Courts")]),
        pytest.param("inoreader", [outline(WIRE, "The Wire"), outline(COURIER, "Courier", "Local & more")]),
        pytest.param("netnewswire", [outline(LEDGER, "The Ledger", "News")]),
        pytest.param("miniflux", [outline(LEDGER, "The Ledger", "All")]),
        pytest.param("freshrss", [outline(LEDGER, "The Ledger", "News", "Courts")]),
        pytest.param("namespaced", [outline(LEDGER, "The Ledger")]),
    ],
)
def test_what_readers_export_is_read(reader: str, feeds: list[Outline]) -> None:
    """Any version; a feed in several folders is one feed with the tags of all."""
    raw = (EXPORTS / f"{reader}.opml").read_bytes()
    assert parse_opml(raw, "x.opml") == FeedList(feeds=tuple(feeds))


def body(*outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def test_folders_in_folders_are_tags_each() -> None:
    """The feed is found by any of them; one below a feed is in the feed's folders."""
    raw = body(
        "<outline text='A'><outline text='B'><outline xmlUrl='https://a.example/1'>",
        "<outline xmlUrl='https://a.example/2'/></outline></outline></outline>",
    )
    assert [feed.folders for feed in parse_opml(raw, "x.opml").feeds] == [("A", "B"), ("A", "B")]


def test_what_has_no_feeds_address_is_named() -> None:
    """A page, a link to another list, an empty folder: none is a feed, and none is dropped in silence."""
    raw = body(
        "<outline text='Page' htmlUrl='https://a.example'/>",
        "<outline type='include' text='List' url='https://a.example/x.opml'><outline/></outline>",
        "<outline text='Feed' xmlUrl='https://a.example/rss'/>",
    )
    found = parse_opml(raw, "x.opml")
    assert [feed.title for feed in found.feeds] == ["Feed"]
    assert found.without_address == ("Page", "List", "an outline without a title")


def test_a_title_is_one_line_of_plain_text() -> None:
    """Escaped twice, broken over lines, with characters that nobody sees: as it was meant."""
    raw = body("<outline text='A &amp;amp; B&#10;  &#x202e;C' xmlUrl='https://a.example/rss'/>")
    assert parse_opml(raw, "x.opml").feeds[0].title == "A & B C"


def test_bare_ampersands_in_addresses_are_understood() -> None:
    """Readers that write XML by hand forget to escape them."""
    raw = body("<outline text='Q&A' xmlUrl='https://wire.example/?a=1&b=2'/>")
    assert parse_opml(raw, "x.opml").feeds == (outline(WIRE, "Q&A"),)


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-8-SIG", "UTF-16", "ISO-8859-2", "windows-1250"])
def test_the_declared_encoding_counts(encoding: str) -> None:
    """And so does a byte order mark."""
    declared = encoding.removesuffix("-SIG")
    text = (
        f"<?xml version='1.0' encoding='{declared}'?>"
        + body("<outline text='Přehled žurnálů' xmlUrl='https://ledger.example/rss'/>").decode()
    )
    assert parse_opml(text.encode(encoding), "x.opml").feeds == (outline(LEDGER, "Přehled žurnálů"),)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "x.opml:1:1: not well-formed XML: it may be cut off"),
        (b"feeds: []", "x.opml:1:1: not well-formed XML: it may be cut off"),
        (b"<opml><body>\n<outline text='a'/>", "x.opml:2:20: not well-formed"),
        (b"<rss version='2.0'><channel/></rss>", "x.opml:1:1: not OPML: its first element is <rss>"),
        (b"<html><body/></html>", "x.opml:1:1: not OPML: its first element is <html>"),
    ],
    ids=["nothing", "YAML", "cut off", "a feed", "a page"],
)
def test_what_is_no_list_of_feeds_is_refused(raw: bytes, told: str) -> None:
    """With the line; half a list would be taken for the whole."""
    with pytest.raises(ConfigError) as error:
        parse_opml(raw, "x.opml")
    assert str(error.value).startswith(told)


def declaring(entities: str) -> bytes:
    head = f"<!DOCTYPE opml [{entities}]>"
    return head.encode() + body("<outline text='&a;' xmlUrl='https://a.example/rss'/>")


BOMB = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.parametrize(
    "entities",
    [
        pytest.param("<!ENTITY a 'x'>", id="harmless"),
        pytest.param("<!ENTITY a SYSTEM 'file:///etc/hostname'>", id="file"),
        pytest.param("<!ENTITY a SYSTEM 'http://127.0.0.1:9/x'>", id="address"),
        pytest.param("<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;", id="parameter"),
        pytest.param(BOMB + "<!ENTITY a '&l11;'>", id="bomb"),
    ],
)
def test_entities_of_the_files_own_are_refused(entities: str) -> None:
    """None is expanded, nothing else is opened, and no bomb goes off."""
    with pytest.raises(ConfigError):
        parse_opml(declaring(entities), "x.opml")


def test_a_doctype_alone_is_nothing_bad() -> None:
    """Some readers write one, out of habit."""
    raw = b"<!DOCTYPE opml>" + body("<outline text='The Ledger' xmlUrl='https://ledger.example/rss'/>")
    assert parse_opml(raw, "x.opml").feeds == (outline(LEDGER, "The Ledger"),)


def test_depth_without_end_is_refused() -> None:
    """Ten thousand folders in one another are no list of anybody's."""
    raw = body("<outline text='a'>" * 10_000, "</outline>" * 10_000)
    with pytest.raises(ConfigError):
        parse_opml(raw, "x.opml")


def test_a_feed_is_written_into_the_folder_of_each_tag() -> None:
    """OPML 2.0, as importers read it: text and title both, and those without a tag at the top."""
    written = render_opml(
        "Mine", [outline(WIRE, "", "A", "B"), outline(LEDGER, "The Ledger", "B"), outline(COURIER, "C")]
    )
    wire = html.escape(WIRE)
    wire = f'<outline type="rss" text="{wire}" title="{wire}" xmlUrl="{wire}"/>'
    ledger = f'<outline type="rss" text="The Ledger" title="The Ledger" xmlUrl="{LEDGER}"/>'
    courier = f'<outline type="rss" text="C" title="C" xmlUrl="{COURIER}"/>'
    shown = [line.strip() for line in written.decode().partition("<body>")[2].splitlines()]
    assert shown[1:] == [
        '<outline text="A" title="A">', wire, "</outline>",
        '<outline text="B" title="B">', wire, ledger, "</outline>",
        courier, "</body>", "</opml>",
    ]  # fmt: skip
    assert written.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<opml version=\"2.0\">")


lines = (
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and html.unescape(text) == text)
)
outlines = st.builds(
    Outline,
    url=st.builds("https://{}.example/{}".format, st.from_regex("[a-z]{1,5}", fullmatch=True), lines),
    title=lines,
    folders=st.lists(lines, max_size=3, unique=True).map(tuple),
)


@given(st.lists(outlines, max_size=6, unique_by=lambda feed: feed.url))
def test_what_is_written_is_read_again(feeds: list[Outline]) -> None:
    """The same feeds under the same titles, in the same folders."""
    found = parse_opml(render_opml("Mine", feeds), "x.opml").feeds

    def sets(some: list[Outline]) -> dict[str, tuple[str, frozenset[str]]]:
        return {feed.url: (feed.title, frozenset(feed.folders)) for feed in some}

    assert sets(list(found)) == sets(feeds)
