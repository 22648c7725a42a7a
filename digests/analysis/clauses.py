"""The reporter's own words around a quote or an actor, as spans of the article.

A clause starts with its verb, so that "Jane Doe" and the span read as one sentence; where the
attribution stands behind ("The plan is “dead,” Doe said"), it is the sentence before it.
"""

import re
from collections.abc import Sequence

from digests.analysis.attribution import Found
from digests.analysis.lexicon import CUE_FORMS, DOCUMENTS
from digests.analysis.people import Person
from digests.analysis.quotes import CLOSERS
from digests.analysis.scene import Scene
from digests.analysis.tokens import FINITE, Parsed, Token
from digests.model import Span

_SHORTEST_WORDS = 4
_LONGEST_CHARS = 330
_SHORT_TAIL = 8
_TAIL = re.compile(r"(?:[\s,;:—–-]|\b(?:and|but|or|as|while))+$")
_OPENER = re.compile(r"\s+(?:[“‘\"]|'')$")
"""A mark that opens what follows, which the parser took for the sentence's last."""

_DULL = frozenset({"is", "was", "are", "were", "has", "had", "have", "be", "been", "seems", "looks", "lives"})
_LEANING = re.compile(r"\b(?:this|that|these|those|also|another|then)\b", re.IGNORECASE)
_TAKEN_UP = frozenset("they them it there him her".split())
_BUT = frozenset("but however yet still instead nevertheless nonetheless".split())
_MOST_OPENING = 2
"""Words before the subject that a clause may lose: "On Monday Doe left" is told without its day."""

_CLOSING = CLOSERS | {'"', "’", "'"}
_BEFORE_VERB = ("aux", "auxpass", "neg", "advmod")


def find_clause(parsed: Parsed, person: Person, credits: Sequence[tuple[int, int]] = ()) -> Span | None:
    """Return the best clause outside quotes that says what ``person`` did, or ``None``.

    A main clause whose subject is the person alone, the earlier the better; what captions and other
    ``credits`` say, and what only tells who somebody is, is nobody's deed.
    """
    best: tuple[float, Span] | None = None
    for token in parsed.tokens:
        if token.dep != "nsubj" or token.quote >= 0 or not _is_alone(parsed, token, person):
            continue
        verb = parsed.head(token)
        span = _deed(parsed, verb, token, person)
        if span is None or any(start < span.end and span.start < end for start, end in credits):
            continue
        score = -0.05 * token.sentence - 0.4 * bool(_LEANING.search(span.text))
        if _is_taken_back(parsed, token.sentence + 1) or _opens_late(parsed, token):
            continue
        if best is None or score > best[0]:
            best = (score, span)
    return best[1] if best else None


def _is_taken_back(parsed: Parsed, sentence: int) -> bool:
    """Return whether a sentence goes against the one before it: "But he lost"."""
    return sentence < len(parsed.sentences) and parsed.sentence(sentence)[0].lower in _BUT


def _opens_late(parsed: Parsed, subject: Token) -> bool:
    """Return whether more stands before the subject than a clause may lose: "In 2015 Doe left"."""
    low = parsed.subtree_bounds(subject)[0]
    opening = parsed.tokens[parsed.sentences[subject.sentence][0] : low]
    words = [token.text for token in opening if token.text[:1].isalnum()]
    return len(words) > _MOST_OPENING or any(word[0].isdigit() for word in words)


def _is_alone(parsed: Parsed, token: Token, person: Person) -> bool:
    """Return whether the subject is the person and nobody beside: not "Doe and Roe", "Doe's party"."""
    low, _ = parsed.subtree_bounds(token)
    mention = next((m for m in person.mentions if m[0] <= token.start < m[1]), None)
    if mention is None or any(kid.dep == "conj" for kid in parsed.kids(token)):
        return False
    before = parsed.tokens[low : token.i]
    return not any(word.tag == "POS" or word.dep == "conj" for word in before if word.end <= mention[0])


def _deed(parsed: Parsed, verb: Token, subject: Token, person: Person) -> Span | None:
    """Return the predicate of a main clause in a finite form that says more than who somebody is."""
    chain = [verb, *parsed.ancestors(verb)]
    finite = verb.tag in FINITE or any(kid.tag in FINITE for kid in parsed.kids(verb) if kid.i < verb.i)
    if not finite or verb.lower in _DULL or any(one.dep not in ("ROOT", "conj") for one in chain):
        return None
    span = _predicate(parsed, verb, subject)
    if span is None or len(span.text.split()) < _SHORTEST_WORDS:
        return None
    inside = [token for token in parsed.sentence(verb.sentence) if span.start <= token.start < span.end]
    if any(_leans(parsed, token, verb, person) for token in inside):
        return None  # somebody told of before, whom the clause alone does not name
    quoted = any(token.quote >= 0 for token in parsed.sentence(verb.sentence))
    if any(token.text[:1].isdigit() for token in parsed.tokens[subject.i + 1 : inside[0].i]):
        return None  # its day stands before the verb: "Doe in 2015 left"
    if verb.lower in CUE_FORMS and quoted and not any(token.quote >= 0 for token in inside):
        return None  # what was said stands before it: "“…,” Doe said on Monday"
    return span


def _leans(parsed: Parsed, token: Token, verb: Token, person: Person) -> bool:
    """Return whether a pronoun means somebody else; "Doe said he left" means Doe, if Doe is a man."""
    if token.quote >= 0 or token.dep == "poss":
        return False
    if token.lower not in ("he", "she"):
        return token.lower in _TAKEN_UP
    votes = person.gender * (1 if token.lower == "he" else -1)
    others = any(e.label == "PERSON" and verb.start < e.start < token.start for e in parsed.entities)
    return others or votes < 0 or (votes == 0 and verb.lower not in CUE_FORMS)


