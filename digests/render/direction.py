"""Words from the right among words from the left: what belongs together is kept apart from the rest.

A reader's program orders a line by its letters, and takes figures and marks beside Arabic or Hebrew for a
part of it: behind an Arabic name the figure of "3 stories" changes sides. So such words are isolated, as
Unicode's annex 9 and the W3C advise: by invisible characters in chat and terminal, by ``<bdi>`` in HTML.
Those that came with a text are gone by then (``plain.clean``); each of ours is closed in the same line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from unicodedata import bidirectional

from digests.document import Line, Run
from digests.scripts import FROM_RIGHT_LANGUAGES, direction, is_from_right, reads_from_right

_FIRST_STRONG, _FROM_RIGHT, END = "\u2068", "\u2067", "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Neighbouring runs of a line; ``from_right`` ones are read from the right, apart from the others."""

    runs: Line
    from_right: bool = False

    @property
    def text(self) -> str:
        """The words, without style."""
        return "".join(run.text for run in self.runs)


def stretches(line: Line) -> tuple[Stretch, ...]:
    """Return a line's runs, those from the right together with what stands between them.

    One sentence may be several runs, such as the words before and behind a link: they are one stretch as
    long as nothing between them has letters from the left. Runs from the left stay whole, whatever foreign
    words are in them: ``phrases`` takes them apart.
    """
    if not any(is_from_right(run.text) for run in line):
        return (Stretch(runs=line),)
    groups = groupby(zip(line, _joined(list(map(_side, line))), strict=True), key=lambda pair: pair[1])
    return tuple(Stretch(runs=tuple(run for run, _ in group), from_right=side) for side, group in groups)


def phrases(text: str) -> tuple[tuple[str, bool], ...]:
    """Return words from the left in parts, each with whether it is a foreign phrase, from the right."""
    if not is_from_right(text):
        return ((text, False),)
    groups = groupby(zip(text, _joined(list(map(_letter, text))), strict=True), key=lambda pair: pair[1])
    return tuple(("".join(char for char, _ in group), foreign) for foreign, group in groups)


def parts(line: Line) -> tuple[tuple[str, bool], ...]:
    """Return the words of a line in parts, each with whether it is isolated: stretches and phrases."""
    return tuple(
        part
        for stretch in stretches(line)
        for part in (((stretch.text, True),) if stretch.from_right else phrases(stretch.text))
    )


def isolate(line: Line) -> Line:
    """Return a line with isolating characters: as runs around stretches, within a run around phrases."""
    if not any(is_from_right(run.text) for run in line):
        return line
    return tuple(run for stretch in stretches(line) for run in _isolated(stretch))


def own(text: str) -> Line:
    """Return a sentence of the digest's own as a line: it is read from the left, whatever names are in it."""
    return (Run(text=text, language="en"),)


def isolated(text: str) -> str:
    """Return a sentence of the digest's own with isolating characters around names from the right."""
    return "".join(run.text for run in isolate(own(text)))


def isolated_whole(text: str) -> str:
    """Return somebody's words, such as a headline, isolated where they are read from the right."""
    return "".join(run.text for run in isolate((Run(text=text),)))


def opening(text: str) -> str:
    """Return the character that opens words from the right: by their first letter where that tells it."""
    first = next(filter(None, map(direction, text)), "")
    return _FIRST_STRONG if first == "R" else _FROM_RIGHT


def enclosed(text: str) -> str:
    """Return words from the right between isolating characters."""
    return f"{opening(text)}{text}{END}"


def _isolated(stretch: Stretch) -> Iterator[Run]:
    if stretch.from_right:
        yield from (Run(text=opening(stretch.text)), *stretch.runs, Run(text=END))
        return
    for run in stretch.runs:
        told = (enclosed(text) if foreign else text for text, foreign in phrases(run.text))
        yield replace(run, text="".join(told)) if is_from_right(run.text) else run


def _side(run: Run) -> str:
    """Return the side that a run is read from; empty where its marks take that of their neighbours."""
    if not is_from_right(run.text):
        return "L" if any(direction(char) for char in run.text) else ""
    told = run.language in FROM_RIGHT_LANGUAGES if run.language else reads_from_right(run.text)
    return "R" if told else "L"


def _letter(char: str) -> str:
    """Return the side of a character; a mark upon a letter goes with the letter."""
    return "mark" if bidirectional(char) == "NSM" else direction(char)


def _joined(sides: Sequence[str]) -> list[bool]:
    """Return for each of the sides whether it is read from the right.

    What has no side of its own is where it stands between two that are.
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
