"""Is it speech at all?"""

import pytest

from digests.analysis.attribution import Found, Scene
from digests.analysis.quotes import find_quotes
from digests.analysis.speech import is_speech
from digests.analysis.tokens import Parsed, Token

NOBODY = Found()


def cue(word: str, tag: str = "VBD", sure: float = 0.9) -> Found:
    """Return a speaker found by a cue."""
    token = Token(0, word, word, tag, "ROOT", 0, 0, len(word), 0, 0, -1)
    return Found(speaker=token, cue=token, sure=sure)


CONTINUED = Found(same_as=0, sure=0.8)


@pytest.mark.parametrize(
    ("text", "found", "speech"),
    [
        pytest.param("Ruiz said “we will go home now.”", cue("said"), True, id="a sentence with a cue"),
        pytest.param("“We will go home now.”", CONTINUED, True, id="a sentence that goes on"),
        pytest.param("“We will go home now.”", NOBODY, True, id="a sentence of nobody's"),
        pytest.param("A “short odd phrase here” stood there.", NOBODY, False, id="a few words of nobody's"),
        pytest.param("Ruiz called it “wrong.”", cue("called"), True, id="one word beside a cue"),
        pytest.param("Ruiz left a “smart” house.", cue("left", sure=0.5), False, id="scare quotes"),
        pytest.param("The film “We Go Home Again” won.", cue("said"), False, id="a film"),
        pytest.param("The so-called “we go home” plan won.", cue("said"), False, id="so-called"),
        pytest.param("Ruiz read “The Long Way Home” aloud.", cue("read", sure=0.5), False, id="a title"),
        pytest.param("People call it “the drop” here.", cue("call", tag="VBP"), False, id="a term"),
        pytest.param("Ruiz said “-” twice.", cue("said"), False, id="no word at all"),
        pytest.param("Ruiz said “A” twice.", cue("said"), False, id="a single letter"),
    ],
)  # fmt: skip
def test_names_terms_and_scare_quotes_are_told_from_speech(text, found, speech):
    """Words count as somebody's by their length, their cue, and by what announces them."""
    quotes = find_quotes(text)
    scene = Scene(parsed=Parsed(text, (), (), ()), quotes=quotes, words={}, cues={})
    assert is_speech(scene, 0, found) is speech
