"""What a running bot makes of another configuration, whatever it is doing when that comes."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.commands import DigestRequest
from config.schema import Config
from digests.model import PageRule, PartState
from tests.bot.small_app import CITY, DESK, START, Small, small_app
from tests.bot.test_app import until
from tests.make import GAZETTE
from tests.newsroom import answer, rss

COURIER = "https://courier.example/feed"
SPORT = "123456789012345670"
HOUR = timedelta(hours=1)
FEEDS = ({"url": GAZETTE, "name": "The Gazette"},)


def changed(small: Small, *channels: Mapping[str, Any], **changes: Any) -> Config:
    """Return a configuration like the small app's, with other channels or settings."""
    storage = small.app.config.storage
    whole = {"storage": storage, "feeds": FEEDS, "channels": channels or (DESK,), **changes}
    return Config.model_validate(whole)


@pytest.fixture
async def bot(small: Small) -> Bot:
    """A bot that read its feeds once."""
    small.app.commands.mark_ready()
    return Bot(small.app)


async def due(bot: Bot, small: Small) -> list[tuple[str, int]]:
    """Ring for every channel that there ever was, deliver, and return how much each place shows."""
    for channel in (*small.app.config.channels, *bot.app.config.channels):
        await bot.publish_due(channel)
    await small.deliver()
    places = [place for place, _ in small.discord.shown]
    return sorted((place, places.count(place)) for place in set(places))


@asynccontextmanager
async def running(small: Small) -> AsyncIterator[Bot]:
    """A bot that runs by itself and has read its feeds once."""
    bot = Bot(small.app)
    task = asyncio.create_task(bot.run())
    await until(lambda: small.app.commands.ready)
    await asyncio.sleep(0.05)
    yield bot
    signal.raise_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        await task


# --- feeds ---------------------------------------------------------------------------------------------


async def test_a_feed_that_is_added_is_asked_at_once_and_one_that_is_removed_never_again(
    small: Small,
) -> None:
    """The next look would be in a quarter of a minute; what is under way for the others goes on."""
    small.web.feeds[COURIER] = answer(COURIER, rss("storm"))
    async with running(small) as bot:
        await bot.follow(changed(small, feeds=[{"url": COURIER}]))
        await until(lambda: any(feed.url == COURIER for feed in small.web.asked))
        asked = [feed.url for feed in small.web.asked]
        assert asked == [GAZETTE, COURIER]
        assert not small.web.asked[1].answered
        small.clock.advance(48 * HOUR)
        assert [feed.url for feed in await small.app.store.load_due_feeds(small.clock())] == [COURIER]


async def test_a_change_in_the_middle_of_a_poll_loses_no_entry(small: Small) -> None:
    """The answer that is awaited is stored, and told in the next digest."""
    small.web.held[GAZETTE] = asyncio.Event()
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss("bridge"))
    small.app.commands.mark_ready()
    async with running(small) as bot:
        await until(lambda: small.web.asked)
        await bot.follow(changed(small, feeds=[*FEEDS, {"url": COURIER}]))
        small.web.held[GAZETTE].set()
        await until(lambda: COURIER in [feed.url for feed in small.web.asked])
        small.clock.advance(5 * HOUR)
        await bot.publish_due(small.channel)
        await until(lambda: len(small.discord.shown) == 2)


async def test_a_channel_that_is_added_gets_its_first_digest_where_it_wants_one(small: Small) -> None:
    """After its feeds were read, as at a start; one in a chat waits for its slot."""
    await small.announce("bridge")
    small.web.feeds[COURIER] = answer(COURIER, rss("storm"))
    screen = {**DESK, "name": "screen", "to": "terminal", "schedule": "0 8 * * *"}
    sport = {**DESK, "name": "sport", "to": f"discord:{SPORT}"}
    async with running(small) as bot:
        await bot.follow(changed(small, DESK, screen, sport, feeds=[*FEEDS, {"url": COURIER}]))
        await until(lambda: len(small.platforms["terminal"].shown) == 3)
        assert small.discord.shown == []


async def test_rules_for_pages_count_from_the_next_article_on(bot: Bot, small: Small) -> None:
    """They are tried out by saving them."""
    await bot.follow(changed(small, pages=[{"host": "gazette.example", "wall": ["Members only"]}]))
    (rule,) = small.analyst.rules
    assert (rule.host, rule.wall) == ("gazette.example", ("Members only",))


# --- channels ------------------------------------------------------------------------------------------


