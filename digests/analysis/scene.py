"""Everything that attribution looks at, counted once per article."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digests.analysis.credits import find_credits
from digests.analysis.cues import Cue
from digests.analysis.quotes import QuotedSpan, find_paragraphs
from digests.analysis.tokens import Entity, Parsed, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An article's parse with its quotes and cues.

    ``words`` holds the first and last token of each quote, ``cues`` those of each sentence.
    ``outside`` counts, for each token, the words before it that stand outside quotes.
    ``paragraphs`` holds each paragraph's first token and the one behind its last; ``entities`` the
    entity of each token in one; ``names`` how often each capitalised word is printed; ``quoted``
    the sentences that hold a quote; ``credits`` the spans that only credit somebody.
    """

    parsed: Parsed
    quotes: Sequence[QuotedSpan]
    words: Mapping[int, tuple[int, int]]
    cues: Mapping[int, Sequence[Cue]]
    outside: Sequence[int] = ()
    paragraphs: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    entities: Mapping[int, Entity] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    quoted: frozenset[int] = frozenset()
    credits: Sequence[tuple[int, int]] = ()

    def is_credited(self, token: Token) -> bool:
        """Return whether the token stands in a byline, a picture's credit or its caption."""
        return any(start <= token.start < end for start, end in self.credits)

    def has_words(self, index: int) -> bool:
        """Return whether the quote has tokens; one of marks alone, or cut off, has none."""
        return index in self.words


def set_scene(parsed: Parsed, quotes: Sequence[QuotedSpan], cues: Sequence[Cue]) -> Scene:
    """Return the scene of an article."""
    words: dict[int, tuple[int, int]] = {}
    paragraphs: dict[int, tuple[int, int]] = {}
    outside, seen = [], 0
    for token in parsed.tokens:
        outside.append(seen)
        seen += token.quote < 0 and token.text[:1].isalnum()
        paragraphs[token.paragraph] = (paragraphs.get(token.paragraph, (token.i, 0))[0], token.i + 1)
        if token.quote >= 0:
            words[token.quote] = (words.get(token.quote, (token.i, 0))[0], token.i)
    by_sentence: dict[int, list[Cue]] = {}
    for cue in cues:
        by_sentence.setdefault(cue.token.sentence, []).append(cue)
    return Scene(
        parsed=parsed,
        quotes=quotes,
        words=words,
        cues=by_sentence,
        outside=(*outside, seen),
        paragraphs=paragraphs,
        entities=parsed.entity_of_token(),
        names=Counter(token.lower for token in parsed.tokens if _is_name(token)),
        quoted=frozenset(parsed.tokens[first].sentence for first, _ in words.values()),
        credits=find_credits(parsed.text, find_paragraphs(parsed.text)),
    )


def _is_name(token: Token) -> bool:
    return token.quote < 0 and token.tag.startswith("NNP")
