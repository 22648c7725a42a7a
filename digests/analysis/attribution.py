"""Whose words stand in a quote: the mentions around it are ranked by a model trained on labelled news.

A gradient-boosted list-wise ranker over hand-made features: each candidate of a quote gets a share of
one. ``tools/train.py`` makes the weights again. Quotes are decided in order, because who just spoke
matters. Two forms need no model: “…” — Jane Doe, and a long quote whose next paragraph goes on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from digests.analysis.candidates import Mentions, find_candidates
from digests.analysis.cues import find_subject
from digests.analysis.features import best_cue, describe_all
from digests.analysis.lexicon import CUE_FORMS
from digests.analysis.scene import Scene
from digests.analysis.tokens import Token
from digests.analysis.trees import load_weights, make_trees, softmax
from digests.analysis.view import Before, QuoteView, Words, strength

_RIVALS = 4
_RECENT = 4
_CERTAIN = 0.8
_DOUBT = 0.4
_STRONG = 0.8
_HEARD = frozenset("hear hears heard hearing saw see sees".split())
_SIGNED = re.compile(r"\s*[—–―]\s?(?:[A-Z][\w’'-]*\.?\s){0,4}([A-Z][\w’'-]+)(?=\s*(?:[,\n(]|\.?\s|\.?$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The speaker's head token and the cue. ``sure`` is 0 to 1.

    ``same_as`` is the index of the quote whose speaker goes on, where the paragraph names nobody.
    ``rivals`` are the likeliest mentions with their shares, the speaker's own first.
    """

    speaker: Token | None = None
    cue: Token | None = None
    same_as: int | None = None
    sure: float = 0.0
    rivals: tuple[tuple[Token, float], ...] = ()


class Ranker:
    """The trained model of who speaks."""

    def __init__(self) -> None:
        weights = load_weights("speaker")
        self.verbs: dict[str, float] = weights["verbs"]
        self._trees = make_trees(weights["trees"])

    def words(self, scene: Scene) -> Words:
        """Return how readily each word of an article introduces speech."""
        return Words(scene.parsed, self.verbs)

    def rank(self, view: QuoteView, candidates: Sequence[Token]) -> list[tuple[Token, float]]:
        """Return the candidates with their shares of one, the likeliest first."""
        rows = np.array(describe_all(view, candidates))
        shares = softmax(self._trees.score(rows))
        ranked = sorted(zip(candidates, shares.tolist(), strict=True), key=lambda pair: -pair[1])
        return ranked[:_RIVALS]


def attribute(scene: Scene, ranker: Ranker) -> list[Found]:
    """Return what was found for each quote, in order."""
    found: list[Found] = []
    before, words, mentions = Before(), ranker.words(scene), Mentions(scene)
    for index in range(len(scene.quotes)):
        row = Found()
        if scene.has_words(index):
            row = _one(ranker, QuoteView(scene, index, before, words), mentions)
        found.append(row)
        if row.speaker is not None:
            before = follow(before, index, row.speaker)
    _join_continued(scene, found)
    return [_continuing(scene, found, index) for index in range(len(found))]


def follow(before: Before, index: int, speaker: Token) -> Before:
    """Return what the next quote knows once ``speaker`` has spoken quote ``index``."""
    others = tuple(name for name in before.recent if name != speaker.lower)
    return Before(index=index, speaker=speaker.i, recent=(speaker.lower, *others)[:_RECENT])


def _one(ranker: Ranker, view: QuoteView, mentions: Mentions) -> Found:
    scene, index = view.scene, view.index
    candidates = find_candidates(scene, index, mentions)
    if not candidates:
        return Found()
    signed = _signed(scene, index, candidates)
    if signed is not None:
        return Found(speaker=signed, sure=0.97, rivals=((signed, 0.97),))
    doubt = _DOUBT if _is_put_to(scene, index) else 1.0
    ranked = [(token, share * doubt) for token, share in ranker.rank(view, candidates)]
    inner = _innermost(view, candidates, ranked[0][0])
    if inner is not None:
        others = (pair for pair in ranked[1:] if pair[0] is not inner)
        ranked = [(inner, ranked[0][1]), *others][:_RIVALS]
    speaker, share = ranked[0]
    return Found(speaker=speaker, cue=find_cue(view, speaker), sure=share, rivals=tuple(ranked))


