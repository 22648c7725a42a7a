from datetime import timedelta

import pytest

from digests.feeds.wishes import read_wishes, turnover
from digests.model import NO_WISHES, ParsedEntry, Wishes
from tests.make import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("channel", "wishes"),
    [
        pytest.param("", NO_WISHES, id="nothing"),
        pytest.param("<ttl>60</ttl>", Wishes(ttl=HOUR), id="ttl"),
        pytest.param("<ttl><![CDATA[60]]></ttl>", Wishes(ttl=HOUR), id="ttl in CDATA"),
        pytest.param("<ttl>0</ttl>", NO_WISHES, id="no time"),
        pytest.param("<ttl>999999</ttl>", NO_WISHES, id="two years"),
        pytest.param(
            "<skipHours><hour>0</hour><hour> 23 </hour></skipHours>",
            Wishes(skip_hours=frozenset({0, 23})),
            id="hours",
        ),
        pytest.param("<skipHours><hour>24</hour></skipHours>", Wishes(skip_hours=frozenset({0})), id="24"),
        pytest.param(
            "<skipDays><day>Saturday</day>\n<day>sunday</day></skipDays>",
            Wishes(skip_days=frozenset({5, 6})),
            id="days",
        ),
        pytest.param(
            "<ttl>60</ttl><skipHours><hour>3</hour></skipHours><skipDays><day>Monday</day></skipDays>",
            Wishes(ttl=HOUR, skip_hours=frozenset({3}), skip_days=frozenset({0})),
            id="all of them",
        ),
        pytest.param(
            f"<skipHours>{''.join(f'<hour>{n}</hour>' for n in range(24))}</skipHours>", Wishes(), id="never"
        ),
        pytest.param("<skipHours><hour>99</hour><hour>x</hour></skipHours>", Wishes(), id="nonsense"),
    ],
)
def test_a_document_says_when_to_ask(channel, wishes):
    """The elements are RSS 2.0's; hours are UTC, days count from Monday."""
    assert read_wishes(f"<rss><channel>{channel}<item/></channel></rss>".encode()) == wishes


def test_wishes_stand_before_or_after_the_items_and_never_in_one():
    """The channel's elements may come in any order; an item that writes of ``ttl`` wishes nothing."""
    item = "<item><ttl>30</ttl></item>"
    after = f"<rss><channel>{item}{item}<ttl>60</ttl></channel></rss>"
    assert read_wishes(after.encode()) == Wishes(ttl=HOUR)
    assert read_wishes(f"<rss><channel>{item}{item}</channel></rss>".encode()) == NO_WISHES


def entries(*ages: timedelta | None) -> list[ParsedEntry]:
    return [
        ParsedEntry(guid="", link="", title="", published=None if age is None else NOON - age) for age in ages
    ]


@pytest.mark.parametrize(
    ("ages", "time"),
    [
        pytest.param([n * MINUTE for n in range(10)], 9 * MINUTE, id="ten minutes' list"),
        pytest.param([MINUTE, 2 * MINUTE, HOUR], None, id="too few"),
        pytest.param([MINUTE] * 10, None, id="all of one moment"),
        pytest.param([*(n * MINUTE for n in range(5)), *[None] * 5], None, id="half of them undated"),
        pytest.param([*(n * MINUTE for n in range(6)), -9 * HOUR], 5 * MINUTE, id="one to come"),
    ],
)
def test_dates_that_can_be_believed_tell_how_fast_a_list_turns_over(ages, time):
    """From the oldest entry to the newest; dates that the publisher makes up tell nothing."""
    assert turnover(entries(*ages), NOON) == time
