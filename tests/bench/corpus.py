"""Articles of which no two are alike: the bundled ones recombined, or those of a file."""

import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "seeds" / "gold.jsonl"
_GIVEN = (
    "Alma Benno Corin Dalia Edda Fergal Greta Hamo Isolde Jory Katrin Leif Marit Nesta Orla Piers Quill "
    "Runa Silas Thea Ulric Verena Wystan Ysolt"
).split()
_STEMS = "Ash Birch Cope Elm Farr Gram Holt Kell Lang Marr Nor Penn Quar Rook Stan Thorn Wend".split()
_ENDINGS = "acre bourne combe dale field ford gate hurst leigh mere ridge stead thwaite wick wold".split()
_TITLE_CHARS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article: its headline, and its paragraphs separated by newlines."""

    title: str
    text: str


def load_texts(path: Path, most: int) -> tuple[Text, ...]:
    """Return the first ``most`` articles of a JSONL file that has a field "text" in each line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Text(title=row.get("title") or row["text"].split("\n")[0][:_TITLE_CHARS], text=row["text"])
        for row in rows[:most]
    )


def make_texts(count: int) -> tuple[Text, ...]:
    """Return ``count`` articles, no two alike, in the manner of the bundled ones.

    Each joins the first half of one bundled article to the second half of another, all people renamed.
    """
    seeds = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return tuple(_make_text(seeds, number) for number in range(count))


def _make_text(seeds: Sequence[dict[str, Any]], number: int) -> Text:
    step, at = divmod(number, len(seeds))
    first, second = seeds[at], seeds[(at + step) % len(seeds)]
    opening, ending = first["text"].split("\n"), second["text"].split("\n")
    text = "\n".join([*opening[: len(opening) // 2], *ending[len(ending) // 2 :]])
    names = _new_names([*first["people"], *second["people"]], random.Random(number))
    title, text = (
        re.sub(r"\w+", lambda word: names.get(word[0], word[0]), old) for old in (first["title"], text)
    )
    return Text(title=f"{title} ({number})", text=text)


def _new_names(people: Iterable[str], dice: random.Random) -> dict[str, str]:
    """Return a new word for each word of the names: given names stay given names."""
    parts = [re.findall(r"\w+", name) for name in people]
    given = sorted({words[0] for words in parts})
    family = sorted({word for words in parts for word in words[1:]} - set(given))
    surnames = [stem + ending for stem in _STEMS for ending in _ENDINGS]
    pairs = (given, dice.sample(_GIVEN, len(given))), (family, dice.sample(surnames, len(family)))
    return {old: new for olds, news in pairs for old, new in zip(olds, news, strict=True)}
