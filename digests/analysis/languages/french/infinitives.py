"""What is reported by an infinitive: "a promis de rouvrir le pont", "reconnaît avoir signé"."""

import re
from functools import cache

from digests.analysis.languages.french.subjects import Subjects
from digests.analysis.languages.french.verbs import WORD, Verb
from digests.analysis.languages.french.words import forms_of, words

_DENIED = r"(?:ne\s+(?:pas|plus|jamais|rien|point)\s+|n['’])?"
_CLITICS = r"(?:(?:me|te|se|nous|vous|lui|leur|l[ea]s?|y|en)\s+|[stml]['’]){0,2}"
_VERB = rf"(?P<content>{_DENIED}{_CLITICS}(?P<verb>[^\W\d_]+(?:er|ir|re)))(?![\w’'-])"
_BARE = re.compile(rf"(?P<between>(?:\s+[^\s,.;:«»]+){{0,2}}?)\s+{_VERB}")
_TO = re.compile(rf"(?P<between>(?:\s+[^\s,.;:«»]+){{0,8}}?)\s+(?P<by>de\s+|à\s+|d['’]){_VERB}")
_TIME = re.compile(
    r"(?:\s+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|matin|soir|midi|aussi|également|ensuite"
    r"|enfin|toutefois|cependant|par|ailleurs|[^\W\d_]+ment))*$"
)
_READY = re.compile(
    r"\s(?:tou(?:te|s)\s)?(?:prêt|disposé|déterminé|décidé|résolu|favorable|opposé|impatient|incapable|capable|fier|fière"
    r"|heureux|heureuse|contraint|obligé|content|désolé)e?s?$"
)
"""What somebody says to be: "se dit prêt à partir"."""

_NOUNS = frozenset(
    """loyer fer mer hiver hier dossier papier quartier chantier métier février janvier foyer danger boulanger
    étranger dîner déjeuner goûter cuir désir plaisir soupir avenir souvenir tir cadre centre chiffre lettre
    mètre titre livre offre nature culture voiture mesure facture lecture terre guerre verre histoire mémoire
    gloire territoire laboratoire affaire salaire maire militaire""".split()
)
"""What ends like an infinitive, and follows "de" without an article."""

_OF_ONESELF = re.compile(r"(?:\bse\s|s['’])")
_COMMON = frozenset({"avoir", "être", "vouloir", "pouvoir", "devoir"})


def infinitive_behind(subjects: Subjects, verb: Verb, end: int) -> int | None:
    """Return where an infinitive begins that a verb of saying reports, "de" left out, or ``None``."""
    bare = _BARE.match(subjects.text, verb.end, end)
    himself = _OF_ONESELF.match(subjects.text, verb.start, verb.end) is not None
    if bare is not None and not himself and _TIME.match(bare["between"]) and _is_told(subjects, bare):
        return bare.start("content")
    led = _TO.match(subjects.text, verb.end, end)
    if led is None:
        return None
    by = subjects.token_at(led.start("by"))
    said = re.findall(WORD, subjects.text[verb.start : verb.end])[-1]
    if by is None or by.dep != "mark" or led["verb"] in _NOUNS or said in _forms("doing"):
        return None  # "trois mois de loyer"; and whoever refuses to answer says nothing
    asked = _TIME.match(led["between"]) is not None or said in _forms("asking")
    asked = asked or (himself and _READY.match(led["between"]) is not None)
    return led.start("content") if asked else None


def _is_told(subjects: Subjects, bare: re.Match[str]) -> bool:
    token = subjects.token_at(bare.start("verb"))
    return bare["verb"] in _COMMON or (token is not None and token.dep == "xcomp")


@cache
def _forms(key: str) -> frozenset[str]:
    """Return all forms of the verbs of a list: "demander" and others name whom they ask, or accuse."""
    return frozenset().union(*(forms_of(verb) for verb in words(key)))
