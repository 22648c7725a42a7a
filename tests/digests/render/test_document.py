"""A digest as every platform reads it."""

from datetime import date, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from digests.document import Style
from digests.model import Bullet, Digest, Span, TextSource
from digests.render.document import (
    make_article_document,
    make_card,
    make_document,
    make_empty_document,
    make_line,
    plain,
)
from digests.render.roles import display_role
from tests.make import HOUR, NOON, make_digest, make_span, make_story

UTC = ZoneInfo("UTC")
URL = "https://gazette.example/1"
GAZETTE_AT_NOON = "The Gazette · Mon 2 Mar, 12:00"
TEXT = "Ruiz called the (old) plan “dead, gone & buried” on Monday. “We go on. We build the new bridge now.”"


def make_bullet(*pieces: str, **changes: object) -> Bullet:
    """Return a bullet of these pieces of the text, somebody's words."""
    spans = tuple(make_span(TEXT, piece) for piece in pieces)
    return Bullet(**({"speaker": "Ana Ruiz", "role": "mayor", "pieces": spans, "quoted": True} | changes))


def shown(bullet: Bullet) -> str:
    """Return the words of a bullet's line."""
    return plain(make_line(bullet, URL))


@pytest.mark.parametrize(
    ("bullet", "line"),
    [
        pytest.param(make_bullet("We go on."), "Ana Ruiz, mayor: “We go on.”", id="name, role, words"),
        pytest.param(make_bullet("We go on.", role=None), "Ana Ruiz: “We go on.”", id="no role"),
        pytest.param(
            make_bullet("We go on.", speaker="the mayor"), "The mayor: “We go on.”", id="role in the name"
        ),
        pytest.param(
            make_bullet("We go on.", speaker=None, role=None), "Speaker not stated: “We go on.”", id="nobody"
        ),
        pytest.param(
            make_bullet("We go on.", venue="At a rally in Elm", said_on="Monday"),
            "Ana Ruiz, mayor: “We go on.” (at a rally in Elm, Monday)",
            id="where and when, in brackets",
        ),
        pytest.param(
            make_bullet("We go on.", venue="in a May 3 post on X", said_on="May 3"),
            "Ana Ruiz, mayor: “We go on.” (in a May 3 post on X)",
            id="the day not twice",
        ),
        pytest.param(
            make_bullet("We go on.", said_on="Monday"), "Ana Ruiz, mayor: “We go on.” (Monday)", id="when"
        ),
        pytest.param(
            make_bullet("We go on.", said_on="Monday", said_date=date(2026, 3, 9)),
            "Ana Ruiz, mayor: “We go on.” (Mon 9 Mar)",
            id="when, as a date",
        ),
        pytest.param(
            make_bullet(
                "We go on.", venue="in a May 3 post on X", said_on="May 3", said_date=date(2026, 5, 3)
            ),
            "Ana Ruiz, mayor: “We go on.” (in a May 3 post on X)",
            id="the day not twice, as a date neither",
        ),
        pytest.param(
            make_bullet("We go on.", "We build the new bridge"),
            "Ana Ruiz, mayor: “We go on. … We build the new bridge”",
            id="elision between pieces",
        ),
        pytest.param(
            make_bullet("We go on.", cut=True), "Ana Ruiz, mayor: “We go on. …”", id="more was said"
        ),
        pytest.param(
            make_bullet("We build", cut=True), "Ana Ruiz, mayor: “We build…”", id="cut in a sentence"
        ),
        pytest.param(
            make_bullet(
                "called the (old) plan “dead, gone & buried” on Monday", quoted=False, predicate=True
            ),
            "Ana Ruiz, mayor, called the (old) plan “dead, gone & buried” on Monday",
            id="the clause reads on from the role",
        ),
        pytest.param(
            make_bullet("called the (old) plan", quoted=False, predicate=True, role=None),
            "Ana Ruiz called the (old) plan",
            id="the clause reads on from the name",
        ),
        pytest.param(
            make_bullet("the (old) plan “dead, gone & buried”", quoted=False),
            "Ana Ruiz, mayor: the (old) plan “dead, gone & buried”",
            id="a clause that does not",
        ),
    ],
)
def test_a_bullet_is_a_line_of_who_what_and_where(bullet, line):
    """The name, the role, the words between marks or the reporter's clause, the venue."""
    assert shown(bullet) == line


def test_a_name_stands_out_and_an_unnamed_speaker_does_not():
    """What is not stated is said quietly."""
    assert make_line(make_bullet("We go on."), URL)[0].style is Style.STRONG
    nobody = make_line(make_bullet("We go on.", speaker=None), URL)[0]
    assert (nobody.text, nobody.style) == ("Speaker not stated", Style.QUIET)


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        pytest.param("We go on.", "We%20go%20on.", id="a short quote whole"),
        pytest.param(
            "We go on. We build the new bridge now.",
            "We%20go%20on.,new%20bridge%20now.",
            id="first and last three",
        ),
    ],
)
def test_a_quote_links_to_its_sentence(words, fragment):
    """A text fragment; the name and the venue are no links."""
    line = make_line(make_bullet(words, venue="at a rally"), URL)
    assert [run.href for run in line if run.href] == [f"{URL}#:~:text={fragment}"]
    assert next(run for run in line if run.href).text == f"“{words}”"


