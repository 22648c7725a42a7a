"""What the words of a description tell by themselves: a gender, another word for it, a group."""

import re

from digests.analysis.languages.french.words import gender_of_role, words

_ENDS = re.compile(
    r"(?:trice|teur|euse|eur|ienne|ien|ière|ier|ère|er|ée|é|ante|ant|ente|ent|ale|al|onne|on|e)$"
)
_SAME = (
    frozenset(
        "élu élue maire édile député députée sénateur sénatrice conseiller conseillère parlementaire".split()
    ),
    frozenset("technicien entraîneur entraineur coach sélectionneur".split()),
    frozenset("prévenu prévenue accusé accusée suspect suspecte mis".split()),
    frozenset("médecin docteur docteure praticien praticienne chirurgien chirurgienne".split()),
    frozenset("avocat avocate conseil pénaliste bâtonnier bâtonnière confrère consœur".split()),
    frozenset("patron patronne dirigeant dirigeante directeur directrice PDG chef".split()),
    frozenset("marin pêcheur patron skipper navigateur".split()),
    frozenset("metteur metteuse artiste comédien comédienne chorégraphe réalisateur réalisatrice".split()),
    frozenset("joueur buteur attaquant ailier ailière défenseur milieu gardien".split()),
    frozenset("agriculteur agricultrice éleveur éleveuse maraîcher maraîchère exploitant".split()),
)


def are_alike(a: str, b: str) -> bool:
    """Return whether two roles can be one person's: "technicien", "entraîneur"."""
    return any(a in group and b in group for group in _SAME)


def stem(noun: str) -> str:
    """Return a role without the ending that men and women have different."""
    return _ENDS.sub("", noun)


def gender_of(article: str, nouns: list[str]) -> int:
    """Return 1 or -1 where an article, or else a role, is a man's or a woman's."""
    if article in ("la", "une", "cette"):
        return -1
    if article in ("le", "un", "ce", "cet"):
        return 1
    return gender_of_role(nouns[0]) if nouns else 0


def gender_by_adjective(bare: list[str]) -> int:
    """Return 1 for "l'ancien ministre", -1 for "l'ancienne ministre"."""
    lowered = {word.lower() for word in bare}
    return bool(lowered & _MALE_ADJECTIVES) - bool(lowered & _FEMALE_ADJECTIVES)


_MALE_ADJECTIVES = frozenset("ancien nouveau nouvel vieux premier seul actuel heureux".split())
_FEMALE_ADJECTIVES = frozenset("ancienne nouvelle vieille première seule actuelle heureuse".split())


def speaks_as_one(bare: list[str]) -> bool:
    """Return whether words mean people who speak as one: "le syndicat"."""
    return any(word.lower() in words("groups") for word in bare[:3])


def lowered(printed: str) -> str:
    """Return a phrase as it stands within a sentence: "La préfecture" -> "la préfecture"."""
    first = re.match(r"(?:L[ae]s?|Une?|Des|Ce|Cette|Cet|Ses|Son|Sa|Plusieurs|Deux|Trois)\s|[LD]['’]", printed)
    return printed[0].lower() + printed[1:] if first else printed
