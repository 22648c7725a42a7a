"""Reported speech -> what is told of somebody who is not quoted: the article's own clause, never marks."""

from collections.abc import Collection, Mapping, Sequence

from digests.model import Analysis, Article, Bullet, Quote, Span
from digests.phrases import PHRASES
from digests.worth import stems, topic, worth

TELLS_MUCH = 2.5
"""From how many points reported speech is told rather than a deed."""

TELLS_ENOUGH = 2.1
"""From how many points it is told where there is no deed."""

_COMMON_SHARE = 0.5
"""Share of the telling words that make reported speech a repetition of another bullet."""

_NAMED_TWICE = 0.25
"""How much less a sentence is wanted that names the speaker itself, where there is a clause that does not."""

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
    return {name: sorted(rows, key=_preferred, reverse=True) for name, rows in told.items()}


def _preferred(row: tuple[float, Bullet]) -> float:
    """Return by what a speaker's statements are ranked: a clause that reads on prints the name once."""
    points, bullet = row
    return points - _NAMED_TWICE * (not bullet.predicate)


def _points(one: Quote, about: Collection[str], length: int, language: str) -> float:
    """Return the worth of a statement: what only tells a feeling, or no answer, is worth less than a deed."""
    points, phrases = worth(one, about, length, language), PHRASES.get(language)
    if phrases is None or one.clause is None:
        return points
    told = (one.text, one.clause.text)
    empty = any(phrases.feeling.match(words) or phrases.no_answer.search(words) for words in told)
    return points - 2.0 * empty - 0.4 * (phrases.takes_up.search(one.clause.text) is not None)


def _bullet(one: Quote, clause: Span) -> Bullet:
    """Return the clause as a bullet; role, place and day stand beside it unless it says so itself."""
    day = one.said_on is not None and one.said_on not in clause.text
    return Bullet(
        speaker=one.speaker_resolved,
        role=one.role if one.role is not None and one.role not in clause.text else None,
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