def test_the_words_quoted_in_a_clause_are_the_link():
    """With their marks, percent-encoded: what is syntax in a fragment is no letter of it."""
    anchor = make_span(TEXT, "dead, gone & buried")
    line = make_line(
        make_bullet("called the (old) plan “dead, gone & buried”", quoted=False, anchor=anchor), URL
    )
    (link,) = (run for run in line if run.href)
    assert link.text == "“dead, gone & buried”"
    assert link.href == f"{URL}#:~:text={quote('dead, gone & buried', safe='')}"
    assert plain(line) == "Ana Ruiz, mayor: called the (old) plan “dead, gone & buried”"


def test_an_anchor_outside_its_clause_links_the_whole_clause():
    """A link must lead to words that are shown."""
    line = make_line(
        make_bullet("called the (old) plan", quoted=False, anchor=make_span(TEXT, "We go on.")), URL
    )
    assert [run.text for run in line if run.href] == ["called the (old) plan"]


@pytest.mark.parametrize(
    ("role", "name", "display"),
    [
        pytest.param("Mayor", "Ana Ruiz", "mayor", id="a title"),
        pytest.param("Elmshire Gov.", "Ana Ruiz", "Elmshire governor", id="an abbreviation"),
        pytest.param(
            "Democratic Elmshire Sen.", "Ana Ruiz", "Democratic Elmshire senator", id="party and place"
        ),
        pytest.param("Retired Lt. Gen.", "Ana Ruiz", "retired lieutenant general", id="who is it no more"),
        pytest.param(
            "head of the Centre of Media Justice",
            "Ana Ruiz",
            "head of the Centre of Media Justice",
            id="a name of several words stays",
        ),
        pytest.param("CEO of Elm Power", "Ana Ruiz", "CEO of Elm Power", id="capitals stay"),
        pytest.param("the mayor", "the mayor of Elm", "", id="not what the name says"),
        pytest.param(None, "Ana Ruiz", "", id="none"),
    ],
)
def test_a_role_is_running_text(role, name, display):
    """Titles in small letters and in full, names as they are."""
    assert display_role(role, name) == display


def made(digest: Digest, zone: str = "UTC") -> tuple[str, str]:
    """Return title and subtitle."""
    document = make_document(digest, ZoneInfo(zone))
    return document.title, document.subtitle


@pytest.mark.parametrize(
    ("published", "period"),
    [
        pytest.param([NOON], "Mon 2 Mar 2026, 12:00 · times in UTC", id="one moment"),
        pytest.param([NOON, NOON + HOUR], "Mon 2 Mar 2026, 12:00 to 13:00 · times in UTC", id="one day"),
        pytest.param(
            [NOON, NOON - timedelta(days=2)],
            "Sat 28 Feb 2026 to Mon 2 Mar 2026 · times in UTC",
            id="several days",
        ),
        pytest.param(
            [NOON, None], "Mon 2 Mar 2026, 12:00 · times in UTC", id="an undated story tells nothing"
        ),
        pytest.param([None], "", id="no dates"),
    ],
)
def test_a_digest_is_headed_by_its_period(published, period):
    """From the first to the last told story."""
    stories = tuple(make_story(n, published=moment) for n, moment in enumerate(published, 1))
    assert made(make_digest(stories=stories))[1] == period


def test_times_are_the_channels_own():
    """Noon in Greenwich is the next morning in Auckland."""
    assert made(make_digest(1), "Pacific/Auckland")[1] == "Tue 3 Mar 2026, 01:00 · times in Pacific/Auckland"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        pytest.param("Europe/Paris", "Europe/Paris", id="a place"),
        pytest.param("America/New_York", "America/New York", id="a name of two words"),
        pytest.param(
            "America/Argentina/Buenos_Aires", "America/Argentina/Buenos Aires", id="a name of three"
        ),
        pytest.param("UTC", "UTC", id="UTC"),
        pytest.param("Etc/UTC", "UTC", id="UTC by another name"),
        pytest.param("Zulu", "UTC", id="UTC as sailors call it"),
        pytest.param("Europe/London", "Europe/London", id="a place that is on UTC in winter only"),
        pytest.param("Etc/GMT+5", "UTC-05", id="an offset, whose name has the sign the other way round"),
    ],
)
def test_a_reader_elsewhere_learns_whose_times_these_are(zone, said):
    """Once, quietly, in the line under the title: a digest's and an article's."""
    assert made(make_digest(1), zone)[1].endswith(f" · times in {said}")
    assert make_article_document(make_story(1), ZoneInfo(zone)).subtitle == f"times in {said}"


def test_without_a_time_there_is_no_zone():
    """Nothing is said about times that are not shown."""
    assert make_article_document(make_story(1, published=None), UTC).subtitle == ""
    assert made(make_digest(more=(make_story(1),)))[1] == "Mon 2 Mar 2026, 12:00 · times in UTC"


