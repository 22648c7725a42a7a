"""[io] ``--once``: one cycle of everything, as if every channel's slot were due now."""

from rich.console import Console

from bot import words
from bot.app import App
from bot.platforms.base import DeliveryDeferred
from bot.platforms.console import show
from bot.progress import Progress
from config.schema import Channel
from digests.model import OutboxPart, PartState


async def run_once(app: App, console: Console, progress: Progress) -> None:
    """Poll, read, post what is new to every channel, deliver what waited, and say what happened.

    Raises:
        DeliveryRefused: a platform does not let the bot in.
    """
    for platform in app.platforms.values():
        try:
            await platform.start()
        except DeliveryDeferred as error:
            console.print(f"{platform.name}: {error}", highlight=False, markup=False)
    await gather_news(app, progress)
    notes = [await _publish(app, channel, console) for channel in app.config.channels]
    await app.deliverer.run_due()
    notes += [_waiting(part) for part in await app.store.load_parts([PartState.UNKNOWN, PartState.PARKED])]
    for note in notes:
        if note:
            console.print(note, highlight=False, markup=False)


async def gather_news(app: App, progress: Progress) -> None:
    """Ask every feed now and read everything new."""
    urls = [feed.url for feed in app.config.feeds]
    feeds = await app.store.load_feeds(urls)
    with progress.step("Asking feeds", len(feeds)) as told:
        await app.poller.poll(feeds, told)
    with progress.step("Reading articles", await app.store.count_pending(urls)) as told:
        await app.reader.read_pending(urls, told)
    app.commands.mark_ready()


async def _publish(app: App, channel: Channel, console: Console) -> str:
    """Queue the channel's digest as if its slot were now, and return the line that says so."""
    zone = app.config.zone_of(channel)
    published = await app.publisher.publish(channel, slot=app.clock())
    if published.stories and published.due_at > app.clock():
        return words.once_quiet(channel.name, published.stories, words.moment(published.due_at, zone))
    if published.stories:
        return "" if channel.to.platform == "terminal" else words.once_queued(channel.name, published.stories)
    if channel.to.platform == "terminal":
        last = await app.store.load_last_digest(channel.name)
        if last is not None:
            show(console, last.document, f"shown again, made {words.moment(last.built_at, zone)}")
    slot = app.publisher.next_slot(channel)
    return words.once_nothing(channel.name, words.moment(slot, zone) if slot is not None else "")


def _waiting(part: OutboxPart) -> str:
    return words.once_waiting(f"{part.platform}:{part.channel}", part.note)
