"""Who is named: mentions gathered under the fullest name the article gives, with their roles."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from digests.analysis.lexicon import (
    DOCUMENTS,
    FEMALE,
    MALE,
    ORGANIZATION_WORDS,
    PEOPLE_NOUNS,
    PLACE_ABBREVIATIONS,
    TITLES,
)
from digests.analysis.roles import role_of_mention
from digests.analysis.tokens import Entity, Parsed, Token
from digests.model import ActorKind

_EDGE = " \t,.;:'’‘\"“”()[]—–-\u00a0"
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august"
    r"|september|october|november|december"
)
_BYLINE = re.compile(
    r"^\s*(?:by|photo(?:graph)? by|reporting by|editing by|written by)\b.{2,80}$", re.IGNORECASE
)
_SUFFIX = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_PARTICLES = {
    "de",
    "del",
    "der",
    "den",
    "di",
    "da",
    "la",
    "le",
    "van",
    "von",
    "al",
    "el",
    "bin",
    "ibn",
    "dos",
    "du",
}


_NOT_NAMES = (
    PEOPLE_NOUNS | DOCUMENTS | frozenset("mr mrs ms dr republican democrat house senate congress".split())
)
_SENTENCE_STARTS = frozenset(
    "Both Besides But And The When While After As In On At For If Then So Yet Meanwhile Asked Like".split()
)


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """Somebody or something named while the article is being read; becomes an ``Actor`` at the end."""

    name: str
    kind: ActorKind
    mentions: list[tuple[int, int]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    gender: int = 0
    """Votes: above 0 for "he", below for "she"."""

    @property
    def last(self) -> str:
        """The last name, lower case, without a suffix."""
        return last_name(self.name)

    @property
    def role(self) -> str | None:
        """The fullest role the article gives; of two as full, the later one."""
        return max(reversed(self.roles), key=lambda role: min(len(role.split()), 8), default=None)


def last_name(name: str) -> str:
    """Return the last name in lower case; a suffix such as "Jr." is none."""
    words = [w for w in name.replace("’", "'").split() if w.lower().strip(",") not in _SUFFIX]
    return words[-1].lower().strip(",.") if words else ""


def is_byline(paragraph: str) -> bool:
    """Return whether a line only says who wrote or photographed."""
    return (
        bool(_BYLINE.match(paragraph))
        and len(paragraph.split()) <= 10
        and not paragraph.rstrip().endswith(":")
    )


def clean_name(text: str) -> str:
    """Return a name without titles before it, possessive endings and stray marks."""
    text = re.sub(r"['’]s?$", "", text.strip(_EDGE + "\n")).strip(_EDGE)
    words = text.split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES | {"the", "a", "an"}:
        words = words[1:]
    name = " ".join(words)
    return name + "." if re.search(r"\b(?:Jr|Sr)$", name) else name


def looks_like_a_name(name: str) -> bool:
    """Return whether every word could be part of a person's name."""
    words = name.split()
    if len(words) == 1 and (
        words[0].isupper() or words[0].lower().strip(".") in TITLES | PLACE_ABBREVIATIONS
    ):
        return False
    if words[-1].lower() in ORGANIZATION_WORDS:
        return False
    return 1 <= len(words) <= 5 and all(
        (w[0].isupper() or w.lower() in _PARTICLES) and not any(c.isdigit() for c in w) and "/" not in w
        for w in words
    )


def find_actors(
    parsed: Parsed, paragraphs: Sequence[tuple[int, int]], speakers: Sequence[Token]
) -> list[Person]:
    """Return everyone named, people and organisations, in the order of their first mention.

    ``speakers`` are the heads of the cues' subjects: a capitalised one that the model overlooked is
    a name all the same.
    """
    bylines = [(a, b) for a, b in paragraphs if is_byline(parsed.text[a:b])]
    entities = [e for e in parsed.entities if not any(a <= e.start < b for a, b in bylines)]
    people = _people(parsed, [*entities, *_overlooked(parsed, entities, speakers)])
    _add_bare_names(parsed.text, people, bylines)
    organizations = _organizations(parsed, entities, people)
    for person in people:
        _learn(parsed, person)
    return sorted(people + organizations, key=lambda person: person.mentions[0])


def _overlooked(parsed: Parsed, entities: Sequence[Entity], speakers: Sequence[Token]) -> list[Entity]:
    """Return speakers with a capital that are no entity yet, each with every fuller form in the text."""
    taken = {
        i for e in entities if e.first >= 0 and not _may_be_person(e) for i in range(e.first, e.last + 1)
    }
    doubtful = {parsed.text[e.start : e.end] for e in entities if _may_be_person(e)}
    known = {e.start for e in entities}
    lasts = {
        token.text
        for token in speakers
        if token.tag == "NNP" and token.i not in taken and _could_be_last_name(token)
    }
    found = []
    for last in sorted(lasts):
        if last in doubtful and not re.search(
            rf"(?<![\w’'-])[A-Z][a-z]+ {re.escape(last)}(?![\w-])", parsed.text
        ):
            continue
        pattern = rf"(?<![\w’'-])(?:[A-Z][\w’'-]+ (?:[A-Z]\. )?){{0,2}}{re.escape(last)}(?![\w-])"
        for match in re.finditer(pattern, parsed.text):
            start = match.start() + len(match[0]) - len(_without_titles(match[0]))
            if not _starts_with_name(parsed, start):
                start = match.end() - len(last)
            if start not in known or last in doubtful:
                found.append(Entity(start, match.end(), "PERSON"))
    return found