def _innermost(view: QuoteView, candidates: Sequence[Token], speaker: Token) -> Token | None:
    """Return Roe of "Doe said Roe had told her “…”": the last of a chain is said to have spoken."""
    parsed = view.scene.parsed
    for verb in parsed.ancestors(parsed.tokens[view.root]):
        heard = CUE_FORMS.get(verb.lower) is not None and parsed.head(verb).lower in _HEARD
        if verb.quote >= 0 or (strength(view.verbs, verb) < _STRONG and not heard):
            continue
        subject, _ = find_subject(parsed, verb)
        if subject is speaker or subject is None or subject.quote >= 0:
            return None
        clause = parsed.head(subject)
        outer = {above.i for above in parsed.ancestors(clause)}
        inner = subject.dep in ("nsubj", "nsubjpass") and clause.dep == "ccomp"
        chained = inner and parsed.head(speaker).i in outer and subject in candidates
        return subject if chained else None
    return None


def _is_put_to(scene: Scene, index: int) -> bool:
    """Return whether the quote is a question that somebody was asked: "Asked whether “…”, Doe laughed"."""
    first, tokens = scene.words[index][0], scene.parsed.tokens
    start = scene.parsed.sentences[tokens[first].sentence][0]
    opening = next((token.lower for token in tokens[start:first] if token.quote < 0), "")
    return opening == "asked" and not any(token.text == "," for token in tokens[start:first])


def find_cue(view: QuoteView, speaker: Token) -> Token | None:
    """Return the word that introduces the speech: the speaker's cue, else the speaker's verb."""
    cue = best_cue(view, speaker)
    if cue is not None:
        return cue.token
    verb = view.scene.parsed.head(speaker)
    own = speaker.dep in ("nsubj", "nsubjpass") and speaker.sentence == view.sentence
    return verb if own and verb.quote < 0 else None


def _signed(scene: Scene, index: int, candidates: Sequence[Token]) -> Token | None:
    """Return the name that signs a quote behind a dash: “…” — Jane Doe."""
    match = _SIGNED.match(scene.parsed.text, scene.quotes[index].outer_end)
    if match is None:
        return None
    return next((token for token in candidates if token.start <= match.start(1) < token.end), None)


def _join_continued(scene: Scene, found: list[Found]) -> None:
    """Give the paragraphs of one long quote the speaker of whichever of them is surest.

    A paragraph that names its own speaker beyond doubt keeps it: the mark that should have closed the
    one before was forgotten.
    """
    for first, last in _long_quotes(scene):
        naming = [i for i in range(first, last + 1) if _names_its_own(scene, found, i)]
        surest = max(naming or range(first, last + 1), key=lambda i: found[i].sure)
        for i in range(first, last + 1):
            if i != surest and not (_names_its_own(scene, found, i) and found[i].sure >= _CERTAIN):
                same = found[surest].speaker == found[i].speaker and _names_its_own(scene, found, i)
                found[i] = replace(found[surest], same_as=None if same else surest)


def _long_quotes(scene: Scene) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each quote that runs over several paragraphs."""
    first = 0
    for index, quote in enumerate(scene.quotes):
        if not quote.continues or index + 1 == len(scene.quotes):
            if index > first:
                yield first, index
            first = index + 1


def _names_its_own(scene: Scene, found: Sequence[Found], index: int) -> bool:
    speaker = found[index].speaker
    return speaker is not None and speaker.paragraph == scene.quotes[index].paragraph


def _continuing(scene: Scene, found: Sequence[Found], index: int) -> Found:
    """Return the row, saying whose speech it continues where its own paragraph names nobody."""
    row = found[index]
    if row.speaker is None or row.same_as is not None or index == 0:
        return row
    goes_on = found[index - 1].speaker == row.speaker and not _names_its_own(scene, found, index)
    return replace(row, same_as=index - 1, cue=None) if goes_on else row
