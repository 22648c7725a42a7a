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


YEARS = {
    "Ruiz wrote in 1954 that it rained.": "Ruiz/NNP/nsubj/1 wrote/VBD/ROOT/1 in/IN/prep/1 1954/CD/pobj/2"
    " that/IN/mark/6 it/PRP/nsubj/6 rained/VBD/ccomp/1 ././punct/1",
    "Ruiz wrote that it rained in 1954.": "Ruiz/NNP/nsubj/1 wrote/VBD/ROOT/1 that/IN/mark/4 it/PRP/nsubj/4"
    " rained/VBD/ccomp/1 in/IN/prep/4 1954/CD/pobj/5 ././punct/1",
    "Ruiz wrote in 12 that it rained.": "Ruiz/NNP/nsubj/1 wrote/VBD/ROOT/1 in/IN/prep/1 12/CD/pobj/2"
    " that/IN/mark/6 it/PRP/nsubj/6 rained/VBD/ccomp/1 ././punct/1",
}


@pytest.mark.parametrize(("text", "day"), list(zip(YEARS, ["in 1954", None, None], strict=True)))
def test_a_year_is_told_where_it_is_that_of_the_words(text: str, day: str | None):
    """What was said long ago must not read as news."""
    parsed = make_parsed(text, YEARS[text])
    assert find_day(parsed, parsed.tokens[1]) == day


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


SAID = "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 said/VBD/ROOT/2 {0}/IN/prep/2 {1} ././punct/2"
HERE = {"Elm": "Elm/NNP/pobj/3", "the barn": "the/DT/det/5 barn/NN/pobj/3"}


@pytest.mark.parametrize(
    ("preposition", "place", "label", "tells"),
    [
        pytest.param("on", "Elm One", "ORG", True, id="on a station"),
        pytest.param("on", "Elm Radio", "", True, id="on the radio"),
        pytest.param("on", "Elm Hill", "LOC", False, id="not on a hill"),
        pytest.param("in", "Elm", "GPE", True, id="in a town"),
        pytest.param("from", "Elm", "GPE", False, id="not from a town"),
        pytest.param("via", "Elm Rail", "ORG", True, id="via a company"),
        pytest.param("in", "Elm Rail", "ORG", False, id="not in a company"),
        pytest.param("outside", "the barn", "", True, id="outside anything"),
        pytest.param("on", "the barn", "", False, id="not on anything"),
    ],
)
def test_a_place_is_told_by_what_it_is_and_by_its_preposition(preposition, place, label, tells):
    """Stations are spoken on, towns in; whatever one stands outside of is a place."""
    rows = HERE.get(place) or f"Elm/NNP/compound/5 {place.split()[-1]}/NNP/pobj/3"
    parsed = make_parsed(
        f"Ana Ruiz said {preposition} {place}.",
        SAID.format(preposition, rows),
        entities=[(place, label)] if label else [],
    )
    assert find_venue(parsed, parsed.tokens[2]) == (f"{preposition} {place}" if tells else None)


@pytest.mark.parametrize(
    ("whom", "tag", "venue"),
    [
        pytest.param("reporters", "NNS", "told reporters in a letter", id="reporters"),
        pytest.param("him", "PRP", "in a letter", id="him"),
        pytest.param("it", "PRP", "in a letter", id="it"),
    ],
)
def test_whom_a_pronoun_means_is_no_audience(whom, tag, venue):
    """Far from its article, "told him" says nothing."""
    parsed = make_parsed(
        f"Ruiz told {whom} in a letter.",
        f"Ruiz/NNP/nsubj/1 told/VBD/ROOT/1 {whom}/{tag}/dobj/1 in/IN/prep/1 a/DT/det/5 letter/NN/pobj/3"
        " ././punct/1",
    )
    assert find_venue(parsed, parsed.tokens[1]) == venue


@pytest.mark.parametrize(
    ("text", "rows", "day"),
    [
        pytest.param(
            "Ana Ruiz said no last year.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 said/VBD/ROOT/2 no/UH/intj/2 last/JJ/amod/5"
            " year/NN/npadvmod/2 ././punct/2",
            "last year", id="the cue's own",
        ),
        pytest.param(
            "Then last year’s winner Ruiz said no.",
            "Then/RB/advmod/6 last/JJ/amod/2 year/NN/poss/4 ’s/POS/case/2 winner/NN/compound/5"
            " Ruiz/NNP/nsubj/6 said/VBD/ROOT/6 no/UH/intj/6 ././punct/6",
            None, id="last year's winner",
        ),
        pytest.param(
            "Ana Ruiz, who left last year, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 who/WP/nsubj/4 left/VBD/relcl/1"
            " last/JJ/amod/6 year/NN/npadvmod/4 ,/,/punct/1 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            None, id="who left last year",
        ),
        pytest.param(
            "Ana Ruiz, at home last year, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 at/IN/prep/1 home/NN/pobj/3"
            " last/JJ/amod/6 year/NN/npadvmod/3 ,/,/punct/1 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            "last year", id="no clause between",
        ),
    ],
)  # fmt: skip
def test_another_clauses_day_is_no_day_of_speech(text, rows, day):
    """Whose year it is, or when somebody left, says not when the words were said."""
    parsed = make_parsed(text, rows, entities=[("last year", "DATE")])
    assert find_day(parsed, next(token for token in parsed.tokens if token.text == "said")) == day


@pytest.mark.parametrize(
    ("text", "rows", "date"),
    [
        pytest.param(
            "Ruiz said no for 20 years.",
            "Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 for/IN/prep/1 20/CD/nummod/5 years/NNS/pobj/3"
            " ././punct/1",
            "20 years", id="a length of time",
        ),
        pytest.param(
            "Ruiz said no to the old board of the small town at the far end on Monday.",
            "Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 to/IN/prep/1 the/DT/det/6 old/JJ/amod/6"
            " board/NN/pobj/3"
            " of/IN/prep/6 the/DT/det/10 small/JJ/amod/10 town/NN/pobj/7 at/IN/prep/10 the/DT/det/14"
            " far/JJ/amod/14 end/NN/pobj/11 on/IN/prep/1 Monday/NNP/pobj/15 ././punct/1",
            "Monday", id="far from the verb",
        ),
    ],
)  # fmt: skip
def test_not_every_date_beside_a_cue_is_its_day(text, rows, date):
    """It says when, and stands within a dozen words."""
    parsed = make_parsed(text, rows, entities=[(date, "DATE")])
    assert find_day(parsed, parsed.tokens[1]) is None
