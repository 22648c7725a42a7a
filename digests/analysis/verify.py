"""Does the article really say it? The last gate: nothing that fails here reaches a digest."""

from collections.abc import Sequence
from dataclasses import replace

from digests.model import Actor, Analysis, Bullet, Quote, Span


def is_verbatim(text: str, start: int, end: int, claimed: str) -> bool:
    """Return whether ``claimed`` is exactly what stands in ``text`` at these offsets."""
    return 0 <= start < end <= len(text) and text[start:end] == claimed


def verify_quote(text: str, quote: Quote) -> bool:
    """Return whether quote, clause and speaker mention stand in the article as claimed."""
    if not is_verbatim(text, quote.start, quote.end, quote.text):
        return False
    if quote.clause is not None and not _is_true(text, quote.clause):
        return False
    if quote.speaker is None or quote.speaker_start is None or quote.speaker_end is None:
        return True
    return is_verbatim(text, quote.speaker_start, quote.speaker_end, quote.speaker)


def verify_analysis(text: str, analysis: Analysis) -> Analysis:
    """Return the analysis without any quote or clause that is not in the text."""
    return replace(
        analysis,
        quotes=tuple(quote for quote in analysis.quotes if verify_quote(text, quote)),
        statements=tuple(quote for quote in analysis.statements if verify_quote(text, quote)),
        actors=tuple(_with_true_clause(text, actor) for actor in analysis.actors),
    )


def _with_true_clause(text: str, actor: Actor) -> Actor:
    if actor.clause is None or _is_true(text, actor.clause):
        return actor
    return replace(actor, clause=None)


def _is_true(text: str, span: Span) -> bool:
    return is_verbatim(text, span.start, span.end, span.text)


def verify_bullets(text: str, bullets: Sequence[Bullet]) -> tuple[Bullet, ...]:
    """Return the bullets of which every printed piece, and the words linked to, stand in the article."""
    return tuple(b for b in bullets if b.pieces and all(_is_true(text, piece) for piece in _claimed(b)))


def _claimed(bullet: Bullet) -> tuple[Span, ...]:
    return bullet.pieces if bullet.anchor is None else (*bullet.pieces, bullet.anchor)
