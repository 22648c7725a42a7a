"""Words that the article says were not, or not yet, said are nobody's quote."""

import pytest

from digests.analysis.engine import Engine
from digests.bullets import PRINTED_FROM

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We will raise taxes on every house in town,” Mayor Jane Doe never said.", id="never"),
        pytest.param("“We will raise taxes on every house,” Mayor Jane Doe did not say.", id="did-not"),
        pytest.param("“We will close every school,” Mayor Jane Doe could have said.", id="could-have"),
        pytest.param(
            "“I would vote for the bridge,” Mayor Jane Doe is expected to say on Friday.", id="not-yet"
        ),
    ],
)
def test_what_was_not_said_is_no_quote(engine: Engine, text: str) -> None:
    """A bullet with such words would put them into somebody's mouth."""
    assert engine.analyse(text).quotes == ()


def test_what_was_said_stays_a_quote(engine: Engine) -> None:
    """The same words, said, are hers."""
    (quote,) = engine.analyse("“We will raise taxes on every house in town,” Mayor Jane Doe said.").quotes
    assert quote.speaker_resolved == "Jane Doe"


def test_a_question_is_not_the_words_of_who_was_asked(engine: Engine) -> None:
    """Asked whether something is so, Jane Doe has not said that it is."""
    text = "Asked whether “the bridge is going to fall into the river,” Mayor Jane Doe laughed and left."
    assert not [quote for quote in engine.analyse(text).quotes if quote.confidence >= PRINTED_FROM]
