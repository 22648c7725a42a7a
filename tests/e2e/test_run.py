"""``run``: a bot that lives until it is told to stop."""

import asyncio
import os
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.bots import Bots, calm, session
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, MEMBER, allow, publish
from tests.feed_server import FeedServer, silent

pytestmark = [pytest.mark.crash, pytest.mark.model]


def terminal(publisher: FeedServer, **changes: object) -> dict[str, object]:
    """Return a configuration with one feed on loopback and one channel in the terminal."""
    channel = {"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *", **changes}
    return {
        "network": allow(publisher),
        "feeds": [{"url": publisher.url(), "every": "1m"}],
        "channels": [channel],
    }


async def test_the_first_digest_comes_at_once_and_ctrl_c_ends_the_bot(bots: Bots) -> None:
    """With no configuration; Ctrl-C reaches the children as well: exit 0, no traceback, nobody left."""
    bot = await bots.start("run")
    await bot.until_printed("front-page: 15 stories")
    await bot.until_printed("Skerrow Islander")
    assert session(bot.process.pid) != ()
    ended = await bot.interrupt(signal.SIGINT, everybody=True)
    assert calm(ended) == []
    assert ended.out.count("front-page: ") == 1


async def test_sigterm_ends_the_bot_as_cleanly(bots: Bots, publisher: FeedServer) -> None:
    """So do service managers and containers stop it. Nothing is lost or shown twice by starting it anew."""
    publish(publisher, BRIDGE)
    config = bots.configure(**terminal(publisher))
    bot = await bots.start("run", "--config", config)
    await bot.until_printed(MAYOR)
    assert (await bots.run("health", "--config", config)).code == 0
    assert calm(await bot.interrupt(signal.SIGTERM)) == []
    health = await bots.run("health", "--config", config)
    assert (health.code, health.err) == (1, "not running: it has ended, or was never started\n")

    publish(publisher, HARBOUR, BRIDGE)
    again = await bots.run("run", "--once", "--config", config)
    assert calm(again) == []
    assert MEMBER in again.flat
    assert MAYOR not in again.flat


async def test_a_bot_that_is_killed_leaves_nothing_behind_and_says_nothing(
    bots: Bots, publisher: FeedServer
) -> None:
    """Its children end with it, and what they had of the system is given back without a warning."""
    publish(publisher, BRIDGE)
    bot = await bots.start("run", "--config", bots.configure(**terminal(publisher)))
    await bot.until_printed(MAYOR)
    ended = await bot.interrupt(signal.SIGKILL)
    assert (ended.code, ended.left) == (-signal.SIGKILL, ())
    assert "warn" not in ended.err.lower()


async def test_ctrl_c_during_the_first_poll_ends_the_bot(bots: Bots, publisher: FeedServer) -> None:
    """A publisher that never answers does not keep it."""
    publisher.on("/feed", silent())
    bot = await bots.start("run", "--config", bots.configure(**terminal(publisher)))
    await until(lambda: publisher.seen)
    assert calm(await bot.interrupt(signal.SIGINT, everybody=True)) == []


async def test_the_analyser_never_minds_ctrl_c(bots: Bots, publisher: FeedServer) -> None:
    """A terminal's Ctrl-C reaches every process: the analyser's must be deaf from its first instant on."""
    publish(publisher, BRIDGE)
    bot = await bots.start("run", "--config", bots.configure(**terminal(publisher)))
    await until(lambda: any(seen.path == BRIDGE.path for seen in publisher.seen))
    for _ in range(50):
        for child in session(bot.process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGINT)
        await asyncio.sleep(0.01)
    await bot.until_printed(f"{BRIDGE.title} Fernvale Courier")
    await bot.until_printed("•")
    ended = await bot.interrupt(signal.SIGINT, everybody=True)
    assert calm(ended) == []
    assert MAYOR in ended.flat


@pytest.mark.slow
async def test_a_digest_waits_for_its_slot_and_comes_by_itself(bots: Bots, publisher: FeedServer) -> None:
    """A channel that wants nothing at the start gets its digest on the full minute that cron names."""
    publish(publisher, BRIDGE)
    started = datetime.now(UTC).replace(second=0, microsecond=0)
    channel = {"schedule": "* * * * *", "at_start": False, "when_empty": "say"}
    bot = await bots.start("run", "--config", bots.configure(**terminal(publisher, **channel)))
    await bot.until_printed(MAYOR, seconds=100)
    assert datetime.now(UTC) >= started + timedelta(minutes=1)
    ended = await bot.interrupt(signal.SIGINT)
    assert calm(ended) == []
    assert ended.flat.count(MAYOR) == 1
