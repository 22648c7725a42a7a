"""Find what stands between quotation marks, in text as dirty as news is.

Pure: text in, spans out. Marks are curly or straight doubles, guillemets, low-high doubles and,
in texts that quote with them, singles. Where a long quote opens each paragraph anew, each
paragraph is a quote of its own that says it continues.
"""

import re
from dataclasses import dataclass, replace
from itertools import accumulate

OPENERS = frozenset("“„«‟")
CLOSERS = frozenset("”»")
DOUBLES = OPENERS | CLOSERS | {'"'}
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_PARAGRAPH = re.compile(r"[^\n]+")
_SCRIPT_LABEL = re.compile(r"[A-Z][A-Z.’' -]+:\s+(?=\S)")
"""Who speaks, as transcripts print it within the marks: “DOE: I did not.” The label is nobody's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedSpan:
    """Text between marks: ``start`` and ``end`` leave the marks out, ``outer_*`` take them in.

    ``continues`` says that the quote goes on in the next paragraph, which opens with a mark.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    paragraph: int
    continues: bool = False


def count_words(text: str) -> int:
    """Return how many words stand in ``text``."""
    return len(_WORD.findall(text))


def find_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Return the offsets of every line that holds more than white space."""
    return tuple(match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip())


def find_quotes(text: str) -> tuple[QuotedSpan, ...]:
    """Return every quoted span of ``text`` in order; spans never overlap."""
    paragraphs = find_paragraphs(text)
    singles = _quotes_with_singles(text)
    found: list[QuotedSpan] = []
    unclosed = False
    for number, (start, end) in enumerate(paragraphs):
        scanner = _Scanner(text, number, start, end, carried=unclosed)
        spans = scanner.scan()
        if singles:
            outer = _scan_singles(text, number, start, end)
            spans = sorted((*outer, *_outside(spans, outer)), key=lambda span: span.start)
        next_opens = number + 1 < len(paragraphs) and _goes_on(text, paragraphs[number + 1][0])
        unclosed = scanner.left_open
        if unclosed and spans:
            spans[-1] = replace(spans[-1], continues=next_opens)
        found.extend(span for span in spans if text[span.start : span.end].strip())
    return tuple(_trim(text, span) for span in found)


def _goes_on(text: str, start: int) -> bool:
    """Return whether a paragraph opens with a mark, and not with another speaker's label behind it."""
    head = text[start : start + 40].lstrip()
    return bool(head) and (head[0] in OPENERS or head[0] == '"') and not _SCRIPT_LABEL.match(head, 1)


