"""Whose words go on: the second part of a split quote, the next quote, "…, añadió", "…, ergänzte er"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from digests.analysis.languages.gender import gender_of, gender_of_pronoun, may_be
from digests.analysis.languages.people import Known
from digests.analysis.languages.readers import is_plural, read_cue
from digests.analysis.languages.table import Table
from digests.analysis.languages.words import read_word, skip_space
from digests.analysis.quotes import QuotedSpan
from digests.scripts import estimate_words

_GAP = re.compile(r"[ \u00a0]*,?[ \u00a0]*(?:[–—-][ \u00a0]*)?")
_CLAUSE = re.compile(r"[^\n.:;!?]{0,160}(?:(?<=\W\d)\.[^\n.:;!?]{0,60})?")
_SPLIT = re.compile(rf",(?= ?[«„“\"])|{_CLAUSE.pattern}")
_COORDINATED = re.compile(r",[ \u00a0](?:y|e|mientras|mentre|enquanto|sin|senza|sem)[ \u00a0]")
_INCISE = re.compile(r"[^\n.:;!?—–]{0,160}(?=[—–])")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_AGED = re.compile(r"[ \u00a0]*([^\W\d_]+)[ \u00a0]\d{1,3}-([^\W\d_]+)")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Before:
    """The quote before, who says it, and whether that stands behind it."""

    span: QuotedSpan
    speaker: str
    tagged: bool
    end: int = 0
    """Where the words for who says it end, if they stand behind it."""


def goes_on(known: Known, before: Before, span: QuotedSpan, at: int) -> bool:
    """Return whether a quote with no speaker of its own is said by the speaker of the one before it.

    ``at`` is where the reporter speaks of this quote: behind it, or within its marks.
    """
    text, table = known.text, known.table
    between = text[before.span.outer_end : span.outer_start]
    if len(between) > _LONGEST or _is_question(text, before.span):
        return False
    others = known.mentions(before.span.outer_end, span.outer_start) - {before.speaker}
    if others or not (between.strip(" \u00a0,.") == "" or before.tagged):
        return False
    if _is_split(text, before, span) and not _told_anew(text, at, table):
        return _cues(text, before.span.outer_end, span.outer_start, table) == 1
    if not _is_one_sentence(between) or _cues(text, before.span.outer_end, span.outer_start, table) > 1:
        return False
    start = max(before.end, before.span.outer_end)
    if _is_spoken_to(text[start : span.outer_start], table):
        return False
    return has_bare_cue(known, at, before.speaker) or (_stands_free(text, at) and _is_sentence(text, span))


def _is_spoken_to(between: str, table: Table) -> bool:
    """Return whether an attribution tells of somebody who may answer: "disse Ana ao filho"."""
    words = [word.lower() for word in _WORD.findall(between)]
    led = table.prepositions | table.contracted
    skipped = table.articles | table.indefinite | table.his | table.hers
    return any(
        table.is_person(word) and (table.suffixed_roles or [*led & set(words[max(0, at - 2) : at])])
        for at, word in enumerate(words)
        if word not in skipped
    )


def has_bare_cue(known: Known, at: int, speaker: str) -> bool:
    """Return whether a verb of saying at ``at`` has no subject but a pronoun that fits ``speaker``."""
    pronoun = bare_cue(known, at, speaker)
    return pronoun is not None and (not pronoun or _fits(pronoun, speaker, known.table))


def bare_cue(known: Known, at: int, speaker: str | None, *, split: bool = False) -> str | None:
    """Return the pronoun behind a verb of saying at ``at``, ``""`` where a subject is left out.

    ``None`` where no such verb stands, or anybody but ``speaker`` may be its subject. ``split`` says that the
    quote may go on right behind the verb.
    """
    text, table = known.text, known.table
    parted = re.search(r"[,–—.!?…][»”“\"«]?[ \u00a0]*$", text[max(0, at - 3) : _after_gap(text, at)])
    at = _after_gap(text, at) if parted is not None else at  # "Mar Alto" conta a história
    end = read_cue(text, at, table) if text[at : at + 1].islower() else None
    if end is None or is_plural(text, at, table):
        return None
    within = _INCISE.match(text, end) if text[:at].rstrip(" \u00a0")[-1:] in ("—", "–") else None
    clause = within or (_SPLIT if split else _CLAUSE).match(text, end)
    stop = clause.end() if clause is not None else end
    if _COORDINATED.match(text, end) is not None:
        stop = end  # "dice, y enseña un puñado de tierra"
    word, after = read_word(text, skip_space(text, end))
    word = word.lower().rstrip(".")
    aged = _is_aged(text, end, table)
    pronoun = word if aged or word in table.he | table.she else ""
    if not pronoun and (table.suffixed_roles or (word and word not in table.adverbial and stop > end + 1)):
        return None
    others = known.mentions(end, stop) - {speaker}
    return None if others or _names_somebody(text, after, stop, table, bool(pronoun)) else pronoun


def _names_somebody(text: str, start: int, stop: int, table: Table, pronoun: bool) -> bool:
    """Return whether a subject may come later in a clause: "dijo en la plaza el alcalde"."""
    if pronoun:
        return False
    words = _WORD.findall(text[start:stop])
    if any(table.is_person(word) or word[0].isupper() for word in words):
        return True
    opens = table.articles | table.indefinite
    led = table.adverbial | table.prepositions | table.links
    return any(two in opens and one not in led for one, two in pairwise(words))  # "en redes su partido"


def _fits(pronoun: str, speaker: str, table: Table) -> bool:
    first, _ = read_word(speaker, 0)
    if first.lower() in table.indefinite:
        return False
    return may_be(gender_of(speaker, table), gender_of_pronoun(pronoun, table))


def _is_aged(text: str, at: int, table: Table) -> bool:
    """Return whether "der 52-Jährige" stands at ``at``, which is as good as a pronoun."""
    found = _AGED.match(text, at)
    return found is not None and found[1].lower() in table.articles and found[2].lower() in table.aged


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap is not None else at


def _told_anew(text: str, at: int, table: Table) -> bool:
    return read_cue(text, _after_gap(text, at), table) is not None


def _is_question(text: str, span: QuotedSpan) -> bool:
    """Return whether words ask: what follows may be the answer of somebody else."""
    return text[span.start : span.end].rstrip().endswith("?")


def _is_split(text: str, before: Before, span: QuotedSpan) -> bool:
    """Return whether a sentence goes on behind its attribution: "„…“, sagte Jana Holt, „…“"."""
    between = text[before.span.outer_end : span.outer_start]
    if not before.tagged or re.search(r"[.:;!?\n]", between):
        return False
    return between.rstrip(" \u00a0").endswith((",", "–", "—"))


def _is_one_sentence(between: str) -> bool:
    """Return whether nothing or one attribution with its full stop stands between two quotes."""
    inner = between.strip(" \u00a0")
    return inner in ("", ".", ",") or (inner.endswith(".") and not re.search(r"[.:;!?][ \u00a0]", inner[:-1]))


def _stands_free(text: str, at: int) -> bool:
    """Return whether nothing that belongs to it follows a quote."""
    following = re.match(r"[.]?[ \u00a0]*(\S?)", text[at : at + 4])
    letter = following[1] if following is not None else ""
    return not letter or "\n" in text[at : at + 2] or letter.isupper() or letter in '«„“"»¿¡'


def _is_sentence(text: str, span: QuotedSpan) -> bool:
    """Return whether a quote is a sentence of its own and no title or single word."""
    return not text[span.start].islower() and estimate_words(text[span.start : span.end]) > 1


def _cues(text: str, start: int, stop: int, table: Table) -> int:
    ends = {read_cue(text, match.start(), table) for match in _WORD.finditer(text, start, stop)}
    return len(ends - {None})
