"""What somebody is told to have said without quotation marks: "la maire a déclaré que le pont fermera"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from digests.analysis.languages.french.asserted import is_asserted
from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.contents import content_behind, content_end, pieces_of
from digests.analysis.languages.french.found import Found
from digests.analysis.languages.french.mentions import Mention, is_somebody, read_mention
from digests.analysis.languages.french.resolve import NOBODY, Resolved
from digests.analysis.languages.french.roles import role_behind
from digests.analysis.languages.french.sources import source_before, source_behind
from digests.analysis.languages.french.subjects import is_noun
from digests.analysis.languages.french.verbs import WORD, Verb, find_subject, read_inverted, read_verb
from digests.analysis.languages.french.words import infinitives, say_forms

_VERB_START = re.compile(rf"(?<![\w’'-])(?={WORD})")
_BEHIND = re.compile(r",\s+(?=selon\s|d['’]après\s|[a-zé])")
_ADDING = re.compile(
    r"(?:,\s|tout en |\ben |avant de |avant d['’]|pour )(?P<verb>[^\W\d_]+(?:ant|er|ir|re))"
    r"\s(?P<that>que\s|qu['’])"
)
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' -]+ ?(?:\([^()\n]{2,40}\))? ?[-–—] ?")
_NEXT = re.compile(r",\s+")
_COMMA = re.compile(r"[^.;:!?]{0,120}?,\s+")
_BREAK = re.compile(r"[.;:!?]|,[^,]*,")
_FINITE = re.compile(
    r"(?<![\w’'-])(?:(?:[nls]['’]|y )?(?:est|a|ont|sont|était|avait|va|vont|ira|iront|fait|font|faut|doit"
    r"|peut|reste|veut|risque|suffit|manque|prévoit|reçoit|ouvre|coûte|attend|prend|met|perd|vend|permet|dépasse"
    r"|revient|vient|devient|tient)"
    r"|[^\W\d_]{2,}(?:ra|ront|rait|raient|ait|aient|èrent|isse|issent|ent))(?![\w’'])"
)
"""A verb that a sentence can have, by its form: not complete, but no role and few nouns look so."""

_BESIDE = re.compile(
    r"(?:l['’]|l[ae]s?\s|son\s|sa\s|ses\s)(?:entourage|cabinet|équipe|services?|collaborateurs|famille|proches|camp)"
    r"\s(?:d[eu]s?\s|d['’])",
    re.IGNORECASE,
)
"""Those around somebody, who are not he: "l'entourage du ministre"."""

_UNNAMED = 0.8
_FEW_WORDS = 3
_LONGEST = 400
_SOURCE = re.compile(
    r"\W*(?:selon|pour|d['’]après|à en croire|à (?P<himself>l['’])(?:en croire|entendre))(?=[\s,])",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:(?:qui|dont|où)\s|(?:cité|interrogé|joint|contacté|invité|rencontré|âgé|venu|présent|né|lui-même|elle-même)"
    r"e?s?[\s,])[^,.;:]*,?\s*(?<=,\s)",
)


class Form(IntEnum):
    """How what was said hangs on who tells it."""

    CLAUSE = 0
    """ "a déclaré que le pont fermera" """

    INFINITIVE = 1
    """ "a promis de fermer le pont", "dit vouloir fermer le pont" """

    ADDED = 2
    """ "…, ajoutant que le pont fermera" """

    SOURCE = 3
    """ "Selon la maire, le pont fermera" """

    BEFORE = 4
    """ "Le pont fermera, a indiqué la maire" """

    BROKEN = 5
    """ "Le pont, a indiqué la maire, fermera" """


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told to have said: its offsets, who, how, and the verb where one tells it."""

    start: int
    end: int
    who: Resolved
    mention: Mention
    verb: Verb | None
    form: Form
    inner: bool = False
    """Whether the sentence goes on behind it: "Odile, qui avait promis de partir, reste"."""


