"""An article in any language but English -> what is quoted in it, and who says it where that is certain."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.languages.announced import speaker_announced
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
from digests.analysis.languages.dialogue import find_turns
from digests.analysis.languages.follow import Before, goes_on, has_bare_cue
from digests.analysis.languages.inline import speaker_told_next, speaker_within
from digests.analysis.languages.marks import find_marked
from digests.analysis.languages.people import Known, know_people
from digests.analysis.languages.scene import Scene, in_focus, make_scene
from digests.analysis.languages.table import Table, load_table
from digests.analysis.mask import is_sentence_like
from digests.analysis.quotes import QuotedSpan
from digests.model import Actor, ActorKind, Quote, QuoteKind
from digests.scripts import estimate_words

_FRAGMENT_WORDS, _SPEAKS_FOR_ITSELF = 3, 5
_LONG, _LONGEST_TITLE = 8, 5
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of what is said, and who says it where that is certain."""

    span: QuotedSpan
    told: Certain | None = None
    at: int = 0
    """Where the reporter's words about it begin."""
    within: bool = False
    opens: bool = False
    """Whether it begins a sentence, as no name of a film does that is only spoken of."""


def analyse_by_table(text: str, language: str) -> tuple[tuple[Quote, ...], tuple[Actor, ...]]:
    """Return quotes and actors; nobody is named who is not certainly the speaker."""
    table = load_table(language)
    marked = find_marked(text, language)
    turns = find_turns(text, marked, table) if table is not None and table.turns else []
    spans = sorted([*marked, *turns], key=lambda span: span.start)
    said = [one for span in spans for one in _told(text, span, table)]
    quotes = []
    for one, speaker in _with_speakers(text, said, table):
        if _is_speech(text, one, speaker):
            quotes.append(_quote(text, one, speaker, table))
    return tuple(quotes), _actors(text, quotes)


def _with_speakers(text: str, said: list[_Said], table: Table | None) -> list[tuple[_Said, str | None]]:
    if table is None:
        return [(one, None) for one in said]
    told = [one.told.name for one in said if one.told is not None and one.told.cue != LABEL]
    known = know_people(text, told, table)
    scene = make_scene(known, [one.span for one in said])
    said = [replace(one, told=None) if _is_doubtful_label(one.told, known) else one for one in said]
    found: list[tuple[_Said, str | None]] = []
    before: Before | None = None
    for one in said:
        one, speaker = _with_speaker(scene, one, before)
        scene.speak(one.span, speaker)
        found.append((one, speaker))
        end = one.told.name.end if one.told is not None else 0
        tagged = speaker is not None and _is_tagged(one, known, speaker)
        before = Before(one.span, speaker, tagged, end) if speaker is not None else None
    return found


def _with_speaker(scene: Scene, one: _Said, before: Before | None) -> tuple[_Said, str | None]:
    """Return a quote with who says it, by the first way that is certain."""
    known = scene.known
    one = replace(one, opens=scene.opens(one.span))
    if one.told is not None:
        return one, scene.resolve(one.told.name)
    within = speaker_announced(scene, one.span) or speaker_within(scene, one.span)
    within = within or speaker_told_next(scene, one.span)
    if within is not None:
        return replace(one, told=within[1], within=True), within[0]
    if before is not None and goes_on(known, before, one.span, one.at):
        return one, before.speaker
    return one, in_focus(scene, one.span, one.at)


def _is_tagged(one: _Said, known: Known, speaker: str) -> bool:
    """Return whether it is told behind a quote who says it."""
    if one.told is None:
        return has_bare_cue(known, one.at, speaker)
    return one.told.name.start >= one.span.outer_end


def _told(text: str, span: QuotedSpan, table: Table | None) -> list[_Said]:
    """Return a quote, or its pieces around what the reporter says in it."""
    if table is None:
        return [_Said(span, at=span.outer_end)]
    if is_denied_before(text, span, table):
        return []
    inner = incises(text, span, table)
    if not inner:
        told = speaker_behind(text, span, table) or speaker_before(text, span, table)
        label = label_before(text, span, table) if told is None else None
        return [_Said(span, told or (Certain(label, LABEL) if label is not None else None), span.outer_end)]
    told = told_at(text, inner[0][0], table)
    pieces, position = [], span.start
    for start, end in [*inner, (span.end, span.end)]:
        piece = _cut(text, span, position, start)
        if piece is not None:
            pieces.append(_Said(piece, told, inner[0][0]))
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


def _is_doubtful_label(told: Certain | None, known: Known) -> bool:
    """Return whether a label is no name for certain: "Neue Studie: „…“"."""
    if told is None or told.cue != LABEL or told.name.titled:
        return False
    return told.name.name not in known.bearers.get(told.name.name.split()[-1], set())


def _is_speech(text: str, one: _Said, speaker: str | None) -> bool:
    number = estimate_words(text[one.span.start : one.span.end])
    if speaker is not None and (one.told is not None or one.within or one.opens):
        return number > 0 and not _is_title(text, one, number)
    following = text[one.span.outer_end : one.span.outer_end + 2]
    if following[:1].isspace() and following[1:].islower() and number < _SPEAKS_FOR_ITSELF:
        return False  # «Il Monte Verde» resta chiuso
    if _stands_alone(text, one.span):
        return number >= _FRAGMENT_WORDS or text[one.span.end - 1] in ".!?…"
    return number >= _SPEAKS_FOR_ITSELF and not text[one.span.start].isupper()


def _is_title(text: str, one: _Said, number: int) -> bool:
    """Return whether a work or a place is named: "no filme “Maré de Dentro”, conta a atriz"."""
    span = one.span
    before = text[: span.outer_start].rstrip(" \u00a0")[-1:]
    inside = before.isalpha() and text[span.start].isupper() and span.outer_start < span.start
    return (
        inside
        and not (one.opens or one.within)
        and number <= _LONGEST_TITLE
        and text[span.end - 1] not in ".!?…,"
    )


def _stands_alone(text: str, span: QuotedSpan) -> bool:
    """Return whether a quote is a sentence of its own; where no capital tells, by its end or length."""
    if is_sentence_like(text, span):
        return True
    caseless = text[span.start].lower() == text[span.start].upper()
    return caseless and (
        text[span.end - 1] in "。！？.!?؟" or estimate_words(text[span.start : span.end]) > _LONG
    )


def _is_told_whole(one: _Said) -> bool:
    """Return whether a quote has an attribution of its own, so that it is more than words in a sentence."""
    return one.told is not None and not one.within


def _quote(text: str, one: _Said, speaker: str | None, table: Table | None) -> Quote:
    span = one.span
    words = text[span.start : span.end]
    few = estimate_words(words) <= _FRAGMENT_WORDS
    kind = (QuoteKind.DIRECT if _stands_alone(text, span) or _is_told_whole(one) else
            QuoteKind.FRAGMENT if few else QuoteKind.MIXED)  # fmt: skip
    quote = Quote(start=span.start, end=span.end, text=words, kind=kind)
    if speaker is None or table is None:
        return quote
    if one.told is None:
        return replace(quote, speaker_resolved=speaker, confidence=_SURE)
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
    spoken = Counter(
        quote.speaker_resolved
        for quote in quotes
        if quote.speaker_resolved and quote.speaker_resolved[0].isupper()
    )
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
