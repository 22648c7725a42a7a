"""[io] Where the bot may connect to: the public internet, and what the operator allows by name.

The decision is taken where a socket is made, on the address that is really connected to: literals
in any spelling, names that resolve to private addresses, redirects and rebinding all end there.
"""

import socket
from collections.abc import Collection

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from digests.feeds.public import is_public, normal_host

AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]


class RefusedSocket(OSError):
    """No socket was made: the address is neither public nor allowed.

    All have one text, so that several refused addresses of one name stay one error.
    """

    def __init__(self) -> None:
        super().__init__("refused address")


class Guard:
    """Makes sockets to public addresses and to the allowed ``(host, port)`` pairs, and to no other.

    A host is an IP literal or a name. A name stands for what it resolved to last, so ``resolver``
    must be the one that the connector asks.
    """

    def __init__(self, allow: Collection[tuple[str, int]] = ()) -> None:
        self._allowed = frozenset((normal_host(host), port) for host, port in allow)
        self._resolved: dict[tuple[str, int], frozenset[str]] = {}
        self.resolver = _RecordingResolver(self)

    def allows(self, host: str, port: int) -> bool:
        """Tell whether the operator named this host and port, as they stand in a URL."""
        return (normal_host(host), port) in self._allowed

    def make_socket(self, info: AddressInfo) -> socket.socket:
        """Return a socket for ``info``, as ``aiohttp.TCPConnector`` asks for it.

        Raises:
            RefusedSocket: the address is not ours to connect to.
        """
        family, kind, protocol, _, (host, port, *_) = info
        if not (is_public(str(host)) or self._is_allowed(str(host), int(port))):
            raise RefusedSocket
        return socket.socket(family=family, type=kind, proto=protocol)

    def remember(self, host: str, port: int, addresses: Collection[str]) -> None:
        """Note what ``host`` resolved to, if it is allowed by name."""
        if self.allows(host, port):
            self._resolved[normal_host(host), port] = frozenset(map(normal_host, addresses))

    def _is_allowed(self, address: str, port: int) -> bool:
        address = normal_host(address)
        if (address, port) in self._allowed:
            return True
        return any(address in known for (_, at), known in self._resolved.items() if at == port)


class _RecordingResolver(AbstractResolver):
    """The system's resolver, telling the guard what allowed names stand for."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner: ThreadedResolver | None = None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        # Made late: it needs the running loop.
        self._inner = self._inner or ThreadedResolver()
        found = await self._inner.resolve(host, port, family)
        self._guard.remember(host, port, [result["host"] for result in found])
        return found

    async def close(self) -> None:
        if self._inner is not None:
            await self._inner.close()