def find_statements(attributor: Attributor, found: Sequence[Found | None]) -> tuple[Told, ...]:
    """Return the statements of an article, one a sentence at most, none within what is quoted.

    ``found`` are the speakers of the pieces: "…, a-t-elle dit, ajoutant que …" is told by the same.
    """
    text = attributor.text
    statements = []
    for start, end in attributor.sentences.spans:
        if text[start:end].rstrip().endswith("?"):
            continue
        told = _clause(attributor, start, end) or _adding(attributor, found, start, end)
        if told is None and not is_quoting(attributor, start, end):
            told = _according(attributor, start, end) or _behind(attributor, start, end)
        if told is None or is_quoting(attributor, told.start, told.end):
            continue
        attributor.resolver.speaks(told.mention.start, told.who)
        statements += [
            part for part in _parts(text, told) if len(text[part.start : part.end].split()) >= _FEW_WORDS
        ]
    return tuple(statements)


def _parts(text: str, told: Told) -> list[Told]:
    """Return what one verb reports piece by piece; the first one stands for all where it is printed."""
    bounds = pieces_of(text, told.start, told.end) if told.form is Form.CLAUSE else [(told.start, told.end)]
    first, *others = (replace(told, start=start, end=end) for start, end in bounds)
    return [first, *(replace(one, form=Form.ADDED) for one in others)]


def is_quoting(attributor: Attributor, start: int, end: int) -> bool:
    """Return whether something is quoted between two offsets."""
    after = bisect_left(attributor.pieces, end, key=lambda piece: piece.span.outer_start)
    return any(start < piece.span.outer_end for piece in attributor.pieces[max(0, after - 3) : after])


def _adding(attributor: Attributor, found: Sequence[Found | None], start: int, end: int) -> Told | None:
    """Read "…, a-t-elle dit, ajoutant que …" and "… avant de promettre que …"."""
    text, flat = attributor.text, attributor.sentences.flat
    match = _ADDING.search(flat, start, end)
    if match is None or not _is_saying(match["verb"]):
        return None
    index = bisect_left(attributor.pieces, match.start(), key=lambda piece: piece.span.outer_start) - 1
    row = found[index] if index >= 0 and attributor.pieces[index].span.outer_start >= start else None
    said = match.end("that"), end
    if row is not None and row.mention is not None:
        return _told(attributor, said, Form.ADDED, row.mention, None, row.who)
    mention = attributor.subjects.of_sentence(start, match.start())
    if mention is None or not is_somebody(text, mention):
        return None
    return _made(attributor, said, Form.ADDED, mention, None)


def _is_saying(verb: str) -> bool:
    return verb in infinitives() or (verb.endswith("ant") and verb in say_forms())


