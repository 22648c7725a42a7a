"""[io] A file that a running bot touches, so that a container's health check can tell it is alive."""

import asyncio
import hashlib
import tempfile
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


async def beat(storage: str) -> None:
    """Touch the file until cancelled; a stalled event loop touches nothing.

    A file that cannot be touched stops nobody: it is told once, and the bot counts as dead.
    """
    path = heartbeat_path(storage)
    told = False
    while True:
        try:
            path.touch()
        except OSError as error:
            if not told:
                _log.warning(
                    "the health check's file cannot be written", file=str(path), reason=error.strerror
                )
            told = True
        await asyncio.sleep(BEAT.total_seconds())


def is_alive(storage: str, now: datetime) -> bool:
    """Return whether the file was touched lately."""
    path = heartbeat_path(storage)
    return path.is_file() and now.timestamp() - path.stat().st_mtime < ALIVE_FOR.total_seconds()
