"""What every storage must do with feeds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digests.errors import FetchCause
from digests.model import FeedPoll, FeedState, FeedToFetch, PollOutcome
from digests.storage.store import Store
from tests.contract.stored import COURIER, MINUTE, SAMPLES
from tests.make import GAZETTE, HOUR, NOON, make_entry, make_feed, make_poll


async def test_a_new_feed_is_due_and_a_polled_one_waits_its_time(store: Store) -> None:
    """Never asked, or the time has come: those are due."""
    await store.record_polls([make_poll(), make_poll(url=COURIER, next_at=NOON + MINUTE)])

    async def due(wait: timedelta) -> set[str]:
        return {feed.url for feed in await store.load_due_feeds(NOON + wait)}

    assert await due(timedelta(0)) == {SAMPLES}
    assert await due(MINUTE) == {SAMPLES, COURIER}
    assert await due(HOUR) == {SAMPLES, COURIER, GAZETTE}


async def test_the_feed_that_waits_longest_is_asked_first(store: Store) -> None:
    """One that was never asked goes before all others."""
    await store.record_polls([make_poll(), make_poll(url=COURIER, next_at=NOON + MINUTE)])
    assert [feed.url for feed in await store.load_due_feeds(NOON + HOUR)] == [SAMPLES, COURIER, GAZETTE]


async def test_a_clock_that_was_ahead_keeps_no_feed_from_being_asked(store: Store) -> None:
    """Neither one that answered in the future nor one whose failures put it off until then."""
    year = timedelta(days=365)
    ahead = make_poll(at=NOON + year, next_at=NOON + year + HOUR)
    failed = make_poll(url=COURIER, outcome=PollOutcome.FAILED, cause=FetchCause.DNS, next_at=NOON + year)
    await store.record_polls([ahead, failed, make_poll(url=SAMPLES, at=NOON, next_at=NOON + HOUR)])
    assert {feed.url for feed in await store.load_due_feeds(NOON)} == {GAZETTE, COURIER}


async def test_what_a_feed_answered_goes_into_the_next_request(store: Store) -> None:
    """Name and freshness come from the configuration, the validators from the last answer."""
    await store.sync_feeds([make_feed(name="The Gazette", every=2 * HOUR)], NOON)
    await store.record_polls(
        [make_poll(make_entry(), etag='"v1"', last_modified="Mon, 02 Mar 2026 11:00:00 GMT")]
    )
    expected = FeedToFetch(
        url=GAZETTE,
        name="The Gazette",
        every=2 * HOUR,
        etag='"v1"',
        last_modified="Mon, 02 Mar 2026 11:00:00 GMT",
        answered=True,
    )
    assert await store.load_feeds([GAZETTE, "https://unknown.example/"]) == (expected,)
    assert await store.load_due_feeds(NOON + HOUR) == (expected,)


async def test_a_feed_that_left_the_configuration_is_not_asked_and_not_forgotten(store: Store) -> None:
    """When it comes back its old entries are not news."""
    await store.record_polls([make_poll(make_entry())])
    await store.sync_feeds([make_feed(COURIER)], NOON)
    assert [feed.url for feed in await store.load_due_feeds(NOON + HOUR)] == [COURIER]
    await store.sync_feeds([make_feed(), make_feed(COURIER)], NOON)
    assert await store.record_polls([make_poll(make_entry())]) == (0,)


async def test_a_changed_setting_of_a_feed_takes_effect(store: Store) -> None:
    """Syncing again replaces name and freshness and touches nothing else."""
    await store.record_polls([make_poll(etag="v1")])
    await store.sync_feeds([make_feed(name="Renamed", every=3 * HOUR)], NOON)
    (feed,) = await store.load_feeds([GAZETTE])
    assert (feed.name, feed.every, feed.etag) == ("Renamed", 3 * HOUR, "v1")


async def test_syncing_returns_the_wanted_feeds_with_what_is_known_of_them(store: Store) -> None:
    """In the configuration's order and its words: a new one, one unchanged, one with other settings."""
    await store.sync_feeds([make_feed(), make_feed(COURIER)], NOON)
    await store.record_polls([make_poll(make_entry(), etag="v1"), make_poll(url=COURIER, etag="v2")])
    wanted = [
        make_feed("https://new.example/", name="New"),
        make_feed(COURIER, name="Renamed", every=3 * HOUR),
        make_feed(),
    ]
    new, renamed, unchanged = wanted
    assert await store.sync_feeds(wanted, NOON) == (
        new, replace(renamed, etag="v2"), replace(unchanged, etag="v1", answered=True)
    )  # fmt: skip
    assert await store.sync_feeds(wanted, NOON) == await store.load_feeds([feed.url for feed in wanted])


@pytest.mark.parametrize(("every", "due"), [(3 * HOUR, False), (15 * MINUTE, False), (MINUTE, True)])
async def test_a_feed_that_should_be_fresher_is_due_at_once(
    store: Store, every: timedelta, due: bool
) -> None:
    """Its next poll was set by the old pace; one that may be older, or is the same, waits as it was told."""
    await store.sync_feeds([make_feed()], NOON)
    await store.record_polls([make_poll()])
    await store.sync_feeds([make_feed(every=every)], NOON)
    assert bool(await store.load_due_feeds(NOON)) is due


