"""Articles a CPU second of our engine, beside spaCy's full pipeline with the same model."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.corpus import Text, load_texts, make_texts
from tests.bench.processes import in_fresh_process
from tests.bench.table import Mark, Row

ARTICLES = 48
_MOST_FROM_FILE = 64
_ROUNDS = 6
Analyser = Callable[[Sequence[str]], object]


def measure(articles: Path | None = None) -> list[Row]:
    """Return the speed on ``articles`` (JSONL, the first 64 of it), else on articles made for it."""
    texts = make_texts(ARTICLES) if articles is None else load_texts(articles, _MOST_FROM_FILE)
    ours, piped, single = in_fresh_process(_seconds, texts)
    words = sum(len(text.text.split()) for text in texts)
    return [
        Row(what="different articles", value=len(texts), unit=f"of {words / len(texts):.0f} words"),
        Row(what="our engine", value=len(texts) / ours, unit="articles/CPU s",
            ratio=piped / ours, beside="nlp.pipe", mark=Mark(limit=1, at_least=True)),
        Row(what="our engine", value=words / ours, unit="words/CPU s",
            ratio=single / ours, beside="nlp(text)"),
        Row(what="spaCy's full pipeline, nlp.pipe", value=len(texts) / piped, unit="articles/CPU s"),
        Row(what="spaCy's full pipeline, nlp.pipe", value=words / piped, unit="words/CPU s"),
        Row(what="spaCy's full pipeline, nlp(text)", value=len(texts) / single, unit="articles/CPU s"),
        Row(what="spaCy's full pipeline, nlp(text)", value=words / single, unit="words/CPU s"),
    ]  # fmt: skip


def _seconds(texts: Sequence[Text]) -> list[float]:
    """Return each analyser's CPU seconds over all texts; they take turns, and none meets a text twice."""
    analysers = _make_analysers()
    for analyser in analysers:
        analyser([texts[0].text[:2000]])
    spent = [0.0] * len(analysers)
    for turn in range(_ROUNDS):
        some = [text.text for text in texts[turn::_ROUNDS]]
        for place in range(len(analysers)):
            number = (turn + place) % len(analysers)
            began = time.process_time()
            analysers[number](some)
            spent[number] += time.process_time() - began
    return spent


def _make_analysers() -> tuple[Analyser, ...]:
    from digests.analysis.engine import Engine
    from digests.analysis.parse import load_model

    # Loaded first, so that it multiplies as it does out of the box: the engine changes that.
    _, nlp = load_model()
    engine = Engine()
    return (
        lambda texts: [engine.analyse(text) for text in texts],
        lambda texts: list(nlp.pipe(texts)),
        lambda texts: [nlp(text) for text in texts],
    )
