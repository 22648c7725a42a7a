"""What keeps a bot from running, told in clear words, each with the exit code that it is documented with."""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.bots import PATIENCE, Bots, Ended, calm
from tests.e2e.chats import SLACK_CHANNEL, chat_settings, until
from tests.e2e.news import BRIDGE, allow, publish
from tests.feed_server import FeedServer
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import TOKEN, DiscordServer
from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

pytestmark = pytest.mark.crash

NOBODY = 65534
SECRET = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.not-the-token"


def discord_settings(server: DiscordServer | None = None) -> dict[str, object]:
    addresses = {"api": server.api_base, "gateway": server.gateway_url} if server else {}
    return {
        "feeds": [{"url": "https://feed.example/rss"}],
        "channels": [{"name": "city", "to": f"discord:{CHANNEL}", "schedule": "0 8 * * *"}],
        "discord": {"token": "${DISCORD_TOKEN}", **addresses},
    }


async def test_a_missing_token_is_an_error_of_the_configuration(bots: Bots) -> None:
    """Exit 2 before anything is opened; the words name the variable and its file."""
    ended = await bots.run("run", "--once", "--config", bots.configure(**discord_settings()))
    assert (ended.code, ended.out) == (2, "")
    assert "the variable DISCORD_TOKEN is not set; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE" in ended.err
    assert "onrecord.yaml:" in ended.err
    assert not (bots.folder / "data").exists()


async def test_a_platform_that_no_channel_uses_needs_no_token(bots: Bots) -> None:
    """The same settings with the channel in the terminal are good."""
    settings = discord_settings()
    channel = {"name": "city", "to": "terminal", "schedule": "0 8 * * *"}
    assert (
        calm(await bots.run("check", "--config", bots.configure(**{**settings, "channels": [channel]}))) == []
    )


@pytest.mark.wire
@pytest.mark.parametrize(
    "arguments", [("run", "--once", "--verbose"), ("run", "--verbose")], ids=["once", "run"]
)
async def test_a_wrong_discord_token_ends_the_bot_and_is_nowhere_told(
    bots: Bots, arguments: tuple[str, ...]
) -> None:
    """Exit 4; the operator reads where to get a new one. Not even the fullest log holds the old."""
    bots.environment = {"DISCORD_TOKEN": SECRET}
    async with DiscordServer() as discord:
        ended = await bots.run(*arguments, "--config", bots.configure(**discord_settings(discord)))
    assert ended.out == ""
    assert_refused(bots, ended, "Discord rejects the bot's token: copy the current one", SECRET)


@pytest.mark.wire
async def test_a_wrong_slack_token_ends_the_bot_and_is_nowhere_told(bots: Bots) -> None:
    """Exit 4, as with Discord."""
    secret = "xoxb-123456789012-not-the-token"
    bots.environment = {"SLACK_BOT_TOKEN": secret}
    async with SlackServer() as slack:
        config = bots.configure(
            feeds=[{"url": "https://feed.example/rss"}],
            channels=[{"name": "desk", "to": f"slack:{SLACK_CHANNEL}", "schedule": "0 8 * * *"}],
            slack={"bot_token": "${SLACK_BOT_TOKEN}", "app_token": APP_TOKEN, "api": slack.api_base},
        )
        ended = await bots.run("run", "--once", "--verbose", "--config", config)
    assert_refused(bots, ended, "token", secret)
    assert BOT_TOKEN not in ended.err


def two_platforms(publisher: FeedServer, discord: DiscordServer, slack: SlackServer) -> dict[str, object]:
    """Return a configuration of one feed and a channel on each; Discord lets nobody in with its token."""
    discord.token = "another"
    feeds = [{"url": publish(publisher, BRIDGE), "every": "1m"}]
    chats: dict[str, Any] = chat_settings(discord, slack)
    channels = [{**channel, "at_start": True} for channel in chats["channels"]]
    return {"network": allow(publisher), "feeds": feeds, **chats, "channels": channels}


@pytest.mark.wire
@pytest.mark.model
async def test_a_platform_that_refuses_the_bot_keeps_no_digest_from_another(
    bots: Bots, publisher: FeedServer
) -> None:
    """The log says what to do; once that is mended SIGHUP brings the digest, once, and the commands."""
    async with DiscordServer() as discord, SlackServer() as slack:
        bot = await bots.start("run", "--config", bots.configure(**two_platforms(publisher, discord, slack)))
        await until(lambda: slack.messages)
        await until(lambda: b"a message waits to be mended" in bot.err)
        (refusal,) = [line for line in bot.err.decode().splitlines() if "cannot sign in" in line]
        assert "Discord rejects the bot's token: copy the current one" in refusal
        discord.token = TOKEN
        bot.process.send_signal(signal.SIGHUP)
        await until(lambda: discord.messages, seconds=20)
        async with asyncio.timeout(PATIENCE):
            await discord.until_ready()
        assert calm(await bot.interrupt(signal.SIGTERM)) == []
        assert (len(discord.messages), len(slack.messages)) == (1, 1)


