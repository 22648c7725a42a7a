"""Reads the labelled articles of ``tests/golden/tongues``: marks in the text say who says what."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "golden" / "tongues"
_LABEL = re.compile(r"(?P<open>\{\{|\[\[)(?P<who>[^|\]}]*)\|(?P<words>.*?)(?:\}\}|\]\])", re.DOTALL)
_HEAD = re.compile(r"(?P<key>people|published): (?P<value>.*)\n")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and what is said in it, as ``tests/eval/scoring.py`` takes it."""

    text: str
    people: tuple[str, ...]
    published: date | None
    quotes: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]


def load_all(language: str) -> list[Labelled]:
    """Return the articles of a language."""
    return [load(path) for path in sorted(FOLDER.glob(f"{language}_*.txt"))]


def load(path: Path) -> Labelled:
    """Return the article of a file."""
    body = path.read_text(encoding="utf-8")
    head: dict[str, str] = {}
    while (line := _HEAD.match(body)) is not None:
        head[line["key"]] = line["value"]
        body = body[line.end() :]
    text, position = "", 0
    found: dict[str, list[dict[str, Any]]] = {"{{": [], "[[": []}
    for label in _LABEL.finditer(body):
        text += body[position : label.start()]
        start, text = len(text), text + label["words"]
        who = None if label["who"] == "?" else label["who"]
        found[label["open"]].append({"start": start, "end": len(text), "speaker_ref": who})
        position = label.end()
    published = date.fromisoformat(head["published"]) if "published" in head else None
    people = tuple(head["people"].split("; "))
    return Labelled(text + body[position:], people, published, tuple(found["{{"]), tuple(found["[["]))
