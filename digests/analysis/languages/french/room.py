"""A French article -> who said what in it. Calls the French rooms in order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from digests.analysis.languages.french.answers import without_labels
from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.cast import Cast, find_cast
from digests.analysis.languages.french.circumstances import find_day, find_venue, reach, resolve_day
from digests.analysis.languages.french.clauses import clause_with, deed_of
from digests.analysis.languages.french.found import Found
from digests.analysis.languages.french.interviews import find_interview
from digests.analysis.languages.french.judge import is_speech
from digests.analysis.languages.french.leads import collectors
from digests.analysis.languages.french.parse import FrenchParser
from digests.analysis.languages.french.retold import retell
from digests.analysis.languages.french.sentences import split_sentences
from digests.analysis.languages.french.speech import Piece, find_pieces
from digests.analysis.languages.french.statements import Told, find_statements
from digests.analysis.languages.french.subjects import Subjects
from digests.analysis.mask import is_sentence_like
from digests.analysis.people import Person
from digests.analysis.quotes import count_words
from digests.model import Actor, ActorKind, Quote, QuoteKind

_FRAGMENT_WORDS = 3


class FrenchRoom:
    """The French analyser with its model loaded."""

    def __init__(self) -> None:
        self._parser = FrenchParser()

    def analyse(
        self, text: str, byline: str, published: date | None
    ) -> tuple[tuple[Quote, ...], tuple[Quote, ...], tuple[Actor, ...]]:
        """Return ``(quotes, statements, actors)``."""
        interview = find_interview(text, byline)
        pieces = find_pieces(text, interview)
        parsed = self._parser.parse(text, pieces)
        byline = f"{byline} {collectors(text)}"
        cast = find_cast(without_labels(text, interview), parsed.entities, byline, interview.places)
        sentences = split_sentences(text, pieces)
        attributor = Attributor(text, pieces, cast, sentences, Subjects(text, parsed, cast, sentences))
        found = attributor.run()
        told = [one for one in find_statements(attributor, found) if not interview.asks(one.start)]
        attributor.resolver.descriptions.give_roles()
        rows = [
            (piece, row or Found())
            for piece, row in zip(pieces, found, strict=True)
            if is_speech(text, piece, row)
        ]
        quotes = tuple(_quote(attributor, piece, row, published) for piece, row in rows)
        statements = tuple(_statement(attributor, one, published) for one in told)
        voices = Counter(id(row.who.person) for _, row in rows if row.who.person is not None)
        voices += Counter(id(one.who.person) for one in told if one.who.person is not None)
        return quotes, statements, _actors(attributor, voices)


def _quote(attributor: Attributor, piece: Piece, row: Found, published: date | None) -> Quote:
    text, span = attributor.text, piece.span
    kind = _kind(text, piece)
    clause = clause_with(attributor, piece, row) if kind is not QuoteKind.DIRECT else None
    printed = row.mention
    quote = Quote(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        kind=kind,
        speaker=text[printed.start : printed.end] if printed else None,
        speaker_start=printed.start if printed else None,
        speaker_end=printed.end if printed else None,
        speaker_resolved=row.who.name or None,
        role=row.who.person.role if row.who.person is not None else None,
        cue=text[row.verb.start : row.verb.end] if row.verb else None,
        confidence=row.who.sure if row.who.name else 0.0,
        clause=clause[0] if clause else None,
        predicate=clause[1] if clause else False,
    )
    return _placed(attributor, quote, piece, row, published)


def _placed(attributor: Attributor, quote: Quote, piece: Piece, row: Found, published: date | None) -> Quote:
    """Return the quote with its place and day, told behind the verb, in the incise or before a colon."""
    text, flat = attributor.text, attributor.sentences.flat
    if row.mention is None:
        return quote
    if piece.incise is not None:
        start, end = piece.incise
        flat = text
    else:
        anchor = row.verb.start if row.verb is not None else row.mention.start
        first, last = attributor.sentences.around(anchor)
        start, end = reach(flat, anchor, last)
        if anchor < piece.span.start:
            start, end = first, piece.span.outer_start
    day = find_day(flat, start, end)
    return replace(
        quote,
        venue=find_venue(text, flat, start, end),
        said_on=day,
        said_date=resolve_day(day, published) if day and published else None,
    )


def _statement(attributor: Attributor, told: Told, published: date | None) -> Quote:
    text, flat = attributor.text, attributor.sentences.flat
    anchor = told.verb.start if told.verb is not None else told.mention.start
    first, last = attributor.sentences.around(anchor)
    start, end = (first, told.start) if anchor < told.start else (anchor, last)
    day = find_day(flat, start, end)
    clause = retell(attributor, told)
    return Quote(
        start=told.start,
        end=told.end,
        text=text[told.start : told.end],
        kind=QuoteKind.INDIRECT,
        speaker=text[told.mention.start : told.mention.end],
        speaker_start=told.mention.start,
        speaker_end=told.mention.end,
        speaker_resolved=told.who.name or None,
        role=told.who.person.role if told.who.person is not None else None,
        cue=text[told.verb.start : told.verb.end] if told.verb else None,
        confidence=told.who.sure if told.who.name else 0.0,
        venue=find_venue(text, flat, start, end),
        said_on=day,
        said_date=resolve_day(day, published) if day and published else None,
        clause=clause[0] if clause else None,
        predicate=clause[1] if clause else False,
    )


def _kind(text: str, piece: Piece) -> QuoteKind:
    if piece.is_turn or piece.incise is not None or is_sentence_like(text, piece.span):
        return QuoteKind.DIRECT
    words = count_words(text[piece.span.start : piece.span.end])
    return QuoteKind.FRAGMENT if words <= _FRAGMENT_WORDS else QuoteKind.MIXED


# --- actors --------------------------------------------------------------------------------------


def _actors(attributor: Attributor, voices: Counter[int]) -> tuple[Actor, ...]:
    """Return who acts, by importance: those who speak, then those named often and early."""
    cast: Cast = attributor.cast
    length = max(len(attributor.text), 1)
    everyone: Sequence[Person] = [*cast.people, *cast.organizations]
    acting = [one for one in everyone if len(one.name.split()) > 1 or voices[id(one)] or one.roles
              or one.kind is ActorKind.ORGANIZATION]  # fmt: skip

    def weight(one: Person) -> float:
        spoken = min(voices[id(one)], 4)
        points = 2.0 * spoken + (8.0 if spoken else 0.0) + (6.0 if one.kind is ActorKind.PERSON else 0.0)
        return points + 0.4 * min(len(one.mentions), 10) + 1.5 * (1.0 - one.mentions[0][0] / length)

    return tuple(
        Actor(
            name=one.name,
            kind=one.kind,
            role=one.role,
            aliases=tuple(sorted(one.aliases - {one.name})),
            mentions=tuple(one.mentions),
            clause=deed_of(attributor, one),
        )
        for one in sorted(acting, key=weight, reverse=True)
    )
