"""[io] The commands that work on the database: run, preview, poll."""

import json
import sys
from dataclasses import asdict

from rich.console import Console

from bot import words
from bot.app import App, Bot, now, open_app, to_fetch
from bot.once import gather_news, run_once
from bot.platforms.console import show
from bot.progress import Progress
from bot.publishing import Publisher
from config.schema import Channel, Config
from digests.document import Document
from digests.errors import DatabaseInUse, OnrecordError
from digests.feeds.fetch import Fetcher
from digests.model import Digest
from digests.poll import Poller, PollSummary
from digests.storage.store import Store


async def run(config: Config, console: Console, *, once: bool) -> None:
    """Run the bot until it is told to stop, or for one cycle."""
    async with open_app(config, console) as app:
        if once:
            await run_once(app, console, Progress(console))
        else:
            if console.is_terminal:
                console.print(_watching(app), highlight=False, markup=False)
            await Bot(app, Progress(console)).run()


def _watching(app: App) -> str:
    """Return what a person at the terminal wants to know of a bot that is about to be silent."""
    slots = [(slot, channel) for channel in app.config.channels if (slot := app.publisher.next_slot(channel))]
    first = min(slots, key=lambda pair: pair[0], default=None)
    zone = app.config.zone_of(first[1]) if first else None
    when = words.moment(first[0], zone) if first and zone else ""
    return words.watching(len(app.config.feeds), len(app.config.channels), when)


async def preview(config: Config, console: Console, name: str) -> None:
    """Show the next digest of the channel called ``name``: news is gathered, where no bot does that."""
    channel = next((channel for channel in config.channels if channel.name == name), None)
    if channel is None:
        known = ", ".join(channel.name for channel in config.channels) or "none"
        raise OnrecordError(f"no channel is called {name!r}; the configuration has: {known}")
    try:
        async with open_app(config, console) as app:
            await gather_news(app, Progress(console))
            digest, document = await app.publisher.preview(channel)
    except DatabaseInUse:
        digest, document = await _preview_beside(config, channel)
        console.print(words.BESIDE, highlight=False, markup=False)
    if digest.article_ids:
        show(console, document, "preview, nothing was sent")
    else:
        console.print(f"{name}: nothing new since the last digest.", highlight=False, markup=False)


async def _preview_beside(config: Config, channel: Channel) -> tuple[Digest, Document]:
    """Return the channel's next digest from what the running bot has read; nothing is asked or written."""
    async with await Store.open_beside(config.storage) as store:
        return await Publisher(config, store, {}, now).preview(channel)


async def poll(config: Config, *, as_json: bool) -> None:
    """Ask every feed now and print how that went.

    Raises:
        DatabaseInUse: a bot is running, which asks them itself.
    """
    try:
        opened = await Store.open(config.storage)
    except DatabaseInUse as error:
        raise DatabaseInUse(f"{error}. {words.POLL_BESIDE}") from error
    async with opened as store, Fetcher(config.network.addresses) as fetcher:
        feeds = tuple(to_fetch(feed) for feed in config.feeds)
        await store.sync_feeds(feeds, now())
        summary = await Poller(store, fetcher, now).poll(await store.load_feeds([feed.url for feed in feeds]))
    sys.stdout.write(json.dumps(asdict(summary)) + "\n" if as_json else _told(summary))


def _told(summary: PollSummary) -> str:
    lines = [
        f"{summary.feeds} feeds asked: {summary.new} new entries, {summary.not_modified} feeds unchanged"
    ]
    lines += [f"  {count} failed: {cause}" for cause, count in sorted(summary.failed.items())]
    return "\n".join(lines) + "\n"