def _clause(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "elle a déclaré lundi que …" and "elle a promis de …"."""
    text, behind = attributor.text, start
    for match in _VERB_START.finditer(text, start, end):
        verb = read_verb(text, match.start()) if match.start() >= behind else None
        if (
            verb is None
            or verb.end > end
            or is_noun(text, match.start())
            or attributor.sentences.flat[verb.start : verb.end] != text[verb.start : verb.end]
        ):
            continue
        behind = verb.end
        content = content_behind(attributor.subjects, verb, end)
        if content is None:
            continue
        mention = _subject(attributor, verb, start) if is_asserted(text, start, verb) else None
        if mention is None or not is_somebody(text, mention):
            return None
        form = Form.INFINITIVE if content[1] else Form.CLAUSE
        last, inner = content_end(attributor.subjects, verb, (start, end), content[0])
        told = _made(attributor, (content[0], last), form, mention, verb)
        return replace(told, inner=inner) if told is not None else None
    return None


def _subject(attributor: Attributor, verb: Verb, start: int) -> Mention | None:
    return Mention(*verb.pronoun, pronoun=True) if verb.pronoun else attributor.subjects.before(verb, start)


def _according(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "Selon la maire, …"."""
    text = attributor.text
    opening = _SOURCE.match(text, start, end)
    mention = source_before(text, attributor.cast, start, end)
    if opening is not None and opening["himself"] is not None:
        mention = Mention(*opening.span("himself"), pronoun=True)
    if mention is None or opening is None or _BREAK.search(text, opening.end(), mention.start):
        return None
    comma = _COMMA.match(text, mention.end, end)
    if comma is None:
        return None
    said = _behind_appositions(text, mention, comma.end(), end), end
    return _made(attributor, said, Form.SOURCE, mention, None)


def _behind_appositions(text: str, mention: Mention, at: int, end: int) -> int:
    """Return where the statement begins, behind a role between commas: "Selon Solène, présidente, les …"."""
    role = role_behind(text, mention.end)
    if role is None or text.find(role, mention.end, end) < 0:
        return _behind_asides(text, at, end)
    behind = _NEXT.match(text, text.find(role, mention.end, end) + len(role))
    return _behind_asides(text, behind.end() if behind is not None else at, end)


def _behind_asides(text: str, at: int, end: int) -> int:
    """Return where a statement begins behind what else tells of its source: "Selon elle, jointe lundi, …"."""
    aside = _ASIDE.match(text, at, end)
    return aside.end() if aside is not None else at


def _behind(attributor: Attributor, start: int, end: int) -> Told | None:
    """Read "…, a indiqué la préfecture", "…, selon elle" and "Le pont, a-t-elle dit, fermera"."""
    text = attributor.text
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline is not None else start
    for comma in _BEHIND.finditer(text, start, min(end, start + _LONGEST)):
        read = _attribution(attributor, comma)
        if read is None:
            continue
        mention, verb = read
        if _has_verb(attributor, start, comma.start()):
            return _made(attributor, (start, comma.start()), Form.BEFORE, mention, verb)
        rest = _COMMA.match(text, max(mention.end, verb.end if verb is not None else 0), end)
        if rest is not None and _has_verb(attributor, rest.end(), end):
            return _made(attributor, (rest.end(), end), Form.BROKEN, mention, verb)
    return None


def _attribution(attributor: Attributor, comma: re.Match[str]) -> tuple[Mention, Verb | None] | None:
    """Return who tells it, and the verb, behind a comma: ", selon elle", ", a indiqué la préfecture"."""
    text = attributor.text
    mention, verb = source_behind(text, attributor.cast, comma.start()), None
    if mention is None:
        verb = read_inverted(text, comma.end())
        if verb is None or text[comma.end() : verb.start].strip():
            return None
        at = find_subject(text, verb.end)
        mention = (
            Mention(*verb.pronoun, pronoun=True)
            if verb.pronoun
            else read_mention(text, attributor.cast, verb.end if at is None else at)
        )
    return (mention, verb) if mention is not None and is_somebody(text, mention) else None


def _has_verb(attributor: Attributor, start: int, end: int) -> bool:
    """Return whether words look like a sentence, not like a name with a role: "Le maire, Paul Vasseur"."""
    found = _FINITE.search(attributor.text, start, end)
    return found is not None or attributor.subjects.any_within(start, end)


def _made(
    attributor: Attributor, said: tuple[int, int], form: Form, mention: Mention, verb: Verb | None
) -> Told | None:
    made = _told(attributor, said, form, mention, verb, NOBODY)
    if made is None or (mention.start < made.end and mention.end > made.start):
        return None
    if mention.person is None and _BESIDE.match(attributor.text, mention.start, mention.end):
        printed = attributor.text[mention.start : mention.end]
        return replace(made, who=Resolved(printed[:1].lower() + printed[1:], None, _UNNAMED))
    return replace(made, who=attributor.resolver.resolve(mention))


def _told(
    attributor: Attributor,
    said: tuple[int, int],
    form: Form,
    mention: Mention,
    verb: Verb | None,
    who: Resolved,
) -> Told | None:
    """Return the statement between two offsets, without the marks at its end; none where nothing is left."""
    text, (start, end) = attributor.text, said
    while end > start and text[end - 1] in " \u00a0\n\t.,;":
        end -= 1
    return Told(start, end, who, mention, verb, form) if start < end <= start + _LONGEST else None
