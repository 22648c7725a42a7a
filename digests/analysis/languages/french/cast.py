"""Who is named in a French article: people under their fullest names, and organisations."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.names import Place, find_names, last_name
from digests.analysis.languages.french.roles import (
    LEANS,
    article_before,
    gender_in,
    heads_of,
    is_relation,
    role_before,
    role_behind,
    said_behind,
)
from digests.analysis.languages.french.verbs import read_verb
from digests.analysis.languages.french.words import words
from digests.analysis.people import Person
from digests.analysis.tokens import Entity
from digests.model import ActorKind

_PERSON_FROM = 2.0
_TO_A_PLACE = re.compile(r"(?:^|[\s(])(?:à|À|en|En|aux?|Aux?|vers|dans)\s$")
_ARTICLE = re.compile(r"(?:^|[\s(])(?:l[ae]s?|L[ae]s?|du|des|cette|ce)\s$|[lL]['’]$")
_AGE = re.compile(r",? (?:\(\d\d\b|, )?\d\d ans\b|, \d\d ans\b|, qui (?:a|est)\b|, né")
_LAWYER, _DOCTOR = frozenset({"avocat", "avocate"}), frozenset({"médecin", "docteur"})
_TITLED = {"Me": _LAWYER, "Maître": _LAWYER, "Dr": _DOCTOR, "docteur": _DOCTOR}
_SOURCE = re.compile(r"(?:\b(?:Selon|Pour)|D['’]après|À en croire)\s(?:(?:M\.|Mme|Mlle|Me|Dr\.?)\s)?$")
_OF = re.compile(r"(?:\b(?:de|du|des)\s|d['’])$")
_LONGEST_QUOTE = 2_000
_FEAT = re.compile(r"auteure?\s(?:de \d|d['’]une?\s|du\s|de l['’]|de la\s)", re.IGNORECASE)
"""What somebody did once, which tells less than what he is: "auteur du but"."""

_OPEN_END = re.compile(
    r"(?:\s(?:de|du|des|l[ae]s?|et|à|aux?)|\s[dl]['’])+$|\s(?:de\s|d['’])(?:avoir|être)\s.*$"
)
_CAPITAL = re.compile(r"\s?[A-ZÀ-ÖØ-ÞŒ][\w’'-]*")
_LABEL = {"PERSON": 2.0, "GPE": -1.5, "ORG": -2.0}


@dataclass(slots=True)
class Cast:
    """The people and organisations of one article, and where they are named."""

    people: list[Person] = field(default_factory=list)
    organizations: list[Person] = field(default_factory=list)
    at: dict[int, Person] = field(default_factory=dict)
    """By the start of each mention."""

    ends: dict[int, int] = field(default_factory=dict)
    _people_at: list[int] = field(default_factory=list)

    def add(self, person: Person, place: Place) -> None:
        """Note that ``person`` is named at ``place``."""
        person.mention(place.start, place.end, place.name)
        self.at[place.start] = person
        self.ends[place.start] = place.end

    def named_within(self, start: int, end: int) -> list[int]:
        """Return where people are named in a stretch of text."""
        first, last = bisect_left(self._people_at, start), bisect_left(self._people_at, end)
        return self._people_at[first:last]

    def finish(self, gone: Sequence[Person]) -> None:
        """Forget those who only wrote the article, and put the mentions in order."""
        self.people = [one for one in self.people if one not in gone]
        self.at = {at: one for at, one in self.at.items() if one not in gone}
        self._people_at = sorted(at for at, one in self.at.items() if one.kind is ActorKind.PERSON)


def find_cast(
    text: str, entities: Sequence[Entity], byline: str, answering: Collection[int] = frozenset()
) -> Cast:
    """Return everyone named. Whoever is named in the byline alone is nobody.

    ``answering`` is where the names of those begin who answer in an interview, and so are people.
    """
    places: dict[str, list[Place]] = defaultdict(list)
    for place in find_names(text):
        places[place.name].append(place)
    labels = _labels(entities)
    votes = {name: _votes(text, name, found, labels) for name, found in places.items()}
    people = {name for name, found in places.items() if any(place.start in answering for place in found)}
    votes |= {name: max(votes[name], _PERSON_FROM) for name in people}
    cast = Cast()
    _add_full_names(cast, places, votes)
    _add_single_names(cast, places, votes)
    _add_organizations(text, cast, places, entities)
    for person in cast.people:
        _learn(text, person, places)
    cast.finish([one for one in cast.people if len(one.mentions) == 1 and one.name.lower() in byline.lower()])
    return cast


def _labels(entities: Sequence[Entity]) -> dict[int, str]:
    """Return the model's label for each place, by every offset at which a word of an entity can start."""
    found: dict[int, str] = {}
    for entity in entities:
        for at in range(entity.start, entity.end):
            found[at] = entity.label
    return found


