"""Another program that holds the database under a running bot."""

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.e2e.bots import Bots, calm
from tests.e2e.chats import chat_settings, until
from tests.e2e.news import BRIDGE, allow, publish
from tests.feed_server import FeedServer
from tests.wire.discord_server import DiscordServer
from tests.wire.slack_server import SlackServer

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.slow]


async def test_a_database_that_is_held_for_half_a_minute_costs_nothing(
    bots: Bots, publisher: FeedServer
) -> None:
    """SQLite gives up after ten seconds; the bot waits, says so, and posts once the database is free."""
    async with DiscordServer() as discord, SlackServer() as slack:
        chats: dict[str, Any] = chat_settings(discord, slack)
        channels = [{**channel, "at_start": True} for channel in chats.pop("channels")]
        feeds = [{"url": publish(publisher, BRIDGE)}]
        config = bots.configure(network=allow(publisher), feeds=feeds, channels=channels, **chats)
        bot = await bots.start("run", "--config", config)
        database = bots.folder / "data" / "onrecord.db"
        await until(database.with_name("onrecord.db.alive").exists)
        with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert other.execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchall() == [(0,)]
            await asyncio.sleep(27)
            assert bot.process.returncode is None, bot.err.decode()
            other.execute("ROLLBACK")
        await until(lambda: discord.messages and slack.messages)
        await until(lambda: b"the database is free again" in bot.err)
        assert b"another program holds the database" in bot.err
        assert calm(await bot.interrupt(15)) == []
        assert (len(discord.messages), len(slack.messages)) == (1, 1)
