import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.filters import compile_terms


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        pytest.param("mayor", "The MAYOR resigned.", True, id="any case"),
        pytest.param("MAYOR", "the mayor's office", True, id="possessive"),
        pytest.param("mayor", "the mayoral race", False, id="start of a longer word"),
        pytest.param("tax", "a syntax error", False, id="end of a longer word"),
        pytest.param("café", "Le CAFÉ ferme", True, id="accented capital"),
        pytest.param("caf", "un café", False, id="an accented letter is a letter"),
        pytest.param("café", "un cafe\u0301 fermé", True, id="decomposed accent in the text"),
        pytest.param("cafe\u0301", "un café", True, id="decomposed accent in the term"),
        pytest.param("МЭР", "мэр города", True, id="cyrillic, any case"),
        pytest.param("мэр", "мэрия", False, id="cyrillic, longer word"),
        pytest.param("city council", "the City\n\u00a0Council met", True, id="any white space between words"),
        pytest.param("city council", "the city's council", False, id="words in between"),
        pytest.param("mayor's", "the mayor’s office", True, id="either apostrophe"),
        pytest.param("C++", "written in C++, mostly", True, id="a term that ends in signs"),
        pytest.param("a.b", "axb", False, id="a dot is a dot"),
        pytest.param("G7", "a G20 and G7 summit", True, id="digits"),
        pytest.param("20", "the G20", False, id="digits are letters of a word"),
        pytest.param("予算", "新しい予算案", True, id="a script without spaces"),
        pytest.param("予算", "予算2026", True, id="a script without spaces beside digits"),
        pytest.param("NHK", "NHKは", True, id="beside a script without spaces"),
        pytest.param("mayor", "mayor", True, id="the whole text"),
        pytest.param("/budget|tax/i", "new TAXES", True, id="regex with i matches inside words"),
        pytest.param("/budget/", "Budget", False, id="regex minds case without i"),
        pytest.param("/^second$/m", "first\nsecond", True, id="m: lines"),
        pytest.param("/^second$/", "first\nsecond", False, id="no m: the whole text"),
        pytest.param("/a.b/s", "a\nb", True, id="s: a dot is a line break too"),
        pytest.param("/a.b/", "a\nb", False, id="no s"),
        pytest.param("/a/b/", "see a/b", True, id="a slash within"),
        pytest.param("and/or", "this and/or that", True, id="a slash in a plain term"),
    ],
)
def test_a_plain_term_matches_whole_words_and_a_regex_matches_as_written(term, text, expected):
    """Plain terms: whole words, any case, any script; /regex/ with the flags i, m and s."""
    assert compile_terms([term]).matches(text) is expected


@pytest.mark.parametrize(
    "term", ["", "  ", "//", "//i", "/(a/", "/a/x", r"/(?=a)b/", r"/(a)\1/"], ids=lambda term: repr(term)
)
def test_a_term_that_cannot_be_compiled_is_refused(term):
    """Empty terms, broken patterns, unknown flags, look-around and back-references raise ValueError."""
    with pytest.raises(ValueError, match="not a filter term"):
        compile_terms([term])


def test_any_term_in_any_text_is_enough():
    """A filter matches where one term is in one of the texts; without terms it matches nothing."""
    terms = compile_terms(["mayor", "/budget|tax/i"])
    assert terms.matches("A quiet day", "The Budget passed")
    assert not terms.matches("A quiet day", "")
    assert not terms.matches()
    assert not compile_terms([]).matches("anything")


def test_a_text_that_is_no_unicode_is_searched_all_the_same():
    """A lone surrogate, as broken pages have, hides no word."""
    assert compile_terms(["mayor"]).matches("the mayor \ud83d said")


def test_a_pattern_that_explodes_in_a_backtracking_engine_ends_at_once():
    """(a+)+$ over 100,000 letters takes linear time; a backtracking engine would never end."""
    started = time.process_time()
    assert not compile_terms(["/(a+)+$/"]).matches("a" * 100_000 + "!")
    assert time.process_time() - started < 1


@given(text=st.text(st.characters(categories=None)), term=st.text("aé'’(.*/ ", min_size=1))
def test_no_text_and_no_plain_term_breaks_the_filter(text, term):
    """Odd signs, half a regex, anything: an answer, or ValueError for the term, and nothing else."""
    try:
        terms = compile_terms([term])
    except ValueError:
        return
    terms.matches(text)


@given(word=st.from_regex(r"[a-zà-öα-ωа-я]{1,12}", fullmatch=True), before=st.sampled_from(" \n(«“-"))
def test_a_word_is_found_wherever_it_stands_alone_and_never_inside_another(word, before):
    """Between spaces or signs a term matches, in capitals too; with a letter beside it, it does not."""
    terms = compile_terms([word])
    assert terms.matches(f"x{before}{word}.")
    assert not terms.matches(f"x{word}", f"{word}x")
