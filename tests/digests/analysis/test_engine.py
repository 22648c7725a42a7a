"""Who said what, from text alone, through the real model."""

import random
import time
from datetime import UTC, date, datetime

import pytest

from digests.analysis.engine import Engine
from digests.bullets import PRINTED_FROM
from digests.model import Analysis

pytestmark = pytest.mark.model


def said(analysis: Analysis) -> list[tuple[str, str | None, str | None]]:
    """Return each quote's first two words, its speaker as printed and its speaker in full."""
    return [(" ".join(q.text.split()[:2]), q.speaker, q.speaker_resolved) for q in analysis.quotes]


def missed(*values: object, id: str, reason: str):
    """Return a row that the engine does not get right yet."""
    return pytest.param(*values, id=id, marks=pytest.mark.xfail(strict=True, reason=reason))


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            "The bridge is “beyond repair,” according to Helen Tarrant, the city engineer.",
            [("beyond repair,", "Helen Tarrant", "Helen Tarrant")],
            id="according to",
        ),
        pytest.param(
            "“We will mend the bridge,” Helen Tarrant told the Elm Courier.",
            [("We will", "Helen Tarrant", "Helen Tarrant")],
            id="told somebody",
        ),
        pytest.param(
            "“We will mend the bridge,” said Helen Tarrant, the mayor of Elm.",
            [("We will", "Helen Tarrant", "Helen Tarrant")],
            id="verb before the name",
        ),
        pytest.param(
            "“We will mend the bridge,” Helen Tarrant said, “and we will start before winter.”",
            [("We will", "Helen Tarrant", "Helen Tarrant"), ("and we", "Helen Tarrant", "Helen Tarrant")],
            id="attribution in the middle",
        ),
        pytest.param(
            "Helen Tarrant said the bridge was safe, adding: “I drive over it every day.”",
            [("I drive", "Helen Tarrant", "Helen Tarrant")],
            id="said, adding",
        ),
        pytest.param(
            "Helen Tarrant: “We will mend the bridge.”\nDouglas Wick: “Who will pay for all of it?”",
            [("We will", "Helen Tarrant", "Helen Tarrant"), ("Who will", "Douglas Wick", "Douglas Wick")],
            id="an interview's script",
        ),
        pytest.param(
            "“We will mend the bridge before winter,” Helen Tarrant said.\n“Nobody will take a ferry.”",
            [("We will", "Helen Tarrant", "Helen Tarrant"), ("Nobody will", None, "Helen Tarrant")],
            id="a paragraph that continues",
        ),
        pytest.param(
            "“We will mend the bridge before winter.\n“Nobody will take a ferry,” Helen Tarrant said.",
            [("We will", None, "Helen Tarrant"), ("Nobody will", "Helen Tarrant", "Helen Tarrant")],
            id="named behind the last paragraph",
        ),
        pytest.param(
            "Helen Tarrant met her deputy Douglas Wick at the bridge. “I would not cross it,” he said.",
            [("I would", "he", "Douglas Wick")],
            id="a pronoun",
        ),
        pytest.param(
            "Mayor Helen Tarrant met Gov. Douglas Wick on Monday. “We will mend it,” the mayor said.",
            [("We will", "the mayor", "Helen Tarrant")],
            id="the mayor",
        ),
        pytest.param(
            "Mayor Helen Tarrant met Gov. Douglas Wick on Monday. “We will mend it,” the governor said.",
            [("We will", "the governor", "Douglas Wick")],
            id="the governor",
        ),
        pytest.param(
            "Mayor Helen Tarrant signed an order on Monday. The order calls the bridge “a danger to all.”",
            [("a danger", "The order", "Helen Tarrant")],
            id="a document is its issuer",
        ),
        pytest.param(
            "“We regret the delay,” the Harbour Commission said in a statement on Monday.",
            [("We regret", "the Harbour Commission", "Harbour Commission")],
            id="an organisation",
        ),
        pytest.param(
            "“The driver shouted ‘get off’ and we ran,” Helen Tarrant said.",
            [("The driver", "Helen Tarrant", "Helen Tarrant")],
            id="a quote inside a quote",
        ),
        pytest.param(
            "‘We will mend the bridge,’ Helen Tarrant said. ‘It’s time.’",
            [("We will", "Helen Tarrant", "Helen Tarrant"), ("It’s time.", "Helen Tarrant", "Helen Tarrant")],
            id="British marks",
        ),
        pytest.param("“Nobody will pay for this bridge.”", [("Nobody will", None, None)], id="nobody"),
        pytest.param(
            "The Harbour Commission met on Monday. The commission’s report calls it “a danger to all.”",
            [("a danger", "The commission’s report", "Harbour Commission")],
            id="a report by an organisation under its short name",
        ),
    ],
)  # fmt: skip
def test_quotes_are_given_to_those_who_say_them(engine: Engine, text, quotes):
    """The mention as printed, ``None`` where a paragraph only continues, and the fullest name."""
    assert said(engine.analyse(text)) == quotes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The “new” bridge opened on Monday. Helen Tarrant waved.", id="scare quotes"),
        pytest.param(
            "Helen Tarrant starred in the film “The Long Way Home” last year.", id="title of a film"
        ),
        pytest.param(
            "Helen Tarrant’s novel, “The Long Way Home,” came out on Monday.", id="title of a novel"
        ),
        pytest.param("Douglas “Tank” Wick scored twice on Monday.", id="nickname"),
        pytest.param("The so-called “bridge tax” was dropped on Monday by Helen Tarrant.", id="so-called"),
        pytest.param("Locals call the hill “the drop” and avoid it.", id="a term"),
        pytest.param("Helen Tarrant closed the old bridge on Monday.", id="no marks"),
    ],
)
def test_what_nobody_says_is_no_quote(engine: Engine, text):
    """Titles of works, nicknames, terms and doubts stand between marks too."""
    assert engine.analyse(text).quotes == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "Speaking at a rally on Monday, Helen Tarrant called the rain “a gift to all” "
            "and described the bridge as “a loss to us.”",
            [("at a rally on Monday", "Monday")] * 2, id="one statement",
        ),
        pytest.param(
            "“We are glad to be home,” Helen Tarrant said at a rally on Monday. "
            "“It rained for nine days,” she added.",
            [("at a rally on Monday", "Monday"), (None, None)], id="another statement",
        ),
    ],
)  # fmt: skip
def test_the_rest_of_a_split_quote_was_said_where_its_first_part_was(engine: Engine, text, told):
    """One mention speaks both; what is told of it once holds for both."""
    assert [(quote.venue, quote.said_on) for quote in engine.analyse(text).quotes] == told


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "“We will mend the bridge,” the mayor’s agent, Helen Tarrant, said.", "Helen Tarrant",
            id="a name behind a comma",
        ),
        pytest.param(
            "“We will mend the bridge,” said her agent Helen Tarrant.", "Helen Tarrant", id="a name behind",
        ),
        pytest.param(
            "Helen Tarrant is the mayor. “We will mend the bridge,” the mayor said.", "the mayor",
            id="a name elsewhere",
        ),
    ],
)  # fmt: skip
def test_a_speaker_is_printed_by_name_where_one_stands_behind_the_title(engine: Engine, text, speaker):
    """The mention that readers see is the name; an office alone is told as printed."""
    analysis = engine.analyse(text)
    assert said(analysis) == [("We will", speaker, "Helen Tarrant")]
    (quote,) = analysis.quotes
    assert text[quote.speaker_start : quote.speaker_end] == speaker


