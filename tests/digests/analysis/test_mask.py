"""Quotes exchanged for stand-ins, and the way back to the article's offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.analysis.mask import MaskedParagraph, is_sentence_like, mask_paragraph
from digests.analysis.quotes import find_paragraphs, find_quotes

DIRTY = st.text(alphabet=st.sampled_from('“”"‘’«» ab.,?!\nCoun1'), max_size=60)


def masked(text: str) -> tuple[MaskedParagraph, ...]:
    """Return every paragraph of ``text`` with its quotes masked."""
    quotes = list(enumerate(find_quotes(text)))
    return tuple(
        mask_paragraph(text, bounds, number, [(i, q) for i, q in quotes if q.paragraph == number])
        for number, bounds in enumerate(find_paragraphs(text))
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param(
            "“It is wrong. It is late,” she said.", "“It is,” she said.", id="two sentences in front"
        ),
        pytest.param("She said, “We go now!”", "She said, “It is!”", id="behind a comma"),
        pytest.param(
            "“Do we go?” he asked.", "“It is,” he asked.", id="the sentence goes on behind a question"
        ),
        pytest.param("“Do we go?” Ruiz asked.", "“It is?” Ruiz asked.", id="a name behind a question"),
        pytest.param(
            "She called it “a sad day” for all.", "She called it “a sad day” for all.", id="part of it"
        ),
        pytest.param("“No,” she said.", "“No,” she said.", id="one word"),
        pytest.param("“We go.”", "“It is.”", id="nothing but the quote"),
        pytest.param("Coun. Ruiz left.", "Coun  Ruiz left.", id="the stop of a title ends no sentence"),
    ],
)
def test_the_parser_sees_two_words_for_a_quote_that_is_a_sentence(text, seen):
    """Words that are part of the reporter's sentence stay, so that it can be parsed."""
    assert [paragraph.text for paragraph in masked(text)] == [seen]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        pytest.param("“We go now,” she said.", True, id="opens the text"),
        pytest.param("It rained.\n“We go now,” she said.", True, id="opens a paragraph"),
        pytest.param("She said: “We go now.”", True, id="behind a colon"),
        pytest.param("It rained. “We go now,” she said.", True, id="behind a sentence"),
        pytest.param("She said “we go now” twice.", False, id="inside a sentence"),
        pytest.param("She said, “No.”", False, id="a single word"),
    ],
)
def test_a_quote_stands_for_itself_where_a_sentence_could_begin(text, alone):
    """At a start, or behind a comma, a colon or a sentence's end; one word never does."""
    (quote,) = find_quotes(text)
    assert is_sentence_like(text, quote) is alone


@settings(deadline=None)
@given(DIRTY)
def test_every_masked_offset_maps_back_to_its_character(text):
    """Outside masked quotes it is the very character; inside, the start of the quote."""
    quotes = find_quotes(text)
    for paragraph in masked(text):
        for offset, character in enumerate(paragraph.text):
            original, quote = paragraph.locate(offset)
            if quote in paragraph.replaced:
                assert original == quotes[quote].start
            else:
                # The stop behind a title is hidden from the parser by a blank of the same length.
                assert text[original] == character or (text[original], character) == (".", " ")
                inside = [i for i, q in enumerate(quotes) if q.start <= original < q.end]
                assert inside == ([quote] if quote >= 0 else [])


def test_a_quote_past_the_cut_of_an_endless_paragraph_maps_back_too():
    """A paragraph that is cut for the parser may hold quotes behind the cut; none is misplaced."""
    text = "It rained. “We go now,” she said. “We stay here,” he said."
    quotes = list(enumerate(find_quotes(text)))
    paragraph = mask_paragraph(text, (0, 15), 0, quotes)
    for offset, character in enumerate(paragraph.text):
        original, quote = paragraph.locate(offset)
        assert (
            original == quotes[quote][1].start if quote in paragraph.replaced else text[original] == character
        )
