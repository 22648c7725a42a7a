"""[io] What every part of the store shares."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Dialect, Insert, Row, Table, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from digests.storage.access import Database
from digests.storage.engine import AsyncConnection

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


async def write_many(
    connection: AsyncConnection, statement: Insert | Update, rows: Sequence[dict[str, Any]]
) -> int:
    """Insert or update ``rows`` and return how many were met.

    Their values stand there as the driver takes them, moments in microseconds: ``execute`` would spend as
    long on the parameters as SQLite spends on storing them.
    """
    if not rows:
        return 0
    done = await connection.exec_driver_sql(*for_driver(statement, rows, connection.dialect))
    return done.rowcount


def for_driver(
    statement: Insert | Update, rows: Sequence[dict[str, Any]], dialect: Dialect
) -> tuple[str, list[dict[str, Any]] | list[tuple[Any, ...]]]:
    """Return a statement and ``rows``, of which there is at least one, in the words of a dialect's driver."""
    # Inline: nobody asks for the new rows' keys.
    compiled = statement.inline().compile(dialect=dialect, column_keys=list(rows[0]))
    assert isinstance(compiled, SQLCompiler)
    # What the statement says itself, such as ``failures=0``, is a parameter too.
    own = {name: value for name, value in compiled.params.items() if name not in rows[0]}
    order = compiled.positiontup
    if order is None:  # the driver takes parameters by name
        return compiled.string, [own | row for row in rows]
    return compiled.string, [tuple([row[name] for name in order]) for row in (own | row for row in rows)]


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield ``items`` in pieces that fit into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
