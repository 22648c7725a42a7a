"""[io] ``onrecord analyze``: articles as JSON lines in, who said what as JSON lines out, in order."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TextIO

from digests.analysis.engine import Engine
from digests.model import Actor, Analysis, Quote

_QUOTE_FIELDS = (
    "start", "end", "text", "kind", "speaker", "speaker_start", "speaker_end", "speaker_resolved",
    "role", "cue", "venue", "said_on", "confidence",
)  # fmt: skip


def analyze_lines(lines: Iterable[bytes], out: TextIO) -> None:
    """Write a line for each line; a bad one gets an error with its id, and the rest goes on."""
    engine: Engine | None = None
    for line in lines:
        if not line.strip():
            continue
        engine = engine or Engine()
        out.write(_written(_answer(engine, line), out.encoding) + "\n")
        out.flush()


def _written(answer: dict[str, Any], encoding: str | None) -> str:
    """Return an answer as JSON that ``encoding`` can carry: what it cannot is escaped, as JSON may be."""
    written = json.dumps(answer, ensure_ascii=False)
    try:
        written.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(answer)
    return written


def _answer(engine: Engine, line: bytes) -> dict[str, Any]:
    """Return the analysis of one line, or what is wrong with it."""
    identity = None
    try:
        article = json.loads(line)
        if not isinstance(article, dict):
            raise ValueError("a line holds one JSON object")
        identity = article.get("id")
        text = article.get("text")
        if not isinstance(text, str):
            raise ValueError('"text" is missing, or no string')
        byline = article.get("byline")
        analysis = engine.analyse(
            text, byline=byline if isinstance(byline, str) else "", published=_time(article.get("published"))
        )
    except (ValueError, RecursionError) as error:
        return {"id": identity, "error": str(error)}
    return _record(identity, analysis)


def _time(published: object) -> datetime | None:
    """Return an ISO 8601 time; whatever else stands there leaves the days in the text as printed."""
    try:
        return datetime.fromisoformat(str(published))
    except ValueError:
        return None


def _record(identity: object, analysis: Analysis) -> dict[str, Any]:
    return {
        "id": identity,
        "language": analysis.language,
        "actors": [_actor(actor) for actor in analysis.actors],
        "quotes": [_quote(quote) for quote in analysis.quotes],
        "statements": [_quote(quote) for quote in analysis.statements],
        "seconds": round(analysis.seconds, 6),
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role,
        "aliases": list(actor.aliases),
        "mentions": [list(mention) for mention in actor.mentions],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    values = asdict(quote)
    if quote.said_date is not None:
        values["said_on"] = quote.said_date.isoformat()
    return {name: values[name] for name in _QUOTE_FIELDS}
