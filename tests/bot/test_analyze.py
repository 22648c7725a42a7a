import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot import analyze
from bot.analyze import analyze_lines
from digests.model import Actor, ActorKind, Analysis, QuoteKind
from tests.make import TEXT, make_analysis, make_quote


class FakeEngine:
    """Finds in every text what ``make_analysis`` holds, said when it was published, and an organisation."""

    def analyse(self, text: str, *, byline: str, published: datetime | None) -> Analysis:
        council = Actor(
            name="City Council", kind=ActorKind.ORGANIZATION, aliases=("council",), mentions=((0, 3), (4, 9))
        )
        found = make_analysis(seconds=0.123456789)
        quotes = [replace(quote, said_date=published and published.date()) for quote in found.quotes]
        told = make_quote(TEXT, "spoke on Monday", kind=QuoteKind.INDIRECT)
        writer = (Actor(name=byline, kind=ActorKind.PERSON),) if byline else ()
        return make_analysis(
            actors=(*found.actors, council, *writer),
            quotes=tuple(quotes),
            statements=(told,),
            seconds=found.seconds,
        )


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyze, "Engine", FakeEngine)


def answers(*lines: bytes, out: io.TextIOBase | None = None) -> list[str]:
    shown = out or io.StringIO()
    analyze_lines(lines, shown)  # type: ignore[arg-type]
    shown.seek(0)
    return shown.read().splitlines()


@pytest.mark.parametrize(("byline", "told"), [("Ida Roe", ["Ida Roe"]), (None, []), (7, [])])
def test_the_engine_hears_who_wrote_an_article(byline: object, told: list[str]) -> None:
    """Who is named there alone is no actor; what is no text counts as none."""
    (line,) = answers(json.dumps({"id": 7, "text": TEXT, "byline": byline}).encode())
    assert [actor["name"] for actor in json.loads(line)["actors"][2:]] == told


def test_a_line_holds_all_that_was_found_and_nothing_of_ours() -> None:
    """Offsets as pairs, kinds as words, what is unknown as null; a renderer's clause is no part of it."""
    (line,) = answers(json.dumps({"id": 7, "text": TEXT}).encode())
    record = json.loads(line)
    start, end, told = TEXT.index("We will"), TEXT.index(",” she"), TEXT.index("spoke on")
    assert record == {
        "id": 7,
        "language": "en",
        "actors": [
            {"name": "Ana Ruiz", "kind": "person", "role": "mayor", "aliases": [], "mentions": [[11, 19]]},
            {
                "name": "City Council", "kind": "organization", "role": None, "aliases": ["council"],
                "mentions": [[0, 3], [4, 9]],
            },
        ],
        "quotes": [
            {
                "start": start, "end": end, "text": TEXT[start:end], "kind": "direct", "speaker": "she",
                "speaker_start": end + 3, "speaker_end": end + 6, "speaker_resolved": "Ana Ruiz",
                "role": "mayor", "cue": "said", "venue": None, "said_on": "Monday", "confidence": 0.93,
            }
        ],
        "statements": [
            {
                "start": told, "end": told + 15, "text": "spoke on Monday", "kind": "indirect",
                "speaker": None, "speaker_start": None, "speaker_end": None,
                "speaker_resolved": "Ana Ruiz", "role": None, "cue": None, "venue": None, "said_on": None,
                "confidence": 0.9,
            }
        ],
        "seconds": record["seconds"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("published", "said_on"),
    [
        pytest.param("2026-03-09T08:00:00+01:00", "2026-03-09", id="a time"),
        pytest.param("2026-03-09", "2026-03-09", id="a day"),
        pytest.param(None, "Monday", id="not told"),
        pytest.param("last spring", "Monday", id="not understood"),
        pytest.param(1773014400, "Monday", id="not a string"),
    ],
)
def test_a_day_is_a_date_where_the_articles_own_date_is_given(published: object, said_on: str) -> None:
    """Else it is told as printed."""
    (line,) = answers(json.dumps({"id": 1, "text": TEXT, "published": published}).encode())
    assert json.loads(line)["quotes"][0]["said_on"] == said_on


def test_an_error_is_a_line_too() -> None:
    """With the id where one could be read; the lines around it are answered."""
    good = json.dumps({"id": 1, "text": TEXT}).encode()
    lines = answers(good, b"{", b'{"id": 2}', b"   \n", good)
    assert [list(json.loads(line)) for line in lines[1:3]] == [["id", "error"]] * 2
    assert [json.loads(line)["id"] for line in lines] == [1, None, 2, 1]


def test_letters_stay_letters_and_what_cannot_be_written_is_escaped() -> None:
    """Half a surrogate pair in an id, or an output that knows few letters, loses nothing."""
    line = json.dumps({"id": "café", "text": TEXT}).encode()
    assert '"café"' in answers(line)[0]
    half = answers(rb'{"id": "\ud800", "text": "x"}')[0]
    assert json.loads(half)["id"] == "\ud800"
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    assert json.loads(answers(line, out=narrow)[0])["id"] == "café"


def test_every_answer_is_out_before_the_next_line_is_read() -> None:
    """A program that talks to it line by line gets its answer: nothing stays in a buffer."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")

    def lines() -> Iterator[bytes]:
        for number in range(3):
            assert raw.getvalue().count(b"\n") == number
            yield json.dumps({"id": number, "text": TEXT}).encode()

    analyze_lines(lines(), out)
    assert raw.getvalue().count(b"\n") == 3
