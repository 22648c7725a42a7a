import asyncio
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app as app_module
from bot import rounds
from bot.app import Bot
from bot.platforms.base import DeliveryDeferred
from digests.document import Document
from digests.errors import StorageError
from digests.model import PartState
from tests.bot.small_app import CITY, DESK, START, Small, small_app
from tests.fakes import Fault
from tests.make import GAZETTE, make_part
from tests.newsroom import answer, rss

HOUR = timedelta(hours=1)


async def until(happened: Callable[[], object], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def last_document(small: Small) -> Document | None:
    saved = await small.app.store.load_last_digest("city-desk")
    return saved.document if saved else None


# --- what is due -------------------------------------------------------------------------------------


async def test_a_slot_posts_the_channels_digest_once(small: Small) -> None:
    """Not before it, however often somebody looks, and not again after it."""
    bot = Bot(small.app)
    small.app.commands.mark_ready()
    await small.announce("bridge", "school")
    for wait, shown in (
        (timedelta(), 0),
        (5 * HOUR - timedelta(seconds=1), 0),
        (timedelta(seconds=1), 3),
        (HOUR, 3),
    ):
        small.clock.advance(wait)
        await bot.publish_due(small.channel)
        await small.deliver()
        assert len(small.discord.shown) == shown


async def test_the_next_slot_tells_only_what_came_since(small: Small) -> None:
    """An article is told once per channel."""
    bot = Bot(small.app)
    small.app.commands.mark_ready()
    await small.announce("bridge")
    small.clock.advance(5 * HOUR)
    await bot.publish_due(small.channel)
    await small.announce("bridge", "storm")
    small.clock.advance(15 * HOUR)
    await bot.publish_due(small.channel)
    document = await last_document(small)
    assert document is not None
    assert [card.headline.text for card in document.cards] == ["storm"]


async def test_slots_missed_while_away_make_one_digest(small: Small) -> None:
    """After three days off, what came in is told at once, and once."""
    small.app.commands.mark_ready()
    small.clock.advance(75 * HOUR)
    await small.announce("bridge")
    bot = Bot(small.app)
    for _ in range(3):
        await bot.publish_due(small.channel)
    assert (await small.app.store.load_channel("city-desk")).last_slot == START + 68 * HOUR
    assert len(await small.deliver()) == 2


async def test_before_the_first_poll_is_over_nothing_is_posted(small: Small) -> None:
    """And the slot is not used up: the digest comes as soon as the feeds were read."""
    small.clock.advance(5 * HOUR)
    bot = Bot(small.app)
    await bot.publish_due(small.channel)
    assert (await small.app.store.load_channel("city-desk")).last_slot is None
    await small.announce("bridge")
    small.app.commands.mark_ready()
    await bot.publish_due(small.channel)
    assert len(await small.deliver()) == 2


@pytest.mark.parametrize(("when_empty", "shown"), [("skip", 0), ("say", 1)])
async def test_a_slot_without_news_is_skipped_or_said(tmp_path: Path, when_empty: str, shown: int) -> None:
    """As the channel wishes; either way it is past, and says so once."""
    async with small_app(tmp_path, {**DESK, "when_empty": when_empty}) as small:
        small.app.commands.mark_ready()
        small.clock.advance(5 * HOUR)
        for _ in range(2):
            await Bot(small.app).publish_due(small.channel)
        assert len(await small.deliver()) == shown
        assert (await small.app.store.load_channel("city-desk")).last_slot == START + 5 * HOUR


async def test_a_slot_in_quiet_hours_goes_out_when_they_end(tmp_path: Path) -> None:
    """The five o'clock digest of a channel that is quiet from four to six comes at six."""
    async with small_app(tmp_path, {**DESK, "quiet": "16:00-18:00"}) as small:
        small.app.commands.mark_ready()
        await small.announce("bridge")
        counts = []
        for _ in range(8):
            await Bot(small.app).publish_due(small.channel)
            counts.append(len(await small.deliver()))
            small.clock.advance(HOUR)
        assert counts == [0, 0, 0, 0, 0, 0, 2, 2]


async def test_quiet_hours_hold_up_no_other_channel_that_posts_to_the_same_place(tmp_path: Path) -> None:
    """A place can have a digest that is quiet at night, and alerts: each comes when it is due."""
    loud = {**DESK, "name": "alerts", "schedule": "0 * * * *"}
    async with small_app(tmp_path, {**DESK, "quiet": "16:00-18:00"}, loud) as small:
        small.app.commands.mark_ready()
        await small.announce("bridge")
        shown = []
        for _ in range(7):
            await Bot(small.app).publish_due(*small.app.config.channels)
            await small.deliver()
            parts = await small.app.store.load_parts([PartState.SENT])
            shown.append("".join(sorted({part.queue[0] for part in parts})))
            small.clock.advance(HOUR)
        assert shown == ["", "a", "a", "a", "a", "a", "ac"]


async def test_a_due_digest_waits_only_a_while_for_articles_that_are_read(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not read by then is in the next one; the reading goes on."""
    monkeypatch.setattr(rounds, "READ_PATIENCE", timedelta(milliseconds=50))
    small.app.commands.mark_ready()
    await small.announce("bridge")
    small.analyst.held = asyncio.Event()
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss("bridge", "storm"))
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    small.clock.advance(5 * HOUR)
    async with asyncio.timeout(10):
        await Bot(small.app).publish_due(small.channel)
    document = await last_document(small)
    assert document is not None
    assert [card.headline.text for card in document.cards] == ["bridge"]
    small.analyst.held.set()
    await small.app.reader.read_pending([GAZETTE])
    assert (await small.app.publisher.preview(small.channel))[0].stories[0].headline == "storm"


# --- a running bot -------------------------------------------------------------------------------------


async def run_until(small: Small, happened: Callable[[], object]) -> None:
    """Run a bot until something happened, then tell it to stop as a service manager does."""
    running = asyncio.create_task(Bot(small.app).run())
    waiting = asyncio.create_task(until(happened))
    await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
    if not running.done():
        signal.raise_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(10):
            await running
        await waiting
    finally:
        waiting.cancel()


def publish(small: Small, *titles: str) -> None:
    """Let the feed announce articles; the bot polls by itself."""
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss(*titles))


async def test_a_terminal_is_greeted_with_a_digest_and_a_chat_is_not(tmp_path: Path) -> None:
    """A restart must not post to a channel outside its schedule."""
    desks = ({**DESK, "name": "here", "to": "terminal"}, DESK)
    async with small_app(tmp_path, *desks) as small:
        publish(small, "bridge")
        await run_until(small, lambda: len(small.platforms["terminal"].shown) == 2)
        assert small.discord.shown == []
        assert all(small.platforms[name].started for name in ("terminal", "discord"))


async def test_what_was_missed_while_away_goes_out_at_the_start(small: Small) -> None:
    """No slot comes for hours, and the digest of the one that was missed is posted all the same."""
    publish(small, "bridge")
    small.clock.advance(6 * HOUR)
    await run_until(small, lambda: len(small.discord.shown) == 2)


async def test_when_the_clock_is_set_forward_what_is_due_goes_out(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it does when a machine wakes: its alarms were set for moments that passed in its sleep."""
    monkeypatch.setattr(app_module, "CLOCK_TICK", timedelta(milliseconds=20))
    publish(small, "bridge")

    def read_and_slept() -> bool:
        if small.app.commands.ready and small.clock.now == START:
            small.clock.advance(6 * HOUR)
        return len(small.discord.shown) == 2

    await run_until(small, read_and_slept)


async def test_when_the_clock_is_set_back_what_was_put_off_is_tried_at_once(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock as it was it is due in half a minute; by the clock as it is, in two hours."""
    monkeypatch.setattr(app_module, "CLOCK_TICK", timedelta(milliseconds=20))
    error = DeliveryDeferred("down", retry_after=timedelta(seconds=30))
    small.discord.fail(CITY, Fault(error=error))
    await small.app.store.queue_parts([make_part(platform="discord", channel=CITY, due_at=START)])

    def failed_and_set_back() -> bool:
        if small.discord.asked and small.clock.now == START:
            small.clock.advance(-2 * HOUR)
        return bool(small.discord.shown)

    await run_until(small, failed_and_set_back)


async def test_when_the_clock_is_set_back_what_quiet_hours_put_off_comes_when_they_end(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock as it is, the channel is not quiet at all."""
    monkeypatch.setattr(app_module, "CLOCK_TICK", timedelta(milliseconds=20))
    await small.app.store.queue_parts([make_part(platform="discord", channel=CITY, due_at=START + HOUR)])

    def read_and_set_back() -> bool:
        if small.app.commands.ready and small.clock.now == START:
            small.clock.advance(-2 * HOUR)
        return bool(small.discord.shown)

    await run_until(small, read_and_set_back)


async def test_stopping_leaves_no_task_behind_even_in_the_middle_of_reading(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading that a due digest waited for ends too: the analyser is about to be closed under it."""
    small.app.commands.mark_ready()
    small.clock.advance(6 * HOUR)
    small.analyst.held = asyncio.Event()
    publish(small, "bridge")
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    monkeypatch.setattr(app_module, "POLL_TICK", timedelta(seconds=60))
    before = asyncio.all_tasks()
    bot = Bot(small.app)
    due = asyncio.create_task(bot.publish_due(small.channel))
    await until(lambda: small.analyst.read_titles)
    running = asyncio.create_task(bot.run())
    await asyncio.sleep(0.05)
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        await running
    due.cancel()
    await asyncio.gather(due, return_exceptions=True)
    assert [task.get_coro() for task in asyncio.all_tasks() - before - {running}] == []


async def test_a_lock_that_is_removed_under_the_bot_ends_it(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words; a second bot could begin, and both would post."""
    monkeypatch.setattr(app_module, "CLOCK_TICK", timedelta(milliseconds=20))

    def remove() -> bool:
        if small.app.commands.ready:
            (tmp_path / "onrecord.db.lock").unlink(missing_ok=True)
        return False

    with pytest.raises(StorageError, match=r"onrecord\.db\.lock was moved, removed or replaced"):
        await run_until(small, remove)


async def test_an_unknown_error_in_a_part_ends_the_bot_with_it(small: Small) -> None:
    """Half a bot would be worse than none: whoever supervises it starts it anew."""
    small.web.feeds[GAZETTE] = LookupError("a fault of ours")
    with pytest.raises(LookupError):
        await run_until(small, lambda: False)


async def test_feeds_keep_their_settings_on_the_way_to_the_news_side(small: Small) -> None:
    """Address, name and pace, as configured."""
    (feed,) = small.app.feeds()
    assert (feed.url, feed.name, feed.every) == (GAZETTE, "The Gazette", timedelta(minutes=15))
    slower = small.app.config.model_copy(update={"every": timedelta(hours=1)})
    assert [feed.every for feed in small.app.under(slower).feeds()] == [timedelta(hours=1)]