def _trim(text: str, span: QuotedSpan) -> QuotedSpan:
    """Return the span without white space at its edges, and without the label of who speaks."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    label = _SCRIPT_LABEL.match(text, start, end)
    if label is None:
        return replace(span, start=start, end=end)
    return replace(span, start=label.end(), end=end, outer_start=label.end())


class _Scanner:
    """One paragraph's walk from mark to mark."""

    def __init__(self, text: str, number: int, start: int, end: int, *, carried: bool) -> None:
        self.text, self.number, self.start, self.end = text, number, start, end
        self.open_at: int | None = None
        self.depth = 0
        self.left_open = False
        self.spans: list[QuotedSpan] = []
        self.openers: tuple[int, ...] = ()
        self.carried = carried
        self.marks = self._find_marks()

    def scan(self) -> list[QuotedSpan]:
        if self.carried and self.marks and not self._is_opener(self.marks[0]):
            # The quote of the paragraph before runs on, and this one forgot its opening mark.
            self.open_at = self.start - 1
        for position, mark in enumerate(self.marks):
            if self._is_opener(mark):
                self._open(mark, position)
            else:
                self._close(mark)
        if self.open_at is not None:
            self.left_open = True
            self._add(self.open_at, self.end, self.end)
        return self.spans

    def _open(self, mark: int, position: int) -> None:
        if self.open_at is None:
            self.open_at, self.depth = mark, 1
            return
        rest, openers = len(self.marks) - position, self._openers_from(position)
        if rest - openers > openers:
            self.depth += 1
            return
        # The old quote was never closed: the new mark starts afresh.
        self.open_at, self.depth = mark, 1

    def _openers_from(self, position: int) -> int:
        """Return how many marks open from ``position`` on, read with a quote open; counted once."""
        if not self.openers:
            opening = map(self._is_opener, reversed(self.marks))
            self.openers = tuple(accumulate(opening, initial=0))
        return self.openers[len(self.marks) - position]

    def _close(self, mark: int) -> None:
        if self.open_at is None:
            return
        self.depth -= 1
        if self.depth <= 0:
            self._add(self.open_at, mark, mark + 1)
            self.open_at, self.depth = None, 0

    def _add(self, opener: int, end: int, outer_end: int) -> None:
        if opener + 1 < end:
            self.spans.append(
                QuotedSpan(
                    start=opener + 1,
                    end=end,
                    outer_start=max(opener, self.start),
                    outer_end=outer_end,
                    paragraph=self.number,
                )
            )

    def _is_opener(self, mark: int) -> bool:
        """Return whether the mark opens, by its shape and, where shapes lie, by the space around it."""
        before = self.text[mark - 1] if mark > self.start else " "
        after = self.text[mark + 1] if mark + 1 < self.end else " "
        could_open = (before.isspace() or before in "([—–-/‘'" + "".join(OPENERS)) and not after.isspace()
        could_close = not before.isspace() and not after.isalnum()
        shape = self.text[mark]
        if shape in OPENERS:
            return could_open or not could_close
        if shape in CLOSERS:
            return could_open and not could_close and self.open_at is None
        if could_open == could_close:
            return self.open_at is None
        return could_open

    def _find_marks(self) -> list[int]:
        """Return where marks stand, but for inches (6'2" with no quote open that they close) and markup."""
        marks, is_open = [], False
        for at in range(self.start, self.end):
            if self.text[at] == '"':
                if not is_open and (self.text[at - 1 : at].isdigit() or self.text[at - 1 : at] == "="):
                    continue
                is_open = not is_open
            if self.text[at] in DOUBLES:
                marks.append(at)
        return marks


# --- singles -------------------------------------------------------------------------------------


def _quotes_with_singles(text: str) -> bool:
    """Return whether the text quotes with single marks, as British papers do."""
    singles = len(_SINGLE_WORD.findall(text))
    return singles >= 2 and singles > len(_DOUBLE_WORD.findall(text))


_SINGLE_WORD = re.compile(r"(?:^|(?<=[\s(]))[‘'](?=\w)", re.MULTILINE)
_DOUBLE_WORD = re.compile(r"(?:^|(?<=[\s(]))[“\"](?=\w)", re.MULTILINE)
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(]))[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w,.?!…])[’'](?!\w)")


def _outside(spans: list[QuotedSpan], outer: list[QuotedSpan]) -> list[QuotedSpan]:
    """Return the spans that lie in none of ``outer``: doubles inside singles are nested quotes."""
    return [
        s
        for s in spans
        if not any(o.outer_start < s.outer_end and s.outer_start < o.outer_end for o in outer)
    ]


def _scan_singles(text: str, number: int, start: int, end: int) -> list[QuotedSpan]:
    spans: list[QuotedSpan] = []
    position = start
    line = text[:end]
    while (opener := _SINGLE_OPEN.search(line, position)) is not None:
        following = _SINGLE_OPEN.search(line, opener.end())
        limit = following.start() if following else end
        closers = [match.start() for match in _SINGLE_CLOSE.finditer(line, opener.end(), limit)]
        if not closers:
            position = opener.end()
            continue
        close = next((c for c in closers if text[c - 1] in ",.?!…"), closers[-1])
        spans.append(
            QuotedSpan(
                start=opener.end(),
                end=close,
                outer_start=opener.start(),
                outer_end=close + 1,
                paragraph=number,
            )
        )
        position = close + 1
    return spans
