"""Cleaning and shortening of text that comes from the web."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.render.plain import ELLIPSIS, clean, shorten

INVISIBLE = "\u200b\u2060\ufeff\u00ad\u202e\u202a\u2066\u2069\u200e\u061c\x00\x07\x1b\u3164\u2800\ud800\uffff"
ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(INVISIBLE + " \n\u200d\u0301")))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        pytest.param("a\u202egpj.exe", "agpj.exe", id="right-to-left override"),
        pytest.param("\u2066a\u2069b\u200fc\u061cd", "abcd", id="isolates and marks"),
        pytest.param("ev\u200bery\u2060one\ufeff", "everyone", id="zero-width characters"),
        pytest.param("ev\u200dery\u200cone", "everyone", id="joiners inside a Latin word"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiner inside a Persian word"),
        pytest.param("👩\u200d🚒 ❤\ufe0f\u200d🔥", "👩\u200d🚒 ❤\ufe0f\u200d🔥", id="joined emoji"),
        pytest.param("a\r\n\t b\u2028c\u00a0d", "a b c d", id="whitespace"),
        pytest.param("«\u202fOui\u00a0!\u202f»", "«\u202fOui\u00a0!\u202f»", id="as French sets its marks"),
        pytest.param("10\u202f000 et 3\u00a0%", "10\u202f000 et 3\u00a0%", id="figures"),
        pytest.param("\u00a0\u00a0a\u00a0b\u202f", " a b ", id="no-break spaces to indent with"),
        pytest.param("🙂\u200d↔\ufe0f", "🙂\u200d↔\ufe0f", id="emoji joined with an arrow"),
        pytest.param(", role: ", ", role: ", id="spaces at the ends"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("e\u200b\u0301", "é", id="composed after cleaning"),
        pytest.param("\x1b[31mred\x07\x00", "[31mred", id="control characters"),
        pytest.param("\u3164\u2800x", "x", id="blank letters"),
        pytest.param("\u0600١", "\u0600١", id="a format character that is drawn"),
        pytest.param("a\ud800\uffff\ufdd0b", "ab", id="nothing that no wire carries"),
    ],
)
def test_only_what_a_reader_sees_is_left(raw, cleaned):
    """What is invisible or turns the writing direction goes; what words are spelt with stays."""
    assert clean(raw) == cleaned


@given(ANY_TEXT)
def test_cleaned_text_is_one_line_that_can_be_sent(raw):
    """Whatever comes in: one line, no double spaces, UTF-8, NFC, and cleaning again changes nothing."""
    text = clean(raw)
    text.encode()
    assert len(text.splitlines()) <= 1
    assert "  " not in text
    assert unicodedata.is_normalized("NFC", text)
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "max_chars", "short"),
    [
        pytest.param("as long as it may be", 20, "as long as it may be", id="fits"),
        pytest.param("one two three", 8, "one two…", id="at the end of a word"),
        pytest.param("one two three", 10, "one two…", id="not inside a word"),
        pytest.param("one, two", 6, "one…", id="no comma before the ellipsis"),
        pytest.param("abcdefghij", 5, "abcd…", id="an endless word"),
        pytest.param("東京都知事は昨日", 5, "東京都知…", id="a script without spaces"),
        pytest.param("aaaae\u0323x" + "b" * 9, 6, "aaaa…", id="not between a letter and its accent"),
        pytest.param(
            "👩\u200d👩\u200d👧" * 2 + "x" * 9, 9, "👩\u200d👩\u200d👧…", id="not within joined emoji"
        ),
        pytest.param("🇫🇷" * 5, 6, "🇫🇷🇫🇷…", id="not within a flag"),
        pytest.param("क्षि" * 4, 7, "क्षि…", id="not within a conjunct"),
        pytest.param("one two", 1, "…", id="no room for a word"),
        pytest.param("one two", 0, "", id="no room at all"),
    ],
)
def test_long_text_is_cut_at_a_word(text, max_chars, short):
    """Text that fits is untouched; other text ends with an ellipsis after a whole word if it can."""
    assert shorten(text, max_chars) == short


@given(ANY_TEXT, st.integers(min_value=0, max_value=40))
def test_shortened_text_fits_and_changes_no_word(raw, max_chars):
    """The result is within the limit, and without its ellipsis it is a beginning of the text."""
    text = clean(raw)
    short = shorten(text, max_chars)
    assert len(short) <= max_chars
    assert short == text or text.startswith(short.removesuffix(ELLIPSIS))


def test_the_measure_can_be_another_than_characters():
    """Platforms count escaped text or UTF-16 units: the measure is the caller's."""
    assert shorten("**** **** ****", 12, size=lambda text: len(text) + text.count("*")) == "****…"
