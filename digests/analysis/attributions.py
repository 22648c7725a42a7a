"""Who tells something without being quoted: each cue of reported speech with its subject and its extent."""

from collections.abc import Iterator
from dataclasses import dataclass

from digests.analysis.asserted import is_told
from digests.analysis.cues import Cue
from digests.analysis.lexicon import PEOPLE_NOUNS
from digests.analysis.scene import Scene
from digests.analysis.telling import FOUND_OUT, TELLING, is_study, subject_of
from digests.analysis.tokens import Parsed, Token

MARKS = frozenset("“ ” \" ' ’ ‘ ( ) , . ; : — – - … ! ? [ ]".split())
BREAKS = frozenset({",", ";", "—", "–", "-", "(", ":", "...", "…"})
_LONGEST_LABEL = 8


@dataclass(frozen=True, slots=True)
class Telling:
    """A cue that reports speech: who speaks, and the tokens ``low`` to ``high`` of the attribution."""

    cue: Token
    verb: str
    subject: Token
    low: int
    high: int


def find_tellings(scene: Scene) -> Iterator[Telling]:
    """Yield every cue that reports speech and has a subject, in the order of the text."""
    parsed = scene.parsed
    known = {cue.token.i: cue for row in scene.cues.values() for cue in row}
    for token in parsed.tokens:
        if token.quote >= 0:
            continue
        if token.lower in TELLING and token.tag.startswith("VB"):
            telling = _of_verb(parsed, token)
        elif token.lower == "according" and token.i in known:
            telling = _according(parsed, known[token.i])
        elif token.text == ":":
            telling = _label(scene, token)
        else:
            continue
        if telling is not None and not scene.is_credited(token):
            yield telling


def _of_verb(parsed: Parsed, verb: Token) -> Telling | None:
    subject = subject_of(parsed, verb)
    if subject is None or subject.quote >= 0 or not is_told(parsed, verb, subject):
        return None
    base = TELLING[verb.lower]
    if base in FOUND_OUT and not is_study(subject.lower):
        return None
    low, high = _attribution(parsed, verb, subject)
    return Telling(verb, base, subject, low, high)


def _attribution(parsed: Parsed, verb: Token, subject: Token) -> tuple[int, int]:
    """Return the first and last token of "the minister said on Monday" or "said Doe, a baker"."""
    first, stop = parsed.sentences[verb.sentence]
    low = high = verb.i
    if subject.sentence == verb.sentence and parsed.head(subject).i == verb.i:
        bounds = parsed.subtree_bounds(subject)
        low, high = (bounds[0], high) if subject.i < verb.i else (low, max(bounds[1], high))
    for kid in parsed.kids(verb):
        if kid.i < verb.i and kid.dep in ("aux", "advmod", "neg") and kid.i >= low - 2:
            low = min(low, kid.i)
    while high + 1 < stop and parsed.tokens[high + 1].text not in BREAKS:
        high += 1
    return max(low, first), high


def _according(parsed: Parsed, cue: Cue) -> Telling | None:
    if cue.subject is None or cue.subject.sentence != cue.token.sentence:
        return None
    low, high = parsed.subtree_bounds(cue.token)
    stop = parsed.sentences[cue.token.sentence][1]
    while high + 1 < stop and parsed.tokens[high + 1].text not in BREAKS | {"."}:
        high += 1
    return Telling(cue.token, "according to", cue.subject, low, high)


def _label(scene: Scene, colon: Token) -> Telling | None:
    """Return who speaks in the headline "Doe: Taxes will fall" or the transcript's "DOE: I did not."."""
    parsed = scene.parsed
    first, stop = scene.paragraphs[colon.paragraph]
    before = parsed.tokens[first : colon.i]
    if not 1 <= len(before) <= _LONGEST_LABEL or colon.i + 2 >= stop or parsed.tokens[colon.i + 1].quote >= 0:
        return None
    if any(
        token.text in MARKS - {"."} or token.quote >= 0 or token.tag in ("VBD", "VBZ", "VBP")
        for token in before
    ):
        return None
    head = before[-1]
    named = head.tag.startswith("NNP") and any(
        e.last >= 0 and e.label in ("PERSON", "ORG") and parsed.tokens[e.last].lower == head.lower
        for e in parsed.entities
        if e.last != head.i
    )
    if not (head.tag.startswith("NN") and (named or head.lower in PEOPLE_NOUNS or is_study(head.lower))):
        return None
    return Telling(colon, ":", head, first, colon.i)
