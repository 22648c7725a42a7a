"""A document as plain text of a given width: the terminal without colours, mail, a pipe."""

import textwrap

from digests.model import Card, Document, Line
from digests.render.document import plain
from digests.render.plain import clean

_BULLET = "  • "


def render_text(document: Document, *, width: int = 100) -> str:
    """Return the document as text, no line wider than ``width`` unless one word is."""
    head = [clean(document.title)]
    if document.subtitle:
        head.append(clean(document.subtitle))
    blocks = ["\n".join(head), *(_card(card, width) for card in document.cards)]
    if document.more:
        blocks.append(
            "\n".join([clean(document.more_title), *(_bullet(line, width) for line in document.more)])
        )
    if document.footer:
        blocks.append(clean(document.footer))
    return "\n\n".join(blocks) + "\n"


def _card(card: Card, width: int) -> str:
    lines = textwrap.wrap(clean(card.headline.text), width) or [""]
    if card.meta:
        lines.append(clean(card.meta))
    return "\n".join([*lines, *(_bullet(line, width) for line in card.bullets)])


def _bullet(line: Line, width: int) -> str:
    return textwrap.fill(
        clean(plain(line)), width, initial_indent=_BULLET, subsequent_indent=" " * len(_BULLET),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
