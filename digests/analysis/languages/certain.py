"""Who says a quote, where a verb of saying with a name stands right beside it; nobody in any doubt.

For languages that are read by a table of words. A wrong name is worse than none, so each pattern here leaves
no second reading: "„…“, sagte Jana Holt.", "Jana Holt sagte: „…“", "«…», según la alcaldesa Ana Ruiz".
"""

import re
from dataclasses import dataclass

from digests.analysis.languages.described import read_described
from digests.analysis.languages.readers import (
    Reading,
    is_plural,
    is_repeated,
    is_said_by,
    read_cue,
    read_name,
)
from digests.analysis.languages.table import Table
from digests.analysis.languages.words import read_word, skip_space
from digests.analysis.quotes import QuotedSpan

_GAP = re.compile(r"[ \u00a0]*,?[ \u00a0]*(?:[–—-][ \u00a0]*)?")
_STOP = re.compile(r"[.!?…]+[»”“\"]*\s+(?=\S)|\n")
_WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_BEFORE_INCISE = re.compile(r"[,?!…][ \u00a0]+(?=[^\W\d_])|[ \u00a0][–—-][ \u00a0]?(?=[^\W\d_])")
_DASH = re.compile(r"[ \u00a0]?[–—-]")
_LONGEST_ANNOUNCEMENT = 90
_MOST_BEFORE = 240
_TWO = 2


NO_VERB, LABEL = (0, 0), (-1, -1)


@dataclass(frozen=True, slots=True)
class Certain:
    """A speaker, and where the verb of saying stands; ``NO_VERB`` behind "laut", ``LABEL`` before a colon."""

    name: Reading
    cue: tuple[int, int]


def speaker_behind(text: str, span: QuotedSpan, table: Table) -> Certain | None:
    """Return who is told right behind a quote: "…, sagte Jana Holt", "…, según la alcaldesa Ana Ruiz"."""
    return told_at(text, span.outer_end, table)


def told_at(text: str, at: int, table: Table) -> Certain | None:
    """Return who is told behind a verb of saying, or a source, that begins at ``at``."""
    gap = _GAP.match(text, at)
    at = gap.end() if gap is not None else at
    if not text[at : at + 1].islower():
        return None
    cue = read_cue(text, at, table)
    if cue is not None:
        name = None if is_plural(text, at, table) else read_somebody(text, cue, table)
        return Certain(name, (at, cue)) if name is not None and not _is_denied(text, at, cue, table) else None
    return _source_at(text, at, table) or _split_verb(text, at, table)


def _source_at(text: str, at: int, table: Table) -> Certain | None:
    """Read "laut Jana Holt", "según la alcaldesa Ana Ruiz"."""
    for source in table.sources:
        end = at + len(source)
        if text[at:end].lower() == source and text[end : end + 1] in (" ", "\u00a0"):
            name = read_somebody(text, end, table)
            return Certain(name, NO_VERB) if name is not None and is_somebody(name, table) else None
    return None


def is_somebody(name: Reading, table: Table) -> bool:
    """Return whether two capitals are a person's name for certain: "según Naciones Unidas" tells nobody."""
    first, *others = name.name.split()
    known = table.is_given(first) or first.lower() in table.particles | table.indefinite
    return known or name.titled or not others


def read_somebody(text: str, at: int, table: Table) -> Reading | None:
    """Return the name at ``at``, or somebody who is only described."""
    return read_name(text, at, table) or read_described(text, at, table)


def _split_verb(text: str, at: int, table: Table) -> Certain | None:
    """Read "hat Jana Holt am Montag gesagt": a name between an auxiliary and its participle."""
    word, end = read_word(text, at)
    if word.lower() not in table.auxiliaries:
        return None
    name = read_somebody(text, end, table)
    if name is None:
        return None
    tail = re.match(r"[^.,;:!?\n«„“\"]{0,40}", text[name.end :])
    words = _WORDS.findall(tail[0]) if tail is not None else []
    said = bool(words) and words[-1].lower() in table.participles
    return Certain(name, (at, end)) if said and not {w.lower() for w in words} & table.negations else None


