"""[io] ``--once``: one cycle of everything, as if every channel's slot were due now."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from rich.console import Console

from bot import words
from bot.app import App
from bot.platforms.base import DeliveryDeferred, DeliveryRefused
from bot.platforms.console import show
from bot.progress import Progress
from bot.publishing import Published
from config.schema import Channel
from digests.model import OutboxPart, PartState
from digests.poll import PollSummary

Queue = tuple[str, str, str]
"""A channel's platform, its address there, and its name: others can post to the same place."""

PATIENCE = timedelta(seconds=12)
"""How long a cycle waits for messages that are to be tried again soon; the next cycle has the others."""


async def run_once(app: App, console: Console, progress: Progress) -> None:
    """Poll, read, post what is new to every channel, deliver what waited, and say what happened.

    Raises:
        DeliveryRefused: a platform does not let the bot in; the others have got their messages by then.
    """
    refused = await _sign_in(app, console)
    polled = await gather_news(app, progress)
    queued = await _held(app)
    outcomes = [await _publish(app, channel) for channel in app.config.channels]
    await app.notifier.notify()
    await _deliver(app)
    held = await _held(app)
    fates = {
        queue: Fate(held=held.get(queue), delivered=queue in queued and queue not in held)
        for queue in map(_queue, app.config.channels)
    }
    notes = [
        await _told(app, channel, outcome, fates[_queue(channel)], console)
        for channel, outcome in zip(app.config.channels, outcomes, strict=True)
    ]
    for queue in fates:
        held.pop(queue, None)
    notes += [words.once_waiting(":".join(queue[:2]), part.note) for queue, part in held.items()]
    if polled.failed:
        notes.append(words.failing(sum(polled.failed.values()), polled.feeds))
    for note in notes:
        if note:
            console.print(note, highlight=False, markup=False)
    if refused is not None:
        raise refused


async def _sign_in(app: App, console: Console) -> DeliveryRefused | None:
    """Sign in everywhere; return the refusal of a platform that does not let the bot in.

    Raises:
        DeliveryRefused: none does.
    """
    refusals = []
    for platform in app.platforms.values():
        try:
            await platform.start()
        except DeliveryDeferred as error:
            console.print(f"{platform.name}: {error}", highlight=False, markup=False)
        except DeliveryRefused as error:
            refusals.append(error)
    if len(refusals) == len(app.platforms) > 0:
        raise refusals[0]
    return refusals[0] if refusals else None


async def _deliver(app: App) -> None:
    """Deliver what is due, and for a while what a crash or a broken connection put off by seconds."""
    latest = app.clock() + PATIENCE
    await app.deliverer.run_due()
    while (due_at := await app.store.next_due_at()) is not None and due_at <= latest:
        await asyncio.sleep((due_at - app.clock()).total_seconds())
        await app.deliverer.run_due()


async def _publish(app: App, channel: Channel) -> Published:
    """Queue the channel's digest as if its slot were due now; an old timetable owes nothing after that."""
    outcome = await app.publisher.publish(channel, slot=app.clock())
    await app.publisher.adopt([channel])
    return outcome


async def gather_news(app: App, progress: Progress) -> PollSummary:
    """Ask every feed now and read everything new; return how the feeds answered."""
    urls = [feed.url for feed in app.config.feeds]
    feeds = await app.store.load_feeds(urls)
    with progress.step("Asking feeds", len(feeds)) as told:
        polled = await app.poller.poll(feeds, told)
    with progress.step("Reading articles", await app.store.count_pending(urls)) as told:
        await app.reader.read_pending(urls, told)
    app.commands.mark_ready()
    return polled


def _queue(channel: Channel) -> Queue:
    return channel.to.platform, channel.to.address or channel.name, channel.name


async def _held(app: App) -> dict[Queue, OutboxPart]:
    """Return the first part of each queue that was not delivered: its note says why."""
    parts = await app.store.load_parts([PartState.WAITING, PartState.UNKNOWN, PartState.PARKED])
    return {(part.platform, part.channel, part.queue): part for part in reversed(parts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a queue's messages: the first held back, and whether an older one went out."""

    held: OutboxPart | None
    delivered: bool


async def _told(app: App, channel: Channel, outcome: Published, fate: Fate, console: Console) -> str:
    """Return the line that says what became of the channel's slot; empty where its digest shows it."""
    zone = app.config.zone_of(channel)
    if outcome.stories and outcome.due_at > app.clock():
        return words.once_quiet(channel.name, outcome.stories, words.moment(outcome.due_at, zone))
    held = fate.held
    if held is not None:
        # A part without a note was never tried: it waits for the end of quiet hours.
        reason = held.note or words.quiet_until(words.moment(held.due_at, zone))
        return words.once_waiting(channel.name, reason)
    if outcome.stories:
        return "" if channel.to.platform == "terminal" else words.once_queued(channel.name, outcome.stories)
    if fate.delivered and channel.to.platform == "terminal":
        return ""
    if channel.to.platform == "terminal":
        last = await app.store.load_last_digest(channel.name)
        if last is not None:
            show(console, last.document, f"shown again, made {words.moment(last.built_at, zone)}")
    slot = app.publisher.next_slot(channel)
    return words.once_nothing(channel.name, words.moment(slot, zone) if slot is not None else "")
