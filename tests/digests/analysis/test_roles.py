"""The role an article gives somebody, read off the words around a name."""

import pytest

from digests.analysis.lexicon import can_be_a_person
from digests.analysis.roles import roles_of_mention
from tests.make import make_parsed, make_span, roles_at


@pytest.mark.parametrize(
    ("text", "rows", "role", "honorific"),
    [
        pytest.param(
            "Democratic Elmshire Gov. Ana Ruiz said no.",
            "Democratic/JJ/amod/4 Elmshire/NNP/compound/4 Gov./NNP/compound/4 Ana/NNP/compound/4"
            " Ruiz/NNP/nsubj/5 said/VBD/ROOT/5 no/UH/intj/5 ././punct/5",
            "Democratic Elmshire Gov.", "gov",
            id="party, place and title before",
        ),
        pytest.param(
            "The city’s police chief Ana Ruiz said no.",
            "The/DT/det/1 city/NN/poss/6 ’s/POS/case/1 police/NN/compound/4 chief/NN/compound/6"
            " Ana/NNP/compound/6 Ruiz/NNP/nsubj/7 said/VBD/ROOT/7 no/UH/intj/7 ././punct/7",
            "city’s police chief", "chief",
            id="an institution's title before",
        ),
        pytest.param(
            "Mrs. Ana Ruiz said no.",
            "Mrs./NNP/compound/2 Ana/NNP/compound/2 Ruiz/NNP/nsubj/3 said/VBD/ROOT/3 no/UH/intj/3"
            " ././punct/3",
            None, "mrs",
            id="an honorific is no role",
        ),
        pytest.param(
            "Ana Ruiz, the mayor of Elm, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 the/DT/det/4 mayor/NN/appos/1 of/IN/prep/4"
            " Elm/NNP/pobj/5 ,/,/punct/1 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            "mayor of Elm", "",
            id="between commas behind, without its article",
        ),
        pytest.param(
            "Ana Ruiz, 41, a nurse, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 41/CD/appos/1 ,/,/punct/1 a/DT/det/6"
            " nurse/NN/appos/1"
            " ,/,/punct/1 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            "nurse", "",
            id="behind an age",
        ),
        pytest.param(
            "Ana Ruiz, who chairs the school board, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/9 ,/,/punct/1 who/WP/nsubj/4 chairs/VBZ/relcl/1 the/DT/det/7"
            " school/NN/compound/7 board/NN/dobj/4 ,/,/punct/1 said/VBD/ROOT/9 no/UH/intj/9 ././punct/9",
            "who chairs the school board", "",
            id="a relative clause that tells the office",
        ),
        pytest.param(
            "The city’s police chief, Ana Ruiz, said no.",
            "The/DT/det/1 city/NN/poss/4 ’s/POS/case/1 police/NN/compound/4 chief/NN/nsubj/9 ,/,/punct/4"
            " Ana/NNP/compound/7 Ruiz/NNP/appos/4 ,/,/punct/4 said/VBD/ROOT/9 no/UH/intj/9 ././punct/9",
            "city’s police chief", "",
            id="the name stands behind its role",
        ),
        pytest.param(
            "Ana Ruiz, tired of it, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/7 ,/,/punct/1 tired/JJ/amod/1 of/IN/prep/3 it/PRP/pobj/4"
            " ,/,/punct/1 said/VBD/ROOT/7 no/UH/intj/7 ././punct/7",
            None, "",
            id="between commas, but no role",
        ),
    ],
)  # fmt: skip
def test_a_role_is_what_is_printed_around_the_name(text, rows, role, honorific):
    """Before the name, behind it, or the name behind the role; articles and honorifics left out."""
    parsed = make_parsed(text, rows, entities=[("Ana Ruiz", "PERSON")])
    name = make_span(text, "Ana Ruiz")
    roles, describing = roles_of_mention(parsed, name.start, name.end)
    assert max(roles, key=len, default=None) == role
    assert not honorific or honorific in describing


NAMED = [("Ana Ruiz", "PERSON")]
LONG = (
    "Ana Ruiz, a professor of old speech and head of winter classes at the big Centre on Hearing in Elm,"
    " said no."
)


