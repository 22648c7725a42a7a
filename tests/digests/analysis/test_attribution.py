"""Whose words stand in a quote."""

import pytest

from digests.analysis.attribution import Ranker, attribute
from digests.analysis.cues import find_cues
from digests.analysis.quotes import find_quotes
from digests.analysis.scene import Scene, set_scene
from tests.make import make_parsed

QUOTE = "“/``/punct/{0} ^It/PRP/nsubj/2 ^is/VBZ/ccomp/{0} ^,/,/punct/{0} ”/''/punct/{0}"
ALONE = "“/``/punct/2 ^It/PRP/nsubj/2 ^is/VBZ/ROOT/2 ^././punct/2 ”/''/punct/2"
UNCLOSED = "“/``/punct/2 ^It/PRP/nsubj/2 ^is/VBZ/ROOT/2 ^././punct/2"
RUIZ_SAID = f"{QUOTE.format(6)} Ruiz/NNP/nsubj/6 said/VBD/ROOT/6 ././punct/6"


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    """The trained weights, read once."""
    return Ranker()


def set_up(text: str, *sentences: str) -> Scene:
    """Return the scene of a hand-made parse."""
    parsed = make_parsed(text, *sentences)
    return set_scene(parsed, find_quotes(text), find_cues(parsed))


def speakers(scene: Scene, ranker: Ranker) -> list[str | int | None]:
    """Return for each quote the head of its speaker, or the number of the quote it continues."""
    return [
        found.speaker.text if found.speaker and found.same_as is None else found.same_as
        for found in attribute(scene, ranker)
    ]


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
            "“You stay here.” — Ana Ruiz",
            ["“/``/punct/2 ^It/PRP/nsubj/2 ^is/VBZ/ROOT/2 ^././punct/2 ”/''/punct/2 —/:/punct/2"
             " Ana/NNP/compound/7 Ruiz/NNP/npadvmod/2"],
            ["Ruiz"], id="signed behind a dash",
        ),
        pytest.param(
            "“VALE: You stay here.\n“RUIZ: We go now.”",
            ["“/``/punct/1 VALE/NNP/ROOT/1 :/:/punct/1 ^It/PRP/nsubj/4 ^is/VBZ/ROOT/4 ^././punct/4",
             "“/``/punct/1 RUIZ/NNP/ROOT/1 :/:/punct/1 ^It/PRP/nsubj/4 ^is/VBZ/ROOT/4 ^././punct/4"
             " ”/''/punct/4"],
            ["VALE", "RUIZ"], id="a transcript's labels",
        ),
        pytest.param("“You stay here.”", [ALONE], [None], id="nobody anywhere"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_where_reporters_put_it(text, sentences, expected, ranker):
    """In the sentence, behind it, before it, in the paragraph above; else nowhere."""
    assert speakers(set_up(text, *sentences), ranker) == expected


def test_of_two_cues_the_one_beside_the_quote_speaks(ranker):
    """Near and in the same clause beats far and in another."""
    scene = set_up(
        "Vale said Ruiz told him “no way” twice.",
        "Vale/NNP/nsubj/1 said/VBD/ROOT/1 Ruiz/NNP/nsubj/3 told/VBD/ccomp/1 him/PRP/dobj/3 “/``/punct/7"
        " no/DT/det/7 way/NN/dobj/3 ”/''/punct/7 twice/RB/advmod/3 ././punct/1",
    )
    assert speakers(scene, ranker) == ["Ruiz"]


def test_the_likeliest_mentions_share_what_is_sure(ranker):
    """Shares are of one, the speaker's own first; nobody at all is not sure at all."""
    scene = set_up(
        "Vale sat. “We go now,” Ruiz said.", "Vale/NNP/nsubj/1 sat/VBD/ROOT/1 ././punct/1", RUIZ_SAID
    )
    (found,) = attribute(scene, ranker)
    shares = [share for _, share in found.rivals]
    assert [token.text for token, _ in found.rivals] == ["Ruiz", "Vale"]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert found.sure == shares[0] > 0.9
    (nobody,) = attribute(set_up("“You stay here.”", ALONE), ranker)
    assert nobody.sure == 0


def test_a_forgotten_closing_mark_makes_no_one_speaker_of_two(ranker):
    """Two paragraphs that look like one long quote keep their speakers where both are named beyond doubt."""
    scene = set_up(
        "“We go now,” Ruiz said. “You stay here.\n“We go now,” Vale said.",
        RUIZ_SAID, UNCLOSED, RUIZ_SAID.replace("Ruiz", "Vale"),
    )  # fmt: skip
    assert speakers(scene, ranker) == ["Ruiz", "Ruiz", "Vale"]


def test_a_quote_far_below_takes_no_speaker_from_above(ranker):
    """Three paragraphs on, nobody can be said to go on."""
    prose = "Rain/NN/nsubj/1 fell/VBD/ROOT/1 ././punct/1"
    text = "“We go now,” Ruiz said.\nRain fell.\nRain fell.\nRain fell.\n“You stay here.”"
    assert speakers(set_up(text, RUIZ_SAID, prose, prose, prose, ALONE), ranker) == ["Ruiz", None]


def test_nobody_who_is_only_credited_speaks(ranker):
    """A caption beside a quote names no speaker."""
    text = "Vale waves. (Ida Lund/Example Press)\n“You stay here.”"
    caption = (
        "Vale/NNP/nsubj/1 waves/VBZ/ROOT/1 ././punct/1 (/-LRB-/punct/1 Ida/NNP/compound/5 Lund/NNP/dep/1"
        " //SYM/punct/5 Example/NNP/compound/8 Press/NNP/dep/5 )/-RRB-/punct/1"
    )
    assert speakers(set_up(text, caption, ALONE), ranker) == [None]
