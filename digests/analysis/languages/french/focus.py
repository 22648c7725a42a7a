"""Who is in focus at a place of a French article: whom "elle" and "le patron" can mean there."""

from bisect import bisect_left, insort
from collections.abc import Collection
from dataclasses import dataclass

from digests.analysis.people import Person

_FARTHEST = 12
"""Sentences that are looked back."""

_NEAR = 4.0
_SURE, _IN_DOUBT = 0.8, 0.7
_MOST_MENTIONS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in focus at an offset: in which sentence, how much it weighs, how surely it was they."""

    at: int
    sentence: int
    person: Person
    weight: float
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Likely:
    """Who is likeliest to be meant, and how surely."""

    person: Person
    sure: float


class Focus:
    """Everyone in focus, in the order of the text."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = sorted(rows, key=_place)

    def add(self, row: Row) -> None:
        """Bring somebody into focus."""
        insort(self._rows, row, key=_place)

    def last(self, at: int) -> Row | None:
        """Return who came into focus last before ``at``."""
        before = bisect_left(self._rows, at, key=_place)
        return self._rows[before - 1] if before else None

    def last_of(self, person: Person, at: int) -> Row | None:
        """Return where somebody came into focus last before ``at``."""
        rows = self._rows[: bisect_left(self._rows, at, key=_place)]
        return next((row for row in reversed(rows) if row.person is person), None)

    def likeliest(
        self,
        at: int,
        sentence: int,
        gender: int,
        among: Collection[Person] | None = None,
        *,
        weighed: bool = False,
    ) -> Likely | None:
        """Return who was named or spoke last, of that gender; surer where nobody else could be meant.

        ``weighed`` asks how often everyone is named, too. Doubt about an earlier mention is passed on.
        """
        points: dict[int, tuple[float, Row]] = {}
        for place in range(bisect_left(self._rows, at, key=_place) - 1, -1, -1):
            row = self._rows[place]
            back = sentence - row.sentence
            if back > _FARTHEST:
                break
            if gender * row.person.gender < 0 or (among is not None and row.person not in among):
                continue
            score = row.weight - back + 0.6 * (gender * row.person.gender > 0)
            score += 0.3 * min(len(row.person.mentions), _MOST_MENTIONS) if weighed else 0.0
            if points.get(id(row.person), (-99.0, row))[0] < score:
                points[id(row.person)] = score, row
        ranked = sorted(points.values(), key=lambda pair: -pair[0])
        return _judged(ranked, weighed=weighed) if ranked else None


def _judged(ranked: list[tuple[float, Row]], *, weighed: bool) -> Likely:
    """Return the first of those ranked, the less surely the closer the next one is."""
    best, row = ranked[0]
    lead = best - ranked[1][0] if len(ranked) > 1 else 3.0
    sure = min(0.93, 0.68 + 0.12 * min(lead, 2.0)) - 0.04 * max(0.0, -best - 1)
    if weighed and lead < _NEAR and len(ranked) > 1:
        sure = min(sure, _IN_DOUBT)
    return Likely(row.person, min(sure, row.sure) if row.sure < _SURE else sure)


def _place(row: Row) -> int:
    return row.at
