"""How much of a round is held at once, counted: not its memory, which machines measure differently."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from digests.model import FeedPoll, FeedToFetch, FetchResult
from digests.poll import Poller
from digests.storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.make import make_feed
from tests.newsroom import FakeFetcher, answer, rss

PLACES = 64
"""Feeds asked at once, and polls that may wait while a batch is stored."""
ENTRIES = 50
BATCH = 2_000 // ENTRIES


def _alive() -> tuple[int, int]:
    """Return how many answers and polls there are in this process."""
    kinds = [type(found) for found in gc.get_objects()]
    return kinds.count(FetchResult), kinds.count(FeedPoll)


@dataclass(slots=True)
class CountingFetcher(FakeFetcher):
    """Gives each feed an answer of its own, and counts now and then what is alive of answers and polls."""

    most_answers: int = 0
    most_polls: int = 0
    _before: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Count what is alive already, such as what other tests have left."""
        gc.collect()
        self._before = _alive()

    async def fetch_feed(self, feed: FeedToFetch) -> FetchResult:
        """Answer as told, with an object of its own."""
        result = replace(await FakeFetcher.fetch_feed(self, feed))
        if len(self.asked) % 50 == 0:
            answers, polls = _alive()
            self.most_answers = max(self.most_answers, answers - self._before[0])
            self.most_polls = max(self.most_polls, polls - self._before[1])
        return result


@dataclass(slots=True)
class StuckStore:
    """A store whose disk has stopped: it takes the first batch and never ends."""

    taken: list[int] = field(default_factory=list)

    async def record_polls(self, polls: Sequence[FeedPoll]) -> tuple[int, ...]:
        """Wait for ever."""
        self.taken.append(len(polls))
        await asyncio.Event().wait()
        return ()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store:
        yield store


def many(feeds: int) -> dict[str, FetchResult]:
    """Return what so many feeds of fifty entries answer."""
    dated = b"<pubDate>Mon, 02 Mar 2026 11:00:00 GMT</pubDate></item>"
    names = [[f"t{number}-{at}" for at in range(ENTRIES)] for number in range(feeds)]
    bodies = [rss(*some).replace(b"</item>", dated) for some in names]
    urls = [f"https://feed.example/{number}" for number in range(feeds)]
    return {url: answer(url, body) for url, body in zip(urls, bodies, strict=True)}


async def test_what_is_held_does_not_grow_with_the_number_of_feeds(store: Store) -> None:
    """Answers: one a place. Polls: a batch stored, the next one, those that wait or are on the way."""
    web = CountingFetcher(feeds=many(300))
    feeds = [make_feed(url) for url in web.feeds]
    await store.sync_feeds(feeds, NOON)
    await Poller(store, web, FakeClock()).poll(feeds)  # type: ignore[arg-type]
    # The threads that parse let go of their last one late.
    assert 0 < web.most_answers <= PLACES + 2
    assert 0 < web.most_polls <= 2 * (BATCH + PLACES)


async def test_a_store_that_does_not_get_on_stops_the_asking() -> None:
    """Else everything that the feeds say would pile up in memory."""
    web, store = FakeFetcher(feeds=dict(many(300))), StuckStore()
    feeds = [make_feed(url) for url in web.feeds]
    polling = asyncio.create_task(Poller(store, web, FakeClock()).poll(feeds))  # type: ignore[arg-type]
    seen = [-1, 0]
    while not store.taken or seen[-1] > seen[-4:][0]:
        await asyncio.sleep(0.2)
        seen.append(len(web.asked))
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert store.taken == [BATCH]
    assert BATCH + PLACES < len(web.asked) <= BATCH + 2 * PLACES
