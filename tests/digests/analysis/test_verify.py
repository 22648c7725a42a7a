"""The last gate: does the article really say it?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.analysis.verify import is_verbatim, verify_analysis, verify_bullets, verify_quote
from digests.model import Bullet, Quote, QuoteKind, Span
from tests.make import make_actor, make_analysis, make_article, make_quote, make_span

TEXT = make_article().text
WORDS = "We will rebuild the bridge,"
CLAUSE = make_span(TEXT, "spoke on Monday")
QUOTE = make_quote(
    TEXT,
    WORDS,
    clause=CLAUSE,
    speaker="she",
    speaker_start=TEXT.index("she"),
    speaker_end=TEXT.index("she") + 3,
)
BULLET = Bullet(speaker="Ana Ruiz", role=None, pieces=(make_span(TEXT, WORDS), CLAUSE), quoted=True)


@st.composite
def alterations(draw: st.DrawFn) -> tuple[int, str]:
    """A place in the quote, and a character that does not stand there."""
    at = draw(st.integers(0, len(WORDS) - 1))
    return at, draw(st.characters(exclude_categories=["Cs"]).filter(lambda c: c != WORDS[at]))


def altered(span: Span, at: int, character: str) -> Span:
    """Return the span with one character exchanged."""
    at %= len(span.text)
    return replace(span, text=span.text[:at] + character + span.text[at + 1 :])


def test_what_the_article_says_passes():
    """True quotes, clauses, mentions and bullets are let through as they are."""
    assert verify_quote(TEXT, QUOTE)
    assert verify_bullets(TEXT, (BULLET,)) == (BULLET,)
    assert verify_analysis(TEXT, make_analysis()) == make_analysis()


@settings(deadline=None)
@given(alterations())
def test_one_altered_character_refuses_a_quote(alteration):
    """A quote is verbatim or it is none."""
    at, character = alteration
    assert not verify_quote(TEXT, replace(QUOTE, text=WORDS[:at] + character + WORDS[at + 1 :]))


def test_a_statement_is_held_to_the_text_as_a_quote_is():
    """What was said in other words is in the article's words, or it is dropped."""
    true = replace(QUOTE, kind=QuoteKind.INDIRECT)
    false = replace(true, text=true.text.replace("bridge", "tunnel"))
    analysis = replace(make_analysis(), statements=(true, false))
    assert verify_analysis(TEXT, analysis).statements == (true,)


@settings(deadline=None)
@given(st.integers(0, 99), st.characters(exclude_characters=CLAUSE.text + WORDS, exclude_categories=["Cs"]))
def test_one_altered_character_refuses_a_clause_or_a_bullet(at, character):
    """The reporter's words are held to the same rule, and one false piece spoils its bullet."""
    clause = altered(CLAUSE, at, character)
    assert not verify_quote(TEXT, replace(QUOTE, clause=clause))
    assert not verify_bullets(TEXT, (replace(BULLET, pieces=(BULLET.pieces[0], clause)),))
    assert not verify_bullets(TEXT, (replace(BULLET, pieces=(altered(BULLET.pieces[0], at, character),)),))
    false = make_analysis(quotes=(replace(QUOTE, clause=clause),), actors=(make_actor("Ana", clause=clause),))
    checked = verify_analysis(TEXT, false)
    assert checked.quotes == ()
    assert [(actor.name, actor.clause) for actor in checked.actors] == [("Ana", None)]


@settings(deadline=None)
@given(st.integers(-5, 5).filter(bool))
def test_words_that_stand_elsewhere_are_refused(shift):
    """True words at wrong offsets would link and bold the wrong place."""
    start = max(0, QUOTE.start + shift)
    assert not verify_quote(TEXT, replace(QUOTE, start=start, end=start + len(WORDS)))
    moved = make_analysis(statements=(replace(QUOTE, start=start, end=start + len(WORDS)),))
    assert verify_analysis(TEXT, moved).statements == ()


def test_a_false_mention_of_the_speaker_refuses_the_quote():
    """The mention is printed in the analysis: it must stand where it says."""
    assert not verify_quote(TEXT, replace(QUOTE, speaker="he"))
    assert verify_quote(TEXT, replace(QUOTE, speaker=None, speaker_start=None, speaker_end=None))


@pytest.mark.parametrize(
    ("start", "end"),
    [(-1, 3), (3, 3), (4, 3), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 3)],
    ids=["before the text", "empty", "backwards", "past its end", "behind it"],
)
def test_offsets_outside_the_text_are_refused(start, end):
    """Python's slices forgive such offsets; a gate must not."""
    assert not is_verbatim(TEXT, start, end, TEXT[start:end])


def test_a_bullet_that_links_to_other_words_is_refused():
    """The words of a link are a claim about the article as well."""
    anchored = replace(BULLET, anchor=make_span(TEXT, WORDS))
    assert verify_bullets(TEXT, (anchored,)) == (anchored,)
    assert verify_bullets(TEXT, (replace(BULLET, anchor=altered(BULLET.pieces[0], 3, "!")),)) == ()


def test_a_bullet_that_prints_nothing_is_refused():
    """A name alone says nothing about anybody."""
    assert verify_bullets(TEXT, (replace(BULLET, pieces=()),)) == ()


def test_a_quote_is_some_words():
    """The record itself refuses what can be no quote."""
    with pytest.raises(ValueError, match="not a quote"):
        Quote(start=3, end=3, text="", kind=QUOTE.kind)
