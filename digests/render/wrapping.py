"""Lines as rows of a terminal: broken where each script allows it, as wide as they are drawn.

Rules of line breaking are a small part of Unicode's annex 14: a row may end at a space, and beside Han and
kana unless a mark would stand at the wrong end. No-break spaces hold. Thai and its neighbours need a
dictionary to be broken well; they are broken at spaces, and inside a phrase only where it is wider than the
row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, split_graphemes

from digests.scripts import is_unspaced, stands_among_ideographs

# What may begin no row, and what may end none; small kana and the long mark belong to the syllable before.
_NEVER_FIRST = frozenset(
    "、。，．・：；！？!?,.;:…‥％%)]}）］｝」』】〉》〕”’»›ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーゝゞ々〻\u00a0\u202f"
)
_NEVER_LAST = frozenset("([{（［｛「『【〈《〔“‘«‹\u00a0\u202f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a row, as offsets into the line's words; one ``from_right`` is isolated."""

    start: int
    end: int
    from_right: bool


Row = tuple[Piece, ...]


def wrap(parts: Sequence[tuple[str, bool]], width: int) -> tuple[Row, ...]:
    """Return the rows of a line, without spaces at their ends; none wider than ``width`` but for a word."""
    text = "".join(words for words, _ in parts)
    return tuple(tuple(_clipped(parts, start, end)) for start, end in _rows(text, width))


def _rows(text: str, width: int) -> Iterator[tuple[int, int]]:
    start = end = used = 0
    for at, behind in _words(text, width):
        wide = cell_len(text[at:behind])
        # ``at`` may lie behind spaces, which count only where the word stays in the row.
        gap = at - end
        if end > start and used + gap + wide > width:
            yield start, end
            start, used, gap = at, 0, 0
        used += gap + wide
        end = behind
    if end > start:
        yield start, end


def _words(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield what no row may be broken within, without the spaces between."""
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and not _may_break(text, at):
            continue
        words = text[start:at]
        bare = words.strip(" ")
        if bare:
            first = start + words.index(bare)
            yield from _folded(text, first, first + len(bare), width)
        start = at


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if " " in (before, after):
        return True
    beside = stands_among_ideographs(before) or stands_among_ideographs(after)
    return beside and after not in _NEVER_FIRST and before not in _NEVER_LAST


def _folded(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield a word, in pieces as wide as a row where it is a wider phrase of a script without spaces."""
    words = text[start:end]
    if cell_len(words) <= width or not is_unspaced(words):
        yield start, end
        return
    first = used = 0
    spans, _ = split_graphemes(words)
    for at, _, wide in spans:
        if used + wide > width and at > first:
            yield start + first, start + at
            first, used = at, 0
        used += wide
    yield start + first, end


def _clipped(parts: Sequence[tuple[str, bool]], start: int, end: int) -> Iterator[Piece]:
    """Yield what of the parts lies in a row."""
    at = 0
    for words, from_right in parts:
        low, high = max(at, start), min(at + len(words), end)
        if low < high:
            yield Piece(start=low, end=high, from_right=from_right)
        at += len(words)