def _votes(text: str, name: str, places: Sequence[Place], labels: Mapping[int, str]) -> float:
    """Return how much speaks for a name being a person's; ``_PERSON_FROM`` is enough."""
    parts = name.split()
    given = gender_of_given(parts[0]) != 0 or bool(re.fullmatch(r"[A-Z]\.(?:-[A-Z]\.)?", parts[0]))
    points = 1.0 if len(parts) > 1 else -1.0 if given else -4.0
    points += 4.0 if given and len(parts) > 1 else 0.5 if given else 0.0
    if parts[0] in words("organization_words") or any(part.isupper() and len(part) > 2 for part in parts[:1]):
        points -= 6.0
    return points + sum(_vote(text, place, labels) for place in places) / len(places)


def _vote(text: str, place: Place, labels: Mapping[int, str]) -> float:
    before = text[max(0, place.start - 12) : place.start]
    points = _LABEL.get(labels.get(place.start, ""), 0.0)
    if place.title:
        points += 6.0
    elif role_before(text, place.start):
        points += 4.0
    elif _TO_A_PLACE.search(before):
        points -= 3.0
    elif _ARTICLE.search(before):
        points -= 4.0
    if role_behind(text, place.end) or _AGE.match(text, place.end):
        points += 4.0
    if text[place.end : place.end + 1] == " " and read_verb(text, place.end + 1) is not None:
        points += 2.0
    return points


def _add_full_names(cast: Cast, places: Mapping[str, Sequence[Place]], votes: Mapping[str, float]) -> None:
    full = [name for name in places if len(name.split()) > 1 and votes[name] >= _PERSON_FROM]
    for name in sorted(full, key=lambda one: (-len(one.split()), places[one][0].start)):
        person = next((one for one in cast.people if _is_same(one.name, name)), None)
        if person is None:
            person = Person(name=name, kind=ActorKind.PERSON)
            cast.people.append(person)
        for place in places[name]:
            cast.add(person, place)


def _is_same(full: str, name: str) -> bool:
    """Return whether a name of several words is a part of a fuller one: "Le Bihan", "Solène Le Bihan"."""
    return f" {full.lower()} ".endswith(f" {name.lower()} ") or last_name(full).lower() == name.lower()


def _add_single_names(cast: Cast, places: Mapping[str, Sequence[Place]], votes: Mapping[str, float]) -> None:
    full = list(cast.people)
    for name in sorted(
        (one for one in places if len(one.split()) == 1), key=lambda one: places[one][0].start
    ):
        alone: Person | None = None
        for place in places[name]:
            person = _bearer(full, name, place)
            if person is None and (place.title or votes[name] >= _PERSON_FROM):
                alone = alone or Person(name=name, kind=ActorKind.PERSON)
                person = alone
            if person is not None:
                cast.add(person, place)
        if alone is not None:
            cast.people.append(alone)


def _bearer(people: Sequence[Person], name: str, place: Place) -> Person | None:
    """Return whom one word means: the bearer of that last name, or of that given name, named last before."""
    lowered = name.lower()
    bearers = [one for one in people if f" {last_name(one.name).lower()}".endswith(f" {lowered}")]
    if place.gender and len(bearers) > 1:
        bearers = [one for one in bearers if gender_of_given(one.name.split()[0]) != -place.gender] or bearers
    if not bearers and not place.title:
        bearers = [one for one in people if one.name.split()[0].lower() == lowered]
    before = [one for one in bearers if one.mentions[0][0] < place.start]
    if not before:
        return bearers[0] if len(bearers) == 1 else None
    return max(before, key=lambda one: max(at for at, _ in one.mentions if at < place.start))


