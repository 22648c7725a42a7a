"""Where names stand that the model overlooks, and where none do."""

import pytest

from digests.analysis.names import begins_no_name
from digests.analysis.occurrences import find_occurrences
from tests.make import make_parsed


def names(text: str, rows: str, entities=(), skipped=()) -> dict[str, list[str]]:
    """Return each name found, with the words at its places."""
    found = find_occurrences(make_parsed(text, rows, entities=entities), skipped, [])
    return {name: [text[p.start : p.end] for p in places] for name, places in found.items()}


@pytest.mark.parametrize(
    ("text", "rows", "name"),
    [
        pytest.param(
            "President Zorka Quist-Vale left.",
            "President/NNP/compound/4 Zorka/NNP/compound/4 Quist/NNP/compound/4 -/HYPH/punct/4"
            " Vale/NNP/nsubj/5 left/VBD/ROOT/5 ././punct/5",
            "Zorka Quist-Vale", id="behind a title",
        ),
        pytest.param(
            "Gov. Zorka van der Vale left.",
            "Gov./NNP/compound/4 Zorka/NNP/compound/4 van/NNP/compound/4 der/NNP/compound/4"
            " Vale/NNP/nsubj/5 left/VBD/ROOT/5 ././punct/5",
            "Zorka van der Vale", id="behind a short title, with particles",
        ),
        pytest.param(
            "Mayor Zorka Quist’s Liberals left.",
            "Mayor/NNP/compound/2 Zorka/NNP/compound/2 Quist/NNP/poss/4 ’s/POS/case/2 Liberals/NNPS/nsubj/5"
            " left/VBD/ROOT/5 ././punct/5",
            "Zorka Quist", id="an owner",
        ),
        pytest.param(
            "Premier. As Liberal left.",
            "Premier/NNP/ROOT/0 ././punct/0 As/IN/mark/3 Liberal/NNP/nsubj/4 left/VBD/dep/0 ././punct/0",
            None, id="not behind a full stop",
        ),
        pytest.param(
            "Premier As Liberal left.",
            "Premier/NNP/compound/2 As/IN/mark/2 Liberal/NNP/nsubj/3 left/VBD/ROOT/3 ././punct/3",
            None, id="not from a word that begins a sentence",
        ),
        pytest.param(
            "President Quist left.",
            "President/NNP/compound/1 Quist/NNP/nsubj/2 left/VBD/ROOT/2 ././punct/2",
            None, id="not one word",
        ),
        pytest.param(
            "Mayor Zorka Council left.",
            "Mayor/NNP/compound/2 Zorka/NNP/compound/2 Council/NNP/nsubj/3 left/VBD/ROOT/3 ././punct/3",
            None, id="not a body",
        ),
    ],
)  # fmt: skip
def test_a_full_name_behind_a_title_is_a_name(text, rows, name):
    """Whatever the model makes of it: "President" is never said of a thing."""
    assert names(text, rows) == ({name: [name]} if name else {})


@pytest.mark.parametrize(
    ("entity", "rows", "name"),
    [
        pytest.param(
            "Besides Ana Ruiz", "Besides/NNP/prep/3 Ana/NNP/compound/2 Ruiz/NNP/pobj/0 left/VBD/ROOT/3"
            " ././punct/3", "Ana Ruiz", id="a word that opens a sentence",
        ),
        pytest.param(
            "Canadians Ana Ruiz", "Canadians/NNPS/compound/2 Ana/NNP/compound/2 Ruiz/NNP/nsubj/3"
            " left/VBD/ROOT/3 ././punct/3", "Ana Ruiz", id="a people",
        ),
        pytest.param(
            "Zorka Quist Vale", "Zorka/NNP/compound/2 Quist/NNP/compound/2 Vale/NNP/nsubj/3"
            " left/VBD/ROOT/3 ././punct/3", "Zorka Quist Vale", id="three names stay",
        ),
        pytest.param(
            "Will Quist", "Will/MD/aux/1 Quist/NNP/nsubj/2 left/VBD/ROOT/2 ././punct/2", "Will Quist",
            id="Will is a given name too",
        ),
    ],
)  # fmt: skip
def test_a_name_begins_behind_words_that_begin_none(entity, rows, name):
    """The model takes the capital of a sentence's first word for a name's."""
    assert names(f"{entity} left.", rows, [(entity, "PERSON")]) == {name: [name]}


