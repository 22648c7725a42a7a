"""Which feeds of a list are taken, and under which names."""

import pytest

from config.importing import Choice, NewFeed, choose
from config.opml import FeedList, Outline


def chosen(*outlines: Outline, urls: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> Choice:
    return choose(FeedList(feeds=outlines), urls, names, (), str.lower)


def feed(url: str, title: str = "", *folders: str) -> Outline:
    return Outline(url=url, title=title, folders=folders)


def test_titles_are_names_and_folders_are_tags() -> None:
    """Every feed gets the tags that were asked for as well, each once."""
    found = FeedList(feeds=(feed("https://a.example/rss", "A", "news", "mine"),))
    assert choose(found, (), (), ("mine", "moved"), str.lower).feeds == (
        NewFeed(url="https://a.example/rss", name="A", tags=("news", "mine", "moved")),
    )


def test_a_name_that_is_taken_is_made_different() -> None:
    """By the host, then by a number: no two feeds may have one name."""
    outlines = [feed(f"https://{host}.example/{n}", "News") for n, host in enumerate(["a", "b", "b", "b"])]
    names = [new.name for new in chosen(*outlines, names=("News",)).feeds]
    assert names == [
        "News (a.example)", "News (b.example)", "News (b.example, 2)", "News (b.example, 3)",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["", "https://a.example/rss", "a.example"])
def test_without_a_title_the_feeds_own_serves(title: str) -> None:
    """An address is no name, nor is a host; readers put it where they know none."""
    assert chosen(feed("https://a.example/rss", title)).feeds[0].name is None


def test_what_is_there_already_is_skipped_and_told() -> None:
    """In the configuration or earlier in the list, in any spelling of its address."""
    choice = chosen(
        feed("https://a.example/RSS", "A"),
        feed("https://b.example/", "B"),
        feed("https://B.example/", "B too"),
        urls=("https://a.example/rss",),
    )
    assert [new.name for new in choice.feeds] == ["B"]
    assert (choice.known, choice.skipped) == (("A", "B too"), ())


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("feed://a.example/rss", "http://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("FEED://a.example/rss", "http://a.example/rss"),
        ("https://a.example/feed://x", "https://a.example/feed://x"),
    ],
)
def test_the_feed_scheme_stands_for_http(url: str, read: str) -> None:
    """Old readers wrote it."""
    assert [new.url for new in chosen(feed(url)).feeds] == [read]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "a file of some machine"),
        ("FILE:rss.xml", "a file of some machine"),
        ("feed:file:///etc/passwd", "not an address of a feed"),
        ("ftp://a.example/rss", "not an address of a feed"),
        ("javascript:alert(1)", "not an address of a feed"),
        ("a.example/rss", "not an address of a feed"),
        ("https://me:hunter2@a.example/rss", "a feed's address must not hold a user name or password"),
    ],
)
def test_what_is_no_address_of_a_feed_is_skipped_and_told(url: str, why: str) -> None:
    """A list from elsewhere must not have the bot read files; no password is shown."""
    choice = chosen(feed(url, "A"), feed("https://b.example/rss", "B"))
    assert (len(choice.feeds), choice.skipped) == (1, (f"A: {why}",))


def test_a_list_of_thousands_is_chosen_from_in_no_time() -> None:
    """All under one title: names are looked for without end, but not for ever."""
    outlines = [feed(f"https://{n}.example/rss", "News") for n in range(5_000)]
    assert len({new.name for new in chosen(*outlines).feeds}) == 5_000
