"""Everybody named in an article, and where; what pronouns and offices take up joins the mentions."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.analysis.lexicon import MALE
from digests.analysis.people import Person
from digests.analysis.tokens import Entity, Parsed, Token
from digests.model import ActorKind

HE_OR_SHE = frozenset({"he", "she", "him", "her", "his", "hers"})


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of somebody: by a name, or by a pronoun that was resolved before, ``sure`` as it was.

    ``token`` heads the mention.
    """

    start: int
    person: Person = field(compare=False)
    token: int
    by_name: bool
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Taken:
    """Whom a pronoun means, and how sure that is."""

    person: Person | None
    sure: float


@dataclass(slots=True, kw_only=True)
class Cast:
    """Everybody named, and where; grows no further once the article is read."""

    parsed: Parsed
    people: Sequence[Person]
    entities: dict[int, Entity]
    places: list[Place] = field(default_factory=list)
    pronouns: dict[int, Taken] = field(default_factory=dict)

    def mentioned_at(self, start: int, end: int) -> list[Person]:
        """Return who is named between two offsets, in order."""
        low = bisect_left(self.places, start, key=lambda place: place.start)
        found: list[Person] = []
        for place in self.places[low:]:
            if place.start >= end:
                break
            if place.by_name and place.person not in found:
                found.append(place.person)
        return found

    def mention(self, token: Token, person: Person, sure: float) -> None:
        """Add a mention by a pronoun or an office."""
        insort(self.places, Place(token.start, person, token.i, False, sure), key=lambda place: place.start)

    def named_by(self, token: Token) -> Person | None:
        """Return who is named by the words that ``token`` belongs to."""
        return next(
            (p for p in self.people if any(start <= token.start < end for start, end in p.mentions)), None
        )

    def before(self, offset: int) -> list[Place]:
        """Return the mentions before an offset, in order."""
        return self.places[: bisect_left(self.places, offset, key=lambda place: place.start)]


def list_cast(parsed: Parsed, people: Sequence[Person]) -> Cast:
    """Return the cast by names alone, with genders learned from the pronouns that follow each name."""
    places = [
        Place(start, person, _head_of(parsed, start, end), True)
        for person in people
        for start, end in person.mentions
        if parsed.tokens
    ]
    places.sort(key=lambda place: place.start)
    cast = Cast(parsed=parsed, people=people, entities=parsed.entity_of_token(), places=places)
    _learn_gender(cast)
    return cast


def _head_of(parsed: Parsed, start: int, end: int) -> int:
    """Return the token that heads a name: the one whose own head lies outside it."""
    first = max(bisect_right(parsed.tokens, start, key=lambda token: token.start) - 1, 0)
    if parsed.tokens[first].quote >= 0:
        return first  # words of a quote may have no tokens of their own
    for token in parsed.tokens[first:]:
        if token.start >= end:
            break
        if token.head == token.i or not start <= parsed.head(token).start < end:
            return token.i
    return first


def _learn_gender(cast: Cast) -> None:
    """Vote: "he" or "she" tells the gender of the one person named in its sentence or the one before."""
    for token in cast.parsed.tokens:
        if token.quote >= 0 or token.lower not in HE_OR_SHE:
            continue
        first = cast.parsed.sentences[max(0, token.sentence - 1)][0]
        near = [
            p
            for p in cast.mentioned_at(cast.parsed.tokens[first].start, token.start)
            if p.kind is ActorKind.PERSON
        ]
        if len(near) == 1:
            near[0].gender += 1 if token.lower in MALE else -1
