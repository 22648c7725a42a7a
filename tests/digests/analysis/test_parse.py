"""What the model gets wrong, mended in its parse."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from digests.analysis.mask import mask_paragraph
from digests.analysis.parse import Parser, _Builder, _mend_cues
from digests.analysis.quotes import find_quotes
from digests.analysis.tokens import Parsed
from tests.make import make_parsed

QUOTED = "“/``/punct/3 It/PRP/nsubj/2 is/VBZ/ccomp/6 ,/,/punct/6 ”/''/punct/6 "


@pytest.fixture(scope="module")
def parser() -> Parser:
    """The model; loading it takes a second."""
    return Parser()


def read(parser: Parser, text: str) -> Parsed:
    """Return a text as the engine's rooms see it."""
    return parser.parse(text, find_quotes(text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        pytest.param("“We are glad to be home again,” Ruiz states.", "Ruiz", "states", id="a last name"),
        pytest.param("“We are glad to be home again,” Ana Ruiz states.", "Ruiz", "states", id="a full name"),
        pytest.param("“We are glad to be home again,” Ruiz notes.", "Ruiz", "notes", id="another verb"),
    ],
)
def test_a_verb_behind_a_quote_is_a_verb(parser: Parser, text: str, subject: str, verb: str) -> None:
    """The model takes "Ruiz states" for a name; whoever states is the subject."""
    parsed = read(parser, text)
    (token,) = (token for token in parsed.tokens if token.text == verb)
    (before,) = (token for token in parsed.kids(token) if token.text == subject)
    assert (token.tag[:2], before.dep) == ("VB", "nsubj")


@pytest.mark.parametrize(
    ("text", "rows", "mended"),
    [
        pytest.param(
            "“It is,” Ruiz states.", "Ruiz/NNP/compound/6 states/NNS/ROOT/6 ././punct/6",
            ("nsubj", "VBD"), id="behind a quote",
        ),
        pytest.param(
            "“It is,” Ruiz States.", "Ruiz/NNP/compound/6 States/NNPS/ROOT/6 ././punct/6",
            ("compound", "NNPS"), id="with a capital",
        ),
        pytest.param(
            "“It is,” Ruiz houses.", "Ruiz/NNP/compound/6 houses/NNS/ROOT/6 ././punct/6",
            ("compound", "NNS"), id="no verb of saying",
        ),
        pytest.param(
            "“It is,” Ruiz states.", "Ruiz/NNP/appos/6 states/NNS/ROOT/6 ././punct/6",
            ("appos", "NNS"), id="not one phrase",
        ),
    ],
)  # fmt: skip
def test_only_a_verb_of_saying_in_lower_case_is_mended(text: str, rows: str, mended: tuple[str, str]) -> None:
    """What could be a noun stays one."""
    parsed = make_parsed(text, QUOTED + rows)
    subject, verb, _ = _mend_cues(list(parsed.tokens))[5:]
    assert (subject.dep, verb.tag) == mended


def test_a_noun_that_no_quote_stands_before_stays_a_noun() -> None:
    """A comma alone ends no quote."""
    parsed = make_parsed(
        "It is, Ruiz states.",
        "It/PRP/nsubj/1 is/VBZ/ROOT/1 ,/,/punct/1 Ruiz/NNP/compound/4 states/NNS/attr/1 ././punct/1",
    )
    assert _mend_cues(list(parsed.tokens)) == list(parsed.tokens)


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        pytest.param("states", "Ana Ruiz", id="a verb of saying"),
        pytest.param("States", "Ana Ruiz States", id="with a capital"),
        pytest.param("houses", "Ana Ruiz houses", id="no verb of saying"),
    ],
)
def test_an_entity_ends_before_its_verb(verb: str, name: str) -> None:
    """The recognizer takes "Ruiz states" for a name as the parser does."""
    text = f"Ana Ruiz {verb}"
    doc = Doc(
        Vocab(), words=text.split(), tags=["NNP", "NNP", "NNS"], heads=[2, 2, 2],
        deps=["compound", "compound", "ROOT"], ents=["B-PERSON", "I-PERSON", "I-PERSON"],
        sent_starts=[True, False, False],
    )  # fmt: skip
    builder = _Builder(text)
    builder.add(mask_paragraph(text, (0, len(text)), 0, ()), doc)
    (entity,) = builder.finish().entities
    assert text[entity.start : entity.end] == name


@pytest.mark.parametrize(
    ("end", "name"),
    [
        pytest.param("insiders", "Elm Wire", id="the next noun's words"),
        pytest.param("", "Elm Wire , Green party", id="all its own"),
    ],
)
def test_an_entity_ends_before_words_of_the_next_noun(end: str, name: str) -> None:
    """The recognizer takes "by Elm Wire, Green party insiders say" for one name."""
    words = ["Elm", "Wire", ",", "Green", "party", *([end] if end else [])]
    text = " ".join(words)
    doc = Doc(
        Vocab(), words=words, tags=["NNP", "NNP", ",", "JJ", "NN", "NNS"][: len(words)],
        heads=[1, 1, 1, 4, len(words) - 1, 5][: len(words)],
        deps=["compound", "nsubj", "punct", "amod", "compound" if end else "appos", "ROOT"][: len(words)],
        ents=["B-ORG", *["I-ORG"] * 4, "O"][: len(words)],
        sent_starts=[True, *[False] * 5][: len(words)],
    )  # fmt: skip
    builder = _Builder(text)
    builder.add(mask_paragraph(text, (0, len(text)), 0, ()), doc)
    (entity,) = builder.finish().entities
    assert text[entity.start : entity.end] == name