async def test_the_next_digest_heeds_the_new_filters(bot: Bot, small: Small) -> None:
    """And so does a preview."""
    await small.announce("bridge", "storm")
    await bot.follow(changed(small, {**DESK, "exclude": ["storm"]}))
    small.clock.advance(5 * HOUR)
    assert await due(bot, small) == [(CITY, 2)]


async def test_a_channel_that_is_moved_gets_what_was_queued_where_it_was(bot: Bot, small: Small) -> None:
    """Messages keep the address they were made for; the next digest goes to the new one."""
    await small.announce("bridge")
    small.clock.advance(5 * HOUR)
    await bot.publish_due(small.channel)
    await bot.follow(changed(small, {**DESK, "to": f"discord:{SPORT}"}))
    assert await due(bot, small) == [(CITY, 2)]
    await small.announce("bridge", "storm")
    small.clock.advance(15 * HOUR)
    assert await due(bot, small) == [(SPORT, 2), (CITY, 2)]


async def test_a_channel_that_is_removed_gets_what_was_queued_and_no_more(bot: Bot, small: Small) -> None:
    """An alarm that was on its way for it is no error."""
    await small.announce("bridge")
    small.clock.advance(5 * HOUR)
    await bot.publish_due(small.channel)
    await bot.follow(changed(small, {**DESK, "name": "other", "to": f"discord:{SPORT}"}))
    await small.announce("bridge", "storm")
    small.clock.advance(15 * HOUR)
    assert await due(bot, small) == [(SPORT, 3), (CITY, 2)]


async def test_nobody_waits_for_articles_of_a_channel_that_is_removed(bot: Bot, small: Small) -> None:
    """The other channels' digests stand in the queue behind it."""
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss("bridge"))
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    small.analyst.held = asyncio.Event()
    small.clock.advance(5 * HOUR)
    await bot.follow(changed(small, {**DESK, "name": "other"}))
    async with asyncio.timeout(5):
        await bot.publish_due(small.channel)
    assert small.analyst.read_titles == []


async def test_chat_commands_follow(bot: Bot, small: Small) -> None:
    """The place that a channel moved to is answered, the one that it left is told how to get digests."""
    await bot.follow(changed(small, {**DESK, "to": f"discord:{SPORT}"}))
    asked = [DigestRequest(platform="discord", channel=place) for place in (CITY, SPORT)]
    before, now = [(await small.app.commands.digest(request)).text for request in asked]
    assert before.startswith("This channel gets no digests yet.")
    assert now.startswith("Nothing new since the last digest.")


async def test_what_is_refused_changes_nothing(small: Small) -> None:
    """A channel on a platform that the bot has not signed in to; the feeds beside it are not taken either."""
    del small.platforms["slack"]
    bot = Bot(small.app)
    channel = {**DESK, "name": "new", "to": "slack:C0123ABCD"}
    changes = await bot.follow(changed(small, channel, feeds=[{"url": COURIER}]))
    assert changes.refused
    assert bot.app is small.app
    assert [feed.url for feed in await small.app.store.load_due_feeds(small.clock())] == [GAZETTE]


async def test_where_the_database_is_changes_at_the_next_start_only(bot: Bot, small: Small) -> None:
    """What is asked beside the bot must find the one that it uses."""
    changes = await bot.follow(changed(small, storage="sqlite:///other.db"))
    assert changes.later == ("storage",)
    assert bot.app.config.storage == small.app.config.storage


# --- slots ---------------------------------------------------------------------------------------------

EVENING = {**DESK, "schedule": "0 18 * * *"}


async def test_a_moved_slot_comes_when_it_comes_and_the_old_one_does_not(bot: Bot, small: Small) -> None:
    """From five to six, changed at noon: nothing at five, one digest at six."""
    await small.announce("bridge")
    await bot.follow(changed(small, EVENING))
    small.clock.advance(5 * HOUR)
    assert await due(bot, small) == []
    small.clock.advance(HOUR)
    assert await due(bot, small) == [(CITY, 2)]


async def test_a_slot_that_is_moved_into_the_past_posts_nothing(bot: Bot, small: Small) -> None:
    """From five to eleven, changed at noon: the next one is tomorrow's."""
    await small.announce("bridge")
    await bot.follow(changed(small, {**DESK, "schedule": "0 11 * * *"}))
    assert await due(bot, small) == []
    small.clock.advance(23 * HOUR)
    assert await due(bot, small) == [(CITY, 2)]


