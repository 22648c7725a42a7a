"""[io] Asks feeds what is new and stores it: many at a time, parsed in threads, written in batches."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digests.errors import FetchCause, FetchError, HostHeld, OnrecordError, PageInstead, ParseError
from digests.feeds.address import after_failure
from digests.feeds.cadence import matters, next_after_answer, next_after_failure
from digests.feeds.fetch import Fetcher
from digests.feeds.wishes import turnover
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
ROUND = timedelta(seconds=10)
"""How long a round of polling goes on; feeds that are slow are stored by a later one."""

# Where nothing ends for so long, what did is stored, and a round is over.
_QUIET = timedelta(seconds=1)

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
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._asking: set[str] = set()
        self._tasks: set[asyncio.Task[FeedPoll]] = set()
        self._ended: asyncio.Queue[asyncio.Task[FeedPoll]] = asyncio.Queue()
        self._stored = asyncio.Event()
        self._stored.set()

    async def poll_due(self, patience: timedelta = ROUND, *, hurried: bool = True) -> PollSummary:
        """Ask the feeds whose time has come, and return what was stored within ``patience``.

        A ``hurried`` round is over when nothing ends for a moment. Feeds that take longer go on meanwhile,
        and are stored by the next round.
        """
        due = await self._store.load_due_feeds(self._clock())
        until = asyncio.get_running_loop().time() + patience.total_seconds()
        return await self._round([feed for feed in due if feed.url not in self._asking], None, until, hurried)

    async def poll(
        self, feeds: Sequence[FeedToFetch], told: Callable[[int], None] | None = None
    ) -> PollSummary:
        """Ask every one of ``feeds`` and store what they say; ``told`` hears how many are done."""
        return await self._round(feeds, told, None, hurried=False)

    async def _round(
        self,
        feeds: Sequence[FeedToFetch],
        told: Callable[[int], None] | None,
        until: float | None,
        hurried: bool,
    ) -> PollSummary:
        outcomes: Counter[PollOutcome] = Counter()
        causes: Counter[str] = Counter()
        new = done = 0
        async with aclosing(self._batches(feeds, until, hurried)) as batches:
            async for batch in batches:
                new += await self._record(batch)
                self._asking.difference_update(poll.url for poll in batch)
                outcomes.update(poll.outcome for poll in batch)
                causes.update(poll.cause for poll in batch if poll.cause)
                done += len(batch)
                if told is not None:
                    told(done)
        return PollSummary(
            feeds=done, new=new, not_modified=outcomes[PollOutcome.NOT_MODIFIED], failed=dict(causes)
        )

    async def _record(self, batch: Sequence[FeedPoll]) -> int:
        """Store a batch and return how many new entries it brought; fetching waits for that."""
        self._stored.clear()
        try:
            return sum(await self._store.record_polls(batch))
        finally:
            self._stored.set()

    async def _batches(
        self, feeds: Sequence[FeedToFetch], until: float | None, hurried: bool
    ) -> AsyncGenerator[list[FeedPoll]]:
        """Yield the polls in batches, in the order in which the feeds answer; at ``until`` those that did."""
        for feed in feeds:
            self._start(feed)
        batch: list[FeedPoll] = []
        entries = 0
        try:
            while self._tasks:
                ended = await self._next_ended(until)
                if ended is not None:
                    batch.append(ended.result())
                    entries += len(batch[-1].entries)
                if batch and (ended is None or len(batch) >= _MOST_POLLS or entries >= _MOST_ENTRIES):
                    yield batch
                    batch, entries = [], 0
                if ended is None and (hurried or _is_past(until)):
                    break
            if batch:
                yield batch
        except BaseException:
            self._give_up()
            raise

    def _start(self, feed: FeedToFetch) -> None:
        task = asyncio.create_task(self._poll_one(feed))
        self._asking.add(feed.url)
        self._tasks.add(task)
        task.add_done_callback(self._ended.put_nowait)

    async def _next_ended(self, until: float | None) -> asyncio.Task[FeedPoll] | None:
        """Return a feed's task that ended, ``None`` where none does for a moment, or it is ``until``."""
        if self._ended.empty():
            quiet = asyncio.get_running_loop().time() + _QUIET.total_seconds()
            try:
                async with asyncio.timeout_at(quiet if until is None else min(quiet, until)):
                    ended = await self._ended.get()
            except TimeoutError:
                return None
        else:
            ended = self._ended.get_nowait()
        self._tasks.discard(ended)
        return ended

    def _give_up(self) -> None:
        """Forget what is under way: nothing of it is stored, and it is asked anew."""
        for task in self._tasks:
            task.cancel()
        self._tasks, self._asking, self._ended = set(), set(), asyncio.Queue()

    async def _poll_one(self, feed: FeedToFetch) -> FeedPoll:
        try:
            try:
                return await self._ask(feed)
            except PageInstead as page:
                return await self._ask_found(feed, page.feeds)
        except ParseError as error:
            return self._failed(feed, FetchError(FetchCause.NOT_A_FEED, str(error)))
        except FetchError as error:
            return self._failed(feed, error)

    async def _ask(self, feed: FeedToFetch) -> FeedPoll:
        """Ask a feed in its turn and read the answer; waiting for a slow host takes no place."""
        async with self._fetcher.turn(feed.asked), self._places:
            if self._ended.qsize() >= _AT_ONCE:
                # What is read piles up while a batch is stored; between rounds nobody is held up.
                await self._stored.wait()
            result = await self._fetcher.fetch_feed(feed)
            if result.body is None:
                return self._unchanged(feed, result)
            now = self._clock()
            parsed, entries = await asyncio.get_running_loop().run_in_executor(
                _PARSERS, _parse, feed, result, result.body, now
            )
            return _fetched(feed, result, parsed, entries, now)

    async def _ask_found(self, feed: FeedToFetch, found: Sequence[str]) -> FeedPoll:
        """Ask the feeds that a page names until one of them is a feed; it is asked there from now on."""
        problem: OnrecordError | None = None
        for address in found:
            try:
                return await self._ask(replace(feed, address=address, etag=None, last_modified=None))
            except (FetchError, ParseError) as error:
                problem = problem or error
        raise ParseError(f"An HTML page, and the feed that it names cannot be had: {problem}")

    def _unchanged(self, feed: FeedToFetch, result: FetchResult) -> FeedPoll:
        now = self._clock()
        return FeedPoll(
            url=feed.url, outcome=PollOutcome.NOT_MODIFIED, at=now, wishes=feed.wishes,
            next_at=next_after_answer(feed, now=now, max_age=result.max_age, wishes=feed.wishes),
            etag=result.etag or feed.etag, last_modified=result.last_modified or feed.last_modified,
            address=_address(feed, result),
        )  # fmt: skip

    def _failed(self, feed: FeedToFetch, error: FetchError) -> FeedPoll:
        now = self._clock()
        if self._on_failure is not None:
            self._on_failure(feed, error)
        held = isinstance(error, HostHeld)
        return FeedPoll(
            url=feed.url, outcome=PollOutcome.HELD if held else PollOutcome.FAILED, at=now,
            next_at=next_after_failure(feed, now=now, failures=feed.failures + 1, error=error),
            cause=error.cause, message=str(error),
            address=feed.address if held else after_failure(feed, error),
        )  # fmt: skip


