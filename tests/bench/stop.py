"""How long a bot takes from its start until its alarms are set, and from SIGTERM to its end."""

import asyncio
import json
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.corpus import make_texts
from tests.bench.deliver import Server
from tests.bench.processes import run_python, start_python
from tests.bench.publisher import HOST, Publisher
from tests.bench.sites import article_site
from tests.bench.table import Row

_RUNS = 3
_ARTICLES = 60
_CHANNELS = [str(100_000_000_000_000_000 + number) for number in range(50)]
_PARTS = 500
_SETTLED_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0
_BARE = ("-c", "import discord, slack_sdk, sqlalchemy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Seconds from the start to ready and from SIGTERM to the end, and how many messages were out by then."""

    ready: float
    stopped: float
    messages: int


def measure() -> list[Row]:
    """Return both, idle and with posts and analysis under way, beside a process that only imports."""
    with tempfile.TemporaryDirectory() as folder:
        bare = median(run_python(_BARE, Path(folder)).wall for _ in range(_RUNS))
    idle = [_live(busy=False) for _ in range(_RUNS)]
    busy = [_live(busy=True) for _ in range(_RUNS)]
    rows = [Row(what="a process that imports discord, slack_sdk and sqlalchemy", value=bare, unit="s")]
    for what, lives in (("idle", idle), (f"{_PARTS} posts and {_ARTICLES} articles under way", busy)):
        for part in ("ready", "stopped"):
            took = median(getattr(life, part) for life in lives)
            words = "from start to ready" if part == "ready" else "from SIGTERM to the end"
            rows.append(
                Row(what=f"{what}: {words}", value=took, unit="s", ratio=took / bare, beside="imports")
            )
    return rows


def _live(*, busy: bool) -> Life:
    """Start a bot, let it get to work, stop it."""
    texts = make_texts(_ARTICLES if busy else 1)
    with (
        tempfile.TemporaryDirectory() as name,
        Server("discord", _CHANNELS) as discord,
        Publisher(article_site(texts)) as publisher,
    ):
        folder = Path(name)
        config = _write_config(folder, publisher, discord.address)
        if busy:
            asyncio.run(_queue_parts(f"sqlite:///{folder / 'onrecord.db'}"))
        began = time.perf_counter()
        process = start_python(["-m", "bot", "run", "--config", str(config)], folder, quiet=True)
        try:
            _until(process, (folder / "onrecord.db.alive").exists)
            ready = time.perf_counter() - began
            _until(process, lambda: not busy or discord.ask()["messages"] > 0)
            time.sleep(_SETTLED_SECONDS)
            messages = discord.ask()["messages"]
            asked = time.perf_counter()
            process.send_signal(signal.SIGTERM)
            code = process.wait(_PATIENCE_SECONDS)
            stopped = time.perf_counter() - asked
        finally:
            process.kill()
            process.wait()
        if code != 0 or (busy and not 0 < messages < _PARTS):
            raise RuntimeError(
                f"exit code {code}, {messages} messages: {(folder / 'errors.txt').read_text()}"
            )
    return Life(ready=ready, stopped=stopped, messages=messages)


def _until(process: "subprocess.Popen[bytes]", happened: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + _PATIENCE_SECONDS
    while not happened():
        if process.poll() is not None or time.perf_counter() > deadline:
            raise RuntimeError(f"the bot did not get to work (exit code {process.poll()})")
        time.sleep(0.01)


def _write_config(folder: Path, publisher: Publisher, api: str) -> Path:
    config = {
        "storage": f"sqlite:///{folder / 'onrecord.db'}",
        "network": {"allow": [f"{HOST}:{publisher.port}"]},
        "discord": {
            "token": "wire-test-token",
            "api": api,
            "gateway": api.replace("http", "ws").replace("/api/v10", "/gateway-socket"),
        },
        "feeds": [{"url": publisher.url("/feed/0"), "name": "Feed"}],
        "channels": [{"name": "desk", "to": f"discord:{_CHANNELS[0]}", "schedule": "0 0 1 1 *"}],
    }
    path = folder / "bench.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    return path


async def _queue_parts(storage: str) -> None:
    from bot.clock import now
    from bot.platforms import embeds
    from digests.model import OutboxPart
    from digests.storage.store import Store
    from tests.wire.discord_bot import DOCUMENT

    (message,) = embeds.render(DOCUMENT)
    async with await Store.open(storage) as store:
        await store.queue_parts(
            [
                OutboxPart(
                    key=f"part-{n}", platform="discord", channel=_CHANNELS[n % len(_CHANNELS)],
                    payload=message.payload, due_at=now(),
                )
                for n in range(_PARTS)
            ]
        )  # fmt: skip