async def test_a_slot_that_is_due_when_the_schedule_moves_is_told_once(bot: Bot, small: Small) -> None:
    """At five the old timetable owes a digest: it is posted, and at six only what came since."""
    await small.announce("bridge")
    small.clock.advance(5 * HOUR)
    await bot.follow(changed(small, EVENING))
    assert await due(bot, small) == [(CITY, 2)]
    assert await due(bot, small) == [(CITY, 2)]
    await small.announce("bridge", "storm")
    small.clock.advance(HOUR)
    assert await due(bot, small) == [(CITY, 4)]


@pytest.mark.parametrize(
    ("channel", "shown"),
    [
        pytest.param({**EVENING, "to": f"discord:{SPORT}"}, [(SPORT, 2)], id="moved"),
        pytest.param({**EVENING, "exclude": ["bridge"]}, [], id="filtered"),
        pytest.param({**EVENING, "name": "other", "to": f"discord:{SPORT}"}, [], id="removed"),
    ],
)
async def test_a_change_while_a_due_digest_waits_for_reading_counts_for_it(
    bot: Bot, small: Small, channel: Mapping[str, Any], shown: list[tuple[str, int]]
) -> None:
    """It goes by the configuration in force when it is made, its channel by the new timetable afterwards."""
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss("bridge"))
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    small.analyst.held = asyncio.Event()
    small.clock.advance(5 * HOUR)
    waiting = asyncio.create_task(bot.publish_due(small.channel))
    await until(lambda: small.analyst.read_titles)
    await bot.follow(changed(small, channel))
    small.analyst.held.set()
    await waiting
    assert await due(bot, small) == shown
    if channel["name"] == "city-desk":
        state = await small.app.store.load_channel("city-desk")
        assert state.last_slot == START + 5 * HOUR
        assert state.schedule == bot.app.publisher.timetable(bot.app.config.channels[0]).as_text()


async def test_a_change_between_a_digest_and_its_timetable_is_not_undone(
    bot: Bot, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest of the old timetable is stored while the new one is read: the new one stays in force."""
    await small.announce("bridge")
    small.clock.advance(5 * HOUR)
    publish, new = type(small.app.publisher).publish_all, changed(small, EVENING)

    async def publish_and_change(*arguments: Any, **named: Any) -> Any:
        published = await publish(*arguments, **named)
        await bot.follow(new)
        return published

    monkeypatch.setattr(type(small.app.publisher), "publish_all", publish_and_change)
    await bot.publish_due(small.channel)
    state = await small.app.store.load_channel("city-desk")
    assert state.schedule == bot.app.publisher.timetable(new.channels[0]).as_text()


@pytest.mark.parametrize("seed", range(4))
async def test_however_often_all_changes_every_article_is_told_once(tmp_path: Path, seed: int) -> None:
    """Three days of other schedules, zones, quiet hours and places, some of them while others are made."""
    chance = random.Random(seed)
    async with small_app(tmp_path) as small:
        small.app.commands.mark_ready()
        bot, titles = Bot(small.app), []
        for number in range(36):
            if chance.random() < 0.5:
                titles.append(f"news-{number}")
                await small.announce(*titles[-5:])
            new = changed(small, _any_channel(chance), timezone=chance.choice(["UTC", "Asia/Tokyo"]))
            doing = [bot.publish_due(small.channel) for _ in range(2)]
            doing.insert(chance.randrange(3), bot.follow(new))  # type: ignore[arg-type]
            await asyncio.gather(*doing)
            await small.deliver()
            small.clock.advance(2 * HOUR)
        await bot.follow(changed(small))
        small.clock.advance(24 * HOUR)
        await due(bot, small)
        sent = await small.app.store.load_parts([PartState.SENT])
        texts = {part.key: part.payload["text"] for part in sent}
        told = [texts[key] for _, key in small.discord.shown]
        assert sorted(text for text in told if text in titles) == sorted(titles)


def _any_channel(chance: random.Random) -> dict[str, Any]:
    hours = sorted(chance.sample(range(24), 3))
    channel = {**DESK, "schedule": f"0 {','.join(map(str, hours))} * * *"}
    if chance.random() < 0.3:
        channel["quiet"] = "22:00-05:00"
    return {**channel, "to": f"discord:{chance.choice([CITY, SPORT])}"}


async def test_pages_are_read_by_the_new_rules_at_once(bot: Bot, small: Small) -> None:
    """Whatever is being read ends by the old ones."""
    assert small.analyst.rules == ()
    await bot.follow(changed(small, pages=[{"host": "post.example", "content": "//main"}]))
    assert small.analyst.rules == (PageRule(host="post.example", content="//main"),)
