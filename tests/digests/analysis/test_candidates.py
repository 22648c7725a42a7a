"""Who could have spoken a quote, and what the ranker keeps of an article's words."""

import pytest

from digests.analysis.candidates import Mentions, find_candidates
from digests.analysis.cues import find_cues
from digests.analysis.quotes import find_quotes
from digests.analysis.scene import Scene, set_scene
from digests.analysis.view import NO_VERB, Words
from tests.make import make_parsed

QUOTE = "“/``/punct/{0} ^It/PRP/nsubj/2 ^is/VBZ/ccomp/{0} ^,/,/punct/{0} ”/''/punct/{0}"
FELL = "The/DT/det/1 bridge/NN/nsubj/2 fell/VBD/ROOT/2 on/IN/prep/2 the/DT/det/5 mayor/NN/pobj/3 ././punct/2"
SAID = f"{QUOTE.format(6)} Ruiz/NNP/nsubj/6 said/VBD/ROOT/6 ././punct/6"


def set_up(text: str, *sentences: str) -> Scene:
    """Return the scene of a hand-made parse."""
    parsed = make_parsed(text, *sentences)
    return set_scene(parsed, find_quotes(text), find_cues(parsed))


def candidates(scene: Scene) -> list[str]:
    """Return the words that head the candidates of the first quote."""
    return [token.text for token in find_candidates(scene, 0, Mentions(scene))]


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        pytest.param(
            "The bridge fell on the mayor. “We go now,” Ruiz said.",
            [FELL, SAID],
            ["bridge", "mayor", "Ruiz"], id="any noun of its own paragraph",
        ),
        pytest.param(
            "The bridge fell on the mayor.\n“We go now,” Ruiz said.",
            [FELL, SAID],
            ["mayor", "Ruiz"], id="of another paragraph only somebody",
        ),
        pytest.param(
            "A prompter wept.\n“We go now,” Ruiz said.",
            ["A/DT/det/1 prompter/NN/nsubj/2 wept/VBD/ROOT/2 ././punct/2", SAID],
            ["prompter", "Ruiz"], id="somebody by the ending of the word",
        ),
        pytest.param(
            "ANALYST’S TAKE: “We go now,” Ruiz said.",
            [
                "ANALYST/NNP/poss/2 ’S/POS/case/0 TAKE/NNP/dep/9 :/:/punct/9 “/``/punct/9 ^It/PRP/nsubj/6"
                " ^is/VBZ/ccomp/9 ^,/,/punct/9 ”/''/punct/9 Ruiz/NNP/nsubj/10 said/VBD/ROOT/10 ././punct/10"
            ],
            ["Ruiz"], id="no label in capitals",
        ),
    ],
)  # fmt: skip
def test_candidates_are_the_mentions_around_a_quote(
    text: str, sentences: list[str], expected: list[str]
) -> None:
    """In the text's order, what is quoted left out."""
    assert candidates(set_up(text, *sentences)) == expected


def test_the_words_between_two_places_are_weighed_together() -> None:
    """The strongest of them, whether all are cues, and whether there is none outside quotes."""
    parsed = set_up("“We go now,” Ruiz said quietly.", SAID.replace(
        " ././punct/6", " quietly/RB/advmod/6 ././punct/6"
    )).parsed  # fmt: skip
    words = Words(parsed, {"said": 2.0, "ruiz": -1.0})
    assert words.between(5, 8) == (2.0, False, False)
    assert words.between(6, 8) == (2.0, True, False)
    assert words.between(0, 5) == (NO_VERB, False, True)
    assert words.between(6, 6) == (NO_VERB, False, True)
