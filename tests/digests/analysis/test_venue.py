"""Where and when something was said, as printed."""

import pytest

from digests.analysis.tokens import Parsed
from digests.analysis.venue import find_day, find_venue
from tests.make import make_parsed

INTERVIEW = make_parsed(
    "Ruiz said on Monday in an interview with Elm Radio, which aired late, that it rained.",
    "Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 on/IN/prep/1 Monday/NNP/pobj/2 in/IN/prep/1 an/DT/det/6"
    " interview/NN/pobj/4"
    " with/IN/prep/6 Elm/NNP/compound/9 Radio/NNP/pobj/7 ,/,/punct/9 which/WDT/nsubj/12 aired/VBD/relcl/9"
    " late/RB/advmod/12 ,/,/punct/1 that/IN/mark/17 it/PRP/nsubj/17 rained/VBD/ccomp/1 ././punct/1",
    entities=[("Monday", "DATE")],
)
TOLD = make_parsed(
    "Ruiz told reporters at a rally in Elm.",
    "Ruiz/NNP/nsubj/1 told/VBD/ROOT/1 reporters/NNS/dobj/1 at/IN/prep/1 a/DT/det/5 rally/NN/pobj/3"
    " in/IN/prep/5"
    " Elm/NNP/pobj/6 ././punct/1",
)
OPENING = make_parsed(
    "Speaking at a rally, Ruiz said no.",
    "Speaking/VBG/advcl/6 at/IN/prep/0 a/DT/det/3 rally/NN/pobj/1 ,/,/punct/6 Ruiz/NNP/nsubj/6"
    " said/VBD/ROOT/6"
    " no/UH/intj/6 ././punct/6",
)
NOWHERE = make_parsed(
    "Ruiz said in March that 20 years had passed in sorrow.",
    "Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 in/IN/prep/1 March/NNP/pobj/2 that/IN/mark/8 20/CD/nummod/6"
    " years/NNS/nsubj/8"
    " had/VBD/aux/8 passed/VBN/ccomp/1 in/IN/prep/8 sorrow/NN/pobj/9 ././punct/1",
    entities=[("20 years", "DATE")],
)


@pytest.mark.parametrize(
    ("parsed", "cue", "venue"),
    [
        pytest.param(INTERVIEW, 1, "in an interview with Elm Radio", id="cut before the relative clause"),
        pytest.param(TOLD, 1, "told reporters at a rally in Elm", id="told somebody somewhere, no full stop"),
        pytest.param(OPENING, 6, "at a rally", id="in the phrase that opens the sentence"),
        pytest.param(NOWHERE, 1, None, id="a phrase that is no place of speech"),
    ],
)
def test_a_venue_is_told_in_the_articles_words(parsed: Parsed, cue: int, venue: str | None):
    """The phrase that hangs from the cue and names a place or an audience."""
    assert find_venue(parsed, parsed.tokens[cue]) == venue


@pytest.mark.parametrize(
    ("parsed", "day"),
    [
        pytest.param(INTERVIEW, "Monday", id="a weekday"),
        pytest.param(NOWHERE, None, id="a span of time is no day"),
        pytest.param(TOLD, None, id="none printed"),
    ],
)
def test_a_day_is_told_as_printed(parsed: Parsed, day: str | None):
    """A date near the cue that says when; lengths of time do not."""
    assert find_day(parsed, parsed.tokens[1]) == day
