"""[io] Database connections that are awaited, without the ORM that ``sqlalchemy.ext.asyncio`` loads.

The same thin layer: SQLAlchemy's Core runs in a greenlet, which waits wherever the driver does. The
ORM would be 45 ms of every start, and nobody here uses it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable
from sqlalchemy.util import greenlet_spawn

Result = TypeVar("Result")
Parameters = dict[str, Any] | Sequence[dict[str, Any]]


class AsyncConnection:
    """A connection inside its transaction; results are whole when they are returned."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Return what ``statement`` gives, once, or for each row of parameters."""
        return await greenlet_spawn(self._connection.execute, statement, parameters)

    async def insert_rows(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run SQL as the driver takes it, with ``?`` for each value of a row."""
        await greenlet_spawn(self._connection.exec_driver_sql, statement, list(rows))

    async def run_sync(self, function: Callable[[Connection], Result]) -> Result:
        """Return what ``function`` makes of the plain connection."""
        return await greenlet_spawn(function, self._connection)


@asynccontextmanager
async def begin(engine: Engine) -> AsyncIterator[AsyncConnection]:
    """Lend a connection in a transaction, which is undone where the block raises."""
    connection = await greenlet_spawn(engine.connect)
    try:
        transaction = await greenlet_spawn(connection.begin)
        transaction.__enter__()
        try:
            yield AsyncConnection(connection)
        except BaseException as error:
            await greenlet_spawn(transaction.__exit__, type(error), error, error.__traceback__)
            raise
        await greenlet_spawn(transaction.__exit__, None, None, None)
    finally:
        await _close(connection)


async def dispose(engine: Engine) -> None:
    """Close the engine's connections; safe to call twice."""
    await greenlet_spawn(engine.dispose)


async def _close(connection: Connection) -> None:
    """Give the connection back, to the end even where the task is cancelled meanwhile."""
    closing = asyncio.create_task(greenlet_spawn(connection.close))
    cancelled: asyncio.CancelledError | None = None
    while not closing.done():
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    closing.result()
