"""The role an article gives somebody, read off the words around a name."""

import pytest

from digests.analysis.roles import roles_of_mention
from tests.make import make_parsed, make_span


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
