"""Who is the subject of a reporter's sentence, for certain; and who else in it a pronoun may mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digests.analysis.languages.certain import is_genitive, is_somebody, read_somebody, told_at
from digests.analysis.languages.focus import Focus, meant, resolve
from digests.analysis.languages.gender import MAN, UNKNOWN, WOMAN, gender_of
from digests.analysis.languages.offices import is_called
from digests.analysis.languages.people import Known
from digests.analysis.languages.readers import Form, Reading, is_plural, read_cue, read_name
from digests.analysis.languages.words import read_word, read_words, skip_space

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ASIDE = re.compile(r",")
_AGED = re.compile(r"([^\W\d_]+)[ \u00a0]\d{1,3}-([^\W\d_]+)")
_PARTICIPLE = re.compile(r"(?:[ai]d[oa]|[ai]t[oa]|ndo|endo)$")
_ELIDED = re.compile(r"(?:[Ll]|[Uu]n)['’]")
_MOST_BEFORE, _LONGEST_ASIDE = 4, 120
BLANK = "•"
"""What stands for each letter that is quoted."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text whose quoted words are blank."""

    known: Known
    text: str
    start: int
    stop: int

    def words(self, start: int, stop: int) -> list[str]:
        """Return the words between two places, in lower case."""
        return [word.lower() for word in read_words(self.text, start, stop)]


def subject_of(one: Sentence, focus: Focus) -> tuple[str | None, bool]:
    """Return the subject of a sentence, and whether the sentence tells what they said."""
    tail = tail_of(one, one.start)
    if tail is not None:
        return resolve(one.known, tail, focus), True
    first = first_of(one)
    if first is not None:
        return resolve(one.known, first, focus), tells(one, end_of_name(one, first))
    pronoun = pronoun_of(one)
    if pronoun:
        return meant(one.known, focus, pronoun), tells(one, skip_space(one.text, one.start + len(pronoun)))
    who = _behind_lead(one)
    return (resolve(one.known, who, focus) if who is not None else None), False


def tail_of(one: Sentence, start: int) -> Reading | None:
    """Return who is told behind reported speech: "Die Stadt sei arm, so Holt weiter."."""
    found = None
    for match in re.finditer(r",[ \u00a0]", one.text[start : one.stop]):
        told = told_at(one.text, start + match.end(), one.known.table)
        if told is not None and told.name.end <= one.stop:
            found = told.name
    return found


def first_of(one: Sentence) -> Reading | None:
    """Return who begins a sentence as its subject: a name, a role with it, an office alone."""
    table = one.known.table
    who = read_somebody(one.text, one.start, table)
    if who is None or who.end >= one.stop or not _is_person(one, who):
        return None
    if table.genitive and who.name.endswith(table.genitive) and is_genitive(one.text, who, table):
        return None
    following, _ = read_word(one.text, end_of_name(one, who))
    return who if following[:1].islower() and following.lower() not in table.conjunctions else None


def _is_person(one: Sentence, who: Reading) -> bool:
    """Return whether capitals are somebody's name for certain; a description is no name."""
    bearer = who.name.split()[-1] in one.known.bearers
    if who.form is Form.NAME and " " not in who.name and not who.titled:
        return bearer or one.known.resolve(who) is not None  # "Preguntado", "Nachts"
    return who.form is Form.OFFICE or (
        who.form is Form.NAME and (bearer or is_somebody(who, one.known.table))
    )


def end_of_name(one: Sentence, who: Reading) -> int:
    """Return where a name ends, with what is told about its bearer between commas."""
    table = one.known.table
    ends = [skip_space(one.text, match.end()) for match in _ASIDE.finditer(one.text, who.end, one.stop)]
    at = skip_space(one.text, who.end)
    if one.text[at : at + 1] == "(":
        at = skip_space(one.text, one.text.find(")", at, one.stop) + 1) or at
    if one.text[at : at + 1] == ",":
        if who.role and one.text[who.start - 2 : who.start] == ", ":
            return skip_space(one.text, at + 1)  # "La consejera de Sanidad, Ana Ruiz, dijo"
        asides = [end for end in ends if at + 1 < end <= at + _LONGEST_ASIDE][1:4]
        cues = [end for end in asides if read_cue(one.text, end, table) is not None]
        at = (cues or asides or [at])[0]
    word, after = read_word(one.text, at)
    return skip_space(one.text, after) if word.lower() in table.fillers and not table.suffixed_roles else at


