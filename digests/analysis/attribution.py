"""Whose words stand in a quote: the cue that governs it, and the mention of the speaker.

Candidates are the cues of the quote's own sentence, scored by where they stand to it and to the
syntax; without one, the sentence's acting person; without that, the paragraph's or the last
paragraph's speaker goes on. Scores are set by hand; a higher one is a surer one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from digests.analysis.cues import Cue
from digests.analysis.lexicon import DOCUMENTS, PEOPLE_NOUNS, SAY_VERBS, WEAK_VERBS
from digests.analysis.quotes import QuotedSpan
from digests.analysis.tokens import Parsed, Token

_ACCEPTED = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The speaker's head token and the cue, or whom the quote continues.

    ``same_as`` is the index of the quote whose speaker goes on. ``sure`` is 0 to 1.
    """

    speaker: Token | None = None
    cue: Token | None = None
    same_as: int | None = None
    sure: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything attribution looks at: the parsed text, its quotes, their tokens, the cues."""

    parsed: Parsed
    quotes: Sequence[QuotedSpan]
    words: dict[int, tuple[int, int]]
    cues: dict[int, list[Cue]]


def set_scene(parsed: Parsed, quotes: Sequence[QuotedSpan], cues: Sequence[Cue]) -> Scene:
    """Return the scene: first and last token of each quote, and the cues of each sentence."""
    words: dict[int, tuple[int, int]] = {}
    for token in parsed.tokens:
        if token.quote >= 0:
            words[token.quote] = (words.get(token.quote, (token.i, 0))[0], token.i)
    by_sentence: dict[int, list[Cue]] = {}
    for cue in cues:
        by_sentence.setdefault(cue.token.sentence, []).append(cue)
    return Scene(parsed=parsed, quotes=quotes, words=words, cues=by_sentence)


def attribute(scene: Scene) -> list[Found]:
    """Return what was found for each quote, in order."""
    found: list[Found] = []
    for index in range(len(scene.quotes)):
        found.append(_own_sentence(scene, index) or _around(scene, index, found) or Found())
    _join_continued(scene, found)
    return found


def _own_sentence(scene: Scene, index: int) -> Found | None:
    """Return the speaker from a cue in the quote's own sentence, or from whoever acts there."""
    if index not in scene.words:
        return None
    first, _ = scene.words[index]
    sentence = scene.parsed.tokens[first].sentence
    scored = [
        (_score(scene, cue, index), -abs(cue.token.i - first), cue) for cue in scene.cues.get(sentence, ())
    ]
    best = max(scored, key=lambda row: row[:2], default=None)
    if best is not None and best[0] >= _ACCEPTED and best[2].subject is not None:
        return Found(speaker=best[2].subject, cue=best[2].token, sure=min(0.97, 0.6 + best[0] / 15))
    if _stands_alone(scene, index):
        return None
    return _acting(scene, index)


def _score(scene: Scene, cue: Cue, index: int) -> float:
    """Return how likely the cue introduces the quote; about 8 where it stands right beside it."""
    first, last = scene.words[index]
    tokens = scene.parsed.tokens
    if cue.subject is None or first <= cue.subject.i <= last:
        return -9.0
    beside = _gap(scene, cue, first, last)
    score = 5.0 - 0.6 * beside if beside < 6 else 1.0 - 0.05 * beside
    score -= 2.0 * _quotes_between(scene, cue.token.i, first, last)
    if any(a.i == cue.token.i for a in scene.parsed.ancestors(tokens[_root_of(scene, index)])):
        score += 2.5
    if cue.verb in SAY_VERBS or cue.verb in ("according to", ":"):
        score += 0.8
    if cue.verb in WEAK_VERBS and beside > 1:
        score -= 4.0
    if not cue.direct:
        score -= 0.7
    if cue.subject.lower in ("it", "that", "this", "which", "there"):
        score -= 1.0
    if cue.token.i > last and _is_put_to(scene, first):
        score -= 6.0
    if cue.token.i > last and beside > 4 and not _stands_alone(scene, index):
        score -= 1.5
    return score


