"""[io] A file that a running bot touches, so that a container's health check can tell it is alive."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

BEAT = timedelta(seconds=10)
ALIVE_FOR = timedelta(seconds=60)


def heartbeat_path(storage: str) -> Path:
    """Return the file beside the database at ``storage`` (``sqlite:///data/onrecord.db``)."""
    return Path(storage.removeprefix("sqlite:///") + ".alive")


async def beat(storage: str) -> None:
    """Touch the file until cancelled; a stalled event loop touches nothing."""
    path = heartbeat_path(storage)
    while True:
        path.touch()
        await asyncio.sleep(BEAT.total_seconds())


def is_alive(storage: str, now: datetime) -> bool:
    """Return whether the file was touched lately."""
    path = heartbeat_path(storage)
    return path.exists() and now.timestamp() - path.stat().st_mtime < ALIVE_FOR.total_seconds()
