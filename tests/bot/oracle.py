"""A calendar made the slow way: what a zone's wall clocks show, minute by minute, and nothing cleverer."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from bot.slots import Quiet

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# No zone of the database changes its clocks twice within a week in these years.
WEEK = timedelta(days=7)
FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)


class Minute(NamedTuple):
    """A minute as it passes: what the clock shows, and what it shows or skips for the first time."""

    moment: datetime
    shown: datetime
    new: tuple[datetime, ...]


class Change(NamedTuple):
    """A clock change: its minute, and the offsets before and from then on."""

    moment: datetime
    old: timedelta
    new: timedelta


def minutes(begin: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Minute]:
    """Yield every minute in (``begin``, ``until``); one repeated by a clock change is new once."""
    moment, latest = begin, wall_clock(begin, zone)
    while (moment := moment + MINUTE) < until:
        shown = wall_clock(moment, zone)
        new = tuple(latest + MINUTE * step for step in range(1, (shown - latest) // MINUTE + 1))
        latest = max(latest, shown)
        yield Minute(moment, shown, new)


def due(
    passing: Iterable[Minute], begin: datetime, names: Callable[[datetime], bool], quiet: Quiet | None
) -> list[datetime]:
    """Return the moments after ``begin`` at which a digest is due.

    ``names`` tells whether the schedule names a wall-clock minute. What comes in quiet hours waits for their
    end; whatever waits goes out together.
    """
    waiting, found = False, []
    for minute in passing:
        waiting = waiting or any(map(names, minute.new))
        if waiting and not is_quiet(minute.shown.time(), quiet):
            waiting = False
            if minute.moment > begin:
                found.append(minute.moment)
    return found


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the zone's clocks show, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def is_quiet(shown: time, quiet: Quiet | None) -> bool:
    """Return whether a clock that shows ``shown`` is within the quiet hours."""
    if quiet is None:
        return False
    begin, end = quiet
    return begin <= shown < end if begin <= end else not end <= shown < begin


@cache
def changes(name: str) -> tuple[Change, ...]:
    """Return every clock change of a zone from 2020 to 2040, to the minute."""
    zone, found = ZoneInfo(name), []
    weeks = [FIRST + WEEK * number for number in range((LAST - FIRST) // WEEK + 1)]
    for before, after in pairwise(weeks):
        old, new = _offset(before, zone), _offset(after, zone)
        while old != new and after - before > MINUTE:
            middle = before + (after - before) // MINUTE // 2 * MINUTE
            before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
        if old != new:
            found.append(Change(after, old, new))
    return tuple(found)


@cache
def all_changes() -> dict[Change, str]:
    """Return every clock change that there is in the whole database, with a zone that makes it."""
    return {change: name for name in sorted(available_timezones()) for change in changes(name)}


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
