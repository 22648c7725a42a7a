"""Whose words a document's are: "his order", "a report by the board", "the statement" it issued."""

from collections.abc import Iterator

from digests.analysis.cast import Cast
from digests.analysis.people import Person, latest_before
from digests.analysis.tokens import Token
from digests.model import ActorKind

_ISSUED = frozenset(
    "released issued written published signed sent posted obtained prepared filed put by".split()
)
_MAKE = _ISSUED - {"obtained", "by"} | frozenset("release issue write publish sign send post wrote".split())
_JUDGMENTS = frozenset("ruling judgment judgement verdict decision opinion".split())
_BY_OTHERS = 0.85
_IN_ONE = 0.75
"""How sure the subject of "In a statement, Doe said" is the statement's maker."""


def makers_of(cast: Cast, document: Token) -> list[tuple[Token, float]]:
    """Return the heads of those who may have made a document, the likeliest first, with how sure each is."""
    found = [(maker, _BY_OTHERS) for maker in _said_makers(cast, document)]
    maker = _subject(cast, document)
    return found + ([(maker, _IN_ONE)] if maker is not None else [])


def _said_makers(cast: Cast, document: Token) -> Iterator[Token]:
    """Yield whom the document's noun phrase names: "the board's report", "a report by the board"."""
    parsed = cast.parsed
    for kid in parsed.kids(document):
        if kid.dep == "poss":
            yield kid
        elif kid.dep == "prep" and kid.lower in ("by", "from"):
            yield from (inner for inner in parsed.kids(kid) if inner.dep == "pobj")
        elif kid.dep in ("acl", "relcl") and kid.lower in _MAKE:
            for inner in parsed.kids(kid):
                if inner.dep == "nsubj" and inner.lower not in ("that", "which"):
                    yield inner
                if inner.dep in ("agent", "prep") and inner.lower in ("by", "from"):
                    yield from (by for by in parsed.kids(inner) if by.dep == "pobj")


def _subject(cast: Cast, document: Token) -> Token | None:
    """Return who made it in the same clause: "Doe signed the order", "In a statement, Doe said"."""
    parsed = cast.parsed
    verb = parsed.head(document)
    if document.dep == "pobj" and verb.lower in ("in", "through", "via"):
        verb = parsed.head(verb)
    elif document.dep != "dobj":
        return None
    return next((kid for kid in parsed.kids(verb) if kid.dep == "nsubj" and kid.quote < 0), None)


_MADE_BY = {
    "lawsuit": ("sued",), "suit": ("sued",), "complaint": ("sued",), "order": ("ordered",),
    "directive": ("ordered", "directed"), "ruling": ("ruled",), "decision": ("decided", "ruled"),
    "proclamation": ("proclaimed", "declared"), "announcement": ("announced",), "letter": ("wrote",),
    "appeal": ("appealed",), "recommendation": ("recommended",),
}  # fmt: skip
"""Verbs whose subject makes a document without naming it: who sued is the lawsuit's maker."""


def issued_before(cast: Cast, head: Token) -> Token | None:
    """Return the mention of who made the same kind of document earlier in the article, the latest one."""
    for token in reversed(cast.parsed.tokens[: head.i]):
        if token.quote >= 0:
            continue
        if token.lower in _MADE_BY.get(head.lower, ()) and token.tag == "VBD":
            doer = next((kid for kid in cast.parsed.kids(token) if kid.dep == "nsubj"), None)
            if doer is not None:
                return doer
        if token.lower != head.lower:
            continue
        makers = [maker for maker, _ in makers_of(cast, token) if maker.lower not in ("it", "its", "they")]
        if makers:
            return makers[0]
    return None


def court_of(cast: Cast, head: Token) -> Person | None:
    """Return the court whose ruling "the ruling" is: the one named last."""
    if head.lower not in _JUDGMENTS:
        return None
    courts = [
        p for p in cast.people if p.kind is ActorKind.ORGANIZATION and "court" in p.name.lower().split()
    ]
    return latest_before(courts, head.start)
