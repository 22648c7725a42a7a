"""A mention, resolved to the fullest name the article gives."""

import pytest

from digests.analysis.actors import find_actors
from digests.analysis.cast import Cast
from digests.analysis.pronouns import make_cast
from digests.analysis.resolve import resolve
from digests.model import ActorKind
from tests.make import make_parsed

TEXT = (
    "Mayor Ana Ruiz signed an order. Mr. Tom Vale, 34, praised it. She left. The mayor slept. Ruiz said no."
    " The 34-year-old sang. Her order held. The order held."
    " A clerk, Ida Lund, rose. The owner sat. Both waved."
)
PARSED = make_parsed(
    TEXT,
    "Mayor/NNP/compound/2 Ana/NNP/compound/2 Ruiz/NNP/nsubj/3 signed/VBD/ROOT/3 an/DT/det/5"
    " order/NN/dobj/3 ././punct/3",
    "Mr./NNP/compound/2 Tom/NNP/compound/2 Vale/NNP/nsubj/6 ,/,/punct/2 34/CD/appos/2 ,/,/punct/2"
    " praised/VBD/ROOT/6"
    " it/PRP/dobj/6 ././punct/6",
    "She/PRP/nsubj/1 left/VBD/ROOT/1 ././punct/1",
    "The/DT/det/1 mayor/NN/nsubj/2 slept/VBD/ROOT/2 ././punct/2",
    "Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 ././punct/1",
    "The/DT/det/5 34/CD/nummod/3 -/HYPH/punct/3 year/NN/npadvmod/5 -/HYPH/punct/5 old/JJ/nsubj/6"
    " sang/VBD/ROOT/6"
    " ././punct/6",
    "Her/PRP$/poss/1 order/NN/nsubj/2 held/VBD/ROOT/2 ././punct/2",
    "The/DT/det/1 order/NN/nsubj/2 held/VBD/ROOT/2 ././punct/2",
    "A/DT/det/1 clerk/NN/nsubj/6 ,/,/punct/1 Ida/NNP/compound/4 Lund/NNP/appos/1 ,/,/punct/1 rose/VBD/ROOT/6"
    " ././punct/6",
    "The/DT/det/1 owner/NN/nsubj/2 sat/VBD/ROOT/2 ././punct/2",
    "Both/DT/nsubj/1 waved/VBD/ROOT/1 ././punct/1",
    entities=[("Ana Ruiz", "PERSON"), ("Tom Vale", "PERSON"), ("Ruiz", "PERSON"), ("Ida Lund", "PERSON")],
)


@pytest.fixture(scope="module")
def cast() -> Cast:
    """Everybody named in the text."""
    return make_cast(PARSED, find_actors(PARSED, [], []))


@pytest.mark.parametrize(
    ("sentence", "word", "name"),
    [
        pytest.param(0, "Ruiz", "Ana Ruiz", id="a name is itself"),
        pytest.param(2, "She", "Ana Ruiz", id="she is nobody called Mr."),
        pytest.param(3, "mayor", "Ana Ruiz", id="an office is its holder"),
        pytest.param(4, "Ruiz", "Ana Ruiz", id="a last name is its bearer"),
        pytest.param(5, "old", "Tom Vale", id="an age is the one who is so old"),
        pytest.param(6, "order", "Ana Ruiz", id="her order is hers"),
        pytest.param(7, "order", "Ana Ruiz", id="the order is whoever signed it before"),
        pytest.param(8, "clerk", "Ida Lund", id="a clerk, named behind"),
        pytest.param(9, "owner", "The owner", id="an office nobody holds stays as it is"),
        pytest.param(10, "Both", "Ana Ruiz and Ida Lund", id="both are the two named last"),
    ],
)
def test_a_mention_is_resolved_to_the_fullest_name(cast, sentence, word, name):
    """Names, pronouns, offices, ages, documents, appositions."""
    head = next(token for token in PARSED.sentence(sentence) if token.text == word)
    found = resolve(cast, head, None)
    assert found.name == name
    assert 0 < found.sure <= 1
    assert found.person is None or found.person.name == name


def test_a_pronoun_with_nobody_before_it_stays_a_pronoun():
    """Nobody is made up for it, and it is not sure."""
    parsed = make_parsed("He left.", "He/PRP/nsubj/1 left/VBD/ROOT/1 ././punct/1")
    found = resolve(make_cast(parsed, []), parsed.tokens[0], None)
    assert (found.name, found.person) == ("He", None)
    assert found.sure < 0.5


def test_they_are_the_organisation_before_them():
    """An organisation that acted in the sentence before is "it" and "they"."""
    text = "The Board met. They said no."
    parsed = make_parsed(
        text,
        "The/DT/det/1 Board/NNP/nsubj/2 met/VBD/ROOT/2 ././punct/2",
        "They/PRP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 ././punct/1",
        entities=[("The Board", "ORG")],
    )
    cast = make_cast(parsed, find_actors(parsed, [], []))
    found = resolve(cast, parsed.tokens[4], None)
    assert found.name == "Board"
    assert found.person is not None
    assert found.person.kind is ActorKind.ORGANIZATION


def test_the_name_of_somebody_who_is_no_entity_is_kept_as_printed():
    """A capitalised mention that is nobody on the list is still a name."""
    parsed = make_parsed("Zorn said no.", "Zorn/NNP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 ././punct/1")
    assert resolve(make_cast(parsed, []), parsed.tokens[0], None).name == "Zorn"


def test_gender_is_learned_from_titles_and_from_the_pronouns_that_follow(cast):
    """A title tells it; so does "she" where one person alone is near."""
    assert next(person for person in cast.people if person.name == "Tom Vale").gender > 0
    parsed = make_parsed(
        "Kim Ash said she would go.",
        "Kim/NNP/compound/1 Ash/NNP/nsubj/2 said/VBD/ROOT/2 she/PRP/nsubj/5 would/MD/aux/5 go/VB/ccomp/2"
        " ././punct/2",
        entities=[("Kim Ash", "PERSON")],
    )
    (kim,) = make_cast(parsed, find_actors(parsed, [], [])).people
    assert kim.gender < 0
