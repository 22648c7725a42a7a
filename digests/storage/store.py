"""[io] Everything that is remembered between runs, behind one door."""

from types import TracebackType
from typing import Self

from sqlalchemy import select

from digests.storage.articles import ArticleRows
from digests.storage.channels import ChannelRows
from digests.storage.database import open_beside, open_database
from digests.storage.feeds import FeedRows
from digests.storage.outbox import OutboxRows
from digests.storage.tables import facts


class Store(FeedRows, ArticleRows, ChannelRows, OutboxRows):
    """The database as the rest of the program sees it: records in, records out.

    Every method is one transaction and may be called by many tasks at once. Each raises
    ``StorageError`` where the database fails, in words for the operator.
    """

    @classmethod
    async def open(cls, url: str) -> Self:
        """Return the store at ``url``, made and migrated as needed.

        Raises:
            DatabaseInUse: another instance holds it.
            StorageError: it cannot be used; the text says why and what to do.
        """
        return cls(await open_database(url))

    @classmethod
    async def open_beside(cls, url: str, *, writable: bool = False) -> Self:
        """Return the store at ``url`` while another instance may hold it; read only, or ``writable``.

        Raises:
            StorageError: it cannot be used; the text says why and what to do.
        """
        return cls(await open_beside(url, writable=writable))

    def be_patient(self) -> None:
        """Wait from now on for another program that holds the database, instead of failing after a while."""
        self._database.patient = True

    async def check_place(self) -> None:
        """Look whether the database still is where it was opened; to be called again and again.

        Raises:
            StorageError: it is not, or its lock is not; the text says what to do.
        """
        await self._database.check_place()

    @property
    def is_held(self) -> bool:
        """Whether something waits for another program that holds the database."""
        return self._database.held

    async def close(self) -> None:
        """Let go of the database; safe to call twice."""
        await self._database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def get_fact(self, key: str) -> str | None:
        """Return what was remembered under ``key``."""
        async with self._database.read() as connection:
            return (await connection.execute(select(facts.c.value).where(facts.c.key == key))).scalar()

    async def set_fact(self, key: str, value: str) -> None:
        """Remember ``value`` under ``key`` in the place of what stood there."""
        async with self._database.write() as connection:
            await connection.execute(facts.delete().where(facts.c.key == key))
            await connection.execute(facts.insert(), {"key": key, "value": value})
