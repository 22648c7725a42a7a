"""When to ask a feed again: as often as the operator wants and the publisher permits."""

import hashlib
from datetime import datetime, timedelta

from digests.errors import FetchCause, FetchError, HostHeld
from digests.feeds.headers import LONGEST_WISH
from digests.model import NO_WISHES, FeedToFetch, Wishes

# A publisher that forbids asking for longer is taken to be mistaken.
_LONGEST_FRESH = timedelta(hours=24)
_LONGEST_BACK_OFF = timedelta(hours=6)
_GONE = timedelta(days=7)
# However fast a feed's list turns over.
_FASTEST = timedelta(minutes=2)
# How often a list is looked at while it turns over once: some entries come in bursts.
_LOOKS = 4
_HOURS_A_WEEK = 7 * 24
_HOUR = timedelta(hours=1)
# Failing feeds of one broken host spread over a fifth of their wait.
_JITTER = 0.2
# Past this every pace has reached the longest back-off; more would overflow a timedelta.
_MAX_DOUBLINGS = 16


def next_after_answer(
    feed: FeedToFetch, *, now: datetime, max_age: timedelta | None = None, wishes: Wishes = NO_WISHES
) -> datetime:
    """Return when to ask again after an answer: after ``feed.every``, unless the publisher forbids it.

    A list that turns over faster is asked faster, up to every two minutes. ``max_age`` (cache headers) and
    the feed's own ``ttl`` only ever lengthen the wait, to a day at most; the hours and days that it wants
    to be left alone in are skipped.
    """
    forbidden = max((wish for wish in (max_age, wishes.ttl) if wish is not None), default=timedelta())
    wait = max(_pace(feed.every, wishes.turnover), min(forbidden, _LONGEST_FRESH))
    return _after_skipped(now + wait, wishes)


def matters(turnover: timedelta | None, every: timedelta) -> bool:
    """Tell whether a list turns over so fast that ``every`` is too slow for it."""
    return turnover is not None and turnover / _LOOKS < every


def _pace(every: timedelta, turnover: timedelta | None) -> timedelta:
    return every if turnover is None else min(every, max(_FASTEST, turnover / _LOOKS))


def _after_skipped(at: datetime, wishes: Wishes) -> datetime:
    """Return the first moment from ``at`` on that the feed does not want skipped, within a week."""
    moment = at
    for _ in range(_HOURS_A_WEEK):
        if moment.hour not in wishes.skip_hours and moment.weekday() not in wishes.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + _HOUR
    return at


def next_after_failure(
    feed: FeedToFetch, *, now: datetime, failures: int, error: FetchError | None = None
) -> datetime:
    """Return when to try again after the ``failures``-th failed poll in a row (1 for the first).

    The wait doubles from ``feed.every`` up to six hours, plus up to a fifth that depends on the
    address alone; never sooner than ``Retry-After``, a week later where the feed is gone. One that was not
    asked because its host is held is asked soon after.
    """
    jitter = 1 + _JITTER * _share(feed.url)
    asked = min((error.retry_after if error else None) or timedelta(), LONGEST_WISH)
    if isinstance(error, HostHeld):
        return now + asked * jitter
    if error is not None and error.cause is FetchCause.GONE and feed.address is None:
        return now + _GONE
    doublings = min(max(failures, 1) - 1, _MAX_DOUBLINGS)
    back_off = min(feed.every * (1 << doublings), max(feed.every, _LONGEST_BACK_OFF))
    return now + max(back_off * jitter, asked)


def _share(url: str) -> float:
    """Return a number from 0 to 1 that is always the same for one address."""
    return int.from_bytes(hashlib.sha256(url.encode()).digest()[:4]) / 0xFFFFFFFF
