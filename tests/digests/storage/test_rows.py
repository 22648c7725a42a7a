"""Statements in each driver's words: the same code stores on SQLite and, by configuration, on PostgreSQL."""

import pytest
from sqlalchemy import Dialect, Text, bindparam, update
from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import dialect as aiosqlite

from digests.storage.polls import INSERT_ENTRY
from digests.storage.rows import for_driver, insert_new
from digests.storage.tables import facts, metadata

FACTS = [{"value": "v1", "key": "100%"}, {"value": "v2", "key": "b"}]
ENTRIES = [{"feed_id": 7, "key": 9, "seen_at": 1_000_000, "of_identity": "i"}]


@pytest.mark.parametrize(
    ("dialect", "statement", "rows"),
    [
        pytest.param(
            aiosqlite(),
            'INSERT INTO facts ("key", value) VALUES (?, ?) ON CONFLICT ("key") DO NOTHING',
            [("100%", "v1"), ("b", "v2")],
            id="sqlite",
        ),
        pytest.param(
            psycopg(),
            "INSERT INTO facts (key, value) VALUES (%(key)s::VARCHAR, %(value)s::VARCHAR) "
            "ON CONFLICT (key) DO NOTHING",
            FACTS,
            id="psycopg",
        ),
    ],
)
def test_rows_go_to_the_driver_in_the_order_of_its_statement(
    dialect: Dialect, statement: str, rows: list[object]
) -> None:
    """By place or by name, whatever the order in which a row was written down."""
    assert for_driver(insert_new(facts, dialect, [facts.c.key]), FACTS, dialect) == (statement, rows)


ENTRY_ON_SQLITE = (
    'INSERT INTO entries (feed_id, "key", article_id, seen_at) '
    "VALUES (?, ?, (SELECT articles.id FROM articles WHERE articles.identity = ?), ?)"
)
ENTRY_ON_POSTGRESQL = (
    "INSERT INTO entries (feed_id, key, article_id, seen_at) VALUES (%(feed_id)s::INTEGER, %(key)s::BIGINT, "
    "(SELECT articles.id FROM articles WHERE articles.identity = %(of_identity)s::VARCHAR), "
    "%(seen_at)s::BIGINT)"
)


@pytest.mark.parametrize(
    ("dialect", "expected", "values"),
    [
        (aiosqlite(), ENTRY_ON_SQLITE, [(7, 9, "i", 1_000_000)]),
        (psycopg(), ENTRY_ON_POSTGRESQL, ENTRIES),
    ],
    ids=["sqlite", "psycopg"],
)
def test_an_entry_finds_its_article_in_its_own_statement(
    dialect: Dialect, expected: str, values: list[object]
) -> None:
    """The identity stands where the article's row will."""
    statement, rows = for_driver(INSERT_ENTRY, ENTRIES, dialect)
    assert " ".join(statement.split()) == expected
    assert rows == values


@pytest.mark.parametrize(
    ("dialect", "values"),
    [
        (aiosqlite(), [("read", "v1", "a"), ("read", "v2", "b")]),
        (psycopg(), [{"new": "v1", "at": "a", "key": "read"}, {"new": "v2", "at": "b", "key": "read"}]),
    ],
    ids=["sqlite", "psycopg"],
)
def test_what_a_statement_says_itself_goes_with_every_row(dialect: Dialect, values: list[object]) -> None:
    """A driver takes such words as parameters like all others."""
    statement = update(facts).where(facts.c.key == bindparam("at")).values(value=bindparam("new"), key="read")
    _, rows = for_driver(statement, [{"new": "v1", "at": "a"}, {"new": "v2", "at": "b"}], dialect)
    assert rows == values


def test_every_column_of_text_keeps_only_what_can_be_kept() -> None:
    """A plain ``Text`` would let one entry with half a character undo a whole batch."""
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    assert len(columns) > 40
    assert [str(column) for column in columns if isinstance(column.type, Text)] == []
