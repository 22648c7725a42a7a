"""What a channel gets of the articles that were read."""

import pytest

from digests.digest import Choices, make_digest, make_story
from digests.filters import compile_terms
from digests.model import Digest, ReadArticle, TextSource
from tests.make import HOUR, NOON, make_analysis, make_read

ALL = Choices(max_stories=8)


def digest(*articles: ReadArticle, choices: Choices = ALL) -> Digest:
    """Return the digest of ``articles`` for a channel that makes these choices."""
    return make_digest("city-desk", articles, choices, since=None, until=NOON, failing_feeds=2)


def ids(stories) -> list[int]:
    """Return which articles are told."""
    return [story.article_id for story in stories]


@pytest.mark.parametrize(
    ("include", "exclude", "wanted"),
    [
        pytest.param(None, None, True, id="no choice: everything"),
        pytest.param(["bridge"], None, True, id="included by its title"),
        pytest.param(["monday"], None, True, id="included by its text"),
        pytest.param(["harbour"], None, False, id="not included"),
        pytest.param(None, ["mayor"], False, id="excluded by its text"),
        pytest.param(["bridge"], ["/reb.ilt/i"], False, id="exclude wins over include"),
        pytest.param(None, ["may"], True, id="terms are whole words"),
    ],
)
def test_a_channels_terms_decide_what_it_gets(include, exclude, wanted):
    """Any include term, no exclude term, in title or text."""
    choices = Choices(
        max_stories=8,
        include=compile_terms(include) if include else None,
        exclude=compile_terms(exclude) if exclude else None,
    )
    assert bool(digest(make_read(), choices=choices).stories) is wanted


def test_what_exceeds_the_limit_is_listed_and_never_dropped():
    """Each article is told once: as a card, or as a headline below."""
    told = digest(
        *(make_read(n, published=NOON - n * HOUR) for n in range(1, 6)), choices=Choices(max_stories=2)
    )
    assert (ids(told.stories), ids(told.more)) == ([1, 2], [3, 4, 5])
    assert told.article_ids == (1, 2, 3, 4, 5)


def test_stories_with_something_to_tell_come_first_and_new_before_old():
    """By time, undated ones by when they arrived; headlines without a bullet at the end; ties by row."""
    silent = make_read(1, analysis=None, published=NOON)
    old, new = make_read(2, published=NOON - 2 * HOUR), make_read(3, published=NOON - HOUR)
    undated, twin = make_read(4, arrived=NOON), make_read(5, published=NOON - HOUR)
    assert ids(digest(silent, old, twin, new, undated).stories) == [4, 3, 5, 2, 1]


def test_a_digest_tells_its_slot_and_its_failing_feeds():
    """The head of the digest is what the scheduler says."""
    told = digest(make_read())
    assert (told.channel, told.since, told.until, told.failing_feeds) == ("city-desk", None, NOON, 2)


LONG = "The council " + "talked and talked " * 20 + "all night."


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param("It rained. It poured.", "It rained.", id="the first sentence"),
        pytest.param("It rained\nIt poured.", "It rained", id="a line without a stop"),
        pytest.param("Bridge to be rebuilt\nIt rained. It poured.", "It rained.", id="not the title again"),
        pytest.param(
            "Sen. Ruiz of St. Elm left. It rained.", "Sen. Ruiz of St. Elm left.", id="titles end none"
        ),
        pytest.param("It was “a day.” It rained.", "It was “a day.”", id="closing marks stay"),
        pytest.param("", "", id="nothing"),
        pytest.param("Bridge to be rebuilt", "", id="nothing but the title"),
    ],
)
def test_an_article_in_which_nobody_acts_keeps_one_line(text, note):
    """Its first sentence, in its own words."""
    story = make_story(make_read(text=text, analysis=None))
    assert (story.bullets, story.note) == ((), note)


def test_an_endless_first_sentence_is_cut_between_words():
    """Two hundred characters at most, an ellipsis behind a whole word."""
    note = make_story(make_read(text=LONG, analysis=None)).note
    assert len(note) <= 202
    assert note.endswith(" …")
    assert LONG.startswith(note.removesuffix(" …") + " ")


def test_a_story_is_its_article():
    """Headline, address, outlet and time come from it; a story with bullets needs no note."""
    story = make_story(make_read(7, outlet="The Gazette", published=NOON, source=TextSource.FEED))
    assert (story.article_id, story.headline, story.url) == (
        7,
        "Bridge to be rebuilt",
        "https://gazette.example/1",
    )
    assert (story.outlet, story.published, story.source, story.note) == (
        "The Gazette",
        NOON,
        TextSource.FEED,
        "",
    )
    assert [bullet.speaker for bullet in story.bullets] == ["Ana Ruiz"]


def test_a_story_keeps_the_language_of_its_article():
    """Its marks and its words go by it; nothing is known of an article that was not analysed."""
    assert make_story(make_read(analysis=make_analysis(language="fr"))).language == "fr"
    assert make_story(make_read(analysis=None)).language == ""
