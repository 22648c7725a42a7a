import json
from datetime import datetime, timedelta
from pathlib import Path

from bot.publishing import Publisher, Round
from config.schema import Channel
from digests.errors import FetchCause, FetchError
from digests.model import Digest, PartState
from tests.bot.small_app import DESK, START, Small, settings, small_app
from tests.make import GAZETTE

HOUR = timedelta(hours=1)


def headlines(digest: Digest) -> list[str]:
    return sorted(story.headline for story in (*digest.stories, *digest.more))


async def preview(small: Small, at: int = 0) -> Digest:
    digest, _ = await small.app.publisher.preview(small.app.config.channels[at])
    return digest


# --- what a digest holds -----------------------------------------------------------------------------


async def test_a_preview_consumes_nothing(small: Small) -> None:
    """However often it is asked for, the slot still has everything to tell."""
    await small.announce("bridge", "school")
    for _ in range(2):
        assert headlines(await preview(small)) == ["bridge", "school"]
    published = await small.app.publisher.publish(small.channel, slot=START)
    assert (published.stories, published.due_at) == (2, START)


async def test_a_new_channel_starts_with_the_last_day(small: Small, tmp_path: Path) -> None:
    """What came in before that is archive to it, whatever older channels were told."""
    await small.announce("old")
    small.clock.advance(25 * HOUR)
    await small.announce("old", "fresh")
    config = settings(tmp_path, DESK, {**DESK, "name": "new"})
    await small.app.store.sync_channels(["new"], small.clock())
    publisher = Publisher(config, small.app.store, small.platforms, small.clock)
    digest, _ = await publisher.preview(config.channels[1])
    assert headlines(digest) == ["fresh"]
    assert digest.since == START + HOUR
    assert headlines(await preview(small)) == ["fresh", "old"]


async def test_every_channel_is_told_by_itself(tmp_path: Path) -> None:
    """What one was told is still new to the other."""
    async with small_app(tmp_path, DESK, {**DESK, "name": "other", "to": "terminal"}) as small:
        await small.announce("bridge")
        for channel in small.app.config.channels:
            assert (await small.app.publisher.publish(channel, slot=START)).stories == 1
            assert (await small.app.publisher.publish(channel, slot=START + HOUR)).stories == 0
        assert sorted(await small.deliver()) == ["discord", "discord", "terminal", "terminal"]


async def test_filters_and_the_most_stories_are_the_channels(tmp_path: Path) -> None:
    """Excluded articles are nobody's; what exceeds the most is listed as headlines, never dropped."""
    desk = {**DESK, "include": ["bridge", "/sch.*l/"], "exclude": ["closed"], "max_stories": 1}
    async with small_app(tmp_path, desk) as small:
        await small.announce("bridge", "school", "bridge closed", "storm")
        digest = await preview(small)
        assert headlines(digest) == ["bridge", "school"]
        assert (len(digest.stories), len(digest.more)) == (1, 1)


async def test_failing_feeds_are_counted(small: Small) -> None:
    """In a digest, and in the line that says that nothing is new."""
    await small.announce("bridge")
    small.web.feeds[GAZETTE] = FetchError(FetchCause.SERVER_ERROR, "trouble")
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    assert (await preview(small)).failing_feeds == 1


# --- what publishing stores --------------------------------------------------------------------------


async def test_a_digest_asked_for_in_chat_leaves_the_schedule_alone(tmp_path: Path) -> None:
    """No slot is used up, and quiet hours do not hold back what somebody asks for now."""
    async with small_app(tmp_path, {**DESK, "quiet": "11:00-13:00"}) as small:
        await small.announce("bridge")
        published = await small.app.publisher.publish(small.channel, slot=None)
        assert (published.stories, published.due_at) == (1, START)
        assert (await small.app.store.load_channel("city-desk")).last_slot is None


async def test_a_slots_digest_is_due_when_quiet_ends(tmp_path: Path) -> None:
    """It is stored at once, and goes out then."""
    async with small_app(tmp_path, {**DESK, "quiet": "11:00-13:00"}) as small:
        await small.announce("bridge")
        published = await small.app.publisher.publish(small.channel, slot=START)
        assert published.due_at == START + HOUR
        parts = await small.app.store.load_parts([PartState.WAITING])
        assert [part.due_at for part in parts] == [START + HOUR] * 2


async def test_an_earlier_slot_posts_nothing_after_a_later_one(small: Small) -> None:
    """A digest made twice at once would be posted twice: the second finds its slot taken."""
    await small.announce("bridge")
    assert (await small.app.publisher.publish(small.channel, slot=START + HOUR)).stories == 1
    await small.announce("bridge", "storm")
    assert (await small.app.publisher.publish(small.channel, slot=START)).stories == 0
    assert headlines(await preview(small)) == ["storm"]


async def test_with_nothing_new_a_question_in_chat_records_nothing(tmp_path: Path) -> None:
    """Only a slot says that there is nothing, in a channel that wants to hear it."""
    async with small_app(tmp_path, {**DESK, "when_empty": "say"}) as small:
        assert (await small.app.publisher.publish(small.channel, slot=None)).stories == 0
        assert await small.deliver() == []
        assert (await small.app.publisher.publish(small.channel, slot=START)).stories == 0
        assert await small.deliver() == ["discord"]


async def test_terminal_channels_do_not_share_a_place(tmp_path: Path) -> None:
    """Their parts go by the channel's name, for a terminal has no addresses."""
    desks = ({**DESK, "to": "terminal"}, {**DESK, "name": "other", "to": "terminal"})
    async with small_app(tmp_path, *desks) as small:
        await small.announce("bridge")
        for channel in small.app.config.channels:
            await small.app.publisher.publish(channel, slot=START)
        await small.deliver()
        assert {place for place, _ in small.platforms["terminal"].shown} == {"city-desk", "other"}


