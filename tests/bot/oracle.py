"""A calendar made the slow way: what the wall clocks of a zone show, minute by minute, and nothing cleverer."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from bot.slots import Quiet

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)


def due_minutes(
    minutes: Collection[int], begin: datetime, until: datetime, zone: ZoneInfo, quiet: Quiet | None
) -> Iterator[datetime]:
    """Yield the moments in (``begin``, ``until``) at which a digest is due.

    ``minutes`` are minutes of the day. Each wall-clock minute comes once: when the clock first shows it or, where
    it is skipped, when it first shows something later. What comes in quiet hours waits for their end.
    """
    moment, waiting = begin - 3 * DAY, False
    latest = wall_clock(moment, zone)
    while (moment := moment + MINUTE) < until:
        shown = wall_clock(moment, zone)
        while latest < shown:
            latest += MINUTE
            waiting |= latest.hour * 60 + latest.minute in minutes
        if waiting and not is_quiet(shown.time(), quiet):
            waiting = False
            if moment > begin:
                yield moment


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the zone's clocks show, to the minute, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0, second=0, microsecond=0)


def is_quiet(shown: time, quiet: Quiet | None) -> bool:
    """Return whether a clock that shows ``shown`` is within the quiet hours."""
    if quiet is None:
        return False
    begin, end = quiet
    return begin <= shown < end if begin <= end else not end <= shown < begin


@cache
def changes(name: str) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """Return every clock change of a zone in 2020-2040: its minute, and the offsets before and after."""
    zone = ZoneInfo(name)
    days = [FIRST + DAY * number for number in range((LAST - FIRST).days + 1)]
    found = []
    for before, after in pairwise(days):
        old, new = _offset(before, zone), _offset(after, zone)
        if old != new:
            while after - before > MINUTE:
                middle = before + (after - before) // MINUTE // 2 * MINUTE
                before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
            found.append((after, old, new))
    return tuple(found)


def distinct_zones() -> dict[tuple[object, ...], str]:
    """Return one zone's name for each set of rules, all of the database's together."""
    return {(changes(name), _offset(FIRST, ZoneInfo(name))): name for name in sorted(available_timezones())}


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
