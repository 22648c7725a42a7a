"""Answers that go wrong, byte by byte: what the Discord and the Slack of our own play when told to."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

Bytes = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One way in which a call is answered wrongly.

    ``write`` makes what goes over the wire out of the true answer, which is empty unless the call was carried
    out first (``stored``). The connection is closed after it, or ``reset``; ``delay`` passes before it, and
    ``pace`` between two of its bytes.
    """

    name: str
    write: Bytes
    stored: bool = False
    reset: bool = False
    delay: float = 0.0
    pace: float = 0.0


@dataclass(slots=True)
class Outages:
    """Which calls are answered wrongly, by their name and channel, until they are mended."""

    faults: dict[tuple[str, str], Broken] = field(default_factory=dict)

    def begin(self, call: str, channel: str, fault: Broken) -> None:
        """Answer ``call`` wrongly in ``channel`` from now on."""
        self.faults[call, channel] = fault

    def end(self) -> None:
        """Answer everything rightly again."""
        self.faults.clear()

    async def play(
        self, call: str, channel: str, request: web.Request, answer: Callable[[], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        """Return the true answer, or write a wrong one over the request's own connection."""
        fault = self.faults.get((call, channel))
        if fault is None:
            return await answer()
        true = as_bytes(await answer()) if fault.stored else b""
        await asyncio.sleep(fault.delay)
        if request.transport is not None:
            await _write(request.transport, fault.write(true), fault)
        return web.Response()


async def _write(transport: asyncio.Transport, raw: bytes, fault: Broken) -> None:
    for piece in [raw[at : at + 1] for at in range(len(raw))] if fault.pace else [raw]:
        transport.write(piece)
        await asyncio.sleep(fault.pace)
    if fault.reset:
        transport.abort()
    else:
        transport.close()


def as_bytes(response: web.Response) -> bytes:
    """Return an answer as it goes over the wire."""
    assert isinstance(response.body, bytes)
    return answer(response.status, response.body, **{"Content-Type": response.headers["Content-Type"]})


def answer(status: int, body: bytes = b"", length: int | str | None = None, **headers: str) -> bytes:
    """Return an HTTP answer with these headers, ``_`` for ``-``; ``length`` is what it says of its body."""
    told = len(body) if length is None else length
    lines = [
        f"HTTP/1.1 {status} Scripted",
        "Connection: close",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join([*lines, f"Content-Length: {told}", "", ""]).encode() + body
