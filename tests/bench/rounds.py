"""Two polls of the same feeds in this process, a first and an unchanged one: fetching alone, ours, a peer's.

``keep_barely`` is the least that a first poll can cost: what is fetched is parsed and kept, and nothing else.

Run each in a fresh process: what one leaves behind would be the next one's memory.
"""

import asyncio
import logging
import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.bench.crowd import allowed
from tests.bench.fetching import AT_ONCE, fetch_all, session
from tests.bench.memory import family

_ENTRIES_AT_ONCE = 2_000
_KEPT = ("id", "link", "title", "author", "published", "description")
PATIENCE_SECONDS = 5.0
"""For one feed, as all of them have it: a silent one costs that much."""
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_KB_PER_MB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll cost: seconds, and the most MB that it held above those before it."""

    cpu: float
    wall: float
    memory: float


class Meter:
    """Measures from where it is made or was read last."""

    def __init__(self) -> None:
        self._start()

    def read(self) -> Polled:
        """Return what was spent since, and start again."""
        polled = Polled(
            cpu=time.process_time() - self._cpu,
            wall=time.perf_counter() - self._wall,
            memory=_memory("VmHWM") - self._resident,
        )
        self._start()
        return polled

    def _start(self) -> None:
        if _CLEAR.exists():
            # Sets the peak back to what is resident now: proc(5).
            _CLEAR.write_text("5")
        self._resident = _memory("VmRSS")
        self._cpu, self._wall = time.process_time(), time.perf_counter()


def _memory(name: str) -> float:
    """Return a line of this process's status in MB; 0 where there is no ``/proc``."""
    lines = _STATUS.read_text().splitlines() if _STATUS.exists() else []
    return next((int(line.split()[1]) / _KB_PER_MB for line in lines if line.startswith(f"{name}:")), 0.0)


def cpu_of(root: int) -> float:
    """Return the CPU seconds of a process and of all below it: proc(5)."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in family(root)]
    return sum(int(ticks) for stat in stats for ticks in stat[11:13]) / os.sysconf("SC_CLK_TCK")


def fetch_alone(urls: Sequence[str]) -> tuple[Polled, Polled]:
    """Return the cost of fetching ``urls``, and of asking again with the tags they came with."""

    async def twice() -> tuple[Polled, Polled]:
        async with session(PATIENCE_SECONDS) as opened:
            meter = Meter()
            tags = await fetch_all(opened, urls, [None] * len(urls))
            first = meter.read()
            await fetch_all(opened, urls, tags)
            return first, meter.read()

    return asyncio.run(twice())


def keep_barely(urls: Sequence[str], folder: Path) -> Polled:
    """Return the cost of fetching ``urls``, parsing with the fastest parser, and one durable row an entry."""

    async def once() -> Polled:
        places = asyncio.Semaphore(AT_ONCE)
        async with session(PATIENCE_SECONDS) as opened:

            async def read(url: str) -> None:
                async with places, opened.get(url) as response:
                    keep(url, await response.read())

            meter = Meter()
            await asyncio.gather(*map(read, urls))
            store()
            return meter.read()

    def keep(url: str, body: bytes) -> None:
        parsed = fastfeedparser.parse(body, include_tags=False, include_media=False, include_enclosures=False)
        rows.extend((url, *(entry.get(name) for name in _KEPT)) for entry in parsed["entries"])
        if len(rows) >= _ENTRIES_AT_ONCE:
            store()

    def store() -> None:
        database.executemany(f"INSERT OR IGNORE INTO entries VALUES (?, {_places(_KEPT)})", rows)
        database.commit()
        rows.clear()

    import fastfeedparser

    rows: list[tuple[object, ...]] = []
    with closing(sqlite3.connect(folder / "barely.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(f"CREATE TABLE entries (feed, {', '.join(_KEPT)}, UNIQUE (feed, id))")
        return asyncio.run(once())


def _places(names: Sequence[str]) -> str:
    return ", ".join("?" for _ in names)


def poll(urls: Sequence[str], folder: Path) -> tuple[Polled, Polled]:
    """Return the cost of two polls as a running bot makes them, beginning with an empty database."""
    return asyncio.run(_poll(urls, folder))


async def _poll(urls: Sequence[str], folder: Path) -> tuple[Polled, Polled]:
    from bot.clock import now
    from bot.collector import spare_collector
    from digests.feeds.fetch import Fetcher, FetchLimits
    from digests.model import FeedToFetch
    from digests.poll import Poller
    from digests.storage.store import Store

    spare_collector()
    limits = FetchLimits(total=timedelta(seconds=PATIENCE_SECONDS), connections=AT_ONCE)
    storage = f"sqlite:///{folder / 'onrecord.db'}"
    async with await Store.open(storage) as store, Fetcher(allowed(urls), limits) as fetcher:
        await store.sync_feeds([FeedToFetch(url=url) for url in urls], now())
        poller = Poller(store, fetcher, now)
        meter = Meter()
        await poller.poll(await store.load_feeds(urls))
        first = meter.read()
        await poller.poll(await store.load_feeds(urls))
        return first, meter.read()


def poll_with_reader(urls: Sequence[str], folder: Path) -> tuple[Polled, Polled]:
    """Return the same of the library ``reader``, with as many threads as others have connections."""
    import feedparser_sgmllib

    # Its own copy of feedparser asks for this one under its old name.
    sys.modules.setdefault("sgmllib", feedparser_sgmllib)
    from reader import make_reader

    logging.disable(logging.CRITICAL)
    reader = make_reader(str(folder / "reader.db"), session_timeout=(PATIENCE_SECONDS, PATIENCE_SECONDS))
    for url in urls:
        reader.add_feed(url)
    meter = Meter()
    reader.update_feeds(scheduled=False, workers=AT_ONCE)
    first = meter.read()
    reader.update_feeds(scheduled=False, workers=AT_ONCE)
    return first, meter.read()
