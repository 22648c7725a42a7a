"""[io] The composition root: the one place that wires parts, and what runs side by side in a bot."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from rich.console import Console

from bot.asking import to_fetch, to_rules
from bot.clock import ClockWatch, now
from bot.commands import Commands
from bot.connections import Connections
from bot.delivery import Deliverer
from bot.hangup import HANGUPS
from bot.heartbeat import beat
from bot.logs import log_failed_feed
from bot.notices import Notifier
from bot.outbox import FIRST_LOOK, KEPT, LONGEST_DELAY
from bot.platforms.base import ChatPlatform
from bot.platforms.used import make_platforms
from bot.progress import Progress
from bot.publishing import Publisher, quiet_hours
from bot.reloading import Reloader
from bot.rounds import Rounds
from bot.schedule import Alarm
from bot.slots import end_of_quiet
from config.changes import Changes, compare, in_force
from config.schema import Channel, Config
from digests.analysis.nlp import Analyst
from digests.feeds.fetch import Fetcher
from digests.model import FeedToFetch
from digests.poll import Poller
from digests.reading import Reader
from digests.storage.store import Store

POLL_TICK = timedelta(seconds=15)
CLOCK_TICK = timedelta(seconds=10)
# Time servers correct a clock by less, little by little.
CLOCK_TOLERANCE = timedelta(seconds=2)
TIDY_EVERY = timedelta(hours=12)
# How long a start waits for feeds that are slow; they are stored later.
FIRST_ROUND = timedelta(seconds=30)
# How long a start waits for articles that are being read; their reading goes on.
READ_PATIENCE = timedelta(seconds=90)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything a running bot is made of."""

    config: Config
    store: Store
    platforms: Mapping[str, ChatPlatform]
    poller: Poller
    reader: Reader
    analyst: Analyst
    publisher: Publisher
    deliverer: Deliverer
    commands: Commands
    notifier: Notifier
    clock: Callable[[], datetime]

    def feeds(self) -> tuple[FeedToFetch, ...]:
        """Return the configured feeds as the news side knows them."""
        return tuple(to_fetch(self.config, feed) for feed in self.config.feeds)

    def channel(self, name: str) -> Channel | None:
        """Return the channel of that name as it is configured, ``None`` where there is none."""
        return next((channel for channel in self.config.channels if channel.name == name), None)

    def under(self, config: Config) -> "App":
        """Return the app with another configuration; what is under way in this one ends as it began."""
        publisher = Publisher(config, self.store, self.platforms, self.clock)
        notifier = Notifier(config, self.store, self.platforms, self.clock)
        self.commands.follow(config, publisher)
        self.analyst.rules = to_rules(config)
        return replace(self, config=config, publisher=publisher, notifier=notifier)


