"""Verbs of saying as French prints them beside a quote: "a-t-elle dit", "explique la maire", "elle a dit".

All work on the text itself: the parser takes inverted subjects for objects too often.
"""

import re
from dataclasses import dataclass

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.words import (
    infinitives,
    is_past,
    is_role,
    say_forms,
    words,
)

WORD = r"[^\W\d_]+(?:[-’'][^\W\d_]+)*"
_CLITICS = re.compile(
    r"(?P<no>n['’]|ne\s+)?(?:(?:me|te|nous|vous|lui|leur|le|la|les|se|y|en)\s+|[mtls]['’]){0,2}"
)
_AUX = re.compile(
    r"(?:a|ont|avait|avaient|aura|auront|aurait|eut|est|sont|était|étaient|fut|serait)"
    r"(?P<pronoun>(?:-t)?-(?:ils?|elles?))?(?=\s)"
)
_FINITE = re.compile(r"(?P<verb>[^\W\d_]+)(?P<pronoun>(?:-t)?-(?:ils?|elles?))?(?![\w’'-])")
_ADVERB = re.compile(rf"\s+(?P<word>{WORD})")
_NEVER = re.compile(r"\s+(?:pas|jamais|plus|point|guère|nullement)(?=\s)")
_PHRASE = re.compile(r"(?P<a>[^\W\d_]+)\s+(?P<b>[^\W\d_]+)")
_ASIDE = re.compile(
    r",?\s+(?:(?:de|à|pour) (?:son|sa|leur) (?:côté|tour|part)|en (?:revanche|retour|substance|privé)"
    r"|en (?:souriant|riant)|au contraire|quant à (?:lui|elle|eux)|d['’]emblée|d['’]entrée|tout de même"
    r"|à l['’]inverse|sans détour|non sans [^\s,]+|(?:de|à) (?:lui|elle|eux)|d['’]elles?),?(?=[\s,])"
)
_INTO_INFINITIVE = re.compile(
    rf"(?P<opening>{WORD})\s(?:(?:bon|utile|nécessaire)\s)?(?P<by>(?:de|à|par)\s|d['’])?"
    r"(?:(?:se|le|la|lui|leur|y)\s|[sl]['’])?(?P<verb>[^\W\d_]+(?:er|ir|re))(?![\w’'-])"
)
_BEHIND = re.compile(r"\s(?P<word>[^\W\d_]+)")
_AGAINST = re.compile(
    r"contre\s(?:l[ae]s?|cet?|cette|ces|une?|des|toute?s?|mon|ma|mes|notre|nos|votre|vos|son|sa|ses|leurs?|[lL]['’]|d['’])"
)
"""A preposition; "contre Paul Vasseur" may be what somebody does."""

_PARTICIPLE = re.compile(WORD)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying: where it stands with what belongs to it, and the pronoun that hangs on it.

    ``denied`` says that it is negated.
    """

    start: int
    end: int
    pronoun: tuple[int, int] | None = None
    denied: bool = False


def read_verb(text: str, at: int) -> Verb | None:
    """Return the verb of saying that begins at ``at``, clitics and auxiliary with it, or ``None``."""
    clitics = _CLITICS.match(text, at)
    after = clitics.end() if clitics is not None else at
    denied = clitics is not None and clitics["no"] is not None
    return _compound(text, at, after, denied) or _simple(text, at, after, denied)


def _compound(text: str, start: int, at: int, denied: bool) -> Verb | None:
    """Read "a déclaré", "a-t-elle aussi ajouté", "s'est indignée", "a tenu à préciser"."""
    aux = _AUX.match(text, at)
    if aux is None:
        return None
    never = _NEVER.match(text, aux.end())
    end = skip_adverbs(text, never.end() if never is not None else aux.end())
    following = _PARTICIPLE.match(text, end + 1) if text[end : end + 1].isspace() else None
    if following is None:
        return None
    last = _said_by(text, following)
    if last is None:
        return None
    return Verb(start, last, _span(aux, "pronoun"), denied or never is not None)


def _said_by(text: str, match: re.Match[str]) -> int | None:
    """Return where a participle of saying ends: "déclaré", "fait savoir", "tenu à préciser"."""
    pair = _PHRASE.match(text, match.start())
    if pair is not None and f"{pair['a']} {pair['b']}" in words("phrases"):
        return pair.end()
    leading = _INTO_INFINITIVE.match(text, match.start())
    leads = leading is not None and (leading["by"] or leading["opening"] in words("before_infinitive"))
    if leading is not None and leads and leading["verb"] in infinitives():
        return leading.end()
    word = match[0].lower()
    return match.end() if word in say_forms() and is_past(word) else None


def _simple(text: str, start: int, at: int, denied: bool) -> Verb | None:
    """Read "explique", "dit-il", "fait valoir"."""
    found = _FINITE.match(text, at)
    if found is None:
        return None
    pair = _PHRASE.match(text, at)
    if pair is not None and f"{pair['a']} {pair['b']}" in words("phrases"):
        return Verb(start, pair.end(), None, denied)
    leading = _INTO_INFINITIVE.match(text, at)
    leads = leading is not None and leading["opening"] in words("before_infinitive")
    if leads and leading is not None and leading["verb"] in infinitives():
        return Verb(start, leading.end(), None, denied)
    behind = _BEHIND.match(text, found.end())
    if found["pronoun"] and behind is not None and f"{found['verb']} {behind['word']}" in words("phrases"):
        return Verb(start, behind.end(), _span(found, "pronoun"), denied)  # "fait-il valoir"
    if found["verb"] not in say_forms() or found["verb"][0].isupper() or _AGAINST.match(text, at):
        return None
    if found["verb"].endswith(("é", "és", "ées", "ée", "ant")):
        return None
    return Verb(start, found.end(), _span(found, "pronoun"), denied)


def _span(match: re.Match[str], name: str) -> tuple[int, int] | None:
    """Return the pronoun's own letters, without the hyphens before it."""
    if match[name] is None:
        return None
    return match.end(name) - len(match[name].rsplit("-", 1)[1]), match.end(name)


