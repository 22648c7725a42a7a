"""A mention -> the fullest name the article gives: "he", "the mayor", "Doe" -> "Jane Doe"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.cast import HE_OR_SHE, Cast
from digests.analysis.cues import noun_phrase
from digests.analysis.descriptions import by_age, holder_of, introduced_as
from digests.analysis.groups import group_of
from digests.analysis.issuers import court_of, issued_before, makers_of
from digests.analysis.lexicon import DOCUMENTS, GROUPS, PEOPLE_NOUNS, PLURAL, TITLES
from digests.analysis.names import clean_name, looks_like_a_name
from digests.analysis.people import Person, latest_before
from digests.analysis.tokens import Token
from digests.model import ActorKind

_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "him", "her"})
_TWO = frozenset({"both", "couple", "pair", "duo", "two"})
_WORKS = frozenset({"WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})
_DEFINITE = frozenset({"the", "his", "her", "their", "its", "this", "that"})


_JUST_TOLD = 3
"""Sentences in which a description takes up who was told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Who a mention is. ``person`` is ``None`` where the article never names them."""

    name: str
    person: Person | None
    sure: float


def resolve(cast: Cast, head: Token, speaking: Person | None) -> Resolved:
    """Return who the mention with this head is; ``speaking`` is the last quote's speaker."""
    start, end = noun_phrase(cast.parsed, head, cast.entities)
    text = cast.parsed.text[start:end]
    if head.lower in _PRONOUNS:
        return _pronoun(cast, head, speaking)
    named = cast.mentioned_at(start, end)
    own = next((p for p in named if _names(p, head)), None)
    if own is not None:
        return _pair(cast, head, own) or Resolved(
            name=own.name, person=own, sure=0.62 if _is_ambiguous(cast, own, text) else 0.97
        )
    apposed = _apposed(cast, head)
    if apposed is not None:
        return Resolved(name=apposed.name, person=apposed, sure=0.93)
    if head.lower in DOCUMENTS:
        return _issuer(cast, head, named, text)
    if head.i in cast.entities and cast.entities[head.i].label == "NORP":
        return _member(cast, head, text)
    if head.lower in _TWO and (pair := _both(cast, start)):
        return Resolved(name=pair, person=None, sure=0.7)
    if head.tag.startswith("NNP") and (head.lower not in PEOPLE_NOUNS or _is_named_group(head, text)):
        return _unlisted(cast, head, start, text)
    return _description(cast, head, start, text)


def _is_named_group(head: Token, text: str) -> bool:
    """Return whether it is an organisation's name: "Prime Minister's Office", not "the Office"."""
    return head.lower in GROUPS and sum(word[:1].isupper() for word in text.split()) > 1


def _member(cast: Cast, head: Token, text: str) -> Resolved:
    """Return whom "the Elm Republican" takes up: the person just told of, else the description itself."""
    definite = any(kid.lower == "the" for kid in cast.parsed.kids(head))
    told = _just_told(cast, head) if definite and head.tag in ("NN", "NNP") else None
    if told is None:
        return Resolved(name=text, person=None, sure=0.6)
    return Resolved(name=told.name, person=told, sure=0.78)


def _just_told(cast: Cast, head: Token) -> Person | None:
    """Return the person whom the sentences right before a description are about."""
    near = [
        place.person
        for place in cast.before(head.start)
        if place.person.kind is ActorKind.PERSON
        and head.sentence - cast.parsed.tokens[place.token].sentence <= _JUST_TOLD
        and cast.parsed.tokens[place.token].dep in ("nsubj", "nsubjpass")
    ]
    return near[-1] if near else None


def _unlisted(cast: Cast, head: Token, start: int, text: str) -> Resolved:
    """Return a capitalised mention of nobody on the list: a bearer of that name, or the name itself."""
    single = len(clean_name(text).split()) == 1
    bearers = [p for p in cast.people if single and head.lower in p.name.lower().split()]
    bearer = latest_before(bearers, start)
    if bearer is not None and bearer.kind is ActorKind.PERSON:
        return Resolved(name=bearer.name, person=bearer, sure=0.85)
    text = _without_place(text)
    work = head.i in cast.entities and cast.entities[head.i].label in _WORKS
    return Resolved(name=clean_name(text) or text, person=None, sure=0.5 if work else 0.85)


def _without_place(text: str) -> str:
    """Return "Jane Doe" of "Jane Doe of Example Partners"."""
    name, of, _ = text.partition(" of ")
    return name if of and len(name.split()) > 1 and looks_like_a_name(name) else text


def _pair(cast: Cast, head: Token, first: Person) -> Resolved | None:
    """Return "A and B" of "A and B said"."""
    for kid in cast.parsed.kids(head):
        if kid.dep == "conj" and kid.tag.startswith("NNP") and head.dep in ("nsubj", "nsubjpass"):
            other = next((p for p in cast.people if p is not first and _names(p, kid)), None)
            if other is not None and other.kind is first.kind is ActorKind.PERSON:
                return Resolved(name=f"{first.name} and {other.name}", person=None, sure=0.85)
    return None


def _is_ambiguous(cast: Cast, person: Person, mention: str) -> bool:
    """Return whether a bare last name could also mean somebody else in the article."""
    bare = clean_name(mention)
    if len(bare.split()) > 1 or person.kind is not ActorKind.PERSON:
        return False
    others = [p for p in cast.people if p is not person and p.kind is ActorKind.PERSON]
    return any(p.name == bare or p.bears(bare) for p in others)


def _names(person: Person, head: Token) -> bool:
    return any(start <= head.start < end for start, end in person.mentions)


