"""Is it speech at all?"""

import pytest

from digests.analysis.engine import Engine
from digests.analysis.speech import is_introduced_as_name

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        pytest.param(
            "Mayor Ana Ruiz said “we will go home now” after the vote.", True, id="a sentence with a cue"
        ),
        pytest.param(
            "Ana Ruiz left at noon. “We will go home now,” she said.", True, id="a sentence before its cue"
        ),
        pytest.param("Ana Ruiz called the plan “wrong.”", True, id="one word beside a cue"),
        pytest.param("Crews will arrive “soon,” Ana Ruiz told reporters.", True, id="one word that was said"),
        pytest.param("Ana Ruiz bought a “smart” thermostat for the hall.", False, id="scare quotes"),
        pytest.param("The film “We Go Home Again” won the prize in Elm.", False, id="a film"),
        pytest.param("The so-called “we go home” plan won the prize.", False, id="so-called"),
        pytest.param("Robert “Bobby” Vale opened the old bridge on Monday.", False, id="a nickname"),
        pytest.param("Ana Ruiz wrote “-” twice on the wall.", False, id="no word at all"),
        pytest.param("Ana Ruiz wrote “A” twice on the wall.", False, id="a single letter"),
    ],
)
def test_names_terms_and_scare_quotes_are_told_from_speech(engine: Engine, text: str, speech: bool) -> None:
    """Words count as somebody's by their length, their cue, and by what announces them."""
    assert bool(engine.analyse(text).quotes) is speech


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the film “Home”", True),
        ("so-called “experts”", True),
        ("he said “go”", False),
        ("the film. “Go”", False),
    ],
)
def test_a_word_before_the_mark_announces_a_name(text: str, named: bool) -> None:
    """Unless a sentence ends between them."""
    assert is_introduced_as_name(text, text.index("“")) is named
