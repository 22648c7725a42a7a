"""Finding what stands between quotation marks, in text as dirty as news is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.analysis.quotes import QuotedSpan, count_words, find_paragraphs, find_quotes

MARKS = "“”„‟«»\"‘’'"
DIRTY = st.text(alphabet=st.sampled_from(MARKS + "ab1 .,?(—\n\u00a0é😀"), max_size=60)


def quoted(text: str) -> list[str]:
    """Return the words between the marks; ``+`` behind those that go on in the next paragraph."""
    return [text[span.start : span.end] + "+" * span.continues for span in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param("She said “it is late” and left.", ["it is late"], id="curly"),
        pytest.param('She said "it is late" and left.', ["it is late"], id="straight"),
        pytest.param("She said «it is late» and left.", ["it is late"], id="guillemets"),
        pytest.param("She said « it is late » and left.", ["it is late"], id="guillemets with blanks"),
        pytest.param("She said »it is late« and left.", ["it is late"], id="guillemets pointing inwards"),
        pytest.param("She said „it is late“ and left.", ["it is late"], id="low-high, German"),
        pytest.param("She said „it is late” and left.", ["it is late"], id="low-high, Polish"),
        pytest.param("She said ”it is late” and left.", ["it is late"], id="closing marks on both sides"),
        pytest.param(
            "“It is late,“ she said. “We go.“", ["It is late,", "We go."], id="opening marks on both"
        ),
        pytest.param('She said “it is late" and left.', ["it is late"], id="curly opens, straight closes"),
        pytest.param('She said "it is late” and left.', ["it is late"], id="straight opens, curly closes"),
        pytest.param("She said“it is late”and left.", ["it is late"], id="no blanks around curly marks"),
        pytest.param(
            'She said,"it is late,"and left.', ["it is late,"], id="no blanks around straight marks"
        ),
        pytest.param('She left ("it is late") and slept.', ["it is late"], id="in brackets"),
        pytest.param("She left—“it is late”—and slept.", ["it is late"], id="between dashes"),
        pytest.param("“It is.” “It was.”", ["It is.", "It was."], id="two in a row"),
        pytest.param("She said “” and “ ” and left.", [], id="nothing between the marks"),
        pytest.param("", [], id="no text"),
        pytest.param("She said it was late.", [], id="no marks"),
    ],
)
def test_words_between_marks_are_found_whatever_the_marks(text, quotes):
    """Every style of double marks counts, also where a writer took the wrong one of a pair."""
    assert quoted(text) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param("“He told me “go home” and I went.”", ["He told me “go home” and I went."], id="curly"),
        pytest.param(
            '"He told me "go home" and I went."', ['He told me "go home" and I went.'], id="straight"
        ),
        pytest.param(
            "“He told me ‘go home’ and I went.”", ["He told me ‘go home’ and I went."], id="singles"
        ),
        pytest.param("„Er rief «halt» und ging.“", ["Er rief «halt» und ging."], id="guillemets in low-high"),
    ],
)
def test_a_quote_inside_a_quote_is_part_of_it(text, quotes):
    """The outer speaker is the one who is quoted."""
    assert quoted(text) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param("“One.\n“Two.\n“Three,” he said.", ["One.+", "Two.+", "Three,"], id="a mark on each"),
        pytest.param("“One.\n\n“Two,” he said.", ["One.+", "Two,"], id="blank line between"),
        pytest.param('"One.\n"Two," he said.', ["One.+", "Two,"], id="straight marks"),
        pytest.param("“One.\nTwo,” he said.", ["One.", "Two,"], id="the second forgot its mark"),
        pytest.param("“One.\nThe vote came. “Two,” he said.", ["One.", "Two,"], id="never closed"),
        pytest.param(
            "“One, he said. “Two,” he added.", ["Two,"], id="never closed, next one in the paragraph"
        ),
        pytest.param("One,” he said. “Two,” he added.", ["Two,"], id="never opened"),
        pytest.param("“One,” he said.\n“Two,” he said.", ["One,", "Two,"], id="closed: nothing goes on"),
    ],
)
def test_a_quote_may_run_over_paragraphs_or_lack_a_mark(text, quotes):
    """Each paragraph is a quote of its own; one that goes on says so; a stray mark spoils no other quote."""
    assert quoted(text) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param("‘It’s late,’ she said. ‘We go.’", ["It’s late,", "We go."], id="curly"),
        pytest.param("'It's late,' she said. 'We go.'", ["It's late,", "We go."], id="straight"),
        pytest.param(
            "‘He told me “go home” and I went,’ she said. ‘Yes.’",
            ["He told me “go home” and I went,", "Yes."],
            id="doubles inside",
        ),
        pytest.param(
            "‘The workers’ club is shut,’ he said. ‘We’re done.’",
            ["The workers’ club is shut,", "We’re done."],
            id="plural possessive inside",
        ),
        pytest.param("The boys’ club doesn’t want ’90s rock, she’s told.", [], id="only apostrophes"),
        pytest.param(
            "“It’s ours,” said the boys’ coach. “It’s theirs.”", ["It’s ours,", "It’s theirs."], id="mixed"
        ),
        pytest.param("She told him to ’hold off’ for now.", [], id="one pair alone is no style"),
    ],
)
def test_single_marks_quote_only_in_texts_that_quote_with_them(text, quotes):
    """British papers quote with singles; elsewhere they are apostrophes."""
    assert quoted(text) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            'The 6\'2" guard said "we won" with 24" to go.', ["we won"], id="before and after a quote"
        ),
        pytest.param('A pipe of 24" burst.', [], id="alone"),
        pytest.param('A 24"x36" print hung. "We won," she said.', ["We won,"], id="width and height"),
        pytest.param('The 6\'2" guard said "we are number 1" twice.', ["we are number 1"], id="both in one"),
        pytest.param(
            'She shouted "we are number 1" twice.', ["we are number 1"], id="a quote that ends in a digit"
        ),
    ],
)
def test_inches_are_no_quotation_marks(text, quotes):
    """A straight mark behind a digit is an inch, unless a quote is open that it can close."""
    assert quoted(text) == quotes


@settings(deadline=None)
@given(DIRTY)
def test_spans_lie_in_their_paragraph_in_order_and_hold_words(text):
    """Whatever the marks: no error, no overlap, no empty span, nothing over a paragraph's end."""
    paragraphs = find_paragraphs(text)
    end = 0
    for span in find_quotes(text):
        low, high = paragraphs[span.paragraph]
        assert low <= span.outer_start <= span.start < span.end <= span.outer_end <= high
        assert end <= span.outer_start
        content = text[span.start : span.end]
        assert content == content.strip() != ""
        end = span.outer_end


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab ,.", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_well_marked_quotes_all_come_back(contents):
    """What is quoted cleanly is found to the letter, and nothing else."""
    text = " said Ruiz. ".join(f"“{content.strip()}”" for content in contents)
    assert quoted(text) == [content.strip() for content in contents]


@pytest.mark.parametrize("unit", ["“a ", '"a ', "“", "„»"])
@pytest.mark.timeout(5)
def test_a_page_of_opening_marks_takes_no_longer_than_any_other(unit):
    """The walk is linear: 200,000 characters of nothing but opening marks are over in a moment."""
    assert all(isinstance(span, QuotedSpan) for span in find_quotes(unit * (200_000 // len(unit))))


def test_paragraphs_are_lines_that_hold_something():
    """White space alone is no paragraph; offsets are those of the text."""
    text = "One.\n\n  \nTwo.\r\nThree."
    assert [text[a:b].strip() for a, b in find_paragraphs(text)] == ["One.", "Two.", "Three."]


def test_words_are_counted_as_readers_count_them():
    """Apostrophes, hyphens and decimal points do not split a word; marks alone are none."""
    assert count_words("It’s a well-known 2.5 million — don't!") == 6
