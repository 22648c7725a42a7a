"""What other scripts do unlike Latin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.scripts import (
    estimate_words,
    fitting,
    is_from_right,
    is_unspaced,
    reads_from_right,
    room,
    whole_character,
)


@pytest.mark.parametrize(
    ("text", "any_", "most"),
    [
        pytest.param("bridge 3!", False, False, id="Latin"),
        pytest.param("الجسر مغلق", True, True, id="Arabic"),
        pytest.param("הגשר סגור", True, True, id="Hebrew"),
        pytest.param("BBC تقول إن الجسر مغلق", True, True, id="Arabic that begins in Latin"),
        pytest.param("The word שלום means peace", True, False, id="one word"),
        pytest.param("٣٤ \u0301", False, False, id="figures and marks have no direction of their own"),
        pytest.param("東京 กรุงเทพ", False, False, id="Asian"),
    ],
)
def test_words_from_the_right_are_told(text, any_, most):
    """By their letters: whether there are any, and whether they are the most."""
    assert (is_from_right(text), reads_from_right(text)) == (any_, most)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("the bridge is closed", 4, id="English"),
        pytest.param("", 0, id="nothing"),
        pytest.param("橋は閉鎖された", 3, id="Japanese: about two characters a word"),
        pytest.param("我们将重建这座桥梁", 4, id="Chinese"),
        pytest.param("สะพานปิดแล้ว", 3, id="Thai: about four"),
        pytest.param("다리가 닫혔다", 2, id="Korean has spaces"),
        pytest.param("NATO的秘书长", 3, id="mixed"),
    ],
)
def test_words_are_counted_where_nothing_parts_them(text, words):
    """Else a Japanese sentence would be one word, and too short for a bullet."""
    assert estimate_words(text) == words


@given(st.text(alphabet="ab éשص \n", max_size=30))
def test_words_between_spaces_are_counted_as_they_stand(text):
    """Nothing changes for scripts that have spaces."""
    assert estimate_words(text) == len(text.split())


def test_a_script_without_spaces_is_known_by_most_of_its_letters():
    """One foreign name in a text does not make it another script's."""
    assert is_unspaced("橋は閉鎖された。")
    assert is_unspaced("สะพานปิดแล้ว")
    assert not is_unspaced("The poet 松尾 wrote it")
    assert not is_unspaced("123 …")


def test_room_is_what_a_reader_s_screen_needs():
    """Han, kana and their marks are twice as wide."""
    assert room("bridge") == 6
    assert room("橋は、") == 6


@given(st.text(alphabet="ab 橋。はé", max_size=40), st.integers(0, 60))
def test_what_fits_is_the_longest_beginning_with_room(text, most):
    """One character more would be too much."""
    at = fitting(text, most)
    assert room(text[:at]) <= most
    assert at == len(text) or room(text[: at + 1]) > most


@pytest.mark.parametrize(
    ("text", "at", "whole"),
    [
        pytest.param("bridge", 3, 3, id="between letters"),
        pytest.param("ae\u0301b", 2, 1, id="not between a letter and its accent"),
        pytest.param("👩\u200d👩\u200d👧x", 3, 0, id="not within a family"),
        pytest.param("a👍🏽b", 2, 1, id="not before a skin tone"),
        pytest.param("🇫🇷🇩🇪", 3, 2, id="not within a flag"),
        pytest.param("🇫🇷🇩🇪", 2, 2, id="between flags"),
        pytest.param("กำ", 1, 0, id="Thai vowel"),
        pytest.param("क्षि", 2, 0, id="Devanagari conjunct"),
        pytest.param("ab", 2, 2, id="the end"),
        pytest.param("ab", 0, 0, id="the beginning"),
    ],
)
def test_a_cut_lies_between_characters_as_a_reader_sees_them(text, at, whole):
    """Unicode's annex 29: what is drawn as one is never cut in half."""
    assert whole_character(text, at) == whole
