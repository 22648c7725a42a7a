"""[io] A file that a running bot touches, so that a container's health check can tell it is alive."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import structlog

_log = structlog.get_logger()
BEAT = timedelta(seconds=10)
ALIVE_FOR = timedelta(seconds=60)


def heartbeat_path(storage: str) -> Path:
    """Return the file beside the database at ``storage``, or a temporary one where it is on a server."""
    if storage.startswith("sqlite:///"):
        return Path(storage.removeprefix("sqlite:///") + ".alive")
    address = urlsplit(storage)
    place = address.netloc.rpartition("@")[2] + address.path
    return Path(tempfile.gettempdir()) / f"onrecord-{hashlib.sha256(place.encode()).hexdigest()[:16]}.alive"


async def beat(storage: str, is_held: Callable[[], bool]) -> None:
    """Touch the file until cancelled; a stalled event loop touches nothing.

    Nor does a bot that cannot write because another program holds its database (``is_held``). A file that
    cannot be touched stops nobody: it is told once, and the bot counts as dead.
    """
    path = heartbeat_path(storage)
    told = held = False
    while True:
        if is_held() is not held:
            held = not held
            _tell_held(path.with_suffix(""), held=held)
        if not held:
            told = _touch(path, told=told)
        await asyncio.sleep(BEAT.total_seconds())


def _tell_held(database: Path, *, held: bool) -> None:
    if held:
        _log.warning("another program holds the database: the bot waits for it", database=str(database))
    else:
        _log.warning("the database is free again: the bot goes on", database=str(database))


def _touch(path: Path, *, told: bool) -> bool:
    """Touch the file; return whether it was ever told that this fails."""
    try:
        path.touch()
    except OSError as error:
        if not told:
            _log.warning("the health check's file cannot be written", file=str(path), reason=error.strerror)
        return True
    return told


def is_alive(storage: str, now: datetime) -> bool:
    """Return whether the file was touched lately."""
    path = heartbeat_path(storage)
    return path.is_file() and now.timestamp() - path.stat().st_mtime < ALIVE_FOR.total_seconds()
