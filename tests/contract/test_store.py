"""What every storage must do; the same tests run on each of ``STORAGES``."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digests.errors import FetchCause, StorageError
from digests.model import EntryToStore, FeedPoll, FeedState, FeedToFetch, PartState, PollOutcome
from digests.storage.store import Store
from tests.make import (
    GAZETTE,
    HOUR,
    NOON,
    make_analysis,
    make_article,
    make_digest,
    make_document,
    make_entry,
    make_feed,
    make_part,
    make_poll,
)

STORAGES = ["sqlite"]
COURIER = "https://courier.example/feed"
SAMPLES = "file:///srv/seeds/feed.xml"
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=STORAGES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store that knows three feeds and one channel."""
    assert request.param == "sqlite"
    async with await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store:
        await store.sync_feeds([make_feed(url) for url in (GAZETTE, COURIER, SAMPLES)], NOON)
        await store.sync_channels(["city-desk", "sports"], NOON)
        yield store


async def read(store: Store, *entries: EntryToStore, url: str = GAZETTE, **changes: object) -> list[int]:
    """Announce ``entries`` at noon, read them all, and return the articles' rows in the entries' order."""
    await store.record_polls([make_poll(*entries, url=url)])
    rows = {article.url: article.id for article in await store.load_pending(None, 1000)}
    for id_ in rows.values():
        await store.save_read(id_, make_article(**changes), make_analysis(), NOON)
    return [rows[entry.url] for entry in entries]


# --- feeds ---------------------------------------------------------------------------------------


async def test_a_new_feed_is_due_and_a_polled_one_waits_its_time(store: Store) -> None:
    """Never asked, or the time has come: those are due."""
    await store.record_polls([make_poll(), make_poll(url=COURIER, next_at=NOON + MINUTE)])

    async def due(wait: timedelta) -> set[str]:
        return {feed.url for feed in await store.load_due_feeds(NOON + wait)}

    assert await due(timedelta(0)) == {SAMPLES}
    assert await due(MINUTE) == {SAMPLES, COURIER}
    assert await due(HOUR) == {SAMPLES, COURIER, GAZETTE}


