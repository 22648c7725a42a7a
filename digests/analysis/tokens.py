"""A parsed article as plain records, so that no other file needs the parser.

Token indices run over the whole article; heads and sentences use the same indices. Tokens of a
quote that was replaced by a stand-in carry the quote's start as offset and no words of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""The tags of verbs that a clause can stand on, auxiliaries too (Penn Treebank)."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``tag`` is the Penn Treebank tag, ``dep`` ClearNLP's label, ``quote`` an index or -1."""

    i: int
    text: str
    lower: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int
    paragraph: int
    quote: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity with article offsets; ``first`` and ``last`` are its tokens, -1 in a masked quote."""

    start: int
    end: int
    label: str
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class Parsed:
    """Tokens, sentences (token ranges, end excluded), entities in the order of the text."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...]
    children: tuple[tuple[int, ...], ...] = field(default=())

    def sentence(self, number: int) -> Sequence[Token]:
        """Return the tokens of one sentence."""
        first, last = self.sentences[number]
        return self.tokens[first:last]

    def kids(self, token: Token) -> Iterator[Token]:
        """Yield the token's dependents, left to right."""
        return (self.tokens[i] for i in self.children[token.i])

    def head(self, token: Token) -> Token:
        """Return the token's head; the root's head is itself."""
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield head, head's head and so on, up to the root of the sentence."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree_bounds(self, token: Token) -> tuple[int, int]:
        """Return the first and last token index below ``token``, itself included."""
        low = high = token.i
        stack = [token.i]
        while stack:
            current = stack.pop()
            low, high = min(low, current), max(high, current)
            stack.extend(self.children[current])
        return low, high

    def entity_of_token(self) -> dict[int, Entity]:
        """Return the entity of each token that belongs to one; those in masked quotes have no tokens."""
        return {i: e for e in self.entities if e.first >= 0 for i in range(e.first, e.last + 1)}


def link_children(tokens: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
    """Return each token's dependents, by index, from the heads."""
    table: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            table[token.head].append(token.i)
    return tuple(tuple(row) for row in table)
