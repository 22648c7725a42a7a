"""Does a French clause stand alone? Not where it takes up somebody or something that it does not name itself.

"Il l'a répété", "qu'elle coûterait trois millions", "cet amiral", "ainsi": who and what is told before them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.words import say_forms, words
from digests.analysis.people import Person
from digests.analysis.tokens import Parsed, Token
from digests.model import ActorKind, Span

_HE, _SHE = 1, -1
_ONE = {"le": _HE, "un": _HE, "du": _HE, "au": _HE, "la": _SHE, "une": _SHE, "sa": _SHE, "l'": 0, "son": 0}
_MANY = frozenset("les des aux ses leurs deux trois quatre cinq six plusieurs certains certaines".split())
_SUBJECTS = {"il": _HE, "elle": _SHE}
_OBJECTS = {"le": _HE, "la": _SHE, "l'": 0, "lui": 0}
_PRONOUNS = frozenset("il elle on ils elles qui je nous vous ce c' cela ça".split())
_NOT_TAKEN_UP = ("det", "case", "flat", "fixed", "nmod", "amod", "appos", "mark", "cc")
"""What the parser calls an article, a preposition, or a part of a name: "le pont", "en avril", "Le Bihan"."""

_HAVE = frozenset("a ont avait avaient aura auront aurait auraient ait aient".split())
_PARTS = ("qui", "que", "qu'", "dont", "où")
_TIMES = frozenset(
    """matin midi soir nuit jour semaine week-end mois année an printemps été automne hiver saison rentrée
    lundi mardi mercredi jeudi vendredi samedi dimanche derniers dernières prochains prochaines""".split()
)
_ALWAYS = frozenset(
    """celui-ci celle-ci ceux-ci celles-ci celui-là celle-là ceux-là celles-là cela ça ceci ainsi tel telle
    tels telles ici là là-bas je j' me m' moi mon ma mes nous notre nos vous votre vos dessus""".split()
)
_GOES_ON = frozenset({"que", "qu'"})
_EMPTY = re.compile(
    r"(?:ne |n' ?)?(?:(?:y )?(?:a|avait|aura|aurait|ait) |(?:en )?(?:faut|faudra|faudrait|fallait|suffit"
    r"|suffisait|suffirait|convient|convenait|reste|restait|restera|existe|existait|manque|manquait"
    r"|semble|semblait|arrive|vaut|importe|se peut|se trouve|fait (?:froid|chaud|beau|nuit|jour)) "
    r"|s' ?agi\w+ |(?:est|était|sera|serait) (?!\w+[ée]e?s? )(?:\w+ ){1,3}?(?:de |d'|que |qu'))"
)
"""What follows an "il" that means nobody: "il y a", "il faut", "il s'agit", "il est urgent de"."""

_LOOKED_AT = 8


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who speaks, as far as pronouns can mean them: 1 a man, -1 a woman, 0 not known.

    ``reads_on`` says that the clause follows the name: "**Jeanne Morlet** a promis que **son** mari …".
    """

    gender: int
    reads_on: bool


@dataclass(slots=True)
class _Read:
    """What a clause has named up to a word: one thing of each gender, or many."""

    ones: list[int] = field(default_factory=list)
    many: bool = False

    def note(self, word: str) -> None:
        """Note the noun that an article or the like announces."""
        if word in _MANY or word.isdigit():
            self.many = True
        elif word in _ONE:
            self.ones.append(_ONE[word])

    def names(self, gender: int, fewest: int = 1) -> bool:
        """Return whether so many things were named that a pronoun of this gender can mean."""
        return sum(not (gender and one and one != gender) for one in self.ones) >= fewest


def leans(
    parsed: Parsed,
    cast: Cast,
    span: Span,
    speaker: Person | None,
    *,
    reads_on: bool,
    own: Sequence[tuple[int, int]] = (),
) -> bool:
    """Return whether a clause takes up somebody or something that only the text before it names.

    ``own`` are the bounds of what means the speaker: "selon **elle**", "a-t-**il** précisé".
    """
    inside = _reporters(parsed, span)
    gender = speaker.gender if speaker is not None and speaker.kind is ActorKind.PERSON else 0
    voice, read = _Voice(_sign(gender), reads_on), _Read()
    named = set(cast.named_within(span.start, span.end))
    for place, token in enumerate(inside):
        following = [one.lower for one in inside[place + 1 : place + 1 + _LOOKED_AT]]
        meant = any(start <= token.start < end for start, end in own)
        if not meant and _takes_up(parsed, token, following, voice, read):
            return True
        if token.start in named:
            read.ones.append(_sign(cast.at[token.start].gender))
        elif token.dep in ("det", "case", "nummod"):
            read.note(token.lower)
    return False


