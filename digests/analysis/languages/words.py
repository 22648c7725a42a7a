"""Words and blanks, read at a place of a text."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*\.?|[^\W\d_]['’]")
_WHOLE = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SPACE = re.compile(r"[ \u00a0]+")
ENDS = frozenset(',.;:!?)(»«”“"–—-\n…„')


def read_word(text: str, at: int) -> tuple[str, int]:
    """Return the word at ``at`` and where it ends; empty where none stands there."""
    found = _WORD.match(text, at)
    return (found[0], found.end()) if found is not None else ("", at)


def skip_space(text: str, at: int) -> int:
    """Return where the blanks at ``at`` end."""
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at


def read_words(text: str, start: int, stop: int) -> list[str]:
    """Return the words between two places."""
    return [match[0] for match in _WHOLE.finditer(text, start, stop)]
