"""Whom "he", "she" and unnamed people mean, through the real model."""

import pytest

from digests.analysis.engine import Engine
from digests.bullets import PRINTED_FROM

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
        pytest.param(
            "“It rained for nine days,” she recalls. Helen Tarrant, a nurse, came home in May.",
            "Helen Tarrant", id="named behind the quote that opens the article",
        ),
        pytest.param(
            "Paul Wick spoke. In a statement that the Harbour Board posted, the bridge was described. "
            "The statement calls it “a great day for all of us.”",
            "Harbour Board", id="a statement that somebody posted",
        ),
        pytest.param(
            "The Harbour Board wrote a report. Elm College wrote a report on Monday. "
            "The report calls it “a great day for all of us.”",
            "Elm College", id="the latest report",
        ),
        pytest.param(
            "The Supreme Court met on Monday. Oak Rail was glad. "
            "The ruling calls it “a great day for all of us.”",
            "Supreme Court", id="a ruling is the court's",
        ),
        pytest.param(
            "A report by the Harbour Board calls it “a great day for all of us.”", "Harbour Board",
            id="a report by somebody",
        ),
        pytest.param(
            "A statement by the Harbour Board. “We are glad to be home,” it says.", "Harbour Board",
            id="it is the document before",
        ),
        pytest.param(
            "“It rained for nine days,” said a nurse named Helen Tarrant.", "Helen Tarrant", id="named so",
        ),
        pytest.param(
            "“We are glad to be home,” Helen Tarrant and Paul Wick said.", "Helen Tarrant and Paul Wick",
            id="two speak together",
        ),
        pytest.param(
            "Paul Wick spoke to an analyst at a bank in Elm. “It rained,” the analyst said.",
            "an analyst at a bank in Elm", id="somebody without a name, as introduced",
        ),
        pytest.param(
            "Premier Paul Wick met Oak Rail. “We are glad,” the premier’s office said.",
            "the premier’s office", id="somebody's office is nobody named before",
        ),
        pytest.param(
            "Oak Rail lost money. “We are glad,” the company said.", "Oak Rail", id="the company",
        ),
    ],
)  # fmt: skip
def test_a_mention_is_taken_for_the_right_one(engine: Engine, text: str, name: str) -> None:
    """Salience, gender, introductions, and what was said."""
    assert engine.analyse(text).quotes[-1].speaker_resolved == name


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        pytest.param(
            "Helen Tarrant met Paul Wick. “We are home,” Tarrant said.", True, id="one bears the name"
        ),
        pytest.param("Helen Tarrant met Paul Tarrant. “We are home,” Tarrant said.", False, id="two do"),
        pytest.param("“We are glad to be home,” The Long Way says.", False, id="what is named may be a work"),
    ],
)
def test_a_name_that_could_mean_another_is_doubtful(engine: Engine, text: str, sure: bool) -> None:
    """A digest prints no name that it is not sure of."""
    (quote,) = engine.analyse(text).quotes
    assert (quote.confidence >= PRINTED_FROM) is sure
