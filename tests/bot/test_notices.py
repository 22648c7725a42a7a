"""What the operator hears of, and how often."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.notices import Notifier, about_feeds, about_history, about_parked, make_notice_document
from config.schema import Config
from digests.model import FeedPoll, FeedState, FeedToFetch, OutboxPart, PartState, PollOutcome
from digests.storage.store import Store
from tests.fakes import FakePlatform

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


def test_an_archive_that_came_back_and_a_gap_are_told_while_they_are_new() -> None:
    """By the feed's name; a day later they are history."""
    hour = timedelta(hours=1)
    states = [
        FeedState(url=FEED, moved_at=NOON - hour, gap_at=NOON - 30 * hour),
        FeedState(url="https://b.example", gap_at=NOON - hour),
        FeedState(url="https://c.example"),
    ]
    notices = about_history(states, {FEED: "Example Daily"}, NOON)
    assert [(notice.cause, notice.headline) for notice in notices] == [
        (f"moved: {FEED}", "Example Daily brought its archive back"),
        ("gap: https://b.example", "https://b.example may have lost entries"),
    ]
    assert about_history(states, {}, NOON + timedelta(days=2)) == ()


def test_parked_channels_are_told_but_not_the_operators_own() -> None:
    """A notice about the operator's own channel could not arrive there."""
    parked = OutboxPart(
        key="k",
        platform="discord",
        channel="1",
        payload={},
        due_at=NOON,
        state=PartState.PARKED,
        note="no access",
    )
    assert [n.cause for n in about_parked([parked], ("discord", OPERATOR))] == ["parked: discord:1"]
    assert about_parked([parked], ("discord", "1")) == ()


async def test_the_operator_hears_of_a_cause_once_a_day(tmp_path: Path) -> None:
    """Whatever is polled or restarted, the same cause is told again on the next day and no sooner."""
    moment = [NOON]
    config = Config.model_validate(
        {
            "feeds": [{"url": FEED}],
            "operator": f"discord:{OPERATOR}",
            "discord": {"token": "a-token-for-tests"},
        }
    )
    async with await Store.open(f"sqlite:///{tmp_path}/notices.db") as store:
        await store.sync_feeds([FeedToFetch(url=FEED)], NOON)
        failed = FeedPoll(
            url=FEED, outcome=PollOutcome.FAILED, at=NOON, next_at=NOON, cause="gone", message="It is gone."
        )
        for _ in range(3):
            await store.record_polls([failed])
        notifier = Notifier(config, store, {"discord": FakePlatform()}, lambda: moment[0])
        assert await notifier.notify()
        assert not await notifier.notify()
        moment[0] = NOON + timedelta(days=1)
        assert await notifier.notify()
        parts = await store.load_parts([PartState.WAITING])
    assert {part.channel for part in parts} == {OPERATOR}
    assert len({part.key.partition("-")[0] for part in parts}) == 2
