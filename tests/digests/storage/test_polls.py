"""What a batch of polls asks of the database."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from digests.feeds.identity import to_store
from digests.feeds.parse import parse
from digests.model import FeedPoll, PollOutcome
from digests.storage.store import Store
from tests.fakes import NOON
from tests.make import GAZETTE, make_feed
from tests.newsroom import rss


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store:
        await store.sync_feeds([make_feed(GAZETTE)], NOON)
        yield store


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Everything that is asked of any database, as it comes."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def poll(*titles: str) -> FeedPoll:
    """Return a poll that found these entries."""
    entries = to_store(make_feed(GAZETTE), parse(rss(*titles), url=GAZETTE), first_poll=False, now=NOON)
    return FeedPoll(url=GAZETTE, outcome=PollOutcome.FETCHED, at=NOON, next_at=NOON, entries=entries)


async def looks(store: Store, statements: list[str], *titles: str) -> tuple[int, int]:
    """Return how many entries were new, and how many looks were taken for those that are alike."""
    statements.clear()
    (new,) = await store.record_polls([poll(*titles)])
    return new, sum("entries.headline" in statement for statement in statements)


async def test_a_list_that_is_known_is_looked_up_by_its_keys_alone(
    store: Store, statements: list[str]
) -> None:
    """Feeds without validators send theirs at every poll; one new entry is reason to look at all of them."""
    assert await looks(store, statements, "bridge", "school") == (2, 0)
    assert await looks(store, statements, "school", "bridge") == (0, 0)
    assert await looks(store, statements, "storm", "bridge", "school") == (1, 3)
