"""Titles before names, and the names and places around them, through the real model."""

import pytest

from digests.analysis.engine import Engine

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param(
            "Premier Ana Ruiz and Health Minister Tom Vale met.",
            {"Ana Ruiz": "Premier", "Tom Vale": "Health Minister"},
            id="another's title and name before",
        ),
        pytest.param(
            "Prime Minister Ana Ruiz and Health and Trade Minister Tom Vale met.",
            {"Ana Ruiz": "Prime Minister", "Tom Vale": "Health and Trade Minister"},
            id="two portfolios behind another's title",
        ),
        pytest.param(
            "Trade, Industry and Energy Minister Ana Ruiz said it rained.",
            {"Ana Ruiz": "Trade, Industry and Energy Minister"},
            id="three portfolios, and no organisation of them",
        ),
        pytest.param(
            "Ana Ruiz was appointed minister of trade on Monday.",
            {"Ana Ruiz": "minister of trade"},
            id="appointed",
        ),
        pytest.param(
            "Ana Ruiz, deputy mayor and a cousin of Tom Vale, said it rained.",
            {"Ana Ruiz": "deputy mayor and a cousin of Tom Vale", "Tom Vale": None},
            id="an office beside a kinship",
        ),
        pytest.param(
            "The dad of jazz legend Oscar Vale said it rained.",
            {"Oscar Vale": "jazz legend"},
            id="of two, the nearer",
        ),
        pytest.param(
            "On Monday Ana Ruiz left the town.", {"Ana Ruiz": None}, id="behind a sentence's first word"
        ),
    ],
)
def test_everybody_has_their_own_title(engine: Engine, text: str, roles: dict[str, str | None]) -> None:
    """What stands before "and" may be the title's, or somebody else's."""
    assert {actor.name: actor.role for actor in engine.analyse(text).actors} == roles


@pytest.mark.parametrize(
    ("text", "speaker", "venue"),
    [
        pytest.param(
            "“We are glad to be home,” Ana Ruiz told reporters the story on Monday.",
            "Ana Ruiz", "told reporters the story", id="two objects, one place",
        ),
        pytest.param(
            "“We are glad to be home,” said Ana Ruiz at a rally on Monday.",
            "Ana Ruiz", "at a rally on Monday", id="behind the speaker",
        ),
    ],
)  # fmt: skip
def test_a_place_is_told_once_and_is_no_part_of_a_name(
    engine: Engine, text: str, speaker: str, venue: str
) -> None:
    """Wherever the parser hangs it."""
    (quote,) = engine.analyse(text).quotes
    assert (quote.speaker, quote.venue) == (speaker, venue)


def test_a_clause_may_take_up_its_own_subject(engine: Engine) -> None:
    """ "She" is Ana Ruiz where nobody else is named before it in the clause."""
    (actor,) = engine.analyse("Ana Ruiz closed the bridge, which she had built, in May.").actors
    assert actor.clause is not None
    assert actor.clause.text == "closed the bridge, which she had built, in May."
