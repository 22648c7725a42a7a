"""Whose words a document's are."""

import pytest

from digests.analysis.cast import Cast
from digests.analysis.issuers import court_of, issued_before, makers_of
from digests.analysis.pronouns import make_cast
from digests.model import ActorKind
from tests.make import make_parsed, make_person


def cast_of(text: str, *sentences: str) -> Cast:
    """Return a cast of nobody."""
    return make_cast(make_parsed(text, *sentences), [])


def makers(cast: Cast, word: str) -> list[tuple[str, float]]:
    """Return the words of those who may have made the first document of that name."""
    document = next(token for token in cast.parsed.tokens if token.text == word)
    return [(token.text, sure) for token, sure in makers_of(cast, document)]


@pytest.mark.parametrize(
    ("text", "rows", "found"),
    [
        pytest.param(
            "A report by the board held.",
            "A/DT/det/1 report/NN/nsubj/5 by/IN/prep/1 the/DT/det/4 board/NN/pobj/2 held/VBD/ROOT/5"
            " ././punct/5",
            [("board", 0.85)], id="by somebody",
        ),
        pytest.param(
            "A report on the board held.",
            "A/DT/det/1 report/NN/nsubj/5 on/IN/prep/1 the/DT/det/4 board/NN/pobj/2 held/VBD/ROOT/5"
            " ././punct/5",
            [], id="not on somebody",
        ),
        pytest.param(
            "The board’s report held.",
            "The/DT/det/1 board/NN/poss/3 ’s/POS/case/1 report/NN/nsubj/4 held/VBD/ROOT/4 ././punct/4",
            [("board", 0.85)], id="somebody's",
        ),
        pytest.param(
            "A report that the board posted held.",
            "A/DT/det/1 report/NN/nsubj/6 that/WDT/dobj/5 the/DT/det/4 board/NN/nsubj/5 posted/VBD/relcl/1"
            " held/VBD/ROOT/6 ././punct/6",
            [("board", 0.85)], id="that somebody posted",
        ),
        pytest.param(
            "A report that the board read held.",
            "A/DT/det/1 report/NN/nsubj/6 that/WDT/dobj/5 the/DT/det/4 board/NN/nsubj/5 read/VBD/relcl/1"
            " held/VBD/ROOT/6 ././punct/6",
            [], id="not that somebody read",
        ),
        pytest.param(
            "A report that put it plainly held.",
            "A/DT/det/1 report/NN/nsubj/6 that/WDT/nsubj/3 put/VBD/relcl/1 it/PRP/dobj/3 plainly/RB/advmod/3"
            " held/VBD/ROOT/6 ././punct/6",
            [], id="not the report itself",
        ),
        pytest.param(
            "A report that stirred Elm, published by the board, held.",
            "A/DT/det/1 report/NN/nsubj/11 that/WDT/nsubj/3 stirred/VBD/relcl/1 Elm/NNP/dobj/3 ,/,/punct/1"
            " published/VBN/acl/1 by/IN/agent/6 the/DT/det/9 board/NN/pobj/7 ,/,/punct/1 held/VBD/ROOT/11"
            " ././punct/11",
            [("board", 0.85)], id="published by somebody",
        ),
        pytest.param(
            "In a statement, Ruiz said no.",
            "In/IN/prep/5 a/DT/det/2 statement/NN/pobj/0 ,/,/punct/5 Ruiz/NNP/nsubj/5 said/VBD/ROOT/5"
            " no/UH/intj/5 ././punct/5",
            [("Ruiz", 0.75)], id="who speaks in it",
        ),
        pytest.param(
            "Ruiz signed an order.",
            "Ruiz/NNP/nsubj/1 signed/VBD/ROOT/1 an/DT/det/3 order/NN/dobj/1 ././punct/1",
            [("Ruiz", 0.75)], id="who signs it",
        ),
        pytest.param(
            "After a statement, Ruiz said no.",
            "After/IN/prep/5 a/DT/det/2 statement/NN/pobj/0 ,/,/punct/5 Ruiz/NNP/nsubj/5 said/VBD/ROOT/5"
            " no/UH/intj/5 ././punct/5",
            [], id="not who speaks after it",
        ),
        pytest.param(
            "In a statement from the board, Ruiz said no.",
            "In/IN/prep/8 a/DT/det/2 statement/NN/pobj/0 from/IN/prep/2 the/DT/det/5 board/NN/pobj/3"
            " ,/,/punct/8 Ruiz/NNP/nsubj/8 said/VBD/ROOT/8 no/UH/intj/8 ././punct/8",
            [("board", 0.85), ("Ruiz", 0.75)], id="whose it is told to be, then who speaks in it",
        ),
    ],
)  # fmt: skip
def test_a_document_is_whose_the_article_says_it_is(text, rows, found):
    """The noun phrase names its maker, or the clause does."""
    word = next(word for word in ("report", "statement", "order") if word in text)
    assert makers(cast_of(text, rows), word) == found


