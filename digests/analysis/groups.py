"""Which organisation a group noun takes up: "the company", "the ministry", "the 40-year-old charity"."""

from digests.analysis.cast import Cast
from digests.analysis.lexicon import GROUPS
from digests.analysis.people import Person, latest_before
from digests.analysis.tokens import Parsed, Token
from digests.model import ActorKind

_NEAR_SENTENCES = 10
_COMPANIES = frozenset(
    """company firm group maker manufacturer retailer airline publisher developer startup corporation operator
    insurer lender brewery giant bank paper newspaper outlet network magazine""".split()
)
_NO_COMPANIES = frozenset(
    """exchange ministry court police university college school department council commission union agency
    bureau office parliament senate congress assembly government association committee institute board
    authority board federation league party tribunal""".split()
)
_TOO_WIDE = frozenset("government police court council campaign party office".split())
"""Nouns that mean no organisation named before unless it is named so."""


def group_of(cast: Cast, head: Token, start: int) -> tuple[Person, float] | None:
    """Return ``(the organisation that "the company" means, how sure)``, or ``None``."""
    if head.lower not in GROUPS or _has_owner(cast.parsed, head):
        return None
    organizations = [p for p in cast.people if p.kind is ActorKind.ORGANIZATION]
    named = [p for p in organizations if head.lower in p.name.lower().split()]
    if named:
        found = latest_before(named, start)
        return (found, 0.85 if len(named) == 1 else 0.65) if found is not None else None
    if head.lower in _TOO_WIDE:
        return None
    scores = _salience(cast, head, start)
    if not scores:
        return None
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    alone = len(ranked) == 1 or ranked[0][0] - ranked[1][0] > 2.0
    return ranked[0][1], 0.76 if alone else 0.6


def _has_owner(parsed: Parsed, head: Token) -> bool:
    """Return whether it is somebody's group: "the premier’s office" is none that was named before."""
    return any(kid.dep == "poss" or (kid.dep == "prep" and kid.lower == "of") for kid in parsed.kids(head))


def _salience(cast: Cast, head: Token, start: int) -> dict[int, tuple[float, Person]]:
    """Return how near and how central each organisation is that the noun could mean."""
    scores: dict[int, tuple[float, Person]] = {}
    for place in cast.before(start):
        token, person = cast.parsed.tokens[place.token], place.person
        away = head.sentence - token.sentence
        if person.kind is not ActorKind.ORGANIZATION or away > _NEAR_SENTENCES or not _suits(person, head):
            continue
        score = -0.35 * away + 0.2 * min(len(person.mentions), 8)
        score += (
            1.5 if token.dep in ("nsubj", "nsubjpass") else 0.5 if token.dep in ("poss", "appos") else 0.0
        )
        score -= 3.0 if token.quote >= 0 else 0.0
        if id(person) not in scores or score > scores[id(person)][0]:
            scores[id(person)] = score, person
    return scores


def _suits(person: Person, head: Token) -> bool:
    words = set(person.name.lower().replace("’s", "").split())
    return head.lower not in _COMPANIES or not words & _NO_COMPANIES
