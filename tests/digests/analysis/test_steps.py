"""The parser and the entity recognizer, stepped through, do as spaCy's own loop does."""

import json
from pathlib import Path
from typing import Any

import pytest

from digests.analysis.parse import load_model
from digests.analysis.quotes import find_paragraphs
from digests.analysis.steps import step_through

pytestmark = pytest.mark.model

GOLD = Path(__file__).parents[3] / "seeds" / "gold.jsonl"


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The model as the parser loads it."""
    return load_model(exclude=["lemmatizer", "attribute_ruler"])[1]


def tagged(nlp: Any, texts: list[str]) -> list[Any]:
    """Return new docs of these texts, ready for the parser."""
    docs = [nlp.make_doc(text) for text in texts]
    for name in ("tok2vec", "tagger"):
        docs = list(nlp.get_pipe(name).pipe(docs))
    return docs


def annotated(doc: Any) -> list[tuple[object, ...]]:
    """Return all that the pipes say about a doc: each word's, then its sentences and entities."""
    words = [(t.text, t.tag_, t.dep_, t.head.i, t.is_sent_start, t.ent_type_, t.ent_iob_) for t in doc]
    bounds = [(sent.start, sent.end) for sent in doc.sents] if len(doc) else []
    return [*words, *bounds, *((ent.start, ent.end, ent.label_) for ent in doc.ents)]


def by_both(nlp: Any, texts: list[str]) -> tuple[list[Any], list[Any]]:
    """Return what stepping says about each text, and what spaCy's own loop does."""
    stepped, own = tagged(nlp, texts), tagged(nlp, texts)
    for name in ("parser", "ner"):
        step_through(nlp.get_pipe(name), stepped)
        own = list(nlp.get_pipe(name).pipe(own))
    return [annotated(doc) for doc in stepped], [annotated(doc) for doc in own]


@pytest.mark.parametrize(
    "line", [pytest.param(line, id=json.loads(line)["id"]) for line in GOLD.read_text().splitlines()[:6]]
)
def test_articles_are_parsed_as_by_spacys_own_loop(nlp: Any, line: str) -> None:
    """The same heads, labels, sentences and entities, paragraph by paragraph."""
    text = json.loads(line)["text"]
    stepped, own = by_both(nlp, [text[start:end] for start, end in find_paragraphs(text)])
    assert stepped == own
    assert any(any(row[-1] == "PERSON" for row in rows) for rows in stepped)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["Rain."], id="a word and a mark"),
        pytest.param(["Rain"], id="one word"),
        pytest.param(["", "Ana Ruiz met Tom Vale in Elm.", ""], id="docs without a word between others"),
        pytest.param([" ", "It rained."], id="nothing but a space"),
    ],
)
def test_the_shortest_texts_are_parsed_as_by_spacys_own_loop(nlp: Any, texts: list[str]) -> None:
    """Docs that are done before the first step, or after one, beside others that are not."""
    stepped, own = by_both(nlp, texts)
    assert stepped == own


@pytest.mark.parametrize("texts", [pytest.param([], id="no doc"), pytest.param(["", ""], id="empty docs")])
def test_without_a_word_there_is_nothing_to_do(nlp: Any, texts: list[str]) -> None:
    """The model is never asked."""
    docs = [nlp.make_doc(text) for text in texts]
    step_through(nlp.get_pipe("parser"), docs)
    assert [len(doc) for doc in docs] == [0] * len(texts)
