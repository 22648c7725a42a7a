"""Somebody who speaks, as printed: a name, "la maire de Kervel, Jeanne Morlet", "elle", "le parquet"."""

import re
from dataclasses import dataclass, replace

from digests.analysis.languages.french.cast import Cast
from digests.analysis.languages.french.names import find_names
from digests.analysis.languages.french.roles import role_before
from digests.analysis.languages.french.verbs import WORD, is_human, skip_adverbs
from digests.analysis.languages.french.words import is_role, mixed_forms
from digests.analysis.people import Person

_PRONOUN = re.compile(
    r"(?:celui-ci|celle-ci|ce dernier|cette dernière|l['’]intéressée?|ils?|elles?|lui|on)(?![\w’'-])", re.I
)
ONE_OF = re.compile(r"(?:l['’]une?|une?) (?:d['’](?:eux|elles|entre (?:eux|elles|nous))|des [a-zà-ÿ]+)", re.I)
_DETERMINER = re.compile(
    r"(?P<word>le|la|les|une?|son|sa|ses|leurs?|notre|nos|ce|cet|cette|ces|des|du|au|aux|plusieurs|certains|deux|trois"
    r"|quatre)\s+|(?P<elided>[ldLD]['’])",
    re.I,
)
_TITLE = re.compile(r"(?:M\.|MM\.|Mmes?|Mlle|Me|Dr\.?|Pr\.?|Mgr|docteur|professeur|Maître)[ \u00a0]+")
_DEMONSTRATIVE = re.compile(r"(?:ce|cet|cette)\s", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"\s+(?:à|au|aux)\s+(?:l['’]|la\s+)?[^\W\d_][\w’'-]*(?:\s[A-ZÀ-Þ][\w-]+)*,?(?=\s(?:[A-ZÀ-Þ]|l[ea]\s|l['’]|un|son|sa))"
)
_END = re.compile(
    r"[,.;:!?«»“”\"()\n…]|\s(?=[–—]|(?:lors|dans|sur|devant|qui|que|dont|avant|après|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|hier|et|mais|pour|depuis|pendant|par|avec|au micro|à l['’]issue|ce matin"
    r"|en (?:conférence|marge|fin|début|direct|visite|larmes|[a-zé]+ant)|a|ont|est|sont|avait|était|se|ne)"
    r"(?![\w’'-])|(?:qu|s|n|m|t)['’])"
)
_CLITICS = frozenset("me te se le la les lui y".split())
"""What cannot follow a noun but before its verb: "une spectatrice **les** trouvait"."""

