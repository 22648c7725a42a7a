"""French text as the model sees it: quotes masked, what is no text left out, offsets true."""

import pytest

from digests.analysis.languages.french.parse import FrenchParser
from digests.analysis.languages.french.speech import find_pieces
from digests.analysis.tokens import Parsed

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser() -> FrenchParser:
    return FrenchParser()


def parsed(parser: FrenchParser, text: str) -> Parsed:
    return parser.parse(text, find_pieces(text))


def test_a_quote_that_stands_for_itself_is_one_word_to_the_parser(parser: FrenchParser) -> None:
    """Its own words would split the reporter's sentence."""
    text = "« Il pleut. Il vente. Il neige », a déclaré Jeanne Morlet."
    words = [token.text for token in parsed(parser, text).tokens]
    assert words == ["oui", ",", "a", "déclaré", "Jeanne", "Morlet", "."]


def test_words_quoted_within_a_sentence_stay_without_marks(parser: FrenchParser) -> None:
    """The model takes « for a word."""
    words = [token.text for token in parsed(parser, "Elle dénonce « une faute » grave.").tokens]
    assert words == ["Elle", "dénonce", "une", "faute", "grave", "."]


def test_offsets_are_those_of_the_article(parser: FrenchParser) -> None:
    """Behind quotes, emoji and blanks that do not break."""
    text = "😀 « Il pleut. Il vente. »\u00a0Jeanne Morlet dénonce « une faute »."
    found = parsed(parser, text)
    outside = [token for token in found.tokens if token.end > token.start]
    assert all(text[token.start : token.end] == token.text for token in outside)
    assert [text[entity.start : entity.end] for entity in found.entities] == ["Jeanne Morlet"]


@pytest.mark.parametrize("unit", ["😀", "„", '"', "l'"])
def test_a_run_without_blanks_is_one_word(parser: FrenchParser, unit: str) -> None:
    """The tokenizer would take marks off one by one, in the square of their number."""
    text = f"Jeanne Morlet rit {unit * 5_000} et part."
    assert len(parsed(parser, text).tokens) < 12


def test_a_line_too_short_for_a_sentence_is_not_parsed(parser: FrenchParser) -> None:
    """A table of thousands of lines would be as many documents."""
    assert parsed(parser, "— a\n" * 100).tokens == ()
    assert len(parsed(parser, "Jeanne Morlet rit.\n" + "— a\n" * 100).sentences) == 1