@pytest.mark.parametrize(
    ("text", "rows", "roles"),
    [
        pytest.param(
            "Ana Ruiz is a city councillor.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 is/VBZ/ROOT/2 a/DT/det/5 city/NN/compound/5"
            " councillor/NN/attr/2 ././punct/2",
            ("city councillor",), id="said to be one",
        ),
        pytest.param(
            "Ana Ruiz is not a councillor.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 is/VBZ/ROOT/2 not/RB/neg/2 a/DT/det/5 councillor/NN/attr/2"
            " ././punct/2",
            (), id="said not to be one",
        ),
        pytest.param(
            "If it is Ana Ruiz, the runner is glad.",
            "If/IN/mark/2 it/PRP/nsubj/2 is/VBZ/advcl/8 Ana/NNP/compound/4 Ruiz/NNP/attr/2 ,/,/punct/8"
            " the/DT/det/7 runner/NN/nsubj/8 is/VBZ/ROOT/8 glad/JJ/acomp/8 ././punct/8",
            (), id="the subject of what follows",
        ),
        pytest.param(
            "A lawyer for Elm, Ana Ruiz, said no.",
            "A/DT/det/1 lawyer/NN/nsubj/8 for/IN/prep/1 Elm/NNP/pobj/2 ,/,/punct/3 Ana/NNP/compound/6"
            " Ruiz/NNP/appos/3 ,/,/punct/3 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            ("lawyer for Elm",), id="before the name, whatever the name hangs from",
        ),
        pytest.param(
            "The bridge in Elm, Ana Ruiz, said no.",
            "The/DT/det/1 bridge/NN/nsubj/8 in/IN/prep/1 Elm/NNP/pobj/2 ,/,/punct/3 Ana/NNP/compound/6"
            " Ruiz/NNP/appos/3 ,/,/punct/3 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            (), id="before the name, but nobody",
        ),
        pytest.param(
            "Ana Ruiz, Democrat of Elm, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/7 ,/,/punct/1 Democrat/NNP/appos/1 of/IN/prep/3 Elm/NNP/pobj/4"
            " ,/,/punct/1 said/VBD/ROOT/7 no/UH/intj/7 ././punct/7",
            ("Democrat of Elm",), id="a party's member",
        ),
        pytest.param(
            "Ana Ruiz, the runner, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/6 ,/,/punct/6 the/DT/det/4 runner/NN/nsubj/6 ,/,/punct/6"
            " said/VBD/ROOT/6 no/UH/intj/6 ././punct/6",
            ("runner",), id="between commas, whatever the parser takes it for",
        ),
        pytest.param(
            "They met Ana Ruiz, the head of Elm -- the club that won.",
            "They/PRP/nsubj/1 met/VBD/ROOT/1 Ana/NNP/compound/3 Ruiz/NNP/dobj/1 ,/,/punct/3 the/DT/det/6"
            " head/NN/appos/3 of/IN/prep/6 Elm/NNP/pobj/7 --/:/punct/6 the/DT/det/11 club/NN/appos/6"
            " that/WDT/nsubj/13 won/VBD/relcl/11 ././punct/1",
            ("head of Elm",), id="up to a dash of two signs",
        ),
        pytest.param(
            "They met Ana Ruiz, an official of Elm that pays.",
            "They/PRP/nsubj/1 met/VBD/ROOT/1 Ana/NNP/compound/3 Ruiz/NNP/dobj/1 ,/,/punct/3 an/DT/det/6"
            " official/NN/appos/3 of/IN/prep/6 Elm/NNP/pobj/7 that/WDT/nsubj/10 pays/VBZ/relcl/8 ././punct/1",
            ("official of Elm",), id="up to a relative clause",
        ),
        pytest.param(
            "Ana Ruiz, a skipper whose crew won, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/9 ,/,/punct/1 a/DT/det/4 skipper/NN/appos/1 whose/WP$/poss/6"
            " crew/NN/nsubj/7 won/VBD/relcl/4 ,/,/punct/1 said/VBD/ROOT/9 no/UH/intj/9 ././punct/9",
            ("skipper",), id="up to whose",
        ),
        pytest.param(
            "Ana Ruiz was a partner at Elm from 2002 to 2010.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 was/VBD/ROOT/2 a/DT/det/4 partner/NN/attr/2 at/IN/prep/4"
            " Elm/NNP/pobj/5 from/IN/prep/2 2002/CD/pobj/7 to/IN/prep/7 2010/CD/pobj/9 ././punct/2",
            (), id="said to have been one, in other years",
        ),
        pytest.param(
            "Ana Ruiz was a partner at Elm.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 was/VBD/ROOT/2 a/DT/det/4 partner/NN/attr/2 at/IN/prep/4"
            " Elm/NNP/pobj/5 ././punct/2",
            ("partner at Elm",), id="said to have been one at the time",
        ),
        pytest.param(
            "Ana Ruiz, a fellow at Elm, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 a/DT/det/4 fellow/NN/appos/1 at/IN/prep/4"
            " Elm/NNP/pobj/5 ,/,/punct/1 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            ("fellow at Elm",), id="a fellow, as a role",
        ),
        pytest.param(
            "Ana Ruiz, a fellow senator, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/7 ,/,/punct/1 a/DT/det/5 fellow/JJ/amod/5 senator/NN/appos/1"
            " ,/,/punct/1 said/VBD/ROOT/7 no/UH/intj/7 ././punct/7",
            ("senator",), id="a fellow of somebody else",
        ),
        pytest.param(
            "Ana Ruiz is a city harbour.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 is/VBZ/ROOT/2 a/DT/det/5 city/NN/compound/5"
            " harbour/NN/attr/2 ././punct/2",
            (), id="said to be no person",
        ),
        pytest.param(
            "They named Ana Ruiz as minister of trade on Monday.",
            "They/PRP/nsubj/1 named/VBD/ROOT/1 Ana/NNP/compound/3 Ruiz/NNP/dobj/1 as/IN/prep/1"
            " minister/NN/pobj/4 of/IN/prep/5 trade/NN/pobj/6 on/IN/prep/1 Monday/NNP/pobj/8 ././punct/1",
            ("minister of trade",), id="named as one",
        ),
        pytest.param(
            "Ana Ruiz is named the Rovers’ team captain.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubjpass/3 is/VBZ/auxpass/3 named/VBN/ROOT/3 the/DT/det/5"
            " Rovers/NNPS/oprd/3 ’/''/punct/8 team/NN/compound/8 captain/NN/oprd/3 ././punct/3",
            ("team captain",), id="a possessive's mark is none of it",
        ),
        pytest.param(
            "They saw Ana Ruiz as minister of trade on Monday.",
            "They/PRP/nsubj/1 saw/VBD/ROOT/1 Ana/NNP/compound/3 Ruiz/NNP/dobj/1 as/IN/prep/1"
            " minister/NN/pobj/4 of/IN/prep/5 trade/NN/pobj/6 on/IN/prep/1 Monday/NNP/pobj/8 ././punct/1",
            (), id="seen as one is not named",
        ),
        pytest.param(
            "The appointment of Ana Ruiz as minister of trade came late.",
            "The/DT/det/1 appointment/NN/nsubj/9 of/IN/prep/1 Ana/NNP/compound/4 Ruiz/NNP/pobj/2"
            " as/IN/prep/1 minister/NN/pobj/5 of/IN/prep/6 trade/NN/pobj/7 came/VBD/ROOT/9"
            " late/RB/advmod/9 ././punct/9",
            ("minister of trade",), id="whose appointment is told",
        ),
        pytest.param(
            "Ana Ruiz, head of highways, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/7 ,/,/punct/1 head/NN/appos/1 of/IN/prep/3"
            " highways/NNS/pobj/4 ,/,/punct/1 said/VBD/ROOT/7 no/UH/intj/7 ././punct/7",
            ("head of highways",), id="a head, as a role",
        ),
        pytest.param(
            "Ana Ruiz, the mayor’s wife, said no.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 the/DT/det/4 mayor/NN/poss/6 ’s/POS/case/4"
            " wife/NN/appos/1 ,/,/punct/1 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            (), id="kin is no role",
        ),
        pytest.param(
            LONG,
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/22 ,/,/punct/1 a/DT/det/4 professor/NN/appos/1 of/IN/prep/4"
            " old/JJ/amod/7 speech/NN/pobj/5 and/CC/cc/7 head/NN/conj/7 of/IN/prep/9 winter/NN/compound/12"
            " classes/NNS/pobj/10 at/IN/prep/4 the/DT/det/16 big/JJ/amod/16 Centre/NNP/pobj/13"
            " on/IN/prep/4 Hearing/VBG/pobj/17 in/IN/prep/18 Elm/NNP/pobj/19 ,/,/punct/1"
            " said/VBD/ROOT/22 no/UH/intj/22 ././punct/22",
            ("professor of old speech and head of winter classes",),
            id="too long: cut at a preposition, not within a name",
        ),
    ],
)  # fmt: skip
def test_a_role_behind_a_name_is_read_whole(text, rows, roles):
    """What somebody is, is named or is said to be between commas, as long as a line can show it."""
    assert roles_at(text, rows, entities=NAMED) == roles


