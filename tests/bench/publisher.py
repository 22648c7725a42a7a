"""A publisher in a process of its own, on 127.0.0.1, with entity tags; it ends with who started it."""

import asyncio
import multiprocessing
import zlib
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from tests.bench.sites import Served, Site

HOST = "127.0.0.1"
_PATIENCE_SECONDS = 30


class Publisher:
    """Serves a site while its context is open; ``{base}`` in a body stands for its own address."""

    def __init__(self, site: Site) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(site, theirs), daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._process.start()
        if not self._ours.poll(_PATIENCE_SECONDS):
            raise TimeoutError("the publisher did not start")
        self.port = self._ours.recv()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()

    def url(self, path: str) -> str:
        """Return the address of ``path``."""
        return f"http://{HOST}:{self.port}{path}"


def _serve(site: Site, parent: Connection) -> None:
    asyncio.run(_serve_until_orphaned(site, parent))


async def _serve_until_orphaned(site: Site, parent: Connection) -> None:
    answers: dict[bytes, tuple[bytes, bytes, bytes]] = {}

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(_answer(answers, request))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(converse, HOST, 0)
    port = server.sockets[0].getsockname()[1]
    answers.update(
        (path.encode(), _prepare(served, f"http://{HOST}:{port}")) for path, served in site.items()
    )
    parent.send(port)
    orphaned = asyncio.Event()
    # The other end closes when the process that started this one is gone, however it went.
    asyncio.get_running_loop().add_reader(parent.fileno(), orphaned.set)
    await orphaned.wait()


def _prepare(served: Served, base: str) -> tuple[bytes, bytes, bytes]:
    """Return a path's entity tag, its whole answer, and its answer to whoever has it."""
    body = served.body.replace(b"{base}", base.encode())
    tag = b'"%08x"' % zlib.crc32(body)
    head = b"Content-Type: %s\r\nETag: %s\r\n" % (served.content_type.encode(), tag)
    whole = b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body)
    return tag, whole, b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % tag


def _answer(answers: dict[bytes, tuple[bytes, bytes, bytes]], request: bytes) -> bytes:
    line, _, headers = request.partition(b"\r\n")
    found = answers.get(line.split(b" ")[1])
    if found is None:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    tag, whole, unchanged = found
    return unchanged if tag in headers else whole
