import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.checking import describe
from config.load import load_placed

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)  # a Friday; Chicago changes its clocks on the Sunday
FEEDS = [
    {"url": "https://a.example/rss", "name": "Alpha", "tags": ["politics"]},
    {"url": "https://b.example/rss"},
    {"url": "https://c.example/rss?key=hunter2"},
    {"url": "file:/srv/my%20feed.xml"},
]
TITLES = {"https://b.example/rss": "The B"}


def described(*channels: dict[str, Any]) -> str:
    """Return what is printed for these channels."""
    text = json.dumps({"timezone": "Europe/Paris", "feeds": FEEDS, "channels": channels})
    return describe(load_placed(text, Path("my.yaml"), {}), TITLES, NOW)


def test_each_channel_shows_its_feeds_and_next_three_posts() -> None:
    """In the file's zone where the channel names none; feeds without a name by their titles or hosts."""
    assert described({"name": "all", "to": "terminal", "schedule": "0 8 * * *"}) == (
        "4 feeds, 1 channel: all good.\n"
        "\n"
        "all -> terminal\n"
        "  feeds: Alpha, The B, c.example, my feed.xml\n"
        "  next posts: Sat 7 Mar, 08:00 (Europe/Paris); Sun 8 Mar, 08:00 (Europe/Paris); "
        "Mon 9 Mar, 08:00 (Europe/Paris)\n"
    )


def test_posts_are_told_in_the_channels_zone_over_a_clock_change_and_quiet_hours() -> None:
    """Half past two does not come on that Sunday; what is due in quiet hours comes when they end."""
    told = described(
        {
            "name": "night",
            "to": "terminal",
            "feeds": ["politics"],
            "schedule": ["30 2 * * *", "0 4 * * *"],
            "timezone": "America/Chicago",
            "quiet": "03:30-05:00",
        }
    )
    assert "  feeds: Alpha\n" in told
    assert "Sat 7 Mar, 02:30 (America/Chicago); Sat 7 Mar, 05:00 (America/Chicago); Sun 8 Mar, 03:00" in told


def test_no_channels_are_told_as_such() -> None:
    """Such a file polls and posts nothing, which is no error."""
    assert described() == "4 feeds, 0 channels: all good.\n"


def test_a_feed_that_will_be_refused_is_told_with_its_place() -> None:
    """The configuration is good, and yet it will not do what it says: nothing is "all good" then."""
    text = 'feeds:\n  - url: https://a.example/rss\n  - url: "http://127.0.0.1:8099/rss"\n'
    assert describe(load_placed(text, Path("my.yaml"), {}), {}, NOW) == (
        "my.yaml:3:10: warning: this feed is off the public internet and will be refused; "
        "to allow it, add '127.0.0.1:8099' to network.allow\n"
        "2 feeds, 0 channels: good, but for 1 warning.\n"
    )