def _is_put_to(scene: Scene, first: int) -> bool:
    """Return whether the quote is a question that somebody was asked: "Asked whether “…”, Doe laughed"."""
    tokens = scene.parsed.tokens
    start = scene.parsed.sentences[tokens[first].sentence][0]
    words = [token.lower for token in tokens[start:first] if token.quote < 0]
    return words[:1] == ["asked"]


def _gap(scene: Scene, cue: Cue, first: int, last: int) -> int:
    """Return how many words stand between the quote and the cue, or the cue's subject if nearer."""
    ends = [cue.token.i] + ([cue.subject.i] if cue.subject is not None else [])
    tokens = scene.parsed.tokens
    if cue.token.i > last:
        between = tokens[last + 1 : min((e for e in ends if e > last), default=cue.token.i)]
    else:
        between = tokens[cue.token.i + 1 : first]
    return sum(1 for token in between if token.text[:1].isalnum() and token.quote < 0)


def _quotes_between(scene: Scene, at: int, first: int, last: int) -> int:
    low, high = (at, first) if at < first else (last + 1, at)
    own = scene.parsed.tokens[first].quote
    return len({t.quote for t in scene.parsed.tokens[low:high] if t.quote >= 0 and t.quote != own})


def _root_of(scene: Scene, index: int) -> int:
    """Return the token of the quote whose head lies outside it."""
    first, last = scene.words[index]
    for token in scene.parsed.tokens[first : last + 1]:
        if not first <= token.head <= last or token.head == token.i:
            return token.i
    return first


def _stands_alone(scene: Scene, index: int) -> bool:
    """Return whether the quote's sentence holds no words but quoted ones."""
    first, _ = scene.words[index]
    sentence = scene.parsed.sentence(scene.parsed.tokens[first].sentence)
    return not any(t.quote < 0 and t.text[:1].isalnum() for t in sentence)


def _acting(scene: Scene, index: int) -> Found | None:
    """Return who acts in the clause around a quote without a cue: "Doe signed an order for “…”"."""
    parsed = scene.parsed
    token = parsed.tokens[_root_of(scene, index)]
    for verb in (token, *parsed.ancestors(token)):
        if verb.tag.startswith("VB"):
            for kid in parsed.kids(verb):
                if kid.dep == "nsubj" and kid.quote < 0 and _can_speak(kid):
                    sure = 0.8 if _behind_colon(scene, index) else 0.5
                    return Found(speaker=kid, cue=verb if verb.quote < 0 else None, sure=sure)
    return None


def _behind_colon(scene: Scene, index: int) -> bool:
    """Return whether a colon announces the quote: "Doe was blunt: “…”"."""
    return scene.parsed.text[: scene.quotes[index].outer_start].rstrip(" ")[-1:] == ":"


def _can_speak(token: Token) -> bool:
    return (
        token.tag.startswith("NNP")
        or token.lower in ("he", "she", "they", "it")
        or token.lower in PEOPLE_NOUNS
        or token.lower in DOCUMENTS
    )


def _around(scene: Scene, index: int, found: list[Found]) -> Found | None:
    """Return the speaker from the sentences and paragraphs around a quote that stands alone."""
    quote = scene.quotes[index]
    if index not in scene.words or not _stands_alone(scene, index):
        return None
    return (
        _after(scene, index)
        or _introduced(scene, index)
        or _same_paragraph(scene, index, found)
        or _reported_above(scene, index)
        or _previous_paragraph(scene, index, found, quote.paragraph)
    )


