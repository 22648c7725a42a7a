"""Polling 1,000 and 5,000 feeds at 59 hosts, clean and faulty, beside fetching and a peer; an idle hour."""

import json
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

from tests.bench import crowd, rounds
from tests.bench.poll import COMMAND_MARKS
from tests.bench.processes import in_fresh_process, run_python, start_python, write_config
from tests.bench.publisher import Publisher
from tests.bench.rounds import Polled
from tests.bench.sites import Site, feed_site
from tests.bench.table import Mark, Row

FEW, MANY = 1_000, 5_000
_RUNS = {FEW: 3, MANY: 1}
_CPU = (Mark(limit=3.5), Mark(limit=1.5))
_WALL, _MEMORY, _FLAT = Mark(limit=1.3), Mark(limit=150), Mark(limit=1.5)
_WHEN = ("first", "unchanged")
_ROUNDS_AN_HOUR = 4
_SETTLING_SECONDS, _IDLE_SECONDS = 20, 30
Pair = tuple[Polled, Polled]


def measure() -> list[Row]:
    """Return CPU, wall and memory in one process, the same as whole commands, and an idle hour's CPU.

    Beside the first poll of clean feeds stands the least that it can cost, whoever does it.
    The peer, ``reader``, takes minutes for 5,000 feeds and is measured on 1,000.
    """
    rows: list[Row] = []
    peaks: dict[tuple[str, int], float] = {}
    for kind, site in (("clean", crowd.clean_site), ("faulty", crowd.faulty_site)):
        for feeds in (FEW, MANY):
            found, peaks[kind, feeds] = _measure_in_process(site(feeds), feeds, kind)
            rows += found
        rows.append(_flatness(kind, peaks[kind, FEW], peaks[kind, MANY]))
    return [*rows, *_measure_commands(), *_measure_idle_hour(rows)]


def _measure_in_process(site: Site, feeds: int, kind: str) -> tuple[list[Row], float]:
    """Return the rows of so many feeds, and the most memory that a first poll took."""
    with Publisher(site, crowd.HOSTS) as publisher:
        urls = crowd.addresses(publisher, feeds)
        pairs = [(in_fresh_process(rounds.fetch_alone, urls), _ours(urls)) for _ in range(_RUNS[feeds])]
        peer = _peer(urls) if feeds == FEW else None
        barely = [_barely(urls) for _ in pairs] if kind == "clean" else []
    rows = _least(f"{feeds:,} {kind}, first", [pair[0][0] for pair in pairs], barely) if barely else []
    for place, when in enumerate(_WHEN):
        alone, ours = ([pair[side][place] for pair in pairs] for side in (0, 1))
        rows += _rows(f"{feeds:,} {kind}, {when}", alone, ours, None if peer is None else peer[place], place)
    return rows, max(ours.memory for _, (ours, _) in pairs)


def _least(what: str, alone: Sequence[Polled], barely: Sequence[Polled]) -> list[Row]:
    cpu = median(least.cpu / one.cpu for least, one in zip(barely, alone, strict=True))
    return [Row(what=f"{what}: fetched, parsed, kept and nothing else, CPU",
                value=median(one.cpu for one in barely), unit="s", ratio=cpu, beside="alone")]  # fmt: skip


def _rows(
    what: str, alone: Sequence[Polled], ours: Sequence[Polled], peer: Polled | None, at: int
) -> list[Row]:
    both = list(zip(ours, alone, strict=True))
    cpu = median(ours.cpu / alone.cpu for ours, alone in both)
    wall = median(ours.wall / alone.wall for ours, alone in both)
    rows = [
        Row(what=f"{what}: fetching alone, CPU", value=median(one.cpu for one in alone), unit="s"),
        Row(what=f"{what}: Poller, CPU", value=median(one.cpu for one in ours), unit="s",
            ratio=cpu, beside="alone", mark=_CPU[at]),
        Row(what=f"{what}: Poller, wall", value=median(one.wall for one in ours), unit="s",
            ratio=wall, beside="alone", mark=_WALL),
        Row(what=f"{what}: Poller, memory above idle", value=max(one.memory for one in ours), unit="MB",
            mark=_MEMORY),
    ]  # fmt: skip
    if peer is not None:
        fetched = median(one.cpu for one in alone)
        rows.append(Row(what=f"{what}: reader, CPU", value=peer.cpu, unit="s",
                        ratio=peer.cpu / fetched, beside="alone"))  # fmt: skip
        rows.append(Row(what=f"{what}: reader, wall", value=peer.wall, unit="s"))
    return rows


