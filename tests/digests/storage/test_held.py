"""A database that another program holds for longer than SQLite waits by itself."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digests.errors import StorageError
from digests.storage import access, sqlite
from digests.storage.store import Store


@pytest.fixture
async def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    """A new database, where SQLite itself waits for a twentieth of a second only."""
    pragmas = ("PRAGMA busy_timeout = 50", *sqlite.PRAGMAS[1:])
    monkeypatch.setattr(sqlite, "PRAGMAS", pragmas)
    monkeypatch.setattr(access, "_FIRST_PAUSE", 0.01)
    async with await Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        yield store


@pytest.fixture
def other(store: Store, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a change."""
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def test_a_patient_store_waits_and_writes_once_it_is_free(
    store: Store, other: sqlite3.Connection
) -> None:
    """Everything that was to be written is, once and in order, and reading goes on meanwhile."""
    store.be_patient()
    writing = [asyncio.create_task(store.set_fact("key", value)) for value in ("first", "second")]
    await asyncio.sleep(0.5)
    assert store.is_held
    assert not any(task.done() for task in writing)
    assert await store.get_fact("key") is None
    other.execute("ROLLBACK")
    async with asyncio.timeout(5):
        await asyncio.gather(*writing)
    assert await store.get_fact("key") == "second"
    assert not store.is_held


async def test_who_waits_can_be_stopped(store: Store, other: sqlite3.Connection) -> None:
    """A bot that is told to stop does not stay for another program."""
    store.be_patient()
    writing = asyncio.create_task(store.set_fact("key", "value"))
    await asyncio.sleep(0.2)
    writing.cancel()
    async with asyncio.timeout(2):
        await asyncio.wait([writing])
    other.execute("ROLLBACK")
    await store.set_fact("key", "other")
    assert await store.get_fact("key") == "other"


async def test_another_store_says_what_to_do(store: Store, other: sqlite3.Connection) -> None:
    """A single command does not wait for ever."""
    with pytest.raises(StorageError, match="another program holds it: close that program and start again"):
        await store.set_fact("key", "value")
    other.execute("ROLLBACK")


async def test_other_failures_are_not_waited_out(store: Store, tmp_path: Path) -> None:
    """Patience lets nobody write who may not."""
    async with await Store.open_beside(f"sqlite:///{tmp_path}/x.db") as beside:
        beside.be_patient()
        async with asyncio.timeout(5):
            with pytest.raises(StorageError, match="it may not be written"):
                await beside.set_fact("key", "value")
