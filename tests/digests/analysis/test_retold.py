"""How a digest prints reported speech: a clause that reads on from the name, or the whole sentence."""

import pytest

from digests.analysis.engine import Engine

pytestmark = pytest.mark.model


def clauses(engine: Engine, text: str) -> list[tuple[str, bool]]:
    """Return each clause that can be printed, and whether it reads on from the name."""
    found = [(one.clause, one.predicate) for one in engine.analyse(text).statements]
    return [(clause.text, predicate) for clause, predicate in found if clause is not None]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param(
            "Mayor Jane Doe told the council on Monday that taxes would fall next year.",
            "told the council on Monday that taxes would fall next year.",
            id="to the sentence's end",
        ),
        pytest.param(
            "Mayor Jane Doe has also said taxes would fall next year.",
            "has also said taxes would fall next year.",
            id="with its auxiliary",
        ),
        pytest.param(
            "Jane Doe, the mayor of Elm, said that taxes would fall next year, and Tom Roe left.",
            "said that taxes would fall next year",
            id="to the content's end",
        ),
        pytest.param(
            "Jane Doe said that taxes would fall next year, but the ferry would cost more.",
            "said that taxes would fall next year, but the ferry would cost more.",
            id="past a but",
        ),
        pytest.param(
            "Jane Doe denied that taxes would rise next year.",
            "denied that taxes would rise next year.",
            id="a denial",
        ),
        pytest.param(
            "Jane Doe said the bridge was “a disgrace” and would be closed on Friday.",
            "said the bridge was “a disgrace” and would be closed on Friday.",
            id="with quoted words in it",
        ),
    ],
)
def test_a_clause_reads_on_from_the_name(engine: Engine, text: str, clause: str) -> None:
    """Name and clause are one sentence, in the article's words."""
    assert clauses(engine, text) == [(clause, True)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Taxes will fall next year, Mayor Jane Doe said on Monday.", id="attribution behind"),
        pytest.param("The new bridge, Jane Doe said, will open to buses in the spring.", id="in the middle"),
        pytest.param("According to Jane Doe, the new bridge will open in the spring.", id="at the start"),
    ],
)
def test_a_sentence_keeps_its_attribution(engine: Engine, text: str) -> None:
    """A reader sees that the words are the reporter's."""
    assert clauses(engine, text) == [(text, False)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Tom Roe left. Jane Doe said that he was not in the hall on Monday.", id="he"),
        pytest.param("The pier is old. Jane Doe said that it would be closed in the spring.", id="it"),
        pytest.param("Two men left. Jane Doe said that the council would not pay them again.", id="them"),
        pytest.param("The pier is old. Jane Doe said that this was bad for the town.", id="this"),
        pytest.param("Tom Roe read a poem that Jane Doe said was written in the spring.", id="no subject"),
        pytest.param("But taxes will fall next year, Mayor Jane Doe said.", id="but"),
        pytest.param("Jane Doe left the hall, saying that she would not come back.", id="no finite verb"),
        pytest.param("A poll found that most voters want a new bridge.", id="a poll is no actor"),
    ],
)
def test_what_leans_on_other_sentences_is_not_printed(engine: Engine, text: str) -> None:
    """The statement is found, but it has no clause: alone it would be a riddle, or wrong."""
    assert len(engine.analyse(text).statements) == 1
    assert clauses(engine, text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe said she would not stand for mayor again.", id="the speaker herself"),
        pytest.param("Jane Doe said the pier was old and that it would be closed.", id="named before"),
        pytest.param("Jane Doe said it would be wrong to close the pier.", id="it means nothing"),
    ],
)
def test_a_pronoun_whose_meaning_is_printed_does_no_harm(engine: Engine, text: str) -> None:
    """The speaker, something that the clause names itself, or an empty "it"."""
    assert len(clauses(engine, text)) == 1


def test_a_clause_is_not_printed_without_the_marks_it_opened(engine: Engine) -> None:
    """An article that forgot to close a quotation mark gives no clause with half of it."""
    for text, _ in clauses(engine, "Jane Doe said the bridge was “a disgrace and would be closed on Friday."):
        assert text.count("“") == text.count("”")