def _is_denied(text: str, start: int, end: int, table: Table) -> bool:
    return any(word.lower() in table.negations for word in _WORDS.findall(text[start:end]))


def speaker_before(text: str, span: QuotedSpan, table: Table) -> Certain | None:
    """Return who is told before a colon and a quote: "Jana Holt sagte: „…“", "Dazu sagte Jana Holt: „…“"."""
    start, prefix = _announcement(text, span.outer_start)
    if prefix is None:
        return None
    lowered = [word.lower() for word in _WORDS.findall(prefix[prefix.rfind(",") + 1 :])]
    if set(lowered) & table.negations:
        return None
    places = [start + match.start() for match in _WORDS.finditer(prefix)]
    read = [(at, read_cue(text, at, table)) for at in places]
    cues = [(at, end) for at, end in read if end is not None and end <= span.outer_start]
    if not cues:
        return _source_at(text, start, table) or _announced(text, start, span.outer_start, table)
    cue = cues[0]
    if is_plural(text, cue[0], table):
        return None
    if len({end for _, end in cues}) > 1:
        return _subject_first(text, start, cue, table) if _adds(text, cues, span.outer_start, table) else None
    return (
        _subject_first(text, start, cue, table)
        or _subject_behind(text, cue, span.outer_start, table)
        or _announced(text, start, span.outer_start, table)
    )


def _adds(text: str, cues: list[tuple[int, int]], end: int, table: Table) -> bool:
    """Return whether the last verb shares the first one's subject: "Ruiz dijo que no y añadió:"."""
    last, stop = cues[-1]
    before = _WORDS.findall(text[cues[0][1] : last])
    shared = before[-1:] and before[-1].lower() in table.conjunctions and text[stop:end].strip() == ":"
    return (
        bool(shared)
        and len({end for _, end in cues}) == _TWO
        and (table.suffixed_roles or not any(word[0].isupper() for word in before))
    )


def _announced(text: str, start: int, end: int, table: Table) -> Certain | None:
    """Read "Immediata la replica di Salis:": a noun of saying with its name before the colon."""
    for match in _WORDS.finditer(text, start, end):
        link, after = read_word(text, skip_space(text, match.end()))
        if match[0] in table.announcers and link.lower() in table.prepositions & table.links:
            name = read_name(text, after, table)
            return (
                Certain(name, NO_VERB) if name is not None and text[name.end : end].strip() == ":" else None
            )
    return None


def is_denied_before(text: str, span: QuotedSpan, table: Table) -> bool:
    """Return whether the sentence before a quote says that it was not said; "non ha dubbi" denies nothing."""
    start, prefix = _announcement(text, span.outer_start)
    if prefix is None:
        return False
    places = list(_WORDS.finditer(text, start, span.outer_start))
    words = [match[0].lower() for match in places]
    for number, match in enumerate(places):
        before, behind = words[max(0, number - 1) : number], words[number + 1 : number + 2]
        if words[number] not in table.negations:
            continue
        inverted = bool(set(before) & table.auxiliaries) and bool(set(behind) & table.participles)
        led = bool(set(behind) & table.leads)  # "não quis comentar a arbitragem"
        if inverted or set(before) & table.said or (is_said_by(text, match.end(), table) and not led):
            return True
    return False


def _announcement(text: str, at: int) -> tuple[int, str | None]:
    """Return where the sentence before a quote begins, and it; ``None`` unless it ends with a colon."""
    begin = max(0, at - _MOST_BEFORE)
    window = text[begin:at]
    if not window.rstrip(" \u00a0").endswith(":"):
        return at, None
    stops = [match.end() for match in _STOP.finditer(window)]
    start = begin + (stops[-1] if stops else 0)
    if not stops and begin:
        return at, None
    return skip_space(text, start), text[start:at]


