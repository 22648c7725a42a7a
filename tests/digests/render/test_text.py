"""A document as plain text of a given width."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.document import Card, Document, Run
from digests.render.text import render_text
from tests.make import make_document

LINE = (
    Run(text="Ana Ruiz, mayor: “We will mend the bridge before the summer comes, and we will not wait.”"),
)
WORDS = st.lists(st.text(alphabet="abcé“”.-", min_size=1, max_size=12), min_size=1, max_size=30).map(" ".join)


def test_a_document_reads_like_a_page():
    """Title, subtitle, cards with their bullets, further headlines, footer: with blank lines between."""
    document = make_document(subtitle="one feed is failing", more_title="More headlines", footer="The end")
    assert render_text(document) == (
        "Monday noon\none feed is failing\n\n"
        "Headline 1\nThe Gazette, 12:00\n  • Ana Ruiz spoke\n\n"
        "More headlines\n  • Headline 2\n\n"
        "The end\n"
    )


def test_long_lines_are_wrapped_under_their_bullet():
    """The second line of a bullet stands under its first word."""
    text = render_text(
        make_document(cards=(Card(headline=Run(text="H"), bullets=(LINE,)),), more=()), width=40
    )
    assert text.split("\n\n")[1].rstrip() == (
        "H\n"
        "  • Ana Ruiz, mayor: “We will mend the\n"
        "    bridge before the summer comes, and\n"
        "    we will not wait.”"
    )


@settings(deadline=None)
@given(WORDS, WORDS, st.integers(24, 100))
def test_no_line_is_wider_than_the_page(words, bullet, width):
    """Words are never broken, and none of them here is wider than the page."""
    card = Card(headline=Run(text=words), meta=words, bullets=((Run(text=bullet),),))
    text = render_text(Document(title=words, subtitle=words, cards=(card,), footer=words), width=width)
    assert max(map(len, text.split("\n"))) <= width
    assert text.split() == [*words.split() * 4, "•", *bullet.split(), *words.split()]


def test_a_word_wider_than_the_page_stays_whole():
    """An address that is cut cannot be followed."""
    address = "https://gazette.example/" + "a" * 30
    card = Card(headline=Run(text=f"See {address} now"))
    assert f"See\n{address}\nnow\n" in render_text(Document(title="T", cards=(card,)), width=24)


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        pytest.param("a\u202eb", "ab", id="turned writing direction"),
        pytest.param("a\x1b[31mb", "a[31mb", id="terminal control"),
        pytest.param("a\nb", "a b", id="line break"),
        pytest.param("a\u200bb", "ab", id="zero width"),
    ],
)
def test_nothing_in_a_text_can_steer_the_terminal(dirty, shown):
    """Every part of a document comes from the web."""
    run = Run(text=dirty)
    card = Card(headline=run, meta=dirty, bullets=((run,),))
    document = Document(
        title=dirty, subtitle=dirty, cards=(card,), more_title=dirty, more=((run,),), footer=dirty
    )
    text = render_text(document)
    assert text == (f"{shown}\n{shown}\n\n{shown}\n{shown}\n  • {shown}\n\n{shown}\n  • {shown}\n\n{shown}\n")
