"""One whole article in all the forms of political news, and the digest it deserves."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digests.analysis.engine import Engine
from digests.digest import Choices, make_digest
from digests.model import Analysis
from digests.render.document import make_document
from digests.render.text import render_text
from tests.make import make_read

pytestmark = pytest.mark.model

GOLDEN = Path(__file__).parents[2] / "golden"
TEXT = (GOLDEN / "articles/water-shutoffs.txt").read_text()
DIGEST = (GOLDEN / "digests/water-shutoffs.txt").read_text()
PUBLISHED = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)

MAYOR = ("Helen Tarrant", "Brackwater Mayor")
PREMIER = ("Douglas Wick", "Premier")
SENATOR = ("Paul Lindqvist", "Conservative Eastmere Sen.")
COMMISSIONER = ("Grace Adeyemi", "Utilities commissioner")
SECRETARY = ("Martin Kessler", "Finance Secretary")

COUNCIL = ("At a March 5 council meeting", "March 5")
NOWHERE = (None, None)
QUOTES = {
    "swift, visible protection": ("Helen Tarrant", MAYOR, NOWHERE),
    "I have told every crew on the city payroll to leave the valves open and to go home to their families,": (
        "Tarrant", MAYOR, ("in a March 4 video on Facebook", "March 4"),
    ),
    "confirms": ("Tarrant", MAYOR, COUNCIL),
    "assist private collectors or open locked basements.": ("Tarrant", MAYOR, COUNCIL),
    "hold off": ("It", MAYOR, NOWHERE),
    "We will not have our engineers, who were up all night mending a burst main, sent out to punish a widow"
    " over forty dollars,": ("she", MAYOR, NOWHERE),
    "we did not build the waterworks for that.": ("she", MAYOR, NOWHERE),
    "clear Brackwater’s arrears by Friday.": ("Wick", PREMIER, NOWHERE),
    "Premier, leave this town alone. Nobody here sent for you and nobody here will help you,": (
        "Lindqvist", SENATOR, ("told journalists at a rally in Brackwater", None),
    ),
    "This has nothing to do with debt. It is a man looking for a photograph of himself beside a padlock.": (
        None, SENATOR, NOWHERE,
    ),
    "a small team": ("Grace Adeyemi", COMMISSIONER, ("told Harbour Radio", "March 3")),
    "shortly.": ("Martin Kessler", SECRETARY, ("told the same station", "two days earlier")),
}  # fmt: skip
"""Words -> mention as printed, (name, role), (venue, day)."""


@pytest.fixture(scope="module")
def analysis(engine: Engine) -> Analysis:
    """Who said what in the article."""
    return engine.analyse(TEXT)


def test_every_quote_is_found_and_nothing_else(analysis):
    """In the text's order; the wrong-way single marks of the first paragraph are no speech."""
    assert [quote.text for quote in analysis.quotes] == list(QUOTES)


@pytest.mark.parametrize("words", QUOTES, ids=[words[:24] for words in QUOTES])
def test_every_quote_has_its_speaker_with_name_and_role(analysis, words):
    """The mention as printed, the fullest name, the fullest role; a document's words are its issuer's."""
    mention, speaker, _ = QUOTES[words]
    quote = next(quote for quote in analysis.quotes if quote.text == words)
    assert (quote.speaker, (quote.speaker_resolved, quote.role)) == (mention, speaker)


@pytest.mark.parametrize(
    "words",
    list(QUOTES),
    ids=[words[:24] for words in QUOTES],
)
def test_every_quote_has_its_place_and_day(analysis, words):
    """As printed around the cue, or none."""
    _, _, where = QUOTES[words]
    quote = next(quote for quote in analysis.quotes if quote.text == words)
    assert (quote.venue, quote.said_on) == where


def test_everyone_who_acts_is_an_actor_and_the_reporter_is_not(analysis):
    """All five, by importance, each with their role."""
    people = [(actor.name, actor.role) for actor in analysis.actors if actor.kind == "person"]
    assert people == [MAYOR, SENATOR, PREMIER, COMMISSIONER, SECRETARY]


PARTY = pytest.param(
    "Conservative Eastmere",
    marks=pytest.mark.xfail(strict=True, reason="the small model takes a party and its place for one name"),
)


@pytest.mark.parametrize("wrong", ["Brackwater", PARTY, "Utilities", "Finance"])
def test_no_place_or_part_of_a_title_is_an_organisation(analysis, wrong):
    """A town, a party with a region, the first word of an office are nobody."""
    assert wrong not in [actor.name for actor in analysis.actors]


def digest(analysis: Analysis) -> str:
    """Return the digest of the article as a terminal shows it."""
    title = "Brackwater mayor keeps city crews out of water shutoffs"
    outlet = "The Brackwater Packet"
    read = make_read(1, title=title, text=TEXT, outlet=outlet, published=PUBLISHED, analysis=analysis)
    made = make_digest("city-desk", [read], Choices(max_stories=8), since=None, until=PUBLISHED)
    return render_text(make_document(made, ZoneInfo("UTC")))


def test_the_digest_reads_as_written_by_hand(analysis):
    """To the letter: order, words, roles, venues, line breaks."""
    assert digest(analysis) == DIGEST