async def test_what_a_feed_answered_goes_into_the_next_request(store: Store) -> None:
    """Name and freshness come from the configuration, the validators from the last answer."""
    await store.sync_feeds([make_feed(name="The Gazette", every=2 * HOUR)], NOON)
    await store.record_polls([make_poll(etag='"v1"', last_modified="Mon, 02 Mar 2026 11:00:00 GMT")])
    expected = FeedToFetch(
        url=GAZETTE,
        name="The Gazette",
        every=2 * HOUR,
        etag='"v1"',
        last_modified="Mon, 02 Mar 2026 11:00:00 GMT",
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


async def test_only_a_feed_that_answered_counts_as_polled(store: Store) -> None:
    """A failed first poll leaves the next one the first."""
    failed = make_poll(url=COURIER, outcome=PollOutcome.FAILED, cause=FetchCause.DNS)
    await store.record_polls([make_poll(), failed])
    assert await store.load_polled([GAZETTE, COURIER, SAMPLES]) == {GAZETTE}


async def test_failures_are_told_of_feeds_whose_last_poll_failed(store: Store) -> None:
    """Counted in a row; nothing is told of feeds that are well, or unknown."""
    polls = {
        url: make_poll(url=url, outcome=PollOutcome.FAILED, cause=FetchCause.DNS)
        for url in (GAZETTE, COURIER)
    }
    for failing in ([GAZETTE, COURIER], [GAZETTE, COURIER]):
        await store.record_polls([polls[url] for url in failing])
    await store.record_polls([make_poll()])
    assert await store.load_failures([GAZETTE, COURIER, SAMPLES, "https://stranger.example/"]) == {COURIER: 2}


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


# --- articles ------------------------------------------------------------------------------------


async def test_fresh_entries_wait_to_be_read_and_the_others_do_not(store: Store) -> None:
    """An archive is remembered, so that it never counts as new, and is not read."""
    await store.record_polls([make_poll(make_entry(1), make_entry(2, fresh=False))])
    assert [article.title for article in await store.load_pending(None, 10)] == ["Headline 1"]
    assert await store.record_polls([make_poll(make_entry(2))]) == (0,)
    assert await store.count_pending(None) == 1


async def test_what_one_feed_only_remembers_is_news_where_another_announces_it(store: Store) -> None:
    """An archive entry does not ride on the article that another feed brings in the same batch."""
    polls = [make_poll(make_entry(1)), make_poll(make_entry(1, fresh=False), url=COURIER)]
    assert await store.record_polls(polls) == (1, 1)
    assert await store.count_pending([GAZETTE]) == 1
    assert await store.count_pending([COURIER]) == 0


async def test_an_article_in_two_feeds_is_one(store: Store) -> None:
    """The outlet is that of the feed that announced it first, in one batch or in two."""
    await store.record_polls([make_poll(make_entry(1), make_entry(2)), make_poll(make_entry(1), url=COURIER)])
    await store.record_polls([make_poll(make_entry(2), url=COURIER, title="The Courier")])
    articles = await store.load_pending(None, 10)
    assert [(article.title, article.outlet) for article in articles] == [
        ("Headline 1", "The Gazette"),
        ("Headline 2", "The Gazette"),
    ]
    assert await store.count_pending([COURIER]) == 2


async def test_a_pending_article_carries_what_the_feed_said_of_it(store: Store) -> None:
    """It is all that the reading needs: outlet by the operator's name, files marked as such."""
    entry = make_entry(author="Ana Ruiz", published=NOON - HOUR, summary_html="<p>s", content_html="<p>c")
    await store.sync_feeds([make_feed(SAMPLES, name="Samples")], NOON)
    await store.record_polls([make_poll(entry, url=SAMPLES)])
    (article,) = await store.load_pending(None, 10)
    assert (article.outlet, article.author, article.from_file) == ("Samples", "Ana Ruiz", True)
    assert (article.summary_html, article.content_html) == ("<p>s", "<p>c")
    assert (article.published, article.arrived) == (NOON - HOUR, NOON)


async def test_articles_are_read_in_the_order_they_arrived(store: Store) -> None:
    """At most ``limit``, and only those of the feeds that are asked for."""
    await store.record_polls([make_poll(make_entry(3), at=NOON + HOUR)])
    await store.record_polls([make_poll(make_entry(1), make_entry(2), url=COURIER)])
    assert [article.title[-1] for article in await store.load_pending(None, 10)] == ["1", "2", "3"]
    assert [article.title[-1] for article in await store.load_pending(None, 2)] == ["1", "2"]
    assert [article.title[-1] for article in await store.load_pending([GAZETTE], 10)] == ["3"]
    assert await store.load_pending([], 10) == ()


async def test_a_read_article_comes_back_whole_and_waits_no_more(store: Store) -> None:
    """Text and analysis are stored together; without an analysis the headline is kept."""
    await store.record_polls([make_poll(make_entry(1), make_entry(2))])
    first, second = await store.load_pending(None, 10)
    await store.save_read(first.id, make_article(), make_analysis(), NOON + MINUTE)
    await store.save_read(second.id, make_article(text=""), None, NOON + MINUTE)
    assert await store.count_pending(None) == 0
    found = await store.load_article("https://gazette.example/1")
    assert found is not None
    assert (found.id, found.article, found.analysis) == (first.id, make_article(), make_analysis())
    assert found.arrived == NOON
    headline = await store.load_article("https://gazette.example/2")
    assert headline is not None
    assert headline.analysis is None


async def test_reading_again_replaces_the_analysis(store: Store) -> None:
    """A better engine's result takes the place of the old one."""
    (id_,) = await read(store, make_entry())
    await store.save_read(id_, make_article(title="Corrected"), make_analysis(engine="rules-2"), NOON)
    found = await store.load_article("https://gazette.example/1")
    assert found is not None
    assert found.analysis is not None
    assert (found.article.title, found.analysis.engine) == ("Corrected", "rules-2")


async def test_an_unknown_or_unread_article_is_none(store: Store) -> None:
    """Only what was read can be shown."""
    await store.record_polls([make_poll(make_entry())])
    assert await store.load_article("https://gazette.example/1") is None
    assert await store.load_article("https://gazette.example/9") is None


async def test_text_that_no_database_takes_does_not_undo_a_batch(store: Store) -> None:
    r"""A JSON feed can spell half a character (``\ud800``) and NUL; the entry is kept without them."""
    bad = make_entry(1, key="k\0\ud800", title="a\0b\ud800c")
    assert await store.record_polls([make_poll(bad, make_entry(2))]) == (2,)
    assert await store.record_polls([make_poll(bad)]) == (0,)
    assert [article.title for article in await store.load_pending(None, 10)] == ["ab?c", "Headline 2"]


# --- what a channel can be told ------------------------------------------------------------------


async def told(store: Store, since: timedelta | None = None, urls: tuple[str, ...] = (GAZETTE,)) -> list[int]:
    """Return the rows that ``city-desk`` can be told, ``since`` counted from noon."""
    articles = await store.load_for_channel("city-desk", urls, None if since is None else NOON + since)
    return [article.id for article in articles]


async def test_a_channel_is_told_what_its_feeds_announced_and_was_read(store: Store) -> None:
    """Not what waits to be read, not what other feeds announced, not what was only remembered."""
    first, _ = await read(store, make_entry(1), make_entry(2))
    (third,) = await read(store, make_entry(3), url=COURIER)
    polls = [make_poll(make_entry(4)), make_poll(make_entry(2, fresh=False), make_entry(1), url=COURIER)]
    await store.record_polls(polls)
    assert set(await told(store, urls=(COURIER,))) == {first, third}
    assert await told(store, urls=()) == []


async def test_the_newest_published_come_first(store: Store) -> None:
    """By the date that the article shows, else the feed's, else when it arrived."""
    old = make_entry(1, published=NOON - 2 * HOUR)
    new, undated = make_entry(2, published=NOON - HOUR), make_entry(3)
    ids = await read(store, old, new, undated)
    assert await told(store) == [ids[2], ids[1], ids[0]]
    await store.save_read(ids[0], make_article(published=NOON + HOUR), None, NOON)
    assert await told(store) == [ids[0], ids[2], ids[1]]


async def test_since_keeps_out_what_was_announced_and_read_before(store: Store) -> None:
    """A new channel starts with the last day, whatever the database holds."""
    ids = await read(store, make_entry())
    assert await told(store, since=timedelta(0)) == ids
    assert await told(store, since=MINUTE) == []


async def test_what_was_read_late_is_not_lost(store: Store) -> None:
    """An article that waited in the queue past a digest is told in the next."""
    await store.record_polls([make_poll(make_entry(), at=NOON - HOUR)])
    (article,) = await store.load_pending(None, 10)
    await store.save_read(article.id, make_article(published=NOON - 9 * HOUR), None, NOON + HOUR)
    assert await told(store, since=timedelta(0)) == [article.id]


async def test_what_a_second_feed_announces_late_is_not_lost(store: Store) -> None:
    """It is news to a channel that follows that feed alone."""
    ids = await read(store, make_entry())
    await store.record_polls([make_poll(make_entry(), url=COURIER, at=NOON + HOUR)])
    assert await told(store, since=HOUR, urls=(COURIER,)) == ids
    assert await told(store, since=HOUR, urls=(GAZETTE,)) == []


async def test_feeds_of_files_know_no_age(store: Store) -> None:
    """The bundled digest reads the same in 2030."""
    ids = await read(store, make_entry(published=NOON - 9999 * HOUR), url=SAMPLES)
    assert await told(store, since=9999 * HOUR, urls=(SAMPLES, GAZETTE)) == ids


# --- channels and digests ------------------------------------------------------------------------


async def test_a_channel_is_first_seen_once(store: Store) -> None:
    """Later starts, and its absence from the configuration, change nothing."""
    await store.sync_channels([], NOON + HOUR)
    await store.sync_channels(["city-desk", "new"], NOON + 2 * HOUR)
    assert (await store.load_channel("city-desk")).first_seen == NOON
    assert (await store.load_channel("new")).first_seen == NOON + 2 * HOUR
    with pytest.raises(StorageError, match="no channel 'gone'"):
        await store.load_channel("gone")


async def test_a_digest_is_stored_with_all_that_belongs_to_it(store: Store) -> None:
    """Its document, its slot, that its articles were told, and its parts: one transaction."""
    ids = await read(store, make_entry(1), make_entry(2))
    parts = [make_part(1), make_part(2)]
    digest = make_digest(ids[0])
    assert await store.save_digest(digest, make_document(), slot=NOON - MINUTE, parts=parts)
    assert await told(store) == [ids[1]]
    assert (await store.load_channel("city-desk")).last_slot == NOON - MINUTE
    last = await store.load_last_digest("city-desk")
    assert last is not None
    assert (last.channel, last.built_at, last.document) == ("city-desk", NOON, make_document())
    assert [part.key for part in await store.load_parts([PartState.WAITING])] == ["C1-1", "C1-2"]


async def test_an_article_is_told_once_a_channel(store: Store) -> None:
    """A second digest with it is refused whole: its other articles, its slot and its parts too."""
    ids = await read(store, make_entry(1), make_entry(2))
    assert await store.save_digest(make_digest(ids[0]), make_document(), slot=NOON, parts=[make_part(1)])
    second = make_digest(*reversed(ids))
    slot = NOON + HOUR
    assert not await store.save_digest(second, make_document(title="2"), slot=slot, parts=[make_part(2)])
    assert await told(store) == [ids[1]]
    assert (await store.load_channel("city-desk")).last_slot == NOON
    assert [part.key for part in await store.load_parts([PartState.WAITING])] == ["C1-1"]
    last = await store.load_last_digest("city-desk")
    assert last is not None
    assert last.document == make_document()
    assert await store.save_digest(make_digest(*ids, channel="sports"), make_document(), slot=NOON, parts=[])


async def test_an_article_twice_in_one_digest_is_no_conflict(store: Store) -> None:
    """Two stories may lean on one article."""
    (id_,) = await read(store, make_entry())
    assert await store.save_digest(make_digest(id_, id_), make_document(), slot=None, parts=[])


@pytest.mark.parametrize("later", [timedelta(0), -HOUR], ids=["same", "earlier"])
async def test_a_slot_is_told_once(store: Store, later: timedelta) -> None:
    """An alarm that fires twice, or after the clock was set back, posts nothing more."""
    ids = await read(store, make_entry(1), make_entry(2))
    assert await store.save_digest(make_digest(ids[0]), make_document(), slot=NOON, parts=[])
    parts = [make_part(1)]
    second = make_digest(ids[1])
    assert not await store.save_digest(second, make_document(), slot=NOON + later, parts=parts)
    assert not await store.record_slot("city-desk", NOON + later, parts)
    assert await store.load_parts([PartState.WAITING]) == ()
    assert await told(store) == [ids[1]]


async def test_an_empty_slot_is_remembered_with_the_line_that_says_so(store: Store) -> None:
    """No digest is stored for it."""
    assert await store.record_slot("city-desk", NOON, [make_part(1)])
    assert await store.record_slot("city-desk", NOON + HOUR)
    assert (await store.load_channel("city-desk")).last_slot == NOON + HOUR
    assert len(await store.load_parts([PartState.WAITING])) == 1
    assert await store.load_last_digest("city-desk") is None


async def test_a_digest_outside_the_schedule_moves_no_slot(store: Store) -> None:
    """What is shared by hand leaves the next scheduled digest where it is."""
    (id_,) = await read(store, make_entry())
    assert await store.save_digest(make_digest(id_), make_document(), slot=None, parts=[])
    assert (await store.load_channel("city-desk")).last_slot is None


async def test_a_digest_that_fails_half_way_leaves_nothing(store: Store) -> None:
    """A part's key that was used before is a mistake; what went before it is undone with it."""
    (id_,) = await read(store, make_entry())
    await store.queue_parts([make_part(1)])
    with pytest.raises(StorageError):
        await store.save_digest(make_digest(id_), make_document(), slot=NOON, parts=[make_part(1)])
    assert await told(store) == [id_]
    assert await store.load_last_digest("city-desk") is None
    assert (await store.load_channel("city-desk")).last_slot is None


async def test_of_digests_built_at_once_one_wins(store: Store) -> None:
    """Two builders with the same articles: one is stored, the others hear that they came too late."""
    ids = await read(store, *(make_entry(number) for number in range(5)))
    results = await asyncio.gather(
        *(
            store.save_digest(make_digest(*ids), make_document(), slot=None, parts=[make_part(number)])
            for number in range(8)
        )
    )
    assert sorted(results) == [False] * 7 + [True]
    assert await store.count_waiting() == 1


# --- outbox --------------------------------------------------------------------------------------


async def test_a_part_comes_back_as_it_was(store: Store) -> None:
    """Payload, key and time, and then whatever delivery made of it."""
    await store.queue_parts([make_part(payload={"embeds": [{"n": None, "text": "é"}]})])
    (part,) = await store.load_due_parts(NOON)
    assert part == make_part(payload={"embeds": [{"n": None, "text": "é"}]}, id=part.id)
    tried = replace(part, attempts=2, note="cut", message_id="m1")
    changed = replace(tried, state=PartState.UNKNOWN, due_at=NOON + HOUR)
    await store.save_part(changed)
    assert await store.load_parts([PartState.UNKNOWN]) == (changed,)


@pytest.mark.parametrize(
    ("state", "due_at", "due"),
    [
        pytest.param(PartState.WAITING, NOON, ["C1-1", "C2-1"], id="due"),
        pytest.param(PartState.WAITING, NOON + MINUTE, ["C2-1"], id="not due"),
        pytest.param(PartState.SENDING, NOON, ["C2-1"], id="being sent"),
        pytest.param(PartState.UNKNOWN, NOON, ["C1-1", "C2-1"], id="to be looked for"),
        pytest.param(PartState.UNKNOWN, NOON + MINUTE, ["C2-1"], id="to be looked for later"),
        pytest.param(PartState.PARKED, NOON, ["C2-1"], id="parked"),
        pytest.param(PartState.SENT, NOON, ["C1-2", "C2-1"], id="sent"),
    ],
)
async def test_the_first_unsent_part_of_a_channel_decides(
    store: Store, state: PartState, due_at: object, due: list[str]
) -> None:
    """Those after it wait for it; other channels, and the same address elsewhere, go on."""
    first = make_part(1, state=state, due_at=due_at)
    await store.queue_parts([first, make_part(2), make_part(1, channel="C2"), make_part(2, channel="C2")])
    assert [part.key for part in await store.load_due_parts(NOON)] == due
    following = await store.load_next_part("fake", "C1", NOON)
    assert (following.key if following else None) == next((key for key in due if key < "C2"), None)
    assert await store.load_next_part("slack", "C1", NOON) is None


async def test_the_next_due_moment_is_that_of_a_part_that_may_go(store: Store) -> None:
    """One that is held back does not count, or the loop would turn without rest."""
    assert await store.next_due_at() is None
    await store.queue_parts([make_part(1, due_at=NOON + HOUR), make_part(2, due_at=NOON)])
    assert await store.next_due_at() == NOON + HOUR
    await store.queue_parts([make_part(1, channel="C2", due_at=NOON + MINUTE)])
    assert await store.next_due_at() == NOON + MINUTE


async def test_what_a_crash_left_half_sent_becomes_unknown(store: Store) -> None:
    """It is due at once, keeps its place, and says what happened."""
    await store.queue_parts([make_part(1, state=PartState.SENDING), make_part(2)])
    assert await store.recover_sending() == 1
    (part,) = await store.load_due_parts(NOON)
    assert (part.key, part.state) == ("C1-1", PartState.UNKNOWN)
    assert "stopped" in part.note
    assert await store.recover_sending() == 0


async def test_parked_parts_come_back_to_be_looked_for_first(store: Store) -> None:
    """A part can be parked because it could not be looked for: it must not be sent blindly."""
    await store.queue_parts([make_part(1, state=PartState.PARKED), make_part(2)])
    assert await store.resume_parked(NOON + HOUR) == 1
    (part,) = await store.load_due_parts(NOON + HOUR)
    assert (part.key, part.state, part.due_at) == ("C1-1", PartState.UNKNOWN, NOON + HOUR)


async def test_waiting_parts_are_those_that_will_go_by_themselves(store: Store) -> None:
    """Sent and parked ones do not count."""
    await store.queue_parts([make_part(number, state=state) for number, state in enumerate(PartState)])
    assert await store.count_waiting() == 3


# --- all of it -----------------------------------------------------------------------------------


async def test_facts_are_remembered(store: Store) -> None:
    """A later value takes the place of the earlier one."""
    assert await store.get_fact("commands") is None
    await store.set_fact("commands", "v1")
    await store.set_fact("commands", "v2")
    assert await store.get_fact("commands") == "v2"


async def test_many_tasks_use_it_at_once(store: Store) -> None:
    """Pollers, readers and builders run side by side; nothing is lost and nobody fails."""

    async def poll(number: int) -> tuple[int, ...]:
        return await store.record_polls([make_poll(*(make_entry(number * 10 + n) for n in range(10)))])

    async def look() -> int:
        await store.load_due_feeds(NOON)
        return await store.count_pending([GAZETTE])

    counts = await asyncio.gather(*(poll(number) for number in range(30)), *(look() for _ in range(30)))
    assert counts[:30] == [(10,)] * 30
    assert await store.count_pending(None) == 300


async def test_a_cancelled_task_leaves_no_half_of_a_transaction(store: Store) -> None:
    """Ctrl-C can come at any await: what was cut short left nothing or all, and the next one goes through."""
    stored = 0
    for pause in range(40):
        entries = [make_entry(1000 * pause + number) for number in range(50)]
        task = asyncio.create_task(store.record_polls([make_poll(*entries)]))
        await asyncio.sleep(pause / 5000)
        task.cancel()
        await asyncio.wait([task])
        now_stored = await store.count_pending(None)
        assert now_stored - stored in {0, 50}
        stored = now_stored
    async with asyncio.timeout(5):
        assert await store.record_polls([make_poll(make_entry(0, key="last"))]) == (1,)
