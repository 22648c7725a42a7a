"""Processes to measure: a function in a fresh one, the bot's command line, and what they use."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import ParamSpec, TypeVar

from tests.bench.corpus import ROOT

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A finished command: seconds to its first output and to its end, CPU seconds with its children's."""

    first_output: float
    wall: float
    cpu: float
    output: str


def in_fresh_process(
    function: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Return what ``function`` gives in a process that has imported and allocated nothing else."""
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_end_with_parent) as pool:
        return pool.submit(function, *args, **kwargs).result()


def _end_with_parent() -> None:
    """Let this process end when the one that started it is gone, however it went."""
    parent = parent_process()
    assert parent is not None
    threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def start_python(arguments: Sequence[str], folder: Path, *, quiet: bool = False) -> subprocess.Popen[bytes]:
    """Return a Python that runs this checkout's code in ``folder``; its errors go to a file there.

    What it prints can be read from it, unless it is to be ``quiet``.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    # Byte-compiled, as ``make`` leaves it, whatever the shell says.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with (folder / "errors.txt").open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder, env=environment, stderr=errors, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
        )  # fmt: skip


def run_python(arguments: Sequence[str], folder: Path) -> Ran:
    """Run a Python to its end and return how long it took.

    Raises:
        RuntimeError: it failed; the text ends with what it wrote to standard error.
    """
    started = time.perf_counter()
    process = start_python(arguments, folder)
    assert process.stdout is not None
    with process.stdout as pipe:
        first = pipe.read(1)
        first_output = time.perf_counter() - started
        output = first + pipe.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)}: {(folder / 'errors.txt').read_text()[-2000:]}")
    return Ran(
        first_output=first_output,
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        output=output.decode(),
    )


def write_config(folder: Path, allow: Sequence[tuple[str, int]], urls: Sequence[str]) -> Path:
    """Return a configuration that watches ``urls`` at the allowed hosts and posts to the terminal."""
    config = {
        "storage": f"sqlite:///{folder / 'onrecord.db'}",
        "network": {"allow": [f"{host}:{port}" for host, port in allow]},
        "feeds": [{"url": url, "name": f"Feed {number}"} for number, url in enumerate(urls)],
        "channels": [{"name": "desk", "to": "terminal", "schedule": "0 8 * * *"}],
    }
    path = folder / "bench.yaml"
    # JSON is YAML.
    path.write_text(json.dumps(config), encoding="utf-8")
    return path
