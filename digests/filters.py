"""Filter terms -> does a text match? In linear time, whatever the pattern and the text.

RE2 (google-re2) runs every term: Python's engine backtracks, and one unlucky pattern would hold up
the bot for hours. RE2's ``\\b`` knows ASCII alone, so that the edges of words are spelled out here.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import re2

_REGEX_TERM = re.compile(r"/(.*)/([A-Za-z]*)", re.DOTALL)

# Scripts that put no spaces between words: a term in them matches anywhere.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = re2.compile(r"[\pL\pM\pN_]")
_UNSPACED_LETTER = re2.compile(f"[{_UNSPACED}]")
_NO_LETTER = rf"[^\pL\pM\pN_]|[{_UNSPACED}]"
_WORD_START = rf"(?:\A|{_NO_LETTER})"
_WORD_END = rf"(?:{_NO_LETTER}|\z)"
_APOSTROPHES = re.compile("['’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFilter:
    """Compiled terms; no terms match nothing."""

    patterns: tuple[Any, ...]

    def matches(self, *texts: str) -> bool:
        """Return whether any term is in any of the texts."""
        clean = [_normalise(text) for text in texts]
        return any(pattern.search(text) for pattern in self.patterns for text in clean)


def compile_terms(terms: Sequence[str]) -> TermFilter:
    """Return the filter of ``terms``: whole words in any case, or ``/regex/`` with flags i, m and s.

    Raises:
        ValueError: a term is empty, or RE2 cannot compile it.
    """
    return TermFilter(patterns=tuple(_compile(_normalise(term.strip())) for term in terms))


def _compile(term: str) -> Any:
    regex = _REGEX_TERM.fullmatch(term)
    if not (regex[1] if regex else term) or (regex and set(regex[2]) - set("ims")):
        raise ValueError(f"not a filter term: {term!r}")
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(_regex(regex[1], regex[2]) if regex else _plain(term), options)
    except re2.error as error:
        raise ValueError(f"not a filter term: {term!r}: {error.args[0].decode(errors='replace')}") from error


def _regex(pattern: str, flags: str) -> str:
    return f"(?{flags}){pattern}" if flags else pattern


def _plain(term: str) -> str:
    """Return the pattern of ``term`` as whole words; any white space between them, either apostrophe."""
    escaped = (re2.escape(word).replace(r"\'", "'") for word in term.split())
    words = _APOSTROPHES.sub("['’]", r"[\s\pZ]+".join(escaped))
    start = _WORD_START if _has_edge(term[0]) else ""
    end = _WORD_END if _has_edge(term[-1]) else ""
    return f"{start}(?i:{words}){end}"


def _has_edge(character: str) -> bool:
    """Return whether a word can begin or end with ``character`` so that its edge must be looked at."""
    return bool(_LETTER.search(character)) and not _UNSPACED_LETTER.search(character)


def _normalise(text: str) -> str:
    """Return ``text`` with accents composed (NFC); lone surrogates, which UTF-8 cannot hold, become "?"."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode("utf-8")
