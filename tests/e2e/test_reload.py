"""A running bot whose configuration is changed: by a signal, by a save, badly, and at the worst moment."""

import asyncio
import json
import os
import pty
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from bot import words
from tests.e2e.bots import ROOT, Bot, Bots, calm, session
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, MEMBER, allow, publish
from tests.feed_server import FeedServer

pytestmark = [pytest.mark.crash, pytest.mark.model]


def settings(publisher: FeedServer, *paths: str, **changes: object) -> dict[str, Any]:
    """Return a configuration of the feeds at these paths and one channel in the terminal."""
    return {
        "network": allow(publisher),
        "feeds": [{"url": publisher.url(path), "every": "1m"} for path in paths or ("/feed",)],
        "channels": [{"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *", **changes}],
    }


def told(bot: Bot, headline: str) -> list[list[str]]:
    """Return the lines below each telling of ``headline`` on standard error."""
    logged = [json.loads(line) for line in bot.err.decode().splitlines() if line.startswith("{")]
    return [line["lines"] for line in logged if line["event"] == headline]


async def until_told(bot: Bot, headline: str, times: int = 1) -> list[str]:
    await until(lambda: len(told(bot, headline)) >= times)
    return told(bot, headline)[-1]


async def test_a_signal_has_the_bot_read_its_configuration_again(bots: Bots, publisher: FeedServer) -> None:
    """A new feed is asked at once; a second signal finds nothing changed; a save alone is not heeded here."""
    publish(publisher, BRIDGE)
    publish(publisher, HARBOUR, path="/second")
    bot = await bots.start("run", "--no-watch", "--config", bots.configure(**settings(publisher)))
    await bot.until_printed(MAYOR)
    screen = {"name": "screen", "to": "terminal", "schedule": "0 8 1 1 *"}
    new = settings(publisher, "/feed", "/second")
    bots.configure(**{**new, "channels": [*new["channels"], screen]})
    await asyncio.sleep(2.5)
    assert b"configuration" not in bot.err
    bot.process.send_signal(signal.SIGHUP)
    lines = await until_told(bot, words.CONFIG_APPLIED)
    assert lines == [f"adds 1 feed: {publisher.url('/second')}", "adds 1 channel: screen"]
    await bot.until_printed(MEMBER, seconds=10)
    bot.process.send_signal(signal.SIGHUP)
    await until_told(bot, words.CONFIG_UNCHANGED)
    ended = await bot.interrupt(signal.SIGTERM)
    assert calm(ended) == []
    assert ended.flat.count("screen: 2 stories") == 1


async def test_a_save_is_followed_and_a_bad_one_refused(bots: Bots, publisher: FeedServer) -> None:
    """The bot runs on by the old one, with every error told by line and column, until it is mended."""
    publish(publisher, BRIDGE)
    config = Path(bots.configure(**settings(publisher)))
    bot = await bots.start("run", "--config", str(config))
    await bot.until_printed(MAYOR)
    config.write_text("feeds:\n  - url: ftp://a.example\nchanels: []\n")
    lines = await until_told(bot, words.CONFIG_REFUSED)
    assert [line.removeprefix(str(config)).split(": ")[0] for line in lines] == [":2:10", ":3:1"]
    publish(publisher, HARBOUR, path="/second")
    bots.configure(**settings(publisher, "/feed", "/second"))
    await until_told(bot, words.CONFIG_APPLIED)
    await until(lambda: any(seen.path == "/second" for seen in publisher.seen), seconds=10)
    assert calm(await bot.interrupt(signal.SIGTERM)) == []


@pytest.mark.slow
async def test_a_digest_that_is_due_in_a_storm_of_changes_is_posted_once(
    bots: Bots, publisher: FeedServer
) -> None:
    """Saves and signals from before the full minute to after it; the last one is in force in the end."""
    publish(publisher, BRIDGE)
    channel = {"schedule": "* * * * *", "at_start": False}
    config = bots.configure(**settings(publisher, **channel))
    bot = await bots.start("run", "--config", config)
    await until(lambda: any(seen.path == BRIDGE.path for seen in publisher.seen))
    await asyncio.sleep(2)
    await until(lambda: datetime.now(UTC).second >= 58 or MAYOR in bot.flat, seconds=70)
    stories = 0
    while not (1 <= datetime.now(UTC).second <= 30 and MAYOR in bot.flat):
        stories = stories % 50 + 1
        changes = {"max_stories": stories, "quiet": f"00:00-00:{stories:02}" if stories % 3 else None}
        bots.configure(**settings(publisher, **channel, **changes))
        bot.process.send_signal(signal.SIGHUP)
        await asyncio.sleep(0.02)
    bots.configure(**settings(publisher, **channel, max_stories=17, when_empty="say"))
    bot.process.send_signal(signal.SIGHUP)
    await bot.until_printed("nothing new", seconds=70)
    ended = await bot.interrupt(signal.SIGTERM)
    assert calm(ended) == []
    assert ended.flat.count(MAYOR) == 1


async def test_a_signal_during_the_start_is_heeded_and_ends_nothing(
    bots: Bots, publisher: FeedServer
) -> None:
    """From the first of our own lines on; what was saved meanwhile is in force when the bot is there."""
    publish(publisher, BRIDGE)
    bot = await bots.start("run", "--config", bots.configure(**settings(publisher)))
    await until(lambda: has_begun(bot.process.pid))
    while MAYOR not in bot.flat:
        bot.process.send_signal(signal.SIGHUP)
        await asyncio.sleep(0.01)
        assert bot.process.returncode is None
    await until_told(bot, words.CONFIG_UNCHANGED)
    assert calm(await bot.interrupt(signal.SIGTERM)) == []


def has_begun(pid: int) -> bool:
    """Return whether the process imports what comes behind our first lines."""
    return "pydantic_core" in Path(f"/proc/{pid}/maps").read_text()


@pytest.fixture
def terminal() -> Iterator[tuple[FileIO, FileIO]]:
    """A terminal: the end that people sit at, and the program's."""
    ours, its = (FileIO(end, "r+") for end in pty.openpty())
    with ours, its:
        yield ours, its


@pytest.mark.parametrize("nohup", [False, True], ids=["terminal", "nohup"])
async def test_a_bot_whose_terminal_is_closed_ends_unless_it_was_told_to_stay(
    bots: Bots, publisher: FeedServer, terminal: tuple[FileIO, FileIO], nohup: bool
) -> None:
    """The signal is the same as the one that asks for the configuration; nobody is left behind."""
    publish(publisher, BRIDGE)
    command = [sys.executable, "-m", "bot", "run", "--config", bots.configure(**settings(publisher))]
    ours, its = terminal
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(bots.folder)}
    bot = await asyncio.create_subprocess_exec(
        *(["nohup", *command] if nohup else command),
        cwd=bots.folder, env=environment, stdin=its, stdout=its, stderr=its,
        preexec_fn=lambda: os.login_tty(its.fileno()),
    )  # fmt: skip
    its.close()
    try:
        await until(lambda: any(seen.path == BRIDGE.path for seen in publisher.seen))
        await until(lambda: session(bot.pid))
        children = session(bot.pid)
        ours.close()
        os.killpg(bot.pid, signal.SIGHUP)  # as a shell does to all that it started
        if nohup:
            await asyncio.sleep(3)
            assert bot.returncode is None
            assert session(bot.pid) == children
        else:
            async with asyncio.timeout(15):
                assert await bot.wait() == 0
            await until(lambda: not session(bot.pid), seconds=5)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(bot.pid, signal.SIGKILL)
        await bot.wait()
