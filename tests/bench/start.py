"""How long the bot takes from nothing to the first digest of the bundled feeds."""

import tempfile
from pathlib import Path
from statistics import median

from tests.bench.processes import Ran, run_python
from tests.bench.table import Row

_RUNS = 3
_IMPORTS = 5
_TIMED = "import time; began = time.perf_counter(); import {0}; print(time.perf_counter() - began)"


def measure() -> list[Row]:
    """Return the start of ``run --once`` in an empty folder, and how much of it is importing."""
    runs = [_run_in_empty_folder("-m", "bot", "run", "--once") for _ in range(_RUNS)]
    checks = [_run_in_empty_folder("-m", "bot", "check") for _ in range(_IMPORTS)]
    return [
        Row(what="run --once, to the digest", value=median(run.first_output for run in runs), unit="s"),
        Row(what="run --once, to its end", value=median(run.wall for run in runs), unit="s"),
        Row(what="run --once, CPU with its child", value=median(run.cpu for run in runs), unit="s"),
        Row(what="check, to its end", value=median(run.wall for run in checks), unit="s"),
        _imports("bot.cli"),
        _imports("bot.live"),
    ]


def _imports(module: str) -> Row:
    took = [float(_run_in_empty_folder("-c", _TIMED.format(module)).output) for _ in range(_IMPORTS)]
    return Row(what=f"import {module}", value=median(took), unit="s")


def _run_in_empty_folder(*arguments: str) -> Ran:
    with tempfile.TemporaryDirectory() as folder:
        return run_python(arguments, Path(folder))
