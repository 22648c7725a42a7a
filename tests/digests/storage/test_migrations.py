"""From one version's tables to the next: copied first, complete, and the same as a new database."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from digests.errors import StorageError
from digests.feeds.identity import to_store
from digests.model import ParsedEntry, ParsedFeed, PartState
from digests.storage import migrations
from digests.storage.store import Store
from digests.storage.tables import metadata, microseconds
from tests.make import GAZETTE, NOON, make_poll


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that nobody has used yet."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_database")
        return address
    return f"sqlite:///{tmp_path}/x.db"


@contextmanager
def connected(storage: str) -> Iterator[Connection]:
    """Lend a connection to the database at ``storage``, as nobody but a test does."""
    engine = create_engine(storage.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_code_uses(storage: str) -> None:
    """A column added to ``tables.py`` needs a step in ``migrations/versions``."""
    with connected(storage) as connection:
        migrations.run_steps(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_new_database_gets_what_all_steps_together_make(storage: str) -> None:
    """It is made in one go, and the next version's step must find what it expects."""
    with connected(storage) as connection:
        migrations.run_steps(connection)
        stepped = schema(connection)
        assert version(connection) == migrations.HEAD
        metadata.drop_all(connection)
        migrations.VERSION.drop(connection)
        migrations.upgrade(connection, back_up=pytest.fail)
        assert schema(connection) == stepped
        assert version(connection) == migrations.HEAD
    assert {"feeds", "entries", "outbox", "outbox_state"} <= set(stepped)


def schema(connection: Connection) -> dict[str, set[str]]:
    """Return what defines each table and index; the order of columns and constraints means nothing."""
    if connection.dialect.name == "postgresql":
        found: dict[str, set[str]] = {}
        for name, *parts in connection.execute(text(POSTGRES_SCHEMA)):
            found.setdefault(name, set()).add(repr(parts))
        return found
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master"))
    return {name: {part.strip() for part in re.split(r"[,()\n]", sql or "")} for name, sql in rows}


