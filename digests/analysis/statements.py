"""Reported speech as records: "Doe said that taxes would fall" -> what was said, by whom, where, when.

Candidates come from ``reported``; a small forest trained on labelled news says how likely each is exactly
what somebody said, whole. Of each cue the likeliest is taken, where it is likely enough.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from digests.analysis.attributed import dated, mention_of
from digests.analysis.attributions import Telling, find_tellings
from digests.analysis.cast import Cast
from digests.analysis.quotes import count_words
from digests.analysis.reported import Content, Form, contents_of
from digests.analysis.resolve import resolve
from digests.analysis.retold import retell
from digests.analysis.scene import Scene
from digests.analysis.telling import ADDRESSING
from digests.analysis.tokens import Parsed
from digests.analysis.trees import load_weights, make_trees
from digests.analysis.venue import find_day, find_venue
from digests.analysis.weighing import weigh, weigh_cue
from digests.model import Quote, QuoteKind

NEEDED = {
    Form.CLAUSE: 0.6,
    Form.INFINITIVE: 0.45,
    Form.OBJECT: 0.82,
    Form.PHRASE: 0.6,
    Form.BEFORE: 0.5,
    Form.REST: 0.65,
    Form.LABEL: 0.5,
}
"""From which probability a content is believed. Labelled news counts acts and attitudes as reports too, so
that objects are right less often than the model thinks."""

_TOGETHER, _LIKELIEST = 0.9, 0.45
"""A clause whose ends together are this likely is speech, and its likeliest end is believed from less."""

_SURE = 0.95
"""How often the cue's subject is who speaks, before it is resolved to a name."""

_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A content that was believed, with its cue."""

    telling: Telling
    content: Content
    start: int
    end: int
    sure: float


class ReportJudge:
    """The trained model of what is reported speech, and where it ends."""

    def __init__(self) -> None:
        weights = load_weights("reported")
        self._trees = make_trees(weights["trees"])
        self._verbs: dict[str, float] = weights["verbs"]

    def find(self, scene: Scene) -> list[Reported]:
        """Return the reported speech of an article in the order of the text; no span twice."""
        asked = [(telling, list(contents_of(scene, telling))) for telling in find_tellings(scene)]
        rows = [
            [*cue, *weigh(scene, telling, content, self._verbs)]
            for telling, contents in asked
            if contents
            for cue in (weigh_cue(scene, telling),)
            for content in contents
        ]
        if not rows:
            return []
        shares = iter((1 / (1 + np.exp(-self._trees.score(np.array(rows))))).tolist())
        found: dict[tuple[int, int], Reported] = {}
        for telling, contents in asked:
            for content, sure in choose(
                scene.parsed, telling, [(content, next(shares)) for content in contents]
            ):
                start, end = content_bounds(scene, content)
                one = Reported(telling=telling, content=content, start=start, end=end, sure=sure)
                if not _is_cut(scene.parsed, content) and sure > _sure_of(found.get((start, end))):
                    found[start, end] = one
        return sorted(found.values(), key=lambda one: (one.start, one.end))


def _sure_of(found: Reported | None) -> float:
    return found.sure if found is not None else 0.0


def choose(
    parsed: Parsed, telling: Telling, scored: Sequence[tuple[Content, float]]
) -> Iterator[tuple[Content, float]]:
    """Yield what one cue reports: the likeliest behind it, or the likeliest before it and between commas."""
    best: dict[bool | Form, tuple[float, Content, float]] = {}
    for content, sure, needed in _with_needs(parsed, telling, scored):
        side = content.form if content.form in (Form.BEFORE, Form.REST) else True
        if sure - needed > best.get(side, (-1.0,))[0]:
            best[side] = sure - needed, content, sure
    around = [best[side] for side in (Form.BEFORE, Form.REST) if side in best]
    behind = best.get(True)
    if behind is not None and all(behind[0] > one[0] for one in around):
        around = [behind]
    yield from ((content, sure) for margin, content, sure in around if margin >= 0)


def _with_needs(
    parsed: Parsed, telling: Telling, scored: Sequence[tuple[Content, float]]
) -> Iterator[tuple[Content, float, float]]:
    """Yield each content with its probability and the one from which it is believed."""
    together: dict[tuple[Form, int], float] = {}
    for content, sure in scored:
        start = content.form, content.first
        together[start] = together.get(start, 0.0) + sure
    objects = {content.last: sure for content, sure in scored if content.form is Form.OBJECT}
    asks = telling.verb in ADDRESSING
    for content, sure in scored:
        needed = NEEDED[content.form]
        if content.form in (Form.CLAUSE, Form.BEFORE) and together[content.form, content.first] >= _TOGETHER:
            needed = min(needed, _LIKELIEST)
        if asks and content.form is Form.INFINITIVE and parsed.tokens[content.first].tag == "TO":
            # "urged him to go" is believed with and without "him"
            yield content, min(sure + objects.get(content.last, 0.0), 1.0), needed
        else:
            yield content, sure, needed


def content_bounds(scene: Scene, content: Content) -> tuple[int, int]:
    """Return the offsets of a content; a quote at its edge is taken with its marks."""
    first, last = scene.parsed.tokens[content.first], scene.parsed.tokens[content.last]
    start = scene.quotes[first.quote].outer_start if first.quote >= 0 else first.start
    end = scene.quotes[last.quote].outer_end if last.quote >= 0 else last.end
    return start, end


def _is_cut(parsed: Parsed, content: Content) -> bool:
    """Return whether the sentence goes on behind a stop that was none: "16 lbs. since May"."""
    last = parsed.tokens[content.last]
    following = parsed.tokens[parsed.sentences[last.sentence][1] :][:1]
    return bool(following) and following[0].paragraph == last.paragraph and following[0].text[:1].islower()


def make_statements(
    scene: Scene, cast: Cast, found: Sequence[Reported], published: date | None
) -> tuple[Quote, ...]:
    """Return the records of what was found, each in the article's words."""
    return tuple(_statement(scene, cast, one, published) for one in found if _has_words(scene, one))


def _has_words(scene: Scene, one: Reported) -> bool:
    return count_words(scene.parsed.text[one.start : one.end]) >= _FEWEST_WORDS


def _statement(scene: Scene, cast: Cast, one: Reported, published: date | None) -> Quote:
    text, telling = scene.parsed.text, one.telling
    who = resolve(cast, telling.subject, None)
    start, end = mention_of(cast, telling.subject, who)
    clause = retell(cast, telling, one.content, who.person)
    said = Quote(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        kind=QuoteKind.INDIRECT,
        speaker=text[start:end],
        speaker_start=start,
        speaker_end=end,
        speaker_resolved=who.name or None,
        role=who.person.role if who.person is not None else None,
        cue=text[telling.cue.start : telling.cue.end],
        venue=find_venue(scene.parsed, telling.cue),
        said_on=find_day(scene.parsed, telling.cue),
        confidence=round(_SURE * who.sure, 3),
        clause=clause[0] if clause else None,
        predicate=clause[1] if clause else False,
    )
    return dated(said, published)
