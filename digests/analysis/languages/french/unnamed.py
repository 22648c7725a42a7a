"""Whom no name tells: groups by their names in full, people by the words that bring them in."""

import re
from collections.abc import Iterator

from digests.analysis.languages.french.verbs import WORD

_LINKS = frozenset("de du des la le les et pour d l".split())
_FOLLOWING = re.compile(rf"[ \u00a0](?P<word>{WORD})")
_ELIDED = re.compile("['’]")
_MOST_WORDS = 8
_COMPLEMENTS = rf"(?:\s(?:d[eu]|des|en|de la|proche d[eu]|anonyme)(?![\w’'-])\s{WORD}|\sd['’]{WORD})*"
_NEW = re.compile(rf"(?<![\w’'-])(?P<article>[Uu]ne?)\s(?P<noun>{WORD}){_COMPLEMENTS}")


def find_new(text: str, before: int | None = None) -> Iterator[re.Match[str]]:
    """Yield phrases that bring somebody in, with ``article`` and ``noun``: "une habitante du quartier"."""
    return _NEW.finditer(text, 0, len(text) if before is None else before)


def full_group_name(text: str, head: str, before: int) -> str:
    """Return the name that a text gives a group called ``head``, in small letters, alone; empty without one.

    The last one that stands before the offset ``before``, else the first behind it.
    """
    found = ""
    for match in re.finditer(rf"(?<![\w-]){re.escape(head)}(?![\w-])", text, re.IGNORECASE):
        name = _name_at(text, match.start(), match.end())
        if name and (match.start() < before or not found):
            found = name
        if found and match.start() >= before:
            break
    return found


def _name_at(text: str, start: int, end: int) -> str:
    """Return the words from ``start`` as far as capitals go; small ones may stand within a name."""
    official = text[start].isupper()
    position = last = end
    linked = False
    for _ in range(_MOST_WORDS):
        following = _FOLLOWING.match(text, position)
        if following is None:
            break
        parts = _ELIDED.split(following["word"])
        if parts[-1][:1].isupper() and (len(parts) == 1 or parts[0].lower() in _LINKS):
            last, linked = following.end(), False
        elif all(part.lower() in _LINKS for part in parts):
            linked = True
        elif official and linked:
            linked = False
        else:
            break
        position = following.end()
    return text[start:last] if last > end else ""
