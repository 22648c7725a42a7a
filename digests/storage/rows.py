"""[io] What every part of the store shares."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Table
from sqlalchemy.dialects import sqlite

from digests.storage.database import Database

Item = TypeVar("Item")
AnyRow = Row[*tuple[Any, ...]]

# SQLite takes 32,766 parameters a statement, PostgreSQL 65,535; a row here has at most ten.
CHUNK = 1000


class Rows:
    """A part of the store: methods over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database


def insert_new(table: Table) -> sqlite.Insert:
    """Return an insert that leaves rows alone that are there already."""
    return sqlite.insert(table).on_conflict_do_nothing()


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield ``items`` in pieces that fit into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