VICE_PRESIDENT = (
    "Ana/NNP/compound/1 Ruiz/NNP/nsubj/13 ,/,/punct/1 vice/NN/appos/1 -/NN/appos/1 president/NN/appos/1"
    " ,/,/punct/5 external/JJ/amod/8 affairs/NNS/appos/5 ,/,/punct/1 Oak/NNP/compound/11 Rail/NNP/appos/1"
    " ,/,/punct/1 said/VBD/ROOT/13 no/UH/intj/13 ././punct/13"
)


@pytest.mark.parametrize(
    ("label", "roles"),
    [
        pytest.param("ORG", ("vice-president, external affairs, Oak Rail",), id="an organisation ends it"),
        pytest.param("LOC", ("vice-president",), id="a place does not"),
    ],
)
def test_an_office_goes_on_behind_a_comma_up_to_its_organisation(label, roles):
    """A vice-president of external affairs at Oak Rail, as programmes print it."""
    text = "Ana Ruiz, vice-president, external affairs, Oak Rail, said no."
    assert roles_at(text, VICE_PRESIDENT, entities=[*NAMED, ("Oak Rail", label)]) == roles


def test_an_office_ends_where_somebody_else_is_named():
    """The next one's organisation is not the first one's."""
    text = "Ana Ruiz, director, Tom Vale, Oak Rail, said no."
    rows = (
        "Ana/NNP/compound/1 Ruiz/NNP/nsubj/11 ,/,/punct/1 director/NN/appos/1 ,/,/punct/1 Tom/NNP/compound/6"
        " Vale/NNP/appos/1 ,/,/punct/1 Oak/NNP/compound/9 Rail/NNP/appos/1 ,/,/punct/1 said/VBD/ROOT/11"
        " no/UH/intj/11 ././punct/11"
    )
    assert roles_at(text, rows, entities=[*NAMED, ("Tom Vale", "PERSON"), ("Oak Rail", "ORG")]) == (
        "director",
    )


