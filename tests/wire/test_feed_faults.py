"""Every way in which a publisher's server can fail, met by the real fetcher, poller and store.

The bad host is 127.0.0.2, the good one beside it 127.0.0.3. After each fault the feed is asked again while
its server is well: nothing may be lost by what happened before.
"""

import asyncio
import gzip
import socket
import struct
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from digests.errors import FetchCause, FetchError
from digests.feeds.fetch import Fetcher, FetchLimits
from digests.model import FeedToFetch
from digests.poll import Poller
from digests.storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.feed_server import (
    Answer,
    FeedServer,
    Seen,
    conditional,
    cut_off,
    endless,
    gzip_bomb,
    raw,
    redirect,
    reply,
    silent,
    slow,
    status,
    streamed,
)
from tests.newsroom import rss

pytestmark = pytest.mark.wire

BODY = rss("bridge", "school")
HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {len(BODY)}\r\n\r\n".encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n%s\r\n" % (len(BODY), BODY)
LIMITS = FetchLimits(
    feed_bytes=1_000_000, page_bytes=1_000_000, total=timedelta(seconds=1), connect=timedelta(seconds=1)
)
SECRET = "?key=hush"
_LINGER_ZERO = struct.pack("ii", 1, 0)


def reset(sent: bytes) -> Answer:
    """Send these bytes, then reset the connection instead of closing it."""

    async def answer(_: Seen, writer: asyncio.StreamWriter) -> None:
        if sent:
            writer.write(sent)
            await writer.drain()
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
        writer.transport.abort()

    return answer


def dripping(before: bytes, drop: bytes) -> Answer:
    """Send the first bytes at once and then the same few again and again."""

    async def answer(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(before)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.01)

    return answer


async def _spaces() -> AsyncIterator[bytes]:
    for _ in range(30):
        yield b" " * 65_536


