"""Whom a noun with its article means: "la alcaldesa", "la regidora", "die Stürmerin"; in any doubt nobody."""

import re
from collections.abc import Set

from digests.analysis.languages.gender import gender_of, gender_of_article, may_be
from digests.analysis.languages.people import Known, merged
from digests.analysis.languages.readers import Reading
from digests.analysis.languages.words import read_word

_LONG = 4


def holder(known: Known, who: Reading, near: Set[str]) -> str | None:
    """Return the one whom an office means; ``near`` are those whom its paragraph has named by then."""
    named = merged(
        {one for one, first in known.first.items() if first <= who.start and fits(known, who, one)}
    )
    exact = {one for one in named if bears(known, one, {who.name})}
    meant = {one for one in named if bears(known, one, _alike(known, who.name))} | exact
    close = set(near & meant)
    found = close or (meant if len(meant) == 1 else exact)
    if not meant and who.name in known.table.epithets:
        found = _again(known, who, near & named)
    strange = not close and any(not known.roles.get(one) for one in near & named - found)
    if len(found) != 1 or strange or any(is_another(known, noun, who) for noun in _places(known, who)):
        return None
    one = found.pop()
    whole = who.role.lower()
    return one if not whole or any(title.startswith(whole) for title in known.titles.get(one, ())) else None


def _again(known: Known, who: Reading, near: Set[str]) -> set[str]:
    """Return the only one of the paragraph, where a noun says again who was spoken of."""
    return set(near) if len(near) == 1 and len(_places(known, who)) == 1 else set()


def fits(known: Known, who: Reading, one: str) -> bool:
    """Return whether a noun's article goes with a person's name."""
    article, _ = read_word(known.text, who.start)
    return may_be(gender_of_article(article), gender_of(one, known.table))


def bears(known: Known, one: str, nouns: Set[str]) -> bool:
    """Return whether somebody is called by one of these nouns, or by a longer one that ends so."""
    compounds = known.table.suffixed_roles
    return any(
        role == noun or (compounds and len(noun) > _LONG and role.endswith(noun))
        for role in known.roles.get(one, ()) for noun in nouns
    )  # fmt: skip


def is_called(known: Known, one: str | None, noun: str) -> bool:
    """Return whether a noun may say somebody again: an office of theirs, or an epithet that nobody bears."""
    noun = noun.lower()
    if one is None:
        return False
    again = noun in known.table.epithets and not any(bears(known, other, {noun}) for other in known.roles)
    return again or bears(known, one, _alike(known, noun) | {noun})


def _alike(known: Known, noun: str) -> set[str]:
    found: set[str] = set()
    for nouns, roles in known.table.alike:
        if noun in nouns or (known.table.suffixed_roles and any(noun.endswith(f"-{one}") for one in nouns)):
            found |= roles
    return found


def _places(known: Known, who: Reading) -> list[re.Match[str]]:
    """Return where a noun stands in the text, with the words around it; looked for once."""
    if who.name not in known.places:
        noun = re.escape(who.name).replace("_", "[ \u00a0]")
        pattern = re.compile(rf"(?i)(\w*)[ \u00a0]?\b({noun})\b(?:[ \u00a0](\w+))?")
        known.places[who.name] = list(pattern.finditer(known.text))
    return known.places[who.name]


def is_another(known: Known, noun: re.Match[str], who: Reading) -> bool:
    """Return whether a noun may be of another holder: "un ministro", "el ministro francés"."""
    if noun.start(2) in known.attached or who.start <= noun.start(2) < who.end:
        return False
    before, behind = noun[1].lower(), noun[3] or ""
    table = known.table
    if who.role and known.text[noun.start(2) :].startswith(who.role):
        return False
    if before in table.indefinite or behind.lower() in table.links - table.adverbial:
        return True
    if table.suffixed_roles:
        return before not in table.articles | table.prepositions | {""}
    small = table.said | table.auxiliaries | table.adverbial | table.fillers | table.clitics
    return behind[:1].islower() and behind not in small | table.conjunctions | table.prepositions
