"""A document as plain text of a given width: the terminal without colours, mail, a pipe."""

import textwrap

from digests.document import Card, Document, Line
from digests.render.document import plain
from digests.render.plain import clean

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
    lines = [_wrapped(card.headline.text, width)]
    if card.meta:
        lines.append(_wrapped(card.meta, width))
    return "\n".join([*lines, *(_bullet(line, width) for line in card.bullets)])


def _bullet(line: Line, width: int) -> str:
    return _wrapped(plain(line), width, first=_BULLET)


def _wrapped(text: str, width: int, *, first: str = "") -> str:
    """Return the text on lines of ``width``, ``first`` before the first and blanks before the others."""
    return textwrap.fill(
        clean(text), width, initial_indent=first, subsequent_indent=" " * len(first),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
