"""Whom an office or a description means."""

import pytest

from digests.analysis.cast import Cast
from digests.analysis.descriptions import content_words, holder_of, introduced_as
from digests.analysis.groups import group_of
from digests.analysis.people import Person
from digests.analysis.pronouns import make_cast
from digests.model import ActorKind
from tests.make import make_parsed, make_person

TEXT = "Ana Ruiz met Tom Vale. Acme Freight left. The chair slept. The company grew. The commission sat."
PARSED = make_parsed(
    TEXT,
    "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 met/VBD/ROOT/2 Tom/NNP/compound/4 Vale/NNP/dobj/2 ././punct/2",
    "Acme/NNP/compound/1 Freight/NNP/nsubj/2 left/VBD/ROOT/2 ././punct/2",
    "The/DT/det/1 chair/NN/nsubj/2 slept/VBD/ROOT/2 ././punct/2",
    "The/DT/det/1 company/NN/nsubj/2 grew/VBD/ROOT/2 ././punct/2",
    "The/DT/det/1 commission/NN/nsubj/2 sat/VBD/ROOT/2 ././punct/2",
)


@pytest.fixture
def cast() -> Cast:
    """A chairwoman of a commission, a captain, a company."""
    ruiz = Person(name="Ana Ruiz", kind=ActorKind.PERSON, roles=["chairwoman of the harbour commission"])
    vale = Person(name="Tom Vale", kind=ActorKind.PERSON, roles=["captain"])
    acme = Person(name="Acme Freight", kind=ActorKind.ORGANIZATION)
    for person in (ruiz, vale, acme):
        start = TEXT.index(person.name)
        person.mention(start, start + len(person.name), person.name)
    return make_cast(PARSED, [ruiz, vale, acme])


def word(text: str):
    """Return the token of a word."""
    return next(token for token in PARSED.tokens if token.text == text)


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("the former Gov.", {"governor"}),
        ("a spokeswoman for the mayor", {"spokesperson", "mayor"}),
        ("her mom", {"mother"}),
        ("a barrister", {"lawyer"}),
        ("his solicitor", {"lawyer"}),
        ("defence counsel", {"defence", "lawyer"}),
        ("the attorney's goalie", {"lawyer", "goaltender"}),
    ],
)
def test_an_office_has_one_name_however_it_is_printed(description, words):
    """Abbreviations and forms for men and women are the same office."""
    assert content_words(description) == words


def test_an_office_is_held_by_whose_role_has_it_for_its_head(cast):
    """The chairwoman of the commission is the chair; she is not the commission."""
    holder = holder_of(cast, word("chair"), word("chair").start, "The chair")
    assert holder is not None
    assert (holder[0].name, holder[1]) == ("Ana Ruiz", 0.85)
    assert holder_of(cast, word("commission"), word("commission").start, "The commission") is None


def test_a_group_is_the_organisation_named_before(cast):
    """With one organisation near it is fairly sure; a noun that means no group is none."""
    company = group_of(cast, word("company"), word("company").start)
    assert company is not None
    assert (company[0].name, company[1]) == ("Acme Freight", 0.76)
    assert group_of(cast, word("chair"), word("chair").start) is None


MANAGER = "The/DT/det/2 {0}/NN/compound/2 manager/NN/nsubj/3 slept/VBD/ROOT/3 ././punct/3"


@pytest.mark.parametrize(
    ("role", "described", "sure"),
    [
        pytest.param("general manager of Oak Rail", "general", 0.85, id="the same words"),
        pytest.param("general manager of Oak Rail", "stage", 0.6, id="words that are another's"),
        pytest.param("manager", "stage", 0.85, id="a role without such words"),
    ],
)
def test_a_stage_manager_may_not_be_the_general_manager(role, described, sure):
    """What stands before an office tells offices of one name apart, or raises doubt."""
    text = f"Ana Ruiz rose. The {described} manager slept."
    ruiz = "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 rose/VBD/ROOT/2 ././punct/2"
    parsed = make_parsed(text, ruiz, MANAGER.format(described))
    head = next(token for token in parsed.tokens if token.text == "manager")
    cast = make_cast(parsed, [make_person(text, "Ana Ruiz", roles=[role])])
    holder = holder_of(cast, head, text.index("The"), f"The {described} manager")
    assert holder is not None
    assert (holder[0].name, holder[1]) == ("Ana Ruiz", sure)


def test_of_two_who_hold_an_office_the_other_words_decide():
    """Whoever was named last comes after whoever the words fit best."""
    text = "Ana Ruiz met Tom Vale. The stage manager slept."
    met = "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 met/VBD/ROOT/2 Tom/NNP/compound/4 Vale/NNP/dobj/2 ././punct/2"
    parsed = make_parsed(text, met, MANAGER.format("stage"))
    people = [
        make_person(text, "Ana Ruiz", roles=["stage manager"]),
        make_person(text, "Tom Vale", roles=["general manager"]),
    ]
    head = next(token for token in parsed.tokens if token.text == "manager")
    holder = holder_of(make_cast(parsed, people), head, text.index("The"), "The stage manager")
    assert holder == (people[0], 0.8)


THE_LAWYER = "The/DT/det/1 lawyer/NN/nsubj/2 slept/VBD/ROOT/2 ././punct/2"


@pytest.mark.parametrize(
    ("text", "introduction", "fuller"),
    [
        pytest.param(
            "A lawyer for Elm rose. The lawyer slept.",
            "A/DT/det/1 lawyer/NN/nsubj/4 for/IN/prep/1 Elm/NNP/pobj/2 rose/VBD/ROOT/4 ././punct/4",
            "A lawyer for Elm", id="a lawyer",
        ),
        pytest.param(
            "An attorney for Elm rose. The lawyer slept.",
            "An/DT/det/1 attorney/NN/nsubj/4 for/IN/prep/1 Elm/NNP/pobj/2 rose/VBD/ROOT/4 ././punct/4",
            "An attorney for Elm", id="an attorney is a lawyer",
        ),
        pytest.param(
            "A nurse from Elm rose. The lawyer slept.",
            "A/DT/det/1 nurse/NN/nsubj/4 from/IN/prep/1 Elm/NNP/pobj/2 rose/VBD/ROOT/4 ././punct/4",
            None, id="a nurse is none",
        ),
        pytest.param(
            "A lawyer rose. The lawyer slept.", "A/DT/det/1 lawyer/NN/nsubj/2 rose/VBD/ROOT/2 ././punct/2",
            None, id="nothing but the office",
        ),
        pytest.param(
            "The lawyer for Elm rose. The lawyer slept.",
            "The/DT/det/1 lawyer/NN/nsubj/4 for/IN/prep/1 Elm/NNP/pobj/2 rose/VBD/ROOT/4 ././punct/4",
            None, id="no introduction",
        ),
        pytest.param(
            "“A tired old lawyer rose.” The lawyer slept.",
            "“/``/punct/5 A/DT/det/4 tired/JJ/amod/4 old/JJ/amod/4 lawyer/NN/nsubj/5 rose/VBD/ROOT/5"
            " ././punct/5 ”/''/punct/5",
            None, id="in somebody else's words",
        ),
    ],
)  # fmt: skip
def test_somebody_without_a_name_is_known_by_how_they_were_introduced(text, introduction, fuller):
    """With an article for one of many, and more words than the office."""
    parsed = make_parsed(text, introduction, THE_LAWYER)
    head = next(token for token in parsed.sentence(1) if token.text == "lawyer")
    assert introduced_as(make_cast(parsed, []), head, text.index("The lawyer slept")) == fuller
