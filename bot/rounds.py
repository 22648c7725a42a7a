"""[io] Makes the digests that are due, each as soon as what its feeds announced is read."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.commands import Commands
from bot.delivery import Deliverer
from bot.publishing import Publisher, Round
from config.schema import Channel, Config
from digests.reading import Reader
from digests.storage.store import Store

READ_PATIENCE = timedelta(seconds=90)
"""How long a due digest waits for articles that are being read; the rest goes into the next one."""

_LOOK = timedelta(seconds=1)
# Digests stored in one transaction; the first can go out while the next are made.
_TOGETHER = 20
_log = structlog.get_logger()


class Desk(Protocol):
    """What a round needs of the app."""

    @property
    def config(self) -> Config:
        """The configuration in force."""

    @property
    def store(self) -> Store:
        """Where what is read and told is kept."""

    @property
    def reader(self) -> Reader:
        """Who reads what feeds announced."""

    @property
    def publisher(self) -> Publisher:
        """Who builds digests."""

    @property
    def deliverer(self) -> Deliverer:
        """Who posts them."""

    @property
    def commands(self) -> Commands:
        """Knows whether the first poll is over."""

    def channel(self, name: str) -> Channel | None:
        """Return the channel of that name, ``None`` where there is none any more."""


class Rounds:
    """The channels whose slot has come; ``app`` gives the app under the configuration that is in force.

    A channel waits for the articles of its own feeds alone, so that a slow page delays no other's digest.
    """

    def __init__(self, app: Callable[[], Desk]) -> None:
        self._app = app
        self._rung: asyncio.Queue[Channel] = asyncio.Queue()
        self._until: dict[str, float] = {}
        self._reading: dict[asyncio.Task[int], frozenset[str]] = {}
        self._making = asyncio.Lock()

    def ring(self, channel: Channel) -> None:
        """Say that a channel's slot has come."""
        self._rung.put_nowait(channel)

    async def run_forever(self) -> None:
        """Make the digests of channels as they ring."""
        try:
            while True:
                await self._hear()
                await self._publish_ready()
        finally:
            await self._stop_reading()

    async def publish(self, channels: Sequence[Channel]) -> None:
        """Make the digest of each channel that owes one, and return once that is done."""
        names = {channel.name for channel in channels}
        for channel in channels:
            self._wait_for(channel)
        try:
            await self._publish_ready()
            while names.intersection(self._until):
                if self._reading:
                    await asyncio.wait(
                        self._reading, timeout=_LOOK.total_seconds(), return_when=asyncio.FIRST_COMPLETED
                    )
                await self._publish_ready()
        finally:
            await self._stop_reading()

    async def _hear(self) -> None:
        """Take in what rings; while some digests wait for their articles, for a moment only."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK.total_seconds() if self._until else None):
                self._wait_for(await self._rung.get())
        while not self._rung.empty():
            self._wait_for(self._rung.get_nowait())

    def _wait_for(self, channel: Channel) -> None:
        until = asyncio.get_running_loop().time() + READ_PATIENCE.total_seconds()
        self._until.setdefault(channel.name, until)

    async def _publish_ready(self) -> None:
        """Queue the digest of each channel's latest slot that none was made for, if its articles are read.

        The configuration may change at any moment; a channel is as the one in force has it, if at all.
        """
        async with self._making:
            owed = await self._owed()
            self._until = {channel.name: self._until[channel.name] for channel, _ in owed}
            pending = await self._app().store.load_pending_feeds() if owed else frozenset()
            ready = [one for one in owed if self._is_ready(one[0], pending)]
            round_ = Round()
            for start in range(0, len(ready), _TOGETHER):
                await self._publish(ready[start : start + _TOGETHER], round_)
            waiting = [channel for channel, _ in owed if channel.name in self._until]
            self._read({url for channel in waiting for url in self._urls(channel)})

    async def _owed(self) -> list[tuple[Channel, datetime]]:
        app = self._app()
        if not app.commands.ready:
            return []
        return await app.publisher.owed_slots(self._in_force(self._until))

    def _is_ready(self, channel: Channel, pending: Collection[str]) -> bool:
        late = asyncio.get_running_loop().time() >= self._until[channel.name]
        return late or not any(url in pending for url in self._urls(channel))

    async def _publish(self, owed: Sequence[tuple[Channel, datetime]], round_: Round) -> None:
        app = self._app()
        slots = {channel.name: slot for channel, slot in owed}
        due = self._in_force(slots)
        published = await app.publisher.publish_all([(one, slots[one.name]) for one in due], round_)
        for channel, told in zip(due, published, strict=True):
            _log.info("digest made", channel=channel.name, stories=told.stories)
        app.deliverer.wake()
        await self._app().publisher.adopt(self._in_force(slots))
        for name in slots:
            self._until.pop(name, None)

    def _in_force(self, names: Collection[str]) -> list[Channel]:
        """Return the channels as the configuration in force has them, without those it has no more."""
        found = (self._app().channel(name) for name in list(names))
        return [channel for channel in found if channel is not None]

    def _urls(self, channel: Channel) -> list[str]:
        return [feed.url for feed in self._app().config.feeds_of(channel)]

    def _read(self, urls: Collection[str]) -> None:
        """Have these feeds' articles read meanwhile, where nobody does; what goes wrong there comes out."""
        for ended in [task for task in self._reading if task.done()]:
            del self._reading[ended]
            ended.result()
        if others := frozenset(urls).difference(*self._reading.values()):
            self._reading[asyncio.create_task(self._app().reader.read_pending(others))] = others

    async def _stop_reading(self) -> None:
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)
        self._reading.clear()
