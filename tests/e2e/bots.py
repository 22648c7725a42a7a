"""Whole bots in processes of their own, as an operator starts them."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds: a bot needs about three on an idle machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a process ended; ``left`` are the processes of its session that outlived it."""

    code: int
    out: str
    err: str
    left: tuple[int, ...] = ()

    @property
    def flat(self) -> str:
        """What was printed, on one line: a terminal's width breaks sentences anywhere."""
        return " ".join(self.out.split())


@dataclass(slots=True, kw_only=True)
class Bot:
    """A process under way, its output read as it comes."""

    process: asyncio.subprocess.Process
    out: bytearray = field(default_factory=bytearray)
    err: bytearray = field(default_factory=bytearray)
    readers: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def flat(self) -> str:
        """What was printed so far, on one line."""
        return " ".join(self.out.decode().split())

    async def until_printed(self, text: str, seconds: float = PATIENCE) -> None:
        """Wait until ``text`` stands on standard output, wherever its lines are broken."""
        async with asyncio.timeout(seconds):
            while text not in self.flat:
                assert self.process.returncode is None, (self.out.decode(), self.err.decode())
                await asyncio.sleep(0.02)

    async def interrupt(self, number: signal.Signals, *, everybody: bool = False) -> Ended:
        """Send a signal, to the whole session as a terminal's Ctrl-C does where ``everybody``; wait."""
        (os.killpg if everybody else os.kill)(self.process.pid, number)
        return await self.ended()

    async def ended(self, seconds: float = PATIENCE) -> Ended:
        """Wait for the end."""
        async with asyncio.timeout(seconds):
            code = await self.process.wait()
            await asyncio.gather(*self.readers)
        left = await _outliving(self.process.pid)
        return Ended(code=code, out=self.out.decode(), err=self.err.decode(), left=left)

    async def destroy(self) -> None:
        """Kill what is left of the process and its children."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()
        for reader in self.readers:
            reader.cancel()
        await asyncio.gather(*self.readers, return_exceptions=True)


@dataclass(slots=True)
class Bots:
    """Starts ``onrecord`` in ``folder``; ``environment`` is all the processes see of ours."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    started: list[Bot] = field(default_factory=list)

    def configure(self, **settings: Any) -> str:
        """Write a configuration, JSON being YAML too, and return its path."""
        path = self.folder / "onrecord.yaml"
        path.write_text(json.dumps(settings, indent=1), encoding="utf-8")
        return str(path)

    async def start(self, *arguments: str, stdin: bytes = b"", begin: Sequence[str] = ("-m", "bot")) -> Bot:
        """Start ``python -m bot`` with these arguments; ``begin`` names another way to it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, *begin, *arguments,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True, cwd=self.folder, env=self._environment(),
        )  # fmt: skip
        bot = Bot(process=process)
        self.started.append(bot)
        bot.readers += [
            asyncio.create_task(_read(process.stdout, bot.out)),
            asyncio.create_task(_read(process.stderr, bot.err)),
            asyncio.create_task(_write(process.stdin, stdin)),
        ]
        return bot

    async def run(self, *arguments: str, stdin: bytes = b"", begin: Sequence[str] = ("-m", "bot")) -> Ended:
        """Run a command to its end."""
        return await (await self.start(*arguments, stdin=stdin, begin=begin)).ended()

    def _environment(self) -> dict[str, str]:
        own = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        return {**own, "LANG": "C.UTF-8", "COLUMNS": "200", **self.environment}


def session(leader: int) -> tuple[int, ...]:
    """Return the living processes of the session that ``leader`` began, itself left out."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name, in parentheses, may hold spaces: state, parent, group and session come behind it.
            state, _, _, its_session = stat.read_text().rpartition(")")[2].split()[:4]
            if int(its_session) == leader and state not in "ZX" and int(stat.parent.name) != leader:
                found.append(int(stat.parent.name))
    return tuple(found)


def calm(ended: Ended) -> Sequence[str]:
    """Return what is wrong with how a bot ended: nothing where it ended cleanly."""
    faults = [f"exit code {ended.code}"] if ended.code else []
    faults += ["a traceback"] if "Traceback" in ended.err + ended.out else []
    faults += [f"left behind: {ended.left}"] if ended.left else []
    return [*faults, ended.err] if faults else []


async def _outliving(leader: int) -> tuple[int, ...]:
    """Return the processes that outlive their session's leader.

    One that was just being started notices only when it is up, which takes a while on a busy machine.
    """
    for _ in range(1_000):
        if not (left := session(leader)):
            return ()
        await asyncio.sleep(0.02)
    return left


async def _read(stream: asyncio.StreamReader | None, into: bytearray) -> None:
    assert stream is not None
    while piece := await stream.read(65_536):
        into += piece


async def _write(stream: asyncio.StreamWriter | None, content: bytes) -> None:
    assert stream is not None
    with suppress(ConnectionError):
        stream.write(content)
        await stream.drain()
    stream.close()
