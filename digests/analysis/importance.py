"""Who matters in an article: those who speak, then those who are named often and early."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.cast import Cast
from digests.analysis.clauses import find_clause
from digests.analysis.people import Person
from digests.model import Actor, ActorKind

_MOST_QUOTES, _MOST_MENTIONS = 4, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """How often each person, by ``id``, is quoted, and how often reported as saying something."""

    quoted: Counter[int]
    reported: Counter[int]

    def speaks(self, person: Person) -> bool:
        """Return whether somebody says anything at all."""
        return id(person) in self.quoted or id(person) in self.reported


def make_actors(
    cast: Cast, voices: Voices, byline: str, credits: Sequence[tuple[int, int]]
) -> tuple[Actor, ...]:
    """Return the actors by importance, each with what they did in the article's words.

    ``credits`` are the spans that only say who wrote or photographed: nothing is told there.
    """
    length = max(len(cast.parsed.text), 1)
    people = [person for person in cast.people if _is_actor(person, voices, byline)]
    ranked = sorted(people, key=lambda person: _importance(person, voices, length), reverse=True)
    return tuple(_make_actor(cast, person, credits) for person in ranked)


def _importance(person: Person, voices: Voices, length: int) -> float:
    quoted = min(voices.quoted[id(person)], _MOST_QUOTES)
    weight = 2.0 * quoted + (8.0 if quoted else 6.0 if voices.speaks(person) else 0.0)
    weight += 6.0 if person.kind is ActorKind.PERSON else 0.0
    early = 1.0 - person.mentions[0][0] / length
    return weight + 0.4 * min(len(person.mentions), _MOST_MENTIONS) + 1.5 * early


def _is_actor(person: Person, voices: Voices, byline: str) -> bool:
    if person.name.lower() in byline.lower() and len(person.mentions) == 1:
        return False
    if person.kind is ActorKind.PERSON and len(person.name.split()) == 1:
        return voices.speaks(person) or bool(person.roles)
    return True


def _make_actor(cast: Cast, person: Person, credits: Sequence[tuple[int, int]]) -> Actor:
    actor = Actor(
        name=person.name,
        kind=person.kind,
        role=person.role,
        aliases=tuple(sorted(person.aliases - {person.name})),
        mentions=tuple(person.mentions),
    )
    return replace(actor, clause=find_clause(cast.parsed, person, credits))
