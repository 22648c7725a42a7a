"""What a description tells of the person it means: "lance l'élu centriste" says what he is."""

import re

from digests.analysis.languages.french.roles import is_relation, whole_role
from digests.analysis.languages.french.verbs import WORD
from digests.analysis.languages.french.words import is_role, mixed_forms

_DETERMINER = re.compile(r"(?:l[ae]\s|cet?\s|cette\s|[ld]['’])", re.IGNORECASE)
_LEADING = frozenset("ancien ancienne jeune nouveau nouvelle premier première actuel actuelle".split())
_BARE_SAYS_LITTLE = frozenset(
    """technicien technicienne élu élue dirigeant dirigeante responsable patron patronne chef
    cheffe leader candidat candidate principal représentant représentante délégué déléguée
    spécialiste expert experte""".split()
)
"""What tells a reader something only with what follows it: "élu centriste"."""

_NO_ROLE = re.compile(
    r"(?:homme|femme|dame|jeune|adolescente?|victime|témoin|habitué|intéressée?|bless\w+|gard[ée]e?|premi\w+"
    r"|principale?|\w+énaire|trentenaire|centenaire|mamie|papy|parents?)$"
)
_POINTS = re.compile(r"\s(?:d[eu]|des|à|aux?|dans)\s(?:ce|cet|cette|ces|son|sa|ses|leurs?)\s.*$")
_AGED = re.compile(r"\sde \d+ ans\b.*$")
_INFINITIVE = re.compile(r"(?:\sde\s|\sd['’])\w+(?:er|ir|re)$")
_WORD = re.compile(rf"(?P<elided>[dl]['’])?(?P<word>{WORD})")
_LINKS = frozenset("de du des d la le les l à au aux en et pour sur sous chez par".split())
_ADJECTIVE = re.compile(
    r"\w+(?:iste|ale?|ienn?e?|[ao]ise?|eu[rx]|euse|ante?|i[fv]e?|elle|ique|aire|ière?|ée?|i?ne|[ai]in|ande?|o[ln]e?)s?$"
)
_AS_ADJECTIVES = frozenset("divers gauche droite".split())
_MOST_WORDS = 10


def role_told(printed: str) -> str | None:
    """Return what a description says that somebody is, without its article; ``None`` where that is little."""
    determiner = _DETERMINER.match(printed)
    if determiner is None:
        return None
    role = _AGED.sub("", _POINTS.sub("", whole_role(printed[determiner.end() :].rstrip())))
    words = re.findall(WORD, role)
    if not words or not role[0].islower() or _INFINITIVE.search(role) or len(words) > _MOST_WORDS:
        return None
    head = next((word for word in words[:2] if word.lower() not in _LEADING), "")
    if not is_role(head.lower()) or _NO_ROLE.match(head.lower()) or is_relation(role):
        return None
    role = _noun_phrase(role, head)
    return None if role == head and head.lower() in _BARE_SAYS_LITTLE else role


def _noun_phrase(role: str, head: str) -> str:
    """Return a role up to the word that can be none of it: a verb that the reader of sentences took along."""
    end = before = role.index(head) + len(head)
    last, linked = head, False
    for word in _WORD.finditer(role, before):
        plain = word["word"]
        link = word["elided"] is not None or plain in _LINKS
        if not link and plain[0].islower() and (last[0].isupper() or not (linked or _may_follow(plain))):
            return role[:end].rstrip()
        linked = linked or link
        last, end = plain, word.end()
    return role


def _may_follow(word: str) -> bool:
    """Return whether a word right behind a role can be part of it: "centriste", "pêcheur"."""
    if word in _AS_ADJECTIVES or is_role(word):
        return True
    return _ADJECTIVE.match(word) is not None and word not in mixed_forms()
