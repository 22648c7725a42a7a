"""Where sentences end: what a long quote is cut at, and what a story without bullets shows."""

import re

from digests.analysis.lexicon import PLACE_ABBREVIATIONS, TITLE_ABBREVIATIONS

_END = re.compile(r"[.!?…]+[”’\"')]*\s+(?=[\"“‘(\w])|[。！？]+[」』”]*(?=\w)")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED_PER_WORD = 2
_WORD_BEFORE = re.compile(r"[\w.]+$")
_DOTTED = re.compile(r"(?:\w\.)*\w")
_ABBREVIATED = (
    frozenset("mr mrs ms mx dr st mt hon jr sr jan feb aug sept oct nov dec".split())
    | {title.strip(".") for title in TITLE_ABBREVIATIONS}
    | PLACE_ABBREVIATIONS
)


def words_in(text: str) -> int:
    """Return how many words stand in ``text``; of scripts that part none, two letters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) + max(unspaced - 1, 0) // _UNSPACED_PER_WORD


def sentence_ends(text: str) -> tuple[int, ...]:
    """Return the offset behind each sentence of ``text`` with its white space; the last is the text's end.

    The stop of a title, an initial or an abbreviated place or month ends none, and none ends before
    a small letter.
    """
    return (*(match.end() for match in _END.finditer(text) if _ends(text, match)), len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    if text[match.end()].islower():
        return False
    word = _WORD_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    if match[0][0] != "." or word is None:
        return True
    abbreviated = word[0][0].isupper() and word[0].lower() in _ABBREVIATED
    dotted = _DOTTED.fullmatch(word[0]) is not None and not word[0].isdigit()
    return not (abbreviated or dotted)
