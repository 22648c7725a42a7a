"""The publisher zoo: whatever a publisher does to its list, each item is news once, and only once."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from digests.feeds.identity import to_store
from digests.feeds.parse import parse
from digests.model import FeedPoll, FeedToFetch, ParsedFeed, PollOutcome
from digests.storage.store import Store
from tests.zoo.histories import HISTORIES, HOUR, LATER, SITE, START, Item, Round, item, numbers, rss

FEED = f"{SITE}/feed"


class Publisher:
    """Replays a feed's history into a store, as polling does."""

    def __init__(self, storage: str, url: str = FEED) -> None:
        self._storage = storage
        self._url = url
        self._polls = 0
        self._seen: set[int] = set()

    async def poll(self, items: Sequence[Item]) -> list[str]:
        """Poll a list, on a store opened anew; return the titles of what became news, in the list's order."""
        async with await Store.open(self._storage) as store:
            await store.sync_feeds([FeedToFetch(url=self._url)], START)
            (feed,) = await store.load_feeds([self._url])
            at = START + self._polls * HOUR
            self._polls += 1
            parsed = parse(rss(items), url=self._url) if items else ParsedFeed(title="", entries=())
            entries = to_store(feed, parsed, first_poll=not feed.answered, now=at)
            poll = FeedPoll(
                url=self._url, outcome=PollOutcome.FETCHED, at=at, next_at=at + HOUR, entries=entries
            )
            await store.record_polls([poll])
            pending = [one for one in await store.load_pending(None, 1000) if one.id not in self._seen]
        self._seen |= {one.id for one in pending}
        return [one.title for one in pending]


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(f"sqlite:///{tmp_path}/zoo.db")


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES.keys())
async def test_each_item_is_news_once(publisher: Publisher, history: Sequence[Round]) -> None:
    """Over restarts too: nothing is posted again, and nothing is taken for something else."""
    for number, one in enumerate(history):
        assert await publisher.poll(one.items) == list(one.news), f"poll {number + 1}"


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES.keys())
@pytest.mark.parametrize("seed", range(3))
async def test_the_order_of_a_list_means_nothing(
    publisher: Publisher, history: Sequence[Round], seed: int
) -> None:
    """The same items in any order bring the same news."""
    shuffle = random.Random(seed).shuffle
    for one in history:
        items = list(one.items)
        shuffle(items)
        assert sorted(await publisher.poll(items)) == sorted(one.news)


@pytest.mark.parametrize(
    ("later", "gap", "moved"),
    [
        pytest.param([item(9), *numbers(1, 5)], False, False, id="a new item"),
        pytest.param(numbers(11, 15, at=LATER), True, False, id="rolled over"),
        pytest.param(
            [
                replace(one, guid=f"n{one.guid}", link=f"{one.link}/n", published=LATER)
                for one in numbers(1, 5)
            ],
            False,
            True,
            id="the archive came back",
        ),
        pytest.param(
            [item(n, published=LATER) for n in range(100, 120)], False, True, id="all new and of one hour"
        ),
    ],
)
async def test_a_feed_remembers_gaps_and_moved_archives(
    tmp_path: Path, publisher: Publisher, later: list[Item], gap: bool, moved: bool
) -> None:
    """Its health tells of them; a first list is neither."""
    for items, is_first in ((numbers(1, 5), True), (later, False), (later, False)):
        await publisher.poll(items)
        async with await Store.open(f"sqlite:///{tmp_path}/zoo.db") as store:
            (state,) = await store.load_feed_states([FEED])
        told = (state.gap_at is not None, state.moved_at is not None)
        assert told == ((False, False) if is_first else (gap, moved))


async def test_an_article_in_two_feeds_is_news_once(tmp_path: Path) -> None:
    """Each feed knows it by its own ids."""
    storage = f"sqlite:///{tmp_path}/zoo.db"
    first, second = Publisher(storage), Publisher(storage, url="https://other.example/feed")
    assert await first.poll(numbers(1, 2)) == ["Story 1", "Story 2"]
    second._seen = first._seen
    other = [replace(item(2), guid="other:2", link=f"{SITE}/story-2?utm_medium=feed"), item(3)]
    assert await second.poll(other) == ["Story 3"]
