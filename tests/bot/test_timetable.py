"""Which slot a channel is owed, whatever became of its timetable and of the machine's clock."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable import Timetable, owed_slot, read_timetable
from digests.model import ChannelState

HOUR = timedelta(hours=1)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAILY = Timetable(schedule=("0 8 * * *",), zone="UTC")
NINE = replace(DAILY, schedule=("0 9 * * *",))
TOLD = ChannelState(
    name="desk", first_seen=EIGHT - 90 * HOUR, last_slot=EIGHT - 24 * HOUR, schedule=DAILY.as_text()
)


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(st.text(), max_size=3), st.text(), st.none() | st.tuples(times, times))
def test_a_timetable_is_read_as_it_was_written(
    schedule: list[str], zone: str, quiet: tuple[time, time] | None
) -> None:
    """It is compared as text, and asked for its slots years later."""
    table = Timetable(schedule=tuple(schedule), zone=zone, quiet=quiet)
    assert read_timetable(table.as_text()) == table


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "null", "{}", '{"schedule": 1, "zone": "UTC", "quiet": null}']
)
def test_what_another_version_wrote_is_no_timetable(text: str) -> None:
    """The configuration's counts then."""
    assert read_timetable(text) is None
    state = replace(TOLD, schedule=text)
    assert owed_slot(DAILY, state, EIGHT) == EIGHT


@pytest.mark.parametrize(
    ("wanted", "state", "now", "slot"),
    [
        pytest.param(DAILY, TOLD, EIGHT, EIGHT, id="due now"),
        pytest.param(DAILY, TOLD, EIGHT - HOUR, None, id="not yet"),
        pytest.param(DAILY, replace(TOLD, last_slot=EIGHT), EIGHT + HOUR, None, id="told"),
        pytest.param(DAILY, TOLD, EIGHT + 49 * HOUR, EIGHT + 48 * HOUR, id="one for all that were missed"),
        pytest.param(NINE, TOLD, EIGHT + 2 * HOUR, EIGHT, id="missed under the old timetable"),
        pytest.param(NINE, replace(TOLD, last_slot=EIGHT), EIGHT + 2 * HOUR, None, id="never missed"),
        pytest.param(
            NINE,
            replace(TOLD, schedule=NINE.as_text(), schedule_since=EIGHT + HOUR / 2),
            EIGHT + HOUR,
            EIGHT + HOUR,
            id="the first of the new timetable",
        ),
        pytest.param(
            NINE,
            replace(TOLD, schedule=NINE.as_text(), schedule_since=EIGHT + 2 * HOUR),
            EIGHT + 2 * HOUR,
            None,
            id="past when the new timetable came",
        ),
        pytest.param(DAILY, replace(TOLD, schedule=None), EIGHT, EIGHT, id="never written down"),
        pytest.param(
            DAILY,
            ChannelState(name="new", first_seen=EIGHT + HOUR),
            EIGHT + 2 * HOUR,
            None,
            id="a new channel",
        ),
        pytest.param(
            DAILY,
            replace(TOLD, schedule=replace(DAILY, zone="Mars/Base").as_text()),
            EIGHT,
            None,
            id="a zone that is gone",
        ),
        pytest.param(
            DAILY,
            replace(TOLD, schedule=replace(DAILY, schedule=("x",)).as_text()),
            EIGHT,
            None,
            id="an expression that is none",
        ),
        pytest.param(
            replace(DAILY, quiet=(time(7), time(9))),
            replace(TOLD, schedule=None),
            EIGHT + HOUR,
            EIGHT + HOUR,
            id="moved by quiet hours",
        ),
    ],
)
def test_the_timetable_in_force_says_what_is_owed(
    wanted: Timetable, state: ChannelState, now: datetime, slot: datetime | None
) -> None:
    """A change in the configuration neither repeats a digest nor swallows one that was missed."""
    assert owed_slot(wanted, state, now) == slot


@pytest.mark.parametrize(
    ("last_slot", "slot"),
    [
        pytest.param(EIGHT + HOUR / 2, None, id="set back by less than an hour: not told twice"),
        pytest.param(EIGHT + 9000 * HOUR, EIGHT, id="a year ahead: a mistake of the clock"),
    ],
)
def test_a_slot_told_in_the_future_is_believed_for_an_hour(
    last_slot: datetime, slot: datetime | None
) -> None:
    """A clock that was ahead keeps no channel silent, and one that is corrected a little repeats nothing."""
    assert owed_slot(DAILY, replace(TOLD, last_slot=last_slot), EIGHT) == slot


def test_where_every_remembered_moment_is_in_the_future_the_next_slot_comes() -> None:
    """The channel was made by a clock that was ahead: it must not be silent until then."""
    state = ChannelState(name="desk", first_seen=EIGHT + 9000 * HOUR)
    assert owed_slot(DAILY, state, EIGHT - HOUR / 2) is None
    assert owed_slot(DAILY, state, EIGHT) == EIGHT
    assert owed_slot(DAILY, state, EIGHT + 2 * HOUR) is None
