"""Whom an office or a description means."""

import pytest

from digests.analysis.cast import Cast
from digests.analysis.descriptions import content_words, holder_of
from digests.analysis.groups import group_of
from digests.analysis.people import Person
from digests.analysis.pronouns import make_cast
from digests.model import ActorKind
from tests.make import make_parsed

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
