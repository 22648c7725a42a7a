"""Who says words that are quoted within the reporter's sentence: "Según Ruiz, la obra es «un disparate»"."""

import re

from digests.analysis.languages.certain import NO_VERB, Certain, is_somebody, read_somebody
from digests.analysis.languages.people import Known
from digests.analysis.languages.readers import Form, read_cue, read_name, read_word, skip_space
from digests.analysis.languages.table import Table
from digests.analysis.quotes import QuotedSpan
from digests.scripts import estimate_words

_STOP = re.compile(r"[.!?…:;]+[»”“\"]*\s+(?=\S)|\n")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_APPOSED = re.compile(r"[ \u00a0]*(?:\([^()\n]{1,30}\))?[ \u00a0]*(?:,[^,.:;\n]{2,80},)?[ \u00a0]*")
_MOST_BEFORE = 240
_FEWEST_SAID = 3


def speaker_within(known: Known, span: QuotedSpan) -> Certain | None:
    """Return whose words a sentence quotes that begins with its source or its subject; else ``None``."""
    text, table = known.text, known.table
    if not text[span.start].islower():
        return None
    start = _sentence_start(text, span.outer_start)
    if start is None:
        return None
    told = _after_front(text, start, table) or _by_subject(text, start, span, table)
    if told is None or told.name.end > span.outer_start:
        return None
    speaker = known.resolve(told.name)
    rest = max(told.name.end, told.cue[1])
    words = {match[0].lower() for match in _WORD.finditer(text, start, span.outer_start)}
    if words & table.negations or known.mentions(rest, span.outer_start) - {speaker}:
        return None
    source = any(f" {front.lower()} " in text[rest : span.outer_start].lower() for front in table.fronts)
    return None if source or _has_cue(text, rest, span.outer_start, table) else told


def _sentence_start(text: str, at: int) -> int | None:
    begin = max(0, at - _MOST_BEFORE)
    stops = [match.end() for match in _STOP.finditer(text, begin, at)]
    if not stops and begin:
        return None
    return skip_space(text, stops[-1] if stops else begin)


def _after_front(text: str, start: int, table: Table) -> Certain | None:
    """Read "Según Ruiz,", "Según dijo Ruiz,", "Nach Angaben von Rohde" at a sentence's start."""
    for front in table.fronts:
        end = start + len(front)
        if text[start:end].lower() == front.lower() and text[end : end + 1] in (" ", "\u00a0"):
            cue = read_cue(text, skip_space(text, end), table)
            name = read_somebody(text, cue or end, table)
            if name is None or name.form is Form.UNNAMED or not is_somebody(name, table):
                return None
            return Certain(name, NO_VERB)
    return None


def _by_subject(text: str, start: int, span: QuotedSpan, table: Table) -> Certain | None:
    """Read "Otero calificó la medida de «…»": a name, its verb at once, and the quote in the same clause."""
    name = read_name(text, start, table)
    if name is None or (table.genitive and name.name.endswith(table.genitive)):
        return None
    gap = _APPOSED.match(text, name.end)
    at = gap.end() if gap is not None else name.end
    if text[name.start - 2 : name.start] == ", " and text[at : at + 1] == ",":
        at = skip_space(text, at + 1)  # "La consejera de Sanidad, Ana Ruiz, dijo"
    word, end = read_word(text, at)
    if word.lower() in table.calls:
        return Certain(name, (at, end))
    cue = read_cue(text, at, table)
    last = _WORD.findall(text[at : span.outer_start])[-1:]
    if cue is None or cue > span.outer_start or (last and last[0].lower() in table.articles):
        return None  # el «puente de los suspiros» is only called so
    called = any(word.lower() in table.calls for word in _WORD.findall(text[at:cue]))
    enough = called or estimate_words(text[span.start : span.end]) >= _FEWEST_SAID
    return Certain(name, (at, cue)) if enough else None


def _has_cue(text: str, start: int, stop: int, table: Table) -> bool:
    """Return whether somebody else may speak between: "Ruiz dijo que, como avisó Gil, era «…»"."""
    return any(
        read_cue(text, match.start(), table) is not None for match in _WORD.finditer(text, start, stop)
    )
