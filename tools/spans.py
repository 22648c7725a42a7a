"""Which found spans are the gold ones: those that overlap by four fifths, as the field scores it.

Characters in common over characters in either, marks and outer punctuation left out (PARC, PolNeAR).
"""

from collections.abc import Sequence

OVERLAP = 0.8
_OUTER = " \t\n\u00a0,“”\"'‘’«»"
Span = tuple[int, int]


def match_spans(text: str, gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Return ``(gold index, found index)`` one to one, the best overlaps first."""
    theirs = [_trimmed(text, *span) for span in gold]
    ours = [_trimmed(text, *span) for span in found]
    rows = sorted(
        (
            (-_overlap(a, b), i, j)
            for i, a in enumerate(theirs)
            for j, b in enumerate(ours)
            if a[0] < b[1] and b[0] < a[1]
        )
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for less, i, j in rows:
        if -less >= OVERLAP and i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return list(matched.items())


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _OUTER:
        start += 1
    while end > start and text[end - 1] in _OUTER:
        end -= 1
    return start, end


def _overlap(a: Span, b: Span) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0


def best_overlap(text: str, gold: Sequence[Span], found: Span) -> float:
    """Return how much of a found span and its best gold one is common to both; 0 where none touches it."""
    ours = _trimmed(text, *found)
    theirs = (_trimmed(text, *span) for span in gold if span[0] < found[1] and found[0] < span[1])
    return max((_overlap(ours, span) for span in theirs), default=0.0)
