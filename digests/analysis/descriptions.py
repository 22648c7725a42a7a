"""Whom a description means: "the mayor", "the 34-year-old", "the rookie defenceman"."""

import re

from digests.analysis.cast import Cast
from digests.analysis.cues import noun_phrase
from digests.analysis.lexicon import TITLE_ABBREVIATIONS
from digests.analysis.people import Person, latest_before
from digests.analysis.tokens import Token
from digests.model import ActorKind

_WORD = re.compile(r"[\w’'-]+")
_EMPTY = frozenset("the a an his her its their this that of for in at on to with and former one".split())
_SOME = frozenset({"a", "an", "one", "another"})
_SAME_OFFICE = {
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "congressman": "representative",
    "congresswoman": "representative",
    "councilman": "councillor",
    "councilwoman": "councillor",
    "attorney": "lawyer",
    "barrister": "lawyer",
    "solicitor": "lawyer",
    "counsel": "lawyer",
    "defender": "lawyer",
    "policeman": "officer",
    "policewoman": "officer",
    "goalkeeper": "goaltender",
    "goalie": "goaltender",
    "netminder": "goaltender",
    "boss": "manager",
    "skipper": "captain",
    "mom": "mother",
    "dad": "father",
}


def content_words(text: str) -> frozenset[str]:
    """Return the words that describe, in lower case, offices under one name."""
    found = set()
    for word in _WORD.findall(text.lower().replace("’", "'")):
        plain = TITLE_ABBREVIATIONS.get(word + ".", word.removesuffix("'s"))
        if plain not in _EMPTY:
            found.add(_SAME_OFFICE.get(plain, plain))
    return frozenset(found)


def holder_of(cast: Cast, head: Token, start: int, text: str) -> tuple[Person, float] | None:
    """Return ``(who holds the office or fits the description, how sure)``, or ``None``.

    The head word must be a head of one of the person's roles; other words in common decide between
    several, then who was named last.
    """
    words = content_words(text)
    office = next(iter(content_words(head.lower)), head.lower)
    fitting = []
    for person in cast.people:
        if person.kind is ActorKind.PERSON:
            fit = max((_fit(role, office, words) for role in person.roles), default=0.0)
            if fit > 0:
                fitting.append((fit, person))
    if not fitting:
        return None
    best = max(fit for fit, _ in fitting)
    holders = [person for fit, person in fitting if fit == best]
    holder = latest_before(holders, start)
    if holder is None:
        return None
    sure = 0.85 if len(fitting) == 1 else 0.8 if len(holders) == 1 else 0.6
    return holder, min(sure, 0.6) if _is_another(words - {office}, office, holder) else sure


def _is_another(modifiers: frozenset[str], office: str, holder: Person) -> bool:
    """Return whether the words before an office are none of the holder's: a stage, not a general manager."""
    if not modifiers:
        return False
    theirs = [content_words(_heads(role)) for role in holder.roles if office in content_words(_heads(role))]
    return all(role - {office} and not modifiers & role for role in theirs)


def _fit(role: str, office: str, words: frozenset[str]) -> float:
    """Return how well a role fits: 0 where its head is another office."""
    if office not in content_words(_heads(role)):
        return 0.0
    return 1.0 + len((words - {office}) & content_words(role))


def _heads(role: str) -> str:
    """Return the part of a role that names the office: "chair" of "chair of the harbour commission"."""
    return re.split(r"\b(?:of|for|at|in|with|from|to|who)\b", role, maxsplit=1)[0] or role


def introduced_as(cast: Cast, head: Token, start: int) -> str | None:
    """Return how somebody without a name was introduced: "an analyst at a bank" for a later "the analyst"."""
    office = next(iter(content_words(head.lower)), head.lower)
    for token in reversed(cast.parsed.tokens[: head.i]):
        if token.quote >= 0 or token.tag != "NN" or office not in content_words(token.lower):
            continue
        first, end = noun_phrase(cast.parsed, token, cast.entities)
        words = cast.parsed.text[first:end].split()
        if len(words) > 2 and words[0].lower() in _SOME and end <= start:
            return cast.parsed.text[first:end]
    return None


def by_age(cast: Cast, start: int, text: str) -> tuple[Person, float] | None:
    """Return ``(who "the 34-year-old" is, how sure)``: whose age is given so, else who was named last."""
    people = [p for p in cast.people if p.kind is ActorKind.PERSON]
    age = re.search(r"\d+", text)
    told = [
        p
        for p in people
        if age and re.search(rf"{re.escape(p.name.split()[-1])},? \(?{age[0]}\b", cast.parsed.text)
    ]
    found = told[0] if len(told) == 1 else latest_before(people, start)
    if found is None:
        return None
    alone = sum(p.mentions[0][0] < start for p in people) == 1
    return found, 0.85 if len(told) == 1 or alone else 0.6
