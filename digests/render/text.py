"""A document as plain text of a given width: the terminal without colours, mail, a pipe."""

from collections.abc import Sequence

from digests.document import Card, Document, Line, Run
from digests.render.direction import Stretch, enclosed, phrases, stretches
from digests.render.plain import clean, clean_line
from digests.render.wrapping import Piece, wrap

_BULLET = "  • "


def render_text(document: Document, *, width: int = 100) -> str:
    """Return the document as text, no line wider than ``width`` unless one word is."""
    head = [_wrapped(document.title, width)]
    if document.subtitle:
        head.append(_wrapped(document.subtitle, width))
    blocks = ["\n".join(head), *(_card(card, width) for card in document.cards)]
    if document.more:
        blocks.append(
            "\n".join(
                [_wrapped(document.more_title, width), *(_bullet(line, width) for line in document.more)]
            )
        )
    if document.footer:
        blocks.append(_wrapped(document.footer, width))
    return "\n\n".join(blocks) + "\n"


def _card(card: Card, width: int) -> str:
    lines = [_headline(card.headline, width)]
    if card.meta:
        lines.append(_wrapped(card.meta, width))
    return "\n".join([*lines, *(_bullet(line, width) for line in card.bullets)])


def _bullet(line: Line, width: int) -> str:
    return _rows(stretches(clean_line(line)), width, first=_BULLET)


def _headline(run: Run, width: int) -> str:
    return _rows(stretches(clean_line((run,))), width)


def _wrapped(text: str, width: int) -> str:
    return _rows(phrases(clean(text).strip()), width)


def _rows(parts: Sequence[Stretch], width: int, *, first: str = "") -> str:
    """Return a line on rows of ``width``, ``first`` before the first and blanks before the others."""
    text = "".join(part.text for part in parts)
    rows = wrap(parts, width - len(first))
    return f"\n{' ' * len(first)}".join(
        (first if not number else "") + "".join(_piece(text, piece) for piece in row)
        for number, row in enumerate(rows)
    )


def _piece(text: str, piece: Piece) -> str:
    words = text[piece.start : piece.end]
    return words if piece.from_right is None else enclosed(words, from_right=piece.from_right)
