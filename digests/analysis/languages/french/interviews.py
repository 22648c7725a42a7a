"""Questions and answers without quotation marks: which paragraphs are whose answers.

Two lay-outs are read: turns that a label opens ("Jeanne Morlet : …", "J. M. – …", "R. …"), and questions to
"vous" with answers in the first person below a lead that names one person. What is less plain is none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from digests.analysis.languages.french.answers import NONE, Answer, Interview, Place
from digests.analysis.languages.french.leads import interviewee, is_collected, lead_of, tells_of_meeting
from digests.analysis.languages.french.names import last_name
from digests.analysis.languages.french.turns import (
    Line,
    Name,
    Names,
    full_names,
    read_lines,
    speaks_of_himself,
    speaks_of_us,
    speaks_to_somebody,
)
from digests.analysis.languages.french.words import words
from digests.analysis.quotes import QuotedSpan

_OPENS_MARKED = re.compile(r"\W{0,3}[«“\"]")
_ENDED = re.compile(r"[.!…][ \u00a0\u202f»”\")]*$")
_TOLD = re.compile(
    r",\s(?:dit|a-t-|ajoute|explique|confie|lance|répond|sourit|raconte|poursuit)", re.IGNORECASE
)
_FEWEST, _LONGEST_QUESTION, _MOST_LABELS = 2, 60, 200


def find_interview(text: str, byline: str = "") -> Interview:
    """Return who answers what; nothing where that is not certain. The byline may say who collected it."""
    lines = read_lines(text)
    if sum(line.asks for line in lines) < _FEWEST:
        return NONE
    names = full_names(text)
    if len({line.key for line in lines}) > _MOST_LABELS:
        return NONE
    alone = interviewee(text, lead_of(lines), names)
    return _labelled(text, lines, names, alone) or _plain(text, lines, names, byline) or NONE


# --- turns with labels ---------------------------------------------------------------------------


def _labelled(
    text: str, lines: Sequence[Line], names: Sequence[Name], alone: Name | None
) -> Interview | None:
    known = Names([*names, *_named_by_labels(text, lines, names)])
    whose = {line.number: name for line in lines if (name := known.labelled(line, alone)) is not None}
    again = Counter(line.key for line in lines)
    lines = [
        line if line.number in whose or line.sign or again[line.key] > 1 else line.without_label()
        for line in lines
    ]
    turns = _turns_of_those_who_answer(text, lines, whose)
    if not turns:
        return None
    asking = _askers(lines, whose)
    answers: list[Answer] = []
    asked: list[Line] = []
    current: Name | None = None
    for line in lines:
        name = turns.get(line.number)
        if name is not None:
            answers += _answer(text, line, name, label=None if line.sign else line.label)
        elif line.number in asking and (line.label is not None or line.number + 1 in turns):
            asked.append(line)
        elif current is not None and _goes_on(text, line, current, last=line.number > max(turns)):
            answers += _answer(text, line, current)
            continue
        current = name
    return _interview(text, lines, answers, asked)


def _named_by_labels(text: str, lines: Sequence[Line], names: Sequence[Name]) -> list[Name]:
    """Return who else has a label of two words: it never asks, and says "je" twice or is told elsewhere."""
    known = {name.name.casefold() for name in names if name.sure}
    turns: dict[str, list[Line]] = {}
    for line in lines:
        if line.label is not None and len(line.key.split()) > 1 and line.key not in known:
            turns.setdefault(line.key, []).append(line)
    found = []
    for own in turns.values():
        first, last = own[0].label or (0, 0)
        name = text[first:last]
        personal = [line for line in own if speaks_of_himself(text, line.body, line.end)]
        outlet = name.split()[0] in words("not_names") | words("organization_words") or name.isupper()
        told = len(personal) >= _FEWEST or text.count(name) > len(own)
        if told and not outlet and not any(line.asks for line in own):
            found.append(Name(name.replace("\u00a0", " "), (first, last)))
    return found


def _askers(lines: Sequence[Line], whose: Mapping[int, Name]) -> set[int]:
    """Return the lines that ask: those that end so, and those with a label whose lines mostly do."""
    by_label: dict[str, list[Line]] = {}
    for line in lines:
        if line.label is not None and not line.is_reply:
            name = whose.get(line.number)
            by_label.setdefault(name.name if name is not None else line.key, []).append(line)
    asking = {line.number for line in lines if line.asks and line.label is None}
    for turns in by_label.values():
        if 2 * sum(line.asks for line in turns) > len(turns):
            asking |= {line.number for line in turns}
    return asking


def _turns_of_those_who_answer(
    text: str, lines: Sequence[Line], whose: Mapping[int, Name]
) -> dict[int, Name]:
    """Return the turns of everybody who answers, by the line's number."""
    asking = _askers(lines, whose)
    turns: dict[str, list[Line]] = {}
    for line in lines:
        if line.number in whose:
            turns.setdefault(whose[line.number].name, []).append(line)
    answering = [own for own in turns.values() if _answers(text, own, whose, asking)]
    return {line.number: whose[line.number] for own in answering for line in own}