def test_an_announcement_by_a_colon_is_sure_enough_to_print(engine: Engine):
    """A name, "was blunt" and a colon leave no doubt about who speaks."""
    (quote,) = engine.analyse("Helen Tarrant was blunt: “Nobody will pay for this bridge.”").quotes
    assert quote.speaker_resolved == "Helen Tarrant"
    assert quote.confidence >= PRINTED_FROM


def test_a_day_is_a_date_where_the_article_has_one(engine: Engine):
    """The Monday before a Wednesday; without the article's date it stays as printed."""
    text = "“We will mend the bridge,” Helen Tarrant, the mayor of Elm, said on Monday."
    (quote,) = engine.analyse(text, published=datetime(2026, 3, 11, tzinfo=UTC)).quotes
    assert (quote.said_on, quote.said_date) == ("Monday", date(2026, 3, 9))
    assert engine.analyse(text).quotes[0].said_date is None


def test_a_byline_is_never_an_actor(engine: Engine):
    """Neither printed in the text, nor given with the article."""
    text = "“We will mend the bridge,” Helen Tarrant said.\n{0}By Rowan Pike"
    assert [actor.name for actor in engine.analyse(text.format("")).actors] == ["Helen Tarrant"]
    assert [actor.name for actor in engine.analyse("By Rowan Pike\n" + text.format("")).actors] == [
        "Helen Tarrant"
    ]
    photo = "Rowan Pike took this picture. " + text.format("")
    assert "Rowan Pike" not in [actor.name for actor in engine.analyse(photo, byline="Rowan Pike").actors]