def skip_adverbs(text: str, at: int) -> int:
    """Return where the adverbs and asides behind ``at`` end: "a aussi", "explique de son côté"."""
    while True:
        aside = _ASIDE.match(text, at)
        if aside is not None:
            at = aside.end()
            continue
        found = _ADVERB.match(text, at)
        if found is None:
            return at
        word = found["word"].lower()
        if word not in words("adverbs") and not (word.endswith("ment") and word not in words("groups")):
            return at
        at = found.end()


# --- who can stand behind it -----------------------------------------------------------------------

_TITLE = r"(?:M\.|MM\.|Mmes?|Mlle|Me|Dr\.?|Pr\.?|Mgr)\s"
_NAMED = re.compile(rf"\s+(?:{_TITLE})?[A-ZÀ-ÖØ-ÞŒ](?=[\w’'.-])")
_MEANT = re.compile(
    r"\s+(?P<determiner>(?:le|la|les|un|une|son|sa|ses|leur|leurs|notre|nos|ce|cet|cette|ces|des|plusieurs"
    r"|deux|trois)\s+|l['’]|d['’])(?P<rest>(?:[^\W\d_]+(?:-[^\W\d_]+)*\s+){0,2}?)"
    rf"(?P<noun>{WORD})"
)
_CALLED = re.compile(
    r"\s+(?:(?:le|la|un|une|son|sa|leur)\s|l['’])(?:[a-zà-ÿœ-]+\s){1,4}[A-ZÀ-Þ][\w’-]+\s"
    r"(?:d['’]|de\s|du\s|Le\s|La\s)?[A-ZÀ-Þ]"
)
"""Any noun with a full name behind it: "l'élagueur Tom Bazin"."""

_POINTED = re.compile(
    r"\s+(?:celui-ci|celle-ci|ceux-ci|ce dernier|cette dernière|l['’]intéressée?|lui|elle)\b"
)


_SAME = re.compile(
    r"\s+(?:l[ae]s?|ce(?:t|tte|s)?)\s+mêmes?\s+(?!choses?\b|temps\b|jours?\b|année\b|mots?\b)[^\W\d_]"
)
"""Somebody who spoke before: "reconnaît la même source"."""


def find_subject(text: str, at: int) -> int | None:
    """Return where somebody who can speak begins at ``at``: a name, a title, "la maire", "ce dernier".

    Adverbs may stand before, and phrases of place or manner: "a confié à l'agence Estia la maire".
    """
    at = skip_adverbs(text, at)
    if _subject_at(text, at):
        return at
    phrase = _PHRASE_BETWEEN.match(text, at)
    if phrase is None:
        return None
    for space in re.finditer(r"\s", text[at : phrase.end()]):
        place = at + space.start()
        if place > at and _subject_at(text, place) and _is_free(text, at, place):
            return place
    return None


