"""Who is named: mentions gathered under the fullest name the article gives, with their roles."""

import re
from collections.abc import Mapping, Sequence

from digests.analysis.given_names import MEN, WOMEN
from digests.analysis.kinds import Occurrence, decide_kinds
from digests.analysis.lexicon import FEMALE, MALE, PORTFOLIOS, TITLES
from digests.analysis.names import begins_no_name, clean_name, last_name, looks_like_a_name
from digests.analysis.occurrences import find_occurrences, starts_a_sentence
from digests.analysis.people import Person, latest_before
from digests.analysis.roles import roles_of_mention
from digests.analysis.tokens import Parsed, Token
from digests.model import ActorKind

Places = Mapping[str, list[Occurrence]]
_SURE_OF_ONE_WORD = 1.4
_LABEL_ALONE = 1.0
"""The votes of the model's own label, where nothing else speaks for a person."""

_RELATIVE = (
    r"(?:grand|step)?(?:father|mother|son|daughter|child)|wife|husband|brother|sister|twin|uncle|aunt|nephew"
    r"|niece|cousin|widow|partner"
)
_KIN = re.compile(rf"\b(?:his|her|their|[’']s?) (?:[a-z-]+ ){{0,2}}(?:{_RELATIVE}),? ?$", re.IGNORECASE)
_KIN_BEHIND = re.compile(rf", (?:his|her|their|the) (?:[a-z-]+ ){{0,2}}(?:{_RELATIVE})\b")


def find_actors(
    parsed: Parsed, credits: Sequence[tuple[int, int]], speakers: Sequence[Token]
) -> list[Person]:
    """Return everyone named, people and organisations, in the order of their first mention.

    Nobody named within ``credits`` alone is one. ``speakers`` are the heads of the mentions that speak:
    a capitalised one that the model overlooked is a name all the same.
    """
    places = find_occurrences(parsed, credits, speakers)
    votes = decide_kinds(parsed, places, frozenset(token.start for token in speakers))
    people = _people(parsed, places, votes, frozenset(token.start for token in speakers))
    _add_bare_names(parsed.text, people, credits)
    organizations = _organizations(parsed.text, places, people, votes)
    for person in people:
        _learn(parsed, person)
    return sorted(people + organizations, key=lambda person: person.mentions[0])


def _people(
    parsed: Parsed, places: Places, votes: Mapping[str, float], speakers: frozenset[int]
) -> list[Person]:
    """Return the people under their full names; a last name alone joins the latest who bears it."""
    people: list[Person] = []
    full = [name for name in places if len(name.split()) > 1 and votes[name] > 0]
    for name in sorted(full, key=lambda name: -len(name.split())):
        person = next((p for p in people if _same_person(p.name, name)), None)
        if person is None:
            person = Person(name=name, kind=ActorKind.PERSON)
            people.append(person)
        elif _is_given(name) and not _is_given(person.name) and not _same_first(name, person.name):
            person.name = name  # "Crooked Jane Doe" is called that, and Jane Doe by name
        for place in places[name]:
            person.mention(place.start, place.end, name)
    for name in (name for name in places if len(name.split()) == 1 and looks_like_a_name(name)):
        found = places[name]
        sayers = frozenset() if _is_common(parsed, name, found) else speakers
        counts = _counts(parsed.text, name, found, votes[name], sayers)
        _add_one_word(parsed.text, people, name, found, counts)
    return people


def _is_given(name: str) -> bool:
    return name.split()[0].lower() in MEN | WOMEN


def _same_first(name: str, other: str) -> bool:
    return name.split()[0].lower() == other.split()[0].lower()


def _opens_a_line(text: str, place: Occurrence) -> bool:
    before = text[max(0, place.start - 3) : place.start].rstrip(" “\"‘'")
    return not before or before[-1] in ".!?:\n" or before[-1].isdigit()


def _has_article(text: str, place: Occurrence) -> bool:
    return text[max(0, place.start - 4) : place.start].lower() == "the "


def _is_common(parsed: Parsed, name: str, places: Sequence[Occurrence]) -> bool:
    """Return whether a word has its capital from a sentence's start, and stands in lower case elsewhere."""
    opens = all(starts_a_sentence(parsed, place.start) for place in places)
    return opens and bool(re.search(rf"\b{re.escape(name.lower())}\b", parsed.text))


