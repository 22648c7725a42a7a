"""One quote as the ranker sees it: what is the same for all of its candidates."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from digests.analysis.lexicon import CUE_FORMS, SAY_VERBS, WEAK_VERBS
from digests.analysis.mask import is_sentence_like
from digests.analysis.quotes import count_words
from digests.analysis.scene import Scene
from digests.analysis.tokens import Parsed, Token

_FIRST = frozenset("i i'm i've i'd i'll me my we we're we've our us".split())
NO_VERB = -5.0
FAR = 60
"""Words past which a distance makes no difference any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known of the quotes before: the last one's index and its speaker's head token, -1 without one.

    ``recent`` are the head words of the last speakers, the latest first.
    """

    index: int = -1
    speaker: int = -1
    recent: tuple[str, ...] = ()


def strength(verbs: Mapping[str, float], token: Token) -> float:
    """Return how readily a word introduces speech: learned log-odds, else by its list."""
    learned = verbs.get(token.lower)
    if learned is not None:
        return learned
    base = CUE_FORMS.get(token.lower)
    if base is None:
        return -3.0
    return 1.0 if base in SAY_VERBS else -2.0 if base in WEAK_VERBS else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the features tell of a mention whatever the quote is; a mention is a candidate of many."""

    bounds: tuple[int, int]
    kind: list[float]
    following: list[float]
    depth: float
    behind: list[float]
    place: list[float]


class Words:
    """What one article's words are to every quote; made once, asked for every candidate.

    How readily each introduces speech; ``traits`` are kept by the token that heads a mention.
    """

    def __init__(self, parsed: Parsed, verbs: Mapping[str, float]) -> None:
        self.verbs = verbs
        self._parsed = parsed
        self._around: dict[int, tuple[float, float]] = {}
        self.traits: dict[int, Traits] = {}
        outside = [token.quote < 0 and token.text[:1].isalnum() for token in parsed.tokens]
        pairs = list(zip(parsed.tokens, outside, strict=True))
        self._strengths = [strength(verbs, token) if word else NO_VERB for token, word in pairs]
        self._words = [0, *accumulate(outside)]
        self._cues = [0, *accumulate(word and _is_cue_like(token) for token, word in pairs)]

    def around(self, sentence: int) -> tuple[float, float]:
        """Return how many quotes, and how many words outside them, a sentence has."""
        if sentence not in self._around:
            tokens = self._parsed.sentence(sentence)
            quotes = len({token.quote for token in tokens if token.quote >= 0})
            self._around[sentence] = float(quotes), float(sum(token.quote < 0 for token in tokens))
        return self._around[sentence]

    def between(self, low: int, high: int) -> tuple[float, bool, bool]:
        """Return ``(the strongest word, whether all are cues, whether there is none)`` of ``low:high``."""
        if low >= high or self._words[high] == self._words[low]:
            return NO_VERB, False, True
        words, cues = self._words[high] - self._words[low], self._cues[high] - self._cues[low]
        return max(self._strengths[low:high]), words == cues, False


def _is_cue_like(token: Token) -> bool:
    return token.lower in CUE_FORMS or token.tag in ("RB", "MD")


class QuoteView:
    """One quote with what is the same for all of its candidates."""

    def __init__(self, scene: Scene, index: int, before: Before, words: Words) -> None:
        self.scene, self.index, self.before = scene, index, before
        self.words, self.verbs = words, words.verbs
        self.span = scene.quotes[index]
        self.first, self.last = scene.words[index]
        parsed = scene.parsed
        tokens = parsed.tokens
        self.sentence = tokens[self.first].sentence
        self.paragraph = tokens[self.first].paragraph
        self.root = self._root()
        self.above = {a.i for a in parsed.ancestors(tokens[self.root])}
        self.content = parsed.text[self.span.start : self.span.end]
        self.inner = frozenset(w.strip(".,!?;:’'\"“”()").lower() for w in self.content.split())
        low, high = parsed.sentences[self.sentence]
        self.alone = not any(t.quote < 0 and t.text[:1].isalnum() for t in tokens[low:high])
        p_low, p_high = scene.paragraphs[self.paragraph]
        outside = scene.outside
        self.words_before = outside[self.first] - outside[p_low]
        self.words_after = outside[p_high] - outside[self.last + 1]
        self.fixed = self._fixed(parsed)

    def _root(self) -> int:
        tokens = self.scene.parsed.tokens
        for token in tokens[self.first : self.last + 1]:
            if not self.first <= token.head <= self.last or token.head == token.i:
                return token.i
        return self.first

    def _fixed(self, parsed: Parsed) -> list[float]:
        text, span = parsed.text, self.span
        words = count_words(self.content)
        before = text[max(0, span.outer_start - 4) : span.outer_start].rstrip(" \u00a0")[-1:]
        after = text[span.outer_end : span.outer_end + 3].lstrip(" \u00a0")[:1]
        previous = _previous_word(parsed, self.first)
        first = self.content[:1]
        same = self.before.index >= 0 and self.scene.quotes[self.before.index].paragraph == span.paragraph
        gap = span.paragraph - self.scene.quotes[self.before.index].paragraph if self.before.index >= 0 else 9
        return [
            math.log1p(words),
            float(is_sentence_like(text, span)),
            float(self.alone),
            float(first.islower()),
            float(self.content.rstrip()[-1:] == ","),
            float(self.content.rstrip()[-1:] in ".!?"),
            float(before == ":"),
            float(before == ","),
            float(self.words_before == 0),
            float(after.islower()),
            float(self.words_after == 0),
            float(bool(self.inner & _FIRST)),
            strength(self.verbs, previous) if previous is not None else -4.0,
            float(previous is not None and previous.lower in ("that", "as")),
            min(self.words_before, FAR),
            min(self.words_after, FAR),
            float(same),
            float(min(gap, 9)),
        ]


def _previous_word(parsed: Parsed, first: int) -> Token | None:
    sentence = parsed.tokens[first].sentence
    for token in reversed(parsed.tokens[max(0, first - 4) : first]):
        if token.sentence != sentence or token.quote >= 0:
            return None
        if token.text[:1].isalnum():
            return token
    return None
