"""Words from the right among words from the left: what belongs together is kept apart from the rest.

A reader's program orders a line by its letters, and takes figures and marks beside Arabic or Hebrew for a
part of it: behind an Arabic name the figure of "3 stories" changes sides. So such words are isolated, as
Unicode's annex 9 and the W3C advise: by invisible characters in chat and terminal, by ``<bdi>`` in HTML.
Those that came with a text are gone by then (``plain.clean``); each of ours is closed in the same line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional

from digests.document import Line, Run
from digests.scripts import direction, is_from_right, reads_from_right

_FIRST_STRONG, _FROM_LEFT, _FROM_RIGHT, END = "\u2068", "\u2066", "\u2067", "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring runs of a line; ``from_right`` is their own direction, ``None`` where it is the line's."""

    runs: Line
    from_right: bool | None = None

    @property
    def text(self) -> str:
        """The words, without style."""
        return "".join(run.text for run in self.runs)


def stretches(line: Line) -> tuple[Stretch, ...]:
    """Return a line's runs, those that hold letters from the right together with what stands between them.

    One sentence may be several runs, such as the words before and behind a link: they are one stretch as
    long as no run between them has letters from the left alone.
    """
    sides = [_side(run.text) for run in line]
    if "R" not in sides:
        return (Stretch(runs=line),)
    if "L" not in sides:
        return (_isolated(line),)
    return tuple(_grouped(line, _joined(sides)))


def phrases(text: str) -> tuple[Stretch, ...]:
    """Return a sentence of the digest's own with the foreign names in it as stretches of their own."""
    if not is_from_right(text):
        return (Stretch(runs=(Run(text=text),)),)
    letters = [_letter(char) for char in text]
    groups = groupby(zip(text, _joined(letters), strict=True), key=lambda pair: pair[1])
    return tuple(
        _stretch((Run(text="".join(char for char, _ in group)),), inside) for inside, group in groups
    )


def isolate(line: Line) -> Line:
    """Return a line with isolating characters around its stretches, as runs of their own."""
    parts = stretches(line)
    return line if all(part.from_right is None for part in parts) else tuple(_flat(parts))


def isolated(text: str) -> str:
    """Return a sentence of the digest's own with isolating characters around what comes from the right."""
    return "".join(run.text for run in _flat(phrases(text)))


def isolated_whole(text: str) -> str:
    """Return words that are all somebody's, such as a headline, isolated where any come from the right."""
    return "".join(run.text for run in isolate((Run(text=text),)))


def opening(text: str, *, from_right: bool) -> str:
    """Return the character that opens ``text`` in a direction: by its first letter where that tells it."""
    first = next(filter(None, map(direction, text)), "")
    if first == ("R" if from_right else "L"):
        return _FIRST_STRONG
    return _FROM_RIGHT if from_right else _FROM_LEFT


def enclosed(text: str, *, from_right: bool) -> str:
    """Return ``text`` between isolating characters."""
    return f"{opening(text, from_right=from_right)}{text}{END}"


def _side(text: str) -> str:
    """Return whether a run has letters from the right ("R"), from the left alone ("L"), or none."""
    if is_from_right(text):
        return "R"
    return "L" if any(direction(char) for char in text) else ""


def _letter(char: str) -> str:
    """Return the direction of a character; a mark upon a letter goes with the letter."""
    return "mark" if bidirectional(char) == "NSM" else direction(char)


def _joined(sides: Sequence[str]) -> list[bool]:
    """Return for each of the sides whether it belongs to a stretch from the right.

    What has no direction belongs to it where it stands between two that have that one.
    """
    inside = [side == "R" for side in sides]
    last = -1
    for at, side in enumerate(sides):
        if side == "mark" and at and inside[at - 1]:
            inside[at] = True
        if side == "L":
            last = -1
        if side == "R":
            if last >= 0:
                inside[last:at] = [True] * (at - last)
            last = at
    return inside


def _grouped(line: Line, inside: Sequence[bool]) -> Iterator[Stretch]:
    for isolates, group in groupby(zip(line, inside, strict=True), key=lambda pair: pair[1]):
        yield _stretch(tuple(run for run, _ in group), isolates)


def _stretch(runs: Line, isolates: bool) -> Stretch:
    return _isolated(runs) if isolates else Stretch(runs=runs)


def _isolated(runs: Line) -> Stretch:
    return Stretch(runs=runs, from_right=reads_from_right("".join(run.text for run in runs)))


def _flat(parts: Sequence[Stretch]) -> Iterator[Run]:
    for part in parts:
        if part.from_right is None:
            yield from part.runs
        else:
            yield Run(text=opening(part.text, from_right=part.from_right))
            yield from part.runs
            yield Run(text=END)
