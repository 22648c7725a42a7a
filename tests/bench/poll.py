"""Polling 1,000 local feeds, first and unchanged, beside fetching them alone."""

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.fetching import Cost, fetch_twice, now, spent
from tests.bench.processes import Ran, in_fresh_process, run_python, write_config
from tests.bench.publisher import HOST, Publisher
from tests.bench.sites import feed_site
from tests.bench.table import Mark, Row

FEEDS = 1_000
_ROUNDS = 9
_MARKS = {"first": Mark(limit=3.5), "unchanged": Mark(limit=1.5)}
COMMAND_MARKS = {"first": Mark(limit=6), "unchanged": Mark(limit=2)}
"""A command also starts, which the script beside it does with less to import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One poll and one fetching alone: inside a running process, and as commands from start to end."""

    alone: Cost
    ours: Cost
    alone_command: Cost
    command: Cost


def measure() -> list[Row]:
    """Return CPU and wall of both polls; each round measures all four ways on a fresh database."""
    with Publisher(feed_site(FEEDS)) as publisher:
        urls = [publisher.url(f"/feed/{number}") for number in range(FEEDS)]
        rounds = [_measure_round(urls, publisher.port) for _ in range(_ROUNDS)]
    rows: list[Row] = []
    for place, when in enumerate(_MARKS):
        rows += _rows(when, [pair[place] for pair in rounds])
    return rows


def _rows(when: str, rounds: Sequence[Round]) -> list[Row]:
    ratio = median(one.ours.cpu / one.alone.cpu for one in rounds)
    commands = median(one.command.cpu / one.alone_command.cpu for one in rounds)
    slower = median(one.ours.wall / one.alone.wall for one in rounds)
    return [
        Row(what=f"{when}: fetching alone, CPU", value=median(one.alone.cpu for one in rounds), unit="s"),
        Row(what=f"{when}: Poller.poll, CPU", value=median(one.ours.cpu for one in rounds), unit="s",
            ratio=ratio, beside="alone", mark=_MARKS[when]),
        Row(what=f"{when}: Poller.poll, wall", value=median(one.ours.wall for one in rounds), unit="s",
            ratio=slower, beside="alone"),
        Row(what=f"{when}: a script that fetches alone, CPU",
            value=median(one.alone_command.cpu for one in rounds), unit="s"),
        Row(what=f"{when}: onrecord poll, CPU", value=median(one.command.cpu for one in rounds), unit="s",
            ratio=commands, beside="the script", mark=COMMAND_MARKS[when]),
        Row(what=f"{when}: onrecord poll, wall", value=median(one.command.wall for one in rounds), unit="s",
            ratio=median(one.command.wall / one.alone_command.wall for one in rounds), beside="the script"),
    ]  # fmt: skip


def _measure_round(urls: Sequence[str], port: int) -> tuple[Round, ...]:
    alone = in_fresh_process(fetch_twice, urls)
    with tempfile.TemporaryDirectory() as folder:
        ours = in_fresh_process(_poll_twice, urls, port, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        scripts = _fetch_by_script(urls, Path(folder))
        config = write_config(Path(folder), [(HOST, port)], urls)
        commands = [_poll_by_command(config) for _ in scripts]
    return tuple(
        Round(alone=alone[place], ours=ours[place], alone_command=scripts[place], command=commands[place])
        for place in range(len(alone))
    )


def _poll_twice(urls: Sequence[str], port: int, folder: Path) -> tuple[Cost, Cost]:
    return asyncio.run(_poll_in_loop(urls, port, folder))


async def _poll_in_loop(urls: Sequence[str], port: int, folder: Path) -> tuple[Cost, Cost]:
    from bot.clock import now as clock
    from bot.collector import spare_collector
    from digests.feeds.fetch import Fetcher
    from digests.model import FeedToFetch
    from digests.poll import Poller
    from digests.storage.store import Store

    spare_collector()
    storage = f"sqlite:///{folder / 'onrecord.db'}"
    async with await Store.open(storage) as store, Fetcher([(HOST, port)]) as fetcher:
        await store.sync_feeds([FeedToFetch(url=url) for url in urls], clock())
        poller = Poller(store, fetcher, clock)
        before = now()
        await poller.poll(await store.load_feeds(urls))
        between = now()
        summary = await poller.poll(await store.load_feeds(urls))
        after = now()
    if summary.not_modified != len(urls):
        raise RuntimeError(f"not every feed was unchanged: {summary}")
    return spent(before, between), spent(between, after)


def _fetch_by_script(urls: Sequence[str], folder: Path) -> list[Cost]:
    asked = folder / "asked.json"
    tags: list[str | None] = [None] * len(urls)
    costs = []
    for _ in _MARKS:
        asked.write_text(json.dumps({"urls": urls, "etags": tags}))
        ran = run_python(["-m", "tests.bench.fetching", str(asked)], folder)
        tags = json.loads(ran.output)
        costs.append(_cost(ran))
    return costs


def _poll_by_command(config: Path) -> Cost:
    return _cost(
        run_python(["-m", "bot", "poll", "--config", str(config), "--format", "json"], config.parent)
    )


def _cost(ran: Ran) -> Cost:
    return Cost(cpu=ran.cpu, wall=ran.wall)
