"""Whether a given name, an article or a pronoun is a man's (1) or a woman's (-1); 0 where that is open."""

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.table import Table

MAN, WOMAN, UNKNOWN = 1, -1, 0
_MASCULINE = frozenset("el il lo o der ein un uno um einem dem den".split())
_FEMININE = frozenset("la a die una eine uma einer".split())


def gender_of(name: str, table: Table) -> int:
    """Return what a full name's given name tells."""
    first = name.split()[0].lower().split("-")[0]
    if first in table.women or first in table.men:
        return MAN if first in table.men else WOMAN
    known = gender_of_given(name)
    if known or not table.is_given(first):
        return known
    if first.endswith(table.feminine or ("-",)):
        return WOMAN
    return MAN if first.endswith(table.masculine_ends or ("-",)) else UNKNOWN


def gender_of_article(word: str) -> int:
    """Return what an article tells about the noun behind it."""
    word = word.lower()
    return (word in _MASCULINE) - (word in _FEMININE)


def gender_of_pronoun(word: str, table: Table) -> int:
    """Return whom a pronoun, or an article of "der 52-Jährige", may stand for."""
    word = word.lower()
    return MAN if word in table.he | table.masculine else WOMAN if word in table.she | {"die"} else UNKNOWN


def may_be(gender: int, other: int) -> bool:
    """Return whether two may be the same one's."""
    return gender * other >= 0