def test_a_title_behind_a_name_may_be_the_next_ones():
    """Tom Vale, conductor Ana Ruiz and her driver met: it is she who conducts."""
    text = "Tom Vale, conductor Ana Ruiz and her driver met."
    rows = (
        "Tom/NNP/compound/1 Vale/NNP/nsubj/9 ,/,/punct/1 conductor/NN/compound/5 Ana/NNP/compound/5"
        " Ruiz/NNP/appos/1 and/CC/cc/5 her/PRP$/poss/8 driver/NN/conj/5 met/VBD/ROOT/9 ././punct/9"
    )
    entities = [("Tom Vale", "PERSON"), ("Ana Ruiz", "PERSON")]
    assert roles_at(text, rows, "Tom Vale", entities) == ()
    assert roles_at(text, rows, "Ana Ruiz", entities) == ("conductor",)


@pytest.mark.parametrize(
    ("rest", "rows", "roles"),
    [
        pytest.param(
            "a former Vale aide, left.", "former/JJ/amod/6 Vale/NNP/compound/6 aide/NN/appos/1",
            ("former Vale aide",), id="who is an aide of theirs",
        ),
        pytest.param(
            "a former aide Vale, left.", "former/JJ/amod/6 aide/NN/compound/6 Vale/NNP/appos/1",
            (), id="who is the aide",
        ),
    ],
)  # fmt: skip
def test_a_role_may_hold_the_name_of_whom_it_serves(rest: str, rows: str, roles: tuple[str, ...]):
    """But not the name of somebody else who has it."""
    whole = (
        f"Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 a/DT/det/6 {rows} ,/,/punct/1 left/VBD/ROOT/8"
        " ././punct/8"
    )
    assert roles_at(f"Ana Ruiz, {rest}", whole, entities=[*NAMED, ("Vale", "PERSON")]) == roles


def test_a_title_never_holds_somebody_elses_name():
    """An "and" may join two people as well as two portfolios."""
    rows = (
        "Tom/NNP/compound/1 Vale/NNP/nsubj/7 and/CC/cc/1 Energy/NNP/compound/4 Minister/NNP/compound/6"
        " Ana/NNP/compound/6 Ruiz/NNP/conj/1 met/VBD/ROOT/7 ././punct/7"
    )
    found = roles_at("Tom Vale and Energy Minister Ana Ruiz met.", rows, entities=[("Tom Vale", "PERSON")])
    assert not any("Vale" in role for role in found)


def test_kin_are_described_by_it():
    """Whose wife somebody is tells who "the wife" is, though it is no role."""
    parsed = make_parsed(
        "Ana Ruiz, the mayor’s wife, left.",
        "Ana/NNP/compound/1 Ruiz/NNP/nsubj/8 ,/,/punct/1 the/DT/det/4 mayor/NN/poss/6 ’s/POS/case/4"
        " wife/NN/appos/1 ,/,/punct/1 left/VBD/ROOT/8 ././punct/8",
    )
    roles, described = roles_of_mention(parsed, 0, 8)
    assert roles == ()
    assert "wife" in described


@pytest.mark.parametrize(
    ("noun", "person"),
    [
        pytest.param("mayor", True, id="on the list"),
        pytest.param("prompter", True, id="ends in -er"),
        pytest.param("harpist", True, id="ends in -ist"),
        pytest.param("newsletter", False, id="a thing that ends so"),
        pytest.param("later", False, id="too short to tell"),
        pytest.param("bridge", False, id="ends in nothing of the kind"),
    ],
)
def test_a_noun_is_a_persons_by_the_list_or_by_its_ending(noun, person):
    """No list holds every calling."""
    assert can_be_a_person(noun) is person
