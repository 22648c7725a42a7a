"""Digests that are due: each as soon as what its own feeds announced is read."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import rounds
from bot.app import Bot
from config.schema import Config
from tests.bot.small_app import CITY, DESK, Small, small_app
from tests.make import GAZETTE
from tests.newsroom import answer, rss

SLOW, SPORT = "https://slow.example/rss", "123456789012345670"
HOUR = timedelta(hours=1)


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Small]:
    async with small_app(tmp_path) as small:
        yield small


async def two_desks(small: Small) -> Bot:
    """Return a bot with a channel for the Gazette and one for a feed whose pages are held, both due."""
    bot = Bot(small.app)
    own: list[dict[str, Any]] = [
        {**DESK, "name": "slow-desk", "to": f"discord:{SPORT}", "feeds": ["Slow"]},
        {**DESK, "feeds": ["The Gazette"]},
    ]
    feeds = [{"url": GAZETTE, "name": "The Gazette"}, {"url": SLOW, "name": "Slow"}]
    storage = small.app.config.storage
    await bot.follow(Config.model_validate({"storage": storage, "feeds": feeds, "channels": own}))
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss("bridge"))
    small.web.feeds[SLOW] = answer(SLOW, rss("storm").replace(b"gazette.example", b"slow.example"))
    small.web.held["https://slow.example/storm"] = asyncio.Event()
    await bot.app.poller.poll_due()
    bot.app.commands.mark_ready()
    small.clock.advance(5 * HOUR)
    return bot


async def told(small: Small, name: str) -> bool:
    return await small.app.store.load_last_digest(name) is not None


async def until_told(small: Small, name: str) -> None:
    async with asyncio.timeout(10):
        while not await told(small, name):  # noqa: ASYNC110 - the store knows no event
            await asyncio.sleep(0.01)


async def test_a_slow_page_delays_the_digest_of_its_own_channel_alone(small: Small) -> None:
    """Though that channel rang first; its own digest comes when the page is read."""
    bot = await two_desks(small)
    making = asyncio.create_task(bot.publish_due(*bot.app.config.channels))
    await until_told(small, "city-desk")
    assert not await told(small, "slow-desk")
    small.web.held["https://slow.example/storm"].set()
    await making
    assert await told(small, "slow-desk")


async def test_a_channel_that_rings_while_another_waits_is_heard(small: Small) -> None:
    """The alarm rings for one after the other; nobody stands in a queue behind a slow page."""
    making = rounds.Rounds(lambda: bot.app)
    bot = await two_desks(small)
    slow, city = bot.app.config.channels
    running = asyncio.create_task(making.run_forever())
    try:
        making.ring(slow)
        await asyncio.sleep(0.1)
        making.ring(city)
        await until_told(small, "city-desk")
        assert not await told(small, "slow-desk")
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_patience_ends_with_what_is_read(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot without anything read is past; what is read later is in the next one."""
    monkeypatch.setattr(rounds, "READ_PATIENCE", timedelta(seconds=0.05))
    bot = await two_desks(small)
    async with asyncio.timeout(10):
        await bot.publish_due(*bot.app.config.channels)
    assert (await told(small, "city-desk"), await told(small, "slow-desk")) == (True, False)
    assert (await small.app.store.load_channel("slow-desk")).last_slot is not None
    await bot.app.deliverer.run_due()
    assert {channel for channel, *_ in small.discord.shown} == {CITY}


async def test_a_fault_of_ours_in_the_reading_comes_out(small: Small) -> None:
    """It must not be kept from whoever runs the bot."""
    bot = await two_desks(small)
    small.web.pages["https://slow.example/storm"] = LookupError("a fault of ours")
    small.web.held.clear()
    with pytest.raises(LookupError):
        await bot.publish_due(*bot.app.config.channels)
