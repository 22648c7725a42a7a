"""Which addresses lie on the public internet, as far as they say so themselves."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# RFC 4291, section 2.5.4: what is assigned as global unicast. The special blocks inside it are
# left to ``is_global``, which follows IANA's registries.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# RFC 6052: IPv4 through a translator, the only IPv4 that an IPv6-only network has.
_NAT64 = IPv6Network("64:ff9b::/96")

# RFC 6761, RFC 6762, RFC 8375, and what ICANN reserved in 2024: such names are never in the public DNS.
_PRIVATE_NAMES = ("localhost", "local", "home.arpa", "internal")


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


def is_called_private(host: str) -> bool:
    """Tell whether a URL's host says itself that it is off the public internet: a literal, or a private name.

    Of any other name only its resolver knows.
    """
    name = normal_host(host)
    try:
        ip_address(name)
    except ValueError:
        return any(name == private or name.endswith(f".{private}") for private in _PRIVATE_NAMES)
    return not is_public(name)


@lru_cache(maxsize=4096)
def normal_host(host: str) -> str:
    """Return one spelling of a host: the literal's shortest form, or the name in lower case."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return str(ip_address(host))
    except ValueError:
        return host
