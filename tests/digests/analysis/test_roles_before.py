"""The title right before a name, read off the words there."""

import pytest

from tests.make import roles_at

NAMED = [("Ana Ruiz", "PERSON")]


@pytest.mark.parametrize(
    ("text", "rows", "roles"),
    [
        pytest.param(
            "Heart and Stroke senior manager Ana Ruiz said no.",
            "Heart/NN/nmod/4 and/CC/cc/0 Stroke/NNP/conj/0 senior/JJ/amod/4 manager/NN/compound/6"
            " Ana/NNP/compound/6 Ruiz/NNP/nsubj/7 said/VBD/ROOT/7 no/UH/intj/7 ././punct/7",
            ("Heart and Stroke senior manager",), id="an employer of two words",
        ),
        pytest.param(
            "Trade, Industry and Energy Minister Ana Ruiz said no.",
            "Trade/NNP/nmod/5 ,/,/punct/0 Industry/NNP/conj/0 and/CC/cc/2 Energy/NNP/conj/2"
            " Minister/NNP/compound/7 Ana/NNP/compound/7 Ruiz/NNP/nsubj/8 said/VBD/ROOT/8 no/UH/intj/8"
            " ././punct/8",
            ("Trade, Industry and Energy Minister",), id="three portfolios",
        ),
        pytest.param(
            "Elm, Energy Minister Ana Ruiz said no.",
            "Elm/NNP/npadvmod/6 ,/,/punct/6 Energy/NNP/compound/3 Minister/NNP/compound/5"
            " Ana/NNP/compound/5 Ruiz/NNP/nsubj/6 said/VBD/ROOT/6 no/UH/intj/6 ././punct/6",
            ("Energy Minister",), id="a comma without an and joins nothing",
        ),
        pytest.param(
            "They saw former Bank of Elm governor Ana Ruiz.",
            "They/PRP/nsubj/1 saw/VBD/ROOT/1 former/JJ/amod/6 Bank/NNP/nmod/6 of/IN/prep/3 Elm/NNP/pobj/4"
            " governor/NN/compound/8 Ana/NNP/compound/8 Ruiz/NNP/dobj/1 ././punct/1",
            ("former Bank of Elm governor",), id="an institution of something",
        ),
        pytest.param(
            "They told singer and actor Ana Ruiz.",
            "They/PRP/nsubj/1 told/VBD/ROOT/1 singer/NN/nmod/6 and/CC/cc/2 actor/NN/conj/2"
            " Ana/NNP/compound/6 Ruiz/NNP/dobj/1 ././punct/1",
            ("singer and actor",), id="two callings",
        ),
        pytest.param(
            "Tom Vale and Premier Ana Ruiz met.",
            "Tom/NNP/compound/1 Vale/NNP/nsubj/6 and/CC/cc/1 Premier/NNP/compound/5 Ana/NNP/compound/5"
            " Ruiz/NNP/conj/1 met/VBD/ROOT/6 ././punct/6",
            ("Premier",), id="an and between two people",
        ),
        pytest.param(
            "Vice-President Ana Ruiz said no.",
            "Vice/NNP/compound/4 -/NNP/compound/4 President/NNP/compound/4 Ana/NNP/compound/4"
            " Ruiz/NNP/nsubj/5 said/VBD/ROOT/5 no/UH/intj/5 ././punct/5",
            ("Vice-President",), id="a hyphen",
        ),
        pytest.param(
            "From gallery Prime Minister Ana Ruiz said no.",
            "From/IN/prep/6 gallery/NN/compound/3 Prime/NNP/compound/3 Minister/NNP/compound/5"
            " Ana/NNP/compound/5 Ruiz/NNP/nsubj/6 said/VBD/ROOT/6 no/UH/intj/6 ././punct/6",
            ("Prime Minister",), id="a noun of the sentence before it",
        ),
        pytest.param(
            "They met prompter Ana Ruiz.",
            "They/PRP/nsubj/1 met/VBD/ROOT/1 prompter/NN/compound/4 Ana/NNP/compound/4 Ruiz/NNP/dobj/1"
            " ././punct/1",
            ("prompter",), id="a noun that no list has",
        ),
        pytest.param(
            "They met retired Air general Ana Ruiz.",
            "They/PRP/nsubj/1 met/VBD/ROOT/1 retired/VBD/amod/4 Air/NNP/compound/4 general/NN/compound/6"
            " Ana/NNP/compound/6 Ruiz/NNP/dobj/1 ././punct/1",
            ("retired Air general",), id="who is it no more",
        ),
        pytest.param(
            "They leaned on then Attorney General Ana Ruiz.",
            "They/PRP/nsubj/1 leaned/VBD/ROOT/1 on/IN/prep/1 then/RB/advmod/7 Attorney/NNP/compound/5"
            " General/NNP/compound/7 Ana/NNP/compound/7 Ruiz/NNP/pobj/2 ././punct/1",
            ("then Attorney General",), id="who was it then",
        ),
        pytest.param(
            "Lt. Gen. Ana Ruiz said no.",
            "Lt/NNP/compound/2 ./NNP/compound/2 Gen./NNP/compound/4 Ana/NNP/compound/4 Ruiz/NNP/nsubj/5"
            " said/VBD/ROOT/5 no/UH/intj/5 ././punct/5",
            ("Lt. Gen.",), id="of two short forms",
        ),
        pytest.param(
            "They came to back Ana Ruiz.",
            "They/PRP/nsubj/1 came/VBD/ROOT/1 to/TO/aux/3 back/VB/advcl/1 Ana/NNP/compound/5"
            " Ruiz/NNP/dobj/3 ././punct/1",
            (), id="a verb that a player is called by, too",
        ),
        pytest.param(
            "They met trainee Ana Ruiz.",
            "They/PRP/nsubj/1 met/VBD/ROOT/1 trainee/VB/compound/4 Ana/NNP/compound/4 Ruiz/NNP/dobj/1"
            " ././punct/1",
            ("trainee",), id="a noun that the parser calls a verb",
        ),
        pytest.param(
            "They met harbour Ana Ruiz.",
            "They/PRP/nsubj/1 met/VBD/ROOT/1 harbour/NN/compound/4 Ana/NNP/compound/4 Ruiz/NNP/dobj/1"
            " ././punct/1",
            (), id="a noun that only ends like one",
        ),
        pytest.param(
            "Her brother Ana Ruiz left.",
            "Her/PRP$/poss/1 brother/NN/nsubj/4 Ana/NNP/compound/3 Ruiz/NNP/appos/1 left/VBD/ROOT/4"
            " ././punct/4",
            (), id="kin is no role",
        ),
    ],
)  # fmt: skip
def test_a_title_before_a_name_is_read_whole(text, rows, roles):
    """With what it is in charge of, however that is joined, and nothing of the words before."""
    assert roles_at(text, rows, entities=[("Tom Vale", "PERSON")] if "Tom Vale" in text else NAMED) == roles
