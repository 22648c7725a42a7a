"""The answers of an interview, and what they tell of the rest of its text: questions, labels, headings."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from digests.analysis.quotes import QuotedSpan

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """A paragraph of an answer without its label; ``named`` is where the full name of who gives it stands."""

    span: QuotedSpan
    named: Place
    label: Place | None = None


@dataclass(frozen=True, slots=True)
class Interview:
    """The answers, where the questions stand, and the labels that are no names in full."""

    answers: tuple[Answer, ...] = ()
    asked: tuple[Place, ...] = ()
    labels: tuple[Place, ...] = ()

    @property
    def places(self) -> frozenset[int]:
        """Where the names of those who answer begin."""
        return frozenset(one.named[0] for one in self.answers)

    def asks(self, at: int) -> bool:
        """Return whether a question stands at an offset: what is told there is the reporter's."""
        place = bisect_right(self.asked, (at, 1 << 60)) - 1
        return place >= 0 and at < self.asked[place][1]

    def outside(self, spans: Iterable[QuotedSpan]) -> list[QuotedSpan]:
        """Return the spans in no question and no answer; marks in these are their own words."""
        taken = sorted([*self.asked, *((one.span.start, one.span.end) for one in self.answers)])
        found = []
        for span in spans:
            at = bisect_right(taken, (span.start, 1 << 60)) - 1
            if at < 0 or taken[at][1] <= span.start:
                found.append(span)
        return found


NONE = Interview()


def headings(text: str, interview: Interview, spans: Iterable[QuotedSpan]) -> dict[QuotedSpan, Answer | None]:
    """Return whose words those quotes are that are paragraphs of their own: of the only one who answers.

    ``None`` where they only repeat words of an answer.
    """
    places = {one.named for one in interview.answers}
    said = "\n".join(text[one.span.start : one.span.end] for one in interview.answers).casefold()
    found: dict[QuotedSpan, Answer | None] = {}
    for span in spans if places else ():
        before, behind = text[: span.outer_start].rstrip(" \t"), text[span.outer_end :].lstrip(" \t")
        if before[-1:] not in ("", "\n") or behind[:1] not in ("", "\n"):
            continue
        if text[span.start : span.end].strip(" \u00a0.!?…").casefold() in said:
            found[span] = None
        elif len(places) == 1:
            found[span] = Answer(span, next(iter(places)))
    return found


def without_labels(text: str, interview: Interview) -> str:
    """Return the text, as long, without what labels questions: nobody is named there who acts."""
    for start, end in interview.labels:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
