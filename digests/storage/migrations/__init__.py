"""[io] Brings a database to the tables of this version; one file in ``versions/`` a step."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from digests.errors import StorageError

# The newest step, so that a start on an up-to-date database need not load Alembic (0.3 s).
HEAD = "0001"


def upgrade(connection: Connection) -> None:
    """Run the steps that ``connection``'s database lacks, inside its open transaction.

    Raises:
        StorageError: a newer version of Onrecord has written it.
    """
    version = _version(connection)
    if version == HEAD:
        return
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
    version = _version(connection)
    if version is None:
        raise StorageError("the running Onrecord is only just making its database: try again in a moment")
    if version != HEAD:
        raise StorageError(
            f"another version of Onrecord is running (its tables are version {version}, this one knows "
            f"{HEAD}): preview with that version, or stop it and start this one"
        )


def _version(connection: Connection) -> str | None:
    """Return the newest step that was run, ``None`` in a new database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
