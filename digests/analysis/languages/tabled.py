"""An article in any language but English -> what is quoted in it, and who says it where that is certain."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.languages.certain import (
    LABEL,
    Certain,
    incises,
    is_denied_before,
    label_before,
    speaker_before,
    speaker_behind,
    told_at,
)
from digests.analysis.languages.french.words import gender_of_given
from digests.analysis.languages.marks import find_marked
from digests.analysis.languages.table import Table, load_table
from digests.analysis.mask import is_sentence_like
from digests.analysis.quotes import QuotedSpan
from digests.model import Actor, ActorKind, Quote, QuoteKind
from digests.scripts import count_words

_FULL_NAME = re.compile(
    r"(?<![\w’'-])([A-ZÀ-ÖØ-Þ]\w+)(?: (?:von|van|de|del|da|di|du|la|der)){0,2} [A-ZÀ-ÖØ-Þ][\w’-]+(?![\w-])"
)
_FRAGMENT_WORDS, _SPEAKS_FOR_ITSELF = 3, 5
_LONG = 8
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of what is said, and who says it where that is certain."""

    span: QuotedSpan
    told: Certain | None = None
    whole: bool = True


def analyse_by_table(text: str, language: str) -> tuple[tuple[Quote, ...], tuple[Actor, ...]]:
    """Return quotes and actors; nobody is named who is not certainly the speaker."""
    table = load_table(language)
    said = [one for span in find_marked(text, language) for one in _told(text, span, table)]
    names = _full_names(text, said, table)
    said = [replace(one, told=None) if _is_doubtful_label(one.told, names) else one for one in said]
    quotes = []
    for one in said:
        speaker = _resolved(one.told, names) if one.told is not None else None
        if _is_speech(text, one, speaker):
            quotes.append(_quote(text, one, speaker, table))
    return tuple(quotes), _actors(text, quotes)


def _told(text: str, span: QuotedSpan, table: Table | None) -> list[_Said]:
    """Return a quote, or its pieces around what the reporter says in it."""
    if table is None:
        return [_Said(span)]
    if is_denied_before(text, span, table):
        return []
    inner = incises(text, span, table)
    if not inner:
        told = speaker_behind(text, span, table) or speaker_before(text, span, table)
        label = label_before(text, span, table) if told is None else None
        return [_Said(span, told or (Certain(label, LABEL) if label is not None else None))]
    told = told_at(text, inner[0][0], table)
    pieces, position = [], span.start
    for start, end in [*inner, (span.end, span.end)]:
        piece = _cut(text, span, position, start)
        if piece is not None:
            pieces.append(_Said(piece, told))
        position = end
    return pieces


def _cut(text: str, span: QuotedSpan, start: int, end: int) -> QuotedSpan | None:
    while start < end and (text[start].isspace() or (start > span.start and text[start] in ",.;:–—-")):
        start += 1
    while end > start and (text[end - 1].isspace() or (end < span.end and text[end - 1] in ",–—-")):
        end -= 1
    if not any(letter.isalnum() for letter in text[start:end]):
        return None
    outer_start = span.outer_start if start == span.start else start
    outer_end = span.outer_end if end == span.end else end
    return replace(span, start=start, end=end, outer_start=outer_start, outer_end=outer_end)


def _full_names(text: str, said: Sequence[_Said], table: Table | None) -> dict[str, set[str]]:
    """Return the full names that end with each last name: those that speak, and those with a given name."""
    found: dict[str, set[str]] = {}
    for one in said:
        if (
            one.told is not None
            and one.told.cue != LABEL
            and " " in one.told.name.name
            and one.told.name.name[0].isupper()
        ):
            found.setdefault(one.told.name.name.split()[-1], set()).add(one.told.name.name)
    for match in _FULL_NAME.finditer(text) if table is not None else ():
        if table is not None and (table.is_given(match[1]) or gender_of_given(match[1]) != 0):
            found.setdefault(match[0].split()[-1], set()).add(match[0])
    return found


def _is_doubtful_label(told: Certain | None, names: dict[str, set[str]]) -> bool:
    """Return whether a label is no name for certain: "Neue Studie: „…“"."""
    if told is None or told.cue != LABEL or told.name.titled:
        return False
    return told.name.name not in names.get(told.name.name.split()[-1], set())


def _resolved(told: Certain, names: dict[str, set[str]]) -> str | None:
    """Return a speaker's fullest name, ``None`` where two bear it or a bare word could be anything."""
    name = told.name.name
    if " " in name and not name[0].islower():
        return name
    bearers = names.get(name.split()[-1], set())
    if len(bearers) == 1:
        return next(iter(bearers))
    return name if told.name.titled and not bearers else None


def _is_speech(text: str, one: _Said, speaker: str | None) -> bool:
    number = count_words(text[one.span.start : one.span.end])
    if speaker is not None:
        return number > 0
    following = text[one.span.outer_end : one.span.outer_end + 2]
    if following[:1].isspace() and following[1:].islower() and number < _SPEAKS_FOR_ITSELF:
        return False  # «Il Monte Verde» resta chiuso
    if _stands_alone(text, one.span):
        return number >= _FRAGMENT_WORDS or text[one.span.end - 1] in ".!?…"
    return number >= _SPEAKS_FOR_ITSELF and not text[one.span.start].isupper()


def _stands_alone(text: str, span: QuotedSpan) -> bool:
    """Return whether a quote is a sentence of its own; where no capital tells, by its end or length."""
    if is_sentence_like(text, span):
        return True
    caseless = text[span.start].lower() == text[span.start].upper()
    return caseless and (
        text[span.end - 1] in "。！？.!?؟" or count_words(text[span.start : span.end]) > _LONG
    )


def _quote(text: str, one: _Said, speaker: str | None, table: Table | None) -> Quote:
    span = one.span
    words = text[span.start : span.end]
    few = count_words(words) <= _FRAGMENT_WORDS
    kind = (QuoteKind.DIRECT if _stands_alone(text, span) or one.told is not None else
            QuoteKind.FRAGMENT if few else QuoteKind.MIXED)  # fmt: skip
    quote = Quote(start=span.start, end=span.end, text=words, kind=kind)
    if speaker is None or one.told is None or table is None:
        return quote
    name = one.told.name
    return replace(
        quote,
        speaker=text[name.start : name.end],
        speaker_start=name.start,
        speaker_end=name.end,
        speaker_resolved=speaker,
        role=name.role or None,
        cue=text[slice(*one.told.cue)].strip() or None,
        confidence=_SURE,
    )


def _actors(text: str, quotes: Sequence[Quote]) -> tuple[Actor, ...]:
    """Return those who certainly speak, the most quoted first."""
    spoken = Counter(quote.speaker_resolved for quote in quotes if quote.speaker_resolved)
    roles = {quote.speaker_resolved: quote.role for quote in reversed(quotes) if quote.role}
    actors = []
    for name, _ in spoken.most_common():
        if name is None:
            continue
        places = tuple(m.span() for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
        spans = {(q.speaker_start, q.speaker_end) for q in quotes if q.speaker_resolved == name}
        mentions = sorted({*places, *((a, b) for a, b in spans if a is not None and b is not None)})
        actors.append(Actor(name=name, kind=ActorKind.PERSON, role=roles.get(name), mentions=tuple(mentions)))
    return tuple(actors)
