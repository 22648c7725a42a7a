"""How well an analysis agrees with gold: spans, speakers, actors, digests. Pure.

Which predicted span is which gold one, ``tools/spans.py`` says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from digests.analysis.lexicon import TITLE_ABBREVIATIONS
from digests.analysis.quotes import count_words
from digests.model import Analysis, Bullet, Quote
from tools.spans import match_spans

_TITLES = frozenset(
    """the a an mr mrs ms dr sir gov sen rep coun det sgt president mayor justice judge
    m mme me le la les un une der die das ein eine el los las una il lo gli o os as um uma""".split()
)


_FEWEST_WORDS = 4
_EMPTY = frozenset("the a an of for at in on to and with from by his her its their".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sums over articles; ``+`` adds two."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    speaker: int = 0
    full_name: int = 0
    printed: int = 0
    printed_right: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})

    @property
    def precision(self) -> float:
        """Share of predicted quotes that are gold ones."""
        return self.found / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        """Share of gold quotes that were found."""
        return self.found / max(self.gold, 1)

    @property
    def last_name_f1(self) -> float:
        """F1 over quotes whose speaker is right by last name."""
        return 2 * self.speaker / max(self.gold + self.predicted, 1)

    @property
    def full_name_f1(self) -> float:
        """F1 over quotes whose speaker is right by full name."""
        return 2 * self.full_name / max(self.gold + self.predicted, 1)

    @property
    def wrong_printed(self) -> float:
        """Share of names sure enough to be printed that are wrong."""
        return 1 - self.printed_right / max(self.printed, 1)


def name_words(name: str | None) -> list[str]:
    """Return the words of a name in lower case, without titles before it."""
    words = re.findall(r"[\w.'-]+", (name or "").replace("’", "'").lower())
    words = [re.sub(r"'s$", "", word).strip(".'-") for word in words]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return [word for word in words if word]


def same_last(a: str | None, b: str | None) -> bool:
    """Return whether two names end in the same word."""
    return bool(name_words(a)) and name_words(a)[-1:] == name_words(b)[-1:]


def same_full(a: str | None, b: str | None) -> bool:
    """Return whether two names begin and end alike, and both or neither are one word."""
    x, y = name_words(a), name_words(b)
    return bool(x) and bool(y) and (x[0], x[-1]) == (y[0], y[-1]) and (len(x) > 1) == (len(y) > 1)


def pair(
    text: str, gold: Sequence[dict[str, Any]], quotes: Sequence[Quote]
) -> list[tuple[dict[str, Any], Quote]]:
    """Return gold and predicted quotes matched one to one, best overlap first."""
    spans = [(quote["start"], quote["end"]) for quote in gold]
    matched = match_spans(text, spans, [(quote.start, quote.end) for quote in quotes])
    return [(gold[i], quotes[j]) for i, j in matched]


def score_statements(
    text: str, gold: Sequence[dict[str, Any]], analysis: Analysis, printed_from: float
) -> Counts:
    """Return the counts of one article's reported speech; a content of three words is nobody's loss."""
    found = [one for one in analysis.statements if count_words(one.text) >= _FEWEST_WORDS]
    return _score(text, gold, found, printed_from)


def score_quotes(
    text: str, gold: Sequence[dict[str, Any]], analysis: Analysis, printed_from: float
) -> Counts:
    """Return the counts of one article."""
    return _score(text, gold, analysis.quotes, printed_from)


def _score(text: str, gold: Sequence[dict[str, Any]], quotes: Sequence[Quote], printed_from: float) -> Counts:
    matched = pair(text, gold, quotes)
    printed = [(g, q) for g, q in matched if q.confidence >= printed_from]
    return Counts(
        gold=len(gold),
        predicted=len(quotes),
        found=len(matched),
        speaker=sum(same_last(g["speaker_ref"], q.speaker_resolved) for g, q in matched),
        full_name=sum(same_full(g["speaker_ref"], q.speaker_resolved) for g, q in matched),
        printed=len(printed),
        printed_right=sum(same_last(g["speaker_ref"], q.speaker_resolved) for g, q in printed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A found quote's speaker: how sure the engine was, and whether the last name is right."""

    confidence: float
    right: bool


