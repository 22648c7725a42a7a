"""Which quotes answer which: a digest never prints an answer before what it answers."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from digests.model import Analysis, Bullet, Quote
from digests.phrases import PHRASES

_NEAR = 160


def in_turn(bullets: Sequence[Bullet], text: str, analysis: Analysis) -> list[str | None]:
    """Return the speakers of bullets in order, whoever asked or was answered before whoever answers."""
    names = list(dict.fromkeys(bullet.speaker for bullet in bullets))
    settled: set[tuple[str, str]] = set()
    for asked, answer in _exchanges(text, analysis):
        if not (_is_told(asked, bullets) and _is_told(answer, bullets)):
            continue
        first, second = asked.speaker_resolved or "", answer.speaker_resolved or ""
        if (second, first) in settled:
            continue
        settled.add((first, second))
        if names.index(second) < names.index(first):
            names.remove(first)
            names.insert(names.index(second), first)
    return names


def _exchanges(text: str, analysis: Analysis) -> Iterator[tuple[Quote, Quote]]:
    """Yield pairs of quotes, one right behind the other, of which the second is another's answer."""
    for quote, following in pairwise(analysis.quotes):
        between = text[quote.end : following.start]
        known = quote.speaker_resolved and following.speaker_resolved
        if not known or quote.speaker_resolved == following.speaker_resolved:
            continue
        if len(between) <= _NEAR and between.count("\n") <= 1:
            asks = quote.text.rstrip().endswith(("?", "？", "؟"))
            if asks or _answers(f"{following.cue or ''} {between}", analysis.language):
                yield quote, following


def _answers(words: str, language: str) -> bool:
    phrases = PHRASES.get(language)
    return phrases is not None and phrases.answers.search(words) is not None


def _is_told(quote: Quote, bullets: Collection[Bullet]) -> bool:
    """Return whether a bullet of the speaker's prints some of a quote."""
    return any(
        bullet.speaker == quote.speaker_resolved
        and any(piece.start < quote.end and quote.start < piece.end for piece in bullet.pieces)
        for bullet in bullets
    )
