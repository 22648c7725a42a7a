"""What every renderer understands: a title, cards with linked headlines, lines of styled runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a run of text looks: renderers map it to bold, dim and so on."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of text in one style; ``href`` makes it a link. ``text`` is raw: renderers escape it.

    ``language`` is that of the words (ISO 639-1), where they are not the document's own.
    """

    text: str
    style: Style = Style.PLAIN
    href: str = ""
    language: str = ""


Line = tuple[Run, ...]


def common_language(runs: Iterable[Run]) -> str:
    """Return the language that all of ``runs`` are in, empty where they differ or none says."""
    languages = {run.language for run in runs}
    return languages.pop() if len(languages) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One story: a linked headline, a quiet line of outlet and time, and bullets."""

    headline: Run
    meta: str = ""
    bullets: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A digest as every platform shows it: title, a quiet subtitle, cards, linked headlines, a footer.

    ``language`` is that of its own words.
    """

    title: str
    subtitle: str = ""
    cards: tuple[Card, ...] = ()
    more_title: str = ""
    more: tuple[Line, ...] = ()
    footer: str = ""
    language: str = "en"
