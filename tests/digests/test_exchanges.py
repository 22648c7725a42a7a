"""An answer stands behind what it answers."""

import pytest

from digests.bullets import make_bullets
from digests.model import Analysis
from tests.make import make_actor, make_article, make_quote

ASKED = "“Why did you leave the bridge that night?” asked Ana Ruiz."
PUT = "“You left the bridge before it fell,” said Ana Ruiz."
ANSWERED = "“I was afraid of the wind and the dark water,” said Tom Vale."
ASKED_BACK = "“What would you have done in my place, madam?” said Tom Vale."
OTHER = "“The town has waited for this day for years,” said Ida Lund."
LONG = "The court heard eleven witnesses on Monday, none of whom had been near the harbour. " * 3


def speakers(text: str, *important: str, language: str = "en", cue: str | None = None) -> list[str | None]:
    """Return the speakers of a text's bullets in order; ``important`` are the actors, by importance."""
    quotes = []
    for sentence in text.split("“")[1:]:
        words, behind = sentence.split("”")
        who = next(name for name in ("Ana Ruiz", "Tom Vale", "Ida Lund") if name in behind.split(".")[0])
        quotes.append(make_quote(text, words, who, cue=cue))
    actors = tuple(make_actor(name) for name in important)
    analysis = Analysis(engine="test", language=language, actors=actors, quotes=tuple(quotes))
    return [bullet.speaker for bullet in make_bullets(make_article(text=text), analysis)]


def test_the_important_come_first() -> None:
    """Where nobody answers anybody."""
    assert speakers(f"{PUT}\n{ANSWERED}", "Tom Vale", "Ana Ruiz") == ["Tom Vale", "Ana Ruiz"]


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        pytest.param(f"{ASKED}\n{ANSWERED}", "en", None, id="a question"),
        pytest.param(f"{ASKED} {ANSWERED}", "ja", None, id="a question in any language"),
        pytest.param(f"{PUT} {ANSWERED}", "en", "replied", id="a verb"),
        pytest.param(f"{PUT} The answer: {ANSWERED}", "en", None, id="a noun between"),
        pytest.param(f"{PUT} {ANSWERED}", "fr", "a répondu", id="a French verb"),
        pytest.param(f"{PUT} Réponse de l'autre : {ANSWERED}", "fr", None, id="a French noun"),
    ],
)
def test_an_answer_stands_behind_what_it_answers(text: str, language: str, cue: str | None) -> None:
    """However important who answers is."""
    assert speakers(text, "Tom Vale", "Ana Ruiz", language=language, cue=cue) == ["Ana Ruiz", "Tom Vale"]


def test_others_keep_their_places() -> None:
    """Only who asked moves, to right before who answers."""
    text = f"{OTHER}\n{ASKED}\n{ANSWERED}"
    assert speakers(text, "Ida Lund", "Tom Vale", "Ana Ruiz") == ["Ida Lund", "Ana Ruiz", "Tom Vale"]


def test_two_who_ask_each_other_stand_as_the_first_question_has_it() -> None:
    """Each speaker's bullets stand together, so that one order must do."""
    text = f"{ASKED}\n{ASKED_BACK}\n{PUT}"
    assert speakers(text, "Tom Vale", "Ana Ruiz")[0] == "Ana Ruiz"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ASKED} {LONG}{ANSWERED} {LONG * 3}", id="far behind"),
        pytest.param(f"{ASKED}\nAt noon.\n{ANSWERED}", id="a paragraph between"),
    ],
)
def test_what_stands_far_from_a_question_is_no_answer(text: str) -> None:
    """Only what follows at once certainly answers."""
    assert speakers(text, "Tom Vale", "Ana Ruiz") == ["Tom Vale", "Ana Ruiz"]


def test_words_that_answer_in_another_language_say_nothing() -> None:
    """ "Replied" is no French word."""
    assert (
        speakers(f"{PUT} {ANSWERED}", "Tom Vale", "Ana Ruiz", language="fr", cue="replied")[0] == "Tom Vale"
    )
