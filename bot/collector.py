"""Memory at the start and the end of a process, left alone: none of it is garbage worth the time."""

import gc
import os
import sys
from typing import NoReturn


def rest_collector() -> None:
    """Let the collector rest until ``spare_collector``: at its own pace it takes a sixth of the start."""
    gc.disable()


def spare_collector() -> None:
    """Keep what was imported out of the collector's rounds: each would hold up the loop for 40 ms."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def end_at_once(code: int = 0) -> NoReturn:
    """End the process with ``code``, as mypy does, not taking apart first what the kernel takes back whole.

    For a command that has closed what it opened and has started no processes: it skips ``atexit``.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
