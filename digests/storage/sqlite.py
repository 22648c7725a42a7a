"""[io] A SQLite file: opened by one instance alone or read beside it, its errors put in plain words."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError

from digests.errors import DatabaseInUse, StorageError
from digests.storage.access import Database
from digests.storage.engine import AsyncEngine, create_async_engine
from digests.storage.migrations import check_version, upgrade

# FULL: a commit that was acknowledged survives a power cut, which NORMAL does not promise in WAL
# mode; a part recorded as sent would be sent again. It costs one fsync a commit, and commits are few.
PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    # An entry with its text rarely fits into a page of 4096 bytes; only a new database takes it up.
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # 8 MB in place of 2: with tens of thousands of entries, writing takes a quarter less CPU.
    "PRAGMA cache_size = -8000",
)
Stamp = tuple[int, int] | None
"""What tells a file from another one in its place; ``None`` where there is none."""

READING_PRAGMAS = (PRAGMAS[0], "PRAGMA query_only = ON")
# By SQLite's primary result code: https://www.sqlite.org/rescode.html
ADVICE = {
    sqlite3.SQLITE_BUSY: "another program holds it: close that program and start again",
    sqlite3.SQLITE_READONLY: "it may not be written: let the user who runs Onrecord write it and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: let the user who runs Onrecord write it and its folder",
    sqlite3.SQLITE_IOERR: "the disk failed: check it and its free space, then start again",
    sqlite3.SQLITE_FULL: "the disk is full: free some space, then start again",
    sqlite3.SQLITE_CORRUPT: "it is damaged: restore a backup, or move it away to start afresh",
    sqlite3.SQLITE_NOTADB: "it is no database: restore a backup, or move it away to start afresh",
}


async def open_alone(address: URL) -> Database:
    """Return the database in the file of ``address``, made and migrated as needed.

    Raises:
        DatabaseInUse: another instance holds it.
        StorageError: it cannot be used; the text says why and what to do.
    """
    path = Path(address.database or "")
    lock = _take_lock(path)
    database = _SqliteDatabase(path, _make_engine(address, PRAGMAS), lock)
    return await database.prepared(database.write(), partial(upgrade, back_up=partial(_back_up, path)))


async def open_beside(address: URL, *, writable: bool) -> Database:
    """Return the database in the file of ``address`` without the lock: another instance may hold it.

    It can be read only, unless it is to be ``writable``: a file in WAL mode has room for readers whoever
    writes, and its writers wait for each other.

    Raises:
        StorageError: it cannot be used, or has other tables than this version; the text says what to do.
    """
    path = Path(address.database or "")
    _check_made(path)
    if writable:
        _check(path)
    changes = (_beside(address, "rw"), PRAGMAS) if writable else (_to_read(address, path), READING_PRAGMAS)
    database = _SqliteDatabase(path, _make_engine(*changes), None)
    return await database.prepared(database.read(), check_version)


class _Lock(NamedTuple):
    """A file that is held through an open descriptor: the kernel frees it if the process dies."""

    path: Path
    descriptor: int


class _SqliteDatabase(Database):
    """One file; ``lock`` marks it as ours until ``close``."""

    def __init__(self, path: Path, engine: AsyncEngine, lock: _Lock | None) -> None:
        super().__init__(readers=engine, writer=engine.execution_options(immediate=True))
        self._path = path
        self._lock = lock
        self._first_look: tuple[Stamp, Stamp] | None = None
        self._last_look: tuple[Stamp, Stamp] | None = None

    async def check_place(self) -> None:
        """Compare the file and its lock with what the first call saw; a change counts once it is seen twice.

        Raises:
            StorageError: one of them was moved, removed or replaced: another bot could begin there.
        """
        if self._lock is None:
            return
        before, self._last_look = self._last_look, await asyncio.to_thread(self._look)
        self._first_look = self._first_look or self._last_look
        if self._last_look == self._first_look or self._last_look != before:
            return
        place = self._path if self._last_look[0] != self._first_look[0] else self._lock.path
        raise StorageError(
            f"{place} was moved, removed or replaced under the running bot, which ends before another one "
            "begins there: see that the right database stands there, leave its lock alone, and start again"
        )

    def _look(self) -> tuple[Stamp, Stamp]:
        return _stamp(self._path), _stamp(self._lock.path if self._lock else self._path)

    async def close(self) -> None:
        await super().close()
        if self._lock is not None:
            os.close(self._lock.descriptor)
            self._lock = None

    def _explain(self, error: DBAPIError) -> str:
        return f"{self._path}: {ADVICE.get(_code(error), 'it refused the command')} (SQLite: {error.orig})"

    def _is_held(self, error: DBAPIError) -> bool:
        return _code(error) == sqlite3.SQLITE_BUSY


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _code(error: DBAPIError) -> int:
    """Return SQLite's primary result code."""
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF


def _beside(address: URL, mode: str, **more: str) -> URL:
    """Return ``address`` such that SQLite makes no file there: https://www.sqlite.org/uri.html#urimode."""
    file = Path(address.database or "").absolute().as_uri()
    return address.set(database=file, query={"mode": mode, "uri": "true", **more})


def _to_read(address: URL, path: Path) -> URL:
    """Return ``address`` for reading alone, also by a user who may write nothing there.

    SQLite makes two files beside a database even to read it, unless it is told that nobody changes it; and
    nobody does who has not made them.
    """
    unused = not Path(f"{path}-wal").exists() and not os.access(path.parent, os.W_OK)
    return _beside(address, "ro", **({"immutable": "1"} if unused else {}))


def _back_up(path: Path, version: str) -> None:
    """Copy the database at ``path`` beside it, before a migration away from ``version``.

    Raises:
        StorageError: there is no room for it; nothing was changed then.
    """
    copy = path.with_name(f"{path.name}.{version}.backup")
    half = path.with_name(f"{copy.name}.half")
    try:
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as target:
            source.backup(target)
        half.replace(copy)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            f"{path}: it cannot be copied to {copy.name} before its tables are changed ({error}): free some "
            "space, then start again"
        ) from error


def _check_made(path: Path) -> None:
    if not path.exists():
        raise StorageError(f"there is no database at {path} yet: start the bot with this configuration")
    _check_file(path)


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise StorageError(f"{path} is a folder: name a file in storage, such as {path / 'onrecord.db'}")


def _check(path: Path) -> None:
    """Raise what SQLite would not tell, or only at the first change: it opens a file it may not write."""
    _check_file(path)
    if path.exists() and not os.access(path, os.W_OK):
        raise StorageError(f"{path}: {ADVICE[sqlite3.SQLITE_READONLY]}")


def _take_lock(path: Path) -> _Lock:
    """Return the lock that marks ``path`` as ours."""
    # Of the file itself, by whatever name or link it is reached.
    beside = Path(f"{path.resolve()}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _check(path)
        return _Lock(beside, _hold(beside))
    except BlockingIOError as error:
        raise DatabaseInUse(
            f"another Onrecord is running on {path}: stop it, or give this one another file in storage "
            f"(leave {path.name}.lock alone: without it two bots post everything twice)"
        ) from error
    except IsADirectoryError as error:
        raise StorageError(f"{beside} is a folder, where a file belongs: remove it") from error
    except OSError as error:
        raise StorageError(
            f"{error.filename or path.parent} cannot be written ({error.strerror}): let the user who runs "
            "Onrecord write it, or name another file in storage"
        ) from error


def _hold(path: Path) -> int:
    """Return a descriptor of the file at ``path`` that alone holds its lock.

    Raises:
        BlockingIOError: somebody holds it.
        OSError: it cannot be opened.
        StorageError: nothing can be locked there.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            raise
        raise StorageError(
            f"{path} cannot be locked ({error.strerror}): name a file on a disk of this machine in storage"
        ) from error
    return descriptor


def _make_engine(address: URL, pragmas: Sequence[str]) -> AsyncEngine:
    """Return an engine whose transactions are truly SQLite's own, those that write ``IMMEDIATE``.

    Python's sqlite3 would begin late: at the first change, so that a reader that turns writer can fail at
    once whatever the busy timeout, and never for a CREATE TABLE, so that half a migration would stay.
    """
    # A build of a thousand channels queues for connections; it does not fail after 30 s.
    address = address.set(drivername="sqlite+aiosqlite")
    engine = create_async_engine(address, pool_size=5, max_overflow=0, pool_timeout=600)
    event.listen(engine.sync_engine, "connect", lambda connection, _: _configure(connection, pragmas))
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _undo)
    return engine


def _configure(connection: Any, pragmas: Sequence[str]) -> None:
    connection.run_async(lambda driver: driver.executescript("; ".join(pragmas)))


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _undo(connection: Any, _record: object, _error: object) -> None:
    """End the transaction of a connection that is given up because its task was cancelled.

    Closing alone would not: SQLite keeps a closed connection, and its lock, while a cursor of it is alive.
    """
    connection.rollback()