def _starts_with_name(parsed: Parsed, start: int) -> bool:
    """Return whether the word at ``start`` can begin a name: no weekday, no nation, no "Although"."""
    at = bisect_left(parsed.tokens, start, key=lambda token: token.start)
    word = parsed.tokens[at] if at < len(parsed.tokens) else None
    return word is not None and word.tag == "NNP" and not _CALENDAR.fullmatch(word.lower)


def _may_be_person(entity: Entity) -> bool:
    """Return whether one word was taken for an organisation: a last name often is."""
    return entity.label == "ORG" and entity.first == entity.last


def _could_be_last_name(token: Token) -> bool:
    return (
        len(token.text) > 2
        and token.text.isalpha()
        and not token.text.isupper()
        and token.lower not in _NOT_NAMES
    )


def _without_titles(name: str) -> str:
    words = name.split(" ")
    while len(words) > 1 and (words[0].lower() in TITLES or words[0] in _SENTENCE_STARTS):
        words = words[1:]
    return " ".join(words)


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
    for entity, name in _made_full(parsed, named, people):
        if len(name.split()) == 1:
            bearers = [p for p in people.values() if _bears(p, name)]
            person = _latest_before(bearers, entity.start) or people.setdefault(
                name.lower(), Person(name=name, kind=ActorKind.PERSON)
            )
            _mention(parsed.text, person, entity, name)
    return list(people.values())


def _made_full(
    parsed: Parsed, named: Sequence[tuple[Entity, str]], people: dict[str, Person]
) -> list[tuple[Entity, str]]:
    """Add the full names, overlooked by the model, of those who are named by last name alone."""
    places = {parsed.text[e.start : e.end] for e in parsed.entities if e.label in ("GPE", "LOC", "FAC")}
    for name in {name for _, name in named if len(name.split()) == 1}:
        if any(_bears(person, name) for person in people.values()):
            continue
        match = re.search(
            rf"(?<![\w’'-])([A-Z][\w’'-]+ (?:[A-Z]\. )?){re.escape(name)}(?![\w-])", parsed.text
        )
        full = clean_name(match[0]) if match else ""
        common = re.search(rf"\b{re.escape(full.split()[0].lower())}\b", parsed.text) if full else None
        if (
            match
            and len(full.split()) > 1
            and not common
            and full.split()[0] not in _SENTENCE_STARTS | places
        ):
            start = match.end() - len(full)
            person = people.setdefault(full.lower(), Person(name=full, kind=ActorKind.PERSON))
            _mention(parsed.text, person, Entity(start, match.end(), "PERSON"), full)
    return list(named)


def _same_person(people: dict[str, Person], name: str) -> Person | None:
    """Return who already bears this name with or without a middle name or initial."""
    words = name.lower().split()
    for person in people.values():
        other = person.name.lower().split()
        if len(other) > 1 and (words[0], last_name(name)) == (other[0], person.last):
            return person
    return None


def _bears(person: Person, single: str) -> bool:
    words = person.name.lower().replace("’", "'").split()
    return len(words) > 1 and single.lower() in (person.last, words[0], words[-1])


def _latest_before(people: Sequence[Person], offset: int) -> Person | None:
    """Return the one mentioned last before ``offset``, else the one mentioned first after it."""
    before = [(max(m for m in p.mentions if m[0] <= offset), p) for p in people if p.mentions[0][0] <= offset]
    if before:
        return max(before, key=lambda pair: pair[0])[1]
    return min(people, key=lambda p: p.mentions[0], default=None)


def _mention(text: str, person: Person, entity: Entity, name: str) -> None:
    at = text.find(name, entity.start, entity.end)
    start = at if at >= 0 else entity.start
    person.mentions.append((start, start + len(name)))
    person.mentions.sort()
    person.aliases.add(name)


def _add_bare_names(text: str, people: list[Person], bylines: Sequence[tuple[int, int]]) -> None:
    """Add the last names that the model overlooked or took for something else."""
    taken = {m[0] for p in people for m in p.mentions} | {m[1] for p in people for m in p.mentions}
    for person in [p for p in people if len(p.name.split()) > 1]:
        last = next((w for w in reversed(person.name.split()) if last_name(w) == person.last), "").strip(",.")
        if len(last) < 3 or not last[0].isupper():
            continue
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(last)}(?![\w-])", text):
            if (
                match.start() in taken
                or match.end() in taken
                or any(a <= match.start() < b for a, b in bylines)
            ):
                continue
            if _part_of_another_name(text, match.start(), match.end()):
                continue
            bearers = [p for p in people if _bears(p, last)]
            nearest = _latest_before(bearers, match.start()) or person
            nearest.mentions.append(match.span())
            nearest.mentions.sort()
            taken.update(match.span())


def _part_of_another_name(text: str, start: int, end: int) -> bool:
    before = re.search(r"(\w+)\s$", text[max(0, start - 30) : start])
    after = re.match(r"\s([A-Z]\w+)", text[end : end + 30])
    return bool(after) or bool(before and before[1][0].isupper() and before[1].lower() not in TITLES)


def _organizations(parsed: Parsed, entities: Iterable[Entity], people: Sequence[Person]) -> list[Person]:
    lasts = {p.last for p in people} | {p.name.lower() for p in people}
    found: dict[str, Person] = {}
    for entity in entities:
        name = clean_name(parsed.text[entity.start : entity.end])
        if (
            entity.label != "ORG"
            or len(name) < 2
            or not name[0].isupper()
            or name.lower() in lasts
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
