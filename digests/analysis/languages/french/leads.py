"""Whom the lead of an interview introduces: the one person who is asked."""

import re
from collections.abc import Sequence

from digests.analysis.languages.french.turns import Line, Name, speaks_of_himself, speaks_to_somebody

_COLLECTED = re.compile(
    r"\b(?:propos|interview|entretien)\s(?:recueillie?s?|réalisée?|menée?)\b", re.IGNORECASE
)
_CREDIT = re.compile(
    r"^\W*(?:propos )?(?:recueillie?s?|traduite?s?|réalisée?s?|interview|entretien)\b[^\n.!?]{0,40}? par"
    r" [^\n.!?]{3,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_MEETING = re.compile(
    r"\b(?:entretien|interview|rencontre|répond|questions|se confie|s['’]est confiée?|se livre|raconte"
    r"|revient|évoque|explique|nous (?:a|reçoit|accorde))\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:entretien|interview|rencontre|échange|conversation)\s(?:\w+\s)?avec\s[^.\n]{0,90}$", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"[^.\n]{0,120}?\s(?:répond|a répondu|se confie|s['’]est confiée?|a accordé"
    r"|nous (?:a|accorde|reçoit|raconte|explique))\b"
)


def lead_of(lines: Sequence[Line]) -> list[Line]:
    """Return what stands before the first question or turn; a dash begins one."""
    lead: list[Line] = []
    for line in lines:
        if line.asks or line.initials or line.sign or line.bare > line.start:
            break
        lead.append(line)
    return lead


def interviewee(text: str, lead: Sequence[Line], names: Sequence[Name]) -> Name | None:
    """Return the one person whom a lead names, or says to answer."""
    if not lead:
        return None
    end = lead[-1].end
    inside = [name for name in names if name.place[0] < end and not _collects(text, name)]
    if len(inside) > 1:
        inside = _asked(text, lead[0].start, sorted(inside, key=lambda name: name.place))
    return inside[0] if inside else None


def _asked(text: str, start: int, names: Sequence[Name]) -> list[Name]:
    """Return whom the words around the names say to be asked: first behind "with", last before "answers"."""
    behind = [name for name in names if _WITH.search(text, start, name.place[0])][:1]
    before = [name for name in names if _ANSWERS.match(text, name.place[1])][-1:]
    return behind if not before or behind == before else before if not behind else []


def _collects(text: str, name: Name) -> bool:
    before = text[text.rfind("\n", 0, name.place[0]) + 1 : name.place[0]]
    return _COLLECTED.search(before) is not None or before.strip().casefold() in ("par", "de")


def tells_of_meeting(text: str, lead: Sequence[Line], *, collected: bool) -> bool:
    """Return whether a lead brings an interview in: not a letter or the reporter's own story, with "je".

    Its own words need not say so where the answers are said to be ``collected``.
    """
    start, end = lead[0].start, lead[-1].end
    if speaks_of_himself(text, start, end) or speaks_to_somebody(text, start, end):
        return False
    return collected or _MEETING.search(text, start, end) is not None


def is_collected(text: str) -> bool:
    """Return whether a text, or its byline, says that somebody's words were collected."""
    return _COLLECTED.search(text) is not None


def collectors(text: str) -> str:
    """Return the lines that tell who collected the words: "Propos recueillis par …"."""
    return " ".join(match[0] for match in _CREDIT.finditer(text))
