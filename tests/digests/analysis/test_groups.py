"""Which organisation "the company" or "the board" takes up."""

import pytest

from digests.analysis.groups import group_of
from digests.analysis.pronouns import make_cast
from digests.model import ActorKind
from tests.make import make_parsed, make_person

COMPANY = "The/DT/det/1 company/NN/nsubj/2 grew/VBD/ROOT/2 ././punct/2"
BOARD = "The/DT/det/1 board/NN/nsubj/2 slept/VBD/ROOT/2 ././punct/2"
FREIGHT = "Elm/NNP/compound/1 Freight/NNP/nsubj/2 grew/VBD/ROOT/2 ././punct/2"
RAIL = "Oak/NNP/compound/1 Rail/NNP/nsubj/2 shrank/VBD/ROOT/2 ././punct/2"
NAMES = ("Elm Freight", "Oak Rail", "Elm Exchange", "Supreme Court", "Elm Board", "Oak Board")


def meant(text: str, *sentences: str) -> tuple[str, float] | None:
    """Return the organisation that the last subject takes up, and how sure that is."""
    parsed = make_parsed(text, *sentences)
    people = [make_person(text, name, kind=ActorKind.ORGANIZATION) for name in NAMES if name in text]
    head = next(token for token in reversed(parsed.tokens) if token.dep == "nsubj" and token.quote < 0)
    found = group_of(make_cast(parsed, people), head, parsed.tokens[head.i - 1].start)
    return (found[0].name, found[1]) if found is not None else None


@pytest.mark.parametrize(
    ("text", "sentences", "group"),
    [
        pytest.param(
            "Elm Freight grew. Rain hit Oak Rail. The company grew.",
            (FREIGHT, "Rain/NN/nsubj/1 hit/VBD/ROOT/1 Oak/NNP/compound/3 Rail/NNP/dobj/1 ././punct/1",
             COMPANY),
            ("Elm Freight", 0.6), id="who acts, though another is nearer",
        ),
        pytest.param(
            "Elm Freight grew. Oak Rail shrank. The company grew.", (FREIGHT, RAIL, COMPANY),
            ("Oak Rail", 0.6), id="who was named last, both acting",
        ),
        pytest.param(
            "Oak Rail shrank. “Elm Freight grew.” The company grew.",
            (RAIL, "“/``/punct/3 Elm/NNP/compound/2 Freight/NNP/nsubj/3 grew/VBD/ROOT/3 ././punct/3"
             " ”/''/punct/3", COMPANY),
            ("Oak Rail", 0.76), id="not whom somebody else's words name",
        ),
    ],
)  # fmt: skip
def test_a_group_is_the_organisation_that_stands_out(text, sentences, group):
    """What acts, and was named near; where one stands out far, that is surer."""
    assert meant(text, *sentences) == group


def test_a_group_far_behind_is_forgotten():
    """Ten sentences on, "the company" is another one."""
    rained = "It/PRP/nsubj/1 rained/VBD/ROOT/1 ././punct/1"
    for between, group in ((9, ("Elm Freight", 0.76)), (10, None)):
        text = "Elm Freight grew. " + "It rained. " * between + "The company grew."
        assert meant(text, FREIGHT, *[rained] * between, COMPANY) == group


@pytest.mark.parametrize(
    ("name", "row"),
    [
        pytest.param(
            "Elm Exchange", "Elm/NNP/compound/1 Exchange/NNP/nsubj/2 shut/VBD/ROOT/2 ././punct/2",
            id="an exchange",
        ),
        pytest.param(
            "Supreme Court", "Supreme/NNP/compound/1 Court/NNP/nsubj/2 shut/VBD/ROOT/2 ././punct/2",
            id="a court",
        ),
    ],
)  # fmt: skip
def test_a_public_body_is_no_company(name, row):
    """What regulates or trades companies is none; where a company is named too, it is that one."""
    assert meant(f"{name} shut. The company grew.", row, COMPANY) is None
    text = f"Elm Freight grew. {name} shut. The company grew."
    assert meant(text, FREIGHT, row, COMPANY) == ("Elm Freight", 0.76)


ELM_BOARD = "Elm/NNP/compound/1 Board/NNP/nsubj/2 met/VBD/ROOT/2 ././punct/2"
OAK_BOARD = "Oak/NNP/compound/1 Board/NNP/nsubj/2 met/VBD/ROOT/2 ././punct/2"


@pytest.mark.parametrize(
    ("text", "sentences", "group"),
    [
        pytest.param(
            "Elm Board met. Oak Rail shrank. The board slept.", (ELM_BOARD, RAIL, BOARD),
            ("Elm Board", 0.85), id="one of that name, though another is nearer",
        ),
        pytest.param(
            "Elm Board met. Oak Board met. The board slept.", (ELM_BOARD, OAK_BOARD, BOARD),
            ("Oak Board", 0.65), id="of two, the latest",
        ),
        pytest.param(
            "Elm Board met. The premier’s board slept.",
            (ELM_BOARD, "The/DT/det/1 premier/NN/poss/3 ’s/POS/case/1 board/NN/nsubj/4 slept/VBD/ROOT/4"
             " ././punct/4"),
            None, id="not somebody's",
        ),
        pytest.param(
            "Elm Board met. The board of Yew slept.",
            (ELM_BOARD, "The/DT/det/1 board/NN/nsubj/4 of/IN/prep/1 Yew/NNP/pobj/2 slept/VBD/ROOT/4"
             " ././punct/4"),
            None, id="not a town's",
        ),
        pytest.param(
            "Elm Board met. The office slept.",
            (ELM_BOARD, "The/DT/det/1 office/NN/nsubj/2 slept/VBD/ROOT/2 ././punct/2"),
            None, id="a noun that needs its own name",
        ),
    ],
)  # fmt: skip
def test_a_noun_in_an_organisations_name_means_that_one(text, sentences, group):
    """A board is the board; with an owner told it is none that was named before."""
    assert meant(text, *sentences) == group
