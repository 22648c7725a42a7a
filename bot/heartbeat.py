"""[io] A file that a running bot touches and holds, so that a health check can tell it is alive."""

import asyncio
import fcntl
import hashlib
import os
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
    path, held = heartbeat_path(storage), False
    sign = _Sign(path)
    try:
        while True:
            if is_held() is not held:
                held = not held
                _tell_held(path.with_suffix(""), held=held)
            if not held:
                sign.give()
            await asyncio.sleep(BEAT.total_seconds())
    finally:
        with suppress(OSError):
            path.unlink()
        sign.close()


def _tell_held(database: Path, *, held: bool) -> None:
    if held:
        _log.warning("another program holds the database: the bot waits for it", database=str(database))
    else:
        _log.warning("the database is free again: the bot goes on", database=str(database))


class _Sign:
    """The file, with a lock on it that the kernel takes from a process as it dies, however it dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._well = True

    def give(self) -> None:
        """Touch the file and hold it; where it cannot be touched, tell that once."""
        try:
            self._path.touch()
            self._hold()
        except OSError as error:
            if self._well:
                reason = error.strerror
                _log.warning("the health check's file cannot be written", file=str(self._path), reason=reason)
            self._well = False
        else:
            self._well = True

    def _hold(self) -> None:
        """Lock the file that stands there now; where that cannot be, its age alone tells."""
        if self._file is not None and os.path.samestat(os.fstat(self._file), self._path.stat()):
            return
        self.close()
        file = os.open(self._path, os.O_RDONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # no such locks here, or a health check looks this very moment
            os.close(file)
        else:
            self._file = file

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def ailment(storage: str, now: datetime) -> str:
    """Return why no bot is alive on the database; empty where one holds its file and touched it lately."""
    path = heartbeat_path(storage)
    if not path.is_file():
        return "not running: it has ended, or was never started"
    silent = now.timestamp() - path.stat().st_mtime
    if silent >= ALIVE_FOR.total_seconds():
        return f"no sign of life for {silent:.0f} s: killed, stalled, or waiting for its database"
    return "not running: it was killed" if _is_let_go(path) else ""


def _is_let_go(path: Path) -> bool:
    """Return whether nobody holds the file; where that cannot be told, somebody may."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
