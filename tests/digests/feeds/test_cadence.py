from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import FetchCause, FetchError, HostHeld
from digests.feeds.cadence import matters, next_after_answer, next_after_failure
from digests.model import FeedToFetch, Wishes

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FEED = FeedToFetch(url="https://courier.example/rss", every=15 * MINUTE)


@pytest.mark.parametrize(
    ("max_age", "ttl", "wait"),
    [
        pytest.param(None, None, 15 * MINUTE, id="no wish"),
        pytest.param(5 * MINUTE, None, 15 * MINUTE, id="shorter wish"),
        pytest.param(HOUR, None, HOUR, id="cache header"),
        pytest.param(None, HOUR, HOUR, id="ttl"),
        pytest.param(HOUR, 2 * HOUR, 2 * HOUR, id="the longer of both"),
        pytest.param(200 * HOUR, None, 24 * HOUR, id="a day at most"),
    ],
)
def test_an_answered_feed_is_asked_again_at_its_pace_unless_it_forbids(max_age, ttl, wait):
    """``every`` is how fresh at least; wishes only lengthen the wait."""
    assert next_after_answer(FEED, now=NOON, max_age=max_age, wishes=Wishes(ttl=ttl)) == NOON + wait


@pytest.mark.parametrize(
    ("turnover", "max_age", "wait"),
    [
        pytest.param(40 * MINUTE, None, 10 * MINUTE, id="four looks while it turns over"),
        pytest.param(timedelta(), None, 2 * MINUTE, id="two minutes at least"),
        pytest.param(5 * HOUR, None, 15 * MINUTE, id="slower than asked for"),
        pytest.param(40 * MINUTE, HOUR, HOUR, id="the publisher forbids it"),
    ],
)
def test_a_list_that_turns_over_fast_is_asked_faster(turnover, max_age, wait):
    """Else entries come and go unseen; never slower for it, and never against the publisher's wish."""
    assert matters(turnover, FEED.every) == (turnover < HOUR)
    at = next_after_answer(FEED, now=NOON, max_age=max_age, wishes=Wishes(turnover=turnover))
    assert at == NOON + wait


@pytest.mark.parametrize(
    ("hours", "days", "at"),
    [
        pytest.param({11}, set(), "12:15", id="another hour"),
        pytest.param({12}, set(), "13:00", id="this hour"),
        pytest.param({12, 13, 14}, set(), "15:00", id="three hours"),
        pytest.param(set(), {0}, "00:00", id="this day"),
        pytest.param(set(range(24)), set(), "12:15", id="every hour"),
    ],
)
def test_hours_and_days_that_a_feed_skips_are_skipped(hours, days, at):
    """The first moment after them is the next one; NOON is a Monday's."""
    wishes = Wishes(skip_hours=frozenset(hours), skip_days=frozenset(days))
    found = next_after_answer(FEED, now=NOON, wishes=wishes)
    assert (f"{found:%H:%M}", found.weekday()) == (at, 1 if days else 0)


def test_a_feed_whose_host_is_held_is_asked_soon_after():
    """However often it failed before; feeds of one host part ways by a fifth of the wait."""
    held = HostHeld(FetchCause.TIMEOUT, "held", retry_after=10 * MINUTE)
    at = next_after_failure(FEED, now=NOON, failures=9, error=held)
    assert NOON + 10 * MINUTE <= at <= NOON + 12 * MINUTE


def test_a_feed_that_is_gone_from_where_it_moved_is_asked_where_it_was():
    """At its pace: the configured address never said that it is gone."""
    moved = FeedToFetch(url=FEED.url, every=FEED.every, address="https://new.example/rss")
    error = FetchError(FetchCause.GONE, "gone")
    assert next_after_failure(moved, now=NOON, failures=1, error=error) <= NOON + 18 * MINUTE


def test_failures_double_the_wait_up_to_six_hours():
    """Back-off is exponential, with a jitter of a fifth at most on top."""
    waits = [next_after_failure(FEED, now=NOON, failures=n) - NOON for n in range(1, 9)]
    for wait, minutes in zip(waits, (15, 30, 60, 120, 240, 360, 360, 360), strict=True):
        assert minutes * MINUTE <= wait <= 1.2 * minutes * MINUTE


def test_the_jitter_depends_on_the_address_alone():
    """The same feed always gets the same moment; two feeds of one dead host part ways."""
    other = FeedToFetch(url="https://courier.example/sport", every=FEED.every)
    once, again = (next_after_failure(FEED, now=NOON, failures=3) for _ in range(2))
    assert once == again != next_after_failure(other, now=NOON, failures=3)


def test_a_gone_feed_is_asked_again_in_a_week():
    """410 means for good; a week catches the mistaken ones."""
    error = FetchError(FetchCause.GONE, "gone")
    assert next_after_failure(FEED, now=NOON, failures=1, error=error) == NOON + timedelta(days=7)


@given(
    st.timedeltas(MINUTE, timedelta(days=30)),
    st.timedeltas(timedelta(), timedelta(days=7)),
    st.integers(0, 10_000),
)
def test_a_failed_feed_is_never_asked_before_retry_after_nor_before_its_pace(every, retry_after, failures):
    """Neither the publisher's wish nor the operator's pace is undercut, however long it has failed."""
    error = FetchError(FetchCause.RATE_LIMITED, "busy", retry_after=retry_after)
    feed = FeedToFetch(url="https://courier.example/rss", every=every)
    wait = next_after_failure(feed, now=NOON, failures=failures, error=error) - NOON
    assert wait >= max(every, retry_after)
    assert wait <= max(1.2 * max(every, 6 * HOUR), retry_after)
