"""What somebody is told to have said without quotation marks: "la maire a déclaré que le pont fermera"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.mentions import Mention, is_somebody, read_mention
from digests.analysis.languages.french.resolve import Resolved
from digests.analysis.languages.french.sources import source_before, source_behind
from digests.analysis.languages.french.verbs import WORD, Verb, find_subject, read_inverted, read_verb

_THAT = re.compile(r"(?:[^\S\n]+[^\s,.;:]+){0,4}?,?\s+(?P<that>que\s+|qu['’])")
_VERB_START = re.compile(rf"(?<![\w’'-])(?={WORD})")
_BEHIND = re.compile(r",\s+(?=selon\s|d['’]après\s|[a-zé])")
_FEW_WORDS = 3
_LONGEST = 400
_IF = re.compile(r"(?:^|\W)(?:si|s['’]|lorsque|quand|ni|sans)\s*$|\?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told to have said: its offsets, who, and the verb where one tells it."""

    start: int
    end: int
    who: Resolved
    mention: Mention
    verb: Verb | None


def find_statements(attributor: Attributor) -> tuple[Told, ...]:
    """Return the statements of an article, one a sentence at most; sentences that quote tell their own."""
    text = attributor.text
    quoted = [(piece.span.outer_start, piece.span.outer_end) for piece in attributor.pieces]
    found = []
    for start, end in attributor.sentences.spans:
        if any(a < end and start < b for a, b in quoted) or text[start:end].rstrip().endswith("?"):
            continue
        told = (
            _that(attributor, start, end)
            or _according(attributor, start, end)
            or _behind(attributor, start, end)
        )
        if told is not None and len(text[told.start : told.end].split()) >= _FEW_WORDS:
            found.append(told)
    return tuple(found)


def _that(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "elle a déclaré lundi que …"."""
    text = attributor.text
    for match in _VERB_START.finditer(text, start, end):
        verb = read_verb(text, match.start())
        if verb is None or verb.end > end:
            continue
        that = _THAT.match(text, verb.end, end)
        if that is None:
            continue
        if verb.denied or _IF.search(text[start : verb.start]):
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
    if mention is None or re.search(
        r"\w",
        text[start : mention.start]
        .lower()
        .replace("selon", "")
        .replace("pour", "")
        .replace("d'après", "")
        .replace("d’après", ""),
    ):
        return None
    comma = re.compile(r"[^.;:!?]{0,120}?,\s+").match(text, mention.end, end)
    if comma is None:
        return None
    at = comma.end()
    return _made(attributor, _behind_appositions(text, mention, at, end), end, mention, None)


def _behind_appositions(text: str, mention: Mention, at: int, end: int) -> int:
    """Return where the statement begins, behind a role between commas: "Selon Solène, présidente, les …"."""
    from digests.analysis.languages.french.roles import role_behind

    role = role_behind(text, mention.end)
    if role is None or text.find(role, mention.end, end) < 0:
        return at
    behind = re.compile(r",\s+").match(text, text.find(role, mention.end, end) + len(role))
    return behind.end() if behind is not None else at


def _behind(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "…, a indiqué la préfecture" and "…, selon elle"."""
    text = attributor.text
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
    text = attributor.text
    while end > start and text[end - 1] in " \u00a0\n\t.,;":
        end -= 1
    if not start < end <= start + _LONGEST or (mention.start < end and mention.end > start):
        return None
    return Told(start, end, attributor.resolver.resolve(mention), mention, verb)


def each_name(told: Sequence[Told]) -> Iterator[str]:
    """Yield who is told to have said something."""
    return (one.who.name for one in told)
