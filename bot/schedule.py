"""[io] The alarm: APScheduler rings at each channel's next slot, and every while to look for missed ones.

A ring decides nothing; ``bot/slots.py`` is the calendar, and whoever is rung asks it what is due.
"""

from collections.abc import Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.publishing import Publisher
from config.schema import Channel

LOOK_EVERY = timedelta(seconds=30)
"""How often missed slots are looked for: after sleep, a stall or a changed clock."""


class Alarm:
    """Rings ``ring(channel)`` at each slot of each channel, and now and then for all of them."""

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
        self._scheduler.add_job(self._look, "interval", seconds=LOOK_EVERY.total_seconds())
        self._scheduler.start()

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def _set(self, channel: Channel) -> None:
        slot = self._publisher.next_slot(channel)
        if slot is not None:
            self._scheduler.add_job(
                self._fire, "date", run_date=slot, args=[channel], id=channel.name, replace_existing=True
            )

    async def _fire(self, channel: Channel) -> None:
        self._ring(channel)
        self._set(channel)

    async def _look(self) -> None:
        for channel in self._channels:
            self._ring(channel)