def _counts(
    text: str, name: str, places: Sequence[Occurrence], votes: float, speakers: frozenset[int]
) -> bool:
    """Return whether one word that is nobody's last name is a person's name: it speaks, or is told as one."""
    person = sum(place.label == "PERSON" for place in places) * 2 > len(places)
    speaks = any(place.start in speakers for place in places)
    thing = any(place.label in ("ORG", "GPE") for place in places)
    opens = all(_opens_a_line(text, place) for place in places)
    if opens and votes <= _LABEL_ALONE and not speaks and name.lower() not in MEN | WOMEN:
        return False  # "Turnout was high" has its capital from the sentence
    if len(places) > 1 and 2 * sum(_has_article(text, place) for place in places) > len(places):
        return False  # "the Sharks", "the Morans"
    return votes >= _SURE_OF_ONE_WORD or person or (speaks and not thing) or name.lower() in MEN | WOMEN


def _add_one_word(
    text: str, people: list[Person], name: str, places: Sequence[Occurrence], counts: bool
) -> None:
    for place in places:
        person = _bearer(text, people, name, place.start)
        if person is None and counts:
            person = _overlooked_full_name(text, people, name) or Person(name=name, kind=ActorKind.PERSON)
            people.append(person)
        if person is not None:
            person.mention(place.start, place.end, name)


def _bearer(text: str, people: list[Person], name: str, offset: int) -> Person | None:
    """Return whom a bare name means: who was named so last, but relatives of somebody go by first names."""
    honorific = _honorific_before(text, offset)
    bearers = [p for p in people if p.bears(name) or p.name == name or p.name == f"{honorific} {name}"]
    if honorific and bearers:
        bearers = _of_honorific(honorific, bearers)
        if not bearers:
            return _unnamed_relative(people, honorific, name)
    heads = [p for p in bearers if not _is_relative(text, p)]
    return latest_before(heads or bearers, offset)


def _honorific_before(text: str, offset: int) -> str:
    """Return the "Mr" or "Ms" right before a name, without its full stop."""
    words = text[max(0, offset - 5) : offset].split()
    word = words[-1].strip(".") if words and text[offset - 1 : offset] == " " else ""
    return word if word in ("Mr", "Mrs", "Ms", "Miss") else ""


def _of_honorific(honorific: str, bearers: Sequence[Person]) -> list[Person]:
    """Return those whom "Mr" or "Ms" can mean, by their given names."""
    others = WOMEN if honorific == "Mr" else MEN
    return [person for person in bearers if person.name.split()[0].lower() not in others]


def _unnamed_relative(people: list[Person], honorific: str, name: str) -> Person:
    """Return "Mr Doe" where the article names only women of that name in full."""
    person = Person(name=f"{honorific} {name}", kind=ActorKind.PERSON)
    person.gender = 4 if honorific == "Mr" else -4
    people.append(person)
    return person


def _is_relative(text: str, person: Person) -> bool:
    """Return whether somebody is introduced as another's relative: "his son, Jane Doe"."""
    start, end = person.mentions[0]
    return bool(_KIN.search(text[max(0, start - 30) : start]) or _KIN_BEHIND.match(text, end))


def _overlooked_full_name(text: str, people: Sequence[Person], last: str) -> Person | None:
    """Return the person with the full name, overlooked by the model, of a last name that stands alone."""
    match = re.search(rf"(?<![\w’'.-])[A-Z][\w’'-]+ (?:[A-Z]\. )?{re.escape(last)}(?![\w-])", text)
    full = clean_name(match[0]) if match else ""
    if match is None or len(full.split()) < 2:
        return None
    first = full.split()[0]
    if begins_no_name(first):
        return None
    # A word that also stands in lower case in the article began a sentence, not a name.
    if re.search(rf"\b{re.escape(first.lower())}\b", text) or any(p.name == full for p in people):
        return None
    person = Person(name=full, kind=ActorKind.PERSON)
    person.mention(match.end() - len(full), match.end(), full)
    return person


def _same_person(fuller: str, name: str) -> bool:
    """Return whether two full names are one: a middle name or initial missing, or the first name."""
    words, other = name.lower().split(), fuller.lower().split()
    if (words[0], last_name(name)) == (other[0], last_name(fuller)):
        return True
    return len(other) > len(words) and other[-len(words) :] == words