def judge_speakers(text: str, gold: Sequence[dict[str, Any]], analysis: Analysis) -> list[Judged]:
    """Return every quote that was found and whose gold speaker is known."""
    return [
        Judged(confidence=q.confidence, right=same_last(g["speaker_ref"], q.speaker_resolved))
        for g, q in pair(text, gold, analysis.quotes)
        if g["speaker_ref"]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """How often something told of a quote is in gold, in the analysis, and the same in both."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def __add__(self, other: "Detail") -> "Detail":
        return Detail(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})

    @property
    def f1(self) -> float:
        """F1 over quotes that were found."""
        return 2 * self.right / max(self.gold + self.predicted, 1)


def score_details(text: str, gold: Sequence[dict[str, Any]], analysis: Analysis) -> dict[str, Detail]:
    """Return role, venue and day over the quotes that were found; roles where the speaker is right."""
    found = {"role": Detail(), "venue": Detail(), "day": Detail()}
    for g, q in pair(text, gold, analysis.quotes):
        found["venue"] += _detail(g.get("venue"), q.venue)
        found["day"] += _detail(*_days(g, q))
        if same_last(g["speaker_ref"], q.speaker_resolved):
            found["role"] += _detail(g.get("role"), q.role)
    return found


def _days(gold: dict[str, Any], quote: Quote) -> tuple[str | None, str | None]:
    """Return both days: as dates where gold has one, else as printed."""
    if gold.get("day") is not None and quote.said_date is not None:
        return gold["day"], quote.said_date.isoformat()
    return gold.get("said_on"), quote.said_on


def _detail(gold: str | None, ours: str | None) -> Detail:
    return Detail(gold=bool(gold), predicted=bool(ours), right=bool(gold and ours and _agree(gold, ours)))


def _agree(gold: str, ours: str) -> bool:
    """Return whether at least half of the shorter one's words are the other's: "mayor" and "Elm's mayor"."""
    a, b = _telling_words(gold), _telling_words(ours)
    return 2 * len(a & b) >= min(len(a), len(b)) > 0


def _telling_words(text: str) -> set[str]:
    words = (word.strip(".") for word in re.findall(r"[\w'.-]+", text.replace("’", "'").lower()))
    return {TITLE_ABBREVIATIONS.get(f"{word}.", word) for word in words} - _EMPTY


def score_people(gold: Iterable[str], analysis: Analysis) -> tuple[int, int, int]:
    """Return ``(people found, people listed, people in gold)``, by full name."""
    left = list(gold)
    total = len(left)
    listed = [actor.name for actor in analysis.actors if actor.kind == "person"]
    found = 0
    for name in listed:
        match = next((person for person in left if same_full(person, name)), None)
        if match is not None:
            left.remove(match)
            found += 1
    return found, len(listed), total


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the mean gap between confidence and share of right speakers, over tenths of confidence."""
    gap = 0.0
    for tenth in range(10):
        rows = [one for one in judged if tenth <= min(one.confidence * 10, 9.99) < tenth + 1]
        gap += abs(sum(one.confidence for one in rows) - sum(one.right for one in rows))
    return gap / max(len(judged), 1)


def speakers_kept(wanted: Sequence[dict[str, Any]], bullets: Sequence[Bullet]) -> tuple[int, int]:
    """Return ``(how many of an editor's speakers have a bullet, how many the editor chose)``."""
    chosen = {bullet["speaker"] for bullet in wanted}
    ours = [bullet.speaker for bullet in bullets]
    return sum(any(same_last(name, own) for own in ours) for name in chosen), len(chosen)
