"""What the ranker looks at: numbers that describe one candidate speaker of one quote.

Surface, syntax, paragraph structure and the run of the conversation, as in the literature on quote
attribution (Elson and McKeown 2010; O'Keefe et al. 2012; Almeida, Almeida and Martins 2014).
"""

import math
from collections.abc import Sequence

from digests.analysis.cues import Cue
from digests.analysis.tokens import Parsed, Token
from digests.analysis.traits import traits_of
from digests.analysis.view import FAR, QuoteView, strength

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_DASHES = frozenset("—–-―")


FIXED = (
    "words sentence_like alone lower ends_comma ends_stop colon comma opens after_lower closes first_person "
    "verb_before that_before words_before words_after same_paragraph gap"
).split()
OWN = (
    "after same_sentence sentences paragraphs distance quotes_between rank between_verb between_only_cue "
    "touching dash person org gpe norp other_entity pronoun thing_pronoun self_pronoun who nominal document "
    "capital plural definite "
    "nsubj nsubjpass dobj pobj dative poss appos conj attr root compound npadvmod "
    "cue_strength cue_direct cue_above cue_gap cue_quotes cue_none "
    "verb_strength verb_above verb_after verb_gap "
    "next_verb next_gap told_object according relative depth above colon_before "
    "in_quote count was_speaker same_as_before before_gap recency people_between comma_follows "
    "main_verb main_gap steps subjects_between opens_sentence quoted_sentence"
).split()
GROUP = ("cue_score", "cue_behind", "cue_best", "verb_score", "verb_behind", "verb_best")
NAMES = (*FIXED, *OWN, *GROUP)


def describe_all(view: QuoteView, cands: Sequence[Token]) -> list[list[float]]:
    """Return the features of every candidate of a quote, each beside its rivals."""
    before = [c for c in cands if c.i < view.first]
    ranks = {c.i: n for n, c in enumerate(reversed(before))}
    ranks |= {c.i: n for n, c in enumerate(c for c in cands if c.i > view.last)}
    people = [c.i for c in cands if c.tag.startswith("NNP") or c.tag == "PRP"]
    subjects = [c.i for c in cands if c.dep in _SUBJECTS]
    rows = []
    for cand in cands:
        low, high = (cand.i, view.first) if cand.i < view.first else (view.last, cand.i)
        rows.append(
            describe(
                view,
                cand,
                ranks[cand.i],
                sum(low < i < high for i in people),
                sum(low < i < high for i in subjects),
            )
        )
    for name in ("cue", "verb"):
        scores = [_composite(row, name) for row in rows]
        best = max(scores)
        second = max((s for s in scores if s < best), default=best)
        for row, score in zip(rows, scores, strict=True):
            row += [score, score - (second if score == best else best), float(score == best)]
    return rows


_AT = {name: place for place, name in enumerate((*FIXED, *OWN))}


def _composite(row: Sequence[float], name: str) -> float:
    """Return how well a candidate's cue, or its verb, governs the quote; a first guess by hand."""
    at = _AT[f"{name}_strength"]
    gap = row[_AT[f"{name}_gap"]]
    score = row[at] + 2.5 * row[_AT[f"{name}_above"]] - 0.5 * min(gap, 12.0)
    return score - (1.5 * row[_AT["cue_quotes"]] if name == "cue" else 0.0)


def describe(
    view: QuoteView, cand: Token, rank: int, people_between: int, subjects_between: int
) -> list[float]:
    """Return the features of one candidate; the names stand in ``NAMES``."""
    verb = view.scene.parsed.head(cand) if cand.dep in _SUBJECTS else None
    traits = view.words.traits.get(cand.i)
    if traits is None:
        traits = view.words.traits[cand.i] = traits_of(view, cand)
    return [
        *view.fixed,
        *_where(view, cand, traits.bounds, rank),
        *traits.kind,
        *_cue_features(view, best_cue(view, cand)),
        *_verb_features(view, verb),
        *traits.following,
        float(_in_relative(view.scene.parsed, cand, view)),
        traits.depth,
        *_near(view, cand),
        *_history(view, cand),
        float(people_between),
        *traits.behind,
        float(_steps(view, verb)),
        float(min(subjects_between, 6)),
        *traits.place,
    ]


def _where(view: QuoteView, cand: Token, bounds: tuple[int, int], rank: int) -> list[float]:
    """Return where the mention stands to the quote, and what stands between them."""
    order = view.scene.outside
    after = cand.i > view.last
    low, high = bounds
    if after:
        low = max(low, view.last + 1)
        between = view.words.between(view.last + 1, low)
    else:
        high = min(high, view.first - 1)
        between = view.words.between(max(high, cand.i) + 1, view.first)
    return [
        float(after),
        float(cand.sentence == view.sentence),
        float(max(-6, min(6, cand.sentence - view.sentence))),
        float(cand.paragraph - view.paragraph),
        math.log1p(abs(order[cand.i] - order[view.first if not after else view.last + 1])),
        float(_quotes_between(view, cand)),
        float(min(rank, 12)),
        *map(float, between),
        float(after and _signed(view, cand)),
    ]