def _predicate(parsed: Parsed, verb: Token, subject: Token) -> Span | None:
    """Return the span from ``verb``, auxiliaries with it, to the end of its clause, behind ``subject``."""
    if not verb.tag.startswith(("VB", "MD")) or verb.quote >= 0 or verb.i <= subject.i:
        return None
    following = parsed.tokens[verb.i + 1 : verb.i + 2]
    if verb.lower in CUE_FORMS and following and following[0].tag in FINITE:
        return None  # a relative clause taken for a sentence: "what Doe said was needed"
    if verb.lower in CUE_FORMS and following and following[0].text == ",":
        return None  # what was said stands before it: "“…,” Doe said, adding “…”"
    before = [kid.i for kid in parsed.kids(verb) if subject.i < kid.i < verb.i and kid.dep in _BEFORE_VERB]
    return _span(parsed, min([verb.i, *before]), _end_of_clause(parsed, verb))


def _end_of_clause(parsed: Parsed, verb: Token) -> int:
    """Return the last token of the clause: the sentence's end for a main verb, else the subtree's."""
    last = parsed.sentences[verb.sentence][1] - 1
    if verb.dep == "ROOT" or all(a.dep in ("ROOT", "conj") for a in (verb, *parsed.ancestors(verb))):
        return last
    return min(parsed.subtree_bounds(verb)[1], last)


def _span(parsed: Parsed, first: int, last: int) -> Span | None:
    start, end = parsed.tokens[first].start, parsed.tokens[last].end
    end = start + len(_TAIL.sub("", _OPENER.sub("", parsed.text[start:end])))
    if not 0 < end - start <= _LONGEST_CHARS or "\n" in parsed.text[start:end]:
        return None
    return Span(start=start, end=end, text=parsed.text[start:end])


def clause_around(scene: Scene, index: int, found: Found) -> tuple[Span, bool] | None:
    """Return ``(clause, whether it reads on from the name)`` for words quoted inside a sentence."""
    if found.speaker is None or index not in scene.words:
        return None
    quote = scene.quotes[index]
    span = _behind_speaker(scene, index, found)
    if span is not None and span.start <= quote.start and quote.end <= span.end:
        return span, True
    span = _before_attribution(scene, index, found)
    if (
        span is not None
        and len(span.text.split()) > _SHORTEST_WORDS
        and span.start <= quote.start
        and quote.end <= span.end
    ):
        return span, False
    return None


def _behind_speaker(scene: Scene, index: int, found: Found) -> Span | None:
    """Return the predicate of the speaker's own clause around the quote."""
    parsed, speaker = scene.parsed, found.speaker
    if (
        speaker is None
        or speaker.dep != "nsubj"
        or speaker.lower in DOCUMENTS
        or speaker.lower in ("it", "who", "that")
    ):
        return None
    verb = parsed.head(speaker)
    if verb.dep == "relcl":
        return None  # it lost its object: "an explosion that Doe described as “intentional”"
    first, _ = scene.words[index]
    if not speaker.i < verb.i < first or verb.sentence != parsed.tokens[first].sentence:
        return None
    if _is_interrupted(parsed, verb, parsed.tokens[first]):
        return None
    if found.cue is not None and found.cue.i != verb.i and found.cue.dep == "conj":
        verb = found.cue
    span = _predicate(parsed, verb, speaker)
    if span is None or span.end > scene.quotes[index].end:
        return span
    _, last = scene.words[index]
    end = parsed.sentences[verb.sentence][1] - 1
    if verb.dep == "advcl" and parsed.head(verb).i > last:
        # "While Doe said it was “dead,” Roe left": what follows the closing mark is another clause.
        end = last + (parsed.tokens[last + 1].text in _CLOSING)
    return _span(parsed, _first_of(parsed, span), end)


def _is_interrupted(parsed: Parsed, verb: Token, word: Token) -> bool:
    """Return whether the verb stands within what was said: "The men, Doe explained, were “well-paid.”"."""
    return any(
        one.head == verb.i and one.dep == "conj" and one.i > verb.i and parsed.tokens[one.i - 1].text == ","
        for one in parsed.ancestors(word)
    )


def _first_of(parsed: Parsed, span: Span) -> int:
    return next(token.i for token in parsed.tokens if token.start >= span.start and token.end > token.start)


def _before_attribution(scene: Scene, index: int, found: Found) -> Span | None:
    """Return the sentence whose attribution stands behind it: "The plan is “dead,” Doe said."

    A long attribution is left out; with a short one it is plain that the words are the reporter's.
    """
    parsed, speaker, cue = scene.parsed, found.speaker, found.cue
    first, last = scene.words[index]
    if (
        speaker is None
        or cue is None
        or min(speaker.i, cue.i) <= last
        or cue.sentence != parsed.tokens[first].sentence
    ):
        return None
    end = min(speaker.i, cue.i) - 1
    low = parsed.subtree_bounds(speaker)[0]
    if last < low <= end:
        end = low - 1
    first, stop = parsed.sentences[cue.sentence]
    # "It is “smart,” Doe wrote, and “full of holes”": half of it would tell the opposite.
    goes_on = any(token.quote >= 0 for token in parsed.tokens[max(speaker.i, cue.i) + 1 : stop])
    return _span(parsed, first, stop - 1 if goes_on or stop - 1 - end <= _SHORT_TAIL else end)
