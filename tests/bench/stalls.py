"""How late the parent's event loop runs while it polls, and while the child analyses."""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from tests.bench.corpus import make_texts
from tests.bench.processes import in_fresh_process, write_config
from tests.bench.publisher import HOST, Publisher
from tests.bench.sites import Site, article_site, feed_site
from tests.bench.table import Mark, Row

ARTICLES = 48
FEEDS = 200
_RUNS = 3
_TICK_SECONDS = 0.005
_NEIGHBOUR_SECONDS = 2.0
_MARK = Mark(limit=50)
Lags = list[float]


def measure() -> list[Row]:
    """Return the longest and the 99th percentile of a 5 ms ticker's lateness, in each phase.

    Each is the median of three runs on a fresh database.
    """
    polled = _in_bots(feed_site(FEEDS), FEEDS)
    read = _in_bots(article_site(make_texts(ARTICLES)), 1)
    return [
        *_rows("nothing but a busy neighbour (the noise)", [in_fresh_process(_beside_a_neighbour)], None),
        *_rows(f"first poll of {FEEDS} feeds", [run["poll"] for run in polled], _MARK),
        *_rows(f"unchanged poll of {FEEDS} feeds", [run["poll again"] for run in polled], _MARK),
        *_rows(f"reading and analysing {ARTICLES} articles", [run["read"] for run in read], _MARK),
        *_rows("building and posting their digest", [run["publish"] for run in read], _MARK),
    ]


def _rows(phase: str, runs: Sequence[Lags], mark: Mark | None) -> list[Row]:
    longest = median(max(lags) for lags in runs)
    p99 = median(quantiles(lags, n=100, method="inclusive")[-1] for lags in runs)
    return [
        Row(what=f"{phase}, longest", value=longest * 1000, unit="ms", mark=mark),
        Row(what=f"{phase}, p99", value=p99 * 1000, unit="ms"),
    ]


def _in_bots(site: Site, feeds: int) -> list[dict[str, Lags]]:
    with Publisher(site) as publisher:
        urls = [publisher.url(f"/feed/{number}") for number in range(feeds)]
        return [_in_a_bot(urls, publisher.port) for _ in range(_RUNS)]


def _in_a_bot(urls: Sequence[str], port: int) -> dict[str, Lags]:
    with tempfile.TemporaryDirectory() as folder:
        return in_fresh_process(_go_through_phases, write_config(Path(folder), [(HOST, port)], urls))


def _go_through_phases(config: Path) -> dict[str, Lags]:
    return asyncio.run(_phases(config))


async def _phases(config: Path) -> dict[str, Lags]:
    """Poll twice, read what is pending where pages are served for it, and publish: as a bot would."""
    from rich.console import Console

    from bot.app import open_app
    from bot.collector import spare_collector
    from config.load import load

    spare_collector()
    with (config.parent / "posted.txt").open("w") as posted:
        async with open_app(load(config, {}), Console(file=posted)) as app:
            urls = [feed.url for feed in app.config.feeds]
            lags = {}
            for phase in ("poll", "poll again"):
                feeds = await app.store.load_feeds(urls)
                lags[phase] = await _lags_during(partial(app.poller.poll, feeds))
            if len(urls) > 1:
                return lags
            lags["read"] = await _lags_during(partial(app.reader.read_pending, urls))

            async def publish() -> None:
                await app.publisher.publish(app.config.channels[0], slot=app.clock())
                await app.deliverer.run_due()

            lags["publish"] = await _lags_during(publish)
            return lags


async def _lags_during(work: Callable[[], Awaitable[object]]) -> Lags:
    """Return how late each tick came, in seconds, while ``work`` was done."""
    lags: Lags = []
    ticking = asyncio.create_task(_tick(lags))
    await asyncio.sleep(0)
    try:
        await work()
        await asyncio.sleep(_TICK_SECONDS * 2)
    finally:
        ticking.cancel()
    return lags


async def _tick(lags: Lags) -> None:
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + _TICK_SECONDS
        await asyncio.sleep(_TICK_SECONDS)
        lags.append(clock() - due)


def _beside_a_neighbour() -> Lags:
    """Return the lateness of an idle loop while one other process keeps a core busy."""
    spin = f"import time\nend = time.time() + {_NEIGHBOUR_SECONDS}\nwhile time.time() < end: pass"
    with subprocess.Popen([sys.executable, "-c", spin]):
        return asyncio.run(_lags_during(lambda: asyncio.sleep(_NEIGHBOUR_SECONDS)))
