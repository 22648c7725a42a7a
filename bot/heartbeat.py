"""[io] A file that a running bot touches, so that a container's health check can tell it is alive."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
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
    """Touch the file until cancelled, and take it away then; a stalled event loop touches nothing.

    Nor does a bot that cannot write because another program holds its database (``is_held``). A file that
    cannot be touched stops nobody: it is told once, and the bot counts as dead.
    """
    path = heartbeat_path(storage)
    well, held = True, False
    try:
        while True:
            if is_held() is not held:
                held = not held
                _tell_held(path.with_suffix(""), held=held)
            if not held:
                well = _touch(path, tell=well)
            await asyncio.sleep(BEAT.total_seconds())
    finally:
        with suppress(OSError):
            path.unlink()


def _tell_held(database: Path, *, held: bool) -> None:
    if held:
        _log.warning("another program holds the database: the bot waits for it", database=str(database))
    else:
        _log.warning("the database is free again: the bot goes on", database=str(database))


def _touch(path: Path, *, tell: bool) -> bool:
    """Touch the file; return whether that was possible, and ``tell`` why it was not."""
    try:
        path.touch()
    except OSError as error:
        if tell:
            _log.warning("the health check's file cannot be written", file=str(path), reason=error.strerror)
        return False
    return True


def ailment(storage: str, now: datetime) -> str:
    """Return why no bot is alive on the database, by its file; empty where one touched it lately."""
    path = heartbeat_path(storage)
    if not path.is_file():
        return "not running: it has ended, or was never started"
    silent = now.timestamp() - path.stat().st_mtime
    well = silent < ALIVE_FOR.total_seconds()
    return "" if well else f"no sign of life for {silent:.0f} s: killed, stalled, or waiting for its database"
