"""Names and verbs of saying, read at a place of a text by a language's table; in doubt nothing is read."""

import re
from dataclasses import dataclass

from digests.analysis.languages.table import Table

_WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*\.?|[^\W\d_]['’]")
_CAPITAL = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]\w*(?:[-’'][^\W\d_]\w*)*")
_JOINED = re.compile(r"(?:d|l|dell|all|nell|dall|sull)['’]", re.IGNORECASE)
"""What joins a role with what it is of: "titolare dell'albergo Stella"."""

_ELIDED = re.compile(r"[Ll]['’](?=[a-zà-ÿ])")
_SPACE = re.compile(r"[ \u00a0]+")
_MOST_WORDS, _MOST_WHERE_NOUNS_ARE_CAPITAL = 5, 3
_LONGEST_LINK = 70
_ENDS = frozenset(',.;:!?)(»«”“"–—-\n…„')


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as printed, and the role before it; ``end`` is where reading stopped."""

    start: int
    end: int
    name: str
    role: str = ""
    titled: bool = False


def read_word(text: str, at: int) -> tuple[str, int]:
    """Return the word at ``at`` and where it ends; empty where none stands there."""
    found = _WORD.match(text, at)
    return (found[0], found.end()) if found is not None else ("", at)


def skip_space(text: str, at: int) -> int:
    """Return where the blanks at ``at`` end."""
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at


def read_cue(text: str, at: int, table: Table) -> int | None:
    """Return where a verb of saying at ``at`` ends, clitics before it and fillers behind it included."""
    for _ in range(2):
        word, end = read_word(text, at)
        if word.lower() not in table.clitics:
            break
        at = skip_space(text, end)
    word, end = read_word(text, at)
    lowered = word.lower().rstrip(".")
    if lowered in table.auxiliaries:
        following, after = read_word(text, skip_space(text, _skip_fillers(text, end, table)))
        return _skip_fillers(text, after, table) if following.lower() in table.participles else None
    if lowered not in table.said or word.endswith("."):
        return None
    return _skip_fillers(text, end, table)


def _skip_fillers(text: str, at: int, table: Table) -> int:
    while True:
        word, end = read_word(text, skip_space(text, at))
        if word in table.articles:
            day, end = read_word(text, skip_space(text, end))
            word = day if day in table.weekdays else ""
        if not word or word not in table.fillers | table.weekdays:
            return at
        at = end


def read_name(text: str, at: int, table: Table) -> Reading | None:
    """Return the name at ``at``, a role and title before it included; ``None`` in any doubt.

    "la alcaldesa Ana Ruiz", "Ministerin Holt", "der Sprecher der Polizei, Peter Kern," are names; "Holts
    Anwalt", "Ana Ruiz y Pedro Gil" and "la Guardia Civil" are not.
    """
    at = skip_space(text, at)
    first = at
    word, end = read_word(text, at)
    elided = _ELIDED.match(text, at)
    article = word.lower() in table.articles or elided is not None
    if article:
        at = elided.end() if elided is not None else skip_space(text, end)
    role, at = _read_role(text, at, table)
    if article and not role:
        return None
    at, titled = _read_titles(text, at, table)
    if text[at : at + 1] == "," and role:
        at = skip_space(text, at + 1)
    start = at
    words, at = _read_capitals(text, at, table)
    if not words or not _is_name(words, table) or not _ends_well(text, at, table):
        return None
    if table.genitive and words[-1].endswith(table.genitive) and role and (article or len(words) == 1):
        return None  # "der Anwalt Jana Holts", "der Sprecher Berlins"
    if table.suffixed_roles and not (role or titled) and len(words) > 1 and not table.is_given(words[0]):
        if len(words) < 3 or not table.is_given(words[1]):
            return None  # "Kämmerin Brandt": every noun has a capital
        role, start = words[0], text.index(words[1], start + len(words[0]))
    if len(words) == 1 and not (role or titled):
        return Reading(start, at, words[0]) if first == start else None
    return Reading(start, at, text[start:at].replace("\u00a0", " "), role, bool(titled or role))


def _read_role(text: str, at: int, table: Table) -> tuple[str, int]:
    """Return a role and where it ends: "alcaldesa", "neue Umweltministerin", "Sprecher der Polizei,"."""
    start = at
    place = at
    for _ in range(3):
        word, end = read_word(text, place)
        lower = table.suffixed_roles or word[:1].islower()
        if word and lower and table.is_role(word.rstrip(".")) and not word.endswith("."):
            return _with_link(text, start, end, table)
        if not word or word[0].isupper() or word.lower() in table.prepositions:
            return "", at
        place = skip_space(text, end)
    return "", at


def _with_link(text: str, start: int, end: int, table: Table) -> tuple[str, int]:
    """Return the role with what belongs to it: further roles, an adjective, "der Polizei" before a comma."""
    at = end
    for _ in range(3):
        word, after = read_word(text, skip_space(text, at))
        if not word or text[at : at + 1] not in " \u00a0":
            break
        if _JOINED.match(word):
            break
        small = word[0].islower() and word.lower() not in table.prepositions | table.said | table.conjunctions
        if not (table.is_role(word) or (small and word.lower() not in table.links | table.auxiliaries)):
            break
        at = after
    word, _ = read_word(text, skip_space(text, at))
    if (word.lower() in table.links or _JOINED.match(word)) and text[at : at + 1] in " \u00a0":
        comma = text.find(",", at, at + _LONGEST_LINK)
        between = text[at:comma] if comma > 0 else "."
        if not set(between) & set('.;:!?\n()«»“”„"'):
            return text[start:comma], comma
        return "", start
    return text[start:at], skip_space(text, at)


def _read_titles(text: str, at: int, table: Table) -> tuple[int, bool]:
    titled = False
    for _ in range(2):
        word, end = read_word(text, at)
        if word not in table.titles and f"{word}." not in table.titles:
            break
        titled = True
        at = skip_space(text, end)
    return at, titled


def _read_capitals(text: str, at: int, table: Table) -> tuple[list[str], int]:
    """Return the capitalised words at ``at``, particles between them left in their place, and their end."""
    words: list[str] = []
    end = at
    place = at
    while len(words) < _MOST_WORDS:
        found = _CAPITAL.match(text, place)
        if found is None:
            break
        if found[0][0].isupper():
            words.append(found[0])
            end = found.end()
            if len(found[0]) == 1 and text[end : end + 1] == ".":
                end += 1
        elif found[0].lower() not in table.particles or not _capital_follows(text, found.end(), table):
            break
        place = skip_space(text, max(end, found.end()))
        if place == max(end, found.end()):
            break
    return words, end


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


def _is_name(words: list[str], table: Table) -> bool:
    """Return whether no word of it says that it is something else."""
    if words[0] in table.never or words[0] in table.organizations:
        return False
    if table.suffixed_roles and len(words) > _MOST_WHERE_NOUNS_ARE_CAPITAL:
        return False
    if any(word.isupper() and len(word) > 1 for word in words):
        return False
    return not any(table.is_role(word) or word in table.titles or word in table.weekdays for word in words)


def _ends_well(text: str, at: int, table: Table) -> bool:
    """Return whether what follows leaves the name whole and alone."""
    if at >= len(text) or text[at] in _ENDS:
        return True
    if not text[at].isspace():
        return False
    word, end = read_word(text, skip_space(text, at))
    if not word:
        return True
    if word.lower() in table.conjunctions:
        return not read_word(text, skip_space(text, end))[0][:1].isupper()
    return not word[0].isupper()


def is_said_by(text: str, at: int, table: Table) -> bool:
    """Return whether a verb of saying, or an auxiliary with one, stands at ``at``."""
    return read_cue(text, skip_space(text, at), table) is not None
