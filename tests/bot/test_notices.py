"""What the operator hears of, and how often."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.notices import Notifier, about_feeds, about_history, about_parked, make_notice_document
from bot.platforms import embeds, slack_protocol
from bot.platforms.base import MessagePart
from bot.words import ROLLS_OVER, SHORTER_EVERY
from config.schema import Config
from digests.document import Document
from digests.errors import FetchCause
from digests.model import FeedPoll, FeedState, FeedToFetch, OutboxPart, PartState, PollOutcome
from digests.storage.store import Store
from tests.fakes import FakePlatform
from tests.make import make_entry, make_poll

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
FEED = "https://news.example/rss"
OPERATOR = "123456789012345679"


def state(failures: int, cause: str = "timed out", url: str = FEED) -> FeedState:
    return FeedState(url=url, failures=failures, cause=cause, message="It did not answer within 30 s.")


@pytest.mark.parametrize(
    ("states", "causes"),
    [
        pytest.param([state(1)], [], id="a-single-failure-is-everyday"),
        pytest.param([state(3)], ["feed: timed out"], id="three-in-a-row"),
        pytest.param([state(1, "gone")], ["feed: gone"], id="gone-at-once"),
        pytest.param([state(3), state(4, url="https://b.example")], ["feed: timed out"], id="one-per-cause"),
        pytest.param([state(3), state(5, cause="gone")], ["feed: gone", "feed: timed out"], id="two-causes"),
    ],
)
def test_feeds_that_keep_failing_are_told_by_cause(states: list[FeedState], causes: list[str]) -> None:
    """Feeds are gathered by cause, and a feed that failed once or twice is not worth a notice."""
    assert [notice.cause for notice in about_feeds(states, {FEED: "Example Daily"})] == causes


def test_a_notice_names_the_feed_and_what_went_wrong() -> None:
    """The operator reads the feed's own name and the reason in words."""
    (notice,) = about_feeds([state(3)], {FEED: "Example Daily"})
    assert notice.lines == ("Example Daily: It did not answer within 30 s.",)
    assert make_notice_document([notice]).cards[0].headline.text == "1 feed is failing: timed out"


def test_of_many_feeds_ten_are_named_and_the_others_counted() -> None:
    """Nobody reads fifty lines, and nobody should think that there are only ten."""
    (notice,) = about_feeds([state(3, url=f"https://{n}.example/") for n in range(14)], {})
    assert notice.headline == "14 feeds are failing: timed out"
    assert notice.lines[9:] == (
        "https://9.example/: It did not answer within 30 s.",
        "and 4 more: onrecord feeds lists them",
    )


def test_archives_that_came_back_and_gaps_are_told_while_they_are_new() -> None:
    """By the feed's name; a day later they are history."""
    hour = timedelta(hours=1)
    states = [
        FeedState(url=FEED, moved_at=NOON - hour, gap_at=NOON - 30 * hour),
        FeedState(url="https://b.example", gap_at=NOON - hour),
        FeedState(url="https://c.example", gap_at=NOON - hour),
    ]
    moved, gaps = about_history(states, {FEED: "Example Daily"}, NOON)
    assert (moved.cause, moved.headline) == ("moved", "1 feed brought its archive back")
    assert moved.lines[0].startswith("Example Daily: ")
    assert (gaps.cause, gaps.headline) == ("gap", "2 feeds may have lost entries")
    assert [line.partition(": ")[0] for line in gaps.lines] == ["https://b.example", "https://c.example"]
    assert gaps.lines[0] == f"https://b.example: {SHORTER_EVERY}"
    assert about_history(states, {}, NOON, {"https://b.example"})[1].lines[0].endswith(ROLLS_OVER)
    assert about_history(states, {}, NOON + timedelta(days=2)) == ()


def test_no_notice_has_marks_that_its_readers_see_as_they_are() -> None:
    """A notice is plain text on every platform: a backtick would be a backtick."""
    states = [state(3, cause) for cause in FetchCause] + [FeedState(url=FEED, moved_at=NOON, gap_at=NOON)]
    notices = (
        *about_feeds(states, {}),
        *about_history(states, {}, NOON),
        *about_history(states, {}, NOON, [FEED]),
    )
    lines = [line for notice in notices for line in (notice.headline, *notice.lines)]
    assert len(lines) > 40
    assert [line for line in (*lines, *slack_protocol._ADVICE.values()) if "`" in line] == []


def test_parked_channels_are_told_but_not_the_operators_own() -> None:
    """By the reason; a notice about the operator's own channel could not arrive there."""
    parked = [
        OutboxPart(
            key=channel, platform="discord", channel=channel, payload={}, due_at=NOON, state=PartState.PARKED,
            note=f"no {note}",
        )
        for channel, note in {"1": "access", "2": "token", "3": "access", OPERATOR: "access"}.items()
    ]  # fmt: skip
    no_access, no_token = about_parked(parked, ("discord", OPERATOR))
    assert no_access.headline == "2 channels get no digests: they cannot be posted"
    assert no_access.lines[:2] == ("discord:1: no access", "discord:3: no access")
    assert "outbox retry" in no_access.lines[2]
    assert no_token.lines[0] == "discord:2: no token"
    assert about_parked(parked[:1], ("discord", "1")) == ()


