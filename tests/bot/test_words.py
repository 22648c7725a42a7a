from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import words
from digests.catalogue import ENGLISH

SLOT = datetime(2026, 3, 9, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("UTC", "Mon 9 Mar, 22:05 (UTC)"),
        ("America/Chicago", "Mon 9 Mar, 17:05 (America/Chicago)"),
        ("Asia/Kolkata", "Tue 10 Mar, 03:35 (Asia/Kolkata)"),
    ],
)
def test_a_slot_is_told_on_the_channels_own_clock(zone: str, told: str) -> None:
    """With the zone's name, so that nobody has to guess."""
    assert words.moment(SLOT, ZoneInfo(zone)) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (words.shared(1, ENGLISH), "Posting 1 story to this channel."),
        (words.shared(2, ENGLISH), "Posting 2 stories to this channel."),
        (words.once_queued("desk", 1), "desk: 1 story posted."),
        (words.once_queued("desk", 3), "desk: 3 stories posted."),
        (words.once_quiet("desk", 1, "at 7"), "desk: quiet now; 1 story goes out at 7."),
        (words.once_quiet("desk", 2, "at 7"), "desk: quiet now; 2 stories go out at 7."),
        (words.nothing_new("", ENGLISH), "Nothing new since the last digest."),
        (
            words.nothing_new("at 7", ENGLISH),
            "Nothing new since the last digest. The next digest is due at 7.",
        ),
        (words.once_nothing("desk", ""), "desk: nothing new since the last digest."),
        (words.once_nothing("desk", "at 7"), "desk: nothing new since the last digest. Next digest: at 7."),
        (words.once_waiting("desk", "no such channel"), "desk: not delivered yet: no such channel"),
    ],
)
def test_sentences_count_and_name_what_they_know(sentence: str, told: str) -> None:
    """One story is no stories; a schedule that never comes is not mentioned."""
    assert sentence == told


def test_a_channel_without_digests_learns_the_line_that_gives_it_some() -> None:
    """As it is to be written in the configuration."""
    assert "`to: slack:C0123ABCD`" in words.not_configured("slack:C0123ABCD", ENGLISH)


def test_a_preview_names_its_slot_where_there_is_one() -> None:
    """And always how to post it."""
    assert words.preview("", ENGLISH).count("due") == 0
    assert "It is due at 7." in words.preview("at 7", ENGLISH)
    assert all("share" in words.preview(when, ENGLISH) for when in ("", "at 7"))
