"""The ruler itself: what it counts as found and as right."""

from dataclasses import replace
from datetime import date

import pytest

from digests.model import Analysis, Quote, QuoteKind
from tests.eval.scoring import (
    Judged,
    calibration_error,
    same_full,
    same_last,
    score_details,
    score_quotes,
    score_statements,
)
from tools.spans import best_overlap

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


def test_reported_speech_is_counted_by_itself_and_in_four_words_or_more() -> None:
    """Quotes are no statements, and "The bridge", the piece before "Doe said", is nobody's mistake."""
    (whole,) = analysis(1, 28, "Jane Doe").quotes
    few = replace(whole, start=1, end=7, text=TEXT[1:7])
    both = Analysis(engine="test", language="en", quotes=(whole,), statements=(whole, few))
    counts = score_statements(TEXT, GOLD, both, 0.5)
    assert (counts.gold, counts.predicted, counts.found, counts.speaker) == (1, 1, 1, 1)
    assert score_statements(TEXT, GOLD, analysis(1, 28, "Jane Doe"), 0.5).found == 0


@pytest.mark.parametrize(
    ("gold", "overlap"),
    [
        pytest.param([(1, 11)], 0.5, id="half"),
        pytest.param([(1, 11), (1, 21)], 1.0, id="the best of two"),
        pytest.param([(30, 40)], 0.0, id="elsewhere"),
    ],
)
def test_the_best_overlap_is_with_the_nearest_label(gold: list[tuple[int, int]], overlap: float) -> None:
    """What a model of reported speech learns from: how much of a candidate is some label's."""
    assert best_overlap("x" * 50, gold, (1, 21)) == pytest.approx(overlap)


def test_a_detail_agrees_where_half_of_its_words_do() -> None:
    """A role with its office spelt out, a day as a date; what one of the two lacks is not right."""
    quote = replace(
        analysis(1, 28, "Jane Doe").quotes[0], role="Elm Gov.", said_on="Monday", said_date=date(2026, 3, 9)
    )
    gold = [GOLD[0] | {"role": "governor", "said_on": "Monday", "day": "2026-03-09", "venue": "at a rally"}]
    found = score_details(TEXT, gold, Analysis(engine="test", language="en", quotes=(quote,)))
    assert [(one.gold, one.predicted, one.right) for one in found.values()] == [
        (1, 1, 1),
        (1, 0, 0),
        (1, 1, 1),
    ]
    wrong = [gold[0] | {"role": "nurse", "day": "2026-03-02"}]
    found = score_details(TEXT, wrong, Analysis(engine="test", language="en", quotes=(quote,)))
    assert [one.right for one in found.values()] == [0, 0, 0]


def test_calibration_is_the_gap_between_sure_and_right() -> None:
    """Nine in ten right at 0.9 is no gap; half of them is one of four tenths."""
    rows = [Judged(confidence=0.9, right=number > 0) for number in range(10)]
    assert calibration_error(rows) == pytest.approx(0)
    assert calibration_error(
        [Judged(confidence=0.9, right=number > 4) for number in range(10)]
    ) == pytest.approx(0.4)


def test_titles_and_possessives_are_no_part_of_a_name() -> None:
    """Mayor Jane Doe is Jane Doe, and Doe's is Doe."""
    assert same_full("Mayor Jane Doe", "Jane Doe")
    assert same_last("Doe’s", "Jane Doe")
    assert not same_full("Doe", "Jane Doe")
