"""The ruler itself: what it counts as found and as right."""

import pytest

from digests.model import Analysis, Quote, QuoteKind
from tests.eval.scoring import same_full, same_last, score_quotes

TEXT = "“We are ready to go tomorrow,” said Mayor Jane Doe."


def analysis(start: int, end: int, speaker: str) -> Analysis:
    quote = Quote(
        start=start,
        end=end,
        text=TEXT[start:end],
        kind=QuoteKind.DIRECT,
        speaker_resolved=speaker,
        confidence=0.9,
    )
    return Analysis(engine="test", language="en", quotes=(quote,))


GOLD = [{"start": 1, "end": 29, "speaker_ref": "Jane Doe"}]


@pytest.mark.parametrize(
    ("start", "end", "speaker", "found", "right", "full"),
    [
        pytest.param(1, 28, "Jane Doe", 1, 1, 1, id="right"),
        pytest.param(1, 28, "Doe", 1, 1, 0, id="half-name"),
        pytest.param(1, 28, "Sam Poe", 1, 0, 0, id="wrong-speaker"),
        pytest.param(1, 14, "Jane Doe", 0, 0, 0, id="half-the-quote"),
    ],
)
def test_a_quote_counts_where_span_and_speaker_agree(
    start: int, end: int, speaker: str, found: int, right: int, full: int
) -> None:
    """Four fifths of the characters in common make a quote found; its speaker counts apart."""
    counts = score_quotes(TEXT, GOLD, analysis(start, end, speaker), 0.5)
    assert (counts.found, counts.speaker, counts.full_name) == (found, right, full)


def test_titles_and_possessives_are_no_part_of_a_name() -> None:
    """Mayor Jane Doe is Jane Doe, and Doe's is Doe."""
    assert same_full("Mayor Jane Doe", "Jane Doe")
    assert same_last("Doe’s", "Jane Doe")
    assert not same_full("Doe", "Jane Doe")