def _near(view: QuoteView, cand: Token) -> list[float]:
    """Return whether the mention hangs near the quote in the tree, and whether a colon leads to it."""
    parsed = view.scene.parsed
    before_mark = parsed.tokens[max(0, view.first - 2)]
    return [
        float(bool(view.above) and any(a.i in view.above for a in _up(parsed, cand, 3))),
        float(cand.i < view.first and before_mark.text == ":"),
    ]


def _history(view: QuoteView, cand: Token) -> list[float]:
    """Return how the mention stands to those who spoke before, and to the words quoted."""
    order, before, name = view.scene.outside, view.before, cand.lower
    return [
        float(name in view.inner and cand.tag.startswith("NNP")),
        float(min(view.scene.names.get(name, 0), 12)),
        float(name in before.recent),
        float(cand.i == before.speaker),
        float(order[view.first] - order[before.speaker]) if before.speaker >= 0 else -1.0,
        float(before.recent.index(name)) if name in before.recent else 9.0,
    ]


def _quotes_between(view: QuoteView, cand: Token) -> int:
    low, high = min(cand.i, view.last), max(cand.i, view.first)
    return len({t.quote for t in view.scene.parsed.tokens[low:high] if t.quote >= 0} - {view.index})


def _steps(view: QuoteView, verb: Token | None) -> int:
    """Return how many heads lie between the quote and a candidate's verb; 9 where that is not above it."""
    if verb is None:
        return 9
    parsed = view.scene.parsed
    root = parsed.tokens[view.root]
    if root.i == verb.i:
        return 0
    for number, ancestor in enumerate(parsed.ancestors(root), start=1):
        if ancestor.i == verb.i:
            return min(number, 8)
    return 9


def _signed(view: QuoteView, cand: Token) -> bool:
    """Return whether only a dash stands between the quote and the name: “…” — Jane Doe."""
    entity = view.scene.entities.get(cand.i)
    start = entity.start if entity is not None else cand.start
    between = view.scene.parsed.text[view.span.outer_end : start].split()
    return 1 <= len(between) <= 4 and set(between[0]) <= _DASHES and all(w[:1].isupper() for w in between[1:])


def _up(parsed: Parsed, token: Token, steps: int) -> list[Token]:
    found = []
    for ancestor in parsed.ancestors(token):
        found.append(ancestor)
        if len(found) == steps:
            break
    return found


def best_cue(view: QuoteView, cand: Token) -> Cue | None:
    """Return the cue whose subject the mention is: the one that governs the quote, or stands nearest."""
    own = [
        cue
        for sentence in {cand.sentence, view.sentence}
        for cue in view.scene.cues.get(sentence, ())
        if cue.subject is not None and cue.subject.i == cand.i
    ]
    return min(own, key=lambda cue: (cue.token.i not in view.above, _gap(view, cue.token)), default=None)


def _gap(view: QuoteView, token: Token) -> float:
    order = view.scene.outside
    if token.i > view.last:
        return float(order[token.i] - order[view.last + 1])
    return float(order[view.first] - order[token.i])


def _cue_features(view: QuoteView, cue: Cue | None) -> list[float]:
    if cue is None:
        return [-5.0, 0.0, 0.0, float(FAR), 9.0, 1.0]
    token = cue.token
    said = 1.5 if cue.verb in ("according to", ":", "per") else strength(view.verbs, token)
    low, high = (token.i, view.first) if token.i < view.first else (view.last + 1, token.i)
    between = {t.quote for t in view.scene.parsed.tokens[low:high] if t.quote >= 0} - {view.index}
    return [
        said,
        float(cue.direct),
        float(token.i in view.above),
        min(_gap(view, token), FAR),
        float(len(between)),
        0.0,
    ]


def _verb_features(view: QuoteView, verb: Token | None) -> list[float]:
    if verb is None:
        return [-5.0, 0.0, 0.0, float(FAR)]
    return [
        strength(view.verbs, verb),
        float(verb.i in view.above or verb.i == view.root),
        float(verb.i > view.last),
        min(_gap(view, verb), FAR),
    ]


def _in_relative(parsed: Parsed, cand: Token, view: QuoteView) -> bool:
    """Return whether the mention stands in a relative clause that the quote is not part of."""
    return any(a.dep in ("relcl", "acl") and a.i not in view.above for a in parsed.ancestors(cand))
