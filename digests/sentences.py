"""Where sentences end: what a long quote is cut at, and what a story without bullets shows."""

import re

from digests.analysis.lexicon import PLACE_ABBREVIATIONS, TITLE_ABBREVIATIONS

_CLOSING = "”’\"'»“」』）)"
# A stop before a space; one of East Asia, which needs none, but goes on behind closing marks: 「はい。」と.
_END = re.compile(
    rf"[.!?…؟۔।॥]+(?:[{_CLOSING}]|[\u00a0\u202f ]»)*\s+(?=[\"“‘„«»「『¿¡(\w])"
    rf"|[。！？｡]+(?![。！？｡{_CLOSING}])\s*(?=\S)"
    rf"|[。！？｡]+[{_CLOSING}]+(?:\s+(?=\S)|(?=[「『“（]))"
)
_WORD_BEFORE = re.compile(r"[\w.]+$")
_DOTTED = re.compile(r"(?:\w\.)*\w")
_ABBREVIATED = (
    frozenset("mr mrs ms mx dr st mt hon jr sr jan feb aug sept oct nov dec mm mgr nr hr fr sra dra".split())
    | {title.strip(".") for title in TITLE_ABBREVIATIONS}
    | PLACE_ABBREVIATIONS
)
# Where "3. März" is a day: the stop behind a small number makes it the third.
_ORDINALS = frozenset("bs cs da de et fi hr hu is lb lv nb nn no pl sk sl sr tr".split())


def sentence_ends(text: str, language: str = "") -> tuple[int, ...]:
    """Return the offset behind each sentence of ``text`` with its white space; the last is the text's end.

    The stop of a title, an initial or an abbreviated place or month ends none, and none ends before
    a small letter; the stop of an ordinal number none where ``language`` writes them so.
    """
    ends = (match.end() for match in _END.finditer(text) if _ends(text, match, language))
    return (*ends, len(text))


def _ends(text: str, match: re.Match[str], language: str) -> bool:
    if text[match.end()].islower():
        return False
    word = _WORD_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    if match[0][0] != "." or word is None:
        return True
    if language in _ORDINALS and word[0].isdigit() and len(word[0]) <= 2:
        return False
    abbreviated = word[0][0].isupper() and word[0].lower() in _ABBREVIATED
    dotted = _DOTTED.fullmatch(word[0]) is not None and not word[0].isdigit()
    return not (abbreviated or dotted)
