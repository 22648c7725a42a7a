"""[io] Conditional GETs over one session: bounded in size, time and number, and never off the public net."""

import asyncio
import ssl
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from digests.errors import AddressRefused, FetchCause, FetchError
from digests.feeds import headers, local
from digests.feeds.address import moved_for_good
from digests.feeds.body import Body, too_large
from digests.feeds.guard import Guard, RefusedSocket
from digests.feeds.hosts import POLITE, Hosts, Manners
from digests.feeds.request import Request, make_request, split
from digests.model import FeedToFetch, FetchResult

USER_AGENT = "Onrecord/0.1 (+https://github.com/onrecord/onrecord)"
_FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
# An article is read once: better a minute later than without its page.
_PAGE_PATIENCE = timedelta(minutes=1)
_CHUNK_BYTES = 65_536
_MAX_VALIDATOR_CHARS = 1000
_STATUS_CAUSES = {
    401: (FetchCause.FORBIDDEN, "asks for a login"),
    403: (FetchCause.FORBIDDEN, "refuses us; it may want no bots"),
    404: (FetchCause.NOT_FOUND, "is not there"),
    407: (FetchCause.FORBIDDEN, "asks for a proxy login"),
    410: (FetchCause.GONE, "is gone for good"),
    429: (FetchCause.RATE_LIMITED, "was asked too often"),
    451: (FetchCause.FORBIDDEN, "is blocked for legal reasons"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How much one fetch may cost. Bytes count after decompression.

    ``total`` covers everything from the first packet, redirects included, but not the wait for a
    free place. ``manners`` bind no host that the operator allows by name: of those, one takes half of the
    ``connections`` at most.
    """

    feed_bytes: int = 10_000_000
    page_bytes: int = 5_000_000
    total: timedelta = timedelta(seconds=30)
    connect: timedelta = timedelta(seconds=10)
    redirects: int = 5
    connections: int = 64
    manners: Manners = POLITE


class Fetcher:
    """Fetches feeds and pages; use it as an async context manager."""

    def __init__(self, allow: Collection[tuple[str, int]] = (), limits: FetchLimits | None = None) -> None:
        self._limits = limits or FetchLimits()
        self._guard = Guard(allow)
        self._places = asyncio.Semaphore(self._limits.connections)
        self._hosts = Hosts(self._limits.manners, max(1, self._limits.connections // 2), self._guard.allows)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        limits = self._limits
        connector = aiohttp.TCPConnector(
            socket_factory=self._guard.make_socket,
            resolver=self._guard.resolver,
            limit=limits.connections,
        )
        timeout = aiohttp.ClientTimeout(
            total=limits.total.total_seconds(), sock_connect=limits.connect.total_seconds()
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=timeout,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    def turn(self, url: str, patience: timedelta = timedelta(0)) -> AbstractAsyncContextManager[None]:
        """Wait until it is our turn to ask ``url``'s host; what is fetched in the block is fetched politely.

        A host that is left alone for less than ``patience`` is waited for.

        Raises:
            FetchError: it is no address.
            HostHeld: nobody asks that host for now.
        """
        if local.is_file(url):
            return nullcontext()
        address = split(url)
        return self._hosts.turn(address.host, address.port, patience)

    async def fetch_feed(self, feed: FeedToFetch) -> FetchResult:
        """Return what the feed's server or file answers; no body where nothing changed since last time.

        Call it in a ``turn``.

        Raises:
            AddressRefused: the address, or one it redirects to, is not ours to ask.
            FetchError: anything else went wrong; ``cause`` says what.
        """
        if local.is_file(feed.asked):
            return await local.read(feed.asked, max_bytes=self._limits.feed_bytes, etag=feed.etag)
        validators = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
        sent = {name: value for name, value in validators.items() if value}
        return await self._get(
            make_request(feed.asked, {"Accept": _FEED_TYPES, **sent}, self._limits.feed_bytes)
        )

    async def fetch_page(self, url: str, *, folder: Path | None = None) -> FetchResult:
        """Return a page, in its turn; a ``file:`` page only where it lies inside ``folder``.

        Raises:
            AddressRefused: the address, or one it redirects to, is not ours to ask.
            HostHeld: nobody asks that host for now.
            FetchError: anything else went wrong; ``cause`` says what.
        """
        if local.is_file(url):
            if folder is None:
                raise AddressRefused("Only feeds in files may link to pages in files.")
            return await local.read(url, max_bytes=self._limits.page_bytes, folder=folder)
        request = make_request(url, {"Accept": _PAGE_TYPES}, self._limits.page_bytes)
        async with self.turn(url, _PAGE_PATIENCE):
            result = await self._get(request)
        if result.body is None:
            raise FetchError(FetchCause.BROKEN, f'{request.place} answers "not modified" unasked.')
        return result

    async def _get(self, request: Request) -> FetchResult:
        if self._session is None:
            raise RuntimeError("open the Fetcher with 'async with' first")
        async with self._places:
            try:
                async with self._session.get(
                    request.url, headers=request.headers, max_redirects=self._limits.redirects + 1
                ) as response:
                    result = await _read(response, request)
            except FetchError as error:
                self._hosts.failed(request.host, request.port, error)
                raise
            except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
                translated = _translated(error, request.place)
                if getattr(error, "host", request.host) == request.host:
                    self._hosts.failed(request.host, request.port, translated)
                raise translated from error
        self._hosts.answered(request.host, request.port)
        return result


async def _read(response: aiohttp.ClientResponse, request: Request) -> FetchResult:
    now = datetime.now(UTC)
    if response.status == 304:
        return _result(response, request, None, now)
    if not 200 <= response.status < 300:
        raise _refusal(response, request.place, now)
    if (response.content_length or 0) > request.max_bytes:
        raise too_large(request.place, request.max_bytes)
    body = Body(
        coding=response.headers.get("Content-Encoding", ""), max_bytes=request.max_bytes, place=request.place
    )
    received = 0
    try:
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            received += len(chunk)
            body.feed(chunk)
    except (aiohttp.ClientPayloadError, aiohttp.ClientOSError) as error:
        raise _cut_short(request.place, received, response.content_length) from error
    return _result(response, request, body.finish(), now)


def _result(
    response: aiohttp.ClientResponse, request: Request, body: bytes | None, now: datetime
) -> FetchResult:
    return FetchResult(
        url=str(response.url),
        body=body,
        content_type=response.headers.get("Content-Type", ""),
        etag=_validator(response.headers.get("ETag")),
        last_modified=_validator(response.headers.get("Last-Modified")),
        max_age=headers.max_age(response.headers, now),
        moved_to=moved_for_good(request.url, _hops(response)) if response.history else None,
    )


def _hops(response: aiohttp.ClientResponse) -> list[tuple[int, str]]:
    """Return the redirects on the way to an answer: the status of each, and where it led."""
    targets = [*(str(hop.url) for hop in response.history[1:]), str(response.url)]
    return [(hop.status, target) for hop, target in zip(response.history, targets, strict=True)]


def _validator(value: str | None) -> str | None:
    """Return a validator that can be sent back as it came, else ``None``."""
    sendable = value and value.isascii() and value.isprintable() and len(value) <= _MAX_VALIDATOR_CHARS
    return value if sendable else None


def _refusal(response: aiohttp.ClientResponse, place: str, now: datetime) -> FetchError:
    status = response.status
    cause, words = _STATUS_CAUSES.get(status) or _family(status)
    wait = headers.retry_after(response.headers, now) if status == 429 or status >= 500 else None
    return FetchError(cause, f"{place} {words} (HTTP {status}).", retry_after=wait)


def _family(status: int) -> tuple[FetchCause, str]:
    if status >= 500:
        return FetchCause.SERVER_ERROR, "has trouble on its side"
    if status >= 400:
        return FetchCause.CLIENT_ERROR, "does not take our request"
    return FetchCause.BROKEN, "answers with something that is no page"


def _translated(error: Exception, place: str) -> FetchError:
    """Return our error for a library's; the order matters, because aiohttp's classes overlap."""
    host = place.partition("/")[0]
    match error:
        case aiohttp.ClientConnectorError() if isinstance(error.os_error, RefusedSocket):
            return _refused(host, error.host)
        case aiohttp.NonHttpUrlRedirectClientError():
            return AddressRefused(f"{place} redirects to something that is not http or https.")
        case aiohttp.ClientConnectorDNSError():
            return FetchError(FetchCause.DNS, f"There is no host called {error.host}.")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return FetchError(FetchCause.TLS, f"{host} has no certificate that can be trusted.")
        case TimeoutError():
            return FetchError(FetchCause.TIMEOUT, f"{place} took too long to answer.")
        case aiohttp.ClientConnectorError():
            return FetchError(FetchCause.CONNECT, f"{error.host} does not take connections.")
        case aiohttp.TooManyRedirects():
            return FetchError(FetchCause.REDIRECTS, f"{place} redirects again and again.")
        case ValueError():
            return FetchError(FetchCause.BAD_ADDRESS, f"{place} is, or redirects to, no valid address.")
    return FetchError(FetchCause.BROKEN, f"{place} broke off or sent something that is no HTTP answer.")


def _cut_short(place: str, received: int, stated: int | None) -> FetchError:
    """Return the error for a body that broke off; ``stated`` is its length, where that was told."""
    if stated is not None and received < stated:
        return FetchError(FetchCause.BROKEN, f"{place} sent {received} of {stated} bytes and broke off.")
    return FetchError(FetchCause.BROKEN, f"{place} broke off after {received} bytes.")


def _refused(host: str, reached: str) -> AddressRefused:
    led = f"{host} is" if reached == host else f"{host} redirects to {reached}, which is"
    return AddressRefused(
        f"{led} not on the public internet; list its host:port under network.allow to permit it."
    )
