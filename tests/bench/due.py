"""Thousands of channels whose digests are due in the same minute: how long the last waits for the first."""

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.corpus import Text, make_texts
from tests.bench.processes import in_fresh_process
from tests.bench.table import Mark, Row

if TYPE_CHECKING:
    from digests.storage.store import Store

CHANNELS = 5_000
FEEDS, TAGS = 40, 20
_ARTICLES_A_FEED = 3
# Each channel follows three tags of two feeds: 18 stories of the last day, of which 8 are told in full.
_TAGS_A_CHANNEL = 3
_MARK = Mark(limit=20)
_EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass(slots=True)
class MovedClock:
    """A clock that runs like the machine's and can be set."""

    offset: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def show(self, moment: datetime) -> None:
        """Set it."""
        self.offset = moment - datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """How many digests were built, from the first to the last, in seconds, and over what CPU time."""

    digests: int
    parts: int
    spread: float
    wall: float
    cpu: float


def measure(channels: int | None = None) -> list[Row]:
    """Return how long it takes to build every channel's digest, and one channel alone beside it."""
    count = channels or CHANNELS
    texts = make_texts(FEEDS * _ARTICLES_A_FEED)
    alone = in_fresh_process(_build, texts, 1)
    ran = in_fresh_process(_build, texts, count)
    if ran.digests != count:
        raise RuntimeError(f"{ran.digests} of {count} digests were built")
    return [
        Row(what="one channel due: its digest built after", value=alone.wall * 1000, unit="ms"),
        Row(what=f"{count:,} channels due: the last digest after the first", value=ran.spread, unit="s",
            mark=_MARK),
        Row(what=f"{count:,} channels due: a digest", value=ran.wall / count * 1000, unit="ms",
            ratio=ran.wall / count / alone.wall, beside="one alone"),
        Row(what=f"{count:,} channels due: CPU a digest", value=ran.cpu / count * 1000, unit="ms"),
        Row(what=f"{count:,} channels due: parts a digest", value=ran.parts / count, unit=""),
    ]  # fmt: skip


def _build(texts: Sequence[Text], channels: int) -> Built:
    return asyncio.run(_build_all(texts, channels))


async def _build_all(texts: Sequence[Text], channels: int) -> Built:
    """Let ``channels`` become due on a database that holds the analysed ``texts``."""
    from rich.console import Console

    from bot.app import Bot, open_app
    from bot.collector import spare_collector
    from config.load import load

    spare_collector()
    clock = MovedClock()
    clock.show(_EIGHT - timedelta(hours=1))
    with tempfile.TemporaryDirectory() as folder:
        config = load(_write_config(Path(folder), channels), {})
        async with open_app(config, Console(quiet=True), clock) as app:
            await _store_articles(app.store, texts, clock())
            app.commands.mark_ready()
            bot = Bot(app)
            clock.show(_EIGHT + timedelta(seconds=1))
            began = time.perf_counter(), time.process_time()
            await bot.publish_due(*config.channels)
            wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
            built = [await app.store.load_last_digest(channel.name) for channel in config.channels]
            parts = len(await app.store.load_parts(tuple(_waiting())))
    times = sorted(digest.built_at for digest in built if digest is not None)
    spread = (times[-1] - times[0]).total_seconds() if times else 0.0
    return Built(digests=len(times), parts=parts, spread=max(spread, wall), wall=wall, cpu=cpu)


def _waiting() -> list[Any]:
    from digests.model import PartState

    return [PartState.WAITING]


def _write_config(folder: Path, channels: int) -> Path:
    """Return a configuration whose channels each follow some of the tags and are due at eight."""
    config = {
        "storage": f"sqlite:///{folder / 'onrecord.db'}",
        "discord": {"token": "a-token-that-is-never-used"},
        "feeds": [
            {"url": _url(number), "name": f"Outlet {number}", "tags": [f"tag{number % TAGS}"]}
            for number in range(FEEDS)
        ],
        "channels": [
            {
                "name": f"channel {number}", "to": f"discord:{100_000_000_000_000_000 + number}",
                "feeds": [f"tag{(number + at * 7) % TAGS}" for at in range(_TAGS_A_CHANNEL)],
                "schedule": "0 8 * * *",
            }
            for number in range(channels)
        ],
    }  # fmt: skip
    path = folder / "bench.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    return path


def _url(number: int) -> str:
    return f"https://outlet{number}.example/rss"


async def _store_articles(store: "Store", texts: Sequence[Text], now: datetime) -> None:
    """Store ``texts`` as articles that the feeds announced in the last hours and that were analysed."""
    from digests.analysis.engine import Engine
    from digests.model import Article
    from tests.make import make_entry, make_poll

    engine = Engine()
    entries = [
        make_entry(number, title=text.title, published=now - timedelta(minutes=10 * number))
        for number, text in enumerate(texts, start=1)
    ]
    await store.record_polls(
        [make_poll(*entries[number::FEEDS], url=_url(number), at=now) for number in range(FEEDS)]
    )
    by_title = {text.title: text.text for text in texts}
    for pending in await store.load_pending(None, len(texts)):
        article = Article(
            url=pending.url, title=pending.title, text=by_title[pending.title], outlet=pending.outlet,
            published=pending.published,
        )  # fmt: skip
        await store.save_read(pending.id, article, engine.analyse(article.text), now)
