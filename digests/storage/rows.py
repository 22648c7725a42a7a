"""[io] What every part of the store shares."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Dialect, Insert, Row, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler

from digests.storage.access import Database

Item = TypeVar("Item")
AnyRow = Row[*tuple[Any, ...]]

# SQLite takes 32,766 parameters a statement, PostgreSQL 65,535; a row here has at most ten.
CHUNK = 1000


class Rows:
    """A part of the store: methods over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database


def insert_new(table: Table, dialect: Dialect, known_by: Sequence[Column[Any]]) -> Insert:
    """Return an insert that leaves rows alone that are there already, as ``dialect`` puts it.

    ``known_by`` is what makes a row the same one; whatever else cannot be inserted is an error.
    """
    if dialect.name == "postgresql":
        # Imported here: on SQLite nobody needs it.
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table).on_conflict_do_nothing(index_elements=known_by)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=known_by)


async def insert_many(connection: AsyncConnection, insert: Insert, rows: Sequence[dict[str, Any]]) -> None:
    """Insert ``rows``, whose values stand there as the driver takes them: moments in microseconds.

    ``execute`` would spend as long on the parameters as SQLite spends on storing them.
    """
    if rows:
        await connection.exec_driver_sql(*for_driver(insert, rows, connection.dialect))


def for_driver(
    insert: Insert, rows: Sequence[dict[str, Any]], dialect: Dialect
) -> tuple[str, list[dict[str, Any]] | list[tuple[Any, ...]]]:
    """Return ``insert`` and ``rows``, of which there is at least one, in the words of a dialect's driver."""
    # Inline: nobody asks for the new rows' keys.
    compiled = insert.inline().compile(dialect=dialect, column_keys=list(rows[0]))
    assert isinstance(compiled, SQLCompiler)
    order = compiled.positiontup
    if order is None:  # the driver takes parameters by name
        return compiled.string, list(rows)
    return compiled.string, [tuple([row[name] for name in order]) for row in rows]


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield ``items`` in pieces that fit into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