def _answers(text: str, turns: Sequence[Line], whose: Mapping[int, Name], asking: set[int]) -> bool:
    """Return whether somebody answers: two turns in the first person, two right behind others' words."""
    unmarked = [line for line in turns if not _OPENS_MARKED.match(text, line.body)]
    if len(unmarked) < _FEWEST or any(line.number in asking for line in turns):
        return False
    own = [line for line in unmarked if _is_personal(text, line)]
    mine = {line.number for line in turns}
    others = asking | whose.keys() - mine
    behind = [line for line in turns if line.number - 1 in others]
    asked = any(line.number - 1 in asking for line in turns)
    return len(own) >= _FEWEST and 5 * len(own) >= 2 * len(turns) and len(behind) >= _FEWEST and asked


def _is_personal(text: str, line: Line) -> bool:
    return speaks_of_himself(text, line.body, line.end) or speaks_of_us(text, line.body, line.end)


# --- turns without labels ------------------------------------------------------------------------


def _plain(text: str, lines: Sequence[Line], names: Sequence[Name], byline: str) -> Interview | None:
    if max(Counter(line.key for line in lines if line.key).values(), default=0) >= _FEWEST:
        return None  # labels that are nobody's for certain
    lines = [line.without_label() for line in lines]
    lead = lead_of(lines)
    name = interviewee(text, lead, names)
    collected = is_collected(f"{byline}\n{text}")
    if name is None or not lead or not tells_of_meeting(text, lead, collected=collected):
        return None
    rounds = list(_rounds(text, lines))
    plain = [one for one in rounds if _is_exchange(text, *one)]
    if len(plain) < _FEWEST or (3 if collected else 2) * len(plain) < len(rounds):
        return None
    answers: list[Answer] = []
    for number, (_, replies) in enumerate(rounds):
        for place, line in enumerate(replies):
            last = number + 1 == len(rounds)
            if not _may_answer(text, line, name) or (place and not _goes_on(text, line, name, last=last)):
                break
            answers += _answer(text, line, name)
    asked = [line for questions, _ in rounds for line in questions]
    return _interview(text, lines, answers, asked)


def _rounds(text: str, lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield questions with what follows them."""
    questions: list[Line] = []
    replies: list[Line] = []
    for line in lines:
        if _is_question(text, line):
            if replies:
                yield questions, replies
                questions, replies = [], []
            questions.append(line)
        elif questions:
            replies.append(line)
    if questions and replies:
        yield questions, replies


def _is_question(text: str, line: Line) -> bool:
    few = len(text[line.body : line.end].split()) <= _LONGEST_QUESTION
    return line.asks and few and not _OPENS_MARKED.match(text, line.body)


def _is_exchange(text: str, questions: Sequence[Line], replies: Sequence[Line]) -> bool:
    """Return whether somebody is spoken to and answers of himself."""
    return any(speaks_to_somebody(text, line.body, line.end) for line in questions) and any(
        speaks_of_himself(text, line.body, line.end) for line in replies[:1]
    )


def _may_answer(text: str, line: Line, name: Name) -> bool:
    """Return whether a paragraph can be somebody's own: it does not tell of him, nor of what he says."""
    words = text[line.body : line.end]
    named = re.search(rf"(?<![\w-]){re.escape(last_name(name.name))}(?![\w-])", words)
    ended = _ENDED.search(words) is not None
    return ended and named is None and not _OPENS_MARKED.match(words) and not _TOLD.search(words)


# --- what both share -----------------------------------------------------------------------------


def _goes_on(text: str, line: Line, name: Name, *, last: bool) -> bool:
    """Return whether a further paragraph is still the answer; behind the last turn if it says "je"."""
    if line.asks or line.label is not None or not _may_answer(text, line, name):
        return False
    if speaks_to_somebody(text, line.body, line.end):
        return False  # may be a question without its mark: "Vous avez pourtant renoncé."
    own = speaks_of_himself(text, line.body, line.end)
    return own or (not last and speaks_of_us(text, line.body, line.end))


def _answer(text: str, line: Line, name: Name, label: Place | None = None) -> list[Answer]:
    """Return the words of a line as an answer; none where they stand between marks."""
    end = line.end - (len(text[line.body : line.end]) - len(text[line.body : line.end].rstrip()))
    if _OPENS_MARKED.match(text, line.body) or not any(map(str.isalpha, text[line.body : end])):
        return []
    span = QuotedSpan(start=line.body, end=end, outer_start=line.body, outer_end=end, paragraph=line.number)
    return [Answer(span, name.place, label)]


def _interview(
    text: str, lines: Sequence[Line], answers: Sequence[Answer], asked: Sequence[Line]
) -> Interview:
    """Return the interview; what labels questions names nobody, nor do initials and names in capitals."""
    told = {one.label for one in answers}
    labels = [line.label for line in asked if line.label is not None] + [
        line.label
        for line in lines
        if line.label in told and line.label and (" " not in line.key or text[slice(*line.label)].isupper())
    ]
    return Interview(tuple(answers), tuple((line.start, line.end) for line in asked), tuple(labels))
