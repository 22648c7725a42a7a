"""Who says words that are quoted within the reporter's sentence: "Según Ruiz, la obra es «un disparate»"."""

import re

from digests.analysis.languages.certain import NO_VERB, Certain, is_somebody, read_somebody, told_at
from digests.analysis.languages.focus import Focus, meant
from digests.analysis.languages.readers import Form, Reading, is_plural, read_cue
from digests.analysis.languages.scene import Scene
from digests.analysis.languages.subjects import (
    Sentence,
    before_verb,
    end_of_name,
    first_of,
    pronoun_of,
    tail_of,
)
from digests.analysis.languages.words import read_word, skip_space
from digests.analysis.quotes import QuotedSpan
from digests.scripts import estimate_words

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FEWEST_SAID, _LONGEST = 3, 500
Found = tuple[str, Certain | None]


def speaker_within(scene: Scene, span: QuotedSpan) -> Found | None:
    """Return whose words a sentence quotes, and where it says so; else ``None``."""
    start, stop = scene.sentence(span.outer_start)
    one = Sentence(scene.known, scene.bare, start, stop)
    if not 0 < span.outer_start - start < _LONGEST or stop - start > _LONGEST or not _is_within(one, span):
        return None
    if set(one.words(start, span.outer_start)) & scene.known.table.negations:
        return None
    focus = scene.at(start)
    tail = tail_of(one, span.outer_end)
    if tail is not None:
        speaker = scene.resolve(tail)
        return (speaker, Certain(tail, NO_VERB)) if speaker else None
    return (
        _aside(scene, one, span)
        or _after_front(scene, one, span, focus)
        or _by_subject(scene, one, span, focus)
        or _goes_on(one, focus)
    )


def _is_within(one: Sentence, span: QuotedSpan) -> bool:
    """Return whether quoted words are part of a sentence: by a small letter, or behind "einen"."""
    if one.known.text[span.start].islower():
        return True
    last = one.words(one.start, span.outer_start)[-1:]
    return one.known.table.suffixed_roles and bool(last) and last[0] in one.known.table.binds


def _aside(scene: Scene, one: Sentence, span: QuotedSpan) -> Found | None:
    """Read "Allí, explica un enfermero, «ya no queda nadie»": who says it stands between commas before it."""
    gap = re.search(r",[ \u00a0]$", one.text[one.start : span.outer_start])
    comma = one.text.rfind(",", one.start, one.start + gap.start()) if gap is not None else -1
    told = told_at(one.text, skip_space(one.text, comma + 1), one.known.table) if comma >= 0 else None
    if gap is None or told is None or told.name.end != one.start + gap.start():
        return None
    speaker = scene.resolve(told.name)
    return (speaker, told) if speaker else None


def _after_front(scene: Scene, one: Sentence, span: QuotedSpan, focus: Focus) -> Found | None:
    """Read "Según dijo Ruiz,", "Nach Angaben von Rohde", "A su juicio" at a sentence's start."""
    text, table = one.text, one.known.table
    for front in (*table.own_fronts, *table.fronts):
        end = one.start + len(front)
        if text[one.start : end].lower() != front.lower() or text[end : end + 1] not in (" ", "\u00a0", ","):
            continue
        if front in table.own_fronts:
            speaker, who = meant(one.known, focus, ""), None
        else:
            cue = read_cue(text, skip_space(text, end), table)
            who = _source(one, cue or end)
            speaker, end = (scene.resolve(who), who.end) if who is not None else (None, end)
        if speaker is None or not _is_alone(scene, one, end, span, speaker):
            return None
        return speaker, Certain(who, NO_VERB) if who is not None else None
    return None


def _source(one: Sentence, at: int) -> Reading | None:
    """Return whom a sentence names as its source, unless it may be a group."""
    who = read_somebody(one.text, at, one.known.table)
    if who is None or who.form is Form.UNNAMED:
        return None
    return who if who.form is Form.OFFICE or is_somebody(who, one.known.table) else None


def _is_alone(scene: Scene, one: Sentence, rest: int, span: QuotedSpan, speaker: str) -> bool:
    """Return whether nobody else is named, cited or says anything between a source and a quote."""
    others = scene.named(rest, span.outer_start) - {speaker}
    between = one.text[rest : span.outer_start].lower()
    source = any(f" {front.lower()} " in between for front in one.known.table.fronts)
    return not (others or source or cues_between(one, rest, span.outer_start))


