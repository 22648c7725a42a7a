"""An address and what is asked of it, checked before anything is sent."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from digests.errors import AddressRefused, FetchCause, FetchError


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of a web address that matter here; ``has_user`` where it carries a user's name."""

    scheme: str
    host: str
    port: int
    path: str
    has_user: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One GET: the address, its headers beyond the session's, and the most bytes it may bring."""

    url: str
    host: str
    port: int
    place: str
    headers: dict[str, str]
    max_bytes: int


# What nearly all feeds have: no user, no query, and a port that is one.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9][a-z0-9.-]*)(?::([1-9]\d{0,3}|[1-5]\d{4}))?(/[!\"$-:<->@-~]*)", re.ASCII
)


# A feed's address is split for its turn and again for its request. Asked in a circle, a cache that is smaller
# than the number of feeds forgets each before it is wanted again.
@lru_cache(maxsize=32_768)
def split(url: str) -> Address:
    """Return the parts of an address; the host may be empty.

    Raises:
        FetchError: it is no address.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is not None:
        scheme, host, port, path = plain.groups()
        default = 443 if scheme == "https" else 80
        return Address(scheme=scheme, host=host, port=int(port or default), path=path, has_user=False)
    try:
        parts = urlsplit(url.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(FetchCause.BAD_ADDRESS, "This is no web address.") from error
    return Address(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=port,
        path=parts.path,
        has_user="@" in parts.netloc,
    )


def make_request(url: str, extra: dict[str, str], max_bytes: int) -> Request:
    """Return the request for ``url`` with the headers ``extra``.

    Raises:
        AddressRefused: not http or https, or it carries credentials.
        FetchError: it is no address.
    """
    address = split(url)
    if address.scheme not in ("http", "https"):
        raise AddressRefused(
            f"Addresses start with https:// or http://, not {address.scheme[:20] or 'that'}:."
        )
    if address.has_user:
        raise AddressRefused(f"The address of {address.host} carries a user name or password; we send none.")
    if not address.host:
        raise FetchError(FetchCause.BAD_ADDRESS, "The address names no host.")
    return Request(
        url=url.strip(),
        host=address.host,
        port=address.port,
        place=f"{address.host}{address.path}"[:200],
        headers=extra,
        max_bytes=max_bytes,
    )
