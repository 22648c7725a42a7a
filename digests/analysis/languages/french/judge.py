"""Is it speech at all? Titles of works, nicknames and scare quotes stand between marks in French too."""

import re

from digests.analysis.languages.french.found import DENIED, Found
from digests.analysis.languages.french.speech import Piece
from digests.analysis.mask import is_sentence_like
from digests.analysis.quotes import count_words

_FEW, _SPEAKS_FOR_ITSELF = 3, 5
_NAMED = re.compile(
    r"(?:\b(?:dite?s?|titre|intitulée?s?|baptisée?s?|surnommée?s?|nommée?s?|film|roman|livre|album|pièce|chanson|série"
    r"|spectacle|émission|documentaire|exposition|l['’]opération|projet|plan|programme|revue|magazine|mot|terme|concept"
    r"|tableau|poème|collection|navire|bateau|chalutier|ferry|restaurant|bar|café|association|collectif|liste|label"
    r"|slogan|mention|avec|appelée?s?)|l['’]|\bles?|\bla|\bdes?|\bdu|\bun|\bune|d['’])\s*$",
    re.IGNORECASE,
)


def is_speech(text: str, piece: Piece, found: Found | None) -> bool:
    """Return whether a piece is somebody's words; where nobody is told to speak, it must be long enough."""
    span = piece.span
    content = text[span.start : span.end]
    number = count_words(content)
    if number == 0 or found is DENIED:
        return False
    if piece.is_turn or piece.incise is not None:
        return True
    before = text[max(0, span.outer_start - 30) : span.outer_start]
    if found is None or not found.who.name:
        return number >= _SPEAKS_FOR_ITSELF and not _is_title(text, piece, before)
    if not found.inside and found.direct:
        return True
    if not found.direct and number < _SPEAKS_FOR_ITSELF and not _is_sentence(text, piece):
        return False
    if _is_title(text, piece, before):
        return False
    if found.inside and number <= _FEW:
        return not _NAMED.search(before) or _takes_article(text, before, found)
    return True


def _is_sentence(text: str, piece: Piece) -> bool:
    """Return whether a few words are a sentence: « Personne. »"""
    content = text[piece.span.start : piece.span.end]
    return content[:1].isupper() and content[-1:] in ".!?…" and is_sentence_like(text, piece.span)


def _is_title(text: str, piece: Piece, before: str) -> bool:
    """Return whether marks hold a name: a capital within the reporter's sentence, announced by no colon."""
    content = text[piece.span.start : piece.span.end]
    inner = before.rstrip(" \u00a0")[-1:]
    opens = inner in (".", "!", "?", ":", "", "\n", "»", ",", "”")
    capital = content[:1].isupper() and not opens
    return capital and count_words(content) <= 7 and content[-1:] not in ".!?…"


def _takes_article(text: str, before: str, found: Found) -> bool:
    """Return whether words behind an article are still quoted: "dénonce le « mépris » du groupe"."""
    if found.verb is None:
        return False
    gap = before.rsplit(text[found.verb.start : found.verb.end], 1)
    return len(gap) == 2 and len(gap[1].split()) <= 3
