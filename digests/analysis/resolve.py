"""A mention -> the fullest name the article gives: "he", "the mayor", "Doe" -> "Jane Doe"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.analysis.cues import noun_phrase
from digests.analysis.lexicon import DOCUMENTS, FEMALE, MALE, PEOPLE_NOUNS, PLURAL, TITLE_ABBREVIATIONS
from digests.analysis.names import clean_name
from digests.analysis.people import Person
from digests.analysis.roles import head_words
from digests.analysis.tokens import Entity, Parsed, Token
from digests.model import ActorKind

_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "him", "her"})
_WORKS = frozenset({"WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})
_DEFINITE = frozenset({"the", "his", "her", "their", "this", "that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Who a mention is. ``person`` is ``None`` where the article never names them."""

    name: str
    person: Person | None
    sure: float


@dataclass(slots=True, kw_only=True)
class Cast:
    """Everybody named, and where; grows no further once the article is read."""

    parsed: Parsed
    people: Sequence[Person]
    entities: dict[int, Entity]
    places: list[tuple[int, Person]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = sorted(((m[0], p) for p in self.people for m in p.mentions), key=lambda row: row[0])

    def mentioned_at(self, start: int, end: int) -> list[Person]:
        """Return who is named between two offsets, in order."""
        low = bisect_left(self.places, start, key=lambda row: row[0])
        found: list[Person] = []
        for offset, person in self.places[low:]:
            if offset >= end:
                break
            if person not in found:
                found.append(person)
        return found


def make_cast(parsed: Parsed, people: Sequence[Person]) -> Cast:
    """Return the cast, with gender learned from the pronouns that follow each name."""
    entities = {i: e for e in parsed.entities if e.first >= 0 for i in range(e.first, e.last + 1)}
    cast = Cast(parsed=parsed, people=people, entities=entities)
    _learn_gender(cast)
    return cast


def _learn_gender(cast: Cast) -> None:
    """Vote: "he" or "she" tells the gender of the one person named in its sentence or the one before."""
    for token in cast.parsed.tokens:
        if token.quote >= 0 or token.lower not in ("he", "she", "his", "her"):
            continue
        first = cast.parsed.sentences[max(0, token.sentence - 1)][0]
        near = [
            p
            for p in cast.mentioned_at(cast.parsed.tokens[first].start, token.start)
            if p.kind is ActorKind.PERSON
        ]
        if len(near) == 1:
            near[0].gender += 1 if token.lower in MALE else -1


def resolve(cast: Cast, head: Token, speaking: Person | None) -> Resolved:
    """Return who the mention with this head is; ``speaking`` is the last quote's speaker."""
    start, end = noun_phrase(cast.parsed, head, cast.entities)
    text = cast.parsed.text[start:end]
    if head.lower in _PRONOUNS:
        return _pronoun(cast, head, speaking)
    named = cast.mentioned_at(start, end)
    own = next((p for p in named if _names(p, head)), None)
    if own is not None:
        return Resolved(name=own.name, person=own, sure=0.62 if _is_ambiguous(cast, own, text) else 0.97)
    apposed = _apposed(cast, head)
    if apposed is not None:
        return Resolved(name=apposed.name, person=apposed, sure=0.93)
    if head.lower in DOCUMENTS:
        return _issuer(cast, head, named, text)
    if head.lower == "both" and (pair := _both(cast, start)):
        return Resolved(name=pair, person=None, sure=0.7)
    if head.tag.startswith("NNP") and head.lower not in PEOPLE_NOUNS:
        single = len(clean_name(text).split()) == 1
        bearers = [p for p in cast.people if single and head.lower in p.name.lower().split()]
        bearer = _last_before(bearers, start)
        if bearer is not None and bearer.kind is ActorKind.PERSON:
            return Resolved(name=bearer.name, person=bearer, sure=0.85)
        work = head.i in cast.entities and cast.entities[head.i].label in _WORKS
        return Resolved(name=clean_name(text) or text, person=None, sure=0.5 if work else 0.85)
    return _role(cast, head, start, text)


def _is_ambiguous(cast: Cast, person: Person, mention: str) -> bool:
    """Return whether a bare last name could also mean somebody else in the article."""
    if len(clean_name(mention).split()) > 1 or person.kind is not ActorKind.PERSON:
        return False
    return any(p is not person and p.kind is ActorKind.PERSON and p.last == person.last for p in cast.people)


def _names(person: Person, head: Token) -> bool:
    return any(start <= head.start < end for start, end in person.mentions)


def _apposed(cast: Cast, head: Token) -> Person | None:
    """Return Jane Doe of "a spokeswoman for the mayor, Jane Doe," and "the mayor, Jane Doe"."""
    for kid in cast.parsed.kids(head):
        if kid.dep == "appos":
            for person in cast.people:
                if person.kind is ActorKind.PERSON and _names(person, kid):
                    return person
    return None


def _pronoun(cast: Cast, head: Token, speaking: Person | None) -> Resolved:
    if head.lower in ("it", "they", "we"):
        return _thing(cast, head, speaking)
    wanted = 1 if head.lower in MALE else -1 if head.lower in FEMALE else 0
    best: tuple[float, Person] | None = None
    for offset, person in cast.places[: bisect_left(cast.places, head.start, key=lambda row: row[0])]:
        if person.kind is not ActorKind.PERSON:
            continue
        score = _salience(cast, offset, head, person, wanted) + (1.2 if person is speaking else 0.0)
        if best is None or score >= best[0]:
            best = (score, person)
    if best is None or best[0] < -12:
        return Resolved(name=head.text, person=None, sure=0.3)
    return Resolved(name=best[1].name, person=best[1], sure=0.85 if best[0] > -2.5 else 0.65)


def _salience(cast: Cast, offset: int, head: Token, person: Person, wanted: int) -> float:
    """Return how near and how central a mention is to a later pronoun; 0 is the subject just before."""
    at = bisect_left(cast.parsed.tokens, offset, key=lambda token: token.start)
    token = cast.parsed.tokens[min(at, len(cast.parsed.tokens) - 1)]
    while token.dep in ("compound", "flat", "nmod") and cast.parsed.head(token).i > token.i:
        token = cast.parsed.head(token)
    score = -1.0 * (head.sentence - token.sentence)
    if token.dep not in ("nsubj", "nsubjpass"):
        score -= 1.2
    if token.quote >= 0:
        score -= 3.0
    if token.dep in ("poss", "compound"):
        score -= 0.8
    if wanted and person.gender * wanted < 0:
        score -= 5.0
    elif wanted and person.gender * wanted > 0:
        score += 0.8
    return score


def _thing(cast: Cast, head: Token, speaking: Person | None) -> Resolved:
    """Return the organisation or the issuer that "it" or "they" takes up from the sentence before."""
    if head.sentence == 0:
        return Resolved(name=head.text, person=None, sure=0.3)
    before = cast.parsed.sentence(head.sentence - 1)
    subject = next((t for t in before if t.dep in ("nsubj", "nsubjpass") and t.quote < 0), None)
    if subject is not None and subject.lower not in _PRONOUNS:
        found = resolve(cast, subject, speaking)
        if found.person is not None:
            return Resolved(name=found.name, person=found.person, sure=min(found.sure, 0.7))
        return Resolved(name=found.name, person=None, sure=0.5)
    if speaking is not None:
        return Resolved(name=speaking.name, person=speaking, sure=0.5)
    return Resolved(name=head.text, person=None, sure=0.3)


def _issuer(cast: Cast, head: Token, named: Sequence[Person], text: str) -> Resolved:
    """Return whose document it is: "his order", "the mayor's order", "the report by Doe"."""
    owner = next((kid for kid in cast.parsed.kids(head) if kid.dep == "poss"), None)
    if owner is not None:
        if owner.lower in ("his", "her", "its", "their"):
            pronoun = {"his": "he", "her": "she", "its": "it", "their": "they"}[owner.lower]
            stand_in = Token(owner.i, pronoun, pronoun, "PRP", "nsubj", owner.head, owner.start, owner.end,
                             owner.sentence, owner.paragraph, owner.quote)  # fmt: skip
            return _pronoun(cast, stand_in, None)
        found = resolve(cast, owner, None)
        if found.person is not None:
            return Resolved(name=found.name, person=found.person, sure=min(found.sure, 0.8))
    maker = _maker(cast, head)
    if maker is not None:
        found = resolve(cast, maker, None)
        if found.person is not None:
            return Resolved(name=found.name, person=found.person, sure=min(found.sure, 0.75))
    if named:
        return Resolved(name=named[-1].name, person=named[-1], sure=0.6)
    earlier = _issued_before(cast, head)
    if earlier is not None:
        return Resolved(name=earlier.name, person=earlier, sure=0.6)
    return Resolved(name=text, person=None, sure=0.55)


def _maker(cast: Cast, document: Token) -> Token | None:
    """Return who signed, wrote or issued it in the same clause: the subject whose object it is."""
    if document.dep != "dobj":
        return None
    return next((kid for kid in cast.parsed.kids(cast.parsed.head(document)) if kid.dep == "nsubj"), None)


def _issued_before(cast: Cast, head: Token) -> Person | None:
    """Return who signed, wrote or issued the same kind of document earlier in the article."""
    for token in cast.parsed.tokens[: head.i]:
        if token.lower != head.lower or token.quote >= 0:
            continue
        owner = next((kid for kid in cast.parsed.kids(token) if kid.dep == "poss"), None)
        maker = owner or _maker(cast, token)
        if maker is not None and maker.lower not in _PRONOUNS:
            return next((p for p in cast.people if _names(p, maker)), None)
    return None


def _role(cast: Cast, head: Token, start: int, text: str) -> Resolved:
    """Return who holds the office that "the mayor" or "the governor" means, else the description itself."""
    if text.endswith("year-old"):
        return _by_age(cast, start, text)
    words = text.split()
    definite = (bool(words) and words[0].lower() in _DEFINITE) or head.text[0].isupper()
    office = TITLE_ABBREVIATIONS.get(head.lower, head.lower.strip("."))
    if head.lower in PLURAL or head.tag == "NNS" or not definite:
        return Resolved(name=text, person=None, sure=0.8)
    holders = [p for p in cast.people if p.kind is ActorKind.PERSON and _holds(p, office)]
    holder = _last_before(holders, start)
    if holder is not None:
        return Resolved(name=holder.name, person=holder, sure=0.85 if len(holders) == 1 else 0.7)
    return Resolved(name=text, person=None, sure=0.7)


def _by_age(cast: Cast, start: int, text: str) -> Resolved:
    """Return who "the 34-year-old" is: whose age the article gives so, else who was named last."""
    people = [p for p in cast.people if p.kind is ActorKind.PERSON]
    age = re.search(r"\d+", text)
    told = [
        p
        for p in people
        if age and re.search(rf"{re.escape(p.name.split()[-1])}, {age[0]}\b", cast.parsed.text)
    ]
    found = told[0] if len(told) == 1 else _last_before(people, start)
    if found is None:
        return Resolved(name=text, person=None, sure=0.7)
    alone = sum(p.mentions[0][0] < start for p in people) == 1
    return Resolved(name=found.name, person=found, sure=0.85 if len(told) == 1 or alone else 0.6)


def _both(cast: Cast, start: int) -> str | None:
    """Return "A and B", the two people named last before ``start``."""
    before = [p for offset, p in cast.places if offset < start and p.kind is ActorKind.PERSON]
    latest = sorted(list(dict.fromkeys(reversed(before)))[:2], key=lambda p: p.mentions[0])
    return " and ".join(p.name for p in latest) if len(latest) == 2 else None


def _holds(person: Person, office: str) -> bool:
    return any(
        office in {TITLE_ABBREVIATIONS.get(w + ".", w) for w in head_words(role)} for role in person.roles
    )


def _last_before(people: Sequence[Person], offset: int) -> Person | None:
    """Return the one named last before ``offset``; failing that, the one named first."""
    before = [
        (max(m[0] for m in p.mentions if m[0] < offset), p) for p in people if p.mentions[0][0] < offset
    ]
    if before:
        return max(before, key=lambda row: row[0])[1]
    return min(people, key=lambda p: p.mentions[0], default=None)
