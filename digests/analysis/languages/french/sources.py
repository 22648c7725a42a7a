"""Sources told without a verb: "selon la maire", "pour Jeanne Morlet", "d'après lui", "dans les mots de"."""

import re

from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.mentions import Mention, is_somebody, read_mention

_SAID_BY = (
    r"(?:selon|d['’]après|dixit|aux yeux d[eu']|de l['’]aveu d[eu']|de l['’]avis d[eu']|aux dires d[eu']"
    r"|selon les (?:mots|termes|propos|dires) d[eu']|(?:dans|pour reprendre) les (?:mots|termes) d[eu'])"
)
_BEHIND = re.compile(rf"[\s\u00a0»”\"]*,?\s*\(?{_SAID_BY}(?P<gap>\s+|(?<=')|(?<=’))")
_BEFORE = re.compile(
    rf"(?<![\w’'-])(?P<source>{_SAID_BY}|pour|à en croire)(?P<gap>\s+|(?<=')|(?<=’))", re.IGNORECASE
)


def source_behind(text: str, cast: Cast, at: int) -> Mention | None:
    """Return the source that is told at ``at``: "…, selon la maire"."""
    found = _BEHIND.match(text, at)
    return _read(text, cast, found.end()) if found is not None else None


def source_before(text: str, cast: Cast, start: int, end: int) -> Mention | None:
    """Return the source that a sentence between two offsets begins with: "Pour la maire, …"."""
    for found in _BEFORE.finditer(text, start, end):
        mention = _read(text, cast, found.end())
        if mention is None or mention.end > end:
            continue
        plain = found["source"].lower() != "pour"
        if plain or (found.start("source") <= start + 2 and _can_think(text, mention)):
            return mention
    return None


def _read(text: str, cast: Cast, at: int) -> Mention | None:
    mention = read_mention(text, cast, at)
    return mention if mention is not None and is_somebody(text, mention) else None


def _can_think(text: str, mention: Mention) -> bool:
    """Return whether "pour" can tell somebody's view: a name, a pronoun, "ce régisseur", "la maire"."""
    if mention.person is not None or mention.pronoun:
        return True
    return bool(re.match(r"(?:ce|cet|cette|le|la)\s|l['’]", text[mention.start : mention.end]))