@asynccontextmanager
async def open_app(
    config: Config, console: Console, clock: Callable[[], datetime] = now
) -> AsyncIterator[App]:
    """Wire an app over the configured database and let go of everything in the end."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(await Store.open(config.storage))
        fetcher = await stack.enter_async_context(Fetcher(config.network.addresses))
        analyst = Analyst(rules=to_rules(config))
        stack.push_async_callback(analyst.close)
        reader = Reader(store, fetcher, analyst, clock)
        platforms: dict[str, ChatPlatform] = {}
        publisher = Publisher(config, store, platforms, clock)
        deliverer = Deliverer(store, platforms, clock)
        commands = Commands(config, publisher, reader, deliverer.wake)
        platforms.update(make_platforms(config, console, commands))
        for platform in platforms.values():
            stack.push_async_callback(platform.close)
        app = App(
            config=config, store=store, platforms=platforms, commands=commands,
            poller=Poller(store, fetcher, clock, log_failed_feed),
            reader=reader, analyst=analyst, publisher=publisher, deliverer=deliverer,
            notifier=Notifier(config, store, platforms, clock), clock=clock,
        )  # fmt: skip
        await store.sync_feeds(app.feeds(), clock())
        await store.sync_channels([channel.name for channel in config.channels], clock())
        await publisher.adopt_timetables()
        await _tidy_outbox(store, clock())
        yield app


async def _tidy_outbox(store: Store, now: datetime) -> None:
    """Leave the outbox as a start should find it; to be done before anything is delivered."""
    await store.recover_sending(now + FIRST_LOOK)
    await store.resume_parked(now)
    await store.recall_parts(now + LONGEST_DELAY, now)
    await store.forget_parts(now - KEPT)


async def _recall_quiet(config: Config, store: Store, now: datetime) -> None:
    """Make what was never tried due when quiet ends by the clock as it is now, if it is due later."""
    latest: dict[tuple[str, str], datetime] = {}
    address: tuple[str, str]
    for channel in config.channels:
        address = (channel.to.platform, channel.to.address)
        at = end_of_quiet(now, quiet_hours(channel), config.zone_of(channel))
        latest[address] = max(at, latest.get(address, at))
    for address, at in latest.items():
        await store.recall_parts(at, at, [address])


class Bot:
    """A bot that runs until it is told to stop: polling, reading, publishing, delivering, listening."""

    def __init__(self, app: App, progress: Progress | None = None, reloader: Reloader | None = None) -> None:
        self._app = app  # another one after each change of the configuration
        self._rounds = Rounds(lambda: self._app)
        self._alarm = Alarm(app.publisher, app.config.channels, self._rounds.ring)
        self._reloader = reloader
        self._progress = progress or Progress(Console(quiet=True))
        self._stop = asyncio.Event()
        self._poll_now = asyncio.Event()
        self._ungreeted = {channel.name for channel in app.config.channels}
        self._reading: set[asyncio.Task[int]] = set()
        self._connections = Connections(app.platforms, self._signed_in)

    @property
    def app(self) -> App:
        """The app under the configuration that is in force."""
        return self._app

    async def run(self) -> None:
        """Run until SIGINT or SIGTERM; a part that fails for good ends the bot with its exception."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        if self._reloader is not None:
            # To the end of the process: a bot that is stopping must not be ended by it either.
            loop.add_signal_handler(signal.SIGHUP, self._hang_up)
            if HANGUPS.early:
                self._hang_up()
        self._alarm.start()
        try:
            await self._run_side_by_side()
        finally:
            self._alarm.stop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def _hang_up(self) -> None:
        if HANGUPS.closes():
            HANGUPS.let_go()
            self._stop.set()
        elif self._reloader is not None:
            self._reloader.ask()
            self._connections.ask_again()

    async def _run_side_by_side(self) -> None:
        app = self._app
        parts: list[Coroutine[Any, Any, None]] = [
            self._poll_forever(),
            self._rounds.run_forever(),
            app.deliverer.run_forever(),
            beat(app.config.storage, lambda: app.store.is_held),
            self._watch_clock(),
            self._watch_storage(),
            self._forget_forever(),
            *(self._connections.keep(platform) for platform in app.platforms.values()),
        ]
        if self._reloader is not None:
            parts.append(self._reloader.run_forever(self.follow))
        tasks = [asyncio.create_task(part) for part in parts]
        stopping = asyncio.create_task(self._stop.wait())
        done, _ = await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
        app.deliverer.stop()
        reading = tuple(self._reading)
        for task in (stopping, tasks[0], tasks[1], *tasks[3:], *reading):
            task.cancel()
        await asyncio.gather(stopping, *tasks, *reading, return_exceptions=True)
        for task in done - {stopping}:
            task.result()

    async def _poll_forever(self) -> None:
        """Poll what is due and read what is new, again and again; then the first digests may go out."""
        while True:
            app = self._app
            self._poll_now.clear()
            new, self._ungreeted = self._ungreeted, set()
            urls = [feed.url for feed in app.config.feeds]
            if app.commands.ready:
                await app.poller.poll_due()
            else:
                # The first digests tell of all feeds that answer.
                await app.poller.poll_due(FIRST_ROUND, hurried=False)
            waiting = 0 if app.commands.ready else await app.store.count_pending(urls)
            with self._progress.step("Reading articles", waiting) as told:
                await self._let_read(urls, told, POLL_TICK if app.commands.ready else READ_PATIENCE)
            app.commands.mark_ready()
            await self._greet(new)
            if await self._app.notifier.notify():
                app.deliverer.wake()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poll_now.wait(), POLL_TICK.total_seconds())

    async def _greet(self, new: set[str]) -> None:
        """Post the first digest of new channels that want one, and what was missed while away."""
        for name in [channel.name for channel in self._app.config.channels if channel.name in new]:
            app = self._app
            if (channel := app.channel(name)) is None:
                continue
            if channel.posts_at_start:
                await app.publisher.publish(channel, slot=app.clock())
                app.deliverer.wake()
            self._rounds.ring(channel)

    async def follow(self, config: Config) -> Changes:
        """Go over to another configuration; whatever is under way ends, and nothing is lost or told twice."""
        old = self._app
        changes = compare(old.config, config, old.platforms)
        if changes.refused:
            return changes
        app = old.under(in_force(old.config, config))
        now = app.clock()
        await app.store.sync_channels([channel.name for channel in app.config.channels], now)
        await app.store.sync_feeds(app.feeds(), now)
        self._app = app
        # After the exchange: a digest that is made meanwhile lets its channel adopt the new timetable.
        await app.publisher.adopt_timetables()
        self._alarm.follow(app.publisher, app.config.channels)
        self._ungreeted |= changes.added
        self._poll_now.set()
        return changes

    async def _watch_clock(self) -> None:
        """Look for what is due whenever the clock was set or the machine slept; timers cannot know."""
        watch = ClockWatch(self._app.clock)
        while True:
            await asyncio.sleep(CLOCK_TICK.total_seconds())
            step = watch.step()
            if abs(step) > CLOCK_TOLERANCE:
                _log.warning("the clock was set, or the machine slept", by=str(step))
                if step < timedelta(0):
                    # What a failed try put off is due by the clock as it was.
                    await self._app.store.retry_parts(self._app.clock())
                    await _recall_quiet(self._app.config, self._app.store, self._app.clock())
                self._alarm.reset()
                self._app.deliverer.wake()

    async def _watch_storage(self) -> None:
        """End the bot where its database or lock is taken away: a second one could begin there."""
        while True:
            await self._app.store.check_place()
            await asyncio.sleep(CLOCK_TICK.total_seconds())

    async def _forget_forever(self) -> None:
        while True:
            await asyncio.sleep(TIDY_EVERY.total_seconds())
            await self._app.store.forget_parts(self._app.clock() - KEPT)

    async def publish_due(self, *channels: Channel) -> None:
        """Queue the digest of each channel's latest slot that none was made for, where one is due."""
        await self._rounds.publish(channels)

    async def _let_read(
        self, urls: Collection[str], told: Callable[[int], None], patience: timedelta
    ) -> None:
        """Give the reader a while to finish what these feeds announced; it goes on after that."""
        reading = asyncio.create_task(self._app.reader.read_pending(urls, told))
        self._reading.add(reading)
        await asyncio.wait({reading}, timeout=patience.total_seconds())
        for ended in [task for task in self._reading if task.done()]:
            self._reading.discard(ended)
            ended.result()

    async def _signed_in(self, platform: str) -> None:
        """Deliver what waited for a platform that lets the bot in."""
        await self._app.store.resume_parked(self._app.clock(), platform)
        self._app.deliverer.wake()
