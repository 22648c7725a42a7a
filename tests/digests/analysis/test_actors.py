"""Who is named: one actor for all forms of a name."""

import pytest

from digests.analysis.actors import find_actors
from digests.analysis.credits import find_credits, is_byline
from digests.analysis.names import clean_name, last_name, looks_like_a_name
from digests.analysis.people import Person
from digests.analysis.quotes import find_paragraphs
from digests.model import ActorKind
from tests.make import make_parsed


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        pytest.param("Mayor Ana Ruiz’s", "Ana Ruiz", id="title and possessive"),
        pytest.param("Ruiz'", "Ruiz", id="possessive of a name in -s or -z"),
        pytest.param("the Harbour Board", "Harbour Board", id="article"),
        pytest.param("“Ana Ruiz,”", "Ana Ruiz", id="marks"),
        pytest.param("Lt. Gov. Ana Ruiz", "Ana Ruiz", id="two titles"),
        pytest.param("Tom Vale Jr.", "Tom Vale Jr.", id="suffix"),
        pytest.param("Mayor", "Mayor", id="a title alone stays"),
    ],
)
def test_a_name_is_freed_from_what_stands_around_it(printed, name):
    """Titles, articles, possessive endings and marks are no part of a name."""
    assert clean_name(printed) == name


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Ana Ruiz", "ruiz"),
        ("Tom Vale Jr.", "vale"),
        ("Vale, Sr.", "vale"),
        ("Ana O’Dell", "o'dell"),
        ("", ""),
    ],
)
def test_a_last_name_is_the_last_word_that_is_no_suffix(name, last):
    """Lower case, straight apostrophe."""
    assert last_name(name) == last


@pytest.mark.parametrize(
    ("name", "could_be"),
    [
        pytest.param("Ana Ruiz", True, id="two words"),
        pytest.param("Ana de la Cruz", True, id="particles"),
        pytest.param("Ruiz", True, id="one word"),
        pytest.param("FBI", False, id="letters"),
        pytest.param("Mayor", False, id="a title"),
        pytest.param("Ont.", False, id="a province"),
        pytest.param("Skerrow Line", False, id="a company"),
        pytest.param("Route 66", False, id="a number"),
        pytest.param("ana ruiz", False, id="lower case"),
        pytest.param("One Two Three Four Five Six", False, id="too long"),
    ],
)
def test_not_everything_the_model_calls_a_person_can_be_one(name, could_be):
    """Each word a capital or a particle, no digits, no company word at the end."""
    assert looks_like_a_name(name) is could_be


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        pytest.param("By Rowan Pike", True, id="by"),
        pytest.param("BY ROWAN PIKE, STAFF WRITER", True, id="capitals"),
        pytest.param("Reporting by Rowan Pike; editing by Ida Lund", True, id="agency"),
        pytest.param(
            "By the time the crews came the street was under water and the lights were out.",
            False,
            id="prose",
        ),
        pytest.param("By order of the mayor:", False, id="a heading"),
        pytest.param("Standby Rowan Pike", False, id="inside a word"),
    ],
)
def test_a_line_that_only_says_who_wrote_is_a_byline(line, byline):
    """Ten words at most, beginning with "by" or its kin."""
    assert is_byline(line) is byline


TEXT = """Mayor Ana Ruiz met Tom Vale. Ruiz left.
Harbour Board staff stayed. Vale spoke. Ana Ruiz Jr. waved.
By Rowan Pike"""
PARSED = make_parsed(
    TEXT,
    "Mayor/NNP/compound/2 Ana/NNP/compound/2 Ruiz/NNP/nsubj/3 met/VBD/ROOT/3 Tom/NNP/compound/5"
    " Vale/NNP/dobj/3"
    " ././punct/3",
    "Ruiz/NNP/nsubj/1 left/VBD/ROOT/1 ././punct/1",
    "Harbour/NNP/compound/1 Board/NNP/compound/2 staff/NN/nsubj/3 stayed/VBD/ROOT/3 ././punct/3",
    "Vale/NNP/nsubj/1 spoke/VBD/ROOT/1 ././punct/1",
    "Ana/NNP/compound/2 Ruiz/NNP/compound/2 Jr./NNP/nsubj/3 waved/VBD/ROOT/3 ././punct/3",
    "By/IN/ROOT/0 Rowan/NNP/compound/2 Pike/NNP/pobj/0",
    entities=[
        ("Ana Ruiz", "PERSON"),
        ("Tom Vale", "PERSON"),
        ("Harbour Board", "ORG"),
        ("Ana Ruiz Jr.", "PERSON"),
        ("Rowan Pike", "PERSON"),
    ],
)