_BEFORE_ARTICLE = frozenset(
    "de à et ou en par pour sur dans avec chez sous vers contre entre tout toute tous toutes selon".split()
)
_PARTICLE = re.compile(r"(?:de (?:la )?|du |d['’])")
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody is printed; ``person`` where a name stands there, ``pronoun`` where only one does."""

    start: int
    end: int
    person: Person | None = None
    pronoun: bool = False


def read_mention(text: str, cast: Cast, at: int, limit: int | None = None) -> Mention | None:
    """Return who is printed at ``at``, white space, adverbs and an addressee before it left out.

    A phrase without a name ends at ``limit`` at the latest.
    """
    at = _skip(text, at)
    one_of = ONE_OF.match(text, at)
    if one_of is not None:
        return Mention(at, one_of.end())
    pronoun = _PRONOUN.match(text, at)
    if pronoun is not None:
        return Mention(at, pronoun.end(), pronoun=True)
    named = _named(text, cast, at)
    found = named if named is not None else _meant(text, cast, at)
    if limit is None or found is None or found.person is not None or not at < limit < found.end:
        return found
    return replace(found, end=limit - (len(text[at:limit]) - len(text[at:limit].rstrip())))


def _skip(text: str, at: int) -> int:
    at = skip_adverbs(text, at)
    addressee = _ADDRESSEE.match(text, at)
    at = skip_adverbs(text, addressee.end()) if addressee is not None else at
    while at < len(text) and text[at] in " \u00a0,":
        at += 1
    return at


def _named(text: str, cast: Cast, at: int) -> Mention | None:
    """Return the name at ``at``, with its title; one that nobody in the cast bears is a name all the same."""
    title = _TITLE.match(text, at)
    start = title.end() if title is not None else at
    particle = _PARTICLE.match(text, start) if title is not None else None
    start = particle.end() if particle is not None and particle.end() in cast.at else start
    if start in cast.at:
        return Mention(at, cast.ends[start], cast.at[start])
    if title is None and not text[start : start + 1].isupper():
        return None
    found = next(iter(find_names(text[at : at + 60])), None)
    if found is None or at + found.start not in (at, start):
        return None
    return Mention(at, at + found.end)


def _meant(text: str, cast: Cast, at: int) -> Mention | None:
    """Return "la maire", "la maire de Kervel, Jeanne Morlet", "son avocat"."""
    determiner = _DETERMINER.match(text, at)
    if determiner is None:
        return None
    titled = _TITLE.match(text, determiner.end())
    if titled is not None and titled.end() in cast.at:
        return Mention(determiner.end(), cast.ends[titled.end()], cast.at[titled.end()])
    end = _end_of_phrase(text, determiner.end())
    for name in cast.named_within(determiner.end(), min(end + 40, len(text))):
        titled = _TITLE_BEFORE.search(text, max(at, name - 6), name)
        start = titled.start() if titled is not None else name
        if _is_apposed(text, cast, name, (at, determiner.end(), end), start):
            return Mention(start, cast.ends[name], cast.at[name])
    return Mention(at, end) if end > determiner.end() else None


_OF, _NOUN_WORDS = frozenset("de du des à au aux et".split()), 3
_TITLE_BEFORE = re.compile(r"(?:Me|Dr|M\.|Mme)\s$")


def _is_apposed(text: str, cast: Cast, name: int, phrase: tuple[int, int, int], start: int) -> bool:
    """Return whether a name belongs to a phrase: "la maire de Kervel, Jeanne Morlet"."""
    at, noun, end = phrase
    if text[end : end + 1] == "," and text[end:start].strip(" \u00a0,") == "":
        return not text[cast.ends[name] : cast.ends[name] + 4].startswith((" et ", " ou "))
    between = text[noun:start].split()
    if 0 < len(between) <= _NOUN_WORDS and start < end and not _OF.intersection(between):
        return all(word.islower() and "'" not in word and "’" not in word for word in between)
    role = role_before(text, name)
    begins = text.rfind(role, at, name) if role is not None else -1
    return 0 <= begins <= noun + 14 and name < end


def _end_of_phrase(text: str, at: int) -> int:
    found = _END.search(text, at, at + _LONGEST)
    end = found.start() if found is not None else min(at + _LONGEST, len(text))
    before = ""
    for word in re.finditer(WORD, text[at:end]):
        verb = word.start() and word[0] in mixed_forms() and not is_role(word[0])
        clitic = word.start() and word[0] in _CLITICS and before not in _BEFORE_ARTICLE
        if (verb and before not in ("de", "du", "des", "la", "le", "les", "à", "au", "et")) or clitic:
            return at + word.start() - 1
        before = word[0].lower()
    return end


def is_somebody(text: str, mention: Mention) -> bool:
    """Return whether a mention can speak: a name, a pronoun, a role, people who speak as one."""
    if mention.person is not None or mention.pronoun:
        return True
    if text[mention.start].isupper() and _DETERMINER.match(text, mention.start) is None:
        return True
    if ONE_OF.match(text, mention.start):
        return True
    determiner = _DETERMINER.match(text, mention.start)
    if determiner is not None and text[determiner.end() : determiner.end() + 1].isupper():
        return True  # "le Muséum", "l'Insee"
    if _DEMONSTRATIVE.match(text, mention.start):
        return True
    head = re.findall(WORD, re.sub(r"^[ldLD]['’]", "", text[mention.start : mention.end]))[:4]
    if determiner is not None and head[1:2] and head[1][0].isupper() and head[0].islower():
        return True  # "l'usine Kemtis"
    return any(is_human(re.sub("^[ldLD]['’]", "", word)) for word in head)


def opens_phrase(text: str, at: int) -> bool:
    """Return whether an article or the like stands at ``at``."""
    return _DETERMINER.match(text, at) is not None or _PRONOUN.match(text, at) is not None
