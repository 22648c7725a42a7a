import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from digests.errors import FetchCause, FetchError, HostHeld
from digests.feeds.fetch import Fetcher
from digests.model import FeedState, FeedToFetch
from digests.poll import Poller, PollSummary
from digests.storage.store import Store
from tests.fakes import NOON, FakeClock
from tests.feed_server import FeedServer, conditional, gzip_bomb, redirect, reply, status
from tests.make import GAZETTE, make_feed
from tests.newsroom import FakeFetcher, answer, rss

COURIER = "https://courier.example/feed"
BROKEN = FetchError(FetchCause.SERVER_ERROR, "courier.example has trouble on its side (HTTP 500).")
MINUTES = timedelta(minutes=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store:
        yield store


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def web() -> FakeFetcher:
    return FakeFetcher(feeds={GAZETTE: answer(GAZETTE, rss("bridge", "school"), etag='"1"'), COURIER: BROKEN})


@pytest.fixture
def poller(store: Store, web: FakeFetcher, clock: FakeClock) -> Poller:
    return Poller(store, web, clock)  # type: ignore[arg-type]


async def sync(store: Store, *urls: str, **about: object) -> tuple[FeedToFetch, ...]:
    await store.sync_feeds([make_feed(url, **about) for url in urls], NOON)
    return await store.load_feeds(urls)


async def state(store: Store, url: str) -> FeedState:
    (found,) = await store.load_feed_states([url])
    return found


async def titles(store: Store) -> list[str]:
    return [entry.title for entry in await store.load_pending(None, 100)]


# --- what a round tells ----------------------------------------------------------------------------


async def test_a_round_counts_new_entries_unchanged_feeds_and_failures_by_cause(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """A feed that is unchanged, or broken, does not stop the others."""
    feeds = await sync(store, GAZETTE, COURIER, "https://a.example/", "https://b.example/")
    failed = {"server error": 1, "not found": 2}
    assert await poller.poll(feeds) == PollSummary(feeds=4, new=2, not_modified=0, failed=failed)
    web.feeds[GAZETTE] = answer(GAZETTE, None)
    assert await poller.poll(feeds) == PollSummary(feeds=4, new=0, not_modified=1, failed=failed)
    assert await titles(store) == ["bridge", "school"]


async def test_an_entry_is_new_once(store: Store, poller: Poller, web: FakeFetcher) -> None:
    """However often the feed repeats it beside others."""
    feeds = await sync(store, GAZETTE)
    await poller.poll(feeds)
    web.feeds[GAZETTE] = answer(GAZETTE, rss("storm", "bridge", "school"))
    assert (await poller.poll(feeds)).new == 1
    assert await titles(store) == ["bridge", "school", "storm"]


async def test_nothing_to_ask_is_a_round_of_nothing(poller: Poller) -> None:
    """No feed is due, no harm done."""
    assert await poller.poll_due() == PollSummary()


async def test_progress_is_told_batch_by_batch(store: Store, poller: Poller, web: FakeFetcher) -> None:
    """Two thousand entries make a batch, one transaction each; at most 64 feeds are asked at once."""
    urls = [f"https://feed.example/{number}" for number in range(90)]
    keys = [[f"t{number}-{key}" for key in range(50)] for number in range(90)]
    web.feeds = {url: answer(url, rss(*some)) for url, some in zip(urls, keys, strict=True)}
    done: list[int] = []
    summary = await poller.poll(await sync(store, *urls), done.append)
    assert (summary.new, done) == (4_500, [40, 80, 90])
    assert 32 < web.most_at_once <= 64


async def test_feeds_with_nothing_new_are_stored_by_five_hundred(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """An unchanged feed brings no entries: a transaction for each hundred would cost more than they do."""
    urls = [f"https://feed.example/{number}" for number in range(600)]
    web.feeds = {url: answer(url, None) for url in urls}
    done: list[int] = []
    await poller.poll(await sync(store, *urls), done.append)
    assert done == [500, 600]


async def test_a_slow_feed_does_not_keep_a_full_batch_waiting(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """Feeds are stored in the order in which they answer."""
    urls = [f"https://feed.example/{number}" for number in range(501)]
    web.feeds = {url: answer(url, None) for url in urls}
    web.held[urls[0]] = asyncio.Event()
    done: list[int] = []
    polling = asyncio.create_task(poller.poll(await sync(store, *urls), done.append))
    async with asyncio.timeout(10):
        while not done:  # noqa: ASYNC110 - the poller knows no event
            await asyncio.sleep(0.01)
    assert (done, polling.done()) == ([500], False)
    web.held[urls[0]].set()
    assert (await polling).not_modified == 501


# --- what a feed remembers -------------------------------------------------------------------------


async def test_validators_are_sent_back_and_survive_a_failure(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """A server in trouble for an hour does not cost a full download afterwards."""
    for given in (web.feeds[GAZETTE], BROKEN, answer(GAZETTE, None), answer(GAZETTE, None)):
        web.feeds[GAZETTE] = given
        await sync(store, GAZETTE)
        await poller.poll(await store.load_feeds([GAZETTE]))
    assert [feed.etag for feed in web.asked] == [None, '"1"', '"1"', '"1"']


async def test_failures_are_counted_until_a_good_answer(
    store: Store, poller: Poller, web: FakeFetcher, clock: FakeClock
) -> None:
    """Each makes the next wait longer; the cause and the words are kept for the operator."""
    await sync(store, COURIER, every=10 * MINUTES)
    waits = []
    for _ in range(3):
        await poller.poll(await store.load_feeds([COURIER]))
        told = await state(store, COURIER)
        assert told.next_at is not None
        waits.append(told.next_at - clock.now)
    assert (told.failures, told.cause, told.message) == (3, "server error", str(BROKEN))
    assert 10 * MINUTES <= waits[0] < waits[1] < waits[2] <= 48 * MINUTES
    web.feeds[COURIER] = answer(COURIER, rss("x"))
    await poller.poll(await store.load_feeds([COURIER]))
    told = await state(store, COURIER)
    assert (told.failures, told.cause, told.next_at) == (0, None, clock.now + 10 * MINUTES)


async def test_only_feeds_whose_time_has_come_are_due(
    store: Store, poller: Poller, web: FakeFetcher, clock: FakeClock
) -> None:
    """A quarter of an hour after the answer by default; the publisher's ttl can only lengthen that."""
    web.feeds[COURIER] = answer(COURIER, rss("x", head="<ttl>60</ttl>"))
    await sync(store, GAZETTE, COURIER)
    rounds = []
    for minutes in (0, 10, 10, 45):
        clock.advance(minutes * MINUTES)
        rounds.append((await poller.poll_due()).feeds)
    assert rounds == [2, 0, 1, 2]


async def test_a_new_feed_starts_with_its_last_day(store: Store, poller: Poller, web: FakeFetcher) -> None:
    """Older entries are only remembered; once it answered, whatever it adds is news, however it is dated."""
    old = format_datetime(NOON - timedelta(days=3))

    def dated(*names: str) -> bytes:
        items = "".join(
            f"<item><title>{name}</title><guid>{name}</guid><pubDate>{old}</pubDate></item>" for name in names
        )
        return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()

    web.feeds[GAZETTE] = BROKEN
    await poller.poll(await sync(store, GAZETTE))
    web.feeds[GAZETTE] = answer(GAZETTE, dated("archive"))
    await poller.poll(await store.load_feeds([GAZETTE]))
    assert await titles(store) == []
    web.feeds[GAZETTE] = answer(GAZETTE, dated("late", "archive"))
    await poller.poll(await store.load_feeds([GAZETTE]))
    assert await titles(store) == ["late"]


async def test_a_feed_in_a_file_has_no_age_window(store: Store, poller: Poller, web: FakeFetcher) -> None:
    """The bundled feeds read the same in years."""
    url = "file:///srv/seeds/feed.xml"
    web.feeds[url] = answer(
        url, rss("x").replace(b"</item>", b"<pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate></item>")
    )
    await poller.poll(await sync(store, url))
    assert await titles(store) == ["x"]


# --- where a feed is asked -------------------------------------------------------------------------

SITE, FOUND = "https://site.example/", "https://site.example/rss"
PAGE = f"<!doctype html><link rel=alternate type=application/rss+xml href='{FOUND}'><p>Hi</p>".encode()


async def asked(store: Store, poller: Poller, web: FakeFetcher, url: str) -> list[str]:
    """Return which addresses another poll of the feed at ``url`` asks."""
    web.asked.clear()
    await poller.poll(await store.load_feeds([url]))
    return [feed.asked for feed in web.asked]


async def test_a_feed_that_moved_for_good_is_asked_there(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """Until nothing is there: then its configured address is asked again, without the other's validators."""
    await sync(store, GAZETTE)
    web.feeds[GAZETTE] = replace(answer(FOUND, rss("bridge"), etag='"1"'), moved_to=FOUND)
    web.feeds[FOUND] = answer(FOUND, rss("bridge", "school"), etag='"2"')
    assert await asked(store, poller, web, GAZETTE) == [GAZETTE]
    assert await asked(store, poller, web, GAZETTE) == [FOUND]
    assert (await state(store, GAZETTE)).address == FOUND
    web.feeds[FOUND] = FetchError(FetchCause.NOT_FOUND, "nothing there")
    assert await asked(store, poller, web, GAZETTE) == [FOUND]
    assert await asked(store, poller, web, GAZETTE) == [GAZETTE]
    assert web.asked[0].etag is None
    assert await titles(store) == ["bridge", "school"]


async def test_a_site_leads_to_its_feed(store: Store, poller: Poller, web: FakeFetcher) -> None:
    """The page, which may have been a feed before, is asked once; then the feed that it names."""
    await sync(store, SITE)
    web.feeds[SITE] = answer(SITE, rss("old"), etag='"old"')
    assert await asked(store, poller, web, SITE) == [SITE]
    web.feeds = {SITE: answer(SITE, PAGE, etag='"page"'), FOUND: answer(FOUND, rss("bridge"), etag='"feed"')}
    assert await asked(store, poller, web, SITE) == [SITE, FOUND]
    assert [feed.etag for feed in web.asked] == ['"old"', None]
    assert await asked(store, poller, web, SITE) == [FOUND]
    assert web.asked[0].etag == '"feed"'
    assert await titles(store) == ["old", "bridge"]


async def test_a_site_whose_feed_cannot_be_had_says_so(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """The words name both; nothing about it is remembered."""
    await sync(store, SITE)
    web.feeds = {SITE: answer(SITE, PAGE), FOUND: answer(FOUND, PAGE)}
    assert await asked(store, poller, web, SITE) == [SITE, FOUND]
    told = await state(store, SITE)
    assert (told.cause, told.address) == (FetchCause.NOT_A_FEED, None)
    assert "the feed that it names cannot be had" in told.message


async def test_a_feed_whose_host_is_left_alone_has_not_failed(
    store: Store, poller: Poller, web: FakeFetcher, clock: FakeClock
) -> None:
    """Nobody asked it: it waits for its host, with the reason, and is counted under its cause."""
    await sync(store, COURIER)
    web.feeds[COURIER] = HostHeld(FetchCause.TIMEOUT, "left alone", retry_after=10 * MINUTES)
    summary = await poller.poll(await store.load_feeds([COURIER]))
    told = await state(store, COURIER)
    assert (summary.failed, told.failures, told.message) == ({"timed out": 1}, 0, "left alone")
    assert told.next_at is not None
    assert 10 * MINUTES <= told.next_at - clock.now <= 12 * MINUTES


async def test_what_a_feed_wishes_holds_while_it_is_unchanged(
    store: Store, poller: Poller, web: FakeFetcher, clock: FakeClock
) -> None:
    """A 304 repeats neither the ttl nor the dates."""
    await sync(store, COURIER)
    for given in (answer(COURIER, rss("x", head="<ttl>60</ttl>")), answer(COURIER, None)):
        web.feeds[COURIER] = given
        await poller.poll(await store.load_feeds([COURIER]))
        assert (await state(store, COURIER)).next_at == clock.now + 60 * MINUTES


async def test_a_feed_whose_list_turns_over_in_minutes_is_asked_in_minutes(
    store: Store, poller: Poller, web: FakeFetcher, clock: FakeClock
) -> None:
    """Twenty entries in twenty minutes: every five, and so while it is unchanged."""
    items = "".join(
        f"<item><guid>{n}</guid><pubDate>{format_datetime(NOON - n * MINUTES)}</pubDate></item>"
        for n in range(21)
    )
    await sync(store, COURIER)
    for body in (f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), None):
        web.feeds[COURIER] = answer(COURIER, body)
        await poller.poll(await store.load_feeds([COURIER]))
        assert (await state(store, COURIER)).next_at == clock.now + 5 * MINUTES


# --- what goes wrong ---------------------------------------------------------------------------------


async def test_an_unknown_error_comes_out_and_leaves_no_task(
    store: Store, poller: Poller, web: FakeFetcher
) -> None:
    """It is no publisher's fault, so it is not counted as one."""
    web.feeds[GAZETTE] = LookupError("a fault of ours")
    web.held[COURIER] = asyncio.Event()
    before = asyncio.all_tasks()
    with pytest.raises(LookupError):
        await poller.poll(await sync(store, GAZETTE, COURIER))
    await asyncio.sleep(0)
    assert asyncio.all_tasks() - before == set()


async def test_each_failure_is_told_with_its_feed(store: Store, web: FakeFetcher, clock: FakeClock) -> None:
    """One that cannot be read is told as one that cannot be had; feeds that answer are not."""
    failures: list[tuple[str, FetchCause]] = []
    poller = Poller(store, web, clock, lambda feed, error: failures.append((feed.url, error.cause)))  # type: ignore[arg-type]
    web.feeds["https://a.example/"] = answer("https://a.example/", b"no feed")
    await poller.poll(await sync(store, GAZETTE, COURIER, "https://a.example/"))
    assert sorted(failures) == [
        ("https://a.example/", FetchCause.NOT_A_FEED),
        (COURIER, FetchCause.SERVER_ERROR),
    ]


# --- over the wire -----------------------------------------------------------------------------------


@pytest.mark.wire
async def test_good_and_bad_feeds_in_one_round(store: Store, clock: FakeClock) -> None:
    """The real fetcher and parser: each publisher's misbehaviour is counted under its cause."""
    async with FeedServer() as server, Fetcher(server.allow) as fetcher:
        urls = [
            server.on("/good", conditional(rss("bridge"), etag='"1"')),
            server.on("/empty", reply(rss())),
            server.on("/gone", status(410)),
            server.on("/often", status(429, retry_after="7200")),
            server.on("/loop", redirect("/loop")),
            server.on("/bomb", gzip_bomb(50)),
            server.on("/png", reply(b"\x89PNG" + bytes(100))),
            server.on("/html", reply(b"<!doctype html><title>Sorry</title>")),
            "http://127.0.0.1:9/private",
        ]
        poller = Poller(store, fetcher, clock)
        first = await poller.poll(await sync(store, *urls))
        second = await poller.poll(await store.load_feeds(urls))
    causes = "gone|rate limited|too many redirects|too large|refused address".split("|")
    assert first.failed == {**dict.fromkeys(causes, 1), "not a feed": 2}
    assert (first.feeds, first.new, first.not_modified) == (9, 1, 0)
    assert (second.feeds, second.new, second.not_modified, second.failed) == (9, 0, 1, first.failed)
    often = await state(store, urls[3])
    assert often.next_at is not None
    assert often.next_at >= clock.now + timedelta(hours=2)
    gone = await state(store, urls[2])
    assert gone.next_at == clock.now + timedelta(days=7)


# --- feeds that are slow -----------------------------------------------------------------------------


async def test_a_round_does_not_wait_for_slow_feeds_and_the_next_one_stores_them(
    store: Store, poller: Poller, web: FakeFetcher, clock: FakeClock
) -> None:
    """Meanwhile they are not asked again, and the others are, however often their time comes."""
    web.feeds[COURIER] = answer(COURIER, rss("late"))
    web.held[COURIER] = asyncio.Event()
    await sync(store, GAZETTE, COURIER)
    no_time = timedelta(seconds=0.05)
    assert (await poller.poll_due(no_time)).feeds == 1
    clock.advance(20 * MINUTES)
    assert (await poller.poll_due(no_time)).feeds == 1
    assert sorted(feed.url for feed in web.asked) == sorted([GAZETTE, GAZETTE, COURIER])
    assert await titles(store) == ["bridge", "school"]
    web.held[COURIER].set()
    assert (await poller.poll_due()).new == 1
    assert (await poller.poll_due()).feeds == 0


async def test_a_round_that_is_not_hurried_waits_for_all(
    store: Store, poller: Poller, web: FakeFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at a start, whose first digests should tell of every feed; what is there is stored meanwhile."""
    monkeypatch.setattr("digests.poll._QUIET", timedelta(seconds=0.02))
    web.feeds[COURIER] = answer(COURIER, rss("late"))
    web.held[COURIER] = asyncio.Event()
    await sync(store, GAZETTE, COURIER)
    polling = asyncio.create_task(poller.poll_due(timedelta(seconds=20), hurried=False))
    async with asyncio.timeout(10):
        while await titles(store) != ["bridge", "school"]:  # noqa: ASYNC110 - the store knows no event
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert not polling.done()
    web.held[COURIER].set()
    assert (await polling).feeds == 2
