"""What other scripts do unlike Latin: write from the right, need no spaces, draw one character as several.

A reader's character is a grapheme cluster of Unicode's annex 29: a letter with its accents, a flag, a family
of joined emoji.
"""

import re
from functools import cache
from typing import Any
from unicodedata import bidirectional

# Scripts whose letters have a strong direction from the right, and what stands among them.
_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Kana and Han; behind them Thai, Lao, Burmese and Khmer, where only a dictionary knows where a word ends.
_BREAKS = (
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_IDEOGRAPHIC = re.compile(f"[{_BREAKS}]")
_WITHOUT_SPACES = re.compile(f"[{_BREAKS}{_UNSPACED}]")
_ASIAN = re.compile(f"[{_BREAKS}\u3000-\u303f\uff00-\uff60]")

UNSPACED_LANGUAGES = frozenset(("ja", "zh", "th", "lo", "my", "km"))
"""Languages written without spaces between words, by their ISO 639-1 codes."""

FROM_RIGHT_LANGUAGES = frozenset(("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))

# A word of these scripts has about so many characters.
_CHARACTERS_A_WORD = {True: 2, False: 4}


def is_from_right(text: str) -> bool:
    """Return whether a letter of ``text`` is written from the right."""
    found = _FROM_RIGHT.search(text)
    return found is not None and any(direction(char) == "R" for char in text[found.start() :])


def direction(char: str) -> str:
    """Return ``"L"`` or ``"R"`` for a letter of that direction, else an empty string: digits, marks."""
    kind = bidirectional(char)
    return "R" if kind in ("R", "AL") else "L" if kind == "L" else ""


def reads_from_right(text: str) -> bool:
    """Return whether most letters of ``text`` are written from the right."""
    directions = [direction(char) for char in text] if _FROM_RIGHT.search(text) else []
    return directions.count("R") > directions.count("L")


def stands_among_ideographs(char: str) -> bool:
    """Return whether ``char`` is Han, kana or a mark as wide as they are."""
    return _ASIAN.match(char) is not None


def is_unspaced(text: str) -> bool:
    """Return whether most of ``text`` is written without spaces between words."""
    letters = len(_WITHOUT_SPACES.findall(text))
    return letters > 0 and 2 * letters > sum(map(str.isalpha, text))


def estimate_words(text: str) -> int:
    """Return about how many words ``text`` has; where nothing parts them, by their usual length."""
    if not _WITHOUT_SPACES.search(text):
        return len(text.split())
    ideographs = len(_IDEOGRAPHIC.findall(text))
    others = len(_WITHOUT_SPACES.findall(text)) - ideographs
    rest = len(_WITHOUT_SPACES.sub(" ", text).split())
    return ideographs // _CHARACTERS_A_WORD[True] + others // _CHARACTERS_A_WORD[False] + rest


def room(text: str) -> int:
    """Return how much room ``text`` takes, in Latin letters: Han, kana and what belongs to them take two."""
    return len(text) + len(_ASIAN.findall(text))


def fitting(text: str, most: int) -> int:
    """Return how many characters of ``text`` have ``most`` room."""
    if room(text[:most]) == len(text[:most]):
        return len(text[:most])
    used = 0
    for at, char in enumerate(text):
        used += room(char)
        if used > most:
            return at
    return len(text)


def whole_character(text: str, at: int) -> int:
    """Return the last place up to ``at`` that lies between two characters as a reader sees them."""
    if at <= 0 or at >= len(text) or text[at - 1 : at + 1].isascii():
        return at
    end = 0
    for found in _clusters().finditer(text):
        if found.end() > at:
            return end
        end = found.end()
    return at


@cache
def _clusters() -> Any:
    # Imported here: only what is too long is cut, and regex takes 16 ms to load.
    import regex

    return regex.compile(r"\X")