@pytest.mark.parametrize(
    ("poll", "expected"),
    [
        pytest.param(
            make_poll(at=NOON + HOUR, title="New", etag="v2"),
            FeedState(url=GAZETTE, title="New", etag="v2", next_at=NOON + 2 * HOUR, last_success=NOON + HOUR),
            id="fetched",
        ),
        pytest.param(
            make_poll(at=NOON + HOUR, title=""),
            FeedState(url=GAZETTE, title="Old", next_at=NOON + 2 * HOUR, last_success=NOON + HOUR),
            id="fetched, no title",
        ),
        pytest.param(
            make_poll(at=NOON + HOUR, outcome=PollOutcome.NOT_MODIFIED, title=""),
            FeedState(
                url=GAZETTE,
                title="Old",
                etag="v1",
                last_modified="Sunday",
                next_at=NOON + 2 * HOUR,
                last_success=NOON + HOUR,
            ),
            id="not modified keeps the validators",
        ),
        pytest.param(
            make_poll(
                at=NOON + HOUR, outcome=PollOutcome.FAILED, cause=FetchCause.TIMEOUT, message="took over 20 s"
            ),
            FeedState(
                url=GAZETTE,
                title="Old",
                etag="v1",
                last_modified="Sunday",
                next_at=NOON + 2 * HOUR,
                last_success=NOON,
                failures=3,
                cause="timed out",
                message="took over 20 s",
            ),
            id="failed counts on",
        ),
    ],
)
async def test_a_poll_changes_its_feeds_state(store: Store, poll: FeedPoll, expected: FeedState) -> None:
    """A good poll ends the count of failures, a bad one adds to it and leaves the rest alone."""
    failed = make_poll(outcome=PollOutcome.FAILED, cause=FetchCause.DNS, message="no such host")
    await store.record_polls([make_poll(title="Old", etag="v1", last_modified="Sunday")])
    await store.record_polls([failed])
    await store.record_polls([failed])
    await store.record_polls([poll])
    assert await store.load_feed_states([GAZETTE]) == (expected,)


async def test_only_a_feed_that_had_entries_counts_as_polled(store: Store) -> None:
    """A first poll that failed, or found an empty list, leaves the next one the first."""
    failed = make_poll(url=COURIER, outcome=PollOutcome.FAILED, cause=FetchCause.DNS)
    await store.record_polls([make_poll(make_entry()), failed, make_poll(url=SAMPLES)])
    found = await store.load_feeds([GAZETTE, COURIER, SAMPLES])
    assert {feed.url: feed.answered for feed in found} == {GAZETTE: True, COURIER: False, SAMPLES: False}


async def test_a_poll_counts_the_entries_that_its_feed_never_had(store: Store) -> None:
    """By key, within the feed, each once however often the feed lists it."""
    first, second, third = make_entry(1), make_entry(2), make_entry(3)
    polls = [make_poll(first, second, second), make_poll(first, url=COURIER), make_poll(url=SAMPLES)]
    assert await store.record_polls(polls) == (2, 1, 0)
    assert await store.record_polls([make_poll(first, second, third)]) == (1,)


async def test_a_feed_may_bring_its_whole_archive(store: Store) -> None:
    """Twenty thousand entries are more than one statement takes parameters for."""
    archive = make_poll(*(make_entry(number, fresh=False) for number in range(20_000)))
    assert await store.record_polls([archive]) == (20_000,)
    assert await store.record_polls([archive]) == (0,)


async def test_a_poll_of_a_feed_that_was_never_synced_is_a_mistake(store: Store) -> None:
    """Nothing of its batch is stored."""
    with pytest.raises(ValueError, match="never synced"):
        await store.record_polls([make_poll(make_entry()), make_poll(url="https://unknown.example/")])
    assert await store.count_pending(None) == 0


async def test_a_feed_knows_how_often_in_a_row_it_failed(store: Store) -> None:
    """An answer ends the row; a feed that is unknown is left out."""
    polls = {
        url: make_poll(url=url, outcome=PollOutcome.FAILED, cause=FetchCause.DNS)
        for url in (GAZETTE, COURIER)
    }
    for failing in ([GAZETTE, COURIER], [GAZETTE, COURIER]):
        await store.record_polls([polls[url] for url in failing])
    await store.record_polls([make_poll()])
    found = await store.load_feeds([GAZETTE, COURIER, SAMPLES, "https://stranger.example/"])
    assert {feed.url: feed.failures for feed in found} == {GAZETTE: 0, COURIER: 2, SAMPLES: 0}


async def test_entries_a_day_count_from_a_day_at_least(store: Store) -> None:
    """A new feed starts with its last day: its backlog is no day's work of an hour."""
    await store.sync_feeds([make_feed("https://new.example/")], NOON)
    await store.record_polls([make_poll(make_entry(1), make_entry(2), url="https://new.example/")])
    rates = await store.load_entry_rates(["https://new.example/"], NOON - 200 * HOUR, NOON + HOUR)
    assert rates == {"https://new.example/": 2}


async def test_of_many_feeds_those_that_are_asked_for_come_in_that_order(store: Store) -> None:
    """However many: no other comes with them, and none is missing."""
    urls = [f"https://feeds.example/{number}" for number in range(300)]
    await store.sync_feeds([FeedToFetch(url=url) for url in urls], NOON)
    wanted = urls[:150:-1]
    assert [feed.url for feed in await store.load_feeds(wanted)] == wanted
    assert [feed.url for feed in await store.load_feeds(wanted[:20])] == wanted[:20]
    assert [state.url for state in await store.load_feed_states(wanted)] == wanted
    await store.record_polls([make_poll(make_entry(), url=url) for url in urls[149:152]])
    assert set(await store.load_entry_rates(wanted, NOON - HOUR, NOON + HOUR)) == {urls[151]}
