"""Is it speech at all? Scare quotes, terms, nicknames and titles of works are told from it.

A small model trained on labelled news weighs what stands around the marks; two things decide alone:
a word that announces a name ("the film “…”"), and marks with no words between them.
"""

import re
from collections.abc import Sequence

import numpy as np

from digests.analysis.attribution import Found
from digests.analysis.features import NAMES, describe_all
from digests.analysis.lexicon import CUE_FORMS, NAMING, SAY_VERBS
from digests.analysis.quotes import count_words
from digests.analysis.scene import Scene
from digests.analysis.tokens import Token
from digests.analysis.trees import load_weights, make_trees
from digests.analysis.view import Before, QuoteView, Words, strength

_SPEAKS_FOR_ITSELF = 5
"""With so many words, marks hold speech even where nobody is named near them."""

_FRAGMENT_WORDS = 3
_FRAGMENTS_NEED = 0.8
"""How much more must speak for a word or two: of those in labelled news, most are scare quotes and names."""

_SURE_CUE = 0.8
_SMALL = frozenset(
    """a an and as at but by for from in into is nor of off on or over per the to up upon via vs""".split()
)
_NAMED_BY = frozenset({"call", "label", "brand", "dub", "deem", "describe"})
_TAGS = ("DT", "JJ", "NN", "NNP", "VB", "IN", "PRP", "CC", "RB", "TO")
_ROOTS = (
    "ccomp",
    "ROOT",
    "dobj",
    "pobj",
    "amod",
    "compound",
    "nmod",
    "oprd",
    "attr",
    "nsubj",
    "appos",
    "conj",
)


class SpeechJudge:
    """The trained model of what is speech."""

    def __init__(self) -> None:
        weights = load_weights("speech")
        self._trees = make_trees(weights["trees"])
        self._threshold: float = weights["threshold"]
        self._verbs: dict[str, float] = load_weights("speaker")["verbs"]

    def are_speech(self, scene: Scene, found: Sequence[Found]) -> list[bool]:
        """Return for each quote whether its words are somebody's, and not a name, a term or a title."""
        plain = [self._plainly(scene, index, row) for index, row in enumerate(found)]
        asked = [index for index, answer in enumerate(plain) if answer is None]
        if not asked:
            return [bool(answer) for answer in plain]
        words = Words(scene.parsed, self._verbs)
        rows = np.array([describe_speech(scene, index, found[index], words) for index in asked])
        scores = dict(zip(asked, self._trees.score(rows).tolist(), strict=True))
        return [
            scores[index] >= self._needed(scene, index) if answer is None else answer
            for index, answer in enumerate(plain)
        ]

    def _needed(self, scene: Scene, index: int) -> float:
        span = scene.quotes[index]
        few = count_words(scene.parsed.text[span.start : span.end]) <= _FRAGMENT_WORDS
        return self._threshold + (_FRAGMENTS_NEED if few else 0.0)

    def _plainly(self, scene: Scene, index: int, found: Found) -> bool | None:
        """Return what needs no model to tell, else ``None``."""
        span, text = scene.quotes[index], scene.parsed.text
        words = count_words(text[span.start : span.end])
        if words == 0 or span.end - span.start < 2:
            return False
        if is_introduced_as_name(text, span.outer_start) or not scene.has_words(index):
            return False
        if found.speaker is None:
            return words >= _SPEAKS_FOR_ITSELF
        if words < _FRAGMENT_WORDS and _is_term(found):
            return False
        if _is_title(text[span.start : span.end]) and not _is_said(found):
            return False
        return None


def describe_speech(scene: Scene, index: int, found: Found, text_words: Words) -> list[float]:
    """Return what the model looks at for one quote and its likeliest speaker."""
    view = QuoteView(scene, index, Before(), text_words)
    verbs = view.verbs
    parsed, tokens = scene.parsed, scene.parsed.tokens
    before, after = _neighbour(tokens, view.first, -1), _neighbour(tokens, view.last, 1)
    root = tokens[view.root]
    above = parsed.head(root)
    words = view.content.split()
    said = [strength(verbs, t) for t in tokens[max(0, view.first - 6) : view.last + 7] if t.quote < 0]
    speaker = describe_all(view, [found.speaker])[0] if found.speaker is not None else _NO_SPEAKER
    return [
        *view.fixed,
        float(len(words)),
        float(_is_title(view.content)),
        float(is_introduced_as_name(parsed.text, view.span.outer_start)),
        float(sum(w[:1].isupper() for w in words) / max(len(words), 1)),
        float(view.content[-1:] in ".,!?"),
        *(float(before is not None and before.tag.startswith(tag)) for tag in _TAGS),
        *(float(after is not None and after.tag.startswith(tag)) for tag in _TAGS),
        float(before is not None and before.lower in ("a", "an", "the")),
        float(before is not None and before.lower in NAMING),
        *(float(root.dep == dep) for dep in _ROOTS),
        strength(verbs, above) if above.i != root.i and above.quote < 0 else -5.0,
        max(said, default=-5.0),
        found.sure,
        float(_is_term(found)),
        *text_words.around(view.sentence),
        *speaker,
    ]


_NO_SPEAKER = [-9.0] * len(NAMES)


def _neighbour(tokens: Sequence[Token], at: int, step: int) -> Token | None:
    """Return the next token outside the quote that is no mark."""
    for i in range(at + step, at + 4 * step, step):
        if 0 <= i < len(tokens) and tokens[i].text[:1].isalnum():
            return tokens[i]
    return None


def is_introduced_as_name(text: str, start: int) -> bool:
    """Return whether the word before the mark announces a name: the film “…”, so-called “…”."""
    before = re.findall(r"[\w’'-]+", text[max(0, start - 40) : start])
    gap = text[max(0, start - 3) : start]
    if not before or any(mark in gap for mark in ".,:;"):
        return False
    return before[-1].lower() in NAMING


def _is_term(found: Found) -> bool:
    """Return whether people in general call something so, which is a term and nobody's words."""
    cue = found.cue
    return cue is not None and CUE_FORMS.get(cue.lower) in _NAMED_BY and cue.tag in ("VBP", "VB", "VBN")


def _is_said(found: Found) -> bool:
    """Return whether a verb that leaves no doubt introduces the words."""
    said = found.cue is not None and CUE_FORMS.get(found.cue.lower) in SAY_VERBS
    return said and found.sure >= _SURE_CUE


def _is_title(content: str) -> bool:
    """Return whether it is written as titles of works are: two words or more, each with a capital."""
    words = [w for w in re.findall(r"[\w’']+", content) if w.lower() not in _SMALL]
    ends = content.rstrip()[-1:] in ".!?"
    return (
        len(words) >= 2
        and all(w[0].isupper() or w[0].isdigit() for w in words)
        and not (ends and len(words) > 5)
    )