@pytest.mark.parametrize(
    ("stories", "failing", "head"),
    [
        pytest.param(1, 0, ("city-desk: 1 story", "Mon 2 Mar 2026, 12:00 · times in UTC"), id="one story"),
        pytest.param(
            2,
            1,
            ("city-desk: 2 stories", "Mon 2 Mar 2026, 12:00 · times in UTC · 1 feed is failing"),
            id="a failing feed",
        ),
        pytest.param(0, 3, ("city-desk: 0 stories", "3 feeds are failing"), id="nothing but failures"),
    ],
)
def test_the_head_counts_stories_and_failing_feeds(stories, failing, head):
    """A reader learns that something is missing."""
    assert made(make_digest(*range(1, stories + 1), failing_feeds=failing)) == head


def test_more_stories_are_counted_and_listed_as_linked_headlines():
    """What is past the limit has its own heading, and its outlet and time."""
    document = make_document(
        make_digest(1, more=(make_story(2), make_story(3, outlet="", published=None))), UTC
    )
    assert document.title == "city-desk: 3 stories"
    assert document.more_title == "More headlines"
    assert [plain(line) for line in document.more] == [
        "Headline 2 (The Gazette · Mon 2 Mar, 12:00)",
        "Headline 3",
    ]
    assert [line[0].href for line in document.more] == [
        "https://gazette.example/2",
        "https://gazette.example/3",
    ]
    assert make_document(make_digest(1), UTC).more_title == ""


def test_a_card_is_a_linked_headline_with_its_source_and_bullets():
    """Where the words are the feed's own, that is said."""
    card = make_card(make_story(1, source=TextSource.FEED), UTC)
    assert (card.headline.text, card.headline.href) == ("Headline 1", URL)
    assert card.meta == f"{GAZETTE_AT_NOON} · from the feed's own text"
    assert [plain(line) for line in card.bullets] == ["Ana Ruiz, mayor: “The mayor”"]


@pytest.mark.parametrize(
    ("source", "partial", "notice"),
    [
        pytest.param(TextSource.PAGE, False, "", id="a page"),
        pytest.param(TextSource.PAGE, True, " · only the beginning could be read", id="a beginning"),
        pytest.param(TextSource.FEED, False, " · from the feed's own text", id="a feed"),
        pytest.param(TextSource.SUMMARY, False, " · from the summary", id="a summary"),
        pytest.param(TextSource.NONE, False, "", id="nothing"),
    ],
)
def test_a_card_says_what_its_words_are_taken_from(source, partial, notice):
    """Unless it is the whole article, or there are none."""
    assert make_card(make_story(1, source=source, partial=partial), UTC).meta == f"{GAZETTE_AT_NOON}{notice}"


def test_a_quote_links_to_the_page_that_it_stands_on():
    """An article in parts has an address for each; the headline leads to the first."""
    pieces = tuple(Span(start=start, end=start + 9, text="the mayor") for start in (0, 99, 100, 300))
    bullets = tuple(
        Bullet(speaker=f"Speaker {n}", role=None, pieces=(piece,), quoted=True)
        for n, piece in enumerate(pieces)
    )
    pages = ((100, f"{URL}?page=2"), (300, f"{URL}?page=3"))
    card = make_card(make_story(1, bullets=bullets, pages=pages), UTC)
    links = [next(run.href for run in line if run.href) for line in card.bullets]
    assert [link.partition("#")[0] for link in links] == [URL, URL, f"{URL}?page=2", f"{URL}?page=3"]
    assert card.headline.href == URL


def test_a_role_is_told_once_in_a_card():
    """At a speaker's first bullet, also where somebody else speaks between."""
    bullets = (
        make_bullet("We go on."),
        make_bullet("We build the new bridge now.", speaker="Tom Vale", role="captain"),
        make_bullet("dead, gone & buried"),
    )
    card = make_card(make_story(1, bullets=bullets), UTC)
    assert [plain(line) for line in card.bullets] == [
        "Ana Ruiz, mayor: “We go on.”",
        "Tom Vale, captain: “We build the new bridge now.”",
        "Ana Ruiz: “dead, gone & buried”",
    ]


def test_a_story_without_bullets_shows_its_one_line():
    """Quietly, for nobody is quoted."""
    card = make_card(make_story(1, bullets=(), note="It rained."), UTC)
    assert [[(run.text, run.style) for run in line] for line in card.bullets] == [
        [("It rained.", Style.QUIET)]
    ]


def test_a_story_without_words_says_so():
    """A card needs something to click on, and a reader a reason why there is nothing else."""
    card = make_card(make_story(1, headline="", bullets=(), note=""), UTC)
    assert (card.headline.text, card.headline.href) == ("(no headline)", URL)
    assert [plain(line) for line in card.bullets] == ["Only the headline could be had."]


def test_other_documents_have_a_title_of_their_own():
    """One article on request; an empty slot that says so."""
    assert make_article_document(make_story(1), UTC).title == "Who said what"
    empty = make_empty_document("city-desk", 2)
    assert (empty.title, empty.subtitle, empty.cards) == ("city-desk: nothing new", "2 feeds are failing", ())
