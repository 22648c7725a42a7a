"""[io] A database as the store sees it: lent to many readers and to one writer at a time."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.errors import StorageError


class Database(ABC):
    """What ``sqlite.py`` and ``postgres.py`` have in common; each adds how it is opened and what fails."""

    def __init__(self, readers: AsyncEngine, writer: AsyncEngine) -> None:
        self._readers = readers
        self._writer = writer
        self._writing = asyncio.Lock()

    @abstractmethod
    def _explain(self, error: DBAPIError) -> str:
        """Return what went wrong and what to do; it holds no password."""

    async def close(self) -> None:
        """Let go of the database; safe to call twice."""
        await self._readers.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection that sees one unchanging state of the database."""
        with self._in_plain_words():
            async with self._readers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection whose changes are kept all together, or not at all where the block raises.

        Writers of this process queue up here, in order, instead of polling the database's lock.
        """
        with self._in_plain_words():
            async with self._writing, self._writer.begin() as connection:
                yield connection

    async def prepared(
        self, lent: AbstractAsyncContextManager[AsyncConnection], work: Callable[[Connection], None]
    ) -> Self:
        """Return this database after ``work`` on its first connection; it is closed where that fails."""
        try:
            async with lent as connection:
                await connection.run_sync(work)
        except BaseException:
            await self.close()
            raise
        return self

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        """Turn what the driver raises into a ``StorageError`` that says what to do."""
        try:
            yield
        except DBAPIError as error:
            # Without a statement it is a connection that failed: its traceback would know the password.
            cause = error if error.statement else None
            raise StorageError(self._explain(error)) from cause
