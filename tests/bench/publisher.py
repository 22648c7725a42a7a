"""A publisher in a process of its own, on loopback, with entity tags; it ends with who started it."""

import asyncio
import multiprocessing
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from tests.bench.sites import Served, Site

HOST = "127.0.0.1"
_PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """One answer, made once; ``body`` may hold ``{base}``."""

    tag: bytes
    head: bytes
    body: bytes
    seconds: float


_Answers = dict[bytes, _Prepared]
_MISSING = Served(content_type="text/plain", body=b"", status=404)


class Publisher:
    """Serves a site at ``hosts``, all on one port, while its context is open.

    ``{base}`` in a body stands for the address that was asked.
    """

    def __init__(self, site: Site, hosts: Sequence[str] = (HOST,)) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(site, hosts, theirs), daemon=True)
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

    def url(self, path: str, host: str = HOST) -> str:
        """Return the address of ``path``."""
        return f"http://{host}:{self.port}{path}"


def _serve(site: Site, hosts: Sequence[str], parent: Connection) -> None:
    asyncio.run(_serve_until_orphaned(site, hosts, parent))


async def _serve_until_orphaned(site: Site, hosts: Sequence[str], parent: Connection) -> None:
    answers = {path.encode(): _prepare(served) for path, served in site.items()}
    missing = _prepare(_MISSING)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                line, _, headers = (await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")
                answer = answers.get(line.split(b" ")[1], missing)
                await asyncio.sleep(answer.seconds)
                writer.write(_answer(answer, headers))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    first = await asyncio.start_server(converse, hosts[0], 0)
    port = first.sockets[0].getsockname()[1]
    servers = [first, *[await asyncio.start_server(converse, host, port) for host in hosts[1:]]]
    parent.send(port)
    orphaned = asyncio.Event()
    # The other end closes when the process that started this one is gone, however it went.
    asyncio.get_running_loop().add_reader(parent.fileno(), orphaned.set)
    await orphaned.wait()
    for server in servers:
        server.close()


def _prepare(served: Served) -> _Prepared:
    tag = b'"%08x"' % zlib.crc32(served.body)
    lines = [f"HTTP/1.1 {served.status} -", f"Content-Type: {served.content_type}"]
    lines += [f"Location: {served.location}"] if served.location else []
    head = "\r\n".join(lines).encode() + (b"\r\nETag: " + tag if served.status == 200 else b"")
    return _Prepared(tag=tag, head=head, body=served.body, seconds=served.seconds)


def _answer(answer: _Prepared, headers: bytes) -> bytes:
    if answer.tag in headers:
        return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % answer.tag
    host = headers.partition(b"Host: ")[2].partition(b"\r\n")[0]
    body = answer.body.replace(b"{base}", b"http://" + host)
    return b"%s\r\nContent-Length: %d\r\n\r\n%s" % (answer.head, len(body), body)
