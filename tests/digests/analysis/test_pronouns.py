"""Whom "he", "she" and unnamed people mean, through the real model."""

import pytest

from digests.analysis.engine import Engine

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "President Douglas Wick wrote to Mayor Helen Tarrant. “It must be signed,” she said.",
            "Helen Tarrant", id="gender",
        ),
        pytest.param(
            "Mayor Paul Tarrant signed an order. The mayor’s order bars all searches. It also urges "
            "President Douglas Wick to leave. “We will not make stops for the president,” he said.",
            "Paul Tarrant", id="nobody speaks of himself by his office",
        ),
        pytest.param(
            "Paul Tarrant shut the bridge on Monday. He has a boat. On Christmas Day he plans to row. "
            "Asked what he would tell Mayor Douglas Wick about the bridge, he said: “Just listen to us.”",
            "Paul Tarrant", id="whom he was asked about is somebody else",
        ),
        pytest.param(
            "Paul Tarrant shut the bridge. Tarrant gave no reason. "
            "The news came as a shock to baker Douglas Wick, 50. “I had a shop full of bread,” he said.",
            "Douglas Wick", id="who was just introduced speaks next",
        ),
        pytest.param(
            "Paul Tarrant shut the bridge. A young woman was waiting at the gate. “I live there,” she said.",
            "A young woman", id="somebody without a name keeps none",
        ),
        pytest.param(
            "Vera Tarrant died on Monday. Her son, Paul Tarrant, told the news. "
            "“It was a good life,” Tarrant said in 1990.",
            "Vera Tarrant", id="a last name alone is no relative's",
        ),
        pytest.param(
            "The United Cannery and Cold-Chain Workers met. The UCCW said it was “an insult to all.”",
            "United Cannery and Cold-Chain Workers", id="an acronym",
        ),
        pytest.param(
            "Helen Tarrant said Paul Wick had told her “nobody will ever cross it.”", "Paul Wick",
            id="the last of a chain",
        ),
        pytest.param(
            "“Nobody will ever cross that bridge again.” — Ada Roe\n“I like to swim.”― Paul P. Wick",
            "Paul P. Wick", id="signed behind a dash, below another",
        ),
    ],
)  # fmt: skip
def test_a_mention_is_taken_for_the_right_one(engine: Engine, text: str, name: str) -> None:
    """Salience, gender, introductions, and what was said."""
    assert engine.analyse(text).quotes[-1].speaker_resolved == name
