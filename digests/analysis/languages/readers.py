"""Names and verbs of saying, read at a place of a text by a language's table; in doubt nothing is read."""

import re
from dataclasses import dataclass
from enum import StrEnum

from digests.analysis.languages.capitals import ends_well, is_name, read_capitals
from digests.analysis.languages.table import Table
from digests.analysis.languages.words import read_word, skip_space

_JOINED = re.compile(r"(?:d|l|dell|all|nell|dall|sull)['’]", re.IGNORECASE)
"""What joins a role with what it is of: "titolare dell'albergo Stella"."""

_ELIDED = re.compile(r"[Ll]['’](?=[a-zà-ÿ])")
_REFLEXIVE = re.compile(r"-(?:se|lhe|lhes|nos|me)$")
_SAINTS = frozenset({"San", "Santa", "Santo", "Sant", "São"})
_MOST_OF_FIELD = 4
_LONGEST_LINK = 70
_MOST_BEFORE_INFINITIVE, _MOST_BEFORE_LEAD = 5, 2
_AGE = re.compile(r"\d{1,3}(?:[ \u00a0]Jahre[ \u00a0](?:alte|junge)[rn]?|-?jährige[rn]?|enne)[ \u00a0]+")


class Form(StrEnum):
    """By what somebody is spoken of; an office is the noun alone."""

    NAME = "name"
    UNNAMED = "unnamed"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as printed, and the role before it; ``end`` is where reading stopped."""

    start: int
    end: int
    name: str
    role: str = ""
    titled: bool = False
    form: Form = Form.NAME


def read_cue(text: str, at: int, table: Table) -> int | None:
    """Return where a verb of saying at ``at`` ends, clitics before it and fillers behind it included."""
    begin = at
    for _ in range(2):
        word, end = read_word(text, at)
        if word.lower() not in table.clitics:
            break
        at = skip_space(text, end)
    word, end = read_word(text, at)
    lowered = word.lower().rstrip(".")
    led = _read_led(text, at, table)
    if led is not None:
        return _skip_fillers(text, led, table)
    if lowered in table.auxiliaries or (at > begin and lowered in table.reflexive):
        following, after = read_word(text, skip_space(text, _skip_fillers(text, end, table)))
        said = following.lower().rstrip(".") in table.participles
        return _skip_fillers(text, after - following.endswith("."), table) if said else None
    if lowered not in table.said and _REFLEXIVE.sub("", lowered) not in table.said:
        return None
    return _skip_fillers(text, end - word.endswith("."), table)


def _read_led(text: str, at: int, table: Table) -> int | None:
    """Return where "se limitó a decir" ends: a verb that leads to an infinitive of saying."""
    found = False
    for number in range(_MOST_BEFORE_INFINITIVE):
        word, end = read_word(text, at)
        lowered = _REFLEXIVE.sub("", word.lower().rstrip("."))
        if found and lowered in table.infinitives:
            return end - word.endswith(".")
        found = found or (number < _MOST_BEFORE_LEAD and lowered in table.leads)
        if not word or word[0].isupper() or word.endswith(".") or (number and not found):
            return None
        at = skip_space(text, end)
    return None


def is_plural(text: str, at: int, table: Table) -> bool:
    """Return whether the verb at ``at`` is of several people, by its ending."""
    word, end = read_word(text, at)
    for _ in range(2):
        if word.lower() in table.clitics:
            word, end = read_word(text, skip_space(text, end))
    word = _REFLEXIVE.sub("", word.lower().rstrip("."))
    return word.endswith("en" if table.genitive else ("no", "n", "am", "em"))


def _skip_fillers(text: str, at: int, table: Table) -> int:
    while True:
        word, end = read_word(text, skip_space(text, at))
        if word in table.articles:
            day, end = read_word(text, skip_space(text, end))
            word = day if day.rstrip(".") in table.weekdays else ""
        if word.rstrip(".") not in table.fillers | table.weekdays:
            return at
        at = end - word.endswith(".")


def read_name(text: str, at: int, table: Table) -> Reading | None:
    """Return the name at ``at``, a role and title before it included; ``None`` in any doubt.

    "la alcaldesa Ana Ruiz", "Ministerin Holt", "der Sprecher der Polizei, Peter Kern," are names; "Holts
    Anwalt", "Ana Ruiz y Pedro Gil" and "la Guardia Civil" are not.
    """
    at = skip_space(text, at)
    first = at
    word, end = read_word(text, at)
    elided = _ELIDED.match(text, at)
    article = (word.lower() in table.articles and not _opens_surname(text, word, end, table)) or bool(elided)
    if article:
        at = elided.end() if elided is not None else skip_space(text, end)
    age = _AGE.match(text, at) if article else None
    role, at = _read_role(text, age.end() if age is not None else at, table)
    if article and not (role or age):
        return None
    at, titled = _read_titles(text, at, table)
    if text[at : at + 1] == "," and role:
        at, _ = _read_titles(text, skip_space(text, at + 1), table)
    start = at
    words, at = read_capitals(text, at, table)
    if not words or not is_name(words, table) or not ends_well(text, at, table):
        return None
    whole = len(words) > 1 and table.is_given(words[0])
    if role and not whole and not any(table.is_person(word.rstrip(",")) for word in role.split()):
        return None  # whatever ends like a person is one only before a whole name
    if text[start].islower() and table.is_given(words[0]):
        return None  # "dijo de Ana Ruiz"
    ended = bool(table.genitive) and words[-1].endswith(table.genitive) and text[start - 2 : start] != ", "
    if ended and role and (article or len(words) == 1) and not is_repeated(text, words[-1]):
        return None  # "der Anwalt Jana Holts", "der Sprecher Berlins"
    if table.suffixed_roles and not (role or titled) and len(words) > 1 and not table.is_given(words[0]):
        if len(words) < 3 or not table.is_given(words[1]):
            return None  # "Kämmerin Brandt": every noun has a capital
        role, start = words[0], text.index(words[1], start + len(words[0]))
    if len(words) == 1 and not (role or titled):
        return Reading(start, at, words[0]) if first == start else None
    return Reading(start, at, text[start:at].replace("\u00a0", " "), role, bool(titled or role or age))


def is_repeated(text: str, surname: str) -> bool:
    """Return whether a name that ends like a genitive is printed so again, and never without its end."""
    whole = re.findall(rf"\b{re.escape(surname)}\b", text)
    return len(whole) > 1 and not re.search(rf"\b{re.escape(surname[:-1])}\b", text)


def _opens_surname(text: str, word: str, end: int, table: Table) -> bool:
    """Return whether what looks like an article begins a surname: "Lo Presti"."""
    following, _ = read_word(text, skip_space(text, end))
    return word[0].isupper() and word.lower() in table.particles and following[:1].isupper()


def _read_role(text: str, at: int, table: Table) -> tuple[str, int]:
    """Return a role and where it ends: "alcaldesa", "neue Umweltministerin", "Sprecher der Polizei,"."""
    start = at
    place = at
    for _ in range(3):
        word, end = read_word(text, place)
        lower = table.suffixed_roles or word[:1].islower()
        likely = table.looks_like_person(word) and _leads_to_name(text, end, table)
        noun = word not in table.titles and (table.is_person(word) or likely)
        if word and lower and noun and not word.endswith("."):
            return _with_link(text, start, end, table)
        if not word or word[0].isupper() or word.lower() in table.prepositions:
            return "", at
        place = skip_space(text, end)
    return "", at


def _leads_to_name(text: str, at: int, table: Table) -> bool:
    """Return whether a given name follows, at once or behind what a noun is of: "la alfarera, Rosa Gil"."""
    word, _ = read_word(text, skip_space(text, at))
    if word[:1].isupper() and table.is_given(word):
        return True
    comma = text.find(", ", at, at + _LONGEST_LINK)
    word, _ = read_word(text, comma + 2) if comma > 0 else ("", at)
    return word[:1].isupper() and table.is_given(word)


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
        field = _before_given(text, at, table)
        return (text[start:field], skip_space(text, field)) if field is not None else ("", start)
    return text[start:at], skip_space(text, at)


def _before_given(text: str, at: int, table: Table) -> int | None:
    """Return where a role ends before a given name: "assessore alla cultura", "ministro della Difesa"."""
    link, at = read_word(text, skip_space(text, at))
    for number in range(_MOST_OF_FIELD):
        word, end = read_word(text, skip_space(text, at))
        following, _ = read_word(text, skip_space(text, end))
        if word[:1].isupper() and table.is_given(word):
            first = number == 0 and not _JOINED.match(link)
            return None if first or table.is_given(following) or not following[:1].isupper() else at
        small = word[:1].islower() and (link.lower() not in table.fields or table.is_person(word))
        if not word.isalpha() or small or word in _SAINTS:
            return None
        at = end
    return None


def _read_titles(text: str, at: int, table: Table) -> tuple[int, bool]:
    titled = False
    for _ in range(2):
        word, end = read_word(text, at)
        if word not in table.titles and f"{word}." not in table.titles:
            break
        titled = True
        at = skip_space(text, end)
    return at, titled


def is_said_by(text: str, at: int, table: Table) -> bool:
    """Return whether a verb of saying, or an auxiliary with one, stands at ``at``."""
    return read_cue(text, skip_space(text, at), table) is not None
