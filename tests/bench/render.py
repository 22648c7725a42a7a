"""How long a digest of eight stories takes to become a platform's payloads."""

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import median
from zoneinfo import ZoneInfo

from tests.bench.corpus import Text, make_texts
from tests.bench.processes import in_fresh_process
from tests.bench.table import Row

STORIES = 8
_RUNS = 100


def measure() -> list[Row]:
    """Return milliseconds for each step from analysed articles to JSON."""
    steps = in_fresh_process(_milliseconds, make_texts(STORIES))
    return [Row(what=what, value=took, unit="ms") for what, took in steps.items()]


def _milliseconds(texts: Sequence[Text]) -> dict[str, float]:
    from bot.platforms import blocks, embeds
    from digests.analysis.engine import Engine
    from digests.digest import Choices, make_digest
    from digests.model import Article, ReadArticle
    from digests.render.document import make_document
    from digests.render.html import render_html

    engine, now = Engine(), datetime.now(UTC)
    read = [
        ReadArticle(
            id=number, arrived=now, analysis=engine.analyse(text.text),
            article=Article(url=f"https://news.example/{number}", title=text.title, text=text.text),
        )
        for number, text in enumerate(texts, start=1)
    ]  # fmt: skip
    choices = Choices(max_stories=STORIES)
    digest = make_digest("desk", read, choices, since=None, until=now)
    document = make_document(digest, ZoneInfo("UTC"))
    return {
        "articles to digest": _median(lambda: make_digest("desk", read, choices, since=None, until=now)),
        "digest to document": _median(lambda: make_document(digest, ZoneInfo("UTC"))),
        "document to Discord's JSON": _median(
            lambda: json.dumps([part.payload for part in embeds.render(document)])
        ),
        "document to Slack's JSON": _median(
            lambda: json.dumps([part.payload for part in blocks.render(document)])
        ),
        "document to HTML": _median(lambda: render_html(document)),
    }


def _median(step: Callable[[], object]) -> float:
    step()
    took = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        step()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)
