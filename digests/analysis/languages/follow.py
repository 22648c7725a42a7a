"""Whose words go on: the second part of a split quote, the next quote, "…, añadió", "…, ergänzte er"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.people import Known
from digests.analysis.languages.readers import read_cue, read_name, read_word, skip_space
from digests.analysis.languages.table import Table
from digests.analysis.quotes import QuotedSpan
from digests.scripts import estimate_words

_GAP = re.compile(r"[ \u00a0]*,?[ \u00a0]*(?:[–—-][ \u00a0]*)?")
_CLAUSE = re.compile(r"[^\n.:;!?]{0,160}(?:(?<=\W\d)\.[^\n.:;!?]{0,60})?")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…]+[»”“\"]*\s+(?=\S)")
_AGED = re.compile(r"[ \u00a0]*([^\W\d_]+)[ \u00a0]\d{1,3}-([^\W\d_]+)")
_LONGEST, _MOST_DOTS = 200, 2


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
    if len(between) > _LONGEST or _is_question(text, before.span):
        return False
    others = known.mentions(before.span.outer_end, span.outer_start) - {before.speaker}
    if others or not (between.strip(" \u00a0,.") == "" or before.tagged):
        return False
    if _is_split(text, before, span) and not _told_anew(text, at, table):
        return _cues(text, before.span.outer_end, span.outer_start, table) == 1
    if not _is_one_sentence(between) or _cues(text, before.span.outer_end, span.outer_start, table) > 1:
        return False
    return has_bare_cue(known, at, before.speaker) or (_stands_free(text, at) and _is_sentence(text, span))


def in_focus(known: Known, span: QuotedSpan, at: int) -> str | None:
    """Return the subject of the sentence before a quote that "er" says, if nobody else is near.

    "Kanzler Jan Holt verteidigte die Reform. „Wir müssen handeln“, sagte er."
    """
    text, table = known.text, known.table
    begin = text.rfind("\n", 0, span.outer_start) + 1
    sentences = [match.end() for match in _STOP.finditer(text, begin, span.outer_start - 1)]
    start = skip_space(text, sentences[-2] if len(sentences) > 1 else begin)
    if (
        text[begin : span.outer_start].rstrip()[-1:] != "."
        or text[start : span.outer_start].count(".") > _MOST_DOTS
    ):
        return None
    who = read_name(text, start, table)
    speaker = known.resolve(who) if who is not None else None
    if who is None or speaker is None or known.mentions(begin, span.outer_start) != {speaker}:
        return None
    if any(table.is_person(word) for word in _WORD.findall(text[who.end : span.outer_start])):
        return None
    return speaker if has_bare_cue(known, at, speaker) else None


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
    word = word.lower().rstrip(".")
    aged = _is_aged(text, end, table)
    pronoun = aged or word in table.he | table.she
    if pronoun and not _fits(word, speaker, table):
        return False
    if not pronoun and (table.suffixed_roles or (word and word not in table.adverbial and stop > end + 1)):
        return False
    return not known.mentions(end, stop) - {speaker} and not _names_somebody(
        text, after, stop, table, pronoun
    )


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
    gender = gender_of_given(speaker.split()[0])
    first, _ = read_word(speaker, 0)
    if first.lower() in table.indefinite:
        return False
    return gender == 0 or (pronoun in table.he | table.masculine) == (gender > 0)


def _is_aged(text: str, at: int, table: Table) -> bool:
    """Return whether "der 52-Jährige" stands at ``at``, which is as good as a pronoun."""
    found = _AGED.match(text, at)
    return found is not None and found[1].lower() in table.articles and found[2].lower() in table.aged


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


def _is_sentence(text: str, span: QuotedSpan) -> bool:
    """Return whether a quote is a sentence of its own and no title or single word."""
    return not text[span.start].islower() and estimate_words(text[span.start : span.end]) > 1


def _cues(text: str, start: int, stop: int, table: Table) -> int:
    ends = {read_cue(text, match.start(), table) for match in _WORD.finditer(text, start, stop)}
    return len(ends - {None})