def test_actors_come_by_importance_with_what_they_did(engine: Engine):
    """Who speaks comes before who is only named; a deed is told in the article's words."""
    text = (
        "Premier Douglas Wick closed two harbours on the east coast.\n"
        "“We will mend the bridge,” Mayor Helen Tarrant said. “It is time.”"
    )
    first, second = engine.analyse(text).actors[:2]
    assert (first.name, first.role) == ("Helen Tarrant", "Mayor")
    assert (second.name, second.role) == ("Douglas Wick", "Premier")
    assert second.clause is not None
    assert second.clause.text == "closed two harbours on the east coast."
    assert [text[a:b] for a, b in first.mentions] == ["Helen Tarrant"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("", "und", id="empty"),
        pytest.param(" \n\n\t ", "und", id="blank"),
        pytest.param('“”""«»‘’\n“', "und", id="nothing but marks"),
        pytest.param("😀 “👩‍🚒 😀😀 🎉” 😀", "und", id="nothing but emoji"),
        pytest.param(
            "« Nous allons réparer le pont », a déclaré la maire lundi. « C’est urgent. »", "fr", id="French"
        ),
        pytest.param("„Wir bauen die Brücke neu“, sagte die Bürgermeisterin am Montag.", "de", id="German"),
        pytest.param("«Мы восстановим мост», — сказала мэр в понедельник.", "ru", id="Russian"),
        pytest.param("市長は「橋を再建する」と述べた。", "ja", id="Japanese"),
        pytest.param("قالت رئيسة البلدية «سنعيد بناء الجسر» يوم الاثنين.", "ar", id="Arabic"),
        pytest.param("\x00\ufffe “a\x00b c d e f” \u202e", "und", id="what is no character"),
    ],
)
def test_any_text_is_analysed_without_a_crash(engine: Engine, text, language):
    """Whatever cannot be read gives records all the same, true to the text."""
    analysis = engine.analyse(text)
    assert analysis.language == language or language == "und"
    assert all(text[quote.start : quote.end] == quote.text for quote in analysis.quotes)


def test_offsets_are_characters_also_behind_emoji(engine: Engine):
    """Not bytes, not UTF-16 units."""
    text = "😀😀 It rained. “We will mend 😀 the bridge,” Helen Tarrant said. 👩‍🚒"
    (quote,) = engine.analyse(text).quotes
    assert text[quote.start : quote.end] == quote.text == "We will mend 😀 the bridge,"
    assert text[quote.speaker_start : quote.speaker_end] == quote.speaker == "Helen Tarrant"


def test_an_analysis_says_who_made_it_and_what_it_cost(engine: Engine):
    """The rules' and the model's version, so that old analyses can be told from new ones; CPU seconds."""
    analysis = engine.analyse("Helen Tarrant closed the bridge.")
    assert analysis.engine == engine.version
    assert "3.8.0" in analysis.engine
    assert 0 < analysis.seconds < 5


@pytest.mark.timeout(60)
def test_a_book_is_read_in_seconds(engine: Engine):
    """300,000 characters, the limit of 250,000 kept: linear, and every quote true."""
    chance = random.Random(7)
    words = "mayor bridge harbour money water council people winter ferry report street".split()
    names = ["Helen Tarrant", "Douglas Wick", "Grace Adeyemi", "Martin Kessler"]

    def paragraph() -> str:
        inside, outside = (" ".join(chance.choices(words, k=n)) for n in (12, 20))
        return f"“We will {inside},” {chance.choice(names)} said on Monday. The {outside}."

    text = "\n".join(paragraph() for _ in range(1_300))[:300_000]
    assert len(text) == 300_000
    started = time.process_time()
    analysis = engine.analyse(text)
    assert time.process_time() - started < 30
    assert len(analysis.quotes) > 500
    assert all(text[q.start : q.end] == q.text and q.end <= 250_000 for q in analysis.quotes)
    assert {q.speaker_resolved for q in analysis.quotes} == set(names)
