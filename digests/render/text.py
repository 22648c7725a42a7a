"""A document as plain text of a given width: the terminal without colours, mail, a pipe."""

from digests.document import Card, Document, Line
from digests.render.direction import enclosed, own, parts
from digests.render.plain import clean_line
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
    lines = [_rows((card.headline,), width)]
    if card.meta:
        lines.append(_wrapped(card.meta, width))
    return "\n".join([*lines, *(_bullet(line, width) for line in card.bullets)])


def _bullet(line: Line, width: int) -> str:
    return _rows(line, width, first=_BULLET)


def _wrapped(text: str, width: int) -> str:
    return _rows(own(text), width)


def _rows(line: Line, width: int, *, first: str = "") -> str:
    """Return a line on rows of ``width``, ``first`` before the first and blanks before the others."""
    told = parts(clean_line(line))
    text = "".join(words for words, _ in told)
    rows = ("".join(_shown(text, piece) for piece in row) for row in wrap(told, width - len(first)))
    return first + f"\n{' ' * len(first)}".join(rows)


def _shown(text: str, piece: Piece) -> str:
    words = text[piece.start : piece.end]
    return enclosed(words) if piece.from_right else words
