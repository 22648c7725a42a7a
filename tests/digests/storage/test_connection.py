"""Connections that are awaited: their transactions, and what a cancelled task leaves behind."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from digests.storage.connection import begin, dispose

INSERT = "INSERT INTO words VALUES (?)"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    engine = create_engine(
        f"sqlite+aiosqlite:///{tmp_path}/x.db", pool_size=1, max_overflow=0, pool_timeout=5
    )
    async with begin(engine) as connection:
        await connection.execute(text("CREATE TABLE words (word TEXT)"))
    yield engine
    await dispose(engine)


async def words(engine: Engine) -> list[str]:
    async with begin(engine) as connection:
        return [row.word for row in await connection.execute(text("SELECT word FROM words"))]


async def insert_and_fail(engine: Engine) -> None:
    async with begin(engine) as connection:
        await connection.insert_rows(INSERT, [("undone",)])
        raise LookupError


async def test_a_block_that_ends_is_kept_and_one_that_raises_is_undone(engine: Engine) -> None:
    """All of a block, or nothing of it."""
    async with begin(engine) as connection:
        await connection.insert_rows(INSERT, [("kept",), ("too",)])
    with pytest.raises(LookupError):
        await insert_and_fail(engine)
    assert await words(engine) == ["kept", "too"]


@pytest.mark.parametrize("again", range(4))
async def test_a_cancelled_task_gives_its_connection_back(engine: Engine, again: int) -> None:
    """However often it is cancelled while it lets go; nothing of its transaction stays."""
    inside = asyncio.Event()

    async def work() -> None:
        async with begin(engine) as connection:
            await connection.insert_rows(INSERT, [("undone",)])
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await inside.wait()
    for _ in range(again + 1):
        task.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await words(engine) == []


async def test_a_query_that_is_cancelled_while_it_runs_gives_its_connection_back(engine: Engine) -> None:
    """The next one gets an answer, not a timeout."""
    slow = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
                "SELECT count(*) FROM n")  # fmt: skip

    async def work() -> None:
        async with begin(engine) as connection:
            await connection.execute(slow)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await words(engine) == []


def test_the_orm_is_not_loaded() -> None:
    """It would take longer than opening the database."""
    script = "import sys; import digests.storage.store; print('sqlalchemy.orm' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "False", told.stderr
