"""A process that has imported the whole bot and forks one for each life: a start without its imports.

The matrix starts bots as operators do; where hundreds of lives follow each other, they are born here.
``python -m tests.crash.nursery`` reads each life's arguments as a line of JSON and tells who began and ended.
"""

import asyncio
import importlib
import json
import os
import select
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.crash.launcher import Plan, run
from tests.e2e.bots import PATIENCE, ROOT, Ended, _outliving

IMPORTED = (
    "bot.cli bot.live bot.logs bot.once bot.platforms.discord bot.platforms.slack digests.feeds.parse "
    "digests.feeds.identity digests.storage.store apscheduler.triggers.date aiosqlite rich.progress "
    "sqlalchemy.dialects.sqlite.aiosqlite"
).split()


@dataclass(slots=True)
class Life:
    """A forked bot, with what the tests use of a ``tests.e2e.bots.Bot``."""

    pid: int
    log: Path
    over: "asyncio.Future[int]"
    out: bytes = b""

    @property
    def process(self) -> "Life":
        return self

    @property
    def returncode(self) -> int | None:
        return self.over.result() if self.over.done() else None

    @property
    def err(self) -> bytes:
        return self.log.read_bytes() if self.log.exists() else b""

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def interrupt(self, number: signal.Signals, *, everybody: bool = False) -> Ended:
        """Send a signal, to the whole session where ``everybody``, and wait for the end."""
        if everybody:
            os.killpg(self.pid, number)
        else:
            self.send_signal(number)
        return await self.ended()

    async def ended(self, seconds: float = PATIENCE) -> Ended:
        """Wait for the end."""
        async with asyncio.timeout(seconds):
            code = await asyncio.shield(self.over)
        return Ended(code=code, out="", err=self.err.decode(), left=await _outliving(self.pid))

    async def destroy(self) -> None:
        """Kill what is left of it."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


@dataclass(slots=True)
class Nursery:
    """The process that forks, as seen from the tests."""

    process: asyncio.subprocess.Process
    born: "asyncio.Queue[int]" = field(default_factory=asyncio.Queue)
    lives: dict[int, "asyncio.Future[int]"] = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self, plan: Plan, arguments: Sequence[str], folder: Path) -> Life:
        """Fork a bot that lives in ``folder``."""
        assert self.process.stdin is not None
        log = folder / "log"
        told = {"plan": asdict(plan), "arguments": list(arguments), "folder": str(folder), "log": str(log)}
        async with self.turn:
            self.process.stdin.write(json.dumps(told).encode() + b"\n")
            pid = await self.born.get()
        return Life(pid, log, self.lives[pid])

    async def listen(self) -> None:
        """Hear who is born and who has ended."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            word, pid, code = line.split()
            if word == b"born":
                self.lives[int(pid)] = asyncio.get_running_loop().create_future()
                self.born.put_nowait(int(pid))
            else:
                self.lives[int(pid)].set_result(int(code))


@asynccontextmanager
async def a_nursery() -> AsyncIterator[Nursery]:
    """Open a nursery; it ends with the block."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "COLUMNS": "200"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.nursery",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, env=environment,
    )  # fmt: skip
    nursery = Nursery(process)
    listening = asyncio.create_task(nursery.listen())
    try:
        yield nursery
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        listening.cancel()


# --- in the process itself ------------------------------------------------------------------------


_LIVING: set[int] = set()


def serve() -> None:
    """Fork a bot for each line until there are no more; no bot outlives that."""
    for name in IMPORTED:
        importlib.import_module(name)
    waiting = b""
    while True:
        if select.select([0], [], [], 0.01)[0]:
            piece = os.read(0, 65_536)
            if not piece:
                for pid in _LIVING:
                    os.kill(pid, signal.SIGKILL)
                return
            *lines, waiting = (waiting + piece).split(b"\n")
            for line in lines:
                _fork(json.loads(line))
        _reap()


def _fork(told: dict[str, object]) -> None:
    pid = os.fork()
    if pid:
        _LIVING.add(pid)
        print("born", pid, 0, flush=True)
        return
    code = 1
    try:
        _be(told)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(BaseException):
            sys.stderr.flush()
        os._exit(code)


def _be(told: dict[str, object]) -> None:
    """Be a bot, in a session of its own, with a log in place of a terminal."""
    os.setsid()
    os.chdir(str(told["folder"]))
    log = os.open(str(told["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        os.dup2(log, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    arguments = told["arguments"]
    assert isinstance(arguments, list)
    sys.argv = ["onrecord", *arguments]
    run(Plan.read(told["plan"]))


def _reap() -> None:
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            _LIVING.discard(ended[0])
            print("ended", ended[0], os.waitstatus_to_exitcode(ended[1]), flush=True)


if __name__ == "__main__":
    serve()
