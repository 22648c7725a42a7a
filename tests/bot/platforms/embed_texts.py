"""Cards for Discord, and what a reader sees of them: shared by the tests of embeds."""

import re
import unicodedata
from dataclasses import replace

from bot.platforms.embeds import render
from digests.document import Card, Document, Line, Run, Style

KEY = "k" * 25
MENTION = re.compile(r"@(everyone|here)|<(@|#|:|/|a:|t:|id:)", re.IGNORECASE)
URL = "https://news.example/mayor"
FRAGMENT = URL + "#:~:text=we%20will%20not,this%20budget%20pass"


def make_card(**changes: object) -> Card:
    """Return a card as the digest makes them, with ``changes``."""
    bullet = (
        Run(text="Jane Doe", style=Style.STRONG),
        Run(text=", mayor: "),
        Run(text="“We will not let this budget pass.”", style=Style.QUOTE, href=FRAGMENT),
        Run(text=" in Springfield", style=Style.QUIET),
    )
    card = Card(
        headline=Run(text="Mayor rejects budget", href=URL), meta="Prairie Courier · 12:00", bullets=(bullet,)
    )
    return replace(card, **changes)  # type: ignore[arg-type]


def make_bullet(text: str) -> Line:
    """Return a bullet of one plain run."""
    return (Run(text=text),)


def embeds_of(*cards: Card, **changes: object) -> list[dict[str, object]]:
    """Return all embeds of a document with these cards, over all of its messages."""
    document = replace(Document(title="City desk", cards=cards), **changes)  # type: ignore[arg-type]
    return [embed for part in render(document) for embed in part.payload["embeds"]]


def read(markup: str) -> str:
    """Return what a reader of Discord sees of ``markup``, without the arrows behind links."""
    token = re.compile(
        r"\\([^0-9A-Za-z\s])|\*+|\u200b|\[↗\]\(https?://[^)\s]+\)|\[([^\[\]\\]+)\]\(https?://[^)\s]+\)"
    )
    return token.sub(lambda found: found[1] or found[2] or "", markup)


def squash(text: str) -> str:
    """Return ``text`` without what cutting and joining of runs may change: spaces, joiners, isolates."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200c\u200d\u2066-\u2069]", "", text))
