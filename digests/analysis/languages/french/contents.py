"""What a French verb of saying reports: where it begins behind the verb, where it ends, and its pieces."""

import re

from digests.analysis.languages.french.infinitives import infinitive_behind
from digests.analysis.languages.french.subjects import Subjects
from digests.analysis.languages.french.verbs import WORD, Verb

_THAT = re.compile(r"(?:[^\S\n]+[^\s,.;:]+){0,4}?(?:,[^\n,.;:«»]{2,40},)?,?\s+(?P<that>que\s+|qu['’])")
_AND_THAT = re.compile(r"(?:,|,?\s(?P<and>et))\s+(?:que\s+|qu['’])")
_WHILE = re.compile(
    r"\W*(?:après|alors|tandis|pendant|bien|puis|parce|depuis|maintenant|outre|sans compter) ?qu(?:e\s|['’])",
    re.IGNORECASE,
)
"""What opens a clause that the sentence goes on behind: "**Après que** la maire a dit que …, ils ont ri"."""

_WHO = re.compile(r"(?:^|\s)qui\s(?:[^\W\d_]+ment\s)?$")
_DEED = re.compile(
    r"[^.;]*?(?:ait|aient|ra|ront)\b[^.;]*?(?P<and>,?\s(?:et|puis))\s(?:s['’]|l['’]|en |y )?(?P<verb>a|est)\s"
)


def content_behind(subjects: Subjects, verb: Verb, end: int) -> tuple[int, bool] | None:
    """Return where begins what a verb reports, and whether it is an infinitive."""
    infinitive = infinitive_behind(subjects, verb, end)
    that = _THAT.match(subjects.text, verb.end, end)
    if that is not None and (infinitive is None or that.end("that") < infinitive):
        return that.end("that"), False
    return (infinitive, True) if infinitive is not None else None


def content_end(subjects: Subjects, verb: Verb, sentence: tuple[int, int], at: int) -> tuple[int, bool]:
    """Return where that ends which begins at ``at``, and whether its sentence goes on with something else.

    So it does in "**Après que** la maire a dit que …, ils ont ri" and in "Odile, **qui** a dit que …, reste".
    """
    start, end = sentence
    text = subjects.text
    if _WHILE.match(text, start, verb.start) or _WHO.search(text, start, verb.start):
        comma = text.find(",", at, end)
        if comma >= 0:
            return comma, True
    return _next_deed(subjects, verb, at, end), False


def _next_deed(subjects: Subjects, verb: Verb, at: int, end: int) -> int:
    """Return where somebody does something else: "a jugé que … **et a appelé** au calme", "… ; le …"."""
    text, parsed = subjects.text, subjects.parsed
    semicolon = text.find(";", at, end)
    end = semicolon if semicolon >= 0 else end
    said = subjects.token_at(verb.end - 1)
    for kid in parsed.kids(said) if said is not None else ():
        if kid.dep == "conj" and at < kid.start < end:
            joins = [one for one in parsed.kids(kid) if one.dep == "cc" and one.start > at]
            if joins:
                return joins[0].start
    deed = _DEED.match(text, at, end)
    return deed.start("and") if deed is not None and _has_tense(text, verb, deed["verb"]) else end


def _has_tense(text: str, verb: Verb, auxiliary: str) -> bool:
    """Return whether a verb stands in the tense of an auxiliary: "a jugé … a appelé"."""
    return auxiliary in re.findall(WORD, text[verb.start : verb.end])[:-1]


def pieces_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the bounds of what one verb reports, piece by piece: "que le pont est vieux **et qu'**il …"."""
    joins = list(_AND_THAT.finditer(text, start, end))
    if not joins or not joins[-1]["and"]:
        return [(start, end)]
    starts = [start, *(join.end() for join in joins)]
    return list(zip(starts, [*(join.start() for join in joins), end], strict=True))
