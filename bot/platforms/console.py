"""[io] The terminal as a platform: digests printed with rich, links that a terminal can open."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from bot.platforms.base import DeliveryRefused, MessagePart
from digests.articles.urls import safe_link
from digests.document import Card, Document, Line, Run, Style
from digests.render.direction import END, isolated, opening, parts
from digests.render.plain import clean, clean_line
from digests.render.wrapping import Piece, wrap
from digests.storage.codec import decode, encode

_STYLES = {Style.PLAIN: "", Style.STRONG: "bold", Style.QUIET: "dim", Style.QUOTE: ""}


class ConsolePlatform:
    """A ``ChatPlatform`` that prints; whatever was printed stands there, so nothing is looked for."""

    name = "terminal"

    def __init__(self, console: Console) -> None:
        self._console = console

    def render(self, document: Document) -> tuple[MessagePart, ...]:
        """Return the whole document as one part: a terminal has no limits."""
        return (MessagePart(payload=encode(document)),)

    async def start(self) -> None:
        """Do nothing: a terminal is always there."""

    def turn(self, channel: str) -> AbstractAsyncContextManager[None]:  # noqa: ARG002
        """Do nothing: a terminal has no limits."""
        return nullcontext()

    async def post(self, channel: str, part: MessagePart, key: str) -> str:  # noqa: ARG002
        """Print the document and return its key.

        Raises:
            DeliveryRefused: the output cannot be written, as where its disk is full.
        """
        document = decode(Document, part.payload)
        try:
            await asyncio.to_thread(show, self._console, document)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise DeliveryRefused(f"the output cannot be written: {error.strerror}") from error
        return key

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:  # noqa: ARG002
        """Return ``None``: a new terminal does not show what an older one did."""
        return None

    async def close(self) -> None:
        """Do nothing."""


def show(console: Console, document: Document, label: str = "") -> None:
    """Print ``document``; ``label`` says in the rule above it why it is shown again."""
    title = f"{document.title} ({label})" if label else document.title
    console.print()
    console.print(Rule(Text(isolated(clean(title)), style="bold")))
    if document.subtitle:
        console.print(_sentence(document.subtitle, "dim"), justify="center")
    for card in document.cards:
        _show_card(console, card)
    if document.more:
        console.print()
        console.print(_sentence(document.more_title, "bold"))
        for line in document.more:
            _show_bullet(console, line)
    if document.footer:
        console.print(_sentence(document.footer, "dim"))
    console.print()


def _show_card(console: Console, card: Card) -> None:
    console.print()
    for row in _rows((card.headline,), console.width):
        console.print(row)
    if card.meta:
        console.print(_sentence(card.meta, "dim"))
    for line in card.bullets:
        _show_bullet(console, line)


def _show_bullet(console: Console, line: Line) -> None:
    for number, row in enumerate(_rows(line, max(console.width - 4, 20))):
        console.print(Padding(Text.assemble("• " if number == 0 else "  ", row), (0, 0, 0, 2), expand=False))


def _sentence(text: str, style: str) -> Text:
    return Text(isolated(clean(text)), style=style)


def _rows(line: Line, width: int) -> Iterator[Text]:
    """Yield a line's runs as rows of at most ``width``, what comes from the right isolated in each."""
    runs = clean_line(line)
    text = Text.assemble(*map(_run, runs))
    for row in wrap(parts(runs), width):
        yield Text.assemble(*(words for piece in row for words in _enclosed(text, piece)))


def _enclosed(text: Text, piece: Piece) -> Iterator[Text]:
    words = text[piece.start : piece.end]
    yield from (Text(opening(words.plain)), words, Text(END)) if piece.from_right else (words,)


def _run(run: Run) -> Text:
    link = safe_link(run.href, allow_file=True) if run.href else ""
    style = _STYLES[run.style]
    return Text(run.text, style=f"{style} link {link}".strip() if link else style)
