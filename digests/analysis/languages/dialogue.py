"""Turns of speech behind a dash at a paragraph's start: "—No lo sé —dijo Ana Ruiz."."""

import re
from collections.abc import Iterable, Sequence

from digests.analysis.languages.certain import incises
from digests.analysis.languages.table import Table
from digests.analysis.quotes import QuotedSpan, find_paragraphs

_DASH = re.compile(r"[ \u00a0\u202f]*[—–][ \u00a0\u202f]?(?=[^\W_]|[¿¡«“\"…])")


def find_turns(text: str, marked: Iterable[QuotedSpan], table: Table) -> list[QuotedSpan]:
    """Return the turns of each run of such paragraphs in which the reporter says who speaks."""
    taken = {span.paragraph for span in marked}
    found: list[QuotedSpan] = []
    run: list[QuotedSpan] = []
    for number, (start, end) in enumerate(find_paragraphs(text)):
        dash = _DASH.match(text, start, end)
        if dash is not None and number not in taken and dash.end() < end:
            turn = QuotedSpan(
                start=dash.end(), end=end, outer_start=dash.start(), outer_end=end, paragraph=number
            )
            run.append(turn)
            continue
        found += _spoken(text, run, table)
        run = []
    return found + _spoken(text, run, table)


def _spoken(text: str, run: Sequence[QuotedSpan], table: Table) -> list[QuotedSpan]:
    """Return a run of turns unless no verb of saying stands behind a dash in it."""
    return [*run] if any(incises(text, span, table) for span in run) else []
