"""Where reported speech could stand: the spans that may be a cue's content, by syntax.

"said that …", "told Roe …", "denied doing …", "warned of …", "…, Doe said", "The plan, she said, will …",
"according to Doe, …", "Doe: …". A model chooses among them (``statements``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from digests.analysis.attributions import BREAKS, MARKS, Telling
from digests.analysis.scene import Scene
from digests.analysis.telling import ADDRESSING, TELLING
from digests.analysis.tokens import Parsed, Token

_BREAKS_OR_CLOSING = BREAKS | {"”", '"', "’"}
_OPENERS = frozenset({"that", "whether", "if", "how", "why", "what", "when", "where", "who", "which"})
SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_OBJECTS = ("dobj", "oprd", "attr", "dative", "acomp")
_FEW = 10


class Form(IntEnum):
    """How a content hangs on its cue."""

    CLAUSE = 0
    INFINITIVE = 1
    OBJECT = 2
    PHRASE = 3
    BEFORE = 4
    REST = 5
    LABEL = 6


@dataclass(frozen=True, slots=True)
class Content:
    """A span of tokens, both ends included, that may be what was said.

    ``root`` is its syntactic head, ``own`` the first and last token below that.
    """

    form: Form
    root: int
    first: int
    last: int
    own: tuple[int, int]


def contents_of(scene: Scene, telling: Telling) -> Iterator[Content]:
    """Yield the spans that may be what the cue reports, each once."""
    seen: set[tuple[int, int]] = set()
    below: dict[int, tuple[int, int]] = {}
    for form, root, first, last in _all(scene, telling):
        first, last = _trim(scene.parsed, first, last)
        if last <= first or _is_quote(scene.parsed, first, last):
            continue
        if form in (Form.BEFORE, Form.REST) and _goes_on(scene.parsed, first):
            continue
        if (first, last) not in seen:
            seen.add((first, last))
            if root not in below:
                below[root] = scene.parsed.subtree_bounds(scene.parsed.tokens[root])
            yield Content(form, root, first, last, below[root])


def _all(scene: Scene, telling: Telling) -> Iterator[tuple[Form, int, int, int]]:
    parsed = scene.parsed
    if telling.verb == ":":
        last = scene.paragraphs[telling.cue.paragraph][1] - 1
        yield Form.LABEL, telling.cue.i + 1, telling.cue.i + 1, last
        return
    if telling.verb != "according to":
        for form, root, first in _starts(scene, telling):
            for last in _ends(parsed, first, root, telling.cue):
                yield form, root, first, last
    yield from _before(parsed, telling)
    yield from _rest(parsed, telling)


def _starts(scene: Scene, telling: Telling) -> Iterator[tuple[Form, int, int]]:
    """Yield form, head and first token of what follows the cue."""
    parsed, cue = scene.parsed, telling.cue
    for kid in parsed.kids(cue):
        if kid.i < cue.i or kid.i == telling.subject.i:
            continue
        form, root = _form(parsed, kid)
        if form is not None and root is not None:
            first = max(parsed.subtree_bounds(root)[0], cue.i + 1)
            if form is Form.CLAUSE:
                first = _behind_day(scene, first, root.i)
            yield form, root.i, first
            if telling.verb in ADDRESSING and form in (Form.OBJECT, Form.INFINITIVE):
                yield from ((Form.INFINITIVE, to.head, to.i) for to in _infinitives(parsed, first, root))


def _behind_day(scene: Scene, first: int, root: int) -> int:
    """Return where a clause starts behind the day of speech: "said on Monday she would go"."""
    at = first + (scene.parsed.tokens[first].tag == "IN")
    entity = scene.entities.get(at)
    told = entity is not None and entity.label == "DATE" and entity.first == at and entity.last < root - 1
    return entity.last + 1 if entity is not None and told else first


def _infinitives(parsed: Parsed, first: int, root: Token) -> Iterator[Token]:
    """Yield the "to" of "urged everybody to go"."""
    for token in parsed.tokens[first + 1 : min(first + _FEW, parsed.sentences[root.sentence][1])]:
        if token.tag == "TO" and token.dep == "aux":
            yield token
            return
        if token.tag in ("VBD", "VBZ", "VBP", "MD"):
            return


def _form(parsed: Parsed, kid: Token) -> tuple[Form | None, Token | None]:
    if kid.dep in ("ccomp", "parataxis"):
        return Form.CLAUSE, kid
    if kid.dep == "xcomp":
        return Form.INFINITIVE, kid
    if kid.dep in _OBJECTS:
        return Form.OBJECT, kid
    if kid.dep == "advcl" and parsed.tokens[parsed.subtree_bounds(kid)[0]].lower in _OPENERS:
        return Form.CLAUSE, kid
    if kid.dep == "prep" and kid.lower in ("of", "for", "about", "against", "on"):
        inner = next((one for one in parsed.kids(kid) if one.dep in ("pobj", "pcomp")), None)
        return Form.PHRASE, inner
    return None, None


def _ends(parsed: Parsed, first: int, root: int, cue: Token) -> Iterator[int]:
    """Yield where a content may end: with its syntax, its sentence, or before a comma or a conjunction."""
    stop = parsed.sentences[cue.sentence][1]
    own = parsed.subtree_bounds(parsed.tokens[root])[1]
    yield own
    yield stop - 1
    count = 0
    for token in parsed.tokens[first + 2 : stop - 1]:
        if token.text in BREAKS or _joins(parsed, token):
            yield token.i - 1
            count += 1
            if count == _FEW:
                return


def _joins(parsed: Parsed, token: Token) -> bool:
    """Return whether a word begins what may be another clause: "and", "as", "when", "after"."""
    if token.dep in ("cc", "mark") or token.tag in ("WRB", "WDT", "WP"):
        return token.lower not in ("that", "to")
    return token.dep == "prep" and parsed.head(token).tag.startswith("VB")


def _before(parsed: Parsed, telling: Telling) -> Iterator[tuple[Form, int, int, int]]:
    """Yield what stands before its attribution: "Taxes will fall, Doe said"."""
    low = telling.low
    first = parsed.sentences[telling.cue.sentence][0]
    if low - first < 2:
        return
    break_ = parsed.tokens[low - 1].text
    clause = next(
        (kid for kid in parsed.kids(telling.cue) if kid.i < low and kid.dep in ("ccomp", "parataxis")), None
    )
    according = telling.verb == "according to"
    if break_ not in _BREAKS_OR_CLOSING and clause is None and not according:
        return
    root = clause.i if clause is not None else _root(parsed, first, low - 1)
    starts = {first}
    if clause is not None:
        starts.add(parsed.subtree_bounds(clause)[0])
    for token in parsed.tokens[first + 1 : low - 2]:
        if token.text in BREAKS or token.dep == "cc" or token.lower == "that":
            starts.add(token.i + 1)
            if token.lower == "that":
                starts.add(token.i)
    for start in sorted(starts)[:_FEW]:
        yield Form.BEFORE, root, start, low - 1


def _root(parsed: Parsed, first: int, last: int) -> int:
    """Return the token of a span whose head lies outside it, verbs first."""
    heads = [t for t in parsed.tokens[first : last + 1] if not first <= t.head <= last or t.head == t.i]
    verbs = [t for t in heads if t.tag.startswith(("VB", "MD"))]
    return (verbs or heads or [parsed.tokens[first]])[0].i


def _rest(parsed: Parsed, telling: Telling) -> Iterator[tuple[Form, int, int, int]]:
    """Yield what goes on behind an attribution between commas, or behind "According to Doe,"."""
    first, stop = parsed.sentences[telling.cue.sentence]
    behind = telling.high + 1
    if behind + 1 >= stop or parsed.tokens[behind].text not in BREAKS:
        return
    opens = telling.low - first < 2
    if opens and telling.verb != "according to":
        return
    root = _root(parsed, behind + 1, stop - 1)
    for last in _ends(parsed, behind + 1, root, telling.cue):
        yield Form.REST, root, behind + 1, last


def _trim(parsed: Parsed, first: int, last: int) -> tuple[int, int]:
    """Return the bounds without marks at the edges, and without a last "and"; the marks of quotes stay."""
    tokens = parsed.tokens
    while first < last and tokens[first].text in MARKS and not _opens_quote(tokens, first):
        first += 1
    while last > first and (
        tokens[last].dep in ("cc", "mark") or (tokens[last].text in MARKS and not _closes_quote(tokens, last))
    ):
        last -= 1
    return first, last


def tells_on(parsed: Parsed, at: int) -> bool:
    """Return whether a verb of saying goes on with the cue's subject: "said … and warned …", "…, adding"."""
    return tells(parsed.tokens[at]) and not any(kid.dep in SUBJECTS for kid in parsed.kids(parsed.tokens[at]))


def _goes_on(parsed: Parsed, at: int) -> bool:
    """Return whether a span begins with another verb of saying: "Asked whether …, Doe said nothing"."""
    token = parsed.tokens[at]
    own = any(kid.dep in SUBJECTS for kid in parsed.kids(token))
    return token.lower in TELLING and token.tag.startswith("VB") and not own


def tells(token: Token) -> bool:
    """Return whether a token is a verb of saying in a form that can have a subject, or "adding"."""
    return token.lower in TELLING and token.tag in ("VBD", "VBZ", "VBP", "VBG") and token.quote < 0


def _opens_quote(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].quote >= 0 or (i + 1 < len(tokens) and tokens[i + 1].quote >= 0)


def _closes_quote(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].quote >= 0 or (i > 0 and tokens[i - 1].quote >= 0 and tokens[i].text not in ",.")


def _is_quote(parsed: Parsed, first: int, last: int) -> bool:
    """Return whether a span has words between quotation marks and, outside them, no verb of its own."""
    inside = parsed.tokens[first : last + 1]
    quoted = any(token.quote >= 0 for token in inside)
    return quoted and not any(token.quote < 0 and token.tag.startswith(("VB", "MD")) for token in inside)
