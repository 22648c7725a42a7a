"""Every place where something that could be a name is printed, under the name freed of what surrounds it.

The model's entities, full names that begin with a known given name, and capitalised speakers that the
model overlooked: a quarter of the people who speak carry no label of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digests.analysis.given_names import MEN, WOMEN
from digests.analysis.kinds import Occurrence
from digests.analysis.lexicon import DOCUMENTS, ORGANIZATION_WORDS, PEOPLE_NOUNS, PORTFOLIOS, TITLES
from digests.analysis.names import begins_no_name, clean_name, owner_alone
from digests.analysis.tokens import Entity, Parsed, Token

_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december"
)
_NOT_NAMES = PEOPLE_NOUNS | DOCUMENTS | frozenset("republican democrat house senate congress".split())
_NAMES = re.compile(
    r"(?<![\w’'-])[A-Z][\w’'-]+(?: [A-Z]\.)?(?: (?:de|del|della|der|van|von|al|bin|la|le|da|dos|di))*"
    r"(?: [A-Z][\w’'-]*[\w’']){1,3}"
)
_RANKS = frozenset({"Prime", "Vice", "Deputy", "First", "Chief"})
_SHORT = frozenset("Mr Mrs Ms Dr Gov Sen Rep Lt Gen Sgt Capt Col Prof Rev Cmdr Adm Maj Det Coun Cllr".split())
_TITLED = re.compile(
    rf"(?<![\w’'.-])(?:(?:{'|'.join(sorted(_SHORT))})\.?"
    rf"|{'|'.join(sorted(title.capitalize() for title in TITLES if len(title) > 3))}) "
    r"((?:[A-Z][\w’'-]+ |[A-Z]\. |(?:de|del|della|der|van|von|al|bin|la|le|da|dos|di) )*[A-Z][\w’'-]*[\w’'])"
)
_NICKNAMED = re.compile(r"(?<![\w’'.-])([A-Z][\w’'-]+) [“\"'‘][A-Z][\w ’'-]{1,20}[”\"'’] ([A-Z][\w’'-]*\w)")
_ONE_TOLD = re.compile(
    r"(?<![\w’'.-])(?<![A-Z][a-z] )([A-Z][a-z]+), (?:an?|the|his|her|their|whose|who|\d{2})\b"
)
_NO_PERSONS_NAME = _NOT_NAMES | TITLES | ORGANIZATION_WORDS | PORTFOLIOS
_OWNER_END = re.compile(r"[’']s?$")
_ADVERBS = frozenset("Yesterday Today Later Earlier Meanwhile Still Once Instead However".split())
_NAMED_THINGS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW"})


def find_occurrences(
    parsed: Parsed, skipped: Sequence[tuple[int, int]], speakers: Sequence[Token]
) -> dict[str, list[Occurrence]]:
    """Return every name's places in the text's order; none within the ``skipped`` spans, which are sorted."""
    found: dict[str, list[Occurrence]] = {}
    taken: list[Occurrence] = []
    everywhere = [
        *_labelled(parsed),
        *_known(parsed),
        *_speaking(parsed, speakers),
        *_told(parsed),
        *_titled(parsed),
        *_nicknamed(parsed),
    ]
    labels = {place.start: place.label for _, place in everywhere if place.label}
    # The longest first: the model often sees half a name.
    for name, place in sorted(everywhere, key=lambda row: row[1].start - row[1].end):
        covered = any(other.start < place.end and place.start < other.end for other in taken)
        if covered or any(a <= place.start < b for a, b in skipped):
            continue
        taken.append(place)
        label = place.label or labels.get(place.start, "")
        found.setdefault(name, []).append(replace(place, label=label))
    return {name: sorted(places, key=lambda place: place.start) for name, places in found.items()}


def _labelled(parsed: Parsed) -> Iterator[tuple[str, Occurrence]]:
    for entity in parsed.entities:
        if entity.label not in _NAMED_THINGS:
            continue
        start = _from_first_name(parsed, entity, _past_other_words(parsed, entity))
        end = _whole_end(parsed.text, entity.end, entity.label)
        start = _whole_start(parsed.text, start)
        printed = parsed.text[start:end].split("\n")[0]
        if entity.label in ("PERSON", "GPE"):
            printed = owner_alone(printed).split(",")[0]
        name = clean_name(printed)
        at = parsed.text.find(name, start, end) if name else -1
        if at >= 0 and name[0].isupper():
            yield name, Occurrence(start=at, end=at + len(name), label=entity.label)


_REST_OF_WORD = re.compile(r"(?:-(?:[A-Z][\w’'-]*|op(?:erative)?\b))?")
_REST_OF_NAME = re.compile(
    r"(?: (?:de|del|della|der|den|van|von|al|bin|la|le|da|dos|di|ten|ter))* [A-Z][\w’'-]*[\w]"
)
_PARTICLE_END = re.compile(r" (?:de|del|della|der|den|van|von|al|bin|la|le|da|dos|di|ten|ter)$")


def _whole_end(text: str, end: int, label: str) -> int:
    """Return where the name really ends: the model cuts "Doe-Roe" at hyphens, "van der Doe" at particles."""
    match = _REST_OF_WORD.match(text, end)
    end = match.end() if match else end
    if label == "PERSON" and _PARTICLE_END.search(text, max(0, end - 12), end):
        rest = _REST_OF_NAME.match(text, end)
        end = rest.end() if rest else end
    return end


def _whole_start(text: str, start: int) -> int:
    """Return where the word begins in whose middle a name was found to begin: "Doe" of "Roe-Doe"."""
    while start > 1 and text[start - 1] in "-–" and text[start - 2].isalnum():
        start -= 1
        while start and (text[start - 1].isalnum() or text[start - 1] in "’'"):
            start -= 1
    return start


def _past_other_words(parsed: Parsed, entity: Entity) -> int:
    """Return where the name begins: "Besides Jane Doe" and "Canadians Jane Doe" begin with no name."""
    if entity.label == "PERSON" and 0 <= entity.first < entity.last:
        first, second = parsed.tokens[entity.first : entity.first + 2]
        given = first.lower in MEN | WOMEN | {"will"} and first.tag != "IN"
        if second.tag == "NNP" and not given and (first.tag != "NNP" or begins_no_name(first.text)):
            return second.start
    return entity.start


def _from_first_name(parsed: Parsed, entity: Entity, start: int) -> int:
    """Return where a name of two families really begins: the model may see no more than "Doe-Roe" of it."""
    if start != entity.start or entity.first < 1:
        return start
    before = parsed.tokens[entity.first - 1]
    if before.text in _RANKS and parsed.tokens[entity.first].lower in TITLES:
        return before.start  # "Prime" of "Prime Minister’s Office"
    if "-" not in parsed.text[entity.start : entity.end]:
        return start
    joins = before.dep in ("compound", "nmod") and entity.first <= before.head <= entity.last
    if joins and _belongs(before, parsed.tokens[entity.first]) and not begins_no_name(before.text):
        return before.start
    return start


def _nicknamed(parsed: Parsed) -> Iterator[tuple[str, Occurrence]]:
    """Yield "Jane Doe" of "Jane “Jay” Doe"."""
    for match in _NICKNAMED.finditer(parsed.text):
        last = owner_alone(match[2] + " ").strip()
        if not begins_no_name(match[1]):
            yield (
                f"{match[1]} {last}",
                Occurrence(start=match.start(), end=match.start(2) + len(last), label="PERSON"),
            )


def _told(parsed: Parsed) -> Iterator[tuple[str, Occurrence]]:
    """Yield one word with a capital that is told as a person: "Yuni, a resident of …", "Yuni, 34, …"."""
    for match in _ONE_TOLD.finditer(parsed.text):
        at = bisect_left(parsed.tokens, match.start(1), key=lambda token: token.start)
        token = parsed.tokens[at] if at < len(parsed.tokens) else None
        if (
            token is not None
            and token.start == match.start(1)
            and token.tag == "NNP"
            and _could_be_last_name(token)
        ):
            yield match[1], Occurrence(start=match.start(1), end=match.end(1), label="")


def _titled(parsed: Parsed) -> Iterator[tuple[str, Occurrence]]:
    """Yield full names behind a title, "President Jane Doe", whatever the model makes of them."""
    for match in _TITLED.finditer(parsed.text):
        printed = owner_alone(match[1]).split()
        while printed and printed[0].lower().strip(".") in _NO_PERSONS_NAME:
            printed = printed[1:]
        name = clean_name(" ".join(printed))
        words = {word.lower().strip(".") for word in name.split()}
        if len(words) > 1 and not words & _NO_PERSONS_NAME and not begins_no_name(name.split()[0]):
            at = parsed.text.find(name, match.start(1))
            yield name, Occurrence(start=at, end=at + len(name), label="")


def _known(parsed: Parsed) -> Iterator[tuple[str, Occurrence]]:
    """Yield full names whose first word is a given name, wherever they stand."""
    for match in _NAMES.finditer(parsed.text):
        start, printed = match.start(), _OWNER_END.sub("", owner_alone(match[0]))
        while _opens_only(printed):
            start, printed = start + printed.index(" ") + 1, printed.split(" ", 1)[1]
        if printed.split()[0].lower() in MEN | WOMEN and len(printed.split()) > 1:
            yield clean_name(printed), Occurrence(start=start, end=start + len(printed), label="")


def _opens_only(printed: str) -> bool:
    """Return whether the first of some capitalised words is none of a name's: "On Monday Jane Doe"."""
    first, _, rest = printed.partition(" ")
    return bool(rest) and (
        begins_no_name(first) or bool(_CALENDAR.fullmatch(first.lower())) or first in _ADVERBS
    )


