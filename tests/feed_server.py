"""A publisher on loopback that answers as told, and misbehaves in every way that publishers do."""

import asyncio
import contextlib
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

SELF_SIGNED = Path(__file__).parent / "golden" / "tls" / "self-signed.pem"
_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request as it arrived; header names are in lower case."""

    path: str
    headers: dict[str, str]


Answer = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class FeedServer:
    """Serves ``answers`` by path on 127.0.0.1; an async context manager. ``seen`` is what was asked."""

    secure: bool = False
    host: str = "127.0.0.1"
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _server: asyncio.Server | None = None
    _tasks: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        context = None
        if self.secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(SELF_SIGNED)
        self._server = await asyncio.start_server(self._accept, self.host, 0, ssl=context)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        await asyncio.sleep(0)  # for whoever was accepted this very moment
        for task, writer in self._tasks.items():
            task.cancel()
            writer.transport.abort()  # one that never began to serve would leave it open
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # transports close a turn later

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def allow(self) -> tuple[tuple[str, int], ...]:
        """What ``Fetcher`` needs to be permitted to come here."""
        return ((self.host, self.port),)

    def url(self, path: str = "/feed", *, host: str = "") -> str:
        return f"http{'s' if self.secure else ''}://{host or self.host}:{self.port}{path}"

    def on(self, path: str, answer: Answer) -> str:
        """Answer ``path`` from now on; return its URL."""
        self.answers[path] = answer
        return self.url(path)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks[task] = writer
        task.add_done_callback(self._tasks.pop)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError
        ):
            while await self._exchange(reader, writer):
                pass
        writer.transport.abort()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        seen = Seen(
            path=head[0].split(" ")[1], headers={name.lower(): value.strip() for name, _, value in pairs}
        )
        self.seen.append(seen)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await self.answers.get(seen.path.partition("?")[0], status(404))(seen, writer)
            await writer.drain()
        finally:
            self._at_once -= 1
        return not writer.is_closing()


def reply(body: bytes = b"", *, status_line: str = "200 OK", **headers: str) -> Answer:
    """Answer with ``body`` and its right length; ``content_type`` becomes ``Content-Type`` and so on."""

    async def answer(_: Seen, writer: asyncio.StreamWriter) -> None:
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        named.setdefault("Content-Length", str(len(body)))
        lines = [f"HTTP/1.1 {status_line}", *(f"{name}: {value}" for name, value in named.items())]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return answer


def status(code: int, **headers: str) -> Answer:
    """Answer with nothing but a status."""
    return reply(b"", status_line=f"{code} Whatever", **headers)


def redirect(to: str, code: int = 302) -> Answer:
    return status(code, location=to)


def conditional(body: bytes, *, etag: str) -> Answer:
    """Answer with ``body`` once, and with 304 to whoever has it."""

    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        known = seen.headers.get("if-none-match") == etag
        await (status(304, etag=etag) if known else reply(body, etag=etag))(seen, writer)

    return answer


def streamed(pieces: Callable[[], AsyncIterator[bytes]], *, header_lines: str = "") -> Answer:
    """Answer with a body of no stated length, until ``pieces`` end or the client leaves."""

    async def answer(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nConnection: close\r\n{header_lines}\r\n".encode())
        async for piece in pieces():
            writer.write(piece)
            await writer.drain()
        writer.close()

    return answer


def endless() -> Answer:
    async def pieces() -> AsyncIterator[bytes]:
        while True:
            yield b"<item>" * (_PIECE // 6)

    return streamed(pieces)


def slow(body: bytes, *, every: float) -> Answer:
    """Answer one byte at a time."""

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(len(body)):
            yield body[at : at + 1]
            await asyncio.sleep(every)

    return streamed(pieces)


def silent() -> Answer:
    """Take the request and never answer."""

    async def answer(_: Seen, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    return answer


def gzip_bomb(megabytes: int) -> Answer:
    """Answer with that much white space, compressed as it goes out."""

    async def pieces() -> AsyncIterator[bytes]:
        packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
        for _ in range(megabytes):
            yield packer.compress(b" " * 1_000_000)
        yield packer.flush()

    return streamed(pieces, header_lines="Content-Encoding: gzip\r\n")


def cut_off(body: bytes, *, stated: int) -> Answer:
    """State a longer body than is sent, and hang up."""

    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await reply(body, content_length=str(stated))(seen, writer)
        await writer.drain()
        writer.close()

    return answer


def raw(bytes_: bytes) -> Answer:
    """Send exactly these bytes and hang up."""

    async def answer(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes_)
        await writer.drain()
        writer.close()

    return answer
