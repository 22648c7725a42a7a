"""A quote with all that is told of it: who spoke, in what role, where, on which day, and how surely."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from digests.analysis.attribution import Found
from digests.analysis.cast import Cast
from digests.analysis.clauses import clause_around
from digests.analysis.cues import is_denied, noun_phrase
from digests.analysis.days import resolve_day
from digests.analysis.mask import is_sentence_like
from digests.analysis.people import Person
from digests.analysis.quotes import QuotedSpan, count_words
from digests.analysis.resolve import Resolved, resolve
from digests.analysis.scene import Scene
from digests.analysis.tokens import Token
from digests.analysis.venue import find_day, find_venue
from digests.model import Quote, QuoteKind

_FRAGMENT_WORDS = 3


def make_quotes(
    scene: Scene, cast: Cast, found: Sequence[Found | None], published: date | None
) -> tuple[tuple[Quote, ...], Counter[int]]:
    """Return the quotes that are speech, and how many each person (by ``id``) spoke."""
    decided = _resolve_all(cast, found)
    quotes: list[Quote] = []
    spoken: Counter[int] = Counter()
    for index, row in enumerate(decided):
        if row is None or _is_denied(scene, index, row[0]):
            continue
        quote = _made_with(_make_quote(scene, cast, index, *row), quotes[-1:])
        quotes.append(dated(quote, published))
        person = row[1].person
        if person is not None:
            spoken[id(person)] += 1
    return tuple(quotes), spoken


def _is_denied(scene: Scene, index: int, row: Found) -> bool:
    """Return whether a quote that stands for itself was never said; a clause tells so by its own words."""
    alone = is_sentence_like(scene.parsed.text, scene.quotes[index])
    return alone and row.cue is not None and is_denied(scene.parsed, row.cue)


_NOBODY = Resolved(name="", person=None, sure=0.0)


def _resolve_all(cast: Cast, found: Sequence[Found | None]) -> list[tuple[Found, Resolved] | None]:
    """Return who speaks each quote; a continuing quote takes over from the one it continues."""
    decided: list[tuple[Found, Resolved] | None] = [None] * len(found)
    speaking: Person | None = None
    for index, row in enumerate(found):
        if row is None:
            continue
        one = row, _NOBODY
        before = decided[row.same_as] if row.same_as is not None and row.same_as < index else None
        if before is not None:
            one = row, before[1]
        elif row.speaker is not None:
            one = _decide(cast, row, speaking)
        decided[index] = one
        speaking = one[1].person or speaking
    return decided


def _decide(cast: Cast, row: Found, speaking: Person | None) -> tuple[Found, Resolved]:
    """Return the person whose mentions together have the largest share, by the likeliest of them."""
    shares: dict[str, float] = {}
    first: dict[str, tuple[Token, Resolved]] = {}
    for token, share in row.rivals:
        who = resolve(cast, token, speaking)
        shares[who.name] = shares.get(who.name, 0.0) + share
        first.setdefault(who.name, (token, who))
    best = max(shares, key=lambda name: shares[name])
    token, who = first[best]
    if token is row.speaker:
        return replace(row, sure=shares[best]), who
    return replace(row, speaker=token, sure=shares[best], cue=None), who


def _make_quote(scene: Scene, cast: Cast, index: int, row: Found, who: Resolved) -> Quote:
    text, span = scene.parsed.text, scene.quotes[index]
    kind = _kind(text, span)
    around = clause_around(scene, index, row) if kind is not QuoteKind.DIRECT else None
    mention = None
    if row.speaker is not None and row.same_as is None:
        mention = mention_of(cast, row.speaker, who)
    cue = row.cue
    return Quote(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        kind=kind,
        speaker=text[mention[0] : mention[1]] if mention else None,
        speaker_start=mention[0] if mention else None,
        speaker_end=mention[1] if mention else None,
        speaker_resolved=who.name or None,
        role=who.person.role if who.person is not None else None,
        cue=cue.text if cue is not None else None,
        venue=find_venue(scene.parsed, cue) if cue is not None else None,
        said_on=find_day(scene.parsed, cue) if cue is not None else None,
        confidence=round(row.sure * who.sure, 3),
        clause=around[0] if around else None,
        predicate=around[1] if around else False,
    )


def mention_of(cast: Cast, speaker: Token, who: Resolved) -> tuple[int, int]:
    """Return where the speaker is printed: the name of "the mayor's agent, Jane Doe," where one stands so."""
    start, end = noun_phrase(cast.parsed, speaker, cast.entities)
    if who.person is not None and who.person not in cast.mentioned_at(start, end):
        behind = [
            m for m in who.person.mentions if end < m[0] <= end + 2 and " " in cast.parsed.text[slice(*m)]
        ]
        return behind[0] if behind else (start, end)
    return start, end


def _made_with(quote: Quote, before: Sequence[Quote]) -> Quote:
    """Return the rest of a split quote with the place and the day of its first part: “…,” Doe said, “…”."""
    whole = before and before[-1].speaker_start == quote.speaker_start is not None
    if not whole or quote.venue or quote.said_on:
        return quote
    return replace(quote, venue=before[-1].venue, said_on=before[-1].said_on)


def dated(quote: Quote, published: date | None) -> Quote:
    """Return the record with the day that its "Monday" means, where the article's own date tells it."""
    if quote.said_on is None or published is None:
        return quote
    return replace(quote, said_date=resolve_day(quote.said_on, published))


def _kind(text: str, span: QuotedSpan) -> QuoteKind:
    if is_sentence_like(text, span):
        return QuoteKind.DIRECT
    words = count_words(text[span.start : span.end])
    return QuoteKind.FRAGMENT if words <= _FRAGMENT_WORDS else QuoteKind.MIXED