@pytest.mark.wire
@pytest.mark.model
async def test_a_cycle_posts_to_the_others_before_it_ends_with_a_refusal(
    bots: Bots, publisher: FeedServer
) -> None:
    """Exit 4 all the same; the refused one's digest waits for the next cycle."""
    async with DiscordServer() as discord, SlackServer() as slack:
        config = bots.configure(**two_platforms(publisher, discord, slack))
        ended = await bots.run("run", "--once", "--config", config)
        assert_refused(bots, ended, "Discord rejects the bot's token: copy the current one", SECRET)
        assert "desk: 1 story posted." in ended.flat
        assert "city: not delivered yet: Discord rejects the bot's token" in ended.flat
        discord.token = TOKEN
        assert calm(await bots.run("run", "--once", "--config", config)) == []
        assert (len(discord.messages), len(slack.messages)) == (1, 1)


def assert_refused(bots: Bots, ended: Ended, words: str, secret: str) -> None:
    """Check how a bot ended that a platform does not let in."""
    assert ended.code == 4, ended.err
    assert words in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err
    written = b"".join(path.read_bytes() for path in (bots.folder / "data").iterdir())
    assert secret not in ended.out + ended.err
    assert secret.encode() not in written
    assert ended.left == ()


async def test_a_second_bot_on_the_same_database_does_not_start(bots: Bots, publisher: FeedServer) -> None:
    """Exit 3, unless it is only to look at what is next; the first goes on."""
    async with DiscordServer() as discord:
        bots.environment = {"DISCORD_TOKEN": "wire-test-token"}
        config = bots.configure(**discord_settings(discord))
        first = await bots.start("run", "--config", config)
        async with asyncio.timeout(60):
            await discord.until_ready()
        for arguments in (("run",), ("run", "--once"), ("poll",)):
            second = await bots.run(*arguments, "--config", config)
            assert (second.code, second.out) == (3, "")
            assert "another Onrecord is running on data/onrecord.db" in second.err
            assert len(second.err.splitlines()) == 1
        beside = await bots.run("preview", "city", "--config", config)
        assert calm(beside) == []
        assert beside.flat.startswith(
            "Another Onrecord is running on this database; this is from what it has"
        )
        assert beside.flat.endswith("city: nothing new since the last digest.")
        healthy = await bots.run("health", "--config", config)
        assert (healthy.code, first.process.returncode) == (0, None)


# --- as another user -------------------------------------------------------------------------------


# The interpreter and its packages may lie where that user cannot read them: load first, then become it.
AS_NOBODY = f"""
import os, sys
import bot.cli, bot.live, bot.logs, digests.storage.sqlite
os.setgroups([])
os.setgid({NOBODY})
os.setuid({NOBODY})
bot.cli.main()
"""


@pytest.fixture
def folder(bots: Bots) -> Iterator[Path]:
    """The bots' folder, which another user may enter and not write, where there is a way to be that user."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    bots.folder = Path(tempfile.mkdtemp(prefix="onrecord-", dir="/tmp"))
    bots.folder.chmod(0o755)
    yield bots.folder
    shutil.rmtree(bots.folder)


async def test_a_database_in_a_folder_that_may_not_be_written(bots: Bots, folder: Path) -> None:
    """Exit 3 and one line: which folder, and what to do."""
    ended = await bots.run("run", "--once", begin=("-c", AS_NOBODY))
    assert (ended.code, ended.out) == (3, "")
    assert "data cannot be written (Permission denied): let the user who runs Onrecord write it" in ended.err
    assert len(ended.err.splitlines()) == 1


async def test_a_database_that_may_not_be_written(bots: Bots, folder: Path) -> None:
    """The file another user made is told before SQLite would stumble over it."""
    (folder / "data").mkdir(mode=0o755)
    (folder / "data" / "onrecord.db").write_bytes(b"")
    ended = await bots.run("poll", begin=("-c", AS_NOBODY))
    assert (ended.code, ended.out) == (3, "")
    assert "data/onrecord.db: it may not be written: let the user who runs Onrecord write it" in ended.err


async def test_a_file_that_is_no_database(bots: Bots) -> None:
    """It is left as it was."""
    (bots.folder / "data").mkdir()
    path: Path = bots.folder / "data" / "onrecord.db"
    path.write_bytes(b"Dear diary, " * 500)
    ended = await bots.run("run", "--once")
    assert ended.code == 3
    assert "it is no database: restore a backup, or move it away" in ended.err
    assert "Traceback" not in ended.err
    assert path.read_bytes().startswith(b"Dear diary")
