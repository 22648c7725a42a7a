"""A PostgreSQL database: held by one instance, lost and found again, and clear words for what fails."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from traceback import TracebackException
from urllib.parse import quote

import psycopg
import pytest

from digests.errors import DatabaseInUse, StorageError
from digests.storage.database import open_database
from digests.storage.store import Store
from tests.make import make_part
from tests.postgres_server import HOST, PostgresServer, free_port

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[3]
# Opens the database, says so, and waits to be killed.
HOLD = """
import asyncio, sys
from digests.storage.store import Store

async def main():
    store = await Store.open(sys.argv[1])
    print("opened", flush=True)
    await asyncio.sleep(600)
    await store.close()

asyncio.run(main())
"""
WRITERS = (
    "SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid) "
    "WHERE locktype = 'advisory' AND datname = current_database()"
)


def name_of(address: str) -> str:
    return address.rpartition("/")[2]


def cut(server: PostgresServer, address: str) -> int:
    """End the connections that hold a lock on the database at ``address``; return how many there were."""
    pids = server.execute(WRITERS, name_of(address))
    for (pid,) in pids:
        server.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
    return len(pids)


# --- one instance --------------------------------------------------------------------------------


async def test_a_second_instance_is_refused(postgres_database: str) -> None:
    """Two bots on one database would post everything twice; the words name it, and no password."""
    async with await Store.open(postgres_database):
        with pytest.raises(DatabaseInUse, match=r"another Onrecord is running on postgresql://127") as caught:
            await Store.open(postgres_database)
    assert "keeper" not in str(caught.value)
    await (await Store.open(postgres_database)).close()


def test_another_process_is_refused_until_the_holder_dies(postgres_database: str) -> None:
    """The server frees the lock, so nothing is left to clean up after kill -9."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, postgres_database], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "opened\n"
        with pytest.raises(DatabaseInUse):
            asyncio.run(Store.open(postgres_database))
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    asyncio.run(stored_fact(postgres_database))


async def test_the_lock_of_a_bot_that_has_only_just_died_is_waited_for(postgres_database: str) -> None:
    """A supervisor starts the next one at once, maybe before the server has noticed."""
    holder = await Store.open(postgres_database)
    opening = asyncio.create_task(Store.open(postgres_database))
    done, _ = await asyncio.wait([opening], timeout=0.3)
    assert not done
    await holder.close()
    await (await asyncio.wait_for(opening, 5)).close()


async def stored_fact(address: str, value: str = "v") -> None:
    async with await Store.open(address) as store:
        await store.set_fact("key", value)
        assert await store.get_fact("key") == value


