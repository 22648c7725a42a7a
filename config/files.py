"""[io] Reads the files that an operator names without waiting for anybody.

A pipe that nobody writes into would hold up a check, and the stop of a running bot, for ever.
"""

import errno
import os
import stat
from pathlib import Path

_WHAT = "it is a pipe or a device: write it to a file"
_AGAIN = "it is a pipe, which cannot be read again when it changes: write it to a file"
# What the shell hands over: somebody is at its other end.
_OPEN = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


def read_file(path: Path, *, again: bool = False) -> bytes:
    """Return what stands in the file at ``path``, links followed.

    ``again`` says that it will be asked for again; else it may also be what a program hands over
    (``/dev/stdin``, or ``<(…)`` in a shell).

    Raises:
        OSError: it cannot be read; ``strerror`` says why.
    """
    handed_over = str(path).startswith(_OPEN)
    with open(path, "rb", opener=None if handed_over and not again else _without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode) and (again or not handed_over):
            raise OSError(errno.EINVAL, _AGAIN if handed_over else _WHAT, str(path))
        return file.read()


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | os.O_NONBLOCK)
