"""The reporter's own words around a French quote or about an actor, as spans of the article."""

import re

from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.found import Found
from digests.analysis.languages.french.leaning import leans
from digests.analysis.languages.french.speech import Piece
from digests.analysis.languages.french.verbs import Verb
from digests.analysis.languages.french.words import is_role
from digests.analysis.people import Person
from digests.analysis.tokens import Token
from digests.model import ActorKind, Span

_LONGEST, _SHORTEST_WORDS, _LEAD_CHARS = 330, 4, 1_200
_VERB = re.compile(
    r"\s(?P<verb>(?:(?:a|ont|avait|va|doit|veut|s['’]est|est|sera)\s(?:[^\W\d_]+ment\s)?[^\W\d_]{3,}|[^\W\d_]{4,}(?:e|t|d))"
    r"\s[^\n]{12,})"
)
_CLITIC = re.compile(r"(?:(?<![\w’'-])(?:y|en|lui|leur|nous|vous|l[ea]|les)\s|[lL]['’])$")
_BARE = re.compile(
    r"(?:[^\W\d_]+(?:é|ée|és|ées)|promis|dite|prévenu|averti|soutenu|maintenu|reconnu|admis|répondu|défendu)$"
)
"""A participle, which stands behind an auxiliary."""

_RELATIVE = re.compile(
    r"(?<![\w’'-])(?:(?:que|dont|où)\s|[Qq]u['’])(?:(?:l[ae]s?|une?|son|sa|leur)\s|l['’])?$"
)
"""What lacks its object, or hangs on another's words: "des coulées que l'équipe qualifie de « … »"."""

_RAGES = re.compile(r"(?:s['’]|se\s)[^\W\d_]+\s$")
"""What makes a preposition of "contre", which is no verb then: "**s'emporte** contre « des gens »"."""

_BUT = re.compile(r"\bmais\s$")
_TAIL = " \u00a0,;:—–-"


def clause_with(attributor: Attributor, piece: Piece, found: Found) -> tuple[Span, bool] | None:
    """Return the speaker's clause around a quote, from its verb on: "dénonce « une faute » et …".

    None that leans on somebody whom only the text before it names: "lui a rappelé qu'ils « … »".
    """
    if not found.inside or found.mention is None:
        return None
    text, span = attributor.text, piece.span
    first, end = attributor.sentences.around(span.outer_start)
    if _RELATIVE.search(text, first, found.mention.start):
        return None
    made, reads_on = None, False
    if (
        found.verb is not None
        and found.verb.pronoun is None
        and found.mention.end <= found.verb.start < span.start
    ):
        begin = finite_start(attributor, found.verb, found.mention.end)
        made, reads_on = _span(text, begin, end, piece) if begin is not None else None, True
    elif found.verb is None and found.mention.start >= span.outer_end:
        made = _span(text, first, _before_source(text, span.outer_end, found.mention.start), piece)
    if made is None or _leans(attributor, made, found.who.person, reads_on=reads_on):
        return None
    return made, reads_on


def _leans(attributor: Attributor, span: Span, person: Person | None, *, reads_on: bool) -> bool:
    return leans(attributor.subjects.parsed, attributor.cast, span, person, reads_on=reads_on)


def finite_start(attributor: Attributor, verb: Verb, low: int) -> int | None:
    """Return where a verb begins, its auxiliary with it: "**a** pour sa part qualifié"; none without one.

    Of a participle that shares one it is the first verb's, as of one behind "mais", which takes back what
    is not printed: "**a** salué le courage et demandé", "**salue** le travail mais regrette".
    """
    text, parsed = attributor.text, attributor.subjects.parsed
    if _CLITIC.search(text, max(low, verb.start - 9), verb.start):
        return None  # "il **y** voit « … »"
    if text[verb.start : verb.end] == "contre":
        rages = _RAGES.search(text, low, verb.start)
        return rages.start() if rages is not None else None
    token = attributor.subjects.token_at(verb.end - 1)
    bare = _BARE.match(text[verb.start : verb.end].split()[0]) is not None
    against = _BUT.search(text, low, verb.start) is not None
    if not bare and not against:
        return verb.start
    for above in (token, parsed.head(token)) if token is not None else ():
        own = above is token
        first = min([above, *(kid for kid in parsed.kids(above) if _helps(kid))], key=lambda one: one.start)
        if low <= first.start < verb.start and not (own and against):
            return first.start if first is not above or not bare else None
    return None


def _helps(kid: Token) -> bool:
    return kid.dep.startswith(("aux", "expl")) and kid.quote < 0 and kid.end > kid.start


def _before_source(text: str, at: int, mention: int) -> int:
    """Return where the words end before "selon" or "d'après"."""
    comma = text.rfind(",", at - 1, mention)
    return comma if comma >= at else at


def _span(text: str, start: int, end: int, piece: Piece) -> Span | None:
    while end > start and text[end - 1] in _TAIL + "\n":
        end -= 1
    if not start <= piece.span.start < piece.span.end <= end <= start + _LONGEST or "\n" in text[start:end]:
        return None
    return Span(start=start, end=end, text=text[start:end])


def deed_of(attributor: Attributor, person: Person) -> Span | None:
    """Return what the article's beginning tells that a person did: the parser's predicate of the name."""
    if person.kind is not ActorKind.PERSON:
        return None
    text, parsed = attributor.text, attributor.subjects.parsed
    for start, end in person.mentions[:6]:
        token = attributor.subjects.token_at(start)
        if token is None or start > _LEAD_CHARS or token.dep not in ("nsubj", "appos"):
            continue
        if token.dep == "appos" and parsed.head(token).dep != "nsubj":
            continue
        verb = parsed.head(token if token.dep == "nsubj" else parsed.head(token))
        first = min(
            [verb, *(kid for kid in parsed.kids(verb) if kid.dep.startswith(("aux", "expl")))],
            key=lambda one: one.start,
        )
        last = attributor.sentences.around(start)[1]
        if (
            verb.dep != "ROOT"
            or is_role(first.lower)
            or not end <= first.start < last
            or first.quote >= 0
            or text[end : first.start].strip(" ,")
        ):
            continue
        clause = text[first.start : last].rstrip(" \n")
        said = any(piece.span.start < last and first.start < piece.span.end for piece in attributor.pieces)
        if (
            not said
            and len(clause.split()) >= _SHORTEST_WORDS
            and len(clause) <= _LONGEST
            and "\n" not in clause
        ):
            span = Span(start=first.start, end=first.start + len(clause), text=clause)
            if not _leans(attributor, span, person, reads_on=True):
                return span
    return None