# --- how often ---------------------------------------------------------------------------------------


class Shown(FakePlatform):
    """A platform that shows all of a notice, as Discord does."""

    def render(self, document: Document) -> tuple[MessagePart, ...]:
        return embeds.render(document)


@dataclass
class Day:
    """A bot with an operator, whose feeds fail by hand; ``hear`` is what arrives at an hour of that day."""

    store: Store
    notifier: Notifier
    moment: list[datetime]
    heard: int = 0

    async def fail(self, *urls: str, cause: str = "gone") -> None:
        polls = [
            FeedPoll(url=url, outcome=PollOutcome.FAILED, at=NOON, next_at=NOON, cause=cause, message="No.")
            for url in urls
        ]
        for _ in range(3):
            await self.store.record_polls(polls)

    async def hear(self, hour: float) -> str:
        self.moment[0] = NOON.replace(hour=0) + timedelta(hours=hour)
        queued = await self.notifier.notify()
        parts = await self.store.load_parts([PartState.WAITING])
        new, self.heard = parts[self.heard :], len(parts)
        assert queued == bool(new)
        assert {part.channel for part in new} <= {OPERATOR}
        return " ".join(json.dumps(part.payload) for part in new)


URLS = tuple(f"https://{name}.example/rss" for name in "abcd")


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    feeds = [{"url": url, "name": f"Feed {url[8].upper()}"} for url in URLS]
    config = Config.model_validate(
        {"feeds": feeds, "operator": f"discord:{OPERATOR}", "discord": {"token": "a-token-for-tests"}}
    )
    moment = [NOON]
    async with await Store.open(f"sqlite:///{tmp_path}/notices.db") as store:
        await store.sync_feeds([FeedToFetch(url=url) for url in URLS], NOON)
        yield Day(store, Notifier(config, store, {"discord": Shown()}, lambda: moment[0]), moment)


async def test_the_operator_hears_of_a_feed_once_a_day(day: Day) -> None:
    """Whatever is polled or restarted, the same is told again on the next day and no sooner."""
    await day.fail(URLS[0])
    assert "1 feed is failing: gone" in await day.hear(9)
    for hour in (9, 10, 13, 18, 23.9):
        assert await day.hear(hour) == ""
    assert "1 feed is failing: gone" in await day.hear(24)


async def test_further_feeds_are_told_together_three_hours_later(day: Day) -> None:
    """One message for a cause in three hours at most; it names what is new, and nothing twice."""
    await day.fail(URLS[0])
    assert "Feed A" in await day.hear(9)
    await day.fail(URLS[1])
    assert await day.hear(10) == ""
    await day.fail(URLS[2])
    assert await day.hear(11.9) == ""
    later = await day.hear(12)
    assert "2 more feeds are failing: gone" in later
    assert "Feed B" in later
    assert "Feed C" in later
    assert "Feed A" not in later
    assert await day.hear(18) == ""
    await day.fail(URLS[3])
    assert "1 more feed is failing: gone" in await day.hear(18)
    assert "4 feeds are failing: gone" in await day.hear(24)


async def test_another_cause_is_told_at_once(day: Day) -> None:
    """A feed whose certificate is bad is no further example of those that are gone."""
    await day.fail(URLS[0])
    await day.hear(9)
    await day.fail(URLS[1], cause="bad certificate")
    told = await day.hear(9.1)
    assert "1 feed is failing: bad certificate" in told
    assert "gone" not in told


async def test_the_new_day_waits_for_the_three_hours_too(day: Day) -> None:
    """What was told shortly before midnight is not told again after it."""
    await day.fail(URLS[0])
    await day.hear(23)
    assert await day.hear(24.5) == ""
    assert "1 feed is failing: gone" in await day.hear(26)


async def test_a_clock_that_was_ahead_silences_nothing(day: Day) -> None:
    """What was told "tomorrow" is told again today."""
    await day.fail(URLS[0])
    await day.hear(40)
    assert "1 feed is failing: gone" in await day.hear(9)


async def test_a_record_of_another_form_is_taken_for_none(day: Day) -> None:
    """Earlier versions kept the day alone: their notice is told once more."""
    await day.store.set_fact("notice: feed: gone", "2026-03-09")
    await day.fail(URLS[0])
    assert "1 feed is failing: gone" in await day.hear(9)


async def test_a_feed_without_a_name_is_called_by_its_title_and_told_by_its_pace(day: Day) -> None:
    """An address says little; and where it is asked each minute nobody is told to ask it more often."""
    feeds = [{"url": URLS[0], "every": "1m"}]
    named = day.notifier.config.model_dump() | {"feeds": feeds, "operator": f"discord:{OPERATOR}"}
    day.notifier.config = Config.model_validate({**named, "discord": {"token": "a-token-for-tests"}})
    await day.store.record_polls([make_poll(make_entry(1), url=URLS[0], at=NOON, title="The Gazette")])
    new = (make_entry(number) for number in range(2, 9))
    await day.store.record_polls([make_poll(*new, url=URLS[0], at=NOON, title="The Gazette")])
    told = await day.hear(13)
    assert f"The Gazette: {ROLLS_OVER}" in told
