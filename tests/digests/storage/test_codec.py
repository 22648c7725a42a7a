"""Records survive the way into the database and back."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.document import Document, Run
from digests.model import Analysis, Article, Quote, QuoteKind, TextSource
from digests.storage.codec import decode, encode
from tests.make import NOON, make_analysis, make_article, make_digest, make_document, make_part, make_poll

RECORDS = [
    make_article(published=NOON, source=TextSource.FEED),
    make_analysis(),
    make_digest(1, 2, since=NOON),
    make_document(),
    make_part(payload={"blocks": [{"type": "section", "n": None}]}),
    make_poll(),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_as_it_was(record: object) -> None:
    """Through real JSON text: tuples stay tuples, choices stay choices, times stay times."""
    back = decode(type(record), json.loads(json.dumps(encode(record))))
    assert back == record
    assert shape(back) == shape(record)


def shape(value: object) -> object:
    """Return the types inside ``value``: equal records can still hold a string for a choice."""
    if is_dataclass(value):
        return type(value), [shape(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return tuple, [shape(item) for item in value]
    return type(value)


def test_a_time_comes_back_aware_and_at_the_same_moment() -> None:
    """An offset that was written is the same moment when it is read."""
    noon_in_paris = NOON.astimezone(timezone(timedelta(hours=1)))
    published = decode(Article, encode(make_article(published=noon_in_paris))).published
    assert published == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_what_an_older_version_wrote_is_read_with_defaults() -> None:
    """A field added since takes its default; one that is gone is passed over."""
    old = encode(make_document())
    del old["language"]
    old["gone"] = "since"
    assert decode(Document, old) == make_document()


@pytest.mark.parametrize("value", [None, {}, {"title": 3}, {"title": "x", "cards": "none"}], ids=str)
def test_what_is_no_such_record_is_refused(value: object) -> None:
    """Rather an error than a record with the wrong things in it."""
    with pytest.raises(ValueError, match="Document"):
        decode(Document, value)


def test_a_record_that_could_not_be_made_is_not_read_either() -> None:
    """The records' own checks hold for what comes from the database."""
    analysis = encode(make_analysis())
    analysis["quotes"][0]["end"] = 0
    with pytest.raises(ValueError, match="not a quote"):
        decode(Analysis, analysis)


@given(st.text(), st.text(min_size=1).filter(str.strip), st.floats(0, 1))
def test_any_text_and_any_number_comes_back_exactly(title: str, words: str, confidence: float) -> None:
    """Offsets count on it: not a character more or less."""
    quote = Quote(start=3, end=9, text=words, kind=QuoteKind.MIXED, confidence=confidence)
    for record in (Run(text=title), quote):
        assert decode(type(record), json.loads(json.dumps(encode(record)))) == record
