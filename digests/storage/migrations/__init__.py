"""[io] Brings a database to the tables of this version; one file in ``versions/`` a step."""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect, select

from digests.errors import StorageError
from digests.storage.tables import metadata

# The newest step, so that a start on a new or an up-to-date database need not load Alembic (0.1 s).
HEAD = "0001"
# As Alembic makes it.
VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def upgrade(connection: Connection) -> None:
    """Make the tables, or run the steps that they lack, inside ``connection``'s open transaction.

    Raises:
        StorageError: a newer version of Onrecord has written it.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        _create(connection)
        return
    version = _version(connection) if VERSION.name in tables else None
    if version != HEAD:
        run_steps(connection, version)


def run_steps(connection: Connection, version: str | None) -> None:
    """Run every step after ``version``; ``None`` stands for the time before the first."""
    # Imported here: see HEAD.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StorageError(
            f"the database was written by a newer Onrecord (its tables are version {version}, this one "
            f"knows {HEAD}): install that version again, or name another file in storage"
        )
    command.upgrade(config, "head")


def check_version(connection: Connection) -> None:
    """Compare the tables of ``connection``'s database with this version's; nothing is changed.

    Raises:
        StorageError: they are another version's, or not made yet.
    """
    tables = inspect(connection).get_table_names()
    version = _version(connection) if VERSION.name in tables else None
    if version is None:
        raise StorageError("the running Onrecord is only just making its database: try again in a moment")
    if version != HEAD:
        raise StorageError(
            f"another version of Onrecord is running (its tables are version {version}, this one knows "
            f"{HEAD}): preview with that version, or stop it and start this one"
        )


def _create(connection: Connection) -> None:
    """Make the tables of this version in a new database, as all steps together would."""
    metadata.create_all(connection, checkfirst=False)
    VERSION.create(connection, checkfirst=False)
    connection.execute(VERSION.insert(), {"version_num": HEAD})


def _version(connection: Connection) -> str | None:
    """Return the newest step that was run, ``None`` before the first."""
    return connection.execute(select(VERSION.c.version_num)).scalar()