def _after(scene: Scene, index: int) -> Found | None:
    """Return the cue that opens the next sentence: “….” Doe said."""
    _, last = scene.words[index]
    tokens = scene.parsed.tokens
    sentence = tokens[last].sentence + 1
    if sentence >= len(scene.parsed.sentences):
        return None
    words = scene.parsed.sentence(sentence)
    if words[0].paragraph != tokens[last].paragraph:
        return None
    for cue in scene.cues.get(sentence, ()):
        if cue.subject is None or cue.verb in WEAK_VERBS or any(t.quote >= 0 for t in words):
            continue
        opens = min(cue.token.i, cue.subject.i) - words[0].i <= 3 and cue.token.i - words[0].i <= 8
        if (
            opens
            and (cue.verb in SAY_VERBS or len(words) - (cue.token.i - words[0].i) <= 4)
            and len(words) <= 14
        ):
            return Found(speaker=cue.subject, cue=cue.token, sure=0.8)
    return None


def _introduced(scene: Scene, index: int) -> Found | None:
    """Return who was announced right before: "Doe was blunt: “…”", or a sentence ending in a colon."""
    first, _ = scene.words[index]
    sentence = scene.parsed.tokens[first].sentence
    if sentence == 0:
        return None
    words = scene.parsed.sentence(sentence - 1)
    same_paragraph = words[0].paragraph == scene.parsed.tokens[first].paragraph
    colon = words[-1].text == ":" or (len(words) > 1 and words[-2].text == ":")
    if not (colon or same_paragraph) or (not colon and any(t.quote >= 0 for t in words)):
        return None
    cues = [cue for cue in scene.cues.get(sentence - 1, ()) if cue.subject is not None]
    if cues:
        return Found(speaker=cues[-1].subject, cue=cues[-1].token, sure=0.85 if colon else 0.7)
    subject = next((t for t in words if t.dep == "nsubj" and t.quote < 0 and _can_speak(t)), None)
    return Found(speaker=subject, sure=0.7 if colon else 0.55) if subject is not None else None


def _same_paragraph(scene: Scene, index: int, found: list[Found]) -> Found | None:
    """Return the speaker of the quote before, in the same paragraph: “…,” Doe said. “…”"""
    if (
        index
        and scene.quotes[index - 1].paragraph == scene.quotes[index].paragraph
        and _has_speaker(found[index - 1])
    ):
        before = found[index - 1]
        return Found(speaker=before.speaker, cue=before.cue, same_as=index - 1, sure=0.9 * before.sure + 0.08)
    return None


def _reported_above(scene: Scene, index: int) -> Found | None:
    """Return whose words the paragraph above reported last: "Doe said it would close." “It must.”"""
    first, _ = scene.words[index]
    tokens = scene.parsed.tokens
    paragraph = tokens[first].paragraph - 1
    sentence = tokens[first].sentence - 1
    while sentence >= 0 and scene.parsed.sentence(sentence)[0].paragraph == paragraph:
        words = scene.parsed.sentence(sentence)
        if any(token.quote >= 0 for token in words):
            return None
        for cue in reversed(scene.cues.get(sentence, [])):
            if cue.subject is not None and cue.direct and cue.verb in SAY_VERBS and _can_speak(cue.subject):
                return Found(speaker=cue.subject, cue=cue.token, sure=0.7)
        sentence -= 1
    return None


def _previous_paragraph(scene: Scene, index: int, found: list[Found], paragraph: int) -> Found | None:
    """Return the speaker of the last quote above, where at most one paragraph stands between."""
    if index and paragraph - scene.quotes[index - 1].paragraph <= 2 and _has_speaker(found[index - 1]):
        distance = paragraph - scene.quotes[index - 1].paragraph
        return Found(same_as=index - 1, sure=found[index - 1].sure * (0.92 if distance == 1 else 0.7))
    return None


def _has_speaker(found: Found) -> bool:
    return found.speaker is not None or found.same_as is not None


def _join_continued(scene: Scene, found: list[Found]) -> None:
    """Give the first paragraphs of a long quote the speaker that only its last one names."""
    for index in range(len(found) - 2, -1, -1):
        following = found[index + 1]
        if scene.quotes[index].continues and following.speaker is not None and found[index].speaker is None:
            found[index] = Found(same_as=index + 1, sure=following.sure)
