"""Find what stands between quotation marks in any language: „…“, «…», »…«, ”…”, 「…」, "…".

Which way a mark looks is told by the space around it, and by the language where that says nothing:
« opens in French and closes in German, “ opens in English and closes in German, ” does both in Swedish.
Marks within a quote are the quote's own words.
"""

from dataclasses import dataclass, replace

from digests.analysis.quotes import QuotedSpan, find_paragraphs

_CLOSERS = {
    "„": "“”\"‟", "“": "”\"", "‟": "”\"", "”": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹", '"': '"',
    "＂": "＂", "「": "」", "『": "』", "‘": "’",
}  # fmt: skip
"""What closes a quote that each mark opens."""

_MARKS = frozenset(_CLOSERS) | frozenset("".join(_CLOSERS.values()))
_ALWAYS_OPEN, _ALWAYS_CLOSE = frozenset("„「『"), frozenset("」』")
_LOW = frozenset("de cs sk bg sl hr sr is et lt lv sq mk ka hu pl ro".split())
"""Languages that quote „so“ or „so”: “ closes there."""

_INWARD = frozenset("de da cs sk sl hr sr hu".split())
"""Languages that quote »so« where they use these marks."""

_EITHER_WAY = _INWARD | {"sv", "fi", "no"}
_SINGLES = frozenset({"nl"})
_BEFORE_OPENING = frozenset("([{—–-/'’:¿¡")


def find_marked(text: str, language: str) -> tuple[QuotedSpan, ...]:
    """Return every quoted span of ``text`` in order, marks left out; spans never overlap."""
    paragraphs = find_paragraphs(text)
    found: list[QuotedSpan] = []
    carried = ""
    for number, bounds in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        walk = _Walk(text, language, number, bounds, carried)
        found.extend(walk.spans)
        carried = ""
        if walk.open is not None:
            goes_on = following is not None and _goes_on(text, language, following, walk.open.mark)
            carried = walk.open.mark if goes_on else ""
            found.extend(walk.rest(goes_on=goes_on))
    return tuple(span for span in (_trimmed(text, one) for one in found) if span is not None)


@dataclass(frozen=True, slots=True)
class _Open:
    """A quote that is open: its mark, where that stands, and how deep the same mark is nested."""

    mark: str
    at: int
    depth: int = 1


