"""What is said in French: between marks, behind dialogue dashes, in interviews, and without asides.

« Nous irons, a-t-il dit, jusqu'au bout » is two pieces of one quote: "a-t-il dit" is the reporter's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digests.analysis.languages.dialogue import turns_behind
from digests.analysis.languages.french.answers import NONE, Answer, Interview, headings
from digests.analysis.languages.french.verbs import read_inverted, read_loose
from digests.analysis.languages.french.words import is_role
from digests.analysis.languages.marks import find_marked
from digests.analysis.quotes import QuotedSpan

_DASH = re.compile(r"\s*[—–-]\s+")
_BEFORE_INCISE = re.compile(r"[,?!…](?:\s*[–—-])?\s+(?=[a-zà-ÿœ])|\s[–—]\s(?=[a-zà-ÿœ])")
_LONGEST_INCISE = 240
_STOP = re.compile(r"[.?!…:](?=\s|$)|,(?=\s)|\s[–—](?=\s|,)")
_ABBREVIATED = re.compile(r"(?:\b(?:M|MM|Dr|Pr|St|Ste|av|bd|env|etc)|\b[A-Z])$")
_GOES_ON = re.compile(
    r",\s+(?:\d+ ans|qui\b|dont\b|avant d|en [a-zé]+ant\b|lors d|dans |devant\b|au micro|sur "
    r"|toute? (?:sourire|en |à |de |simplement|heureu|fi[eè]r|ému)"
    r"|depuis\b|visiblement\b|à l['’]issue|à la sortie|à l['’]adresse|à propos|au sujet|venu|non sans"
    r"|sans |l['’]air|(?:le |la |les )?(?:mains?|yeux|larmes|voix|sourire|regard)\b|lundi|mardi|mercredi"
    r"|jeudi|vendredi|samedi|dimanche|hier|interrog|joint|cité|entouré|accompagné|très |un peu |amer"
    r"|ému|agacé|furieu|soulagé|encore |toujours |presque |avec un|d['’]une? (?:ton|air|voix)|un brin|à peine"
    r"|la mine|le ton|[a-zà-ÿ]+(?:é|ée|eux|euse|if|ive|eur|euse)[.,])"
)
_APPOSED = re.compile(
    r",\s+(?:(?:le|la|un|une|son|sa|leur)\s+|l['’])?(?:(?:ancienn?e?|jeune|nouve(?:au|lle)|premi(?:er|ère)"
    r"|actuel(?:le)?|futur(?:e)?|haut(?:e)?|très|grand(?:e)?)\s+)?(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)"
)
_DESCRIBES = re.compile(
    r",\s+(?P<word>[a-zà-ÿœ]{3,}(?:é|i|u|is|it|ert|int|ant|eux|euse|if|ive|out)(?:e|s|es)?)(?=[\s,.])"
)
"""A participle or an adjective: "explique la cheffe, assise au bord du plateau"."""

_PLACED = re.compile(r",\s+(?:d[eu]s?\s|d['’]|à\s)")
"""Where somebody belongs: "explique le géologue, de l'université de Valserre"."""

_NO_DESCRIPTION = frozenset(
    """aussi ainsi ici oui lui qui celui aujourd'hui celui-ci voici depuis puis mais jamais pendant avant
    durant maintenant pourtant autant tant plus nous vous tous dessus parmi tout surtout partout cependant
    auparavant ceux sinon suivant moyennant pas plutôt fait dit était avait sait doit sont vont soit bientôt
    tantôt avant-hier tandis quant alors fut eut peut veut vit croit voit""".split()
)
_HELPS = re.compile(
    r"(?:^|[\s'’])(?:ai|as|a|avons|avez|ont|avai[st]|avions|aviez|avaient|aur\w+|suis|es|est|sommes|êtes|sont"
    r"|étai[st]|étions|étaient|ser\w+|été|soit|semble|paraît|reste|deviens|devient)\W*$",
    re.IGNORECASE,
)
"""What a participle or an adjective goes on: « Nous avons, dit-elle, gagné la partie »."""

_NAME_BEHIND = re.compile(
    r",\s+[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s+(?:d['’]|de\s+|du\s+|Le\s+|La\s+)?[A-ZÀ-ÖØ-Þ][\w’'-]+)+"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A quote without the reporter's words in it.

    ``incise`` is where those stand that follow or precede it inside the marks. ``part`` is the number of the
    marked quote that it belongs to; ``dialogue`` says that it stands behind a dash, ``answer``
    tells whose it is in an interview without marks.
    """

    span: QuotedSpan
    part: int
    incise: tuple[int, int] | None = None
    dialogue: bool = False
    answer: Answer | None = None

    @property
    def is_turn(self) -> bool:
        """Whether it is somebody's turn in a talk, a whole paragraph without marks."""
        return self.dialogue or self.answer is not None