def cues_between(one: Sentence, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where verbs of saying begin and end between two places, each once."""
    found: dict[int, int] = {}
    for match in _WORD.finditer(one.text, start, stop):
        end = read_cue(one.text, match.start(), one.known.table)
        if end is not None:
            found.setdefault(end, match.start())
    return [(begin, end) for end, begin in sorted(found.items())]


def _by_subject(scene: Scene, one: Sentence, span: QuotedSpan, focus: Focus) -> Found | None:
    """Read "Otero calificó la medida de «…»": a subject, its verb, and the quote in the same clause."""
    name, pronoun = first_of(one) or before_verb(one, span.outer_start), pronoun_of(one)
    if name is not None and name.end <= span.outer_start:
        speaker, at = scene.resolve(name), end_of_name(one, name)
    elif pronoun:
        speaker = meant(one.known, focus, pronoun)
        at = skip_space(one.text, one.start + len(pronoun))
    else:
        return None
    if speaker is None or scene.named(at, span.outer_start) - {speaker}:
        return None
    cue = _its_cue(one, at, span)
    if cue is None:
        return None
    return speaker, Certain(name, cue) if name is not None else None


def _its_cue(one: Sentence, at: int, span: QuotedSpan) -> tuple[int, int] | None:
    """Return the verb of the subject whose words are quoted, where no other may have another subject."""
    text, table = one.text, one.known.table
    if any(f" {front.lower()} " in text[at : span.outer_start].lower() for front in table.fronts):
        return None
    called = bool(set(one.words(at, span.outer_start)) & table.calls)
    cues = cues_between(one, at, span.outer_start)
    first, _ = read_word(text, at)
    if re.sub("-lhes?$", "", first.lower()) in table.calls and len(cues) <= 1:
        return at, at + len(first)
    told = set(one.words(at, span.outer_start)) & table.participles
    if table.suffixed_roles and first.lower() in table.auxiliaries and told and len(cues) <= 1:
        return at, at + len(first)  # "hatte im Sommer noch erklärt, das Watt sei"
    if not cues or is_plural(text, cues[-1][0], table):
        return None
    begin, end = cues[-1]
    before = one.words(at, begin)[-1:]
    shared = bool(before) and before[0] in table.conjunctions
    if not (begin == at or shared) or (len(cues) > 1 and not shared):
        return None
    enough = called or estimate_words(one.known.text[span.start : span.end]) >= _FEWEST_SAID
    return (begin, end) if (enough or _is_bound(one, end, span)) and not _is_named_so(one, span) else None


def _is_named_so(one: Sentence, span: QuotedSpan) -> bool:
    """Return whether quoted words are only what something is called: el «puente de los suspiros»."""
    last = one.words(one.start, span.outer_start)[-1:]
    return bool(last) and last[0] in one.known.table.articles


def _is_bound(one: Sentence, end: int, span: QuotedSpan) -> bool:
    """Return whether a few quoted words are a verb's own: "pidió «calma»", "sprach von einem „Wunder“"."""
    words = one.words(end, span.outer_start)
    return not words or words[-1] in one.known.table.binds


def _goes_on(one: Sentence, focus: Focus) -> Found | None:
    """Read "Die Stadt habe „kein Geld“": German tells by the verb that somebody's words are reported on."""
    table = one.known.table
    words = one.words(one.start, one.stop)
    if not focus.told or focus.subject is None or not set(words) & table.conjunctives:
        return None
    text = one.text[one.start : one.stop].lower()
    if cues_between(one, one.start, one.stop) or any(front.lower() in text for front in table.fronts):
        return None
    return focus.subject, None


def speaker_told_next(scene: Scene, span: QuotedSpan) -> Found | None:
    """Read "«…». Así lo aseguró el letrado Ramón Gil": the next sentence points back at a quote."""
    text, table = scene.bare, scene.known.table
    gap = re.match(r"[.,]?[ \u00a0]+", text[span.outer_end : span.outer_end + 3])
    if gap is None:
        return None
    at = span.outer_end + gap.end()
    for front in table.so_told:
        end = at + len(front)
        if text[at:end].lower() == front and text[end : end + 1] in (" ", "\u00a0"):
            cue = read_cue(text, skip_space(text, end), table)
            who = read_somebody(text, cue or end, table)
            speaker = scene.resolve(who) if who is not None and who.form is not Form.UNNAMED else None
            return (speaker, Certain(who, NO_VERB)) if who is not None and speaker else None
    return None
