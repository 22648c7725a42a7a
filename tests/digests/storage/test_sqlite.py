"""Opening a database file: alone, migrated, and with clear words where it cannot be."""

import asyncio
import errno
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from digests.errors import DatabaseInUse, StorageError
from digests.model import PartState
from digests.storage.database import open_database
from digests.storage.store import Store
from tests.make import NOON, make_feed, make_part

ROOT = Path(__file__).parents[3]
# Opens the database of the first argument as another user, once all code is loaded.
AS_NOBODY = """
import asyncio, os, sys, tempfile
from digests.errors import StorageError
from digests.storage.store import Store

async def main():
    with tempfile.TemporaryDirectory() as folder:
        await (await Store.open(f"sqlite:///{folder}/warm.db")).close()
    if os.geteuid() == 0:
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
    try:
        await (await Store.open(sys.argv[1])).close()
        print("opened")
    except StorageError as error:
        print(type(error).__name__, error)

asyncio.run(main())
"""
# Opens the database, says so, and waits to be killed.
HOLD = """
import asyncio, sys
from digests.storage.store import Store

async def main():
    store = await Store.open(sys.argv[1])
    print("opened", flush=True)
    await asyncio.sleep(600)
    await store.close()

asyncio.run(main())
"""


def python(script: str, url: str, checkout: Path = ROOT) -> subprocess.Popen[str]:
    """Start ``script`` on ``url`` in a process of its own, with the code of ``checkout``."""
    return subprocess.Popen(
        [sys.executable, "-c", script, url], cwd=checkout, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


async def make_database(path: Path) -> str:
    """Return the address of a new database at ``path``."""
    async with await Store.open(f"sqlite:///{path}") as store:
        await store.sync_feeds([make_feed()], NOON)
    return f"sqlite:///{path}"


async def test_the_folders_above_it_are_made(tmp_path: Path) -> None:
    """Odd names too: spaces, per cent signs and letters of any alphabet."""
    path = tmp_path / "a folder" / "100%" / "журнал" / "on record.db"
    await make_database(path)
    assert path.is_file()


async def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    """The second opening finds the tables and leaves them alone."""
    url = await make_database(tmp_path / "x.db")
    async with await Store.open(url) as store:
        assert await store.load_feeds([make_feed().url]) == (make_feed(),)


async def test_a_database_is_read_beside_the_one_that_holds_it(tmp_path: Path) -> None:
    """What was committed is seen, under odd names too; nothing can be written, not even by mistake."""
    path = tmp_path / "100% ? #1" / "журнал.db"
    url = await make_database(path)
    async with await Store.open(url), await Store.open_beside(url) as beside:
        assert await beside.load_feeds([make_feed().url]) == (make_feed(),)
        with pytest.raises(StorageError, match="it may not be written"):
            await beside.set_fact("key", "value")


async def test_a_database_without_tables_is_not_read(tmp_path: Path) -> None:
    """Its maker has not come to them, or somebody made an empty file: the words fit both."""
    (tmp_path / "x.db").touch()
    with pytest.raises(StorageError, match=r"no tables in the database yet: start the bot.*, or try again"):
        await Store.open_beside(f"sqlite:///{tmp_path}/x.db")


@pytest.mark.parametrize("new", [True, False])
def test_alembic_is_loaded_only_where_a_step_is_missing(tmp_path: Path, new: bool) -> None:
    """Loading it takes longer than all the rest of opening."""
    if not new:
        asyncio.run(make_database(tmp_path / "x.db"))
    script = (
        "import asyncio, sys; from digests.storage.store import Store\n"
        "asyncio.run(Store.open(sys.argv[1])); print('alembic' in sys.modules)"
    )
    assert python(script, f"sqlite:///{tmp_path}/x.db").communicate(timeout=60)[0].strip() == "False"


def make_unversioned(path: Path) -> None:
    """Make a database that is not new and lacks every step."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.close()


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its statements are one transaction: the next start begins anew instead of tripping over a half."""

    def fail(_name: str) -> None:
        raise KeyError("power cut")

    make_unversioned(tmp_path / "x.db")
    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", lambda name, *_args, **_kinds: fail(name))
        with pytest.raises(KeyError):
            await open_database(f"sqlite:///{tmp_path}/x.db")
    await make_database(tmp_path / "x.db")


async def test_commits_survive_a_power_cut_and_references_are_checked(tmp_path: Path) -> None:
    """WAL with a sync at each commit (2 is FULL), foreign keys on: on every connection."""
    database = await open_database(f"sqlite:///{tmp_path}/x.db")
    async with database.read() as one, database.read() as other:
        for connection in (one, other):
            pragmas = [
                (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert pragmas == ["wal", 2, 1]
    await database.close()


async def test_a_writing_transaction_holds_the_lock_from_its_start(tmp_path: Path) -> None:
    """Nobody, not even another program, can change what it read before it writes."""
    url = await make_database(tmp_path / "x.db")
    database = await open_database(url)
    other = sqlite3.connect(tmp_path / "x.db", timeout=0)
    async with database.write() as connection:
        await connection.execute(text("SELECT * FROM feeds"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("DELETE FROM feeds")
    other.close()
    await database.close()


def test_a_checkout_in_an_oddly_named_folder_can_migrate(tmp_path: Path) -> None:
    """Alembic's configuration gives a meaning to per cent signs; a folder's name may hold one."""
    checkout = tmp_path / "100% on record"
    make_unversioned(tmp_path / "x.db")
    shutil.copytree(ROOT / "digests", checkout / "digests", ignore=shutil.ignore_patterns("__pycache__"))
    script = (
        "import asyncio, sys; from digests.storage.store import Store\n"
        "asyncio.run(Store.open(sys.argv[1])); print(sys.modules['digests'].__file__)"
    )
    told = python(script, f"sqlite:///{tmp_path}/x.db", checkout).communicate(timeout=60)[0]
    assert told.startswith(str(checkout))


# --- one instance --------------------------------------------------------------------------------


async def test_a_second_instance_is_refused_at_once(tmp_path: Path) -> None:
    """Two bots on one database would post everything twice; the words name the file and the way out."""
    url = f"sqlite:///{tmp_path}/x.db"
    async with await Store.open(url):
        descriptors = len(os.listdir("/dev/fd"))
        with pytest.raises(DatabaseInUse, match=r"another Onrecord is running on .*x\.db.*stop it"):
            await Store.open(url)
        assert len(os.listdir("/dev/fd")) == descriptors
    await (await Store.open(url)).close()


async def test_a_link_to_the_database_is_the_database(tmp_path: Path) -> None:
    """By whatever name the file is reached, one instance holds it."""
    (tmp_path / "alias.db").symlink_to(tmp_path / "x.db")
    async with await Store.open(f"sqlite:///{tmp_path}/x.db"):
        with pytest.raises(DatabaseInUse):
            await Store.open(f"sqlite:///{tmp_path}/alias.db")


def test_another_process_is_refused_until_the_holder_dies(tmp_path: Path) -> None:
    """The kernel frees the lock, so nothing is left to clean up after kill -9."""
    url = f"sqlite:///{tmp_path}/x.db"
    holder = python(HOLD, url)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "opened\n"
        with pytest.raises(DatabaseInUse):
            asyncio.run(Store.open(url))
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    asyncio.run(make_database(tmp_path / "x.db"))


async def test_a_failed_opening_lets_go_of_the_file(tmp_path: Path) -> None:
    """What was mended can be opened by the same process."""
    path = tmp_path / "x.db"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(StorageError):
        await Store.open(f"sqlite:///{path}")
    path.unlink()
    await make_database(path)


async def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    """Whoever cleans up need not know who did before."""
    store = await Store.open(f"sqlite:///{tmp_path}/x.db")
    await store.close()
    await store.close()


# --- databases that cannot be used ---------------------------------------------------------------


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    """The words propose a file in it, and no lock is left beside it."""
    (tmp_path / "data").mkdir()
    with pytest.raises(
        StorageError, match=r"data is a folder: name a file in storage, such as .*onrecord\.db"
    ):
        await Store.open(f"sqlite:///{tmp_path}/data")
    for writable in (False, True):
        with pytest.raises(StorageError, match="data is a folder: name a file in storage"):
            await Store.open_beside(f"sqlite:///{tmp_path}/data", writable=writable)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


async def test_a_folder_in_the_place_of_the_lock_is_told(tmp_path: Path) -> None:
    """It is not the user's rights that are wrong."""
    (tmp_path / "x.db.lock").mkdir()
    with pytest.raises(StorageError, match=r"x\.db\.lock is a folder, where a file belongs: remove it"):
        await Store.open(f"sqlite:///{tmp_path}/x.db")


async def test_a_disk_that_keeps_no_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some network file systems: there a second bot could not be kept out."""

    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(
        StorageError, match=r"x\.db\.lock cannot be locked \(No locks.*on a disk of this machine"
    ):
        await Store.open(f"sqlite:///{tmp_path}/x.db")


async def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    """A path through a file leads nowhere."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        await Store.open(f"sqlite:///{tmp_path}/data/x.db")


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """It is left as it was: it may be somebody's."""
    path = tmp_path / "x.db"
    path.write_bytes(b"a letter to a friend" * 100)
    with pytest.raises(StorageError, match="is no database: restore a backup, or move it away"):
        await Store.open(f"sqlite:///{path}")
    assert path.read_bytes() == b"a letter to a friend" * 100


async def test_damage_inside_the_file_is_told(tmp_path: Path) -> None:
    """A page overwritten in the middle shows at the first use, in the same words."""
    path = tmp_path / "x.db"
    url = await make_database(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StorageError, match="is damaged: restore a backup"):
        async with await Store.open(url) as store:
            await store.load_due_feeds(NOON)


async def test_the_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """Rather no start than rows that the newer version cannot make sense of."""
    url = await make_database(tmp_path / "x.db")
    database = await open_database(url)
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(StorageError, match="written by a newer Onrecord"):
        await Store.open(url)


async def test_a_full_disk_is_told_and_nothing_is_half_stored(tmp_path: Path) -> None:
    """The transaction is undone, and goes through once there is room."""
    database = await open_database(f"sqlite:///{tmp_path}/x.db")
    store = Store(database)
    parts = [make_part(number, payload={"text": "x" * 5000}) for number in range(100)]
    for pages in (40, 100000):
        async with database.read() as connection:
            await connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        if pages == 40:
            with pytest.raises(StorageError, match="disk is full"):
                await store.queue_parts(parts)
            assert await store.load_parts(list(PartState)) == ()
    await store.queue_parts(parts)
    assert len(await store.load_parts(list(PartState))) == 100
    await store.close()


@pytest.mark.parametrize(
    ("name", "folder_mode", "file_mode", "words"),
    [
        pytest.param("new.db", 0o555, None, "cannot be written", id="folder, nothing in it"),
        pytest.param("old.db", 0o555, 0o666, "cannot be written", id="folder with a database"),
        pytest.param("old.db", 0o000, 0o666, "cannot be written", id="folder that may not be entered"),
        pytest.param("old.db", 0o777, 0o444, "may not be written", id="file alone"),
        pytest.param("old.db", 0o777, 0o000, "may not be written", id="file may not be read"),
        pytest.param("old.db", 0o777, 0o222, "cannot be opened", id="file may only be written"),
    ],
)
def test_a_user_who_may_not_write_is_told_so(
    open_folder: Path, name: str, folder_mode: int, file_mode: int | None, words: str
) -> None:
    """As in a container whose volume belongs to somebody else."""
    path = open_folder / name
    if file_mode is not None:
        asyncio.run(make_database(path))
        Path(f"{path}.lock").unlink()
        path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    told = python(AS_NOBODY, f"sqlite:///{path}").communicate(timeout=60)[0]
    assert told.startswith("StorageError")
    assert words in told
    assert "let the user who runs Onrecord write" in told


def test_who_may_only_read_reads_what_no_bot_is_running_on(open_folder: Path) -> None:
    """SQLite would make files beside it to read it."""
    url = asyncio.run(make_database(open_folder / "x.db"))
    (open_folder / "x.db").chmod(0o444)
    open_folder.chmod(0o555)
    reading = AS_NOBODY.replace("Store.open(sys", "Store.open_beside(sys")
    assert python(reading, url).communicate(timeout=60)[0] == "opened\n"
