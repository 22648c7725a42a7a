"""When to ask a feed again: as often as the operator wants and the publisher permits."""

import hashlib
from datetime import datetime, timedelta

from digests.errors import FetchCause, FetchError
from digests.feeds.headers import LONGEST_WISH
from digests.model import FeedToFetch

# A publisher that forbids asking for longer is taken to be mistaken.
_LONGEST_FRESH = timedelta(hours=24)
_LONGEST_BACK_OFF = timedelta(hours=6)
_GONE = timedelta(days=7)
# Failing feeds of one broken host spread over a fifth of their wait.
_JITTER = 0.2
# Past this every pace has reached the longest back-off; more would overflow a timedelta.
_MAX_DOUBLINGS = 16


def next_after_answer(
    feed: FeedToFetch, *, now: datetime, max_age: timedelta | None = None, ttl: timedelta | None = None
) -> datetime:
    """Return when to ask again after an answer: after ``feed.every``, unless the publisher forbids it.

    ``max_age`` (cache headers) and ``ttl`` (RSS 2.0) only ever lengthen the wait, to a day at most.
    """
    wishes = max((wish for wish in (max_age, ttl) if wish is not None), default=timedelta())
    return now + max(feed.every, min(wishes, _LONGEST_FRESH))


def next_after_failure(
    feed: FeedToFetch, *, now: datetime, failures: int, error: FetchError | None = None
) -> datetime:
    """Return when to try again after the ``failures``-th failed poll in a row (1 for the first).

    The wait doubles from ``feed.every`` up to six hours, plus up to a fifth that depends on the
    address alone; never sooner than ``Retry-After``, a week later where the feed is gone.
    """
    if error is not None and error.cause is FetchCause.GONE:
        return now + _GONE
    doublings = min(max(failures, 1) - 1, _MAX_DOUBLINGS)
    back_off = min(feed.every * (1 << doublings), max(feed.every, _LONGEST_BACK_OFF))
    asked = min((error.retry_after if error else None) or timedelta(), LONGEST_WISH)
    return now + max(back_off * (1 + _JITTER * _share(feed.url)), asked)


def _share(url: str) -> float:
    """Return a number from 0 to 1 that is always the same for one address."""
    return int.from_bytes(hashlib.sha256(url.encode()).digest()[:4]) / 0xFFFFFFFF