def tells(one: Sentence, at: int) -> bool:
    """Return whether a verb of saying stands right behind a subject."""
    return read_cue(one.text, at, one.known.table) is not None


def pronoun_of(one: Sentence) -> str:
    """Return the pronoun that begins a sentence, or the article of "der 52-Jährige"."""
    table = one.known.table
    word, end = read_word(one.text, one.start)
    aged = _AGED.match(one.text, one.start)
    if aged is not None and aged[1].lower() in table.articles and aged[2].lower() in table.aged:
        return aged[1]
    if word.lower() not in table.he | table.she or word.lower() in table.articles:
        return ""
    return "" if is_plural(one.text, skip_space(one.text, end), table) else word


def mentions(one: Sentence) -> Iterator[tuple[int, Reading]]:
    """Yield every name in a sentence, with where its role or article begins."""
    table, done = one.known.table, one.start
    leads = table.articles | table.his | table.hers
    for match in _WORD.finditer(one.text, one.start, one.stop):
        if match.start() < done:
            continue
        if match[0][0].isupper() or match[0].lower() in leads or table.is_person(match[0]):
            who = read_name(one.text, match.start(), table)
            if who is not None and who.end <= one.stop and _is_person(one, who):
                done = who.end
                yield match.start(), who


def _behind_lead(one: Sentence) -> Reading | None:
    """Return the subject that other words lead to: "Am Montag lobte Holt", "Más dura se mostró Ana Ruiz"."""
    table = one.known.table
    told = [(at, who) for at, who in mentions(one) if one.known.resolve(who) is not None]
    free = [(at, who) for at, who in told if not is_led(one, at)]
    if len(free) != 1:
        return None
    at, who = free[0]
    before = one.words(one.start, at)
    if before[-1:] and before[-1] in table.copulas:
        return who
    if set(before) & {word.lower() for word in table.organizations} or any(map(table.is_person, before)):
        return None
    if one.text[:at].rstrip().endswith(","):
        following, _ = read_word(one.text, skip_space(one.text, who.end))
        plain = following[:1].islower() and not table.suffixed_roles
        return who if plain or (_is_one_of(one, at) and one.text[who.end : who.end + 1] == ",") else None
    if table.suffixed_roles:
        word, _ = read_word(one.text, one.start)
        opens = word in table.never and word.lower() not in table.articles | table.he | table.she
        verb = before[-1:] and one.text[:at].rstrip()[-len(before[-1]) :].islower()
        return who if opens and verb else None
    if table.personal:
        return who
    short = len(before) <= _MOST_BEFORE and not set(before) & (table.articles | table.auxiliaries)
    return who if short and one.text[who.end : who.end + 1] in ",.:" else None


def _is_one_of(one: Sentence, at: int) -> bool:
    """Return whether a name says who begins a sentence without one: "Uno de ellos, Luis Gil, salió"."""
    before = one.words(one.start, at)
    leads = one.known.table.articles | one.known.table.indefinite | one.known.table.his | one.known.table.hers
    few = 0 < len(before) <= _MOST_BEFORE + 1 and one.text.count(",", one.start, at) == 1
    return few and (before[0] in leads or before[0] in one.known.table.ones)


def before_verb(one: Sentence, stop: int) -> Reading | None:
    """Return a subject behind a lead, with its verb of saying: "In aula il pm ha parlato di «un sistema»"."""
    table = one.known.table
    if table.suffixed_roles:
        return None
    for match in _WORD.finditer(one.text, one.start, stop):
        if match.start() == one.start or not (match[0].lower() in table.articles or match[0][0].isupper()):
            continue
        who = read_somebody(one.text, match.start(), table)
        if who is None or not _is_person(one, who) or is_led(one, match.start()):
            continue
        before = one.words(one.start, match.start())
        cue = read_cue(one.text, skip_space(one.text, who.end), table)
        return who if cue is not None and not set(before) & (table.said | table.auxiliaries) else None
    return None


