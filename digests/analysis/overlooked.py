"""Names that the model overlooked: a quarter of the speakers, most of them last names standing alone."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from digests.analysis.lexicon import DOCUMENTS, PEOPLE_NOUNS, TITLES
from digests.analysis.names import clean_name, last_name
from digests.analysis.people import Person, latest_before
from digests.analysis.tokens import Entity, Parsed, Token

_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august"
    r"|september|october|november|december"
)
_NOT_NAMES = PEOPLE_NOUNS | DOCUMENTS | frozenset("republican democrat house senate congress".split())
_SENTENCE_STARTS = frozenset(
    "Both Besides But And The When While After As In On At For If Then So Yet Meanwhile Asked Like".split()
)
_ALONE = r"(?<![\w’'-]){}(?![\w-])"


def overlooked_speakers(
    parsed: Parsed, entities: Sequence[Entity], speakers: Sequence[Token]
) -> list[Entity]:
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
    found = [form for last in sorted(lasts) for form in _forms(parsed, last, last in doubtful)]
    return [
        form for form in found if form.start not in known or parsed.text[form.start : form.end] in doubtful
    ]


def _forms(parsed: Parsed, last: str, doubtful: bool) -> Iterator[Entity]:
    """Yield every place where a last name stands, with the first names before it."""
    name = re.escape(last)
    if doubtful and not re.search(_ALONE.format(rf"[A-Z][a-z]+ {name}"), parsed.text):
        return
    for match in re.finditer(_ALONE.format(rf"(?:[A-Z][\w’'-]+ (?:[A-Z]\. )?){{0,2}}{name}"), parsed.text):
        start = match.start() + len(match[0]) - len(_without_titles(match[0]))
        if not _starts_with_name(parsed, start):
            start = match.end() - len(last)
        yield Entity(start, match.end(), "PERSON")


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


def full_names(parsed: Parsed, singles: Sequence[str]) -> Iterator[Entity]:
    """Yield the first full name in the text of each one who is otherwise named by last name alone."""
    places = {parsed.text[e.start : e.end] for e in parsed.entities if e.label in ("GPE", "LOC", "FAC")}
    for single in singles:
        pattern = _ALONE.format(rf"[A-Z][\w’'-]+ (?:[A-Z]\. )?{re.escape(single)}")
        match = re.search(pattern, parsed.text)
        full = clean_name(match[0]) if match else ""
        if match is None or len(full.split()) < 2:
            continue
        first = full.split()[0]
        # A word that also stands in lower case in the article began a sentence, not a name.
        common = re.search(rf"\b{re.escape(first.lower())}\b", parsed.text)
        if not common and first not in _SENTENCE_STARTS | places:
            yield Entity(match.end() - len(full), match.end(), "PERSON")


def add_bare_names(text: str, people: Sequence[Person], bylines: Sequence[tuple[int, int]]) -> None:
    """Add to each person the places where the last name stands alone, unmarked by the model."""
    taken = {edge for person in people for mention in person.mentions for edge in mention}
    for person in people:
        last = next((w for w in reversed(person.name.split()) if last_name(w) == person.last), "").strip(",.")
        if len(person.name.split()) < 2 or len(last) < 3 or not last[0].isupper():
            continue
        for match in re.finditer(_ALONE.format(re.escape(last)), text):
            within_byline = any(a <= match.start() < b for a, b in bylines)
            if taken & set(match.span()) or within_byline or _part_of_another_name(text, *match.span()):
                continue
            bearers = [other for other in people if other.bears(last)]
            (latest_before(bearers, match.start()) or person).mention(*match.span(), last)
            taken.update(match.span())


def _part_of_another_name(text: str, start: int, end: int) -> bool:
    before = re.search(r"(\w+)\s$", text[max(0, start - 30) : start])
    after = re.match(r"\s([A-Z]\w+)", text[end : end + 30])
    return bool(after) or bool(before and before[1][0].isupper() and before[1].lower() not in TITLES)