@pytest.mark.parametrize(
    ("word", "none"),
    [
        pytest.param("Besides", True, id="a preposition"),
        pytest.param("As", True, id="a conjunction"),
        pytest.param("Former", True, id="an adjective of offices"),
        pytest.param("Ana", False, id="a given name"),
        pytest.param("Zorka", False, id="a word it does not know"),
    ],
)
def test_some_words_with_a_capital_begin_no_name(word, none):
    """They begin sentences."""
    assert begins_no_name(word) is none


def test_a_name_that_the_model_cuts_at_a_hyphen_is_whole():
    """The longest of the places that overlap stands; the label of the part is its label."""
    text = "Zorka Quist-Vale left."
    rows = (
        "Zorka/NNP/compound/3 Quist/NNP/compound/3 -/HYPH/punct/3 Vale/NNP/nsubj/4 left/VBD/ROOT/4"
        " ././punct/4"
    )
    assert names(text, rows, [("Zorka Quist", "PERSON")]) == {"Zorka Quist-Vale": ["Zorka Quist-Vale"]}
    assert names(text, rows, [("Zorka Quist", "PERSON")], [(0, 21)]) == {}


@pytest.mark.parametrize(
    ("text", "rows", "entities", "name"),
    [
        pytest.param(
            "They met Ana Quist.", "They/PRP/nsubj/1 met/VBD/ROOT/1 Ana/NNP/compound/3 Quist/NNP/dobj/1"
            " ././punct/1",
            [], "Ana Quist", id="a known given name",
        ),
        pytest.param(
            "They met Yuni, a tenant.", "They/PRP/nsubj/1 met/VBD/ROOT/1 Yuni/NNP/dobj/1 ,/,/punct/2"
            " a/DT/det/5"
            " tenant/NN/appos/2 ././punct/1",
            [], "Yuni", id="one word, told as a person",
        ),
        pytest.param(
            "They met Quist-Vale.", "They/PRP/nsubj/1 met/VBD/ROOT/1 Quist/NNP/compound/4 -/HYPH/punct/4"
            " Vale/NNP/dobj/1 ././punct/1",
            [("Vale", "PERSON")], "Quist-Vale", id="found from the hyphen on",
        ),
        pytest.param(
            "They met Zorka van der Quist.", "They/PRP/nsubj/1 met/VBD/ROOT/1 Zorka/NNP/compound/5"
            " van/NNP/compound/5 der/NNP/compound/5 Quist/NNP/dobj/1 ././punct/1",
            [("Zorka van", "PERSON")], "Zorka van der Quist", id="cut at a particle",
        ),
    ],
)  # fmt: skip
def test_a_name_is_found_whole_wherever_it_stands(text, rows, entities, name):
    """By what it looks like, by what is told of it, and past where the model cuts it."""
    assert names(text, rows, entities) == {name: [name]}


def test_the_whole_name_has_the_label_of_the_part_that_the_model_saw():
    """Half a name that is a person's says so of the whole."""
    rows = (
        "Mayor/NNP/compound/3 Zorka/NNP/compound/3 Quist/NNP/compound/3 Vale/NNP/nsubj/4 left/VBD/ROOT/4"
        " ././punct/4"
    )
    parsed = make_parsed("Mayor Zorka Quist Vale left.", rows, entities=[("Zorka Quist", "PERSON")])
    (place,) = find_occurrences(parsed, [], [])["Zorka Quist Vale"]
    assert place.label == "PERSON"