def _add_organizations(
    text: str, cast: Cast, places: Mapping[str, Sequence[Place]], entities: Sequence[Entity]
) -> None:
    """Add what the model, or its first word, or its capitals, says is an organisation."""
    labelled = {entity.start: entity for entity in entities if entity.label == "ORG"}
    found: dict[str, Person] = {}
    for name, every in places.items():
        if any(place.start in cast.at for place in every):
            continue
        acronym = name.isupper() and 2 < len(name) < 7
        kind = name.split()[0] in words("organization_words") and len(name.split()) > 1
        for place in every:
            if not (acronym or kind or place.start in labelled):
                continue
            entity = labelled.get(place.start)
            longer = (
                entity is not None and entity.end > place.end and "\n" not in text[entity.start : entity.end]
            )
            end = _whole(text, place.start, entity.end) if longer and entity is not None else place.end
            whole = Place(place.start, end, text[place.start : end], place.title, place.opens)
            one = found.setdefault(whole.name, Person(name=whole.name, kind=ActorKind.ORGANIZATION))
            cast.add(one, whole)
    cast.organizations.extend(found.values())


def _apposed(text: str, start: int, end: int) -> str | None:
    """Return the role behind a name; a source's must end at a comma: not "Selon Jeanne, un maire décide"."""
    role = role_behind(text, end)
    if role is None or not _SOURCE.search(text, max(0, start - 20), start):
        return role
    return role if text.startswith((",", ")"), text.index(role, end) + len(role)) else None


def _said(text: str, start: int, end: int) -> str | None:
    """Return what a sentence says of somebody, unless it is of his mother, or somebody else's opinion."""
    role = said_behind(text, end)
    if role is None or _is_quoted(text, start) or _OF.search(text, max(0, start - 8), start):
        return None
    predicate = not text.startswith(",", end)
    return None if predicate and LEANS.search(text, max(0, start - 8), start) else role


def _is_quoted(text: str, at: int) -> bool:
    """Return whether somebody is named between quotation marks, by somebody else."""
    before = text[max(text.rfind("\n", 0, at) + 1, at - _LONGEST_QUOTE) : at]
    return before.count("«") > before.count("»") or before.count("“") > before.count("”")


def _whole(text: str, start: int, end: int) -> int:
    """Return where an organisation's name ends that the model cut: "Fédération des maraîchers de la"."""
    opened = _OPEN_END.search(text, start, end)
    if opened is None:
        return end
    more = _CAPITAL.match(text, end)
    return more.end() if more is not None else opened.start()


def _learn(text: str, person: Person, places: Mapping[str, Sequence[Place]]) -> None:
    """Read roles and gender off the words around each mention, the title and the given name."""
    titles = {place.start: place for found in places.values() for place in found}
    person.gender += 4 * gender_of_given(person.name.split()[0])
    clauses: list[str] = []
    for start, end in person.mentions:
        before, behind = role_before(text, start), _apposed(text, start, end)
        for role in (before, behind):
            if role is not None:
                person.roles += [] if is_relation(role) else [role]
                person.described |= heads_of(role)
        told = _said(text, start, end) if behind is None else None
        if told is not None:
            (clauses if told.startswith(("qui ", "à ", "aux ", "en ")) else person.roles).append(told)
        if before is not None:
            at = text.rfind(before, 0, start)
            person.gender += 2 * gender_in(before, article_before(text, at))
        if behind is not None:
            person.gender += 2 * gender_in(
                behind, "la" if re.match(r"[^\w]*la\s", text[end : end + 6]) else ""
            )
        if start in titles:
            person.gender += 6 * titles[start].gender
            person.described |= _TITLED.get(titles[start].title.rstrip("."), frozenset())
    person.roles = [role for role in person.roles if not _FEAT.match(role)] or person.roles or clauses