BROKEN, LARGE, SLOW = FetchCause.BROKEN, FetchCause.TOO_LARGE, FetchCause.TIMEOUT
FAULTS = [
    *(
        pytest.param(reset((HEAD + BODY)[:at]), BROKEN, id=f"reset {where}")
        for where, at in {
            "before anything": 0,
            "in the status line": 8,
            "between two headers": 17,
            "in a header": 30,
            "before the body": len(HEAD),
            "at the body's first byte": len(HEAD) + 1,
            "in the body": len(HEAD) + len(BODY) // 2,
            "at the body's last byte": len(HEAD) + len(BODY) - 1,
        }.items()
    ),
    *(
        pytest.param(reset(CHUNKED[:at]), BROKEN, id=f"reset {where}")
        for where, at in (("in a chunk's length", 48), ("in a chunk", 90), ("before the last", len(CHUNKED)))
    ),
    pytest.param(cut_off(BODY, stated=len(BODY) + 9), BROKEN, id="shorter than stated"),
    pytest.param(cut_off(BODY, stated=len(BODY) - 9), BROKEN, id="longer than stated"),
    pytest.param(cut_off(BODY, stated=-1), BROKEN, id="a negative length"),
    pytest.param(reply(BODY, content_length="many"), BROKEN, id="a length in words"),
    pytest.param(raw(HEAD[:-2] + b"Content-Length: 7\r\n\r\n" + BODY), BROKEN, id="two lengths"),
    *(
        pytest.param(reply(gzip.compress(BODY)[:at], content_encoding="gzip"), BROKEN, id=f"gzip cut {where}")
        for where, at in (("in its head", 5), ("in the middle", 60), ("before its sum", -8), ("in it", -3))
    ),
    pytest.param(reply(b"\0" * 90, content_encoding="gzip"), BROKEN, id="no gzip"),
    pytest.param(gzip_bomb(50), LARGE, id="a bomb"),
    pytest.param(endless(), LARGE, id="a body without end"),
    pytest.param(streamed(_spaces), LARGE, id="two megabytes of nothing"),
    pytest.param(reply(b"", content_length="99999999999"), LARGE, id="a huge length"),
    pytest.param(silent(), SLOW, id="silence"),
    pytest.param(slow(BODY, every=0.05), SLOW, id="a byte now and then"),
    pytest.param(dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), (SLOW, BROKEN), id="headers without end"),
    pytest.param(dripping(b"HTTP/1.1 ", b"2"), (SLOW, BROKEN), id="a status line without end"),
    pytest.param(dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), (SLOW, BROKEN), id="hints without end"),
    pytest.param(raw(b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000 + b"\r\n\r\n"), BROKEN, id="a huge header"),
    pytest.param(raw(b"HTTP/2.0 200 OK\r\n\r\n"), (BROKEN, FetchCause.NOT_A_FEED), id="HTTP/2 as text"),
    pytest.param(raw(b"\x16\x03\x01\x02\0"), BROKEN, id="TLS where none was asked for"),
    pytest.param(raw(b"HTTP/1.1 999999 No\r\n\r\n"), BROKEN, id="a status of six digits"),
    pytest.param(redirect("/bad", 301), FetchCause.REDIRECTS, id="a loop"),
    pytest.param(redirect("http://127.0.0.4:9/x", 301), FetchCause.REFUSED_ADDRESS, id="to a private host"),
    pytest.param(redirect("ftp://127.0.0.3/x"), FetchCause.REFUSED_ADDRESS, id="to another scheme"),
    pytest.param(redirect("http://nowhere.invalid/x", 308), FetchCause.DNS, id="to a name that is none"),
    pytest.param(redirect("http://[::", 307), FetchCause.BAD_ADDRESS, id="to no address"),
    pytest.param(status(301), BROKEN, id="to nowhere"),
    pytest.param(reply(b""), FetchCause.NOT_A_FEED, id="an empty body"),
    pytest.param(reply(b"<rss><channel><item>" * 99 + b"<"), None, id="damage that can be read"),
]  # fmt: skip
STATUSES = [code for code in range(200, 600) if code != 304]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A store with a bad feed and a good one, and who asks them."""

    store: Store
    poller: Poller
    clock: FakeClock
    server: FeedServer
    good: FeedServer
    urls: tuple[str, str]

    async def poll(self) -> dict[str, int]:
        """Ask both and return what failed by cause; the good feed always answers."""
        summary = await self.poller.poll(await self.store.load_feeds(self.urls))
        assert (await self.state(1)).failures == 0
        return summary.failed

    async def state(self, number: int = 0):
        (found,) = await self.store.load_feed_states([self.urls[number]])
        return found


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    clock = FakeClock()
    async with (
        FeedServer(host="127.0.0.2") as bad,
        FeedServer(host="127.0.0.3") as good,
        Fetcher([*bad.allow, *good.allow], LIMITS) as fetcher,
        await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store,
    ):
        urls = bad.url("/bad") + SECRET, good.on("/feed", conditional(rss("harbour"), etag='"1"'))
        await store.sync_feeds([FeedToFetch(url=url) for url in urls], NOON)
        yield Scene(
            store=store, poller=Poller(store, fetcher, clock), clock=clock, server=bad, good=good, urls=urls
        )


async def recovers(scene: Scene) -> None:
    """The server is well again: both entries come, and nothing of the failure is left."""
    scene.server.on("/bad", reply(BODY))
    assert await scene.poll() == {}
    state = await scene.state()
    assert (state.failures, state.cause, state.message, state.address) == (0, None, "", None)
    titles = {entry.title for entry in await scene.store.load_pending([scene.urls[0]], 20_000)}
    assert titles >= {"bridge", "school"}


@pytest.mark.parametrize(("answer", "cause"), FAULTS)
async def test_each_fault_has_its_cause_and_words_and_leaves_nothing_behind(scene, answer, cause):
    """The cause is counted and stored, the words name the host and no secret; memory stays bounded."""
    scene.server.on("/bad", answer)
    causes = cause if isinstance(cause, tuple) else (cause,)
    tracemalloc.start()
    try:
        failed = await scene.poll()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000
    state = await scene.state()
    assert state.cause in causes
    assert failed == ({state.cause: 1} if state.cause else {})
    if state.cause:
        assert state.failures == 1
        assert state.message.endswith((".", "browser."))
        assert "hush" not in state.message
        assert state.next_at is not None
        assert state.next_at >= scene.clock.now + timedelta(minutes=15)
    await recovers(scene)


async def test_every_status_has_its_cause_and_words(scene):
    """A success without a feed is no feed; all else is told with its number; every feed recovers."""
    urls = {code: scene.server.on(f"/{code}", status(code)) for code in STATUSES}
    await scene.store.sync_feeds([FeedToFetch(url=url) for url in urls.values()], NOON)
    feeds = await scene.store.load_feeds(list(urls.values()))
    await scene.poller.poll(feeds)
    states = dict(zip(urls, await scene.store.load_feed_states(list(urls.values())), strict=True))
    for code, state in states.items():
        assert state.failures == 1
        assert code < 300 or str(code) in state.message
    causes = {code: state.cause for code, state in states.items()}
    assert {causes[code] for code in range(200, 300)} == {FetchCause.NOT_A_FEED}
    assert {causes[code] for code in range(300, 400) if code != 304} == {BROKEN}
    assert {causes[code] for code in range(500, 600)} == {FetchCause.SERVER_ERROR}
    named = {401, 403, 407, 451}, {404}, {410}, {429}
    told = FetchCause.FORBIDDEN, FetchCause.NOT_FOUND, FetchCause.GONE, FetchCause.RATE_LIMITED
    for codes, one in zip(named, told, strict=True):
        assert {causes[code] for code in codes} == {one}
    others = set(range(400, 500)).difference(*named)
    assert {causes[code] for code in others} == {FetchCause.CLIENT_ERROR}
    for code in STATUSES:
        scene.server.on(f"/{code}", reply(BODY))
    assert (await scene.poller.poll(feeds)).failed == {}


async def test_a_success_is_read_whatever_its_number_and_a_304_changes_nothing(scene):
    """Servers answer 203 and 226 too; "not modified" comes even to those who never had anything."""
    for code in (200, 203, 206, 226):
        scene.server.on("/bad", reply(BODY, status_line=f"{code} Fine"))
        assert await scene.poll() == {}
    scene.server.on("/bad", status(304))
    assert await scene.poll() == {}
    assert len(await scene.store.load_pending([scene.urls[0]], 10)) == 2


@pytest.mark.parametrize(("answer", "cause"), [row for row in FAULTS if row.values[1] is not None])
async def test_a_page_fails_like_a_feed(answer, cause):
    """Only what is no feed can still be a page."""
    async with FeedServer(host="127.0.0.2") as server, Fetcher(server.allow, LIMITS) as fetcher:
        url = server.on("/bad", answer) + SECRET
        causes = cause if isinstance(cause, tuple) else (cause,)
        if FetchCause.NOT_A_FEED in causes:
            await fetcher.fetch_page(url)
            return
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch_page(url)
    assert caught.value.cause in causes
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["/new", "new", "//127.0.0.2:PORT/new", "http://127.0.0.2:PORT/new#top"])
async def test_redirects_of_every_kind_are_followed_and_those_for_good_remembered(scene, code, target):
    """Relative ones too; the next poll asks the new address first only where it is for good."""
    scene.server.on("/bad", redirect(target.replace("PORT", str(scene.server.port)), code))
    scene.server.on("/new", reply(BODY))
    assert await scene.poll() == {}
    scene.server.seen.clear()
    assert await scene.poll() == {}
    paths = [seen.path for seen in scene.server.seen]
    assert paths == (["/new"] if code in (301, 308) else ["/bad" + SECRET, "/new"])


async def test_a_slow_host_delays_no_other(scene):
    """A hundred feeds of a silent host wait for each other; the good feed is stored meanwhile."""
    scene.server.on("/bad", silent())
    many = [scene.server.url(f"/bad?{number}") for number in range(100)]
    await scene.store.sync_feeds([FeedToFetch(url=url) for url in (*many, scene.urls[1])], NOON)
    polling = asyncio.create_task(scene.poller.poll(await scene.store.load_feeds([*many, scene.urls[1]])))
    async with asyncio.timeout(0.9):
        while not scene.good.seen:  # noqa: ASYNC110 - the server knows no event
            await asyncio.sleep(0.01)
    assert not polling.done()
    assert (await polling).failed == {FetchCause.TIMEOUT: 100}
    assert len(scene.server.seen) < 50
