"""SIGHUP, which means one of two things, at any moment of a bot's life."""

import asyncio
import json
import os
import pty
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import app as app_module
from bot import hangup, words
from bot.app import Bot
from bot.hangup import Hangups
from bot.reloading import Reloader
from config.watch import WatchedConfig
from tests.bot.small_app import Small
from tests.bot.test_app import until
from tests.make import GAZETTE


@dataclass(slots=True)
class Desk:
    """A bot under way that reads its configuration when it is asked, and what its operator was told."""

    bot: asyncio.Task[None]
    told: list[str] = field(default_factory=list)


def start(small: Small, folder: Path, hangups: Hangups, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Start a bot that found these hangups."""
    monkeypatch.setattr(app_module, "HANGUPS", hangups)
    path = folder / "onrecord.yaml"
    path.write_text(json.dumps({"feeds": [{"url": GAZETTE}]}))
    file, told = WatchedConfig(path, {}), []

    def tell(headline: str, lines: Sequence[str] = (), *, bad: bool = False) -> None:
        told.append(headline)

    reloader = Reloader(file, file.load(), tell, watch=False)
    return Desk(asyncio.create_task(Bot(small.app, reloader=reloader).run()), told)


async def stop(desk: Desk) -> None:
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        await desk.bot


async def test_a_signal_asks_for_the_configuration(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often; the bot runs on."""
    desk = start(small, tmp_path, Hangups(), monkeypatch)
    await until(lambda: small.app.commands.ready)
    for number in (1, 2):
        signal.raise_signal(signal.SIGHUP)
        await until(lambda number=number: len(desk.told) == number)
    assert desk.told == [words.CONFIG_UNCHANGED] * 2
    await stop(desk)


async def test_one_that_came_before_the_bot_minded_it_is_heeded_then(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file may have been read already when it was saved."""
    desk = start(small, tmp_path, Hangups(early=True), monkeypatch)
    await until(lambda: desk.told == [words.CONFIG_UNCHANGED])
    await stop(desk)


async def test_one_that_says_that_the_terminal_was_closed_ends_the_bot(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cleanly, as Ctrl-C does; what is still to be written goes nowhere instead of failing."""
    ours, its = pty.openpty()
    os.close(ours)
    with pytest.raises(OSError, match="Input/output error"):
        os.write(its, b"a digest")
    desk = start(small, tmp_path, Hangups(ends=True, streams=(its,)), monkeypatch)
    monkeypatch.setattr(hangup, "has_terminal", lambda: False)
    await until(lambda: small.app.commands.ready)
    signal.raise_signal(signal.SIGHUP)
    async with asyncio.timeout(10):
        await desk.bot
    assert desk.told == []
    assert os.write(its, b"a digest") == 8
    os.close(its)


@pytest.fixture
def handler() -> Iterator[None]:
    """Whatever SIGHUP does outside of these tests it does again after them."""
    before = signal.getsignal(signal.SIGHUP)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("handler")
@pytest.mark.parametrize(
    ("nohup", "terminal", "ends"),
    [(False, True, True), (False, False, False), (True, True, False)],
    ids=["terminal", "service", "nohup"],
)
def test_a_signal_that_is_held_ends_nothing_and_is_remembered(
    monkeypatch: pytest.MonkeyPatch, nohup: bool, terminal: bool, ends: bool
) -> None:
    """Only a bot that had a terminal, and was not told to outlive it, can lose it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN if nohup else signal.SIG_DFL)
    monkeypatch.setattr(hangup, "has_terminal", lambda: terminal)
    hangups = Hangups()
    hangups.hold()
    assert (hangups.early, hangups.ends) == (False, ends)
    signal.raise_signal(signal.SIGHUP)
    assert hangups.early
    assert not hangups.closes()
    monkeypatch.setattr(hangup, "has_terminal", lambda: False)
    assert hangups.closes() == ends