POSTGRES_SCHEMA = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT indexname, tablename, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
FROM pg_constraint WHERE conrelid > 0 AND connamespace = 'public'::regnamespace
"""


def version(connection: Connection) -> str | None:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


async def test_a_migration_that_fails_leaves_the_tables_as_they_were(
    storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its statements are one transaction, on either database: the next start does them all."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("power cut")

    make_first_version(storage)
    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.drop_table", fail)  # in the third step: two are done by then
        with pytest.raises(KeyError):
            await Store.open(storage)
    with connected(storage) as connection:
        assert version(connection) == "0001"
        assert "claimed_at" not in str(schema(connection))
    await (await Store.open(storage)).close()
    with connected(storage) as connection:
        assert version(connection) == migrations.HEAD


async def test_what_an_older_version_left_half_sent_is_looked_for(storage: str) -> None:
    """It may stand in its channel since it was due."""
    make_first_version(storage)
    async with await Store.open(storage) as store:
        found = {part.key: part.claimed_at for part in await store.load_parts(tuple(PartState))}
    assert found == {"waiting": None, "sending": NOON, "unknown": NOON, "parked": NOON, "sent": None}


async def test_what_an_older_version_queued_stays_in_its_channels_queue(storage: str) -> None:
    """What follows for the same channel may not overtake it; a notice belongs to no channel."""
    with connected(storage) as connection:
        migrations.run_steps(connection, to="0004")
        for statement in (
            "INSERT INTO channels (name, first_seen) VALUES ('city-desk', 0)",
            "INSERT INTO digests (id, channel, built_at, digest, document)"
            " VALUES (7, 'city-desk', 0, '{}', '{}')",
            "INSERT INTO outbox (key, digest_id, platform, channel, payload, due_at, state, attempts, note)"
            " VALUES ('digest', 7, 'fake', 'C1', '{}', 0, 'waiting', 0, ''),"
            " ('notice', NULL, 'fake', 'C1', '{}', 0, 'waiting', 0, '')",
        ):
            connection.execute(text(statement))
    async with await Store.open(storage) as store:
        found = {part.key: part.queue for part in await store.load_parts(tuple(PartState))}
    assert found == {"digest": "city-desk", "notice": ""}


async def test_the_database_is_copied_before_a_migration(tmp_path: Path) -> None:
    """With all that stood in it."""
    path = tmp_path / "x.db"
    make_first_version(f"sqlite:///{path}")
    await (await Store.open(f"sqlite:///{path}")).close()
    with closing(sqlite3.connect(tmp_path / "x.db.0001.backup")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert copy.execute("SELECT count(*) FROM outbox").fetchall() == [(5,)]
    async with await Store.open(f"sqlite:///{path}"):
        assert sorted(file.name for file in tmp_path.glob("*.backup*")) == ["x.db.0001.backup"]


async def test_without_room_for_the_copy_nothing_is_migrated(tmp_path: Path) -> None:
    """The words say what to do, and the old version still runs on it."""
    path = tmp_path / "x.db"
    make_first_version(f"sqlite:///{path}")
    (tmp_path / "x.db.0001.backup.half").mkdir()
    with pytest.raises(StorageError, match=r"cannot be copied to x\.db\.0001\.backup .*: free some space"):
        await Store.open(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def make_first_version(storage: str) -> None:
    """Make a database as the first version left it, with a part in each of its states."""
    with connected(storage) as connection:
        migrations.run_steps(connection, to="0001")
        for state in ("waiting", "sending", "unknown", "parked", "sent"):
            row = {"state": state, "due_at": microseconds(NOON)}
            connection.execute(
                text(
                    "INSERT INTO outbox (key, platform, channel, payload, due_at, state, attempts, note)"
                    " VALUES (:state, 'fake', :state, '{}', :due_at, :state, 0, '')"
                ),
                row,
            )


def test_the_newest_migration_is_the_one_that_is_looked_for() -> None:
    """``HEAD`` saves loading Alembic; a step that it does not name would never run."""
    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads() == [migrations.HEAD]


@pytest.mark.parametrize("guid", ["urn:1", ""], ids=["by its id", "by its link"])
async def test_what_an_older_version_knew_is_not_news_after_the_migration(storage: str, guid: str) -> None:
    """Entries were known by one text, their id or their link, and are known by marks now."""
    link = "https://gazette.example/1"
    with connected(storage) as connection:
        migrations.run_steps(connection, to="0002")
        for statement in (
            "INSERT INTO feeds (url, name, every_seconds, configured, added_at, title, failures, message,"
            " last_success) VALUES (:feed, '', 900, true, 0, '', 0, '', 1)",
            "INSERT INTO articles (identity, feed_id, url, title, author, arrived, summary_html,"
            " content_html) VALUES (:link, 1, :link, 'Bridge', '', 0, '', '')",
            "INSERT INTO entries (feed_id, key, article_id, seen_at) VALUES (1, :key, 1, 0)",
            "INSERT INTO entries (feed_id, key, article_id, seen_at) VALUES (1, 'archive', NULL, 0)",
        ):
            connection.execute(text(statement), {"feed": GAZETTE, "link": link, "key": guid or link})
    known = ParsedEntry(guid=guid, link=link, title="Bridge, edited")
    archive = ParsedEntry(guid="archive", link="https://gazette.example/0", title="Old")
    new = ParsedEntry(guid="urn:2" if guid else "", link="https://gazette.example/2", title="New")
    async with await Store.open(storage) as store:
        (feed,) = await store.load_feeds([GAZETTE])
        listed = ParsedFeed(title="", entries=(new, known, archive))
        entries = to_store(feed, listed, first_poll=not feed.answered, now=NOON)
        assert await store.record_polls([make_poll(*entries)]) == (1,)
        assert {one.title for one in await store.load_pending(None, 10)} == {"Bridge", "New"}
