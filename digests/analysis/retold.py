"""The clause that a digest prints of reported speech: "said that taxes would fall", or the whole sentence."""

from collections.abc import Sequence

from digests.analysis.attributions import MARKS, Telling
from digests.analysis.cast import HE_OR_SHE, Cast
from digests.analysis.people import Person
from digests.analysis.reported import SUBJECTS, Content, Form
from digests.analysis.telling import is_study
from digests.analysis.tokens import Parsed, Token
from digests.model import ActorKind, Span

_LONGEST_CHARS = 330
_FEWEST_WORDS = 4
_LONGEST_TAIL = 10
_SOON = 6
_BUT = frozenset("but although though unless if while yet except whereas until provided however".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_HAVE = frozenset({"has", "have", "had"})
_GROUP = frozenset({"they", "them", "their", "it", "its", "themselves", "itself"})
_POINTING = frozenset({"this", "that", "these", "those", "there", "here", "such"})
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"))


def retell(
    cast: Cast, telling: Telling, content: Content, speaker: Person | None
) -> tuple[Span, bool] | None:
    """Return ``(clause, whether it reads on from the name)``, or ``None`` where it would not stand alone."""
    parsed = cast.parsed
    if content.last - content.first + 1 < _FEWEST_WORDS or _lacks_subject(parsed, content):
        return None
    before = content.form in (Form.BEFORE, Form.REST)
    bounds = _sentence(parsed, telling, content) if before else _predicate(parsed, telling, content)
    if bounds is None or _leans(cast, content, content.last if before else bounds[1], speaker):
        return None
    span = _span(parsed, *bounds)
    return (span, not before) if span is not None else None


def _lacks_subject(parsed: Parsed, content: Content) -> bool:
    """Return whether the clause is another one's end: "a poem that Doe said was written by Roe"."""
    if content.form is Form.REST:
        return False  # "The bridge, Doe said, will open"
    root = parsed.tokens[content.root]
    finite = root.tag in _FINITE or any(
        kid.tag in (*_FINITE, "MD") for kid in parsed.kids(root) if kid.dep in ("aux", "auxpass")
    )
    return finite and not any(kid.dep in SUBJECTS and kid.i >= content.first for kid in parsed.kids(root))


def _predicate(parsed: Parsed, telling: Telling, content: Content) -> tuple[int, int] | None:
    """Return the tokens from the verb of saying to the end of what was said."""
    cue, subject = telling.cue, telling.subject
    helping = [
        kid
        for kid in parsed.kids(cue)
        if kid.i < cue.i and kid.dep in ("aux", "advmod") and kid.i > subject.i
    ]
    finite = cue.tag in _FINITE or any(kid.lower in _HAVE for kid in helping)
    if not finite or subject.i > cue.i or content.first <= cue.i or is_study(subject.lower):
        return None
    return min([cue.i, *(kid.i for kid in helping)]), _to_the_end(parsed, content.last)


def _sentence(parsed: Parsed, telling: Telling, content: Content) -> tuple[int, int] | None:
    """Return the tokens of the sentence whose attribution stands behind it, within it or at its start."""
    first, stop = parsed.sentences[telling.cue.sentence]
    while parsed.tokens[first].text in MARKS and first < content.first:
        first += 1
    if content.form is Form.REST:
        whole = _to_the_end(parsed, content.last) == stop - 1
    else:
        whole = content.first == first and telling.high - content.last <= _LONGEST_TAIL
    return (first, stop - 1) if whole and parsed.tokens[first].dep != "cc" else None


def _to_the_end(parsed: Parsed, last: int) -> int:
    """Return the sentence's last token where only its marks follow, or what takes back: ", but …"."""
    stop = parsed.sentences[parsed.tokens[last].sentence][1]
    following = next((token for token in parsed.tokens[last + 1 : stop] if token.text not in MARKS), None)
    return stop - 1 if following is None or following.lower in _BUT else last


def _span(parsed: Parsed, first: int, last: int) -> Span | None:
    low, high = parsed.tokens[first], parsed.tokens[last]
    if low.quote >= 0 or (high.quote >= 0 and high.start == high.end):
        return None
    text = parsed.text[low.start : high.end].rstrip(" ,;:—–-")
    whole = all(text.count(a) == text.count(b) for a, b in _PAIRS) and text.count('"') % 2 == 0
    if not whole or "\n" in text or len(text) > _LONGEST_CHARS:
        return None
    return Span(start=low.start, end=low.start + len(text), text=text)


def _leans(cast: Cast, content: Content, last: int, speaker: Person | None) -> bool:
    """Return whether the words take up somebody or something that only the text before them names."""
    first = content.first
    if content.form is Form.REST:
        first = cast.parsed.sentences[cast.parsed.tokens[first].sentence][0]
    inside = cast.parsed.tokens[first : last + 1]
    return any(
        _takes_up(cast, token, inside[:place], speaker)
        for place, token in enumerate(inside)
        if token.quote < 0
    )


def _takes_up(cast: Cast, token: Token, before: Sequence[Token], speaker: Person | None) -> bool:
    """Return whether a word means somebody else than the speaker and whoever is named before it."""
    nouns = [one for one in before if one.tag.startswith("NN")]
    if token.lower in HE_OR_SHE:
        taken = cast.pronouns.get(token.i)
        ours = taken is not None and taken.person is speaker and speaker is not None
        own = speaker is not None and speaker.kind is ActorKind.PERSON and (taken is None or ours)
        return not (own or any(one.tag.startswith("NNP") for one in nouns))
    if token.lower in _GROUP:
        group = speaker is not None and speaker.kind is ActorKind.ORGANIZATION and token.lower != "them"
        many = token.lower.startswith("th")
        named = any(one.tag.endswith("S") is many for one in nouns)
        return not (group or named or _is_expletive(cast.parsed, token))
    if token.lower in _POINTING and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "det", "advmod"):
        return token.tag in ("DT", "RB") and not _is_opening_that(token, before)
    return False


def _is_opening_that(token: Token, before: Sequence[Token]) -> bool:
    return token.lower == "that" and not before


def _is_expletive(parsed: Parsed, token: Token) -> bool:
    """Return whether "it" means nothing: "it would be wrong to go"."""
    verb = parsed.head(token)
    following = parsed.tokens[verb.i + 1 : verb.i + _SOON]
    bare = token.lower == "it" and verb.lower in ("is", "was", "'s", "be", "been")
    return bare and any(word.lower in ("to", "that", "if", "when", "whether") for word in following)
