import asyncio
import io
import re
import sqlite3
from pathlib import Path

import pytest
import structlog
from rich.console import Console

from bot import asking, live
from digests.errors import DatabaseInUse, StorageError
from tests.bot.small_app import DESK, Small, settings

BESIDE = "Another Onrecord is running on this database; this is from what it has read so far."


@pytest.fixture
async def running(small: Small) -> Small:
    """A bot that holds its database and has read two articles."""
    await small.announce("bridge", "school")
    return small


async def previewed(small: Small) -> list[str]:
    """Return the lines that ``onrecord preview`` shows beside the running bot."""
    console = Console(file=io.StringIO(), width=100)
    await live.preview(small.app.config, console, "city-desk")
    assert isinstance(console.file, io.StringIO)
    return [line.strip("─ ") for line in console.file.getvalue().splitlines()]


def stored(folder: Path) -> dict[str, bytes]:
    """Return what the database holds on the disk, its log included."""
    return {name: (folder / name).read_bytes() for name in ("onrecord.db", "onrecord.db-wal")}


async def test_a_preview_beside_a_running_bot_shows_what_that_has_read(running: Small) -> None:
    """The same digest that the bot would post, and one line that says whose reading it is."""
    lines = await previewed(running)
    assert [line for line in lines if line][:2] == [
        BESIDE,
        "city-desk: 2 stories (preview, nothing was sent)",
    ]
    assert {"bridge", "school"} <= set(lines)


async def test_a_preview_beside_a_running_bot_writes_nothing(running: Small, tmp_path: Path) -> None:
    """No byte of the database or of its log changes, and the digest is still to come."""
    before = stored(tmp_path)
    await previewed(running)
    assert stored(tmp_path) == before
    digest, _ = await running.app.publisher.preview(running.channel)
    assert len(digest.article_ids) == 2


async def test_a_preview_beside_a_bot_in_the_middle_of_writing_does_not_wait(running: Small) -> None:
    """Readers see the last commit, whoever writes."""
    async with asyncio.timeout(5), running.app.store._database.write():
        assert "city-desk: 2 stories (preview, nothing was sent)" in await previewed(running)


async def test_a_preview_beside_a_bot_without_news_says_so(small: Small) -> None:
    """In the same words as alone."""
    assert await previewed(small) == [BESIDE, "city-desk: nothing new since the last digest."]


async def test_a_channel_that_the_running_bot_does_not_know_is_told(running: Small, tmp_path: Path) -> None:
    """The configuration has grown since that bot was started."""
    grown = settings(tmp_path, DESK, {**DESK, "name": "night-desk", "to": "terminal"})
    with pytest.raises(StorageError, match="does not know the channel 'night-desk' yet: start the bot"):
        await live.preview(grown, Console(file=io.StringIO()), "night-desk")
    assert running.channel.name == "city-desk"


@pytest.mark.parametrize(
    ("version", "told"),
    [
        pytest.param("0003", "an older Onrecord's (its tables are version 0003, ", id="older"),
        pytest.param("9999", "written by a newer Onrecord (its tables are version 9999, ", id="newer"),
    ],
)
async def test_a_running_bot_of_another_version_is_told(
    running: Small, tmp_path: Path, version: str, told: str
) -> None:
    """Its tables may mean something else: nothing is guessed, and nothing migrated under its feet."""
    with sqlite3.connect(tmp_path / "onrecord.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    with pytest.raises(StorageError, match=re.escape(told)):
        await previewed(running)


async def test_a_poll_beside_a_running_bot_says_what_to_do_instead(running: Small) -> None:
    """That bot asks the feeds anyway, and a preview shows what came."""
    with pytest.raises(DatabaseInUse, match=r"asks the feeds itself.*onrecord preview CHANNEL"):
        await asking.poll(running.app.config, as_json=False, verbose=False)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_changed_configuration_is_told_where_somebody_reads_it(terminal: bool) -> None:
    """On a terminal as lines, which nothing breaks or colours; else in the log, refusals as errors."""
    console = Console(file=io.StringIO(), width=20, force_terminal=terminal, color_system=None)
    with structlog.testing.capture_logs() as logged:
        tell = live._teller(console)
        tell("It is in force.", ["adds 1 feed: [b]The Ledger[/b] of Fernvale"])
        tell("It cannot be used.", ["my.yaml:1:1: bad"], bad=True)
    assert isinstance(console.file, io.StringIO)
    lines = ["It is in force.", "  adds 1 feed: [b]The Ledger[/b] of Fernvale"]
    lines += ["It cannot be used.", "  my.yaml:1:1: bad"]
    levels = ["info", "error"]
    assert console.file.getvalue().splitlines() == (lines if terminal else [])
    assert [line["log_level"] for line in logged] == ([] if terminal else levels)
