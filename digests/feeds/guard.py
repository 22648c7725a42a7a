"""[io] Where the bot may connect to: the public internet, and what the operator allows by name.

The decision is taken where a socket is made, on the address that is really connected to: literals
in any spelling, names that resolve to private addresses, redirects and rebinding all end there.
"""

import socket
from collections.abc import Collection
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

# RFC 4291, section 2.5.4: what is assigned as global unicast. The special blocks inside it are
# left to ``is_global``, which follows IANA's registries.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# RFC 6052: IPv4 through a translator, the only IPv4 that an IPv6-only network has.
_NAT64 = IPv6Network("64:ff9b::/96")

AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]


class RefusedSocket(OSError):
    """No socket was made: the address is neither public nor allowed.

    All have one text, so that several refused addresses of one name stay one error.
    """

    def __init__(self) -> None:
        super().__init__("refused address")


def is_public(address: str) -> bool:
    """Tell whether ``address``, an IP literal, lies on the public internet (no multicast)."""
    try:
        ip = _without_wrapping(ip_address(address))
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast


def _without_wrapping(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip


class Guard:
    """Makes sockets to public addresses and to the allowed ``(host, port)`` pairs, and to no other.

    A host is an IP literal or a name. A name stands for what it resolved to last, so ``resolver``
    must be the one that the connector asks.
    """

    def __init__(self, allow: Collection[tuple[str, int]] = ()) -> None:
        self._allowed = frozenset((_normal(host), port) for host, port in allow)
        self._resolved: dict[tuple[str, int], frozenset[str]] = {}
        self.resolver = _RecordingResolver(self)

    def allows(self, host: str, port: int) -> bool:
        """Tell whether the operator named this host and port, as they stand in a URL."""
        return (_normal(host), port) in self._allowed

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
            self._resolved[_normal(host), port] = frozenset(map(_normal, addresses))

    def _is_allowed(self, address: str, port: int) -> bool:
        address = _normal(address)
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


@lru_cache(maxsize=4096)
def _normal(host: str) -> str:
    """Return one spelling of a host: the literal's shortest form, or the name in lower case."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return str(ip_address(host))
    except ValueError:
        return host
