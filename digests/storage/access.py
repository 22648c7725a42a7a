"""[io] A database as the store sees it: lent to many readers and to one writer at a time."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from digests.errors import StorageError
from digests.storage.engine import AsyncConnection, AsyncEngine

# Between two tries to write while another program holds the database; each try waits for some seconds itself.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0


class Database(ABC):
    """What ``sqlite.py`` and ``postgres.py`` have in common; each adds how it is opened and what fails."""

    def __init__(self, readers: AsyncEngine, writer: AsyncEngine) -> None:
        self._readers = readers
        self._writer = writer
        self._writing = asyncio.Lock()
        self.patient = False
        """Whether to wait for another program that holds the database, however long that takes."""
        self.held = False
        """Whether somebody waits for that."""

    @abstractmethod
    def _explain(self, error: DBAPIError) -> str:
        """Return what went wrong and what to do; it holds no password."""

    def _is_held(self, error: DBAPIError) -> bool:  # noqa: ARG002
        """Return whether a transaction failed to begin because another program holds the database."""
        return False

    async def check_place(self) -> None:  # noqa: B027 - only files can be moved
        """Raise ``StorageError`` where what was opened is not what stands there any more."""

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
            async with self._writing, AsyncExitStack() as stack:
                yield await self._begin(stack)

    async def _begin(self, stack: AsyncExitStack) -> AsyncConnection:
        """Begin a transaction that writes and ends with ``stack``; nothing was done yet where that fails."""
        pause = _FIRST_PAUSE
        while True:
            try:
                connection = await stack.enter_async_context(self._writer.begin())
            except DBAPIError as error:
                if not (self.patient and self._is_held(error)):
                    raise
                self.held = True
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                self.held = False
                return connection

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
