"""The reporter's own words around a French quote or about an actor, as spans of the article."""

import re

from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.found import Found
from digests.analysis.languages.french.speech import Piece
from digests.analysis.people import Person
from digests.model import ActorKind, Span

_LONGEST, _SHORTEST_WORDS, _LEAD_CHARS = 330, 4, 1_200
_VERB = re.compile(
    r"\s(?P<verb>(?:(?:a|ont|avait|va|doit|veut|s['’]est|est|sera)\s(?:[^\W\d_]+ment\s)?[^\W\d_]{3,}|[^\W\d_]{4,}(?:e|t|d))"
    r"\s[^\n]{12,})"
)
_TAIL = " \u00a0,;:—–-"


def clause_with(attributor: Attributor, piece: Piece, found: Found) -> tuple[Span, bool] | None:
    """Return the speaker's clause around a quote, from its verb on: "dénonce « une faute » et …"."""
    if not found.inside or found.mention is None:
        return None
    text, span = attributor.text, piece.span
    first, end = attributor.sentences.around(span.outer_start)
    if (
        found.verb is not None
        and found.verb.pronoun is None
        and found.mention.end <= found.verb.start < span.start
    ):
        made = _span(text, found.verb.start, end, piece)
        return (made, True) if made is not None else None
    if found.verb is None and found.mention.start >= span.outer_end:
        made = _span(text, first, _before_source(text, span.outer_end, found.mention.start), piece)
        return (made, False) if made is not None else None
    return None


def _before_source(text: str, at: int, mention: int) -> int:
    """Return where the words end before "selon" or "d'après"."""
    comma = text.rfind(",", at - 1, mention)
    return comma if comma >= at else at


def _span(text: str, start: int, end: int, piece: Piece) -> Span | None:
    while end > start and text[end - 1] in _TAIL + "\n":
        end -= 1
    if not start <= piece.span.start < piece.span.end <= end <= start + _LONGEST or "\n" in text[start:end]:
        return None
    return Span(start=start, end=end, text=text[start:end])


def deed_of(attributor: Attributor, person: Person) -> Span | None:
    """Return what the article's beginning tells that a person did: the parser's predicate of the name."""
    if person.kind is not ActorKind.PERSON:
        return None
    text, parsed = attributor.text, attributor.subjects.parsed
    for start, end in person.mentions[:6]:
        token = attributor.subjects.token_at(start)
        if token is None or start > _LEAD_CHARS or token.dep not in ("nsubj", "appos"):
            continue
        if token.dep == "appos" and parsed.head(token).dep != "nsubj":
            continue
        verb = parsed.head(token if token.dep == "nsubj" else parsed.head(token))
        first = min(
            [verb, *(kid for kid in parsed.kids(verb) if kid.dep.startswith(("aux", "expl")))],
            key=lambda one: one.start,
        )
        last = attributor.sentences.around(start)[1]
        if (
            verb.dep != "ROOT"
            or not end <= first.start < last
            or first.quote >= 0
            or text[end : first.start].strip(" ,")
        ):
            continue
        clause = text[first.start : last].rstrip(" \n")
        said = any(piece.span.start < last and first.start < piece.span.end for piece in attributor.pieces)
        if (
            not said
            and len(clause.split()) >= _SHORTEST_WORDS
            and len(clause) <= _LONGEST
            and "\n" not in clause
        ):
            return Span(start=first.start, end=first.start + len(clause), text=clause)
    return None