def _is_past(moment: float | None) -> bool:
    return moment is not None and asyncio.get_running_loop().time() >= moment


def _fetched(
    feed: FeedToFetch,
    result: FetchResult,
    parsed: ParsedFeed,
    entries: tuple[EntryToStore, ...],
    now: datetime,
) -> FeedPoll:
    pace = turnover(parsed.entries, now)
    wishes = replace(parsed.wishes, turnover=pace) if matters(pace, feed.every) else parsed.wishes
    return FeedPoll(
        url=feed.url,
        outcome=PollOutcome.FETCHED,
        at=now,
        next_at=next_after_answer(feed, now=now, max_age=result.max_age, wishes=wishes),
        title=parsed.title,
        etag=result.etag,
        last_modified=result.last_modified,
        entries=entries,
        address=_address(feed, result),
        wishes=wishes,
    )


def _address(feed: FeedToFetch, result: FetchResult) -> str | None:
    """Return where to ask from now on, ``None`` for the configured address."""
    address = result.moved_to or feed.address
    return address if address != feed.url else None


def _parse(
    feed: FeedToFetch, result: FetchResult, body: bytes, now: datetime
) -> tuple[ParsedFeed, tuple[EntryToStore, ...]]:
    """Return the feed and its entries with their identities; it runs in a thread.

    Raises:
        PageInstead: it is a page that names feeds.
        ParseError: it is no feed.
    """
    # Imported here: ``onrecord poll`` needs neither where every feed is unchanged.
    from digests.feeds.identity import to_store
    from digests.feeds.parse import parse

    try:
        parsed = parse(body, url=result.url, content_type=result.content_type)
    except ParseError as error:
        if feed.address is None and (found := _discover(result, body)):
            raise PageInstead(str(error), found) from error
        raise
    return parsed, to_store(feed, parsed, first_poll=not feed.answered, now=now)


def _discover(result: FetchResult, body: bytes) -> tuple[str, ...]:
    from digests.feeds.discovery import discover

    return discover(body, url=result.url, content_type=result.content_type)
