"""Hosts that go down and come back, asked by the real fetcher."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from digests.errors import FetchCause, FetchError, HostHeld
from digests.feeds.fetch import Fetcher, FetchLimits
from digests.model import FeedToFetch
from tests.feed_server import FeedServer, redirect, reply, silent, status
from tests.newsroom import rss

pytestmark = pytest.mark.wire


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer(host="127.0.0.2") as server:
        server.on("/silent", silent())
        server.on("/good", reply(rss("bridge")))
        yield server


@pytest.fixture
async def fetcher(server: FeedServer) -> AsyncIterator[Fetcher]:
    dead = ("127.0.0.3", 9)
    async with Fetcher([*server.allow, dead], FetchLimits(total=timedelta(seconds=0.2))) as fetcher:
        yield fetcher


async def causes(fetcher: Fetcher, url: str, times: int) -> list[FetchCause]:
    found = []
    for _ in range(times):
        with pytest.raises(FetchError) as caught:
            await ask(fetcher, url)
        found.append(caught.value.cause)
    return found


async def ask(fetcher: Fetcher, url: str) -> None:
    async with fetcher.turn(url):
        await fetcher.fetch_feed(FeedToFetch(url=url))


async def is_held(fetcher: Fetcher, url: str) -> bool:
    try:
        async with fetcher.turn(url):
            return False
    except HostHeld:
        return True


async def test_a_host_is_left_alone_after_three_time_outs(server, fetcher):
    """All its addresses are, and nothing reaches it."""
    assert await causes(fetcher, server.url("/silent"), 5) == [FetchCause.TIMEOUT] * 5
    assert len(server.seen) == 3
    assert await is_held(fetcher, server.url("/good"))


async def test_an_answer_of_any_kind_ends_a_row_of_failures(server, fetcher):
    """A 404 is one too: the host is there."""
    server.on("/missing", status(404))
    await causes(fetcher, server.url("/silent"), 2)
    await ask(fetcher, server.url("/good"))
    await causes(fetcher, server.url("/silent"), 2)
    assert await causes(fetcher, server.url("/missing"), 1) == [FetchCause.NOT_FOUND]
    await causes(fetcher, server.url("/silent"), 2)
    assert not await is_held(fetcher, server.url("/good"))


async def test_who_redirects_to_a_dead_host_is_not_dead(server, fetcher):
    """The failure is the other's, and this one answered."""
    url = server.on("/moved", redirect("http://127.0.0.3:9/feed"))
    assert await causes(fetcher, url, 4) == [FetchCause.CONNECT] * 4
    assert not await is_held(fetcher, url)
