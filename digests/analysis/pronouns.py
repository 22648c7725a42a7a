"""Whom each "he" and "she" takes up.

Pronouns are followed through the whole text in order, each adding a mention of whom it means, so that
a long run of "she said" stays with one woman; so do offices ("the mayor"). Whoever speaks a quote is
not who the quote talks about.
"""

from collections.abc import Mapping, Sequence

from digests.analysis.cast import HE_OR_SHE, Cast, Place, Taken, list_cast
from digests.analysis.cues import noun_phrase
from digests.analysis.descriptions import content_words, holder_of
from digests.analysis.lexicon import DOCUMENTS, FEMALE, GROUPS, MALE, PEOPLE_NOUNS, can_be_a_person
from digests.analysis.people import Person
from digests.analysis.tokens import Parsed, Token
from digests.model import ActorKind

_FAR = 12
"""Sentences after which a name is forgotten."""

_SOON, _MET_LATER = 4, 0.76
_DOUBTED = 0.7
_MARGIN_SURE, _MARGIN_LIKELY = 2.0, 0.8
_SURE_HOLDER = 0.75
_SOME = frozenset({"a", "an", "one", "another", "his", "her", "my", "their"})


def make_cast(parsed: Parsed, people: Sequence[Person], said: Mapping[int, str] | None = None) -> Cast:
    """Return the cast with every "he" and "she" resolved.

    ``said`` holds, by the token that heads a speaker's mention, what was quoted of them.
    """
    cast = list_cast(parsed, people)
    speaking: Person | None = None
    for token in parsed.tokens:
        if token.quote >= 0:
            continue
        if token.lower in HE_OR_SHE:
            taken = _follow(cast, token, speaking, content_words((said or {}).get(token.i, "")))
            cast.pronouns[token.i] = taken
            if taken.person is not None:
                cast.mention(token, taken.person, taken.sure)
        elif _is_office(parsed, token):
            holder = holder_of(cast, token, token.start, f"the {token.text}")
            if holder is not None and holder[1] >= _SURE_HOLDER:
                cast.mention(token, *holder)
        elif _is_unnamed(cast, token) or _is_overlooked(cast, token):
            cast.mention(token, _unnamed(cast, token), 1.0)
        if said and token.i in said:
            speaking = _meant(cast, token) or speaking
    return cast


def _is_unnamed(cast: Cast, token: Token) -> bool:
    """Return whether the token heads the mention of somebody without a name: "a woman who lives opposite"."""
    if token.lower not in PEOPLE_NOUNS or token.lower in GROUPS or token.tag != "NN":
        return False
    if token.dep not in ("nsubj", "nsubjpass", "agent", "pobj", "dobj") or token.i in cast.entities:
        return False
    parsed = cast.parsed
    if any(kid.dep == "appos" or kid.tag.startswith("NNP") for kid in parsed.kids(token)):
        return False
    return any(kid.lower in _SOME for kid in parsed.kids(token)) and not cast.named_by(token)


def _is_overlooked(cast: Cast, token: Token) -> bool:
    """Return whether a capitalised subject is nobody of the cast, though it can only be a name."""
    if token.tag != "NNP" or token.dep != "nsubj" or not token.text.istitle() or len(token.text) < 3:
        return False
    alone = token.i not in cast.entities and token.lower not in PEOPLE_NOUNS | DOCUMENTS
    bare = not any(kid.i < token.i for kid in cast.parsed.kids(token))
    return alone and bare and cast.named_by(token) is None and f" {token.lower} " not in cast.parsed.text


def _unnamed(cast: Cast, token: Token) -> Person:
    """Return somebody who is known by a description alone; nobody of the cast."""
    start, end = noun_phrase(cast.parsed, token, cast.entities)
    gender = 4 * (token.lower in MALE) - 4 * (token.lower in FEMALE)
    return Person(
        name=cast.parsed.text[start:end], kind=ActorKind.PERSON, mentions=[(start, end)], gender=gender
    )


def _meant(cast: Cast, token: Token) -> Person | None:
    taken = cast.pronouns.get(token.i)
    return taken.person if taken is not None else cast.named_by(token)


def _is_office(parsed: Parsed, token: Token) -> bool:
    """Return whether the token heads "the mayor", which means one person."""
    return (
        token.tag == "NN"
        and token.lower in PEOPLE_NOUNS
        and token.lower not in GROUPS
        and any(kid.lower == "the" for kid in parsed.kids(token))
    )


