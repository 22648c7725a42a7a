"""Whose words stand in a quote."""

import pytest

from digests.analysis.attribution import Scene, attribute, set_scene
from digests.analysis.cues import find_cues
from digests.analysis.quotes import find_quotes
from tests.make import make_parsed

QUOTE = "“/``/punct/{0} ^It/PRP/nsubj/2 ^is/VBZ/ccomp/{0} ^,/,/punct/{0} ”/''/punct/{0}"
ALONE = "“/``/punct/2 ^It/PRP/nsubj/2 ^is/VBZ/ROOT/2 ^././punct/2 ”/''/punct/2"
UNCLOSED = "“/``/punct/2 ^It/PRP/nsubj/2 ^is/VBZ/ROOT/2 ^././punct/2"
RUIZ_SAID = f"{QUOTE.format(6)} Ruiz/NNP/nsubj/6 said/VBD/ROOT/6 ././punct/6"


def set_up(text: str, *sentences: str) -> Scene:
    """Return the scene of a hand-made parse."""
    parsed = make_parsed(text, *sentences)
    return set_scene(parsed, find_quotes(text), find_cues(parsed))


def speakers(scene: Scene) -> list[str | int | None]:
    """Return for each quote the head of its speaker, or the number of the quote it continues."""
    return [found.speaker.text if found.speaker else found.same_as for found in attribute(scene)]


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        pytest.param("“We go now,” Ruiz said.", [RUIZ_SAID], ["Ruiz"], id="cue in its sentence"),
        pytest.param(
            "“We go now,” Ruiz said. “You stay here.”", [RUIZ_SAID, ALONE], ["Ruiz", "Ruiz"],
            id="a sentence of its own behind, same paragraph",
        ),
        pytest.param(
            "“We go now,” Ruiz said.\n“You stay here.”", [RUIZ_SAID, ALONE], ["Ruiz", 0],
            id="the next paragraph goes on",
        ),
        pytest.param(
            "“You stay here.\n“We go now,” Ruiz said.", [UNCLOSED, RUIZ_SAID], [1, "Ruiz"],
            id="named only behind the last of its paragraphs",
        ),
        pytest.param(
            "Ruiz was blunt: “You stay here.”",
            ["Ruiz/NNP/nsubj/1 was/VBD/ROOT/1 blunt/JJ/acomp/1 :/:/punct/1", ALONE], ["Ruiz"],
            id="announced by a colon",
        ),
        pytest.param(
            "“You stay here.” Ruiz said so.",
            [ALONE, "Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 so/RB/advmod/1 ././punct/1"], ["Ruiz"],
            id="cue opens the next sentence",
        ),
        pytest.param(
            "Ruiz said it would close.\n“You stay here.”",
            ["Ruiz/NNP/nsubj/1 said/VBD/ROOT/1 it/PRP/nsubj/4 would/MD/aux/4 close/VB/ccomp/1"
             " ././punct/1", ALONE],
            ["Ruiz"],
            id="reported in the paragraph above",
        ),
        pytest.param(
            "Ruiz signed an order for “swift action” there.",
            ["Ruiz/NNP/nsubj/1 signed/VBD/ROOT/1 an/DT/det/3 order/NN/dobj/1 for/IN/prep/3 “/``/punct/7"
             " swift/JJ/amod/7 action/NN/pobj/4 ”/''/punct/7 there/RB/advmod/1 ././punct/1"],
            ["Ruiz"],
            id="no cue: whoever acts",
        ),
        pytest.param("“You stay here.”", [ALONE], [None], id="nobody anywhere"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_where_reporters_put_it(text, sentences, expected):
    """In the sentence, behind it, before it, in the paragraph above; else nowhere."""
    assert speakers(set_up(text, *sentences)) == expected


def test_of_two_cues_the_one_beside_the_quote_speaks():
    """Near and in the same clause beats far and in another."""
    scene = set_up(
        "Vale said Ruiz told him “no way” twice.",
        "Vale/NNP/nsubj/1 said/VBD/ROOT/1 Ruiz/NNP/nsubj/3 told/VBD/ccomp/1 him/PRP/dobj/3 “/``/punct/7"
        " no/DT/det/7 way/NN/dobj/3 ”/''/punct/7 twice/RB/advmod/3 ././punct/1",
    )
    assert speakers(scene) == ["Ruiz"]


def test_a_continuing_quote_is_less_sure_than_the_one_it_continues():
    """Each step away from the cue costs certainty; where there is no speaker there is none."""
    scene = set_up("“We go now,” Ruiz said.\n“You stay here.”", RUIZ_SAID, ALONE)
    named, continued = attribute(scene)
    assert 0 < continued.sure < named.sure < 1
    (nobody,) = attribute(set_up("“You stay here.”", ALONE))
    assert nobody.sure == 0


def test_a_quote_far_below_takes_no_speaker_from_above():
    """Three paragraphs on, nobody can be said to go on."""
    prose = "Rain/NN/nsubj/1 fell/VBD/ROOT/1 ././punct/1"
    text = "“We go now,” Ruiz said.\nRain fell.\nRain fell.\nRain fell.\n“You stay here.”"
    assert speakers(set_up(text, RUIZ_SAID, prose, prose, prose, ALONE)) == ["Ruiz", None]