BOARD = "The/DT/det/1 board/NN/nsubj/2 wrote/VBD/ROOT/2 a/DT/det/4 report/NN/dobj/2 ././punct/2"
COUNCIL = "The/DT/det/1 council/NN/nsubj/2 wrote/VBD/ROOT/2 a/DT/det/4 report/NN/dobj/2 ././punct/2"
IT = "It/PRP/nsubj/1 wrote/VBD/ROOT/1 a/DT/det/3 report/NN/dobj/1 ././punct/1"
LETTER = "The/DT/det/1 mayor/NN/nsubj/2 wrote/VBD/ROOT/2 a/DT/det/4 letter/NN/dobj/2 ././punct/2"
HELD = "The/DT/det/1 report/NN/nsubj/2 held/VBD/ROOT/2 ././punct/2"


@pytest.mark.parametrize(
    ("text", "sentences", "maker"),
    [
        pytest.param(
            "The board wrote a report. The council wrote a report. The report held.", (BOARD, COUNCIL, HELD),
            "council", id="the latest",
        ),
        pytest.param(
            "The board wrote a report. The mayor wrote a letter. The report held.", (BOARD, LETTER, HELD),
            "board", id="not of another document",
        ),
        pytest.param(
            "The board wrote a report. It wrote a report. The report held.", (BOARD, IT, HELD),
            "board", id="a pronoun names nobody",
        ),
        pytest.param(
            "The board wrote a report. “The council’s report fell.” The report held.",
            (BOARD, "“/``/punct/5 The/DT/det/2 council/NN/poss/4 ’s/POS/case/2 report/NN/nsubj/5"
             " fell/VBD/ROOT/5 ././punct/5 ”/''/punct/5", HELD),
            "board", id="not whom somebody else's words name",
        ),
        pytest.param(
            "The mayor wrote a letter. The report held.", (LETTER, HELD), None, id="nobody made such a one",
        ),
    ],
)  # fmt: skip
def test_the_report_is_by_who_made_a_report_before(text, sentences, maker):
    """The same kind of document, made outside quotes, the last one."""
    cast = cast_of(text, *sentences)
    head = next(token for token in cast.parsed.sentence(len(sentences) - 1) if token.text == "report")
    found = issued_before(cast, head)
    assert (found.text if found is not None else None) == maker


@pytest.mark.parametrize(
    ("noun", "court"),
    [
        pytest.param("ruling", "Elm Court", id="a ruling"),
        pytest.param("verdict", "Elm Court", id="a verdict"),
        pytest.param("report", None, id="not a report"),
    ],
)
def test_a_ruling_is_the_courts_that_was_named_last(noun, court):
    """Courts rule; nobody else's documents are theirs."""
    text = f"Supreme Court met. Elm Court met. Oak Rail shrank. The {noun} held."
    parsed = make_parsed(
        text,
        "Supreme/NNP/compound/1 Court/NNP/nsubj/2 met/VBD/ROOT/2 ././punct/2",
        "Elm/NNP/compound/1 Court/NNP/nsubj/2 met/VBD/ROOT/2 ././punct/2",
        "Oak/NNP/compound/1 Rail/NNP/nsubj/2 shrank/VBD/ROOT/2 ././punct/2",
        f"The/DT/det/1 {noun}/NN/nsubj/2 held/VBD/ROOT/2 ././punct/2",
    )
    names = ("Supreme Court", "Elm Court", "Oak Rail")
    cast = make_cast(parsed, [make_person(text, name, kind=ActorKind.ORGANIZATION) for name in names])
    found = court_of(cast, next(token for token in parsed.tokens if token.text == noun))
    assert (found.name if found is not None else None) == court