async def test_channels_that_are_due_together_each_get_their_own(tmp_path: Path) -> None:
    """They share the feeds, the reading and the transaction; what they want and were told is their own."""
    picky = {"name": "picky", "to": "slack:C0123ABCD", "schedule": DESK["schedule"], "exclude": ["school"]}
    told = {"name": "told", "to": "terminal", "schedule": DESK["schedule"]}
    async with small_app(tmp_path, DESK, picky, told) as small:
        await small.announce("bridge")
        publisher, channels = small.app.publisher, small.app.config.channels
        await publisher.publish(channels[2], slot=None)
        await small.announce("bridge", "school")
        due = [(channel, START) for channel in channels]
        published = await publisher.publish_all(due, Round())
        assert [one.stories for one in published] == [2, 1, 1]
        digests = [await small.app.store.load_last_digest(channel.name) for channel in channels]
        shown = [[card.headline.text for card in one.document.cards] for one in digests if one]
        assert [sorted(titles) for titles in shown] == [["bridge", "school"], ["bridge"], ["school"]]
        again = await publisher.publish_all(due, Round())
        assert [one.stories for one in again] == [0, 0, 0]


async def test_the_next_slot_heeds_zone_and_quiet_hours(tmp_path: Path) -> None:
    """Five in the afternoon in Chicago, put off to six."""
    desk = {**DESK, "timezone": "America/Chicago", "quiet": "16:00-18:00"}
    async with small_app(tmp_path, desk) as small:
        assert small.app.publisher.next_slot(small.channel) == START.replace(hour=14)  # 8:00 there
        small.clock.advance(3 * HOUR)
        slot = small.app.publisher.next_slot(small.channel)
        assert slot is not None
        assert slot.strftime("%d %H:%M") == "03 00:00"


# --- a schedule that changes ---------------------------------------------------------------------------


async def owed_slot(publisher: Publisher, channel: Channel) -> datetime | None:
    """Return the slot that one channel is owed."""
    return {one.name: slot for one, slot in await publisher.owed_slots([channel])}.get(channel.name)


def changed(small: Small, folder: Path, schedule: str) -> Publisher:
    """Return the publisher of the same bot after its operator changed the channel's schedule."""
    config = settings(folder, {**DESK, "schedule": schedule})
    return Publisher(config, small.app.store, small.platforms, small.clock)


async def test_a_slot_that_a_new_schedule_puts_into_the_past_was_never_missed(
    small: Small, tmp_path: Path
) -> None:
    """The change takes effect with the next slot, not with a digest at once."""
    small.clock.advance(5 * HOUR)
    assert await owed_slot(small.app.publisher, small.channel) == START + 5 * HOUR
    await small.app.publisher.publish(small.channel, slot=START + 5 * HOUR)
    small.clock.advance(HOUR)
    publisher = changed(small, tmp_path, "30 17 * * *")
    for _ in range(2):
        await publisher.adopt_timetables()
        assert await owed_slot(publisher, small.channel) is None
    small.clock.advance(24 * HOUR)
    assert await owed_slot(publisher, small.channel) == START + 29.5 * HOUR


async def test_a_slot_that_was_missed_is_owed_whatever_the_schedule_became(
    small: Small, tmp_path: Path
) -> None:
    """The bot was down at five and starts at six, changed: one digest, and then the new times."""
    await small.announce("bridge")
    small.clock.advance(6 * HOUR)
    publisher = changed(small, tmp_path, "30 17 * * *")
    await publisher.adopt_timetables()
    assert await owed_slot(publisher, small.channel) == START + 5 * HOUR
    assert (await publisher.publish(small.channel, slot=START + 5 * HOUR)).stories == 1
    await publisher.adopt([publisher.config.channels[0]])
    assert await owed_slot(publisher, small.channel) is None
    state = await small.app.store.load_channel("city-desk")
    assert state.schedule == publisher.timetable(publisher.config.channels[0]).as_text()


async def test_a_channel_made_by_a_clock_that_was_ahead_is_told_the_last_day(
    small: Small, tmp_path: Path
) -> None:
    """Else it would be told nothing until that time has come."""
    await small.announce("bridge")
    config = settings(tmp_path, DESK, {**DESK, "name": "new"})
    await small.app.store.sync_channels(["new"], START + 9000 * HOUR)
    publisher = Publisher(config, small.app.store, small.platforms, small.clock)
    digest, _ = await publisher.preview(config.channels[1])
    assert headlines(digest) == ["bridge"]
    assert digest.since == START - 24 * HOUR


# --- in the channel's language -------------------------------------------------------------------------


async def test_one_story_is_told_in_each_channels_language(tmp_path: Path) -> None:
    """The same article, read once and built in one round: French for one, English for the other."""
    french = {**DESK, "name": "bureau", "to": "terminal", "language": "fr"}
    async with small_app(tmp_path, DESK, french) as small:
        await small.announce("bridge")
        due = [(channel, START) for channel in small.app.config.channels]
        titles = [
            published.document.title
            for published in await small.app.publisher.publish_all(due, Round())
            if published.document is not None
        ]
        assert titles == ["city-desk: 1 story", "bureau\u00a0: 1 article"]


async def test_an_empty_slot_says_so_in_the_channels_language(tmp_path: Path) -> None:
    """Where the channel wants to hear of it."""
    async with small_app(tmp_path, {**DESK, "when_empty": "say", "language": "fr"}) as small:
        await small.app.publisher.publish(small.channel, slot=START)
        (part,) = await small.app.store.load_parts([PartState.WAITING])
        assert "city-desk\u00a0: rien de nouveau" in json.dumps(part.payload, ensure_ascii=False)
