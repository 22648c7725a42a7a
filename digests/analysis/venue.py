"""Where and when something was said, as printed: "in a post on X", "told reporters at a hearing"."""

import re
from collections.abc import Sequence

from digests.analysis.tokens import Entity, Parsed, Token

_PREPOSITIONS = frozenset(
    {"in", "at", "on", "during", "after", "to", "via", "through", "before", "from", "by", "outside", "inside"}
)
_PLACES = frozenset(
    """statement interview post conference briefing tweet letter email e-mail speech hearing meeting rally
    testimony court filing video podcast memo message thread appearance session debate address remarks
    call broadcast program programme show episode column op-ed essay report newsletter event forum panel
    lecture ceremony press reporters journalists council parliament lawmakers x twitter facebook
    instagram truth social telegram tiktok youtube linkedin bluesky mastodon radio television tv
    telephone phone release visit summit town hall affidavit complaint lawsuit ruling judgment opinion
    livestream webcast announcement vigil steps corridor crowd note commentary channel recording gallery
    chamber podium stage sidelines locker dressing blog voicemail transcript deposition brief website
    supporters delegates stream feed funeral memorial protest picket pulpit""".split()
)
_PERSONS = frozenset("him her them us me you it".split())
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WHEN = re.compile(
    rf"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b{_MONTHS} \d|\b\d{{1,2}} {_MONTHS}\b"
    r"|\b(?:yesterday|today|tonight|earlier|ago)\b"
    r"|\blast (?:week|month|night|year|spring|summer|fall|autumn|winter)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_LONGEST = 14
_FAR = 12


def find_venue(parsed: Parsed, cue: Token) -> str | None:
    """Return where it was said, in the article's words around ``cue``, or ``None``."""
    near = [
        *parsed.kids(cue),
        *(inner for kid in parsed.kids(cue) if _is_behind(cue, kid) for inner in parsed.kids(kid)),
    ]
    spans = [span for kid in near if (span := _phrase(parsed, cue, kid)) is not None]
    spans = _apart(spans) or list(_opening(parsed, cue))
    end = parsed.tokens[parsed.sentences[cue.sentence][1] - 1].end
    pieces = [parsed.text[a:b].strip(" ,").removesuffix("." if b == end else "\0") for a, b in sorted(spans)]
    text = " ".join(piece for piece in pieces if piece)
    return re.sub(r"\s+", " ", text) or None


def _is_behind(cue: Token, kid: Token) -> bool:
    """Return whether the subject stands behind its verb: "said Doe at a rally" was said there."""
    return kid.dep in ("nsubj", "nsubjpass") and kid.i > cue.i


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans without those that begin within another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _phrase(parsed: Parsed, cue: Token, kid: Token) -> tuple[int, int] | None:
    if kid.quote >= 0:
        return None
    if cue.lower in ("told", "tells", "telling") and kid.dep in ("dobj", "dative") and kid.i > cue.i:
        first, last = _cut(parsed, parsed.subtree_bounds(kid))
        return None if kid.lower in _PERSONS else (cue.start, parsed.tokens[last].end)
    if kid.dep in ("prep", "agent") and kid.lower in _PREPOSITIONS:
        first, last = _cut(parsed, parsed.subtree_bounds(kid))
        if 1 < last - first + 1 <= _LONGEST and _is_place(parsed, kid, parsed.tokens[first : last + 1]):
            return parsed.tokens[first].start, parsed.tokens[last].end
    return None


def _is_place(parsed: Parsed, preposition: Token, phrase: Sequence[Token]) -> bool:
    """Return whether a phrase tells where words were spoken or printed: "in a letter", "on Elm Radio"."""
    if preposition.lower in ("outside", "inside") or {t.lower.strip(".") for t in phrase} & _PLACES:
        return True
    heads = [kid for kid in parsed.kids(preposition) if kid.dep == "pobj"]
    label = next((e.label for e in parsed.entities if heads and e.first <= heads[0].i <= e.last), "")
    return (label, preposition.lower) in (("ORG", "on"), ("ORG", "via"), ("GPE", "in"))


def _opening(parsed: Parsed, cue: Token) -> Sequence[tuple[int, int]]:
    """Return the venue of a governing verb: "Speaking at a rally, Doe said", "said …, adding"."""
    head = parsed.head(cue)
    if cue.dep in ("conj", "advcl") and head.i != cue.i and head.quote < 0:
        return [s for kid in parsed.kids(head) if (s := _phrase(parsed, head, kid)) is not None]
    found = []
    for kid in parsed.kids(cue):
        if kid.dep == "advcl" and kid.i < cue.i and kid.quote < 0:
            found += [s for grand in parsed.kids(kid) if (s := _phrase(parsed, kid, grand)) is not None]
    return found


def _cut(parsed: Parsed, bounds: tuple[int, int]) -> tuple[int, int]:
    """Return the bounds cut before a comma, a clause, a quotation mark or a day told apart."""
    first, last = bounds
    days = {e.first for e in parsed.entities if e.label == "DATE" and e.first > 0}
    for token in parsed.tokens[first + 1 : last + 1]:
        if (
            token.quote >= 0
            or (token.i in days and parsed.tokens[token.i - 1].tag.startswith("NN"))
            or token.text in (",", ":", ";", "“", '"', "—", "–", "(")
            or token.lower in ("that", "who", "which", "where", "when", "as")
        ):
            return first, token.i - 1
    return first, last


def find_day(parsed: Parsed, cue: Token) -> str | None:
    """Return when it was said, as printed in the cue's sentence, or ``None``.

    "Last year's winner" and "Doe, who left last year," tell no day of speech.
    """
    first, last = parsed.sentences[cue.sentence]
    days = [
        (abs(entity.first - cue.i), parsed.text[entity.start : entity.end])
        for entity in parsed.entities
        if entity.label == "DATE" and first <= entity.first < last and parsed.tokens[entity.first].quote < 0
        and _is_of(parsed, cue, entity)
    ]  # fmt: skip
    near = [(gap, day) for gap, day in days if gap <= _FAR and _WHEN.search(day)]
    return re.sub(r"^(?:an?|on|the) (?=[A-Z])", "", min(near)[1]) if near else _year(parsed, cue)


def _year(parsed: Parsed, cue: Token) -> str | None:
    """Return "in 1954" of "Doe wrote in 1954"."""
    for kid in parsed.kids(cue):
        for noun in parsed.kids(kid) if kid.lower == "in" and kid.i > cue.i else ():
            if _YEAR.fullmatch(noun.text):
                return parsed.text[kid.start : noun.end]
    return None


def _is_of(parsed: Parsed, cue: Token, date: Entity) -> bool:
    """Return whether a date is no other clause's: "Doe, who left last year, said", "last year's winner"."""
    inside = parsed.tokens[date.first : date.last + 1]
    following = parsed.tokens[date.last + 1 : date.last + 2]
    if any(token.tag == "POS" for token in (*inside, *following)):
        return False
    root = next((token for token in inside if not date.first <= token.head <= date.last), inside[0])
    ours = {cue.i, *(above.i for above in parsed.ancestors(cue))}
    for above in parsed.ancestors(root):
        if above.i in ours:
            return True
        if above.dep in ("relcl", "acl", "ccomp"):
            return False
    return True
