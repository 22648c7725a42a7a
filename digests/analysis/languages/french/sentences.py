"""Where the reporter's sentences begin and end in French text; what is said within them splits none."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.languages.french.speech import Piece
from digests.analysis.quotes import find_paragraphs

_END = re.compile(r"[.?!…]+[ \u00a0]?[»”\"]*\s+(?=[«“\"—–\d]|[A-ZÀ-ÖØ-ÞŒ])")
_ABBREVIATED = re.compile(r"(?:\b(?:M|MM|Dr|Pr|St|Ste|av|bd|no|art|p)|(?<![\w’'])[A-Z])\.\s+$")


_REACH = 600
"""Characters to either side that can belong to a quote's own sentence."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, in order; ``flat`` is the text with what is said blotted out, as long."""

    spans: tuple[tuple[int, int], ...]
    flat: str

    def at(self, offset: int) -> int:
        """Return the number of the sentence that holds ``offset``, or of the last one before it."""
        return max(bisect_right(self.spans, (offset, 1 << 60)) - 1, 0)

    def around(self, offset: int) -> tuple[int, int]:
        """Return the bounds of the sentence that holds ``offset``; of an endless one, what stands near."""
        start, end = self.spans[self.at(offset)] if self.spans else (0, len(self.flat))
        return max(start, offset - _REACH), min(end, offset + _REACH)


def split_sentences(text: str, pieces: Sequence[Piece]) -> Sentences:
    """Return the sentences of ``text``, paragraph by paragraph."""
    flat = _blot(text, pieces)
    spans = []
    for start, end in find_paragraphs(text):
        position = start
        for match in _END.finditer(flat, start, end):
            if not _ABBREVIATED.search(flat, max(start, match.start() - 6), match.end()):
                spans.append((position, match.end()))
                position = match.end()
        if position < end:
            spans.append((position, end))
    return Sentences(tuple(spans), flat)


def _blot(text: str, pieces: Sequence[Piece]) -> str:
    """Return the text with the letters of all pieces exchanged; a mark that ends a sentence stays."""
    out, position = [], 0
    for piece in pieces:
        start, end = piece.span.start, piece.span.end
        out.append(text[position:start])
        last = text[end - 1] if text[end - 1] in ".?!…" and not _goes_on(text, piece) else "x"
        out.append("x" * (end - start - 1) + last)
        position = end
    out.append(text[position:])
    return "".join(out)


def _goes_on(text: str, piece: Piece) -> bool:
    """Return whether the sentence goes on behind a piece: a small letter, or a comma, follows."""
    following = text[piece.span.outer_end : piece.span.outer_end + 3].lstrip(" \u00a0")[:1]
    return following.islower() or following in (",", "(", ";")
