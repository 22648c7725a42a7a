"""Replace long quotes by two words, so that the parser sees the reporter's sentence whole.

A quote of several sentences breaks the sentence around it: in “It is wrong. It is late,” Doe said
the verb "said" would lose its subject's sentence. With the words exchanged for "It is" the parser
sees “It is,” Doe said. Offsets map back to the article.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.quotes import QuotedSpan, count_words

STAND_IN = "It is"
# The parser takes the full stop of a title it does not know for a sentence's end; a blank is as long.
_TITLE_STOP = re.compile(r"\b(Coun|Cllr|Det|Supt|Insp|Const|Ald|Hon|Sgt|Cpl|Cst|Asst|Dep)\.(?= [A-Z])")
_BEFORE_A_SENTENCE = frozenset('.!?:,;”"—–-')


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedParagraph:
    """A paragraph as the parser sees it.

    ``pieces`` are ``(masked start, original start, quote index or -1)``, in order; inside a quote
    that was replaced, every masked offset maps to the quote's start.
    """

    text: str
    number: int
    pieces: tuple[tuple[int, int, int], ...]
    replaced: frozenset[int]

    def locate(self, offset: int) -> tuple[int, int]:
        """Return ``(offset in the article, quote index or -1)`` of a masked offset."""
        at = bisect_right(self.pieces, (offset, 1 << 60, 0)) - 1
        masked, original, quote = self.pieces[at]
        return (original if quote in self.replaced else original + offset - masked), quote


def is_sentence_like(text: str, quote: QuotedSpan) -> bool:
    """Return whether the quote stands for itself: at a sentence's start, or after a comma or colon."""
    before = text[: quote.outer_start].rstrip(" \t\u00a0")[-1:]
    return (before in _BEFORE_A_SENTENCE or before in ("", "\n")) and count_words(
        text[quote.start : quote.end]
    ) > 1


def mask_paragraph(
    text: str, bounds: tuple[int, int], number: int, quotes: Sequence[tuple[int, QuotedSpan]]
) -> MaskedParagraph:
    """Return the paragraph ``text[bounds]`` with each sentence-like quote replaced by a stand-in."""
    out: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    replaced = set()
    position, length = bounds[0], 0

    def add(piece: str, original: int, quote: int) -> None:
        nonlocal length
        if piece:
            pieces.append((length, original, quote))
            out.append(piece)
            length += len(piece)

    for index, quote in quotes:
        add(text[position : quote.start], position, -1)
        content = text[quote.start : quote.end]
        if is_sentence_like(text, quote):
            replaced.add(index)
            content = STAND_IN + _last_mark(text, quote)
        add(content, quote.start, index)
        position = quote.end
    add(text[position : bounds[1]], position, -1)
    return MaskedParagraph(
        text=_TITLE_STOP.sub(r"\1 ", "".join(out)),
        number=number,
        pieces=tuple(pieces),
        replaced=frozenset(replaced),
    )


def _last_mark(text: str, quote: QuotedSpan) -> str:
    """Return the mark that ends the stand-in; a comma where the reporter's sentence goes on in lower case."""
    last = text[quote.end - 1]
    if last in ".?!" and text[quote.outer_end : quote.outer_end + 2].lstrip(" ")[:1].islower():
        return ","
    return last if last in ",.?!" else ""
