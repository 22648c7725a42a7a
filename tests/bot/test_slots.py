"""The calendar: every slot once and only once, where it belongs, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slots import Quiet, end_of_quiet, last_slot, next_slots

PARIS = ZoneInfo("Europe/Paris")
NIGHT = (time(22), time(7))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# Both hemispheres, half-hour changes, changes at midnight, negative DST, Ramadan, none at all.
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Chicago",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
]


def local(text: str, zone: str) -> datetime:
    """Return the wall clock ``text`` of ``zone`` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def listed(schedule: str, zone: str, after: str, quiet: Quiet | None = None, count: int = 3) -> list[str]:
    """Return the next slots as the zone's wall clocks show them, offset included."""
    slots = next_slots(schedule.split(";"), ZoneInfo(zone), local(after, zone), quiet)
    return [slot.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") for slot in islice(slots, count)]


@pytest.mark.parametrize(
    ("zone", "schedule", "after", "slots"),
    [
        pytest.param(
            "Europe/Paris",
            "30 2 * * *",
            "2026-03-28T12:00",
            ["2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"],
            id="Paris, spring: 02:30 does not exist",
        ),
        pytest.param(
            "Europe/Paris",
            "30 2 * * *",
            "2026-10-24T12:00",
            ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
            id="Paris, autumn: 02:30 comes twice",
        ),
        pytest.param(
            "America/Chicago",
            "0,30 1,2 * * *",
            "2026-03-08T01:00",
            ["2026-03-08T01:30-06:00", "2026-03-08T03:00-05:00", "2026-03-09T01:00-05:00"],
            id="Chicago, spring: two slots land on 03:00 and are one",
        ),
        pytest.param(
            "America/Chicago",
            "*/30 1 * * *",
            "2026-11-01T00:00",
            ["2026-11-01T01:00-05:00", "2026-11-01T01:30-05:00", "2026-11-02T01:00-06:00"],
            id="Chicago, autumn: no half hour twice",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "15 2 * * *",
            "2026-10-03T12:00",
            ["2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00"],
            id="Lord Howe, spring: a gap of half an hour",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "45 1 * * *",
            "2026-04-04T12:00",
            ["2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30"],
            id="Lord Howe, autumn: a fold of half an hour",
        ),
        pytest.param(
            "Pacific/Apia",
            "0 8,17 * * *",
            "2011-12-29T17:00",
            ["2011-12-31T00:00+14:00", "2011-12-31T08:00+14:00", "2011-12-31T17:00+14:00"],
            id="Apia: 30 December 2011 never was",
        ),
        pytest.param(
            "Europe/Dublin",
            "30 1 * * *",
            "2026-03-28T12:00",
            ["2026-03-29T02:00+01:00", "2026-03-30T01:30+01:00"],
            id="Dublin, spring: winter time is the exception there",
        ),
        pytest.param(
            "Europe/Dublin",
            "30 1 * * *",
            "2026-10-24T12:00",
            ["2026-10-25T01:30+01:00", "2026-10-26T01:30+00:00"],
            id="Dublin, autumn",
        ),
        pytest.param(
            "America/Santiago",
            "0 0 * * *",
            "2026-09-05T12:00",
            ["2026-09-06T01:00-03:00", "2026-09-07T00:00-03:00"],
            id="Santiago: midnight itself is skipped",
        ),
    ],
)
def test_clock_changes_neither_skip_nor_repeat_a_slot(
    zone: str, schedule: str, after: str, slots: list[str]
) -> None:
    """A slot in a gap goes out when the gap ends, one in a fold the first time, two on one moment once."""
    assert listed(schedule, zone, after, count=len(slots)) == slots


@pytest.mark.parametrize(
    ("schedule", "slots"),
    [
        pytest.param("0 8,17 * * mon-fri", ["02-27T17:00", "03-02T08:00", "03-02T17:00"], id="weekdays"),
        pytest.param("0 8 * * 7", ["03-01T08:00", "03-08T08:00", "03-15T08:00"], id="7 is Sunday"),
        pytest.param("0 8 * * 0", ["03-01T08:00", "03-08T08:00", "03-15T08:00"], id="0 is Sunday"),
        pytest.param("0 8 1 * mon", ["03-01T08:00", "03-02T08:00", "03-09T08:00"], id="day or weekday"),
        pytest.param(
            "0 8 * * mon;0 9 * * mon", ["03-02T08:00", "03-02T09:00", "03-09T08:00"], id="two lines"
        ),
        pytest.param(
            "0 8 * * *;0 8 * * fri", ["02-28T08:00", "03-01T08:00", "03-02T08:00"], id="same slot twice"
        ),
        pytest.param("@hourly", ["02-27T09:00", "02-27T10:00", "02-27T11:00"], id="hourly"),
        pytest.param("@daily", ["02-28T00:00", "03-01T00:00", "03-02T00:00"], id="daily"),
        pytest.param("@weekly", ["03-01T00:00", "03-08T00:00", "03-15T00:00"], id="weekly"),
        pytest.param("@Monthly", ["03-01T00:00", "04-01T00:00", "05-01T00:00"], id="monthly"),
    ],
)
def test_expressions_mean_what_cron_means(schedule: str, slots: list[str]) -> None:
    """Vixie's rules: day of month or weekday, 0 and 7 are Sunday, the usual nicknames."""
    assert listed(schedule, "UTC", "2026-02-27T08:30") == [f"2026-{slot}+00:00" for slot in slots]


@pytest.mark.parametrize(
    "schedule", ["", "0 8 * *", "0 0 8 * * *", "60 8 * * *", "0 8 * * funday", "0 8 30 13 *", "@often"]
)
def test_what_is_no_schedule_is_refused(schedule: str) -> None:
    """The error comes with the call, not with the first slot, and quotes the expression."""
    with pytest.raises(ValueError, match="is no schedule"):
        next_slots([schedule], PARIS, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("schedule", ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *"])
def test_a_day_that_never_comes_ends_the_search(schedule: str) -> None:
    """There is no 30 February: no slot, and no endless loop."""
    assert listed(schedule, "UTC", "2026-01-01T00:00") == []
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert last_slot([schedule], PARIS, after=start, until=start + 400 * DAY) is None


@pytest.mark.parametrize(
    ("schedule", "after", "slots"),
    [
        pytest.param(
            "0 23 * * *", "2026-02-27T23:30", ["2026-02-28T07:00+01:00"], id="put off past midnight"
        ),
        pytest.param("0 23 * * *", "2026-02-28T06:59", ["2026-02-28T07:00+01:00"], id="still to come"),
        pytest.param("0 23 * * *", "2026-02-28T07:00", ["2026-03-01T07:00+01:00"], id="gone out"),
        pytest.param(
            "0 22,0,3,7,8 * * *",
            "2026-02-27T21:00",
            ["2026-02-28T07:00+01:00", "2026-02-28T08:00+01:00"],
            id="a night's slots are one",
        ),
        pytest.param("59 21 * * *", "2026-02-27T21:00", ["2026-02-27T21:59+01:00"], id="just before"),
    ],
)
def test_a_slot_in_quiet_hours_belongs_to_the_first_minute_after_them(
    schedule: str, after: str, slots: list[str]
) -> None:
    """Nothing is lost and nothing is posted at night; the end of quiet is not quiet any more."""
    assert listed(schedule, "Europe/Paris", after, NIGHT, len(slots)) == slots


@pytest.mark.parametrize(
    ("now", "quiet", "end"),
    [
        pytest.param("2026-02-27T12:00", NIGHT, "2026-02-27T12:00", id="not quiet"),
        pytest.param("2026-02-27T12:00", None, "2026-02-27T12:00", id="never quiet"),
        pytest.param("2026-02-27T12:00", (time(9), time(9)), "2026-02-27T12:00", id="empty"),
        pytest.param("2026-02-27T22:00", NIGHT, "2026-02-28T07:00", id="first minute"),
        pytest.param("2026-02-28T06:59:59", NIGHT, "2026-02-28T07:00", id="last second"),
        pytest.param("2026-02-28T07:00", NIGHT, "2026-02-28T07:00", id="over"),
        pytest.param("2026-02-27T12:30", (time(12), time(14)), "2026-02-27T14:00", id="by day"),
        pytest.param("2026-03-28T23:00", (time(22), time(2, 30)), "2026-03-29T03:00", id="ends in a gap"),
        pytest.param("2026-10-24T23:00", (time(22), time(2, 30)), "2026-10-25T02:30", id="ends in a fold"),
    ],
)
def test_quiet_ends_on_the_wall_clock(now: str, quiet: Quiet | None, end: str) -> None:
    """The end is where the clock first shows it, or skips it."""
    assert end_of_quiet(local(now, "Europe/Paris"), quiet, PARIS) == local(end, "Europe/Paris")


def test_quiet_comes_back_with_the_second_half_of_a_fold() -> None:
    """Where the clock shows a quiet time again it is quiet again, and ends in the future."""
    first = local("2026-10-25T02:10", "Europe/Paris")
    quiet = (time(22), time(2, 30))
    assert end_of_quiet(first, quiet, PARIS) == first + 20 * MINUTE
    assert end_of_quiet(first + 60 * MINUTE, quiet, PARIS) == first + 80 * MINUTE


def test_quiet_ends_where_the_clock_goes_back_to_before_it() -> None:
    """At Casey midnight became nine in the evening: not quiet yet, for another hour."""
    casey = ZoneInfo("Antarctica/Casey")
    change = datetime(2021, 3, 13, 13, tzinfo=UTC)
    now = change - timedelta(minutes=90, seconds=7)
    assert end_of_quiet(now, (time(22), time(2, 30)), casey) == change
    assert end_of_quiet(now, (time(21), time(2, 30)), casey) == change + timedelta(hours=5, minutes=30)


def test_quiet_over_a_skipped_day_ends_on_the_next() -> None:
    """Samoa went from the 29th to the 31st at midnight, in the middle of the quiet hours."""
    now = local("2011-12-29T23:00", "Pacific/Apia")
    assert end_of_quiet(now, NIGHT, ZoneInfo("Pacific/Apia")) == local("2011-12-31T07:00", "Pacific/Apia")


def test_the_last_slot_is_the_one_that_a_stopped_bot_missed() -> None:
    """After any downtime one slot stands for all that were missed; the bounds are (after, until]."""

    def missed(after: str, until: str) -> datetime | None:
        return last_slot(
            ["0 8,17 * * *"], PARIS, after=local(after, "Europe/Paris"), until=local(until, "Europe/Paris")
        )

    assert missed("2026-02-20T17:00", "2026-02-27T12:00") == local("2026-02-27T08:00", "Europe/Paris")
    assert missed("2026-02-20T17:00", "2026-02-27T08:00") == local("2026-02-27T08:00", "Europe/Paris")
    assert missed("2026-02-27T08:00", "2026-02-27T12:00") is None
    assert missed("2026-02-27T12:00", "2026-02-27T08:00") is None


# --- properties ----------------------------------------------------------------------------------

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
quiets = st.none() | st.tuples(times, times)
# A year of one zone has two changes: most examples should be near one.
near_changes = st.tuples(
    st.integers(2020, 2040), st.sampled_from([(3, 8), (3, 28), (4, 4), (9, 5), (10, 3), (10, 25), (11, 1)])
).map(lambda date: datetime(date[0], *date[1], tzinfo=UTC))
starts = st.one_of(moments, near_changes)


@given(starts, zones, st.lists(times, min_size=1, max_size=3, unique=True))
@settings(max_examples=100, deadline=None)
def test_every_wall_clock_slot_goes_out_once_within_its_day(
    start: datetime, zone: ZoneInfo, daily: list[time]
) -> None:
    """Each date has each of its slots once: at its minute, or at the first after a gap that swallowed it."""
    schedule = [f"{at.minute} {at.hour} * * *" for at in daily]
    slots = takewhile(lambda slot: slot < start + 3 * DAY, next_slots(schedule, zone, start))
    assert list(slots) == list(walk(start, zone, set(daily)))


def walk(start: datetime, zone: ZoneInfo, daily: set[time]) -> Iterator[datetime]:
    """Yield the slots of three days by looking at the clock every minute: slow, and plainly right."""
    moment = start.replace(second=0, microsecond=0) - DAY
    latest = wall_clock(moment, zone)
    while (moment := moment + MINUTE) < start + 3 * DAY:
        shown = wall_clock(moment, zone)
        # None in the second half of a fold, many at the end of a gap.
        new = [latest + MINUTE * step for step in range(1, (shown - latest) // MINUTE + 1)]
        if moment > start and any(minute.time() in daily for minute in new):
            yield moment
        latest = max(latest, shown)


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the zone's clocks show, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


@given(starts, zones, quiets, st.sampled_from(["7 * * * *", "30 1,2,3 * * *", "0 0 * * *"]))
@settings(max_examples=200, deadline=None)
def test_no_slot_is_quiet_and_each_is_where_its_own_end_of_quiet_is(
    start: datetime, zone: ZoneInfo, quiet: Quiet | None, schedule: str
) -> None:
    """With quiet hours the slots are those without, each moved to the end of its quiet, each moment once."""
    until = start + 5 * DAY
    plain = takewhile(lambda slot: slot < until, next_slots([schedule], zone, start - 3 * DAY))
    moved = sorted({end_of_quiet(slot, quiet, zone) for slot in plain})
    slots = list(takewhile(lambda slot: slot < until, next_slots([schedule], zone, start, quiet)))
    assert slots == [slot for slot in moved if start < slot < until]
    assert all(end_of_quiet(slot, quiet, zone) == slot for slot in slots)


@given(starts, zones, quiets)
@settings(max_examples=200, deadline=None)
def test_the_end_of_quiet_is_the_first_moment_that_is_not(
    now: datetime, zone: ZoneInfo, quiet: Quiet | None
) -> None:
    """No minute between now and the end shows a time that is not quiet."""
    end = end_of_quiet(now, quiet, zone)
    assert end >= now
    assert quiet is not None or end == now
    while quiet is not None and now < end:
        clock = now.astimezone(zone).time()
        assert quiet[0] <= clock < quiet[1] or (quiet[1] < quiet[0] and not quiet[1] <= clock < quiet[0])
        now += 7 * MINUTE


@given(starts, zones, quiets, st.timedeltas(timedelta(0), 90 * DAY))
@settings(max_examples=100, deadline=None)
def test_the_last_slot_is_the_last_of_the_next_ones(
    start: datetime, zone: ZoneInfo, quiet: Quiet | None, length: timedelta
) -> None:
    """Looking back finds what looking forward lists."""
    schedule, until = ["30 2,23 * * mon,thu"], start + length
    forward = list(takewhile(lambda slot: slot <= until, next_slots(schedule, zone, start, quiet)))
    last = last_slot(schedule, zone, after=start, until=until, quiet=quiet)
    assert last == (forward[-1] if forward else None)
