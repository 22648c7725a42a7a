"""When a channel's digests are due: cron expressions over wall clocks, as moments in UTC.

A slot is a wall-clock minute of the channel's zone. One that a clock change skips goes out at the
first minute after the gap; one that a clock change repeats goes out the first time only; one in the
quiet hours goes out at the first minute after them. Slots that land on one moment are one.

The expressions have five fields and Vixie's day rule: where both day of month and weekday are
restricted, either is enough (crontab(5)). Weekday 0 and 7 are Sunday. ``@hourly``, ``@daily``,
``@weekly``, ``@monthly`` and ``@yearly`` stand for their usual expressions.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from heapq import merge
from itertools import takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

Quiet = tuple[time, time]

NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
# A slot can be put off by quiet hours and by a gap, each shorter than a day (the longest gap, at the
# date line, is a day: Samoa had no 30 December 2011).
LONGEST_DELAY = timedelta(days=2)


def next_slots(
    schedule: Sequence[str], zone: ZoneInfo, after: datetime, quiet: Quiet | None = None
) -> Iterator[datetime]:
    """Return the slots strictly after ``after``, in order, in UTC; endless unless none can come.

    Raises:
        ValueError: an expression is no cron expression.
    """
    start = after.astimezone(zone).replace(tzinfo=None)
    if quiet is not None:
        start -= LONGEST_DELAY
    return _moments(merge(*(_wall_times(line, start) for line in schedule)), zone, after, quiet)


def last_slot(
    schedule: Sequence[str], zone: ZoneInfo, *, after: datetime, until: datetime, quiet: Quiet | None = None
) -> datetime | None:
    """Return the latest slot after ``after`` and not after ``until``, ``None`` where there is none.

    Looks back from ``until`` in growing steps, so that a long downtime costs no more than a short one.

    Raises:
        ValueError: an expression is no cron expression.
    """
    step = timedelta(hours=1)
    while after < until:
        start = max(after, until - step)
        passed = tuple(takewhile(lambda slot: slot <= until, next_slots(schedule, zone, start, quiet)))
        if passed or start == after:
            return passed[-1] if passed else None
        step *= 2
    return None


def end_of_quiet(now: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Return ``now`` where it is not quiet, else the first moment after that is not; in UTC.

    ``quiet`` is the wall-clock time it begins and the one it ends, which is past midnight where it is
    the earlier; two equal times mean no quiet at all.
    """
    moment = now.astimezone(UTC)
    while quiet is not None and _is_quiet(moment.astimezone(zone).time(), quiet):
        moment = _after_quiet(moment, quiet, zone)
    return moment


def _after_quiet(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Return when the quiet that ``moment`` is in is over: by the clock, or by a change of the clock.

    At Casey the clocks once went from midnight back to nine in the evening, when it was not quiet yet.
    """
    end = _next_at(moment, quiet[1], zone)
    begin = moment.replace(second=0, microsecond=0)
    if begin.astimezone(zone).utcoffset() == end.astimezone(zone).utcoffset():
        return end
    change = _change_between(begin, end, zone)
    return end if _is_quiet(change.astimezone(zone).time(), quiet) else change


def _wall_times(line: str, start: datetime) -> Iterator[datetime]:
    """Return the naive minutes after ``start`` that ``line`` names; none where no such day exists."""
    expression = NICKNAMES.get(line.strip().lower(), line)
    fields = expression.split()
    if len(fields) != 5:
        raise ValueError(f"{line!r} is no schedule: it needs five fields, such as 0 8 * * mon-fri")
    try:
        return iter(CronSim(expression, start))
    except CronSimError as error:
        if _is_impossible(fields, start):
            return iter(())
        raise ValueError(f"{line!r} is no schedule: {error}") from error


def _is_impossible(fields: Sequence[str], start: datetime) -> bool:
    """Return whether each field is right by itself and only the day never comes, as on 30 February."""
    minute, hour, day, month, weekday = fields
    try:
        CronSim(f"{minute} {hour} {day} * {weekday}", start)
        CronSim(f"{minute} {hour} * {month} {weekday}", start)
    except CronSimError:
        return False
    return True


def _moments(
    wall_times: Iterator[datetime], zone: ZoneInfo, after: datetime, quiet: Quiet | None
) -> Iterator[datetime]:
    """Yield the moments of ``wall_times`` past ``after``, once each: they never run backwards."""
    latest = after.astimezone(UTC)
    for wall_time in wall_times:
        moment = end_of_quiet(_moment_of(wall_time, zone), quiet, zone)
        if moment > latest:
            latest = moment
            yield moment


def _moment_of(wall_time: datetime, zone: ZoneInfo) -> datetime:
    """Return when ``wall_time`` comes for the first time, or the end of the gap that swallows it."""
    moment = wall_time.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _wall_clock(moment, zone) == wall_time:
        return moment
    # In a gap, fold 1 reads the clock as it runs after the change and gives a moment before it (PEP 495).
    return _change_between(wall_time.replace(tzinfo=zone, fold=1).astimezone(UTC), moment, zone)


def _change_between(before: datetime, behind: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of the clock change after ``before`` and not after ``behind``, to the minute."""
    offset = before.astimezone(zone).utcoffset()
    while behind - before > timedelta(minutes=1):
        middle = before + (behind - before) // timedelta(minutes=2) * timedelta(minutes=1)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            behind = middle
    return behind


def _next_at(moment: datetime, wall_clock: time, zone: ZoneInfo) -> datetime:
    """Return the first moment after ``moment`` when the clock shows ``wall_clock``, or skips it."""
    today = _wall_clock(moment, zone).replace(
        hour=wall_clock.hour, minute=wall_clock.minute, second=0, microsecond=0
    )
    days = (today, today + timedelta(days=1))
    second_time = (day.replace(tzinfo=zone, fold=1).astimezone(UTC) for day in days)
    candidates = (
        *(_moment_of(day, zone) for day in days),
        *(repeat for repeat in second_time if _wall_clock(repeat, zone) in days),
    )
    return min(candidate for candidate in candidates if candidate > moment)


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _is_quiet(wall_clock: time, quiet: Quiet) -> bool:
    begin, end = quiet
    if begin <= end:
        return begin <= wall_clock < end
    return wall_clock >= begin or wall_clock < end
