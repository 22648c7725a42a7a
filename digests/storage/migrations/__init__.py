"""[io] Brings a database to the tables of this version; one file in ``versions/`` a step."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect, select

from digests.errors import StorageError
from digests.storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

# The newest step, so that a start on a new or an up-to-date database need not load Alembic (0.1 s).
HEAD = "0006"
# As Alembic makes it.
VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def upgrade(connection: Connection, back_up: Callable[[str], None]) -> None:
    """Make the tables, or run the steps that they lack, inside ``connection``'s open transaction.

    Before a step changes anything ``back_up`` is called with the version that is about to go.

    Raises:
        StorageError: a newer version of Onrecord has written it.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        _create(connection)
        return
    version = _version(connection) if VERSION.name in tables else None
    if version != HEAD:
        _check_known(version)
        back_up(version or "0000")
        run_steps(connection)


def run_steps(connection: Connection, to: str = "head") -> None:
    """Run every step that ``connection``'s database lacks, up to the version ``to``."""
    # Imported here: see HEAD.
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _check_known(version: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if version is not None and version not in known:
        raise StorageError(
            f"the database was written by a newer Onrecord (its tables are version {version}, this one "
            f"knows {HEAD}): install that version again, or name another file in storage"
        )


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def check_version(connection: Connection) -> None:
    """Compare the tables of ``connection``'s database with this version's; nothing is changed.

    Raises:
        StorageError: they are another version's, or not made yet.
    """
    tables = inspect(connection).get_table_names()
    version = _version(connection) if VERSION.name in tables else None
    if version is None:
        raise StorageError(
            "there are no tables in the database yet: start the bot with this configuration, or try again in "
            "a moment where it is only just starting"
        )
    if version != HEAD:
        _check_known(version)
        raise StorageError(
            f"the database is an older Onrecord's (its tables are version {version}, this one knows {HEAD}): "
            "stop that one if it runs, and start the bot of this version, which brings them up to date"
        )


def _create(connection: Connection) -> None:
    """Make the tables of this version in a new database, as all steps together would."""
    metadata.create_all(connection, checkfirst=False)
    VERSION.create(connection, checkfirst=False)
    connection.execute(VERSION.insert(), {"version_num": HEAD})


def _version(connection: Connection) -> str | None:
    """Return the newest step that was run, ``None`` before the first."""
    return connection.execute(select(VERSION.c.version_num)).scalar()
