"""[io] A PostgreSQL database: held through the one connection that writes, its errors put in plain words.

Its migrations are one transaction, so there is nothing to copy before them; backups are ``pg_dump``'s.
"""

from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, event, inspect
from sqlalchemy.exc import DBAPIError

from digests.errors import DatabaseInUse, StorageError
from digests.storage.access import Database
from digests.storage.engine import AsyncEngine, create_async_engine
from digests.storage.migrations import HEAD, VERSION, check_version, upgrade

# Advisory locks, each of one schema. The first stands for as long as its connection, so that the server frees
# it if the process dies; the second is a transaction's: nobody changes what a writer read before it writes.
_LOCK = "SELECT true, {}({}, oid::int4) FROM pg_namespace WHERE nspname = current_schema()"
_ALONE = _LOCK.format("pg_advisory_lock", 0x6F6E7201)
_WRITING = _LOCK.format("pg_advisory_xact_lock", 0x6F6E7202)
# How long the lock of a bot that has only just died is waited for.
_PATIENCE = "SELECT set_config('lock_timeout', '2s', true)"
_NOT_FREE = "55P03"
_VERSION = "SELECT version_num FROM alembic_version"
_SETTINGS = """
SELECT set_config('lock_timeout', '10s', false),
    -- An idle bot keeps its lock; that of a machine which is gone is free again within a minute.
    set_config('idle_session_timeout', '0', false),
    set_config('tcp_keepalives_idle', '30', false),
    set_config('tcp_keepalives_interval', '10', false),
    set_config('tcp_keepalives_count', '3', false),
    -- A commit that was acknowledged survives a power cut.
    set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""
_CONNECTING: dict[str, str | int] = {
    "application_name": "onrecord",
    "client_encoding": "utf8",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
_UNREACHABLE = "the server cannot be reached: check its host and port, and that it runs, then start again"
_REFUSED = "the server refuses the login: check user and password in storage"
_FULL_HOUSE = "the server takes no more connections: close some, or raise its max_connections"
# By SQLSTATE, or its first two characters: https://www.postgresql.org/docs/current/errcodes-appendix.html
ADVICE = {
    "08": _UNREACHABLE,
    "25006": "it may not be written: name the primary server, and a user who may write, in storage",
    "28": _REFUSED,
    "42501": "its user lacks the rights: let that user own the database (ALTER DATABASE … OWNER TO …)",
    "53100": "the server's disk is full: free some space there, then start again",
    "53300": _FULL_HOUSE,
    "55P03": "another program holds it: close that program and start again",
    "57P": "the server is going down or starting up: start again once it runs",
    "XX": "it is damaged: restore a backup",
}
# By what the server says to a connection that fails, for which the driver knows no SQLSTATE.
TOLD = {
    "does not exist": "there is no such database or user: make it, or mend storage",
    "authentication failed": _REFUSED,
    "no password supplied": _REFUSED,
    "pg_hba.conf": _REFUSED,
    "resolve host": "its host is not known: check the name in storage",
    "too many": _FULL_HOUSE,
    "connection slots": _FULL_HOUSE,
    "starting up": ADVICE["57P"],
    "shutting down": ADVICE["57P"],
    "connection option": "storage has an option that is not known behind its question mark",
}
_NO_DRIVER = (
    "PostgreSQL needs a driver that is not installed: run make postgres, or "
    "pip install --require-hashes -r requirements-postgres.txt"
)


async def open_alone(address: URL) -> Database:
    """Return the database at ``address``, made and migrated as needed.

    Raises:
        DatabaseInUse: another instance holds it.
        StorageError: it cannot be used; the text says why and what to do.
    """
    database = _PostgresDatabase(address, _make_readers(address), _make_writer(address))
    database.hold()
    return await database.prepared(database.write(), partial(upgrade, back_up=lambda _version: None))


async def open_beside(address: URL, *, writable: bool) -> Database:
    """Return the database at ``address`` without the lock: another instance may hold it.

    It can be read only, unless it is to be ``writable``; writers wait for each other.

    Raises:
        StorageError: it cannot be used, or has other tables than this version; the text says what to do.
    """
    readers = _make_readers(address)
    database = _PostgresDatabase(address, readers, _make_writer(address) if writable else readers)
    return await database.prepared(database.read(), _check_made)


class _PostgresDatabase(Database):
    """One schema of one database; whoever holds it does so through the connection that writes."""

    def __init__(self, address: URL, readers: AsyncEngine, writer: AsyncEngine) -> None:
        super().__init__(readers, writer)
        self._place = _place(address)
        self._held = False

    def hold(self) -> None:
        """Let no connection write that does not hold the lock."""
        event.listen(self._writer.sync_engine, "connect", self._take_lock)

    def _take_lock(self, connection: Any, _record: object) -> None:
        try:
            self._hold_through(connection)
        except BaseException as error:
            connection.close()
            if getattr(error, "sqlstate", None) == _NOT_FREE:
                raise DatabaseInUse(
                    f"another Onrecord is running on {self._place}: stop it, or give this one another "
                    "database in storage"
                ) from None
            raise

    def _hold_through(self, connection: Any) -> None:
        if not _ask(connection, _PATIENCE, _ALONE):
            raise StorageError(f"{self._place}: its user has no schema there: {ADVICE['42501']}")
        if _ask(connection, "SHOW server_encoding") != [("UTF8",)]:
            raise StorageError(
                f"{self._place}: it has no room for every alphabet: make it with encoding UTF8"
            )
        # While an earlier connection was lost, another version may have come, changed the tables, and gone.
        if self._held and _ask(connection, _VERSION) != [(HEAD,)]:
            raise StorageError(f"{self._place}: another version of Onrecord has changed it: start again")
        self._held = True

    def _explain(self, error: DBAPIError) -> str:
        told = " ".join(str(error.orig).split())
        return f"{self._place}: {_advice(error, told)} (PostgreSQL: {told})"


def _advice(error: DBAPIError, told: str) -> str:
    state = getattr(error.orig, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if state[:length] in ADVICE:
            return ADVICE[state[:length]]
    if error.connection_invalidated or not state:
        return next((advice for words, advice in TOLD.items() if words in told), _UNREACHABLE)
    return "it refused the command"


def _place(address: URL) -> str:
    """Return ``address`` as people may see it."""
    host = address.host or ""
    return f"postgresql://{host}{f':{address.port}' if address.port else ''}/{address.database}"


def _make_readers(address: URL) -> AsyncEngine:
    """Return an engine whose transactions each see one unchanging state and can change nothing."""
    engine = _make_engine(address, pool_size=5, isolation_level="REPEATABLE READ")
    return engine.execution_options(postgresql_readonly=True)


def _make_writer(address: URL) -> AsyncEngine:
    """Return an engine of one connection, whose transactions wait for those of any other writer."""
    engine = _make_engine(address, pool_size=1, isolation_level="READ COMMITTED")
    event.listen(engine.sync_engine, "connect", lambda connection, _: _ask(connection, _SETTINGS))
    event.listen(engine.sync_engine, "begin", _wait_for_writers)
    return engine


def _make_engine(address: URL, *, pool_size: int, isolation_level: str) -> AsyncEngine:
    settings = {name: value for name, value in _CONNECTING.items() if name not in address.query}
    address = address.set(drivername="postgresql+psycopg")
    try:
        # A build of a thousand channels queues for connections; it does not fail after 30 s. A server that
        # was started again meanwhile is noticed before anything is asked of it.
        return create_async_engine(
            address, connect_args=settings, isolation_level=isolation_level,
            pool_size=pool_size, max_overflow=0, pool_timeout=600, pool_pre_ping=True,
        )  # fmt: skip
    except ImportError as error:
        raise StorageError(_NO_DRIVER) from error


def _wait_for_writers(connection: Connection) -> None:
    connection.exec_driver_sql(_WRITING)


def _ask(connection: Any, *statements: str) -> list[tuple[Any, ...]]:
    """Run ``statements`` in a transaction of the driver's own; return what the last of them found."""
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    cursor.close()
    connection.commit()
    return found


def _check_made(connection: Connection) -> None:
    if not inspect(connection).has_table(VERSION.name):
        raise StorageError("there are no tables in the database yet: start the bot with this configuration")
    check_version(connection)
