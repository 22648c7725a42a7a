"""What an actor did, in the article's own words: the clause of which they are the subject."""

from digests.analysis.actors import Person
from digests.analysis.tokens import Parsed, Token
from digests.model import Span

_SHORTEST, _LONGEST = 4, 45
_DULL = frozenset({"is", "was", "are", "were", "has", "had", "have", "be", "been", "seems", "looks", "lives"})


def find_clause(parsed: Parsed, person: Person) -> Span | None:
    """Return the best clause outside quotes that says what ``person`` did, or ``None``.

    An early clause with a verb of its own wins. The span runs from the verb to the end of the
    sentence, so that "Jane Doe" and the span read as one sentence.
    """
    best: tuple[float, Span] | None = None
    starts = dict(person.mentions)
    for token in parsed.tokens:
        if token.dep != "nsubj" or token.quote >= 0 or not _is_mentioned(token, starts):
            continue
        verb = parsed.head(token)
        span = clause_of(parsed, verb, token)
        if span is None:
            continue
        score = (
            -0.05 * token.sentence
            - (1.0 if verb.lower in _DULL else 0.0)
            - (0.7 if verb.dep != "ROOT" else 0.0)
        )
        if best is None or score > best[0]:
            best = (score, span)
    return best[1] if best else None


def _is_mentioned(token: Token, mentions: dict[int, int]) -> bool:
    return any(start <= token.start < end for start, end in mentions.items())


def clause_of(parsed: Parsed, verb: Token, subject: Token) -> Span | None:
    """Return the span from ``verb`` (auxiliaries with it) to the end of its clause, behind ``subject``."""
    if not verb.tag.startswith(("VB", "MD")) or verb.quote >= 0 or verb.i <= subject.i:
        return None
    first = min(
        [verb.i]
        + [
            k.i
            for k in parsed.kids(verb)
            if subject.i < k.i < verb.i and k.dep in ("aux", "auxpass", "neg", "advmod")
        ]
    )
    last = _end(parsed, verb)
    words = last - first + 1
    if not _SHORTEST <= words <= _LONGEST:
        return None
    start, end = parsed.tokens[first].start, parsed.tokens[last].end
    return Span(start=start, end=end, text=parsed.text[start:end])


def _end(parsed: Parsed, verb: Token) -> int:
    """Return the last token of the clause: the sentence's end for a main verb, else the subtree's."""
    first, last = parsed.sentences[verb.sentence]
    if verb.dep == "ROOT":
        return last - 1
    return min(parsed.subtree_bounds(verb)[1], last - 1)
