"""Turns of speech behind a dash at a paragraph's start: "—No lo sé —dijo Ana Ruiz."."""

import re
from collections.abc import Callable, Iterable, Sequence

from digests.analysis.languages.certain import incises
from digests.analysis.languages.table import Table
from digests.analysis.quotes import QuotedSpan, find_paragraphs

_DASH = re.compile(r"[ \u00a0\u202f]*[—–][ \u00a0\u202f]?(?=[^\W_]|[¿¡«“\"…])")


def find_turns(text: str, marked: Iterable[QuotedSpan], table: Table) -> list[QuotedSpan]:
    """Return the turns of a language with a table: in one of each run a verb of saying has a dash."""
    return turns_behind(_DASH, text, marked, lambda run: any(incises(text, span, table) for span in run))


def turns_behind(
    dash: re.Pattern[str],
    text: str,
    marked: Iterable[QuotedSpan],
    is_spoken: Callable[[Sequence[QuotedSpan]], bool],
) -> list[QuotedSpan]:
    """Return the turns behind dashes: runs of such paragraphs of which the reporter says who speaks."""
    taken = {span.paragraph for span in marked}
    found: list[QuotedSpan] = []
    run: list[QuotedSpan] = []
    for number, (start, end) in enumerate(find_paragraphs(text)):
        begun = dash.match(text, start, end)
        if begun is not None and number not in taken and begun.end() < end:
            run.append(_turn(begun, end, number))
            continue
        found += run if is_spoken(run) else []
        run = []
    return found + (run if is_spoken(run) else [])


def _turn(begun: re.Match[str], end: int, number: int) -> QuotedSpan:
    return QuotedSpan(start=begun.end(), end=end, outer_start=begun.start(), outer_end=end, paragraph=number)