def _subject_first(text: str, start: int, cue: tuple[int, int], table: Table) -> Certain | None:
    """Read "Die Bürgermeisterin Jana Holt (CDU) sagte am Montag:": the name begins the sentence."""
    name = read_somebody(text, start, table)
    if name is None or name.end > cue[0]:
        return None
    begin = name.end + (text[name.start - 2 : name.start] == ", " and text[name.end : name.end + 1] == ",")
    between = re.fullmatch(r"\s*(?:\([^()\n]{1,30}\))?\s*(?:,[^,.:;\n]{2,80},)?\s*", text[begin : cue[0]])
    if between is None or _has_pronoun_behind(text, cue[1], table):
        return None
    if table.genitive and name.name.endswith(table.genitive) and is_genitive(text, name, table):
        return None
    return Certain(name, cue)


def is_genitive(text: str, name: Reading, table: Table) -> bool:
    """Return whether a name can be another's: "Der Anwalt Jana Holts sagte"; not if printed so elsewhere."""
    surname = name.name.split()[-1]
    if re.search(rf"\b{re.escape(surname.removesuffix(table.genitive))}\b", text):
        return True
    before = text[: name.start].rstrip(" \u00a0")
    article = re.search(r"(\w+)[ \u00a0]$", before.removesuffix(name.role)[-12:])
    led = article is not None and article[1].lower() in table.articles and not before.endswith(",")
    return bool(name.role) and led and not is_repeated(text, surname)


def _subject_behind(text: str, cue: tuple[int, int], end: int, table: Table) -> Certain | None:
    """Read "Dazu sagte Jana Holt am Montag:": the name stands right behind the verb, and no other follows."""
    name = read_somebody(text, cue[1], table)
    if name is None or name.end > end or end - name.end > _LONGEST_ANNOUNCEMENT:
        return None
    return Certain(name, cue)


def _has_pronoun_behind(text: str, at: int, table: Table) -> bool:
    """Return whether somebody else follows the verb: "Jana Holt, sagte Peter Kern:"."""
    other = read_name(text, at, table)
    return other is not None and (" " in other.name or other.titled)


def label_before(text: str, span: QuotedSpan, table: Table) -> Reading | None:
    """Return the name that labels a quote at a paragraph's start: "Jana Holt: „…“"."""
    begin = text.rfind("\n", 0, span.outer_start) + 1
    prefix = text[begin : span.outer_start]
    if not prefix.rstrip().endswith(":") or len(prefix) > 60:
        return None
    name = read_name(text, begin, table)
    return name if name is not None and text[name.end : span.outer_start].strip() == ":" else None


def _is_compound(text: str, at: int, table: Table) -> bool:
    """Return whether an auxiliary and a participle of saying stand at ``at``: nobody's own words sound so."""
    word, end = read_word(text, at)
    if word.lower() in table.clitics:
        word, _ = read_word(text, skip_space(text, end))
    return word.lower() in table.auxiliaries and is_said_by(text, at, table)


def incises(text: str, span: QuotedSpan, table: Table) -> list[tuple[int, int]]:
    """Return where the reporter speaks within the marks: «…, ha detto Marco Neri, …», "… —dijo Ana— …"."""
    found: list[tuple[int, int]] = []
    for mark in re.finditer(
        r"[,?!…][ \u00a0]+(?=[^\W\d_])|[ \u00a0][–—-][ \u00a0]?(?=[^\W\d_])", text[span.start : span.end]
    ):
        at = span.start + mark.end()
        if (found and at < found[-1][1]) or not text[at].islower() or not is_said_by(text, at, table):
            continue
        dash = mark[0].strip(" \u00a0")[:1] in "–—-"
        told = told_at(text, at, table)
        if not dash and told is None and not _is_compound(text, at, table):
            continue
        closing = re.compile(r"[ \u00a0]?[–—-]" if dash else r"[,.;:]").search(
            text, told.name.end if told else at, span.end
        )
        end = closing.start() if closing is not None else span.end
        if end - at < 160:
            found.append((at, end))
    return found
