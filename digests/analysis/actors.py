"""Who is named: mentions gathered under the fullest name the article gives, with their roles."""

from collections.abc import Iterable, Sequence

from digests.analysis.lexicon import FEMALE, MALE, PORTFOLIOS
from digests.analysis.names import clean_name, is_byline, last_name, looks_like_a_name
from digests.analysis.overlooked import add_bare_names, full_names, overlooked_speakers
from digests.analysis.people import Person, latest_before
from digests.analysis.roles import role_of_mention
from digests.analysis.tokens import Entity, Parsed, Token
from digests.model import ActorKind


def find_actors(
    parsed: Parsed, paragraphs: Sequence[tuple[int, int]], speakers: Sequence[Token]
) -> list[Person]:
    """Return everyone named, people and organisations, in the order of their first mention.

    ``speakers`` are the heads of the cues' subjects: a capitalised one that the model overlooked is
    a name all the same.
    """
    bylines = [(a, b) for a, b in paragraphs if is_byline(parsed.text[a:b])]
    entities = [e for e in parsed.entities if not any(a <= e.start < b for a, b in bylines)]
    people = _people(parsed, [*entities, *overlooked_speakers(parsed, entities, speakers)])
    add_bare_names(parsed.text, people, bylines)
    organizations = _organizations(parsed, entities, people)
    for person in people:
        _learn(parsed, person)
    return sorted(people + organizations, key=lambda person: person.mentions[0])


def _people(parsed: Parsed, entities: Iterable[Entity]) -> list[Person]:
    """Return the people under their full names; a last name alone joins the latest who bears it."""
    named = [(e, clean_name(parsed.text[e.start : e.end])) for e in entities if e.label == "PERSON"]
    named = [(e, name) for e, name in named if name and looks_like_a_name(name)]
    people: dict[str, Person] = {}
    for entity, name in named:
        if len(name.split()) > 1:
            person = _same_person(people, name) or people.setdefault(
                name.lower(), Person(name=name, kind=ActorKind.PERSON)
            )
            if len(name) > len(person.name):
                person.name = name
            _mention(parsed.text, person, entity, name)
    _add_full_names(parsed, named, people)
    for entity, name in named:
        if len(name.split()) == 1:
            bearers = [p for p in people.values() if p.bears(name)]
            person = latest_before(bearers, entity.start) or people.setdefault(
                name.lower(), Person(name=name, kind=ActorKind.PERSON)
            )
            _mention(parsed.text, person, entity, name)
    return list(people.values())


def _add_full_names(parsed: Parsed, named: Sequence[tuple[Entity, str]], people: dict[str, Person]) -> None:
    """Add the full names, overlooked by the model, of those who are named by last name alone."""
    singles = {name for _, name in named if len(name.split()) == 1}
    lone = sorted(single for single in singles if not any(p.bears(single) for p in people.values()))
    for entity in full_names(parsed, lone):
        full = parsed.text[entity.start : entity.end]
        person = people.setdefault(full.lower(), Person(name=full, kind=ActorKind.PERSON))
        person.mention(entity.start, entity.end, full)


def _same_person(people: dict[str, Person], name: str) -> Person | None:
    """Return who already bears this name with or without a middle name or initial."""
    words = name.lower().split()
    for person in people.values():
        other = person.name.lower().split()
        if len(other) > 1 and (words[0], last_name(name)) == (other[0], person.last):
            return person
    return None


def _mention(text: str, person: Person, entity: Entity, name: str) -> None:
    at = text.find(name, entity.start, entity.end)
    start = at if at >= 0 else entity.start
    person.mention(start, start + len(name), name)


def _organizations(parsed: Parsed, entities: Iterable[Entity], people: Sequence[Person]) -> list[Person]:
    lasts = {p.last for p in people} | {p.name.lower() for p in people}
    places = {clean_name(parsed.text[e.start : e.end]) for e in parsed.entities if e.label == "GPE"}
    found: dict[str, Person] = {}
    for entity in entities:
        name = clean_name(parsed.text[entity.start : entity.end])
        if (
            entity.label != "ORG"
            or len(name) < 2
            or not name[0].isupper()
            or name.lower() in lasts | PORTFOLIOS
            or name in places
            or "\n" in name
        ):
            continue
        key = _expand_acronym(name, found) or name.lower()
        person = found.setdefault(key, Person(name=name, kind=ActorKind.ORGANIZATION))
        _mention(parsed.text, person, entity, name)
    return list(found.values())


def _expand_acronym(name: str, found: dict[str, Person]) -> str | None:
    if not (name.isupper() and 2 <= len(name) <= 6):
        return None
    for key, person in found.items():
        initials = "".join(w[0] for w in person.name.split() if w[0].isupper())
        if initials == name:
            return key
    return None


def _learn(parsed: Parsed, person: Person) -> None:
    """Read roles and gender off the words around each mention."""
    for start, end in person.mentions:
        role, honorific = role_of_mention(parsed, start, end)
        if role:
            person.roles.append(role)
        if honorific in MALE:
            person.gender += 3
        elif honorific in FEMALE:
            person.gender -= 3
