from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digests.feeds.identity import to_store
from digests.model import FeedToFetch, ParsedEntry, ParsedFeed

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
FEED = FeedToFetch(url="https://courier.example/rss")
BUNDLED = FeedToFetch(url="file:///seeds/courier.xml")
ENTRY = ParsedEntry(guid="g1", link="https://courier.example/a", title="A", published=NOON)


def store(*entries: ParsedEntry, feed: FeedToFetch = FEED, first_poll: bool = False):
    return to_store(feed, ParsedFeed(title="", entries=entries), first_poll=first_poll, now=NOON)


def test_an_entry_is_marked_by_its_id_its_address_and_its_title():
    """Each mark stands for one of them; spellings of one address have one mark."""
    (one,) = store(ENTRY)
    (twin,) = store(replace(ENTRY, link="http://COURIER.example/a?utm_source=rss", summary_html="edited"))
    assert (one.guid, one.link, one.headline, one.key) == (twin.guid, twin.link, twin.headline, twin.key)
    for change in ({"guid": "g2"}, {"link": "https://courier.example/b"}, {"title": "B"}):
        (other,) = store(replace(ENTRY, **change))
        changed = [
            name for name in ("guid", "link", "headline") if getattr(other, name) != getattr(one, name)
        ]
        assert changed == [{"title": "headline"}.get(name, name) for name in change]
        assert other.key != one.key


def test_an_entry_with_neither_id_nor_link_is_known_by_all_that_it_says():
    """But not by its date, which is moved too easily; two notices of one title stay two."""
    bare = replace(ENTRY, guid="", link="", summary_html="Snow is coming.")
    (one,) = store(bare)
    assert (one.guid, one.link) == (None, None)
    assert store(replace(bare, published=NOON + timedelta(days=1)))[0].key == one.key
    assert store(replace(bare, summary_html="Rain is coming."))[0].key != one.key
    assert store(replace(bare, title="B"))[0].key != one.key


def test_an_article_in_two_feeds_has_one_identity():
    """Tracking, scheme, fragment and the spelling of the host do not matter."""
    (one,) = store(ENTRY)
    twin = replace(ENTRY, guid="other", link="http://COURIER.example:80/a?utm_source=rss#top")
    (other,) = store(twin, feed=FeedToFetch(url="https://second.example/rss"))
    assert one.identity == other.identity == "https://courier.example/a"
    assert other.url == twin.link


def test_an_entry_without_link_is_itself_and_nothing_else():
    """Its identity is its feed and its key: entries of two feeds never merge for want of a link."""
    bare = replace(ENTRY, link="")
    (one,), (other,) = store(bare), store(bare, feed=BUNDLED)
    assert one.identity == one.own_identity == f"entry:https://courier.example/rss#{one.key:x}"
    assert one.identity != other.identity
    assert one.url == ""


def test_an_entry_that_stands_twice_in_a_feed_is_stored_once():
    """Under two rubrics, say, with an id for each. The first counts."""
    entries = store(ENTRY, ENTRY, replace(ENTRY, guid="g2"))
    assert [(entry.title, entry.identity) for entry in entries] == [("A", "https://courier.example/a")]


def test_items_that_share_an_address_are_articles_of_their_own():
    """A page of short notices, say: each keeps the link, and none is taken for another."""
    notices = [replace(ENTRY, guid=f"g{title}", title=title) for title in ("A", "B", "C")]
    entries = store(*notices, replace(ENTRY, guid="gD", link="https://courier.example/d", title="D"))
    assert len({entry.identity for entry in entries}) == 4
    assert [entry.identity == entry.own_identity for entry in entries] == [True, True, True, False]
    assert {entry.url for entry in entries[:3]} == {"https://courier.example/a"}


@pytest.mark.parametrize(
    ("published", "first_poll", "fresh"),
    [
        pytest.param(NOON - timedelta(hours=23), True, True, id="first poll, today's"),
        pytest.param(NOON - timedelta(hours=25), True, False, id="first poll, archive"),
        pytest.param(NOON + timedelta(days=2), True, True, id="first poll, future"),
        pytest.param(None, True, True, id="first poll, undated"),
        pytest.param(NOON - timedelta(days=400), False, True, id="later poll, dated back"),
    ],
)
def test_a_new_feed_starts_with_its_last_day(published, first_poll, fresh):
    """On later polls everything unknown is news, whatever its date says."""
    (entry,) = store(replace(ENTRY, published=published), first_poll=first_poll)
    assert entry.fresh is fresh


def test_a_feed_in_a_file_has_no_age_window():
    """The bundled digest reads the same in 2030."""
    (entry,) = store(replace(ENTRY, published=NOON - timedelta(days=2000)), feed=BUNDLED, first_poll=True)
    assert entry.fresh


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:jo@courier.example",
        "file:///etc/passwd",
        "https://user:pass@courier.example/",
        "https://courier.example/\u202egpj.exe",
        "https://",
    ],
)
def test_a_link_that_must_not_be_printed_is_dropped_and_its_entry_kept(link):
    """The entry lives on under its key."""
    (entry,) = store(replace(ENTRY, link=link))
    assert (entry.url, entry.title) == ("", "A")


def test_a_bundled_feed_links_to_the_files_beside_it():
    """``file:`` links count in ``file:`` feeds alone."""
    (entry,) = store(replace(ENTRY, link="file:///seeds/a.html"), feed=BUNDLED)
    assert entry.url == "file:///seeds/a.html"


@pytest.mark.parametrize(("ahead", "shown"), [(1, 1), (60, 60), (61, 0), (60 * 24 * 365, 0)])
def test_a_date_to_come_becomes_now(ahead, shown):
    """Clocks and zones may be wrong by an hour; beyond that the item would lead every digest until then."""
    (one,) = store(replace(ENTRY, published=NOON + timedelta(minutes=ahead)))
    assert one.published == NOON + timedelta(minutes=shown)
