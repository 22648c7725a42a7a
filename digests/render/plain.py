"""Text from the web made fit to be read: nothing invisible in it, and no longer than allowed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from digests.document import Line, Run
from digests.scripts import whole_character

ELLIPSIS = "…"

# Letters and marks that are drawn as nothing, though Unicode does not call them format characters.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Format characters that are drawn: Unicode's Prepended_Concatenation_Mark property.
_DRAWN_FORMAT = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_JOINERS = frozenset("\u200c\u200d")
# Persian and Indic words and joined emoji are spelt with joiners; Latin words only hide behind them.
_JOINED = frozenset(("Lo", "Mn", "Mc", "So", "Sk", "Sm"))
# White space but for a single plain space, which is most of it and stays.
_SPACES = re.compile(r"[^\S ]\s*| \s+")
_NO_BREAK = frozenset("\u00a0\u202f")
# Beside these, and between figures, French sets no-break spaces; elsewhere they are a page's way to indent.
_BESIDE_NO_BREAK = frozenset("«»‹›;:!?%‰€$£")
_SAFE = re.compile(r"[ -~]*")


def clean(text: str) -> str:
    """Return ``text`` in NFC without control, zero-width and bidi characters, on one line.

    Every run of whitespace, newlines included, becomes one space, and a no-break one only where French
    sets it; spaces at the ends stay, so that runs of a line can be cleaned one by one. Zero-width
    joiners stay inside words and emoji that are spelt with them. Lone surrogates and noncharacters,
    which no wire carries, go.
    """
    if _SAFE.fullmatch(text):
        return _SPACES.sub(" ", text)
    text = _SPACES.sub(_space, text)
    text = "".join(char for at, char in enumerate(text) if _is_drawn(char) or _joins(text, at))
    return _SPACES.sub(_space, unicodedata.normalize("NFC", text))


def clean_line(line: Line) -> Line:
    """Return the runs of ``line`` that have something to read, cleaned, one space at most between words."""
    runs: list[Run] = []
    for run in line:
        text = clean(run.text)
        if not runs or runs[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            runs.append(replace(run, text=text))
    while runs and not (text := runs[-1].text.rstrip(" ")):
        runs.pop()
    return (*runs[:-1], replace(runs[-1], text=text)) if runs else ()


def _space(found: re.Match[str]) -> str:
    """Return the one space that stands for a run of them."""
    if found[0] not in _NO_BREAK:
        return " "
    start, end = found.span()
    before, after = found.string[max(start - 1, 0) : start], found.string[end : end + 1]
    held = {before, after} & _BESIDE_NO_BREAK or (before.isdigit() and after.isdigit())
    return found[0] if held else " "


def _is_drawn(char: str) -> bool:
    """Return whether a reader sees ``char``, or the space that it is."""
    if char in _BLANK or ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef":
        return False
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs") or char in _DRAWN_FORMAT


def _joins(text: str, at: int) -> bool:
    """Return whether the character at ``at`` is a joiner between two letters or emoji that need it."""
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    return all(unicodedata.category(text[near]) in _JOINED for near in (at - 1, at + 1))


def units(text: str) -> int:
    """Return how long ``text`` is in UTF-16 code units: an emoji or a rare character is two."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, max_chars: int, size: Callable[[str], int] = len) -> str:
    """Return ``text`` if it fits, else its beginning up to a word, with ``…`` behind it.

    ``size`` measures what counts against ``max_chars``, such as the length after escaping; it must
    grow with the text and be no less than its characters. A beginning without a space in its
    second half (one endless word, or a script without spaces) is cut between characters. Empty
    where not even ``…`` fits.
    """
    if len(text) <= max_chars and size(text) <= max_chars:
        return text
    if size(ELLIPSIS) > max_chars:
        return ""
    end = _longest(text[:max_chars], lambda part: size(part + ELLIPSIS) <= max_chars)
    return text[: _cut_at(text, end)].rstrip(" ,;:–—-") + ELLIPSIS


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    """Return the length of the longest beginning of ``text`` that fits, by bisection."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    return low


def _cut_at(text: str, end: int) -> int:
    """Return the last word boundary in the second half before ``end``, else the last whole character."""
    if text[end : end + 1] == " ":
        return end
    space = text.rfind(" ", end // 2, end)
    if space > 0:
        return space
    return whole_character(text, end) or end
