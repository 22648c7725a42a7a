"""[io] The alarm: APScheduler rings at each channel's next slot, and for all after the clock was set.

A ring decides nothing; ``bot/timetable.py`` says what is owed, and whoever is rung asks it.
"""

from collections.abc import Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.publishing import Publisher
from config.schema import Channel


class Alarm:
    """Rings ``ring(channel)`` at each slot of each channel."""

    def __init__(
        self, publisher: Publisher, channels: tuple[Channel, ...], ring: Callable[[Channel], None]
    ) -> None:
        self._publisher = publisher
        self._channels = channels
        self._ring = ring
        # A late ring is still a ring: what is due is decided by the calendar, not by punctuality.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Set every alarm; needs a running loop."""
        for channel in self._channels:
            self._set(channel)
        self._scheduler.start()

    def reset(self) -> None:
        """Set every alarm anew and ring for all channels: the clock was set, or the machine slept."""
        for channel in self._channels:
            self._set(channel)
            self._ring(channel)

    def follow(self, publisher: Publisher, channels: tuple[Channel, ...]) -> None:
        """Ring for these channels from now on, and at once: a slot that comes this moment is not missed."""
        for channel in self._channels:
            self._forget(channel)
        self._publisher, self._channels = publisher, channels
        self.reset()

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _set(self, channel: Channel) -> None:
        slot = self._publisher.next_slot(channel)
        if slot is None:
            self._forget(channel)
        else:
            self._scheduler.add_job(
                self._fire, "date", run_date=slot, args=[channel], id=channel.name, replace_existing=True
            )

    async def _fire(self, channel: Channel) -> None:
        self._ring(channel)
        if channel in self._channels:  # not where it was changed while this alarm was on its way
            self._set(channel)

    def _forget(self, channel: Channel) -> None:
        if self._scheduler.get_job(channel.name) is not None:
            self._scheduler.remove_job(channel.name)
