"""How much words deserve a bullet."""

import pytest

from digests.model import QuoteKind
from digests.worth import dangling, topic, worth
from tests.make import make_article, make_quote, make_span

TEXT = (
    "The bridge of Elm stays closed. “The bridge is closed because the river took it,” Ruiz said. "
    "“That’s why they did it in the end, I think,” Vale said. “The old council never read a line of law,” "
    "Lund said. “Why should the old council read a line?” Lund asked."
)
BRIDGE = "The bridge is closed because the river took it,"
LEANING = "That’s why they did it in the end, I think,"
COUNCIL = "The old council never read a line of law,"
ASKED = "Why should the old council read a line?"


def points(words: str, **changes: object) -> float:
    """Return the worth of words in an article whose headline speaks of the bridge."""
    about = topic(make_article(title="Bridge closed", text=TEXT))
    return worth(make_quote(TEXT, words, **changes), about, len(TEXT))


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param(points(BRIDGE), points(COUNCIL), id="what the news is about"),
        pytest.param(points(COUNCIL), points(LEANING), id="what stands alone"),
        pytest.param(points(COUNCIL), points(ASKED), id="a statement, not a question"),
        pytest.param(points(COUNCIL), points(COUNCIL, kind=QuoteKind.MIXED), id="a whole sentence"),
        pytest.param(points(COUNCIL, confidence=0.9), points(COUNCIL, confidence=0.5), id="who is sure"),
    ],
)
def test_the_better_bullet_is_worth_more(more: float, less: float) -> None:
    """Each on its own."""
    assert more > less


@pytest.mark.parametrize(
    "words",
    [
        "That’s why they did it",
        "They forecheck really hard",
        "It will have zero impact",
        "But then the crowd went home",
        "And this is only the start",
        "Those were hard years for him",
    ],
)
def test_words_that_lean_on_what_stands_before_them(words: str) -> None:
    """They begin with a pronoun, or go on with a sentence that is not shown."""
    assert dangling(words) >= 0.3


@pytest.mark.parametrize(
    "words",
    [
        "We will mend the bridge",
        "There are no boats left in Elm",
        "Those who came early lost nothing",
        "It is time to mend the bridge",
        "This city deserves better than a ruin",
    ],
)
def test_words_that_stand_alone(words: str) -> None:
    """A pronoun may open them where it means nothing told before."""
    assert dangling(words) < 0.3


ABOUT = topic(make_article(title="Bridge closed", text=""))


def alone(words: str, *, clause: str = "", **changes: object) -> float:
    """Return the worth of words that open an article about a bridge."""
    text = f"“{words}” {clause}"
    more = {"clause": make_span(text, clause)} if clause else {}
    return worth(make_quote(text, words, **more, **changes), ABOUT, 1000)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param(alone("The bridge is old"), alone("The castle is old"), id="a word of the headline"),
        pytest.param(alone("The bridges fall"), alone("The castles fall"), id="another form of such a word"),
        pytest.param(alone("The old castle is shut"), alone("The castle"), id="a whole thought"),
        pytest.param(alone("castle " * 45), alone("castle " * 90), id="no speech of a minute"),
        pytest.param(alone("The castle is old"), alone("The castle is old?"), id="no question"),
        pytest.param(alone("Elm is gone now"), alone("It is gone now"), id="nothing that leans"),
        pytest.param(
            alone("very old", kind=QuoteKind.MIXED, clause="says Elm is very old"),
            alone("very old", kind=QuoteKind.MIXED), id="a part with its clause",
        ),
        pytest.param(
            alone("very old", kind=QuoteKind.MIXED, clause="Elm is very old"),
            alone("very old", kind=QuoteKind.MIXED, clause="It is very old"), id="a clause that stands alone",
        ),
    ],
)  # fmt: skip
def test_each_thing_counts_on_its_own(more: float, less: float) -> None:
    """All else is the same."""
    assert more > less


def test_an_article_is_about_no_word_that_stands_in_every_article() -> None:
    """Words such as "because" join nothing."""
    assert topic(make_article(title="They said that because", text="Would those?")) == frozenset()


def test_every_pronoun_leans_a_little_and_all_together_not_much() -> None:
    """Half a point at most."""
    none, two, many = (
        dangling(words)
        for words in ("We met Vale", "We met him for this", "We met " + "him and her and it " * 9)
    )
    assert none == 0.0 < two < many <= 0.5
