import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.schedule import Alarm
from config.schema import Channel
from tests.bot.small_app import DESK

DESK_CHANNEL = Channel.model_validate(DESK)
OTHER_CHANNEL = Channel.model_validate({**DESK, "name": "other"})
THIRD_CHANNEL = Channel.model_validate({**DESK, "name": "third"})
SOON = timedelta(milliseconds=60)


class Calendar:
    """Gives each channel its slots in turn, as moments from now; then there are none."""

    def __init__(self, **slots: list[timedelta]) -> None:
        self._slots = slots

    def next_slot(self, channel: Channel) -> datetime | None:
        left = self._slots.get(channel.name.replace("-", "_"), [])
        return datetime.now(UTC) + left.pop(0) if left else None


async def until(happened: Callable[[], object], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_the_alarm_rings_at_each_slot_of_each_channel() -> None:
    """And sets itself anew after each; a channel whose schedule never comes is left in peace."""
    rung: list[str] = []
    calendar = Calendar(city_desk=[SOON, SOON, SOON], other=[2 * SOON])
    never = Channel.model_validate({**DESK, "name": "never"})
    alarm = Alarm(calendar, (DESK_CHANNEL, OTHER_CHANNEL, never), lambda c: rung.append(c.name))  # type: ignore[arg-type]
    alarm.start()
    await until(lambda: len(rung) == 4)
    alarm.stop()
    assert sorted(rung) == ["city-desk"] * 3 + ["other"]


async def test_a_late_alarm_still_rings() -> None:
    """A loop that was blocked past the slot, or a machine that slept, loses nothing."""
    rung: list[Channel] = []
    alarm = Alarm(Calendar(city_desk=[SOON]), (DESK_CHANNEL,), rung.append)  # type: ignore[arg-type]
    alarm.start()
    await asyncio.sleep(0)
    time.sleep(1.3)  # noqa: ASYNC251 - the very thing: APScheduler drops by default what is a second late
    await until(lambda: rung)
    alarm.stop()
    assert rung == [DESK_CHANNEL]


async def test_after_the_clock_was_set_all_are_rung_and_set_anew() -> None:
    """The alarms were set by the wrong clock: for next year, say, or for what is past by now."""
    rung: list[str] = []
    year = timedelta(days=365)
    calendar = Calendar(city_desk=[year, SOON], other=[year])
    alarm = Alarm(calendar, (DESK_CHANNEL, OTHER_CHANNEL), lambda c: rung.append(c.name))  # type: ignore[arg-type]
    alarm.start()
    await asyncio.sleep(0.15)
    assert rung == []
    alarm.reset()
    assert rung == ["city-desk", "other"]
    await until(lambda: len(rung) == 3)
    assert rung[2:] == ["city-desk"]
    alarm.reset()
    await asyncio.sleep(0.15)
    alarm.stop()
    assert rung[3:] == ["city-desk", "other"]


async def test_after_the_configuration_changed_its_channels_are_rung_and_no_others() -> None:
    """At once, so that no slot is missed that comes this moment, and then by the new calendar."""
    rung: list[str] = []
    year = timedelta(days=365)
    calendar = Calendar(city_desk=[SOON], other=[SOON])
    alarm = Alarm(calendar, (DESK_CHANNEL, OTHER_CHANNEL), lambda c: rung.append(c.name))  # type: ignore[arg-type]
    alarm.start()
    alarm.follow(Calendar(city_desk=[year], third=[SOON]), (DESK_CHANNEL, THIRD_CHANNEL))  # type: ignore[arg-type]
    assert rung == ["city-desk", "third"]
    await until(lambda: len(rung) == 3)
    await asyncio.sleep(0.15)
    alarm.stop()
    assert rung[2:] == ["third"]


async def test_a_stopped_alarm_is_silent() -> None:
    """Stopping twice, or before it began, does no harm."""
    rung: list[Channel] = []
    alarm = Alarm(Calendar(city_desk=[SOON]), (DESK_CHANNEL,), rung.append)  # type: ignore[arg-type]
    alarm.stop()
    alarm.start()
    alarm.stop()
    alarm.stop()
    await asyncio.sleep(0.15)
    assert rung == []
