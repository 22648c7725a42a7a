"""Whatever the text, every room gives records that are true to it."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.analysis.languages.french.room import FrenchRoom
from digests.analysis.languages.tabled import analyse_by_table
from digests.model import Actor, Quote

LANGUAGES = ("de", "es", "it", "pt", "fr", "nl", "sv", "pl", "ja", "ar", "ru")
PIECES = (
    "« |» |“|”|„|\"|'|’|»|‘|「|」|« Oui »|, a-t-il dit, |, dit Jeanne Morlet, |— | – |\n|\n\n|😀|👩\u200d🚒"
    "|a déclaré que |selon |Pour M. |Mme |de |l'|La |le maire |Paul Vasseur| : |. |? |… |(|)|\t|1|12 mars"
    "|市|ع|\x00|\ufffe|\u202e|\u00a0|\u202f|sagte |dijo |ha detto |disse |so |según |Jana Holt|Ana Ruiz "
    "|und |y |qu'|n'a pas dit |, selon elle|Et |d'ajouter : |Avant de |lundi |elle |il |def f(x): return {}"
    "|\n|| a | b |\n|---|\n|\nJeanne Morlet : |\nJ. M. – |\nQ. |\nR. |Je pars.|Partez-vous ?\n|Elle répond."
).split("|")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


def is_true(text: str, quotes: tuple[Quote, ...], actors: tuple[Actor, ...]) -> bool:
    """Return whether every span is in the text, in order, and no two quotes overlap."""
    verbatim = all(text[quote.start : quote.end] == quote.text for quote in quotes)
    printed = all(
        text[quote.speaker_start : quote.speaker_end] == quote.speaker for quote in quotes if quote.speaker
    )
    named = all(0 <= a < b <= len(text) for actor in actors for a, b in actor.mentions)
    named = named and all(actor.role is None or actor.role in text for actor in actors)
    apart = all(a.end <= b.start for a, b in pairwise(quotes))
    return verbatim and printed and named and apart


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_any_text_is_read_by_tables(text: str, language: str) -> None:
    """Marks, halves of names, other scripts, control characters, tables and code."""
    assert is_true(text, *analyse_by_table(text, language))


@pytest.mark.model
@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_any_text_is_read_as_french(french: FrenchRoom, text: str) -> None:
    """Statements too."""
    quotes, statements, actors = french.analyse(text, "", None)
    assert is_true(text, quotes, actors)
    assert all(text[one.start : one.end] == one.text for one in statements)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Oui", id="one word"),
        pytest.param("Les mots | les choses\n---|---\n1 | « 2 »\n", id="a table"),
        pytest.param('def f():\n    return "« non »"\n', id="code"),
        pytest.param("Le " * 2_000, id="nothing but capitals"),
        pytest.param("La mer\nqu'on voit danser\n– le long des golfes\n", id="a poem"),
        pytest.param("« 😀 Oui 👩‍🚒 », a dit 😀 Jeanne Morlet. Привет 市長は「橋」と", id="mixed scripts"),
    ],
)
def test_odd_texts_are_read_as_french(french: FrenchRoom, text: str) -> None:
    """No crash, nothing untrue."""
    quotes, _, actors = french.analyse(text, "", None)
    assert is_true(text, quotes, actors)


@pytest.mark.model
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "unit",
    [
        "Le ",
        "Jeanne Morlet : Je pars « oui » ?\nJe dors.\n",
        "« ",
        "„",
        '"',
        "— a\n",
        "😀",
        "「橋」と",
        "« Oui oui », dit le maire. ",
        "l'",
    ],
)
def test_a_text_without_an_end_is_read(french: FrenchRoom, unit: str) -> None:
    """120,000 characters of one mark or one sentence: what grows with the square would not end here."""
    text = unit * (120_000 // len(unit))
    quotes, _, actors = french.analyse(text, "", None)
    assert is_true(text, quotes, actors)
    for language in ("de", "nl", "sv"):
        assert is_true(text, *analyse_by_table(text, language))