def _add_bare_names(text: str, people: list[Person], credits: Sequence[tuple[int, int]]) -> None:
    """Add to each person the places where the last name stands alone, unmarked by the model."""
    taken = {edge for person in people for mention in person.mentions for edge in mention}
    lasts = {_printed_last(person.name) for person in people if len(person.name.split()) > 1}
    wanted = sorted(last for last in lasts if len(last) > 2 and last[0].isupper())
    if not wanted:
        return
    pattern = re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, wanted))})(?![\w-])")
    for match in pattern.finditer(text):
        credited = any(a <= match.start() < b for a, b in credits)
        if taken & set(match.span()) or credited or _part_of_another_name(text, *match.span()):
            continue
        person = _bearer(text, people, match[0], match.start())
        if person is not None:
            person.mention(*match.span(), match[0])
            taken.update(match.span())


def _printed_last(name: str) -> str:
    return next((w for w in reversed(name.split()) if last_name(w) == last_name(name)), "").strip(",.")


def _part_of_another_name(text: str, start: int, end: int) -> bool:
    before = re.search(r"(\w+)\s$", text[max(0, start - 30) : start])
    after = re.match(r"\s([A-Z]\w+)", text[end : end + 30])
    return bool(after) or bool(before and before[1][0].isupper() and before[1].lower() not in TITLES)


def _organizations(
    text: str, places: Places, people: Sequence[Person], votes: Mapping[str, float]
) -> list[Person]:
    lasts = {p.last for p in people} | {p.name.lower() for p in people}
    towns = {name for name, found in places.items() if any(place.label == "GPE" for place in found)}
    found: dict[str, Person] = {}
    for name, printed in sorted(places.items(), key=lambda row: -len(row[0].split())):
        labelled = sum(place.label == "ORG" for place in printed)
        if not labelled or (votes[name] > 0 and len(name.split()) > 1):
            continue
        if all(_is_part_of_title(text, place) for place in printed):
            continue
        if len(name) < 2 or name.lower() in lasts | PORTFOLIOS or name in towns:
            continue
        name = _spelled_out(text, name) or name
        key = _expand_acronym(name, found) or _fuller(name, found) or name.lower()
        person = found.setdefault(key, Person(name=name, kind=ActorKind.ORGANIZATION))
        for place in printed:
            person.mention(place.start, place.end, text[place.start : place.end])
    for person in found.values():
        _add_other_places(text, person, people)
    return list(found.values())


def _is_part_of_title(text: str, place: Occurrence) -> bool:
    """Return whether a title follows: "Trade and Energy Minister" names no organisation."""
    behind = text[place.end : place.end + 30].split()
    return bool(behind) and behind[0].istitle() and behind[0].lower() in TITLES


def _add_other_places(text: str, organization: Person, people: Sequence[Person]) -> None:
    """Add the places where an organisation's name stands, unmarked by the model."""
    taken = [mention for one in (organization, *people) for mention in one.mentions]
    names = sorted((name for name in organization.aliases if len(name) > 2), key=len, reverse=True)
    for match in (
        re.finditer(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", text) if names else ()
    ):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            organization.mention(*match.span(), match[0])


def _spelled_out(text: str, acronym: str) -> str | None:
    """Return the name that an acronym stands for, where the article prints it with those initials."""
    if not (acronym.isupper() and acronym.isalpha() and 3 <= len(acronym) <= 6):
        return None
    gap = r"[ -](?:(?:of|the|and|for|in|on|&) )*"
    words = gap.join(rf"{letter}[\w’'.]+(?:-\w+)?" for letter in acronym)
    match = re.search(rf"(?<!\w){words}(?!\w)", text)
    return clean_name(match[0]) if match else None


def _expand_acronym(name: str, found: Mapping[str, Person]) -> str | None:
    if not (name.isupper() and 2 <= len(name) <= 6):
        return None
    for key, person in found.items():
        if "".join(word[0] for word in person.name.split() if word[0].isupper()) == name:
            return key
    return None


def _fuller(name: str, found: Mapping[str, Person]) -> str | None:
    """Return the key of the organisation whose name begins with this one word: "Acme" of "Acme Energy"."""
    return next((key for key in found if " " not in name and key.split()[0] == name.lower()), None)


def _learn(parsed: Parsed, person: Person) -> None:
    """Read roles and gender off the words around each mention, and off the given name."""
    for start, end in person.mentions:
        roles, words = roles_of_mention(parsed, start, end)
        person.roles += roles
        person.described |= words
        person.gender += 3 * bool(words & MALE) - 3 * bool(words & FEMALE)
    first = person.name.split()[0].lower()
    person.gender += 4 * (first in MEN) - 4 * (first in WOMEN)