async def test_bots_in_two_schemas_of_one_database_do_not_meet(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """A server with one database for all has a schema for each."""
    addresses = []
    for schema in ("one", "two"):
        postgres.execute(f"CREATE SCHEMA {schema}", name_of(postgres_database))
        addresses.append(f"{postgres_database}?options={quote(f'-csearch_path={schema}')}")
    async with await Store.open(addresses[0]) as one, await Store.open(addresses[1]) as two:
        await one.set_fact("key", "one")
        assert await two.get_fact("key") is None


async def test_nothing_is_written_once_another_holds_the_lock(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """Where the connection was lost and another instance came, the first one stops instead of going on."""
    async with await Store.open(postgres_database) as store:
        await store.set_fact("key", "before")
        assert cut(postgres, postgres_database) == 1
        async with await Store.open(postgres_database) as other:
            with pytest.raises(DatabaseInUse):
                await store.set_fact("key", "after")
            assert await other.get_fact("key") == "before"


async def test_a_lost_connection_is_made_again_with_its_lock(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """Where nobody else came, the bot writes on, and is alone again."""
    async with await Store.open(postgres_database) as store:
        cut(postgres, postgres_database)
        await store.set_fact("key", "after")
        with pytest.raises(DatabaseInUse):
            await Store.open(postgres_database)


async def test_tables_that_changed_while_the_connection_was_lost_are_left_alone(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """A newer version came and went: its rows are not ours to write."""
    async with await Store.open(postgres_database) as store:
        cut(postgres, postgres_database)
        postgres.execute("UPDATE alembic_version SET version_num = '9999'", name_of(postgres_database))
        with pytest.raises(StorageError, match="another version of Onrecord has changed it: start again"):
            await store.set_fact("key", "after")
    assert postgres.execute("SELECT * FROM facts", name_of(postgres_database)) == []


async def test_a_writing_transaction_holds_off_all_others_from_its_start(postgres_database: str) -> None:
    """Nobody, not even another program of ours, can change what it read before it writes."""
    database = await open_database(postgres_database)
    async with await Store.open_beside(postgres_database, writable=True) as beside:
        async with database.write():
            waiting = asyncio.create_task(beside.set_fact("key", "value"))
            done, _ = await asyncio.wait([waiting], timeout=0.3)
            assert not done
        await asyncio.wait_for(waiting, 5)
    await database.close()


async def test_an_acknowledged_commit_is_on_the_disk(postgres_database: str) -> None:
    """Even where the server's own default is to acknowledge sooner, as it is here."""
    database = await open_database(f"{postgres_database}?options=-csynchronous_commit%3Doff")
    for lent, expected in ((database.write(), "on"), (database.read(), "off")):
        async with lent as connection:
            found = await connection.exec_driver_sql("SHOW synchronous_commit")
            assert found.scalar() == expected
    await database.close()


# --- a server that goes away ---------------------------------------------------------------------


@pytest.fixture
def fragile() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with PostgresServer() as server:
        yield server


def with_all_values(error: BaseException) -> str:
    """Return a traceback as loggers show it that print all values, but those in a test."""
    assert error.__traceback__ is not None
    error.__traceback__ = error.__traceback__.tb_next
    return "".join(TracebackException.from_exception(error, capture_locals=True).format())


async def test_a_server_that_was_started_again_is_used_again(fragile: PostgresServer) -> None:
    """While it is away every use says so, in plain words; afterwards what was stored is there."""
    async with await Store.open(fragile.address("postgres")) as store:
        await store.set_fact("key", "before")
        fragile.stop()
        for use in (store.get_fact("key"), store.set_fact("key", "lost")):
            with pytest.raises(StorageError, match="cannot be reached: check its host and port") as caught:
                await use
            assert fragile.password not in with_all_values(caught.value)
        fragile.start()
        assert await store.get_fact("key") == "before"
        await store.set_fact("key", "after")
        assert await store.get_fact("key") == "after"


async def test_a_transaction_that_loses_the_server_stores_nothing(fragile: PostgresServer) -> None:
    """Half of it was written; all of it is undone."""
    database = await open_database(fragile.address("postgres"))

    async def write() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO facts VALUES ('key', 'half')")
            fragile.stop()

    with pytest.raises(StorageError, match="cannot be reached"):
        await write()
    fragile.start()
    assert fragile.execute("SELECT * FROM facts") == []
    await database.close()


# --- databases that cannot be used ---------------------------------------------------------------


@pytest.fixture
def guest(postgres: PostgresServer, postgres_database: str) -> Iterator[str]:
    """A user who may log in and nothing else; the password is the name."""
    postgres.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    yield "guest"
    postgres.execute("DROP OWNED BY guest; DROP ROLE guest", name_of(postgres_database))


async def test_each_way_to_fail_has_its_words(
    postgres: PostgresServer, postgres_database: str, guest: str
) -> None:
    """They say what to do, and never the password."""
    name = name_of(postgres_database)
    secret = postgres.password
    cases = {
        postgres.address(name, password="hunter2"): "refuses the login: check user and password",
        postgres.address(name, user="nobody"): "refuses the login",
        f"postgresql://{HOST}:{postgres.port}/{name}": "refuses the login",
        postgres.address("nowhere"): "there is no such database or user",
        f"postgresql://keeper:{secret}@{HOST}:{free_port()}/x": "cannot be reached: check its host and port",
        f"postgresql://keeper:{secret}@nowhere.invalid/x": "its host is not known",
        f"{postgres_database}?colour=blue": "an option that is not known",
        f"{postgres_database}?options=-csearch_path%3Dnowhere": "has no schema there",
        postgres.address(
            name, user=guest, password=guest
        ): "lacks the rights: let that user own the database",
    }
    for address, words in cases.items():
        with pytest.raises(StorageError, match=words) as caught:
            await Store.open(address)
        assert secret not in f"{caught.value} {caught.value.__cause__!r}"
        assert "hunter2" not in f"{caught.value} {caught.value.__cause__!r}"


async def test_a_server_without_room_for_a_connection_says_so(
    postgres: PostgresServer, postgres_database: str, guest: str
) -> None:
    """Whoever runs it has other programs, too."""
    postgres.execute(f"GRANT ALL ON SCHEMA public TO {guest}", name_of(postgres_database))
    postgres.execute(f"ALTER ROLE {guest} CONNECTION LIMIT 1")
    address = postgres.address(name_of(postgres_database), user=guest, password=guest)
    with psycopg.connect(address), pytest.raises(StorageError, match="takes no more connections"):
        await Store.open(address)


async def test_a_full_disk_is_told_and_nothing_is_half_stored(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """The transaction is undone, and goes through once there is room. The server's answer is played."""
    async with await Store.open(postgres_database) as store:
        postgres.execute(
            "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
            "RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END$$; "
            "CREATE TRIGGER full_disk BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.key = 'key-2') "
            "EXECUTE FUNCTION fill()",
            name_of(postgres_database),
        )
        parts = [make_part(number, key=f"key-{number}") for number in range(4)]
        with pytest.raises(StorageError, match="the server's disk is full: free some space there"):
            await store.queue_parts(parts)
        postgres.execute("DROP TRIGGER full_disk ON outbox", name_of(postgres_database))
        assert await store.next_due_at() is None
        await store.queue_parts(parts)


async def test_a_database_in_another_alphabet_is_refused(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """News is in every alphabet; the words say how to make a database for it."""
    postgres.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(StorageError, match="encoding UTF8"):
        await Store.open(postgres.address("latin"))
    postgres.execute("DROP DATABASE latin")


async def test_the_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: most bots need none."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"run make postgres, or pip install .*requirements-postgres\.txt"):
        await Store.open("postgresql://db/onrecord")


async def test_the_database_of_a_newer_version_is_left_alone(
    postgres: PostgresServer, postgres_database: str
) -> None:
    """Rather no start than rows that the newer version cannot make sense of."""
    await stored_fact(postgres_database)
    postgres.execute("UPDATE alembic_version SET version_num = '9999'", name_of(postgres_database))
    with pytest.raises(StorageError, match="written by a newer Onrecord"):
        await Store.open(postgres_database)
    with pytest.raises(StorageError, match="written by a newer Onrecord"):
        await Store.open_beside(postgres_database)


async def test_a_database_without_tables_is_not_read(postgres_database: str) -> None:
    """The bot makes them when it starts."""
    with pytest.raises(StorageError, match="no tables in the database yet: start the bot"):
        await Store.open_beside(postgres_database)
