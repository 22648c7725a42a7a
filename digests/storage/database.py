"""[io] Which database an address names; only what that one needs is imported."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from digests.errors import StorageError
from digests.storage.access import Database

_HINT = "write it like sqlite:///data/onrecord.db or postgresql://user:password@host/database"


async def open_database(url: str) -> Database:
    """Return the database at ``url``, held by this process alone, made and migrated as needed.

    Raises:
        DatabaseInUse: another instance holds it.
        StorageError: it cannot be used; the text says why and what to do.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        from digests.storage import postgres

        return await postgres.open_alone(address)
    from digests.storage import sqlite

    return await sqlite.open_alone(address)


async def open_beside(url: str, *, writable: bool = False) -> Database:
    """Return the database at ``url`` while another instance may hold it; read only, or ``writable``.

    Nothing is made or migrated.

    Raises:
        StorageError: it cannot be used, or has other tables than this version; the text says what to do.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        from digests.storage import postgres

        return await postgres.open_beside(address, writable=writable)
    from digests.storage import sqlite

    return await sqlite.open_beside(address, writable=writable)


def _address(url: str) -> URL:
    """Return ``url`` in its parts; what is wrong with it is never shown, for it may hold a password."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StorageError(f"storage is no address: {_HINT}") from None
    kind, name = address.get_backend_name(), address.database
    if kind == "sqlite" and name not in (None, "", ":memory:"):
        return address
    # SQLAlchemy takes a password to end at its first @: the rest of it would be told as a host.
    if kind == "postgresql" and name and "@" not in (address.host or ""):
        return address
    raise StorageError(f"storage names no database that can be used here: {_HINT}")
