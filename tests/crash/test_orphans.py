"""No kill leaves the analyser behind, not even one in the middle of an article that takes a minute."""

import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.stories import announce
from tests.crash.world import a_world, desk
from tests.e2e.bots import session
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE
from tests.feed_server import FeedServer

pytestmark = [pytest.mark.crash, pytest.mark.model, pytest.mark.wire, pytest.mark.timeout(600)]

LONG = replace(BRIDGE, paragraphs=BRIDGE.paragraphs * 3_000)
MODEL_LOADED, AT_MOST = 3.0, 2.0
"""Seconds of the analyser's own work, which a busy machine does not stretch: it has ten before it yet."""


async def test_the_analyser_ends_with_its_bot_in_the_middle_of_an_article(tmp_path: Path) -> None:
    """An idle one sees its pipe close; one at work must be told, or it goes on for a minute with a core."""
    async with FeedServer() as publisher:
        feeds, allow = (announce(publisher, (LONG,)),), [f"{publisher.host}:{publisher.port}"]
        async with a_world(tmp_path, [desk("discord", 0)], feeds, allow=allow) as world:
            bot = await world.start()
            await until(lambda: worked(session(bot.process.pid)) > MODEL_LOADED)
            children = session(bot.process.pid)
            bot.process.send_signal(signal.SIGKILL)
            before = worked(children)
            await until(lambda: not session(bot.process.pid) or worked(children) > before + AT_MOST)
            assert session(bot.process.pid) == ()


def worked(processes: Sequence[int]) -> float:
    """Return how many seconds of processor time the busiest of some processes has used."""
    return max(map(seconds_worked, processes), default=0.0)


def seconds_worked(process: int) -> float:
    """Return the processor time that a process has used: past its start it is at work on the article."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(stat[11]) + int(stat[12])) / 100
