"""The clause that a digest prints of French reported speech: "a déclaré que …", or the whole sentence."""

import re

from digests.analysis.languages.french.attribution import Attributor
from digests.analysis.languages.french.clauses import finite_start
from digests.analysis.languages.french.leaning import leans
from digests.analysis.languages.french.statements import Form, Told, is_quoting
from digests.model import Span

_LONGEST, _FEWEST_WORDS, _LONGEST_TAIL = 330, 4, 12
_FEWEST_WITH_VERB = 6
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
_TAIL = " \u00a0\n\t,;:—–-"
_CONNECTS = re.compile(
    r"\W*(?:mais|et|or|car|donc|puis|ensuite|enfin|ainsi|d['’]abord|pourtant|cependant|toutefois|néanmoins|alors"
    r"|en (?:effet|outre|revanche|fait|conséquence)|par (?:ailleurs|conséquent)|de (?:plus|même|ce fait|là)"
    r"|du coup|dès lors|au contraire|à l['’]inverse|résultat|autrement dit|autre|là|ici|aussi|qui|que|dont"
    r"|soit|ni|malgré (?:cela|tout)|pour autant|dans ce cas|à (?:ce|cette|cet))(?![\w-])",
    re.IGNORECASE,
)
"""What a sentence begins with that goes on with the one before it."""

_PLAIN_SOURCE = re.compile(r"\W*(?:selon|pour|d['’]après)(?!\w)", re.IGNORECASE)
_BUT = re.compile(r"[\s,;]*(?:mais|toutefois|cependant|sauf|à condition|à moins|sous réserve|en revanche)\b")
_LETTERS = r"[^\W\d_]+"
_PLURAL = re.compile(r"(?:[^\W\d_]*(?:ont|aient)|[^\W\d_]+[^\Wi]ent)")
_ONE = frozenset({"dément", "ment", "sent", "ressent", "pressent", "consent"})
_CLITICS = frozenset("n ne s se l le la les lui leur y en m t nous vous".split())


def retell(attributor: Attributor, told: Told) -> tuple[Span, bool] | None:
    """Return ``(clause, whether it reads on from the name)``, or ``None`` where it would not stand alone."""
    reads_on = told.form in (Form.CLAUSE, Form.INFINITIVE)
    bounds = _predicate(attributor, told) if reads_on else _sentence(attributor, told)
    if bounds is None:
        return None
    span = _cut(attributor.text, *bounds)
    if span is None or not _says_enough(attributor.text, told, span, reads_on):
        return None
    named = reads_on or (told.form is Form.SOURCE and span.start == told.start)
    leaning = leans(
        attributor.subjects.parsed, attributor.cast, span, told.who.person, reads_on=named, own=_own(told)
    )
    return None if leaning else (span, reads_on)


def _says_enough(text: str, told: Told, span: Span, reads_on: bool) -> bool:
    words = (span.text if reads_on else text[told.start : told.end]).split()
    return len(words) >= (_FEWEST_WITH_VERB if reads_on else _FEWEST_WORDS)


def _predicate(attributor: Attributor, told: Told) -> tuple[int, int] | None:
    """Return what to print: from the verb of saying to the sentence's end, or to a new deed."""
    verb = told.verb
    if verb is None or verb.pronoun is not None or told.mention.end > verb.start:
        return None
    start = finite_start(attributor, verb, told.mention.end)
    if start is None or (told.who.person is not None and _is_of_many(attributor.text[start : verb.end])):
        return None  # "Jeanne Morlet et le préfet ont dit"
    return start, told.end if told.inner else _end_of_clause(attributor, told.end)


def _is_of_many(words: str) -> bool:
    """Return whether a verb, clitics before it, stands in the plural: "ont dit", "s'en étonnent"."""
    first = next((word for word in re.findall(_LETTERS, words) if word not in _CLITICS), "")
    return _PLURAL.fullmatch(first) is not None and first not in _ONE


def _end_of_clause(attributor: Attributor, end: int) -> int:
    """Return the sentence's end behind ``end`` where nothing is quoted before it, and nobody else speaks."""
    text, last = attributor.text, attributor.sentences.around(end - 1)[1]
    semicolon = text.find(";", end - 1, last)
    quoted = is_quoting(attributor, end, last)
    if semicolon >= 0 and not _BUT.match(text, semicolon):
        return max(semicolon, end)
    return end if quoted and not _BUT.match(text, end) else last


def _sentence(attributor: Attributor, told: Told) -> tuple[int, int] | None:
    """Return the bounds of a sentence with its attribution, where little follows that.

    A mere "selon la maire" is left out: the bullet names her, and her words need no verb of saying.
    """
    if told.form is Form.ADDED:
        return None  # "…, ajoutant que …" has no verb that stands alone
    text = attributor.text
    first, last = attributor.sentences.around(told.mention.start)
    first = told.start if told.form is Form.BEFORE else first  # a dateline is left out
    tail = text[max(told.mention.end, told.end) : last]
    if len(tail.split()) > _LONGEST_TAIL or _CONNECTS.match(text, first, last):
        return None
    if told.form is Form.SOURCE and _PLAIN_SOURCE.match(text, first):
        return told.start, last
    alone = told.form is Form.BEFORE and told.verb is None and not tail.strip(" .\n")
    return first, told.end if alone else last


def _cut(text: str, start: int, end: int) -> Span | None:
    """Return the words between two offsets, without marks at the end; none where a pair of marks is torn."""
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    words = text[start:end]
    whole = all(words.count(a) == words.count(b) for a, b in _PAIRS) and words.count('"') % 2 == 0
    if not whole or "\n" in words or not 0 < len(words) <= _LONGEST:
        return None
    return Span(start=start, end=end, text=words)


def _own(told: Told) -> list[tuple[int, int]]:
    """Return the bounds of what means the speaker: "selon **elle**", "a-t-**il** précisé"."""
    pronoun = told.verb.pronoun if told.verb is not None else None
    return [(told.mention.start, told.mention.end), *([pronoun] if pronoun is not None else [])]
