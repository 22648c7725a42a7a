"""Links to the place in an article where a quote stands, in browsers that know text fragments.

https://wicg.github.io/scroll-to-text-fragment/: what is looked for must begin and end between words, each
side of a range within one block, and letters are compared as readers do (UTS 10, first level), to which all
spaces are one. Where words end, browsers ask Unicode's annex 29 and, in scripts without spaces, a dictionary.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote as percent_encode

from digests.scripts import is_unspaced

_DIRECTIVE = ":~:"
_EDGE_WORDS = 3
_EDGE_CHARS = 8
"""So long at least is each end of a range in a script without spaces; less stands in other places too."""

# What stands between spaces and marks of East Asia: a word ends there whatever the dictionary.
_CLAUSE = re.compile(r"[^\s、。，！？；：…「」『』“”（）《》〈〉!?]+")
# French sets narrow no-break spaces inside its marks, which annex 29 takes for letters: no word ends there.
_FRENCH = "fr"

Range = tuple[str, ...]
"""A text to look for, or the beginning and the end of one."""


def text_fragment(url: str, quote: str, language: str = "") -> str:
    """Return a link to the place in the article where ``quote`` stands.

    A quote of more than six words is given by its first and last three, and so is one that runs
    over a paragraph's end. Browsers take the first of several directives that they find.
    """
    lines = [line for line in quote.splitlines() if line.strip()]
    if not url or not lines:
        return url
    address = url.partition(_DIRECTIVE)[0]
    directives = "&".join(f"text={','.join(map(_encoded, found))}" for found in _ranges(lines, language))
    return f"{address}{'' if '#' in address else '#'}{_DIRECTIVE}{directives}"


def _ranges(lines: Sequence[str], language: str) -> list[Range]:
    if is_unspaced("".join(lines)):
        return [_of_clauses(lines[0], lines[-1])]
    words = [line.split() for line in lines]
    return _of_french(words) if language == _FRENCH else [_of_words(words)]


def _of_words(lines: Sequence[list[str]]) -> Range:
    if len(lines) == 1 and len(lines[0]) <= 2 * _EDGE_WORDS:
        return (" ".join(lines[0]),)
    return " ".join(lines[0][:_EDGE_WORDS]), " ".join(lines[-1][-_EDGE_WORDS:])


def _of_french(lines: Sequence[list[str]]) -> list[Range]:
    """Return ranges that neither begin nor end at a space that may be narrow.

    A few words are looked for with their marks, then without, for a page that has other ones.
    """
    if len(lines) == 1 and len(lines[0]) <= 2 * _EDGE_WORDS:
        words = " ".join(lines[0])
        return [(f"« {words} »" if words[-1].isalnum() else f"« {words}",), (words,)]
    first, last = lines[0], lines[-1]
    low, high = next(iter(_starts(first)), 0), next(reversed(_ends(last)), len(last))
    until = next((at for at in reversed(_ends(first)) if low < at <= low + _EDGE_WORDS), low + _EDGE_WORDS)
    since = next((at for at in _starts(last) if high - _EDGE_WORDS <= at < high), high - _EDGE_WORDS)
    if first is last and since < until:
        return [(" ".join(first[low:high]),)]
    return [(" ".join(first[low:until]), " ".join(last[max(since, 0) : high]))]


def _starts(words: Sequence[str]) -> list[int]:
    """Return the places where a word begins for a browser: not behind the narrow space of an opening mark."""
    return [at for at, word in enumerate(words) if not word[0].isalnum() or (at and words[at - 1] != "«")]


def _ends(words: Sequence[str]) -> list[int]:
    """Return the places where a word ends for a browser: not before the narrow space of "!" or "»"."""
    following = (*words[1:], "»")
    return [
        at
        for at, (word, after) in enumerate(zip(words, following, strict=True), 1)
        if not word[-1].isalnum() or any(map(str.isalnum, after))
    ]


def _of_clauses(first: str, last: str) -> Range:
    """Return whole clauses, at least ``_EDGE_CHARS`` of each end; a dictionary might end no word within."""
    starts = [found.span() for found in _CLAUSE.finditer(first)] or [(0, len(first))]
    ends = [found.span() for found in _CLAUSE.finditer(last)] or [(0, len(last))]
    low, high = starts[0][0], ends[-1][1]
    until = next((end for _, end in starts if end - low >= _EDGE_CHARS), starts[-1][1])
    since = next((start for start, _ in reversed(ends) if high - start >= _EDGE_CHARS), ends[0][0])
    if first is last and since <= until:
        return (first[low:high],)
    return first[low:until], last[since:high]


def _encoded(words: str) -> str:
    # "-", "," and "&" are syntax; quote() leaves the first alone. "~" and "." may stay.
    return percent_encode(" ".join(words.split()), safe="").replace("-", "%2D")
