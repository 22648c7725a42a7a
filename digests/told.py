"""Reported speech -> what is told of somebody who is not quoted: the article's own clause, never marks."""

import re
from collections.abc import Collection, Mapping, Sequence

from digests.model import Analysis, Article, Bullet, Quote, Span
from digests.worth import stems, topic, worth

TELLS_MUCH = 2.5
"""From how many points reported speech is told rather than a deed."""

TELLS_ENOUGH = 2.1
"""From how many points it is told where there is no deed."""

_COMMON_SHARE = 0.5
"""Share of the telling words that make reported speech a repetition of another bullet."""

_FEELING = re.compile(
    r"^(?:that\s+)?(?:he|she|they|it|we|i)(?:['’](?:s|re|d))?(?:\s+\w+){0,3}?\s+(?:happy|pleased|glad|sorry|sad|proud"
    r"|hono(?:u)?red|excited|delighted|thrilled|grateful|thankful|disappointed|shocked|stunned|surprised|saddened"
    r"|confident|optimistic|hopeful|unsure|aware|fine|okay|ready|love[sd]?|enjoy(?:s|ed)?|looking forward)\b",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"\b(?:not|n['’]t|no)\b(?: \w+){0,2}? (?:comment\w*|speak|say|discuss|answer|elaborate|give details)\b"
)
_LEANING = re.compile(r"\b(?:also|another|then|earlier|the same|the other)\b", re.IGNORECASE)


Told = Mapping[str, Sequence[tuple[float, Bullet]]]


def tell_statements(article: Article, analysis: Analysis, printed_from: float) -> Told:
    """Return what is worth telling, with its points, by the speaker's name, the best first."""
    about, language = topic(article, analysis.language), analysis.language
    told: dict[str, list[tuple[float, Bullet]]] = {}
    for one in analysis.statements:
        if one.clause is None or one.speaker_resolved is None or one.confidence < printed_from:
            continue
        points = _points(one, about, len(article.text), language)
        if points >= TELLS_ENOUGH:
            told.setdefault(one.speaker_resolved, []).append((points, _bullet(one, one.clause)))
    return {name: sorted(rows, key=lambda row: -row[0]) for name, rows in told.items()}


def _points(one: Quote, about: Collection[str], length: int, language: str) -> float:
    """Return the worth of a statement: what only tells a feeling, or no answer, is worth less than a deed."""
    empty = _FEELING.match(one.text) is not None or _NO_ANSWER.search(one.text) is not None
    leans = one.clause is not None and _LEANING.search(one.clause.text) is not None
    return worth(one, about, length, language) - 2.0 * empty - 0.4 * leans


def _bullet(one: Quote, clause: Span) -> Bullet:
    """Return the clause as a bullet; where and when stand behind it unless it says so itself."""
    day = one.said_on is not None and one.said_on not in clause.text
    return Bullet(
        speaker=one.speaker_resolved,
        role=one.role,
        pieces=(clause,),
        quoted=False,
        predicate=one.predicate,
        anchor=Span(start=one.start, end=one.end, text=one.text),
        venue=one.venue if one.venue is not None and one.venue not in clause.text else None,
        said_on=one.said_on if day else None,
        said_date=one.said_date if day else None,
    )


def retells(bullet: Bullet, other: Bullet, language: str) -> bool:
    """Return whether reported speech says in other words what another bullet says already."""
    ours, theirs = _words(bullet, language), _words(other, language)
    return len(ours & theirs) >= _COMMON_SHARE * max(len(ours), 1)


def _words(bullet: Bullet, language: str) -> frozenset[str]:
    return stems(" ".join(piece.text for piece in bullet.pieces), language)