def named(person: Person) -> tuple[str, list[str]]:
    """Return a name and the words of its mentions."""
    return person.name, [TEXT[a:b] for a, b in person.mentions]


def test_all_forms_of_a_name_are_one_actor_under_the_fullest():
    """A last name joins its bearer, also where the model overlooked it; the byline names no actor."""
    actors = find_actors(PARSED, find_credits(TEXT, find_paragraphs(TEXT)), [])
    assert [named(actor) for actor in actors] == [
        ("Ana Ruiz Jr.", ["Ana Ruiz", "Ruiz", "Ana Ruiz Jr."]),
        ("Tom Vale", ["Tom Vale", "Vale"]),
        ("Harbour Board", ["Harbour Board"]),
    ]
    assert [actor.kind for actor in actors] == [ActorKind.PERSON, ActorKind.PERSON, ActorKind.ORGANIZATION]
    assert actors[0].role == "Mayor"


@pytest.mark.parametrize(
    ("called", "name"),
    [
        pytest.param("Crooked Mary Vale", "Mary Vale", id="a taunt before a given name"),
        pytest.param("John Mary Vale", "John Mary Vale", id="two given names"),
    ],
)
def test_a_word_that_is_no_given_name_is_none_of_a_name_that_stands_without_it(called: str, name: str):
    """Somebody is called that once, and named without it elsewhere."""
    text = f"{called} left. Mary Vale spoke."
    first, *others = called.split()
    rows = " ".join(f"{word}/NNP/compound/{len(others)}" for word in (first, *others[:-1]))
    parsed = make_parsed(
        text,
        f"{rows} Vale/NNP/nsubj/3 left/VBD/ROOT/3 ././punct/3",
        "Mary/NNP/compound/1 Vale/NNP/nsubj/2 spoke/VBD/ROOT/2 ././punct/2",
        entities=[(called, "PERSON"), ("Mary Vale", "PERSON")],
    )
    (actor,) = find_actors(parsed, (), [])
    assert actor.name == name


def test_a_speaker_whom_the_model_overlooked_is_an_actor():
    """The subject of a cue with a capital is a name, and so is every fuller form of it."""
    text = "Brix said no. Then Ivo Brix left."
    parsed = make_parsed(
        text,
        "Brix/NNP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 ././punct/1",
        "Then/RB/advmod/3 Ivo/NNP/compound/2 Brix/NNP/nsubj/3 left/VBD/ROOT/3 ././punct/3",
    )
    (actor,) = find_actors(parsed, [], [parsed.tokens[0]])
    assert (actor.name, actor.mentions) == ("Ivo Brix", [(0, 4), (19, 27)])
    assert find_actors(parsed, [], []) == []


def test_the_fullest_role_is_told_and_of_equals_the_later():
    """An article often begins with a bare title and gives the whole one further down."""
    person = Person(name="Ana Ruiz", kind=ActorKind.PERSON, roles=["mayor", "mayor of Elm", "head of police"])
    assert person.role == "head of police"
    assert Person(name="Ana Ruiz", kind=ActorKind.PERSON).role is None


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        pytest.param(["former mayor of the old town of Elm", "senator"], "senator", id="former"),
        pytest.param(["senator", "ex-mayor of the old town of Elm"], "senator", id="ex"),
        pytest.param(["former mayor"], "former mayor", id="nothing but a past one"),
        pytest.param(["senator", "Democrat of Illinois"], "senator", id="an office before a party"),
        pytest.param(
            ["Republican state senator", "aide"], "Republican state senator", id="a party's office first"
        ),
        pytest.param(["witness", "retired police officer"], "retired police officer", id="what passes"),
        pytest.param(["winner"], "winner", id="nothing but what passes"),
        pytest.param(["Democrat"], "Democrat", id="nothing but a party"),
        pytest.param(
            ["aide", "top Democrat on the board"], "top Democrat on the board", id="a party's office"
        ),
        pytest.param(["chair of the board", "who leads the board"], "chair of the board", id="a noun"),
    ],
)
def test_a_present_role_is_told_before_a_former_one(roles, role):
    """However full the past one is; a clause is told where there is no noun for it."""
    assert Person(name="Ana Ruiz", kind=ActorKind.PERSON, roles=roles).role == role


THE_SHARKS = "The/DT/det/1 Sharks/NNPS/nsubj/2 won/VBD/ROOT/2 ././punct/2"


