"""A whole app on one small database, with the web, the analyser, the platforms and the clock in memory."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.app import App
from bot.commands import Commands
from bot.delivery import Deliverer
from bot.notices import Notifier
from bot.publishing import Publisher
from config.schema import Channel, Config
from digests.poll import Poller
from digests.reading import Reader
from digests.storage.store import Store
from tests.fakes import NOON, FakeClock, FakePlatform
from tests.make import GAZETTE
from tests.newsroom import FakeAnalyst, FakeFetcher, answer, rss

CITY = "123456789012345678"
# Ahead of the true time, at which alarms ring: they stay silent, and the tests say when to look.
START = NOON.replace(year=2099)
DESK: Mapping[str, Any] = {"name": "city-desk", "to": f"discord:{CITY}", "schedule": "0 8,17 * * *"}


@dataclass(slots=True)
class Small:
    """The app and everything in memory that it talks to."""

    app: App
    clock: FakeClock
    web: FakeFetcher
    analyst: FakeAnalyst
    platforms: dict[str, FakePlatform] = field(default_factory=dict)

    @property
    def channel(self) -> Channel:
        """The first channel of the configuration."""
        return self.app.config.channels[0]

    @property
    def discord(self) -> FakePlatform:
        return self.platforms["discord"]

    async def announce(self, *titles: str) -> None:
        """Let the feed announce articles of these headlines, and have them polled and read."""
        self.web.feeds[GAZETTE] = answer(GAZETTE, rss(*titles))
        self.web.pages |= {
            f"https://gazette.example/{title}": answer(title, f"Text of {title}.".encode())
            for title in titles
        }
        await self.app.poller.poll(await self.app.store.load_feeds([GAZETTE]))
        await self.app.reader.read_pending([GAZETTE])

    async def deliver(self) -> list[str]:
        """Deliver what is due; return how many messages each platform shows to everybody, by name."""
        await self.app.deliverer.run_due()
        return [name for name, platform in self.platforms.items() for _ in platform.shown]


def settings(folder: Path, *channels: Mapping[str, Any]) -> Config:
    """Return a configuration of one feed and these channels."""
    return Config.model_validate(
        {
            "storage": f"sqlite:///{folder}/onrecord.db",
            "feeds": [{"url": GAZETTE, "name": "The Gazette"}],
            "channels": list(channels) or [DESK],
        }
    )


@asynccontextmanager
async def small_app(folder: Path, *channels: Mapping[str, Any]) -> AsyncIterator[Small]:
    """Wire an app as ``open_app`` does, over what is in memory."""
    config = settings(folder, *channels)
    clock, web, analyst = FakeClock(START), FakeFetcher(), FakeAnalyst()
    platforms = {name: FakePlatform(name=name) for name in ("discord", "slack", "terminal")}
    async with await Store.open(config.storage) as store:
        poller = Poller(store, web, clock)  # type: ignore[arg-type]
        reader = Reader(store, web, analyst, clock)  # type: ignore[arg-type]
        publisher, deliverer = Publisher(config, store, platforms, clock), Deliverer(store, platforms, clock)
        app = App(
            config=config, store=store, platforms=platforms, poller=poller, reader=reader,
            analyst=analyst,  # type: ignore[arg-type]
            publisher=publisher, deliverer=deliverer, notifier=Notifier(config, store, platforms, clock),
            commands=Commands(config, publisher, reader, deliverer.wake), clock=clock,
        )  # fmt: skip
        await store.sync_feeds(app.feeds(), clock())
        await store.sync_channels([channel.name for channel in config.channels], clock())
        await publisher.adopt_timetables()
        yield Small(app, clock, web, analyst, platforms)