def _is_free(text: str, at: int, place: int) -> bool:
    """Return whether no preposition governs what stands at ``place``, and no name goes on there."""
    before = text[at:place].split()[-1]
    if before.lower() in _GOVERNING or before.endswith(("'", "’")):
        return False
    follows = text[place:].lstrip()
    given = re.match(WORD, follows)
    named = follows[:1].isupper() and not re.match(r"(?:M\.|Mme|Mlle|Me|Dr|Pr)\s", follows)
    return not named or (given is not None and gender_of_given(given[0]) != 0)


_PHRASE_BETWEEN = re.compile(
    r",?\s(?:à|au|aux|en|dans|sur|avec|sans|d['’]une?|devant|lors|par|auprès|pour|après|avant|depuis|face|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|hier|ce)\b[^.;:!?«»\n\"“”]{0,90}"
)
_GOVERNING = frozenset(
    "à de du des devant avec par pour sur dans chez contre entre aux au et ou en sans sous vers après".split()
)


def _subject_at(text: str, at: int) -> bool:
    if _POINTED.match(text, at):
        return True
    named = _NAMED.match(text, at)
    if named is not None:
        return True
    if _CALLED.match(text, at):
        return True
    if _SAME.match(text, at):
        return True
    meant = _MEANT.match(text, at)
    if meant is None:
        return False
    if re.match(r"c(?:e|et|ette)\s", meant["determiner"]):
        return True  # "reconnaît ce colosse de 72 ans"
    return meant["noun"][0].isupper() or any(map(is_human, (*meant["rest"].split(), meant["noun"])))


def is_human(word: str) -> bool:
    """Return whether a noun means a person, or people who speak as one."""
    word = word.lower()
    return is_role(word) or word in words("groups") or word in ("dr", "pr", "me")


def read_inverted(text: str, at: int) -> Verb | None:
    """Return the verb of saying at ``at`` whose subject hangs on it or stands right behind it."""
    verb = read_verb(text, at)
    if verb is None or verb.denied:
        return None
    return verb if verb.pronoun is not None or find_subject(text, verb.end) is not None else None


_LOOSE = re.compile(
    r"(?:[sl]['’]|se |lui |nous |leur )?(?:(?:a|ont|est|avait)(?P<first>(?:-t)?-(?:ils?|elles?))?\s)?"
    r"(?P<verb>[^\W\d_]{3,}?)(?P<pronoun>(?:-t)?-(?:ils?|elles?))?(?=[\s,.»])"
)
_NO_VERB = frozenset(
    """comme contre entre et est sauf autre notre votre quelque chaque avant devant pendant durant suivant
    dont tout cet cette sont soit peut doit fait même toute sans outre être faute grâce face malgré envers
    vers     puisque quoique ancienne chère cher monsieur madame merci""".split()
)
_ENDING = re.compile(r"(?:e|ent|a|it|ut|ient|oit|end|ond|et|ît|é|ée|i|ie|u|ue|is|t)$")


def read_loose(text: str, at: int) -> Verb | None:
    """Return a verb of any kind that stands as one of saying does: ", tacle Driss Amrani," ", ose-t-il."."""
    found = _LOOSE.match(text, at)
    if found is None or found["verb"] in _NO_VERB or not found["verb"].islower():
        return None
    for name in ("first", "pronoun"):
        if found[name] is not None:
            return Verb(at, found.end(), _span(found, name))
    if not _ENDING.search(found["verb"]):
        return None
    named = _PERSON_BEHIND.match(text, found.end())
    if named is None or (named["given"] and gender_of_given(named["given"]) == 0):
        return None
    return Verb(at, found.end())


_PERSON_BEHIND = re.compile(
    r"\s(?:(?:M\.|Mme|Mlle|Me|Dr|Pr)\s[A-ZÀ-Þ][\w’-]+"
    r"|(?P<given>[A-ZÀ-Þ][\w-]+)(?:\s(?:de\s|d['’]|du\s)?[A-ZÀ-Þ][\w’-]+)+)"
    r"(?=\s*[,.»]|\s(?:à|en|dans|sur|lors|qui|devant)\b)"
)


_SOMEBODY = re.compile(
    rf"\s(?:(?:le|la|un|une)\s|l['’]){WORD}(?=\s*[,.\n]|$|\s(?:de|du|des|d['’]|qui|en|à)\b)"
)


def read_behind_quote(text: str, at: int) -> Verb | None:
    """Return a verb of saying right behind a quote with any noun behind it: "répond la forgeronne"."""
    verb = read_verb(text, at)
    if verb is None or verb.denied or verb.pronoun is not None:
        return None
    return verb if _SOMEBODY.match(text, skip_adverbs(text, verb.end)) else None
