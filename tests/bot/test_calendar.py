"""The calendar in every zone that there is, beside a clock that is watched minute by minute."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slots import Quiet, next_slots
from tests.bot.oracle import DAY, MINUTE, Change, all_changes, changes, due, is_quiet, minutes, wall_clock

ZONES = sorted(available_timezones())
DAYS_OF_WEEK = "sun mon tue wed thu fri sat".split()


class Cron(NamedTuple):
    """A cron expression as sets; ``None`` is a star."""

    minutes: Collection[int]
    hours: Collection[int] | None = None
    days: Collection[int] | None = None
    weekdays: Collection[int] | None = None

    def line(self) -> str:
        """Return it as an operator writes it."""
        fields = [self.minutes, self.hours, self.days, None, self.weekdays]
        return " ".join("*" if field is None else ",".join(map(str, sorted(field))) for field in fields)

    def names(self, shown: datetime) -> bool:
        """Return whether it names that wall-clock minute: of day and weekday either is enough."""
        if shown.minute not in self.minutes or (self.hours is not None and shown.hour not in self.hours):
            return False
        weekday = (shown.weekday() + 1) % 7
        by_day, by_weekday = shown.day in (self.days or ()), weekday in (self.weekdays or ())
        return by_day or by_weekday or (self.days is None and self.weekdays is None)


def slots(
    crons: Collection[Cron], zone: ZoneInfo, begin: datetime, until: datetime, quiet: Quiet | None
) -> list[datetime]:
    """Return what the calendar says."""
    found = next_slots([cron.line() for cron in crons], zone, begin, quiet)
    return list(takewhile(lambda slot: slot < until, found))


def any_of(crons: Collection[Cron]) -> Callable[[datetime], bool]:
    return lambda shown: any(cron.names(shown) for cron in crons)


# --- any schedule in any zone --------------------------------------------------------------------

some_minutes = st.sets(st.integers(0, 59), min_size=1, max_size=3)
cron_lines = st.builds(
    Cron,
    some_minutes,
    st.none() | st.sets(st.integers(0, 23) | st.integers(0, 3), min_size=1, max_size=4),
    st.none() | st.sets(st.integers(1, 31), min_size=1, max_size=5),
    st.none() | st.sets(st.integers(0, 6), min_size=1, max_size=3),
)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 15, 30, 59]))
quiets = st.none() | st.tuples(times, times)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 28)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)


@st.composite
def zones_and_moments(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """Return any zone, and a moment of the two days before one of its clock changes, or any other."""
    name = draw(st.sampled_from(ZONES))
    near = changes(name)
    if not near or draw(st.integers(0, 3)) == 0:
        return ZoneInfo(name), draw(moments)
    minutes_before = draw(st.integers(0, 2 * 24 * 60))
    return ZoneInfo(name), draw(st.sampled_from(near)).moment - minutes_before * MINUTE


@given(zones_and_moments(), st.lists(cron_lines, min_size=1, max_size=2), quiets)
@settings(max_examples=100, deadline=None)
def test_every_slot_is_due_once_where_a_watched_clock_says(
    place: tuple[ZoneInfo, datetime], crons: list[Cron], quiet: Quiet | None
) -> None:
    """No slot is missed, none comes twice, none is a minute off, none is quiet, and what meets is one."""
    zone, begin = place
    until = begin + 3 * DAY
    found = slots(crons, zone, begin, until, quiet)
    assert found == due(minutes(begin - 3 * DAY, until, zone), begin, any_of(crons), quiet)
    assert len(set(found)) == len(found)
    assert not any(is_quiet(wall_clock(slot, zone).time(), quiet) for slot in found)


# --- every clock change --------------------------------------------------------------------------

NIGHT = (time(22), time(7))
SCHEDULES: tuple[tuple[Cron, Quiet | None], ...] = (
    (Cron({0, 15, 30, 45}), None),
    (Cron({30}, {1, 2, 3}), None),
    (Cron({0}, {0, 2, 8}), NIGHT),
    (Cron({10}), (time(22), time(2, 30))),
    (Cron({0}, {0}, None, {0, 1}), None),
)


def differences(change: Change, name: str) -> list[str]:
    """Return where the calendar and the watched clock differ around a clock change."""
    zone = ZoneInfo(name)
    begin, until = change.moment - DAY / 2, change.moment + DAY / 2
    # A day in front: these quiet hours put a slot off no longer.
    passing = list(minutes(begin - DAY, until, zone))
    return [
        f"{name} {change.moment}: {cron.line()} quiet {quiet}"
        for cron, quiet in SCHEDULES
        if slots([cron], zone, begin, until, quiet) != due(passing, begin, cron.names, quiet)
    ]


def shape(change: Change) -> tuple[timedelta, timedelta, time]:
    """Return what makes a change what it is: the offsets, and when on the clock it comes."""
    return change.old, change.new, (change.moment + change.old).time()


def test_every_kind_of_clock_change_from_2020_to_2040_is_survived() -> None:
    """All zones' changes, one of each kind: by an hour, half an hour, at midnight, for ever, and back."""
    kinds = {shape(change): (change, name) for change, name in all_changes().items()}
    assert len(kinds) > 50
    assert [line for change, name in kinds.values() for line in differences(change, name)] == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_clock_change_from_2020_to_2040_is_survived() -> None:
    """All of them, in all zones; changes that are the same in many zones are tried once."""
    every = all_changes()
    assert len(every) > 1_000
    assert [line for change, name in every.items() for line in differences(change, name)] == []
