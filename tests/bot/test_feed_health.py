"""``onrecord feeds``: how each feed does, in words, and what to do about it."""

import io
import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot import feed_health
from bot.feed_health import assess, lines
from config.schema import Feed
from config.values import parse_duration
from digests.errors import FetchCause, FetchError
from digests.model import FeedState
from tests.bot.small_app import START, Small
from tests.make import GAZETTE, NOON
from tests.newsroom import answer, rss

UTC = ZoneInfo("UTC")
HOUR = timedelta(hours=1)
FEED = Feed.model_validate({"url": "https://gazette.example/rss?key=s3cret"})


@pytest.mark.parametrize(
    ("state", "told"),
    [
        pytest.param(None, ["gazette.example/rss: not asked yet"], id="new"),
        pytest.param(
            FeedState(url=FEED.url, title="The Gazette", last_success=NOON, next_at=NOON + HOUR),
            [
                "The Gazette: well, 2.5 entries a day; last answer Mon 2 Mar, 12:00 (UTC)"
                "; next try Mon 2 Mar, 13:00 (UTC)"
            ],
            id="well",
        ),
        pytest.param(
            FeedState(
                url=FEED.url, title="The Gazette", failures=4, cause="gone", message="It is gone.",
                last_success=NOON, next_at=NOON + HOUR,
            ),
            [
                "The Gazette: failed 4 times in a row: It is gone; last answer Mon 2 Mar, 12:00 (UTC)"
                "; next try Mon 2 Mar, 13:00 (UTC)",
                "    what to do: take it out: the publisher has ended it",
            ],
            id="failing",
        ),
        pytest.param(
            FeedState(url=FEED.url, title="G", last_success=NOON, gap_at=NOON - HOUR),
            [
                "G: well, 2.5 entries a day; last answer Mon 2 Mar, 12:00 (UTC)",
                '    what to do: set a shorter "every" for it: entries may come and go between two polls',
            ],
            id="gap",
        ),
        pytest.param(
            FeedState(
                url=FEED.url, title="G", last_success=NOON, moved_at=NOON - HOUR, gap_at=NOON - 99 * HOUR
            ),
            [
                "G: well, 2.5 entries a day; last answer Mon 2 Mar, 12:00 (UTC)",
                "    what to do: nothing: its archive came back as new and was not posted again",
            ],
            id="moved",
        ),
        pytest.param(
            FeedState(
                url=FEED.url, title="G", failures=3, cause="not found", message="It took too long.",
                gap_at=NOON - HOUR, moved_at=NOON - HOUR, address="https://g.example/new",
            ),
            [
                "G: failed 3 times in a row: It took too long.",
                "    what to do: look on the site for the feed's new address",
                '    what to do: set a shorter "every" for it: entries may come and go between two polls',
                "    what to do: nothing: its archive came back as new and was not posted again",
            ],
            id="several things at once",
        ),
        pytest.param(
            FeedState(url=FEED.url, title="G", last_success=NOON, address="https://g.example/new"),
            [
                "G: well, 2.5 entries a day; last answer Mon 2 Mar, 12:00 (UTC)",
                "    what to do: write g.example/new into the configuration: that is where it is now",
            ],
            id="at another address",
        ),
        pytest.param(
            FeedState(url=FEED.url, title="G", cause="rate limited", message="Its host is left alone."),
            [
                "G: not asked: Its host is left alone.",
                '    what to do: set a longer "every" for it',
            ],
            id="its host is held",
        ),
    ],
)  # fmt: skip
def test_a_feed_is_told_in_a_line_and_what_to_do_in_another(state: FeedState | None, told: list[str]) -> None:
    """Its name is the operator's, else its title, else its address without what may be secret."""
    shown = lines(assess(FEED, state, 2.53, NOON), UTC)
    assert [line.replace("https://", "") for line in shown] == told


def test_a_feed_that_is_asked_each_minute_cannot_be_asked_more_often() -> None:
    """Advice that cannot be followed is none."""
    state = FeedState(url=FEED.url, title="G", last_success=NOON, gap_at=NOON - HOUR)
    _, advice = lines(assess(FEED, state, 2, NOON, fastest=True), UTC)
    assert advice == (
        "    what to do: nothing: its list rolls over faster than a feed can be asked: some entries are lost"
    )


@pytest.mark.parametrize(("every", "fastest"), [("1m", True), ("2m", False)])
async def test_the_shortest_pace_is_known_from_the_configuration(
    small: Small, every: str, fastest: bool
) -> None:
    """That of the file counts where the feed has none of its own."""
    config = small.app.config.model_copy(update={"every": parse_duration(every)})
    (health,) = await feed_health.load_health(config, small.app.store, NOON)
    assert health.fastest is fastest


@pytest.mark.parametrize("cause", list(FetchCause))
def test_every_cause_comes_with_advice(cause: FetchCause) -> None:
    """A failure without a way out helps nobody."""
    assert assess(FEED, FeedState(url=FEED.url, failures=1, cause=cause), 0, NOON).advice


async def test_the_feeds_are_shown_beside_a_running_bot(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For people, and as JSON lines for programs; entries a day count from when the feed was added."""
    monkeypatch.setattr(feed_health, "clock", small.clock)
    small.web.feeds[GAZETTE] = answer(GAZETTE, rss("bridge", "school", "harbour"))
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    small.clock.advance(24 * HOUR)

    async def shown(*, as_json: bool) -> list[str]:
        console = Console(file=io.StringIO(), width=60)
        await feed_health.show(small.app.config, console, as_json=as_json)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue().splitlines()

    head, summary = await shown(as_json=False)
    assert head.startswith("The Gazette: well, 3 entries a day; last answer ")
    assert summary == "1 feed: all well."
    small.web.feeds[GAZETTE] = FetchError(FetchCause.GONE, "gazette.example is gone for good (HTTP 410).")
    await small.app.poller.poll(await small.app.store.load_feeds([GAZETTE]))
    (line,) = await shown(as_json=True)
    told = json.loads(line)
    assert (told["ok"], told["cause"], told["failures"]) == (False, "gone", 1)
    assert told["last_success"] == START.isoformat()
    assert (await shown(as_json=False))[-1] == "1 feed: 1 failing."