def _speaking(parsed: Parsed, speakers: Sequence[Token]) -> Iterator[tuple[str, Occurrence]]:
    """Yield capitalised speakers with the capitalised words right before them."""
    for token in speakers:
        if not token.tag.startswith("NNP") or not _could_be_last_name(token):
            continue
        first = token
        while first.i and _belongs(parsed.tokens[first.i - 1], first):
            first = parsed.tokens[first.i - 1]
        start, end = _whole_start(parsed.text, first.start), _whole_end(parsed.text, token.end, "")
        name = clean_name(parsed.text[start:end])
        at = parsed.text.find(name, start, end)
        if at >= 0:
            yield name, Occurrence(start=at, end=at + len(name), label="")


def _belongs(before: Token, word: Token) -> bool:
    return (
        before.tag == "NNP"
        and before.quote < 0
        and before.sentence == word.sentence
        and before.end == word.start - 1
        and before.text[:1].isupper()
        and before.lower.strip(".") not in _NOT_NAMES
        and not _CALENDAR.fullmatch(before.lower)
    )


def _could_be_last_name(token: Token) -> bool:
    return (
        len(token.text) > 1
        and token.quote < 0
        and not token.text.isupper()
        and token.lower not in _NOT_NAMES
        and not _CALENDAR.fullmatch(token.lower)
        and token.text.replace("-", "").replace("’", "").replace("'", "").isalpha()
    )


def starts_a_sentence(parsed: Parsed, offset: int) -> bool:
    """Return whether the word at ``offset`` is the first of its sentence, where any word has a capital."""
    at = bisect_left(parsed.tokens, offset, key=lambda token: token.start)
    return at < len(parsed.tokens) and parsed.sentences[parsed.tokens[at].sentence][0] == at
