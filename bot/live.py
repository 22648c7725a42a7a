"""[io] The commands that run the bot, or a part of it, on the database: run, preview."""

from collections.abc import Sequence

import structlog
from rich.console import Console

from bot import words
from bot.app import App, Bot, open_app
from bot.clock import now
from bot.once import gather_news, run_once
from bot.platforms.console import show
from bot.progress import Progress
from bot.publishing import Publisher
from bot.reloading import Reloader, Tell
from config.schema import Channel, Config
from config.watch import WatchedConfig
from digests.document import Document
from digests.errors import DatabaseInUse, OnrecordError
from digests.model import Digest
from digests.storage.store import Store

_log = structlog.get_logger()


async def run(
    config: Config, console: Console, *, once: bool, file: WatchedConfig, watch: bool = True
) -> None:
    """Run the bot until it is told to stop, or for one cycle; ``file`` is what ``config`` was loaded from."""
    async with open_app(config, console) as app:
        if once:
            await run_once(app, console, Progress(console))
        else:
            if console.is_terminal:
                console.print(_watching(app), highlight=False, markup=False)
            app.store.be_patient()
            reloader = Reloader(file, config, _teller(console), watch=watch)
            await Bot(app, Progress(console), reloader).run()


def _teller(console: Console) -> Tell:
    """Return what tells of a changed configuration: on a terminal to who sits there, else to the log."""

    def tell(headline: str, lines: Sequence[str] = (), *, bad: bool = False) -> None:
        if console.is_terminal:
            for line in (headline, *(f"  {line}" for line in lines)):
                console.print(line, highlight=False, markup=False, soft_wrap=True)
        else:
            (_log.error if bad else _log.info)(headline, lines=list(lines))

    return tell


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
