"""A document as JSON, for programs."""

import json

from digests.document import Card, Document, Run, Style
from digests.render.json import render_json
from tests.make import make_document


def read_back(text: str) -> Document:
    """Return the document that the JSON tells."""

    def line(runs: list[dict[str, str]]) -> tuple[Run, ...]:
        return tuple(Run(**(run | {"style": Style(run["style"])})) for run in runs)

    values = json.loads(text)
    cards = tuple(
        Card(
            headline=line([card["headline"]])[0], meta=card["meta"], bullets=tuple(map(line, card["bullets"]))
        )
        for card in values["cards"]
    )
    return Document(**(values | {"cards": cards, "more": tuple(map(line, values["more"]))}))


def test_json_tells_the_whole_document():
    """A program that reads it knows what a reader sees: words, styles, links."""
    document = make_document(subtitle="S", more_title="M", footer="F", language="fr")
    assert read_back(render_json(document)) == document


def test_json_is_one_readable_object():
    """Letters stay letters, the text ends with a newline, control characters are escaped."""
    text = render_json(make_document(title="“Café”\x07"))
    assert text.endswith("}\n")
    assert "“Café”\\u0007" in text
    assert json.loads(text)["cards"][0]["headline"]["style"] == "plain"