def find_pieces(text: str, interview: Interview = NONE) -> tuple[Piece, ...]:
    """Return what is said, in the order of the text."""
    marked = find_marked(text, "fr")
    turns = set(turns_behind(_DASH, text, marked, lambda run: _is_spoken(text, run)))
    told = interview.outside([*marked, *turns])
    answers: dict[QuotedSpan, Answer | None] = {one.span: one for one in interview.answers}
    answers |= headings(text, interview, told)
    found: list[Piece] = []
    for part, span in enumerate(sorted({*told, *answers}, key=lambda span: span.start)):
        answer = answers.get(span)
        if answer is not None:
            found.append(Piece(span, part, answer=answer))
        elif span not in answers:
            found += _split(text, span, part, dialogue=span in turns)
    return tuple(found)


def _is_spoken(text: str, run: Sequence[QuotedSpan]) -> bool:
    """Return whether the reporter says in one of the turns who speaks."""
    return any(next(_incises(text, span), None) is not None for span in run)


def _split(text: str, span: QuotedSpan, part: int, *, dialogue: bool) -> Iterator[Piece]:
    """Yield the pieces of a quote around the incises in it."""
    position = span.start
    last: tuple[int, int] | None = None
    for start, end in _incises(text, span):
        piece = _cut(text, span, position, start)
        if piece is not None:
            yield Piece(piece, part, (start, end), dialogue)
        position, last = end, (start, end)
    piece = _cut(text, span, position, span.end)
    if piece is not None:
        yield Piece(piece, part, last, dialogue)


def _cut(text: str, span: QuotedSpan, start: int, end: int) -> QuotedSpan | None:
    """Return the part of a quote between two offsets, without the marks that belong to an incise."""
    while start < end and (text[start].isspace() or (start > span.start and text[start] in ",.:–—")):
        start += 1
    while end > start and (text[end - 1].isspace() or (end < span.end and text[end - 1] in ",–—-")):
        end -= 1
    if not any(letter.isalnum() for letter in text[start:end]):
        return None
    outer = (
        span.outer_start if start == span.start else start,
        span.outer_end if end == span.end else end,
    )
    return replace(span, start=start, end=end, outer_start=outer[0], outer_end=outer[1])


def _incises(text: str, span: QuotedSpan) -> Iterator[tuple[int, int]]:
    """Yield where the reporter speaks inside a quote: from the verb to the mark that ends it."""
    position = span.start
    while (before := _BEFORE_INCISE.search(text, position, span.end)) is not None:
        position = before.end()
        head = text[position : min(span.end, position + _LONGEST_INCISE)]
        verb = read_inverted(head, 0) or read_loose(head, 0)
        if verb is None:
            continue
        helped = _HELPS.search(text, span.start, before.start()) is not None
        end = _end_of_incise(text, position + verb.end, span.end, helped=helped)
        yield before.end(), end
        position = end


def _end_of_incise(text: str, at: int, limit: int, *, helped: bool) -> int:
    """Return where an incise ends: at a full stop, or at a comma behind which the quote goes on.

    ``helped`` says that an auxiliary stands before it, which a participle behind it may go on.
    """
    limit = min(limit, at + _LONGEST_INCISE)
    for stop in _STOP.finditer(text, at, limit):
        mark = text[stop.start()]
        if mark == "." and _ABBREVIATED.search(text, max(0, stop.start() - 4), stop.start()):
            continue
        if mark == "," and (
            _belongs(text, stop.start(), limit)
            or _describes(text, stop.start(), limit, helped=helped, named=stop.start() > at)
        ):
            continue
        return stop.start()
    return limit


def _belongs(text: str, comma: int, limit: int) -> bool:
    """Return whether what follows a comma still tells of the speaker: a role, a name, an age, a place."""
    if _GOES_ON.match(text, comma, limit) or _NAME_BEHIND.match(text, comma, limit):
        return True
    apposed = _APPOSED.match(text, comma, limit)
    return apposed is not None and is_role(apposed["noun"].lower())


def _describes(text: str, comma: int, limit: int, *, helped: bool, named: bool) -> bool:
    """Return whether what follows a comma, up to the sentence's end, tells how or where the speaker is.

    ``named`` says that a noun stands behind the verb, and not only "dit-elle". Where it is the speaker's own
    words after all, these are left out, and nothing is taken for speech that is none.
    """
    if named and _PLACED.match(text, comma, limit):
        return True
    found = _DESCRIBES.match(text, comma, limit)
    return found is not None and not helped and found["word"] not in _NO_DESCRIPTION