def _reporters(parsed: Parsed, span: Span) -> list[Token]:
    """Return the words of a clause that nobody is quoted with."""
    first, last = (bisect_left(parsed.tokens, at, key=_start) for at in (span.start, span.end))
    return [token for token in parsed.tokens[first:last] if token.quote < 0 and token.end > token.start]


def _start(token: Token) -> int:
    return token.start


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _takes_up(parsed: Parsed, token: Token, following: list[str], voice: _Voice, read: _Read) -> bool:
    word, after = token.lower, following[0] if following else ""
    if after == "," and _before(parsed, token) == ",":
        return False  # "a, **lui**, qualifié"
    if word in _ALWAYS:
        return not _is_harmless(parsed, token, after)
    if word in ("ce", "cet", "cette", "ces", "c'"):
        return _points(word, following)
    if word in ("celui", "celle", "ceux", "celles"):
        named = read.many or bool(read.ones)
        return after not in _PARTS and not named
    if word == "abord":
        return not {"puis", "ensuite", "avant"}.intersection(following)
    if word == "y":
        return not (after == "compris" or (_before(parsed, token) in ("il", "n'") and after in _HAVE))
    if word == "en":
        leads = after.endswith("ant") or after in ("croire", "l'occurrence")
        return not leads and not token.dep.startswith((*_NOT_TAKEN_UP, "advmod"))
    if word in _SUBJECTS:
        return _is_somebody_else(parsed, token, following, voice, read)
    if word in ("son", "sa", "ses"):
        return not (voice.reads_on or read.ones or read.many)
    if word in ("ils", "elles", "eux", "leur", "leurs"):
        return not read.many
    if word == "les" or word in _OBJECTS:
        others = 1 + _has_subject(parsed, token)  # nobody takes up the subject of his own verb so
        return _is_object(token, after) and not (
            read.many if word == "les" else read.names(_OBJECTS[word], others)
        )
    return False


def _before(parsed: Parsed, token: Token) -> str:
    return parsed.tokens[token.i - 1].lower if token.i else ""


def _is_harmless(parsed: Parsed, token: Token, after: str) -> bool:
    """Return whether a word that points leads on: "ainsi que", "tel que", "d'ici à 2028", "jusque-là"."""
    if token.lower in ("ici", "là"):
        return _before(parsed, token) in ("d'", "jusqu'", "jusque-")
    return token.lower in ("ainsi", "tel", "telle", "tels", "telles") and after in _GOES_ON


def _points(word: str, following: list[str]) -> bool:
    """Return whether "ce" means what was told: not in "ce qui", "ce matin" or "c'est la ville qui"."""
    after = following[0] if following else ""
    if word == "ce" and after in (*_PARTS, "à", "pour"):
        return False
    if any(one.endswith("-là") for one in following[:3]):
        return True
    if _TIMES.intersection(following[:2]):
        return False
    is_verb = word == "c'" or (
        word == "ce" and after in ("n'", "ne", "sont", "sera", "serait", "fut", "était")
    )
    return not is_verb or not any(part in following[2:] for part in (*_PARTS[:3], "de", "d'", "à"))


def _has_subject(parsed: Parsed, token: Token) -> bool:
    """Return whether the verb of a clitic has a noun for its subject: "**le contrat** le lui interdit"."""
    verb = parsed.head(token)
    return any(kid.dep.startswith("nsubj") and kid.lower not in _PRONOUNS for kid in parsed.kids(verb))


def _is_object(token: Token, after: str) -> bool:
    """Return whether "le", "la", "les", "l'", "lui" stand for somebody: the parser's word, or "l'avait"."""
    if after in _HAVE and token.lower != "la":
        return True
    return not token.dep.startswith(_NOT_TAKEN_UP)


def _is_somebody_else(parsed: Parsed, token: Token, following: list[str], voice: _Voice, read: _Read) -> bool:
    """Return whether "il" or "elle" means neither nobody, nor what is named before it, nor the speaker.

    Things are "il" and "elle" too: the speaker is meant where the verb is one of people.
    """
    gender = _SUBJECTS[token.lower]
    if token.lower == "il" and _EMPTY.match(" ".join(following) + " "):
        return False
    if read.names(gender):
        return False
    return voice.gender * gender < 0 or not _is_of_people(parsed, token)


def _is_of_people(parsed: Parsed, token: Token) -> bool:
    """Return whether only people do what the pronoun does: "elle refuse", "il serait candidat"."""
    if not token.dep.startswith("nsubj"):
        return token.dep.startswith("obl")
    verb = parsed.head(token)
    if any(kid.dep == "aux:pass" for kid in parsed.kids(verb)):
        return False
    done = [verb.lower, *(kid.lower for kid in parsed.kids(verb) if kid.dep == "xcomp")]
    return any(word in say_forms() or word.startswith(tuple(words("people_do"))) for word in done)
