"""Somebody or something named, while the article is being read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.analysis.names import last_name
from digests.model import ActorKind


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """Somebody or something named while the article is being read; becomes an ``Actor`` at the end."""

    name: str
    kind: ActorKind
    mentions: list[tuple[int, int]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    described: set[str] = field(default_factory=set)
    """The words of all roles, honorifics and relations, in lower case."""

    gender: int = 0
    """Votes: above 0 for "he", below for "she"."""

    @property
    def last(self) -> str:
        """The last name, lower case, without a suffix."""
        return last_name(self.name)

    def bears(self, single: str) -> bool:
        """Return whether one word, alone, can mean this person: the last name, or the first."""
        words = self.name.lower().replace("’", "'").split()
        return len(words) > 1 and single.lower() in (self.last, words[0], words[-1])

    def mention(self, start: int, end: int, form: str) -> None:
        """Add a mention; ``form`` is the name as printed there."""
        self.mentions.append((start, end))
        self.mentions.sort()
        self.aliases.add(form)

    @property
    def role(self) -> str | None:
        """The fullest role the article gives, a present one before a past; of two as full, the later."""
        return max(reversed(self.roles), key=lambda role: (_stands(role), _fullness(role)), default=None)


_PAST = re.compile(
    r"(?:former|ex|then|one-time|onetime|retired|late|outgoing|anciens?|anciennes?)\b", re.IGNORECASE
)


_PASSING = frozenset({"candidate", "loser", "witness", "winner"})
"""What somebody is for a day; whatever else they are tells more."""


def _stands(role: str) -> bool:
    return not _PAST.match(role) and role.lower() not in _PASSING


_PARTY = re.compile(r"(?:democrat|republican)(?: of\b|$)", re.IGNORECASE)


def _fullness(role: str) -> int:
    if _PARTY.match(role):
        return 0  # "Senator Doe, Democrat of Illinois" is a senator first
    return min(len(role.split()), 8) - (1 if role.startswith("who ") else 0)


def latest_before(people: Sequence[Person], offset: int) -> Person | None:
    """Return the one mentioned last before ``offset``, else the one mentioned first after it."""
    before = [(max(m for m in p.mentions if m[0] <= offset), p) for p in people if p.mentions[0][0] <= offset]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(people, key=lambda p: p.mentions[0], default=None)
