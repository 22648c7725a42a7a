"""[io] Asks feeds what is new and stores it: many at a time, parsed in threads, written in batches."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from digests.errors import FetchCause, FetchError, ParseError
from digests.feeds.cadence import next_after_answer, next_after_failure
from digests.feeds.fetch import Fetcher
from digests.model import (
    EntryToStore,
    FeedPoll,
    FeedToFetch,
    FetchResult,
    ParsedFeed,
    PollOutcome,
)
from digests.storage.store import Store

Clock = Callable[[], datetime]
OnFailure = Callable[[FeedToFetch, FetchError], None]
_AT_ONCE = 64
_MOST_POLLS, _MOST_ENTRIES = 500, 2_000
"""What is stored in one transaction: what a crash can make us ask again."""

# More threads only take the interpreter from each other and from the loop; the second one is there
# so that a feed that parses slowly does not hold up all others.
_PARSERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="feeds")


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSummary:
    """How a round of polling went; ``failed`` counts feeds by cause."""

    feeds: int = 0
    new: int = 0
    not_modified: int = 0
    failed: dict[str, int] = field(default_factory=dict)


class Poller:
    """Polls feeds. One failing feed never stops the others; ``failed`` hears of each as it fails."""

    def __init__(self, store: Store, fetcher: Fetcher, clock: Clock, failed: OnFailure | None = None) -> None:
        self._store = store
        self._fetcher = fetcher
        self._clock = clock
        self._on_failure = failed

    async def poll_due(self) -> PollSummary:
        """Ask the feeds whose time has come."""
        return await self.poll(await self._store.load_due_feeds(self._clock()))

    async def poll(
        self, feeds: Sequence[FeedToFetch], told: Callable[[int], None] | None = None
    ) -> PollSummary:
        """Ask every one of ``feeds`` and store what they say; ``told`` hears how many are done."""
        outcomes: Counter[PollOutcome] = Counter()
        causes: Counter[str] = Counter()
        new = done = 0
        async for batch in self._batches(feeds):
            new += sum(await self._store.record_polls(batch))
            outcomes.update(poll.outcome for poll in batch)
            causes.update(poll.cause for poll in batch if poll.cause)
            done += len(batch)
            if told is not None:
                told(done)
        return PollSummary(
            feeds=len(feeds), new=new, not_modified=outcomes[PollOutcome.NOT_MODIFIED], failed=dict(causes)
        )

    async def _batches(self, feeds: Sequence[FeedToFetch]) -> AsyncIterator[list[FeedPoll]]:
        """Yield the polls in batches, in the order in which the feeds answer."""
        places = asyncio.Semaphore(_AT_ONCE)

        async def one(feed: FeedToFetch) -> FeedPoll:
            async with places:
                return await self._poll_one(feed)

        tasks = [asyncio.create_task(one(feed)) for feed in feeds]
        batch: list[FeedPoll] = []
        entries = 0
        try:
            for finished in asyncio.as_completed(tasks):
                batch.append(await finished)
                entries += len(batch[-1].entries)
                if len(batch) >= _MOST_POLLS or entries >= _MOST_ENTRIES:
                    yield batch
                    batch, entries = [], 0
            if batch:
                yield batch
        finally:
            for task in tasks:
                task.cancel()

    async def _poll_one(self, feed: FeedToFetch) -> FeedPoll:
        try:
            result = await self._fetcher.fetch_feed(feed)
            return await self._answered(feed, result)
        except ParseError as error:
            return self._failed(feed, FetchError(FetchCause.NOT_A_FEED, str(error)))
        except FetchError as error:
            return self._failed(feed, error)

    async def _answered(self, feed: FeedToFetch, result: FetchResult) -> FeedPoll:
        now = self._clock()
        if result.body is None:
            next_at = next_after_answer(feed, now=now, max_age=result.max_age)
            return FeedPoll(
                url=feed.url, outcome=PollOutcome.NOT_MODIFIED, at=now, next_at=next_at,
                etag=result.etag or feed.etag, last_modified=result.last_modified or feed.last_modified,
            )  # fmt: skip
        parsed, entries = await asyncio.get_running_loop().run_in_executor(
            _PARSERS, _parse, feed, result, result.body, now
        )
        return FeedPoll(
            url=feed.url,
            outcome=PollOutcome.FETCHED,
            at=now,
            next_at=next_after_answer(feed, now=now, max_age=result.max_age, ttl=parsed.ttl),
            title=parsed.title,
            etag=result.etag,
            last_modified=result.last_modified,
            entries=entries,
        )

    def _failed(self, feed: FeedToFetch, error: FetchError) -> FeedPoll:
        now = self._clock()
        if self._on_failure is not None:
            self._on_failure(feed, error)
        return FeedPoll(
            url=feed.url, outcome=PollOutcome.FAILED, at=now, cause=error.cause, message=str(error),
            next_at=next_after_failure(feed, now=now, failures=feed.failures + 1, error=error),
            etag=feed.etag, last_modified=feed.last_modified,
        )  # fmt: skip


def _parse(
    feed: FeedToFetch, result: FetchResult, body: bytes, now: datetime
) -> tuple[ParsedFeed, tuple[EntryToStore, ...]]:
    """Return the feed and its entries with their identities; it runs in a thread."""
    # Imported here: ``onrecord poll`` needs neither where every feed is unchanged.
    from digests.feeds.identity import to_store
    from digests.feeds.parse import parse

    parsed = parse(body, url=result.url, content_type=result.content_type)
    return parsed, to_store(feed, parsed, first_poll=not feed.answered, now=now)
