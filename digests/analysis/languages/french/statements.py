"""What somebody is told to have said without quotation marks: "la maire a déclaré que le pont fermera"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.found import Found
from digests.analysis.languages.french.mentions import Mention, is_somebody, read_mention
from digests.analysis.languages.french.resolve import NOBODY, Resolved
from digests.analysis.languages.french.roles import role_behind
from digests.analysis.languages.french.sources import source_before, source_behind
from digests.analysis.languages.french.subjects import is_noun
from digests.analysis.languages.french.verbs import WORD, Verb, find_subject, read_inverted, read_verb
from digests.analysis.languages.french.words import infinitives, say_forms

_THAT = re.compile(r"(?:[^\S\n]+[^\s,.;:]+){0,4}?,?\s+(?P<that>que\s+|qu['’])")
_VERB_START = re.compile(rf"(?<![\w’'-])(?={WORD})")
_BEHIND = re.compile(r",\s+(?=selon\s|d['’]après\s|[a-zé])")
_ADDING = re.compile(
    r"(?:,\s|tout en |\ben |avant de |avant d['’]|pour )(?P<verb>[^\W\d_]+(?:ant|er|ir|re))"
    r"\s(?P<that>que\s|qu['’])"
)
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' -]+ ?(?:\([^()\n]{2,40}\))? ?[-–—] ?")
_FEW_WORDS = 3
_LONGEST = 400
_SOURCE = re.compile(r"\W*(?:selon|pour|d['’]après|à en croire)\s", re.IGNORECASE)
_IF = re.compile(r"\W*(?:si|s['’](?=ils?\b)|lorsque|quand|même si|comme si)(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told to have said: its offsets, who, and the verb where one tells it."""

    start: int
    end: int
    who: Resolved
    mention: Mention
    verb: Verb | None


def find_statements(attributor: Attributor, found: Sequence[Found | None]) -> tuple[Told, ...]:
    """Return the statements of an article, one a sentence at most, none within what is quoted.

    ``found`` are the speakers of the pieces: "…, a-t-elle dit, ajoutant que …" is told by the same.
    """
    text = attributor.text
    statements = []
    for start, end in attributor.sentences.spans:
        if text[start:end].rstrip().endswith("?"):
            continue
        told = _that(attributor, start, end) or _adding(attributor, found, start, end)
        if told is None and not _quotes(attributor, start, end):
            told = _according(attributor, start, end) or _behind(attributor, start, end)
        if told is None or _quotes(attributor, told.start, told.end):
            continue
        if len(text[told.start : told.end].split()) >= _FEW_WORDS:
            statements.append(told)
    return tuple(statements)


def _quotes(attributor: Attributor, start: int, end: int) -> bool:
    """Return whether something is quoted between two offsets."""
    after = bisect_left(attributor.pieces, end, key=lambda piece: piece.span.outer_start)
    return any(start < piece.span.outer_end for piece in attributor.pieces[max(0, after - 3) : after])


def _adding(attributor: Attributor, found: Sequence[Found | None], start: int, end: int) -> Told | None:
    """Read "…, a-t-elle dit, ajoutant que …" and "… avant de promettre que …"."""
    text, flat = attributor.text, attributor.sentences.flat
    match = _ADDING.search(flat, start, end)
    if match is None or not _is_saying(match["verb"]):
        return None
    index = bisect_left(attributor.pieces, match.start(), key=lambda piece: piece.span.outer_start) - 1
    row = found[index] if index >= 0 and attributor.pieces[index].span.outer_start >= start else None
    if row is not None and row.mention is not None:
        return _told(attributor, match.end("that"), end, row.who, row.mention)
    mention = attributor.subjects.of_sentence(start, match.start())
    if mention is None or not is_somebody(text, mention):
        return None
    return _made(attributor, match.end("that"), end, mention, None)


def _is_saying(verb: str) -> bool:
    return verb in infinitives() or (verb.endswith("ant") and verb in say_forms())


def _that(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "elle a déclaré lundi que …"."""
    text = attributor.text
    for match in _VERB_START.finditer(text, start, end):
        verb = read_verb(text, match.start())
        if (
            verb is None
            or verb.end > end
            or is_noun(text, match.start())
            or attributor.sentences.flat[verb.start : verb.end] != text[verb.start : verb.end]
        ):
            continue
        that = _THAT.match(text, verb.end, end)
        if that is None:
            continue
        if verb.denied or _IF.match(text, start):
            return None
        mention = (
            Mention(*verb.pronoun, pronoun=True) if verb.pronoun else attributor.subjects.before(verb, start)
        )
        if mention is None or not is_somebody(text, mention):
            return None
        return _made(
            attributor, that.end("that"), _next_deed(attributor, verb, that.end(), end), mention, verb
        )
    return None


def _next_deed(attributor: Attributor, verb: Verb, at: int, end: int) -> int:
    """Return where the speaker does something else: "a jugé que … **et a appelé** au calme"."""
    parsed, said = attributor.subjects.parsed, attributor.subjects.token_at(verb.end - 1)
    if said is None:
        return end
    for kid in parsed.kids(said):
        if kid.dep == "conj" and at < kid.start < end:
            joins = [one for one in parsed.kids(kid) if one.dep == "cc" and one.start > at]
            if joins:
                return joins[0].start
    return end


def _according(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "Selon la maire, …"."""
    text = attributor.text
    mention = source_before(text, attributor.cast, start, end)
    if mention is None or not _SOURCE.fullmatch(text, start, mention.start):
        return None
    comma = re.compile(r"[^.;:!?]{0,120}?,\s+").match(text, mention.end, end)
    if comma is None:
        return None
    at = comma.end()
    return _made(attributor, _behind_appositions(text, mention, at, end), end, mention, None)


def _behind_appositions(text: str, mention: Mention, at: int, end: int) -> int:
    """Return where the statement begins, behind a role between commas: "Selon Solène, présidente, les …"."""
    role = role_behind(text, mention.end)
    if role is None or text.find(role, mention.end, end) < 0:
        return at
    behind = re.compile(r",\s+").match(text, text.find(role, mention.end, end) + len(role))
    return behind.end() if behind is not None else at


def _behind(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "…, a indiqué la préfecture" and "…, selon elle"."""
    text = attributor.text
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline is not None else start
    for comma in _BEHIND.finditer(text, start, end):
        mention = source_behind(text, attributor.cast, comma.start())
        verb = None
        if mention is None:
            verb = read_inverted(text, comma.end())
            if verb is None or text[comma.end() : verb.start].strip():
                continue
            at = find_subject(text, verb.end)
            mention = (
                Mention(*verb.pronoun, pronoun=True)
                if verb.pronoun
                else read_mention(text, attributor.cast, verb.end if at is None else at)
            )
        if mention is None or not is_somebody(text, mention):
            continue
        return _made(attributor, start, comma.start(), mention, verb)
    return None


def _made(attributor: Attributor, start: int, end: int, mention: Mention, verb: Verb | None) -> Told | None:
    made = _told(attributor, start, end, NOBODY, mention, verb)
    if made is None or (mention.start < made.end and mention.end > made.start):
        return None
    return replace(made, who=attributor.resolver.resolve(mention))


def _told(
    attributor: Attributor, start: int, end: int, who: Resolved, mention: Mention, verb: Verb | None = None
) -> Told | None:
    """Return the statement between two offsets, without the marks at its end; none where nothing is left."""
    text = attributor.text
    while end > start and text[end - 1] in " \u00a0\n\t.,;":
        end -= 1
    return Told(start, end, who, mention, verb) if start < end <= start + _LONGEST else None
