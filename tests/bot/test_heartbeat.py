import asyncio
import fcntl
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import heartbeat
from bot.heartbeat import ALIVE_FOR, BEAT, ailment, beat, heartbeat_path
from tests.fakes import NOON

SECOND = timedelta(seconds=1)


def test_the_heartbeat_lies_beside_the_database() -> None:
    """Relative to the working directory, as the database is."""
    assert heartbeat_path("sqlite:///data/onrecord.db") == Path("data/onrecord.db.alive")
    assert heartbeat_path("sqlite:////srv/onrecord.db") == Path("/srv/onrecord.db.alive")


def test_a_server_has_no_room_for_a_heartbeat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies among temporary files: one for each database, whatever the password."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one, same, other = (f"postgresql://{rest}" for rest in ("a:b@db/x", "a:c@db/x", "a:b@db/y"))
    assert heartbeat_path(one) == heartbeat_path(same) != heartbeat_path(other)
    assert heartbeat_path(one).parent == tmp_path


def test_a_bot_is_alive_for_a_minute_after_a_beat(tmp_path: Path) -> None:
    """No file: it has ended. An old one: it is stalled, though it holds it."""
    storage = f"sqlite:///{tmp_path}/onrecord.db"
    assert ailment(storage, NOON) == "not running: it has ended, or was never started"
    path = heartbeat_path(storage)
    path.touch()
    told = {
        timedelta(): "",
        ALIVE_FOR - SECOND: "",
        ALIVE_FOR: "no sign of life for 60 s: killed, stalled, or waiting for its database",
        90 * SECOND: "no sign of life for 90 s: killed, stalled, or waiting for its database",
    }
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
        assert {age: ailment(storage, NOON + age) for age in told} == told
    assert ALIVE_FOR > 3 * BEAT


BEATING = """
import asyncio, sys
from bot.heartbeat import beat, heartbeat_path

async def main():
    beating = asyncio.create_task(beat(sys.argv[1], lambda: False))
    await asyncio.sleep(0)
    print(heartbeat_path(sys.argv[1]).exists(), flush=True)
    await beating

asyncio.run(main())
"""


@pytest.mark.parametrize("again", [False, True], ids=["its first file", "one that somebody took away"])
def test_a_bot_that_was_killed_is_not_alive_for_another_minute(tmp_path: Path, again: bool) -> None:
    """The kernel lets go of what it held; its file stays, and is young."""
    storage = f"sqlite:///{tmp_path}/onrecord.db"
    path = heartbeat_path(storage)
    code = (
        f"from datetime import timedelta\nimport bot.heartbeat\nbot.heartbeat.BEAT = timedelta(0)\n{BEATING}"
    )
    bot = subprocess.Popen([sys.executable, "-c", code, storage], stdout=subprocess.PIPE, text=True)
    try:
        assert bot.stdout is not None
        assert bot.stdout.readline() == "True\n"
        if again:
            path.unlink()
            while not path.exists() or ailment(storage, _touched(path)):
                assert bot.poll() is None
        assert ailment(storage, _touched(path)) == ""
    finally:
        bot.send_signal(signal.SIGKILL)
        bot.communicate()
    assert ailment(storage, _touched(path)) == "not running: it was killed"


def _touched(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def test_a_file_that_cannot_be_looked_at_tells_by_its_age(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's, or one on a disk without such locks."""
    storage = f"sqlite:///{tmp_path}/onrecord.db"
    path = heartbeat_path(storage)
    path.touch()

    def refuse(*_: object) -> None:
        raise OSError("Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert ailment(storage, _touched(path)) == ""
    assert ailment(storage, _touched(path) + ALIVE_FOR + SECOND).startswith("no sign of life")


async def test_a_running_bot_beats_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is cancelled; then nobody takes it for alive any more."""
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(milliseconds=5))
    path = heartbeat_path(f"sqlite:///{tmp_path}/onrecord.db")
    beating = asyncio.create_task(beat(f"sqlite:///{tmp_path}/onrecord.db", lambda: False))
    for _ in range(3):
        path.unlink(missing_ok=True)
        async with asyncio.timeout(5):
            while not path.exists():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    beating.cancel()
    assert isinstance((await asyncio.gather(beating, return_exceptions=True))[0], asyncio.CancelledError)
    assert not path.exists()


async def test_a_file_that_cannot_be_touched_ends_no_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder is gone, or it is somebody else's: that is told once, and the bot counts as dead."""
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(milliseconds=1))
    storage = f"sqlite:///{tmp_path}/gone/onrecord.db"
    with capture_logs() as logs:
        beating = asyncio.create_task(beat(storage, lambda: False))
        await asyncio.sleep(0.05)
    assert not beating.done()
    assert [entry["event"] for entry in logs] == ["the health check's file cannot be written"]
    assert ailment(storage, NOON)
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)


async def test_a_bot_whose_database_is_held_by_another_program_is_not_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so, touches nothing until it can write again, and says that, too."""
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(milliseconds=1))
    storage = f"sqlite:///{tmp_path}/onrecord.db"
    held = True
    with capture_logs() as logs:
        beating = asyncio.create_task(beat(storage, lambda: held))
        await asyncio.sleep(0.05)
        assert not heartbeat_path(storage).exists()
        held = False
        await asyncio.sleep(0.05)
    assert heartbeat_path(storage).exists()
    assert [(entry["event"].partition(":")[0], entry["database"]) for entry in logs] == [
        ("another program holds the database", f"{tmp_path}/onrecord.db"),
        ("the database is free again", f"{tmp_path}/onrecord.db"),
    ]
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)


def test_a_folder_is_no_heartbeat(tmp_path: Path) -> None:
    """Whatever its age."""
    path = heartbeat_path(f"sqlite:///{tmp_path}/onrecord.db")
    path.mkdir()
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    assert ailment(f"sqlite:///{tmp_path}/onrecord.db", NOON)
