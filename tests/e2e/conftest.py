import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Self

import pytest
from rich.console import Console

from bot.app import App, open_app
from bot.once import run_once
from bot.progress import Progress
from config.load import load
from digests.analysis.nlp import Analyst
from digests.model import PageRule
from tests.e2e.bots import Bots
from tests.feed_server import FeedServer

Cycle = Callable[..., Awaitable[str]]


@pytest.fixture
async def bots(tmp_path: Path) -> AsyncIterator[Bots]:
    """Bots in an empty folder; none outlives its test."""
    bots = Bots(tmp_path)
    yield bots
    for bot in bots.started:
        await bot.destroy()


@pytest.fixture
async def publisher() -> AsyncIterator[FeedServer]:
    """A publisher on loopback with nothing to say yet."""
    async with FeedServer() as server:
        yield server


class KeptAnalyst(Analyst):
    """The real analyser, which the bots of many tests share: loading its model takes a second."""

    def taken(self, rules: tuple[PageRule, ...] = ()) -> Self:
        """Return it as one bot would make it."""
        self.rules = rules
        return self

    async def close(self) -> None:
        """Stay."""

    async def end(self) -> None:
        await super().close()


@pytest.fixture(scope="session")
def analyst() -> Iterator[KeptAnalyst]:
    kept = KeptAnalyst()
    yield kept
    asyncio.run(kept.end())


@pytest.fixture
def cycle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analyst: KeptAnalyst) -> Cycle:
    """``--once`` in this process: give it a configuration, get what the terminal shows, on one line.

    ``look`` is awaited with the app in the end, before it closes.
    """
    monkeypatch.setattr("bot.app.Analyst", analyst.taken)

    async def run(look: Callable[[App], Awaitable[None]] | None = None, **settings: object) -> str:
        path = tmp_path / "onrecord.yaml"
        path.write_text(json.dumps({"storage": f"sqlite:///{tmp_path}/onrecord.db", **settings}))
        shown = Console(file=io.StringIO(), width=200)
        async with open_app(load(path, {}), shown) as app:
            await run_once(app, shown, Progress(shown))
            if look is not None:
                await look(app)
        assert isinstance(shown.file, io.StringIO)
        return " ".join(shown.file.getvalue().split())

    return run