class _Walk:
    """One paragraph's walk from mark to mark."""

    def __init__(self, text: str, language: str, number: int, bounds: tuple[int, int], carried: str) -> None:
        self.text, self.language, self.number = text, language, number
        self.start, self.end = bounds
        self.spans: list[QuotedSpan] = []
        self.open: _Open | None = None
        marks = self._marks()
        if carried:
            marks = self._carry_on(marks, carried)
        self._left: dict[str, int] = {}
        for at in marks:
            self._left[text[at]] = self._left.get(text[at], 0) + 1
        for at in marks:
            self._left[text[at]] -= 1
            self._step(at)

    def _marks(self) -> list[int]:
        """Return where marks stand, but for inches (6'2" with no quote open that they close)."""
        marks, straight = [], False
        for at in range(self.start, self.end):
            mark = self.text[at]
            if mark not in _MARKS or (mark in "‘’" and not self._is_single(at)):
                continue
            if mark == '"':
                if not straight and self.text[at - 1 : at].isdigit():
                    continue
                straight = not straight
            marks.append(at)
        return marks

    def _is_single(self, at: int) -> bool:
        inside = self.text[at - 1 : at].isalnum() and self.text[at + 1 : at + 2].isalnum()
        return self.language in _SINGLES and not inside

    def _carry_on(self, marks: list[int], carried: str) -> list[int]:
        """Open the paragraph where the quote before runs on, with a mark of its own or without."""
        head = len(self.text[self.start : self.end]) - len(self.text[self.start : self.end].lstrip())
        first = self.start + head
        if marks and marks[0] == first:
            self.open = _Open(carried, first)
            return marks[1:]
        self.open = _Open(carried, first - 1)
        return marks

    def _step(self, at: int) -> None:
        mark = self.text[at]
        if self.open is None:
            if mark in _CLOSERS and _looks_open(self.text, self.language, at, self.start, self.end):
                self.open = _Open(mark, at)
            return
        closers = _CLOSERS[self.open.mark]
        opens = mark == self.open.mark and (
            mark not in closers or _looks_open(self.text, self.language, at, self.start, self.end)
        )
        if opens and mark not in '"＂':
            self._open_again(at)
        elif mark in closers:
            self._close(at)

    def _open_again(self, at: int) -> None:
        """Nest, or begin afresh where too few marks are left to close both."""
        if self.open is None:
            return
        left = sum(self._left.get(closer, 0) for closer in _CLOSERS[self.open.mark])
        if self.text[at] not in _CLOSERS[self.open.mark] and left > self.open.depth:
            self.open = replace(self.open, depth=self.open.depth + 1)
        elif self.text[at] not in _CLOSERS[self.open.mark]:
            self.open = _Open(self.text[at], at)

    def _close(self, at: int) -> None:
        if self.open is None:
            return
        if self.open.depth > 1:
            self.open = replace(self.open, depth=self.open.depth - 1)
            return
        self._add(at, at + 1)
        self.open = None

    def _add(self, end: int, outer_end: int) -> None:
        if self.open is not None and self.open.at + 1 < end:
            self.spans.append(
                QuotedSpan(
                    start=self.open.at + 1,
                    end=end,
                    outer_start=max(self.open.at, self.start),
                    outer_end=outer_end,
                    paragraph=self.number,
                )
            )

    def rest(self, *, goes_on: bool) -> list[QuotedSpan]:
        """Return the quote that is open at the paragraph's end, unless its mark is a stray one."""
        if self.open is None:
            return []
        before = self.text[self.start : max(self.open.at, self.start)].rstrip()
        if not goes_on and before and before[-1] not in ":,.":
            return []
        self.spans = []
        self._add(self.end, self.end)
        return [replace(span, continues=goes_on) for span in self.spans]


def _looks_open(text: str, language: str, at: int, start: int, end: int) -> bool:
    """Return whether the mark opens: by its shape, by the space around it, by the language's custom."""
    mark = text[at]
    if mark in _ALWAYS_OPEN or mark in _ALWAYS_CLOSE:
        return mark in _ALWAYS_OPEN
    if mark in "«»‹›" and language not in _EITHER_WAY:
        return mark in "«‹"
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    could_open = not after.isspace() and (
        before.isspace() or before in _BEFORE_OPENING or before in _MARKS or not before.isascii()
    )
    could_close = not before.isspace() and not after.isalnum()
    if could_open != could_close:
        return could_open
    if mark in "«»":
        return (mark == "»") == (language in _INWARD)
    return mark in '"＂‘' or (mark == "“" and language not in _LOW)


def _goes_on(text: str, language: str, bounds: tuple[int, int], mark: str) -> bool:
    """Return whether the next paragraph opens with a mark, or closes the quote before it opens another."""
    paragraph = text[bounds[0] : bounds[1]].lstrip()
    offset = bounds[1] - len(text[bounds[0] : bounds[1]].lstrip())
    if paragraph[:1] == mark or paragraph[:1] in _CLOSERS[mark]:
        return True
    if mark in '"＂':
        return False
    first = next((i for i, letter in enumerate(paragraph) if letter in _MARKS and letter not in "‘’"), None)
    return (
        first is not None
        and paragraph[first] in _CLOSERS[mark]
        and not _looks_open(text, language, offset + first, *bounds)
    )


def _trimmed(text: str, span: QuotedSpan) -> QuotedSpan | None:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return replace(span, start=start, end=end) if start < end else None
