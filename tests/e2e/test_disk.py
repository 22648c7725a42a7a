"""A disk that gets full in the middle of a cycle: clear words each time, and in the end one digest, once."""

import pytest

from tests.e2e.bots import Bots
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, MEMBER, RECTOR, SCHOOL, allow, publish
from tests.feed_server import FeedServer
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import TOKEN, DiscordServer

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire]

# SQLite finds no room beyond so many pages, as on a disk that is full.
SMALL_DISK = """
import sys
from digests.storage import sqlite
sqlite.PRAGMAS += ("PRAGMA max_page_count = " + sys.argv.pop(1),)
import bot.cli
bot.cli.main()
"""


async def test_wherever_the_disk_gets_full_nothing_is_lost_or_doubled(
    bots: Bots, publisher: FeedServer
) -> None:
    """A little more room each time: the cycle fails at a later point, up to the record of what was sent."""
    publish(publisher, BRIDGE, SCHOOL, HARBOUR)
    async with DiscordServer() as discord:
        config = bots.configure(
            network=allow(publisher),
            feeds=[{"url": publisher.url()}],
            channels=[{"name": "city", "to": f"discord:{CHANNEL}", "schedule": "0 8 1 1 *"}],
            discord={"token": TOKEN, "api": discord.api_base, "gateway": discord.gateway_url},
        )
        codes = []
        for pages in range(12, 60):
            ended = await bots.run("run", "--once", "--config", config, begin=("-c", SMALL_DISK, str(pages)))
            codes.append(ended.code)
            assert "Traceback" not in ended.err + ended.out
            if ended.code == 0:
                break
            assert (ended.code, ended.left) == (3, ())
            assert "the disk is full: free some space, then start again" in ended.err
        assert codes[-1] == 0
        assert len(codes) > 10
        (message,) = discord.messages
    assert [message.texts.count(words) for words in (MAYOR, RECTOR, MEMBER)] == [1, 1, 1]