@pytest.mark.parametrize(
    ("text", "rows", "actors"),
    [
        pytest.param("The Sharks won. The Sharks won.", [THE_SHARKS] * 2, [], id="always with the"),
        pytest.param(
            "Then Sharks won. Then Sharks won.",
            ["Then/RB/advmod/2 Sharks/NNPS/nsubj/2 won/VBD/ROOT/2 ././punct/2"] * 2, ["Sharks"],
            id="never with the",
        ),
        pytest.param(
            "Sharks won. Sharks won.", ["Sharks/NNPS/nsubj/1 won/VBD/ROOT/1 ././punct/1"] * 2, [],
            id="a capital that the sentence gives",
        ),
        pytest.param("The Sharks won.", [THE_SHARKS], ["Sharks"], id="once tells nothing"),
    ],
)  # fmt: skip
def test_a_word_that_always_has_an_article_is_nobody(text, rows, actors):
    """A team that the model takes for a person is "the Sharks" wherever it is named."""
    entities = [("Sharks", "PERSON")] * len(rows)
    assert [
        actor.name for actor in find_actors(make_parsed(text, *rows, entities=entities), [], [])
    ] == actors


LEFT = "{0}/NNP/compound/1 Vale/NNP/nsubj/2 left/VBD/ROOT/2 ././punct/2"


@pytest.mark.parametrize(
    ("first", "second", "honorific", "name"),
    [
        pytest.param("Tom", "Ana", "Mr.", "Tom Vale", id="Mr"),
        pytest.param("Ana", "Tom", "Ms.", "Ana Vale", id="Ms"),
        pytest.param("Ana", "Tom", "Mrs", "Ana Vale", id="Mrs, without a stop"),
        pytest.param("Zorka", "Tom", "Ms.", "Zorka Vale", id="a given name that tells nothing may be hers"),
        pytest.param("Ana", "Tom", "Dr.", "Tom Vale", id="Dr tells nothing: the one named last"),
    ],
)
def test_an_honorific_chooses_among_namesakes(first, second, honorific, name):
    """Nobody called Mr has a woman's given name, nor the other way round."""
    text = f"{first} Vale left. {second} Vale left. {honorific} Vale left."
    rows = [LEFT.format(word) for word in (first, second, honorific)]
    entities = [(f"{first} Vale", "PERSON"), (f"{second} Vale", "PERSON"), ("Vale", "PERSON")]
    actors = find_actors(make_parsed(text, *rows, entities=entities), [], [])
    assert [actor.name for actor in actors if len(actor.mentions) == 2] == [name]


TWO = "{0}/NNP/compound/1 {1}/NNP/nsubj/2 met/VBD/ROOT/2 ././punct/2"
ONE = "{0}/NNP/nsubj/1 left/VBD/ROOT/1 ././punct/1"


@pytest.mark.parametrize(
    ("text", "rows", "entities", "mentions"),
    [
        pytest.param(
            "Elm Freight met. EF left.", (TWO.format("Elm", "Freight"), ONE.format("EF")),
            [("Elm Freight", "ORG"), ("EF", "ORG")], ["Elm Freight", "EF"], id="its letters",
        ),
        pytest.param(
            "Acme Energy met. Acme left.", (TWO.format("Acme", "Energy"), ONE.format("Acme")),
            [("Acme Energy", "ORG"), ("Acme", "ORG")], ["Acme Energy", "Acme"], id="its first word",
        ),
        pytest.param(
            "Elm Freight met. Elm Freight met.", [TWO.format("Elm", "Freight")] * 2,
            [("Elm Freight", "ORG")], ["Elm Freight", "Elm Freight"], id="where the model saw none",
        ),
        pytest.param(
            "Elm left. Elm left.", [ONE.format("Elm")] * 2, [("Elm", "ORG"), ("Elm", "GPE")], [],
            id="a town elsewhere is none",
        ),
    ],
)  # fmt: skip
def test_all_forms_of_an_organisation_are_one_actor(text, rows, entities, mentions):
    """Under the fullest name."""
    actors = find_actors(make_parsed(text, *rows, entities=entities), [], [])
    assert [text[a:b] for actor in actors for a, b in actor.mentions] == mentions
    assert len(actors) <= 1


def test_a_word_that_stands_in_lower_case_elsewhere_is_no_name():
    """It has its capital from the sentence that it begins."""
    parsed = make_parsed(
        "Locals said no. The locals left.",
        "Locals/NNP/nsubj/1 said/VBD/ROOT/1 no/UH/intj/1 ././punct/1",
        "The/DT/det/1 locals/NNS/nsubj/2 left/VBD/ROOT/2 ././punct/2",
    )
    assert find_actors(parsed, [], [parsed.tokens[0]]) == []
