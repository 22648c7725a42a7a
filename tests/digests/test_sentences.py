"""Where sentences end."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.sentences import sentence_ends, words_in


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("It rained. It poured! Did it?", ["It rained.", "It poured!", "Did it?"], id="three"),
        pytest.param(
            "It was “late.” It rained.", ["It was “late.”", "It rained."], id="the mark belongs to it"
        ),
        pytest.param("It was late. “Go,” she said.", ["It was late.", "“Go,” she said."], id="a quote opens"),
        pytest.param("Mr. Vale met Sen. Ruiz.", ["Mr. Vale met Sen. Ruiz."], id="titles"),
        pytest.param("On Aug. 30 J. B. Vale left.", ["On Aug. 30 J. B. Vale left."], id="month and initials"),
        pytest.param("The U.S. Senate met.", ["The U.S. Senate met."], id="dotted letters"),
        pytest.param(
            "She asked “why?” and left.", ["She asked “why?” and left."], id="goes on in small letters"
        ),
        pytest.param(
            "It cost 2.50 in 1990. It rained.", ["It cost 2.50 in 1990.", "It rained."], id="figures"
        ),
        pytest.param("No. Never.", ["No.", "Never."], id="one word"),
        pytest.param("no end", ["no end"], id="no stop"),
        pytest.param("橋は古い。直す。本当！", ["橋は古い。", "直す。", "本当！"], id="no blanks between"),
    ],
)
def test_a_sentence_ends_where_a_reader_would_pause(text, sentences):
    """Behind its stop and closing marks; the stop of an abbreviation ends none."""
    starts = (0, *sentence_ends(text))
    assert [text[a:b].strip() for a, b in pairwise(starts)] == sentences


@settings(deadline=None)
@given(st.text(alphabet='aB1.!?”" \nMr', max_size=40))
def test_ends_rise_to_the_end_of_the_text(text):
    """Whatever the text, its pieces put together are the text."""
    ends = sentence_ends(text)
    assert ends[-1] == len(text)
    assert list(ends) == sorted(ends)
    assert not text or all(ends)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("We will mend the bridge.", 5, id="English"),
        pytest.param("", 0, id="nothing"),
        pytest.param("橋を来年までに必ず再建する", 7, id="Japanese: thirteen letters"),
        pytest.param("สะพานจะถูกซ่อม", 7, id="Thai: fourteen letters"),
        pytest.param("다리는 곧 수리될 것이다", 4, id="Korean parts its words"),
    ],
)
def test_words_are_counted_where_no_blanks_part_them(text: str, words: int) -> None:
    """Two letters of such scripts are about a word."""
    assert words_in(text) == words