def _flatness(kind: str, few: float, many: float) -> Row:
    return Row(what=f"{kind}: memory of {MANY:,} feeds over that of {FEW:,}", value=many - few, unit="MB",
               ratio=many / few if few else 0.0, beside="", mark=_FLAT)  # fmt: skip


def _ours(urls: Sequence[str]) -> Pair:
    with tempfile.TemporaryDirectory() as folder:
        return in_fresh_process(rounds.poll, urls, Path(folder))


def _barely(urls: Sequence[str]) -> Polled:
    with tempfile.TemporaryDirectory() as folder:
        return in_fresh_process(rounds.keep_barely, urls, Path(folder))


def _peer(urls: Sequence[str]) -> Pair:
    with tempfile.TemporaryDirectory() as folder:
        return in_fresh_process(rounds.poll_with_reader, urls, Path(folder))


# --- whole commands ----------------------------------------------------------------------------------


def _measure_commands() -> list[Row]:
    """Return ``onrecord poll`` beside a script that fetches, start and end included, on the clean feeds."""
    with Publisher(crowd.clean_site(FEW), crowd.HOSTS) as publisher:
        urls = crowd.addresses(publisher, FEW)
        runs = [_run_commands(urls) for _ in range(_RUNS[FEW])]
    rows: list[Row] = []
    for at, when in enumerate(_WHEN):
        cpu = median(ours.cpu / alone.cpu for alone, ours in (run[at] for run in runs))
        wall = median(ours.wall / alone.wall for alone, ours in (run[at] for run in runs))
        what = f"{FEW:,} clean, {when}: onrecord poll"
        rows += [
            Row(what=f"{what}, CPU", value=median(run[at][1].cpu for run in runs), unit="s",
                ratio=cpu, beside="a script", mark=COMMAND_MARKS[when]),
            Row(what=f"{what}, wall", value=median(run[at][1].wall for run in runs), unit="s",
                ratio=wall, beside="a script", mark=_WALL),
        ]  # fmt: skip
    return rows


def _run_commands(urls: Sequence[str]) -> list[Pair]:
    """Return for the first and the unchanged poll what the script and the command took."""
    pairs: list[Pair] = []
    tags: list[str | None] = [None] * len(urls)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked, config = folder / "asked.json", write_config(folder, crowd.allowed(urls), urls)
        for _ in _WHEN:
            asked.write_text(json.dumps({"urls": urls, "etags": tags}))
            script = run_python(["-m", "tests.bench.fetching", str(asked)], folder)
            tags = json.loads(script.output)
            ours = run_python(["-m", "bot", "poll", "--config", str(config)], folder)
            pairs.append(
                (
                    Polled(cpu=script.cpu, wall=script.wall, memory=0.0),
                    Polled(cpu=ours.cpu, wall=ours.wall, memory=0.0),
                )
            )
    return pairs


# --- an idle hour ------------------------------------------------------------------------------------


def _measure_idle_hour(rows: Sequence[Row]) -> list[Row]:
    """Return what an hour with nothing new costs: a running bot's waking up, and four unchanged rounds.

    A bot that has nothing to read runs for half a minute, and that is taken for every half minute.
    """
    waking = _watch_idle_bot() * timedelta(hours=1).total_seconds()
    unchanged = next(row.value for row in rows if row.what == f"{FEW:,} clean, unchanged: Poller, CPU")
    polls = _ROUNDS_AN_HOUR * unchanged
    return [
        Row(what=f"an idle hour with {FEW:,} feeds: waking up, CPU", value=waking, unit="s"),
        Row(what=f"an idle hour with {FEW:,} feeds: {_ROUNDS_AN_HOUR} rounds of 304s, CPU",
            value=polls, unit="s"),
        Row(what=f"an idle hour with {FEW:,} feeds, CPU", value=waking + polls, unit="s"),
    ]  # fmt: skip


def _watch_idle_bot() -> float:
    """Return the CPU seconds a second of a bot whose feeds bring nothing to read."""
    site = feed_site(FEW, age=timedelta(days=30))
    with Publisher(site, crowd.HOSTS) as publisher, tempfile.TemporaryDirectory() as name:
        urls = crowd.addresses(publisher, FEW)
        config = write_config(Path(name), crowd.allowed(urls), urls)
        process = start_python(["-m", "bot", "run", "--config", str(config)], Path(name), quiet=True)
        try:
            time.sleep(_SETTLING_SECONDS)
            before = rounds.cpu_of(process.pid)
            time.sleep(_IDLE_SECONDS)
            return (rounds.cpu_of(process.pid) - before) / _IDLE_SECONDS
        finally:
            process.terminate()
            process.wait()
