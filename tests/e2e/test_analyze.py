"""``analyze`` in a process of its own: JSON lines in, JSON lines out, whatever the lines hold."""

import json
from typing import Any

import pytest

from tests.e2e.bots import Bots, calm
from tests.e2e.news import BRIDGE, LONG_WORDS, MAYOR, RECTOR, SCHOOL, News

pytestmark = [pytest.mark.crash, pytest.mark.model]

KEYS = ["id", "language", "actors", "quotes", "statements", "seconds"]
ACTOR_KEYS = ["name", "kind", "role", "aliases", "mentions"]
QUOTE_KEYS = (
    "start end text kind speaker speaker_start speaker_end speaker_resolved role cue venue said_on confidence"
).split()
EMOJI = News(
    path="",
    title="",
    paragraphs=("🎈🎈 Décor à part: “Ça suffit, the fair 🎪 stays open,” said organiser Zoë Brandt.",),
)


def text(news: News) -> str:
    return "\n".join(news.paragraphs)


def line(**article: Any) -> bytes:
    return json.dumps(article).encode() + b"\n"


async def test_answers_come_in_order_with_exactly_the_promised_keys(bots: Bots) -> None:
    """Whatever optional fields a line has; offsets count characters, and ``text`` is what stands there."""
    articles = {"a": text(BRIDGE), "b": text(SCHOOL), "c": text(EMOJI), "d": ""}
    stdin = b"".join(
        line(id=id_, text=body, title="T", url="https://n.example/", published="2026-03-02", more=[1])
        for id_, body in articles.items()
    )
    ended = await bots.run("analyze", stdin=stdin)
    assert calm(ended) == []
    records = [json.loads(answer) for answer in ended.out.splitlines()]
    assert [record["id"] for record in records] == list(articles)
    for record in records:
        assert list(record) == KEYS
        article = articles[record["id"]]
        for actor in record["actors"]:
            assert list(actor) == ACTOR_KEYS
            assert all(article[start:end].strip() for start, end in actor["mentions"])
        for quote in record["quotes"]:
            assert list(quote) == QUOTE_KEYS
            assert quote["text"] == article[quote["start"] : quote["end"]]
            if quote["speaker"] is not None:
                assert quote["speaker"] == article[quote["speaker_start"] : quote["speaker_end"]]
    assert [len(record["quotes"]) for record in records] == [1, 1, 1, 0]
    mayor = records[0]["quotes"][0]
    assert (mayor["text"], mayor["speaker_resolved"]) == (f"{MAYOR},", "Ana Ruiz")
    assert records[2]["quotes"][0]["text"] == "Ça suffit, the fair 🎪 stays open,"


async def test_a_bad_line_gets_an_error_with_its_id_and_the_rest_goes_on(bots: Bots) -> None:
    """Text that is no JSON, no object, no UTF-8, half a surrogate pair, no text, a number for a text; blank
    lines are no lines."""
    bad = [
        b'{"id": 1, "text": \n',
        b"[1, 2]\n",
        b'{"id": 3, "text": "caf\xe9"}\n',
        line(id=4),
        line(id=5, text=5),
        b'{"id": "6\\ud800", "text": 6}\n',
        line(id=7, text="“Half \ud800,” said Ada Berg."),
        b"[" * 100_000 + b"\n",
    ]
    good = [line(id=f"g{number}", text=text(BRIDGE)) for number in range(len(bad))]
    stdin = b"\n\r\n".join(part for pair in zip(bad, good, strict=True) for part in pair).rstrip()
    ended = await bots.run("analyze", stdin=stdin)
    assert calm(ended) == []
    records = [json.loads(answer) for answer in ended.out.splitlines()]
    assert [list(record) for record in records[::2]] == [["id", "error"]] * len(bad)
    assert [record["id"] for record in records[:12:2]] == [None, None, None, 4, 5, "6\ud800"]
    assert all(record["error"] for record in records[::2])
    assert [record["id"] for record in records[1::2]] == [f"g{number}" for number in range(len(bad))]
    assert all(len(record["quotes"]) == 1 for record in records[1::2])


async def test_an_article_over_a_million_characters_is_analysed(bots: Bots) -> None:
    """spaCy refuses such texts as a whole; no news article is that long, so its beginning has to do."""
    long = f"{text(BRIDGE)}\n" + LONG_WORDS
    assert len(long) > 1_000_000
    ended = await bots.run("analyze", stdin=line(id=1, text=long) + line(id=2, text=text(SCHOOL)))
    assert calm(ended) == []
    first, second = map(json.loads, ended.out.splitlines())
    assert [quote["text"] for quote in first["quotes"]] == [f"{MAYOR},"]
    assert [quote["text"] for quote in second["quotes"]] == [f"{RECTOR},"]


async def test_nothing_in_gives_nothing_out(bots: Bots) -> None:
    """And no model is loaded for it."""
    ended = await bots.run("analyze")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
