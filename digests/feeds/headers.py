"""What a server's headers say about time: when to ask again, and how long an answer stays fresh."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Longer wishes are mistakes, and a year of seconds too many overflows a timedelta.
LONGEST_WISH = timedelta(days=7)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_STORED = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long a server wants to be left alone, at most a week (RFC 9110, section 10.2.3)."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return _bounded(int(value[:10]))
    date = http_date(value)
    return None if date is None else _bounded((date - now).total_seconds())


def max_age(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long an answer stays fresh, at most a week, ``None`` where it is stale already.

    ``max-age`` wins over ``Expires``, and the time spent in caches on the way counts
    (RFC 9111, section 4.2).
    """
    control = headers.get("Cache-Control", "")
    if (not control and "Expires" not in headers) or _NOT_STORED.search(control):
        return None
    seconds = _lifetime(control, headers, now)
    age = headers.get("Age", "").strip()
    fresh = seconds - (int(age[:10]) if age.isascii() and age.isdigit() else 0)
    return _bounded(fresh) if fresh > 0 else None


def http_date(value: str) -> datetime | None:
    """Return an HTTP date as aware UTC, ``None`` where it is none."""
    if not value:
        return None
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)


def _lifetime(control: str, headers: Mapping[str, str], now: datetime) -> float:
    found = _MAX_AGE.search(control)
    if found:
        return int(found[1])
    expires = http_date(headers.get("Expires", ""))
    if expires is None:
        return 0
    return (expires - (http_date(headers.get("Date", "")) or now)).total_seconds()


def _bounded(seconds: float) -> timedelta:
    return min(timedelta(seconds=max(0.0, min(seconds, 1e9))), LONGEST_WISH)
