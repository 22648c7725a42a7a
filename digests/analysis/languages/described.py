"""People without a name beside a verb of saying: "una vecina", "ein Landwirt aus Rohmen", "la alcaldesa"."""

import re

from digests.analysis.languages.readers import Form, Reading
from digests.analysis.languages.table import Table
from digests.analysis.languages.words import ENDS, read_word, skip_space

_ELIDED_ONE, _ELIDED_THE = re.compile(r"[Uu]n['’](?=[a-zà-ÿ])"), re.compile(r"[Ll]['’](?=[a-zà-ÿ])")
_TOKEN = re.compile(r"[ \u00a0]([^\W_]+(?:[-’'][^\W_]+)*)")
_PAST = re.compile(r"(?:[óòì]|[aei]u|ou)$")
"""How verbs end in the past, and no adjective: "la alcaldesa abandonó", "a autarca recebeu"."""

_STOPS = (".", ",", ":", ";", "\n")
_MOST_ADJECTIVES, _MOST_OF_IT = 2, 8


def read_described(text: str, at: int, table: Table) -> Reading | None:
    """Return somebody who is only described: "una vecina" as printed, "la alcaldesa" as the office alone."""
    at = skip_space(text, at)
    word, after = read_word(text, at)
    elided = _ELIDED_ONE.match(text, at) or _ELIDED_THE.match(text, at)
    one = word.lower() in table.indefinite or _ELIDED_ONE.match(text, at) is not None
    if not (one or elided or word.lower() in table.articles):
        return None
    noun, end = _noun(text, elided.end() if elided is not None else after, table, adjectives=one)
    if not noun:
        return None
    if one:
        return _unnamed(text, at, end, table)
    many = noun.lower() in table.kin  # everybody has a mother
    return None if many else _office(text, at, noun, end, table)


def _office(text: str, start: int, noun: str, end: int, table: Table) -> Reading | None:
    """Return an office that stands alone, or with what it is of: "el alcalde de Faro"."""
    if _stands_bare(text, end, table):
        return Reading(start, end, noun.lower(), form=Form.OFFICE)
    stop = _with_what_it_is_of(text, end, table)
    if stop == end or not _stands_bare(text, stop, table):
        return None
    return Reading(start, stop, noun.lower(), text[end - len(noun) : stop], form=Form.OFFICE)


def _noun(text: str, at: int, table: Table, *, adjectives: bool) -> tuple[str, int]:
    """Return the noun for a person at ``at`` and its end; adjectives may stand before it."""
    for _ in range(_MOST_ADJECTIVES + 1 if adjectives else 1):
        word, end = read_word(text, skip_space(text, at))
        noun = word.rstrip(".")
        second, stop = read_word(text, skip_space(text, end))
        if f"{word}_{second.rstrip('.')}".lower() in table.roles:
            return f"{word}_{second.rstrip('.')}", stop - second.endswith(".")  # "il primo cittadino"
        if noun and word[0].isupper() is table.suffixed_roles and table.is_person(noun):
            return noun, end - len(word) + len(noun)
        if (
            not word
            or word[0].isupper()
            or not word.isalpha()
            or word.lower() in table.prepositions | table.said
        ):
            break
        at = end
    return "", at


def _unnamed(text: str, start: int, end: int, table: Table) -> Reading | None:
    """Return a description with what it is of, where that ends the clause; ``None`` before a name."""
    word, after = _bare_word(text, end)
    if word[:1].isupper() or re.match(r",[ \u00a0][^\W\d_a-zà-ÿ]", text[end : end + 3]):
        return None
    if word.lower() in table.accompanied:
        return None  # how much of it is still she: "eine Frau mit Hund und Regenschirm"
    if word.lower() in table.links:
        end = _with_what_it_is_of(text, end, table)
    else:
        known = table.fillers | table.weekdays | table.said | table.prepositions
        adjective = word.isalpha() and word.lower() not in known and not word.endswith("mente")
        if adjective and text[after : after + 1] in _STOPS and not table.suffixed_roles:
            end = after
    return Reading(start, end, text[start:end].replace("\u00a0", " "), form=Form.UNNAMED)


def _with_what_it_is_of(text: str, start: int, table: Table) -> int:
    """Return where "de la calle Mayor" ends: before another preposition, a verb, a day, or a stop."""
    bounds = table.prepositions - table.links | table.said | table.relative
    end, place = start, start
    for number in range(_MOST_OF_IT):
        found = _TOKEN.match(text, place)
        if found is None:
            return end
        word = found[1]
        if word in table.weekdays or table.is_person(word) or (not number and word in table.fields):
            return start  # nobody's, but said to her: "eine Mutter der Leiterin", "un bambino alla preside"
        if number == 1 and word.lower() in table.times:
            return start
        if number and word.lower() in bounds:
            return end
        linking = word.lower() in table.links | table.articles | table.indefinite
        place = found.end()
        end = end if linking else place
    return end


def _bare_word(text: str, at: int) -> tuple[str, int]:
    """Return the next word without the full stop behind it."""
    word, end = read_word(text, skip_space(text, at))
    return word.rstrip("."), end - word.endswith(".")


def _stands_bare(text: str, at: int, table: Table) -> bool:
    """Return whether an office goes on with nothing that could tell it from another: no "del PP", no name."""
    place = skip_space(text, at)
    if place >= len(text) or text[at] in ENDS or text[place] in "—–":
        return not re.match(r",[ \u00a0][^\W\d_a-zà-ÿ]", text[at : at + 3])
    word, _ = read_word(text, skip_space(text, at))
    verbs = table.said | table.auxiliaries | table.copulas | table.clitics
    known = word.lower() in table.adverbial | table.fillers | table.weekdays | verbs
    return known or (word[:1].islower() and _PAST.search(word) is not None)
