"""Whole bots whose database is on a PostgreSQL server."""

import json
import signal

import pytest

from tests.e2e.bots import Bots, calm
from tests.e2e.chats import chat_settings, until
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, MEMBER, SCHOOL, allow, publish
from tests.feed_server import FeedServer
from tests.postgres_server import PostgresServer
from tests.wire.discord_server import DiscordServer
from tests.wire.slack_server import SlackServer

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.postgres, pytest.mark.wire]


def settings(storage: str, publisher: FeedServer) -> dict[str, object]:
    """Return a configuration with one feed, without channels."""
    feeds = [{"url": publisher.url(), "name": "Fernvale Courier", "every": "1m"}]
    return {"storage": storage, "network": allow(publisher), "feeds": feeds}


async def test_a_digest_is_posted_once_whoever_runs_again(
    bots: Bots, publisher: FeedServer, postgres_database: str
) -> None:
    """The second run posts nothing new, the third only what came since; nothing is written to the disk."""
    async with DiscordServer() as discord, SlackServer() as slack:
        publish(publisher, BRIDGE, SCHOOL)
        config = bots.configure(**settings(postgres_database, publisher), **chat_settings(discord, slack))
        first = await bots.run("run", "--once", "--config", config)
        assert calm(first) == []
        assert MAYOR in discord.messages[0].texts
        assert MAYOR in str(slack.messages[0]["blocks"])
        second = await bots.run("run", "--once", "--config", config)
        assert calm(second) == []
        assert second.flat.count("nothing new since the last digest. Next digest: ") == 2
        assert (len(discord.messages), len(slack.messages)) == (1, 1)
        publish(publisher, HARBOUR, BRIDGE, SCHOOL)
        assert calm(await bots.run("run", "--once", "--config", config)) == []
        assert MEMBER in discord.messages[1].texts
        assert MAYOR not in discord.messages[1].texts
        assert not (bots.folder / "data").exists()


async def test_commands_work_beside_a_running_bot(
    bots: Bots, publisher: FeedServer, postgres_database: str, postgres: PostgresServer
) -> None:
    """``outbox``, ``feeds``, ``preview`` and ``health`` do, a second bot and ``poll`` do not; none of them
    tells the password. After kill -9 the next bot starts at once and shows nothing twice."""
    publish(publisher, BRIDGE)
    channel = {"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *"}
    config = bots.configure(**settings(postgres_database, publisher), channels=[channel])
    bot = await bots.start("run", "--config", config)
    await bot.until_printed(MAYOR)

    outbox = await bots.run("outbox", "--all", "--format", "json", "--config", config)
    assert [json.loads(line)["state"] for line in outbox.out.splitlines()] == ["sent"]
    feeds = await bots.run("feeds", "--config", config)
    assert "Fernvale Courier" in feeds.out
    preview = await bots.run("preview", "desk", "--config", config)
    assert "desk: nothing new since the last digest." in preview.flat
    health = await bots.run("health", "--config", config)
    for ended in (outbox, feeds, preview, health):
        assert calm(ended) == []
    second = await bots.run("run", "--once", "--config", config)
    poll = await bots.run("poll", "--config", config)
    for ended in (second, poll):
        assert (ended.code, "another Onrecord is running on postgresql://" in ended.err) == (3, True)
    everything = "".join(ended.out + ended.err for ended in (outbox, feeds, preview, health, second, poll))
    assert postgres.password not in everything + bot.out.decode() + bot.err.decode()

    await bot.interrupt(signal.SIGKILL)
    again = await bots.run("run", "--once", "--config", config)
    assert calm(again) == []
    assert "desk: nothing new since the last digest." in again.flat


async def test_a_bot_that_loses_its_server_says_so_and_ends(bots: Bots, publisher: FeedServer) -> None:
    """Exit code 3 and no traceback; once the server is back the next start posts what is new, once."""
    with PostgresServer() as server:
        publish(publisher, BRIDGE)
        channel = {"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *", "at_start": False}
        config = bots.configure(**settings(server.address("postgres"), publisher), channels=[channel])
        bot = await bots.start("run", "--config", config)
        await until(lambda: publisher.seen)
        server.stop()
        ended = await bot.ended(120)
        assert ended.code == 3
        assert "the server cannot be reached" in ended.err
        assert "Traceback" not in ended.err
        assert server.password not in ended.out + ended.err
        server.start()
        again = await bots.run("run", "--once", "--config", config)
        assert calm(again) == []
        assert again.flat.count(MAYOR) + ended.flat.count(MAYOR) == 1
