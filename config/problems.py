"""What can be wrong in a configuration, and how it is told.

    BadValue       one value is wrong; raised by the parsers of ``values.py``
    ConfigError    the file cannot be used; carries every problem in it

A ``Fault`` is something wrong at a path in the tree (``("channels", 0, "to")``); a ``Problem`` is
the same with the line and column where it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Loc = tuple[str | int, ...]

_LONGEST_SHOWN = 60


class BadValue(ValueError):
    """One value is wrong.

    ``got`` is the piece of the value to show, or ``None`` where it may be a secret; it is kept
    apart from ``what`` because a value that comes from the environment is never shown.
    """

    def __init__(self, what: str, *, got: str | None = None, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.got = got
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong at ``loc``: at its key where ``on_key``, else at its value.

    ``other`` is a second place to point at, such as the first of two equal names.
    """

    loc: Loc
    what: str
    got: str | None = None
    hint: str = ""
    on_key: bool = False
    other: Loc | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. ``line`` and ``column`` count from 1; both are 0 for the file as a whole."""

    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.message}" + (f"; {self.hint}" if self.hint else "")


class ConfigError(Exception):
    """The configuration cannot be used; ``problems`` holds all that is wrong, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        super().__init__("\n".join(map(str, self.problems)))


def shown(text: str) -> str:
    """Return ``text`` between quotation marks, control characters escaped, cut to one line's worth."""
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word`` in any case, or ``None`` where none is near."""
    by_folded = {one.casefold(): one for one in known}
    matches = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint that names the nearest known word, or ``otherwise``."""
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else otherwise