def _follow(cast: Cast, pronoun: Token, speaking: Person | None, said: frozenset[str]) -> Taken:
    """Return whom a pronoun means: the most salient person before it whose gender fits."""
    wanted = 1 if pronoun.lower in MALE else -1 if pronoun.lower in FEMALE else 0
    scores: dict[int, float] = {}
    best: dict[int, Place] = {}
    counts: dict[int, int] = {}
    for place in reversed(cast.before(pronoun.start)):
        away = pronoun.sentence - cast.parsed.tokens[place.token].sentence
        if away > _FAR and scores:
            break
        if place.person.kind is ActorKind.PERSON:
            score = _salience(cast.parsed, place, pronoun)
            key = id(place.person)
            counts[key] = counts.get(key, 0) + 1
            if key not in best or score > scores[key]:
                best[key], scores[key] = place, score
    scores = {
        key: score + min(0.15 * counts[key], 0.6) + _suits(best[key].person, wanted, speaking, said)
        for key, score in scores.items()
    }
    ranked = sorted(scores, key=lambda key: -scores[key])
    if not ranked:
        return _named_later(cast, pronoun, wanted)
    if scores[ranked[0]] < -12:
        return Taken(None, 0.3)
    margin = scores[ranked[0]] - scores[ranked[1]] if len(ranked) > 1 else 4.0
    sure = 0.9 if margin >= _MARGIN_SURE else 0.78 if margin >= _MARGIN_LIKELY else 0.6
    antecedent = best[ranked[0]]
    if _somebody_between(cast, antecedent, pronoun):
        sure = min(sure, _DOUBTED)
    sure = min(sure, antecedent.sure + 0.05) if scores[ranked[0]] > -4 else min(sure, 0.65)
    return Taken(antecedent.person, sure)


def _somebody_between(cast: Cast, antecedent: Place, pronoun: Token) -> bool:
    """Return whether somebody whom nobody resolved is the subject of the sentence before a pronoun."""
    if pronoun.sentence - cast.parsed.tokens[antecedent.token].sentence < 1:
        return False
    known = {place.token for place in cast.before(pronoun.start)}
    return any(
        token.dep == "nsubj"
        and token.quote < 0
        and token.i > antecedent.token
        and token.i not in known
        and token.tag in ("NN", "NNP")
        and token.lower not in GROUPS
        and (token.tag == "NNP" or can_be_a_person(token.lower))
        and (token.i not in cast.entities or cast.entities[token.i].label == "PERSON")
        for token in cast.parsed.sentence(pronoun.sentence - 1)
    )


def _named_later(cast: Cast, pronoun: Token, wanted: int) -> Taken:
    """Return who is named first, soon after a quote that opens the article: “…,” she recalls. Jane Doe …"""
    for place in cast.places:
        away = cast.parsed.tokens[place.token].sentence - pronoun.sentence
        fits = place.person.kind is ActorKind.PERSON and _fit(place.person, wanted) >= 0
        if fits and place.by_name and 0 <= away <= _SOON:
            return Taken(place.person, _MET_LATER)
    return Taken(None, 0.3)


def _suits(person: Person, wanted: int, speaking: Person | None, said: frozenset[str]) -> float:
    """Return what speaks for a person apart from where they are mentioned."""
    score = _fit(person, wanted) + (0.5 if person is speaking else 0.0)
    offices = {word for role in person.roles for word in content_words(role)} & PEOPLE_NOUNS
    return score - (2.5 if person.last in said or offices & said else 0.0)


def _fit(person: Person, wanted: int) -> float:
    """Return how well a pronoun's gender fits; what is known for sure outweighs all else."""
    votes = person.gender * wanted
    if votes < 0:
        return -6.0 if votes <= -2 else -3.0
    return 1.2 if votes >= 2 else 0.6 if votes else 0.0


def _salience(parsed: Parsed, place: Place, pronoun: Token) -> float:
    """Return how near and how central a mention is to a later pronoun; 0 is the subject just before.

    Whoever was just introduced is likely to speak next.

    After Lappin and Leass (1994): recency, then the role in the sentence.
    """
    token = parsed.tokens[place.token]
    while token.dep in ("compound", "flat", "nmod") and parsed.head(token).i > token.i:
        token = parsed.head(token)
    away = pronoun.sentence - token.sentence
    score = 1.3 if place.start == place.person.mentions[0][0] else 0.0 if place.by_name else -0.2
    score -= 0.9 * min(away, 4) + 0.4 * max(0, away - 4) + 2.0 * (1.0 - place.sure)
    if token.quote >= 0:
        return score - 3.0
    if token.dep in ("nsubj", "nsubjpass"):
        inner = any(above.dep in ("relcl", "acl", "ccomp") for above in parsed.ancestors(token))
        score -= 0.4 if inner else 0.0
    elif token.dep in ("poss", "compound"):
        score -= 1.6
    elif token.dep in ("appos", "ROOT", "attr", "conj"):
        score -= 0.6
    else:
        score -= 1.3
    if not away and token.dep not in ("nsubj", "nsubjpass", "poss"):
        score -= 1.2  # "Asked about Doe, he said": he is somebody else
    return score