def is_led(one: Sentence, at: int) -> bool:
    """Return whether a preposition, a conjunction or an article stands before a place."""
    table = one.known.table
    before = one.words(one.start, at)[-1:]
    if one.text[:at].rstrip().endswith((",", BLANK)):
        return False
    led = table.prepositions | table.conjunctions | table.articles | table.his | table.hers | table.links
    return bool(before) and before[0] in led


def begins_with_noun(one: Sentence) -> bool:
    """Return whether a sentence begins with an article, and what it is about may be what speaks."""
    table = one.known.table
    word, _ = read_word(one.text, one.start)
    return word.lower() in table.articles | table.indefinite or _ELIDED.match(one.text, one.start) is not None


def rivals(one: Sentence, subject: str | None, named: frozenset[str]) -> frozenset[int]:
    """Return the genders of others whom a pronoun behind a sentence may mean."""
    table = one.known.table
    leads = subject is not None and first_of(one) is not None
    found = set()
    for match in _WORD.finditer(one.text, one.start, one.stop):
        bare = re.split("['’]", match[0])[-1]
        people = {name for name in one.known.bearers.get(match[0], ()) if name in named} - {subject}
        noun = table.is_person(bare) and bare[0].isupper() is table.suffixed_roles
        noun = noun and (table.suffixed_roles or bare != match[0] or _is_noun(one, match.start()))
        group = match[0] in table.organizations or _is_strange(one, match) or _is_group(one, match)
        attached = match.end() - len(bare) in one.known.attached or is_called(one.known, subject, bare)
        if not (people or (noun and not attached) or (group and not leads)):
            continue
        if not table.suffixed_roles and _is_aside(one, match.start(), leads=leads):
            continue
        if people:
            found |= {gender_of(name, table) for name in people}
        else:
            woman = noun and table.suffixed_roles and match[0].endswith("in")
            found.add(UNKNOWN if not noun or not table.suffixed_roles else WOMAN if woman else MAN)
    return frozenset(found)


def _is_strange(one: Sentence, word: re.Match[str]) -> bool:
    """Return whether a capital may begin a name that nobody knows: "Zyta Prates discorda."."""
    table = one.known.table
    if word[0].isupper() and len(word[0]) > 1:
        return True
    if not word[0][0].isupper() or word[0] in one.known.parts or word[0].lower() in table.his | table.hers:
        return False
    following, _ = read_word(one.text, skip_space(one.text, word.end()))
    if word.start() > one.start:
        before = one.words(one.start, word.start())[-1:]
        return not table.suffixed_roles and following[:1].isupper() and not set(before) & table.articles
    if _PARTICIPLE.search(word[0]):
        return False  # "Preguntada por el dinero, dijo"
    small = (
        table.said
        | table.prepositions
        | table.conjunctions
        | table.fillers
        | table.adverbial
        | table.participles
    )
    known = word[0] in table.never or word[0].lower() in small
    return not known and (following[:1].isupper() or one.text[word.end() : word.end() + 1] == ",")


def _is_group(one: Sentence, word: re.Match[str]) -> bool:
    """Return whether a noun means a group that may speak: "la procura", "der Verein", "el club"."""
    table = one.known.table
    if table.suffixed_roles:
        return word[0][0].isupper() and word[0].lower().endswith(tuple(table.groups) or " ")
    return re.split("['’]", word[0].lower())[-1] in table.groups


def _is_noun(one: Sentence, at: int) -> bool:
    """Return whether an article stands before a word: "tempo médio" is about nobody."""
    table = one.known.table
    before = one.words(one.start, at)[-2:]
    leads = table.articles | table.indefinite | table.his | table.hers | table.contracted
    near = before[-1:] and (before[-1] in leads or before[-1] in table.adjectives)
    return bool(near) or not before


def _is_aside(one: Sentence, at: int, *, leads: bool) -> bool:
    """Return whether somebody stands behind a preposition, where no verb without a subject means them."""
    table = one.known.table
    words = one.words(one.start, at)
    skipped = table.articles | table.indefinite | table.his | table.hers
    while words and (words[-1] in skipped or table.is_person(words[-1]) or table.is_given(words[-1])):
        words.pop()
    if not words:
        return False
    if leads:
        return words[-1] not in table.conjunctions
    return words[-1] in table.prepositions
