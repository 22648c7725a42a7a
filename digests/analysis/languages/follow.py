"""Whose words go on: the second part of a split quote, the next quote, "…, añadió", "…, ergänzte er"."""

import re
from dataclasses import dataclass

from digests.analysis.languages.french.words import gender_of_given
from digests.analysis.languages.people import Known
from digests.analysis.languages.readers import read_cue, read_word, skip_space
from digests.analysis.languages.table import Table
from digests.analysis.mask import is_sentence_like
from digests.analysis.quotes import QuotedSpan

_GAP = re.compile(r"[ \u00a0]*,?[ \u00a0]*(?:[–—-][ \u00a0]*)?")
_CLAUSE = re.compile(r"[^\n.:;!?]{0,160}(?:(?<=\W\d)\.[^\n.:;!?]{0,60})?")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Before:
    """The quote before, who says it, and whether that stands behind it."""

    span: QuotedSpan
    speaker: str
    tagged: bool


def goes_on(known: Known, before: Before, span: QuotedSpan, at: int) -> bool:
    """Return whether a quote with no speaker of its own is said by the speaker of the one before it.

    ``at`` is where the reporter speaks of this quote: behind it, or within its marks.
    """
    text, table = known.text, known.table
    between = text[before.span.outer_end : span.outer_start]
    if "\n" in between or len(between) > _LONGEST or _is_question(text, before.span):
        return False
    others = known.mentions(before.span.outer_end, span.outer_start) - {before.speaker}
    if others or not (between.strip(" \u00a0,.") == "" or before.tagged):
        return False
    if _is_split(text, before, span) and not _told_anew(text, at, table):
        return _cues(text, before.span.outer_end, span.outer_start, table) == 1
    if not _is_one_sentence(between) or _cues(text, before.span.outer_end, span.outer_start, table) > 1:
        return False
    return has_bare_cue(known, at, before.speaker) or (
        _stands_free(text, at) and is_sentence_like(text, span)
    )


def has_bare_cue(known: Known, at: int, speaker: str) -> bool:
    """Return whether a verb of saying at ``at`` has no subject but a pronoun that fits ``speaker``."""
    text, table = known.text, known.table
    at = _after_gap(text, at)
    end = read_cue(text, at, table) if text[at : at + 1].islower() else None
    if end is None or _is_plural(text, at, end, table):
        return False
    clause = _CLAUSE.match(text, end)
    stop = clause.end() if clause is not None else end
    word, after = read_word(text, skip_space(text, end))
    pronoun = word.lower() in table.he | table.she
    if pronoun and not _fits(word.lower(), speaker, table):
        return False
    if not pronoun and (
        table.suffixed_roles or (word and word.lower() not in table.adverbial and stop > end + 1)
    ):
        return False
    return not known.mentions(end, stop) - {speaker} and not _names_somebody(
        text, after, stop, table, pronoun
    )


def _names_somebody(text: str, start: int, stop: int, table: Table, pronoun: bool) -> bool:
    """Return whether a subject may come later in a clause: "dijo en la plaza el alcalde"."""
    words = _WORD.findall(text[start:stop])
    return not pronoun and any(table.is_person(word) or word[0].isupper() for word in words)


def _fits(pronoun: str, speaker: str, table: Table) -> bool:
    gender = gender_of_given(speaker.split()[0])
    first, _ = read_word(speaker, 0)
    if first.lower() in table.indefinite:
        return False
    return gender == 0 or (pronoun in table.he) == (gender > 0)


def _is_plural(text: str, at: int, end: int, table: Table) -> bool:
    ending = "en" if table.genitive else ("no", "n", "m")
    return text[at:end].split()[0].endswith(ending)


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


def _cues(text: str, start: int, stop: int, table: Table) -> int:
    ends = {read_cue(text, match.start(), table) for match in _WORD.finditer(text, start, stop)}
    return len(ends - {None})
