"""Peak memory of the whole bot over one cycle with 60 articles, and of the analysing child alone."""

import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.corpus import make_texts
from tests.bench.processes import start_python, write_config
from tests.bench.publisher import HOST, Publisher
from tests.bench.sites import article_site
from tests.bench.table import Mark, Row

ARTICLES = 60
_EVERY_SECONDS = 0.05
_PROC = Path("/proc")
_KB_PER_MB = 1024


@dataclass(slots=True)
class Peaks:
    """The most that was seen: over all processes at one moment, in MB, and of each process."""

    resident: float = 0.0
    proportional: float = 0.0
    each: dict[int, float] = field(default_factory=dict)

    def look(self, root: int) -> None:
        """Take one more look at the process ``root`` and all below it."""
        found = {pid: _kilobytes(pid, "status", "VmRSS") for pid in family(root)}
        self.resident = max(self.resident, sum(found.values()) / _KB_PER_MB)
        shared_out = sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in found)
        self.proportional = max(self.proportional, shared_out / _KB_PER_MB)
        for pid in found:
            peak = _kilobytes(pid, "status", "VmHWM") / _KB_PER_MB
            self.each[pid] = max(self.each.get(pid, 0.0), peak)


def measure() -> list[Row]:
    """Return peak memory as the kernel counts it; nothing where there is no ``/proc``."""
    if not (_PROC / "self" / "smaps_rollup").exists():
        return []
    texts = make_texts(ARTICLES)
    with Publisher(article_site(texts)) as publisher, tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder), [(HOST, publisher.port)], [publisher.url("/feed/0")])
        parent, peaks = _watch(config)
    children = [peak for pid, peak in peaks.each.items() if pid != parent]
    return [
        Row(what=f"whole bot over {ARTICLES} articles, resident", value=peaks.resident, unit="MB",
            mark=Mark(limit=450)),
        Row(what="whole bot, shared pages counted once", value=peaks.proportional, unit="MB"),
        Row(what="the parent alone", value=peaks.each[parent], unit="MB"),
        Row(what="the analysing child alone", value=max(children, default=0.0), unit="MB"),
    ]  # fmt: skip


def _watch(config: Path) -> tuple[int, Peaks]:
    """Run one cycle and return the parent's process id and what was seen."""
    process = start_python(["-m", "bot", "run", "--once", "--config", str(config)], config.parent, quiet=True)
    peaks = Peaks()
    try:
        while process.poll() is None:
            peaks.look(process.pid)
            time.sleep(_EVERY_SECONDS)
    finally:
        process.kill()
        process.wait()
    if process.returncode != 0:
        raise RuntimeError((config.parent / "errors.txt").read_text()[-2000:])
    return process.pid, peaks


def family(root: int) -> Iterable[int]:
    """Return ``root`` and every process below it."""
    parents = {pid: parent for pid in _pids() if (parent := _parent(pid)) is not None}
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return found


def _pids() -> list[int]:
    return [int(path.name) for path in _PROC.iterdir() if path.name.isdigit()]


def _parent(pid: int) -> int | None:
    """Return the parent's id, the second field after the name (proc(5)); ``None`` where it has ended."""
    try:
        return int((_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None


def _kilobytes(pid: int, file: str, name: str) -> int:
    """Return a line's number; 0 where the process has just ended."""
    try:
        lines = (_PROC / str(pid) / file).read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
