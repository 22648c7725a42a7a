"""Capitalised words that make a name: where it ends, and what says that it is none."""

import re

from digests.analysis.languages.table import Table
from digests.analysis.languages.words import ENDS, read_word, skip_space

_CAPITAL = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]\w*(?:[-’'][^\W\d_]\w*)*")
_MOST_WORDS, _MOST_WHERE_NOUNS_ARE_CAPITAL = 5, 3


def read_capitals(text: str, at: int, table: Table, most: int = _MOST_WORDS) -> tuple[list[str], int]:
    """Return the capitalised words at ``at``, particles between them left in their place, and their end."""
    words: list[str] = []
    end = at
    place = at
    joined = False
    while len(words) < most:
        found = _CAPITAL.match(text, place)
        if found is None:
            break
        if found[0][0].isupper():
            words.append(found[0])
            end = found.end()
            if len(found[0]) == 1 and text[end : end + 1] == ".":
                end += 1
        elif not _is_particle(text, found, joined, table) or _leads_away(text, words, found.end(), table):
            break
        joined = found[0].lower() in table.particles
        place = skip_space(text, max(end, found.end()))
        if place == max(end, found.end()):
            break
    return words, end


def _is_particle(text: str, word: re.Match[str], joined: bool, table: Table) -> bool:
    """Return whether a name goes on with a small word: "von der Leyen", but not "Holt der Zeitung"."""
    small = word[0].lower()
    if small not in table.particles or (small in table.articles and not joined):
        return False
    return _capital_follows(text, word.end(), table)


def _leads_away(text: str, words: list[str], at: int, table: Table) -> bool:
    """Return whether a whole name is of something: "Jana Holt vom Verein"."""
    if len(words) < 2 or all(table.is_given(word) for word in words):
        return False
    following = _CAPITAL.match(text, skip_space(text, at))
    there = following[0] if following is not None else ""
    known = table.organizations | table.never
    return table.suffixed_roles or there in known or (there.isupper() and len(there) > 1)


def _capital_follows(text: str, at: int, table: Table) -> bool:
    """Return whether a name goes on behind a particle, further particles left out; "y" joins two names."""
    for _ in range(2):
        word, end = read_word(text, skip_space(text, at))
        if word[:1].isupper():
            return True
        if word.lower() not in table.particles:
            return False
        at = end
    return False


def is_name(words: list[str], table: Table) -> bool:
    """Return whether no word of it says that it is something else."""
    surname = len(words) > 1 and words[0].lower() in table.particles
    if not surname and (words[0] in table.never or words[0] in table.organizations):
        return False
    if table.suffixed_roles and len(words) > _MOST_WHERE_NOUNS_ARE_CAPITAL:
        return False
    if any(word.isupper() and len(word) > 1 for word in words):
        return False
    given = len(words) > 1 and table.is_given(words[-2]) and words[-1].lower() not in table.people
    roles = words[:-1] if given else words  # Anna Fischer is no fisher
    return not any(table.is_role(word) for word in roles) and not set(words) & (table.titles | table.weekdays)


def ends_well(text: str, at: int, table: Table) -> bool:
    """Return whether what follows leaves the name whole and alone."""
    if at >= len(text) or text[at] in ENDS:
        return True
    if not text[at].isspace():
        return False
    word, end = read_word(text, skip_space(text, at))
    if not word:
        return True
    if word.lower() in table.conjunctions:
        return not read_word(text, skip_space(text, end))[0][:1].isupper()
    return not word[0].isupper()
