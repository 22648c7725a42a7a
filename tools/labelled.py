"""Labelled articles, parsed as the engine parses them, with each quote's gold speaker.

A line of a labelled file is ``{"id", "text", "quotes": [{"start", "end", "speaker", "speaker_start",
"speaker_end", "speaker_ref"?}], "contents"?: [{"start", "end"}]}``, offsets in characters; ``contents`` is
all that is reported, quoted or not.
"""

import json
import pickle
import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from digests.analysis.cues import find_cues
from digests.analysis.parse import Parser
from digests.analysis.quotes import QuotedSpan, find_quotes
from digests.analysis.scene import Scene, set_scene
from digests.analysis.tokens import Parsed, Token
from tools.spans import match_spans

_NO_NAMES = frozenset("said says added wrote told".split())
"""What some labels have in place of the speaker, the cue and the name having been swapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article's scene, the gold of each of its quotes by the quote's number, and all reported contents."""

    id: str
    scene: Scene
    gold: Mapping[int, dict[str, Any]]
    contents: Sequence[tuple[int, int]] = ()


def read_labelled(path: Path, cache: Path) -> list[Labelled]:
    """Return the articles of a file, parsed in two processes; parses are kept in the folder ``cache``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    key = sha256(path.read_bytes() + _parser_sources()).hexdigest()[:16]
    kept = cache / f"{path.stem}-{key}.pickle"
    if kept.exists():
        parses = pickle.loads(kept.read_bytes())
    else:
        with get_context("spawn").Pool(2) as pool:
            parses = pool.map(_parse, [json.loads(line)["text"] for line in lines], chunksize=8)
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(parses))
    return [_label(json.loads(line), *parse) for line, parse in zip(lines, parses, strict=True)]


def _parser_sources() -> bytes:
    folder = Path(__file__).parents[1] / "digests" / "analysis"
    return b"".join((folder / f"{name}.py").read_bytes() for name in ("quotes", "mask", "parse", "tokens"))


_parser: list[Parser] = []


def _parse(text: str) -> tuple[Sequence[QuotedSpan], Parsed]:
    if not _parser:
        _parser.append(Parser())
    quotes = find_quotes(text)
    return quotes, _parser[0].parse(text, quotes)


def _label(article: dict[str, Any], quotes: Sequence[QuotedSpan], parsed: Parsed) -> Labelled:
    scene = set_scene(parsed, quotes, find_cues(parsed))
    contents = [(one["start"], one["end"]) for one in article.get("contents", ())]
    return Labelled(id=article["id"], scene=scene, gold=_gold(article, quotes), contents=contents)


def _gold(article: dict[str, Any], quotes: Sequence[QuotedSpan]) -> dict[int, dict[str, Any]]:
    """Return each found quote's gold one, by the quote's number."""
    theirs = [(quote["start"], quote["end"]) for quote in article["quotes"]]
    matched = match_spans(article["text"], theirs, [(quote.start, quote.end) for quote in quotes])
    return {ours: article["quotes"][gold] for gold, ours in matched}


def has_speaker(gold: dict[str, Any]) -> bool:
    """Return whether the label names a speaker by its place in the text."""
    return gold.get("speaker_start") is not None and gold["speaker"].lower() not in _NO_NAMES


def gold_candidate(parsed: Parsed, candidates: Sequence[Token], gold: dict[str, Any] | None) -> int | None:
    """Return which candidate is the gold speaker: the head of the gold mention; ``None`` where none is."""
    if gold is None or not has_speaker(gold):
        return None
    start, end = gold["speaker_start"], gold["speaker_end"]
    inside = [k for k, token in enumerate(candidates) if start <= token.start < end]
    for k in inside:
        head = parsed.head(candidates[k])
        if not start <= head.start < end or head.i == candidates[k].i:
            return k
    return inside[0] if inside else None


def with_shorter_paragraphs(article: Labelled, dice: random.Random) -> Labelled:
    """Return the article as an agency would set it: some quotes begin a paragraph of their own.

    Labelled political news keeps a speaker's sentences together, agencies give each a paragraph; a
    ranker must know both.
    """
    parsed, quotes = article.scene.parsed, article.scene.quotes
    starts = {sentence[0] for sentence in parsed.sentences}
    cuts = []
    for index, (first, _) in article.scene.words.items():
        opening = first - 1 if first and parsed.tokens[first - 1].quote < 0 else first
        inside = article.scene.paragraphs[quotes[index].paragraph][0] < opening
        if opening in starts and inside and dice.random() < 0.5:
            cuts.append(opening)
    tokens = tuple(
        replace(token, paragraph=token.paragraph + bisect_right(cuts, token.i)) for token in parsed.tokens
    )
    moved = replace(parsed, tokens=tokens)
    spans = [
        replace(quote, paragraph=tokens[article.scene.words[i][0]].paragraph)
        if i in article.scene.words
        else quote
        for i, quote in enumerate(quotes)
    ]
    return Labelled(id=article.id, scene=set_scene(moved, spans, find_cues(moved)), gold=article.gold)