def _apposed(cast: Cast, head: Token) -> Person | None:
    """Return Jane Doe of "a spokeswoman for the mayor, Jane Doe," and "the mayor, Jane Doe"."""
    for kid in cast.parsed.kids(head):
        if kid.dep == "acl" and kid.lower in ("named", "called", "known"):
            behind = cast.mentioned_at(kid.end, cast.parsed.tokens[cast.parsed.subtree_bounds(kid)[1]].end)
            if behind:
                return behind[0]
        if kid.dep == "appos":
            for person in cast.people:
                if person.kind is ActorKind.PERSON and _names(person, kid):
                    return person
    _, end = noun_phrase(cast.parsed, head, cast.entities)
    if head.lower in PEOPLE_NOUNS and cast.parsed.text[end : end + 2] == ", ":
        behind = cast.mentioned_at(end + 2, end + 3)
        return behind[0] if behind and behind[0].kind is ActorKind.PERSON else None
    return None


def _pronoun(cast: Cast, head: Token, speaking: Person | None) -> Resolved:
    taken = cast.pronouns.get(head.i)
    if taken is not None and taken.person is not None:
        sure = min(0.95, taken.sure + 0.05) if taken.person is speaking else taken.sure
        listed = taken.person if taken.person in cast.people else None
        return Resolved(name=taken.person.name, person=listed, sure=sure)
    if head.lower in ("it", "they", "we"):
        return _thing(cast, head, speaking)
    if head.lower == "who" and head.dep in ("nsubj", "nsubjpass"):
        verb = cast.parsed.head(head)
        if verb.dep == "relcl" and cast.parsed.head(verb).lower not in _PRONOUNS:
            return resolve(cast, cast.parsed.head(verb), speaking)
    return Resolved(name=head.text, person=None, sure=0.3)


def _thing(cast: Cast, head: Token, speaking: Person | None) -> Resolved:
    """Return the organisation or the issuer that "it" or "they" takes up from the sentence before."""
    if head.sentence == 0:
        return Resolved(name=head.text, person=None, sure=0.3)
    before = cast.parsed.sentence(head.sentence - 1)
    subject = next((t for t in before if t.dep in ("nsubj", "nsubjpass") and t.quote < 0), None)
    if subject is None:  # "A statement by the board. “…,” it says."
        subject = next((t for t in before if t.dep == "ROOT" and t.lower in DOCUMENTS), None)
    if subject is not None and subject.lower not in _PRONOUNS:
        found = resolve(cast, subject, speaking)
        sure = min(found.sure, 0.7) if found.person is not None else 0.5
        return replace(found, sure=sure)
    if speaking is not None:
        return Resolved(name=speaking.name, person=speaking, sure=0.5)
    return Resolved(name=head.text, person=None, sure=0.3)


def _issuer(cast: Cast, head: Token, named: Sequence[Person], text: str) -> Resolved:
    """Return whose document it is: "his order", "the mayor's order", "a report by the board"."""
    for maker, sure in makers_of(cast, head):
        found = _maker(cast, head, maker)
        if found is not None:
            return replace(found, sure=min(found.sure, sure))
    if named:
        return Resolved(name=named[-1].name, person=named[-1], sure=0.6)
    earlier = issued_before(cast, head)
    found = _maker(cast, head, earlier) if earlier is not None else None
    if found is not None:
        return replace(found, sure=min(found.sure, 0.7))
    court = court_of(cast, head)
    if court is not None:
        return Resolved(name=court.name, person=court, sure=0.6)
    return Resolved(name=text, person=None, sure=0.55)


def _maker(cast: Cast, document: Token, maker: Token) -> Resolved | None:
    """Return who a document's maker is, or ``None`` where that is only another pronoun or document."""
    if maker.i == document.i or (maker.lower in HE_OR_SHE and maker.i not in cast.pronouns):
        return None
    found = _thing(cast, maker, None) if maker.lower in ("its", "their") else resolve(cast, maker, None)
    return None if found.name.lower() in _PRONOUNS | {"his", "her", "its", "their"} else found


def _description(cast: Cast, head: Token, start: int, text: str) -> Resolved:
    """Return who holds the office that "the mayor" or "the governor" means, else the description itself."""
    words = text.split()
    definite = (bool(words) and words[0].lower() in _DEFINITE) or head.text[0].isupper()
    itself = Resolved(name=text, person=None, sure=0.68)
    if text.endswith("year-old"):
        found = by_age(cast, start, text)
    elif head.lower in PLURAL or head.tag == "NNS" or not definite:
        return replace(itself, sure=0.8)
    elif head.lower in GROUPS:
        found = group_of(cast, head, start) if words[0].lower() == "the" else None
    else:
        found = holder_of(cast, head, start, text)
    if found is None:
        fuller = introduced_as(cast, head, start) if definite else None
        if fuller is not None:
            return replace(itself, name=fuller)
        office = words[:1] in (["the"], ["The"]) and head.lower in TITLES
        told = _just_told(cast, head) if office else None
        return Resolved(name=told.name, person=told, sure=0.6) if told is not None else itself
    person, sure = found
    return Resolved(name=person.name, person=person, sure=sure)


def _both(cast: Cast, start: int) -> str | None:
    """Return "A and B", the two people named last before ``start``."""
    before = [
        place.person
        for place in cast.before(start)
        if place.person.kind is ActorKind.PERSON and cast.parsed.tokens[place.token].quote < 0
    ]
    latest = sorted(list(dict.fromkeys(reversed(before)))[:2], key=lambda p: p.mentions[0])
    return " and ".join(p.name for p in latest) if len(latest) == 2 else None
