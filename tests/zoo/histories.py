"""Feeds as their publishers make them: what a list holds at each poll, and what of it is news."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SITE = "https://publisher.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item as a list shows it; an empty text or ``None`` leaves the element out."""

    guid: str
    link: str
    title: str
    published: datetime | None
    summary: str = ""


def item(number: int, at: datetime = START, **changes: object) -> Item:
    """Return the publisher's item of that number, ``number`` minutes before ``at``."""
    named = Item(
        guid=f"urn:{number}",
        link=f"{SITE}/story-{number}",
        title=f"Story {number}",
        published=at - timedelta(minutes=number),
        summary=f"What happened in story {number}.",
    )
    return replace(named, **changes)  # type: ignore[arg-type]


def rss(items: Sequence[Item]) -> bytes:
    """Return the list as RSS."""
    body = "".join(f"<item>{_elements(one)}</item>" for one in items)
    head = "<title>Publisher</title>"
    return f"<rss version='2.0'><channel>{head}{body}</channel></rss>".encode()


def _elements(one: Item) -> str:
    values = {
        "title": one.title,
        "link": one.link,
        "guid": one.guid,
        "description": one.summary,
        "pubDate": format_datetime(one.published) if one.published else "",
    }
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items() if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A poll of a feed: the list then, and the titles that are news then, in the list's order."""

    items: tuple[Item, ...]
    news: tuple[str, ...] = ()


def rounds(*pairs: tuple[Sequence[Item], Sequence[str]]) -> tuple[Round, ...]:
    """Return rounds of (items, news)."""
    return tuple(Round(items=tuple(items), news=tuple(news)) for items, news in pairs)


def numbers(first: int, last: int, **changes: object) -> list[Item]:
    """Return the items of these numbers, the last included."""
    return [item(number, **changes) for number in range(first, last + 1)]


def titles(first: int, last: int) -> list[str]:
    """Return the titles of ``numbers``."""
    return [f"Story {number}" for number in range(first, last + 1)]


def _every(items: Sequence[Item], **changes: object) -> list[Item]:
    return [replace(one, **changes) for one in items]  # type: ignore[arg-type]


def _new_ids(items: Sequence[Item], poll: int) -> list[Item]:
    return [replace(one, guid=f"{one.guid}?fetch={poll}") for one in items]


def _dated(items: Sequence[Item], at: datetime) -> list[Item]:
    return [replace(one, published=at) for one in items]


FIVE = numbers(1, 5)
ALL_FIVE = titles(1, 5)
LATER = START + 20 * HOUR

HISTORIES: dict[str, tuple[Round, ...]] = {
    "nothing changes": rounds((FIVE, ALL_FIVE), (FIVE, ()), (FIVE, ())),
    "a new item comes": rounds((FIVE, ALL_FIVE), ([item(9), *FIVE], ["Story 9"]), ([item(9), *FIVE], ())),
    "ids are new at every fetch": rounds(
        (_new_ids(FIVE, 1), ALL_FIVE),
        (_new_ids(FIVE, 2), ()),
        (_new_ids([item(9), *FIVE], 3), ["Story 9"]),
        (_new_ids([item(9), *FIVE], 4), ()),
    ),
    "ids and dates are new at every fetch, a title is edited": rounds(
        (_new_ids(FIVE, 1), ALL_FIVE),
        (_dated(_new_ids(FIVE, 2), LATER), ()),
        (_dated(_new_ids([replace(FIVE[0], title="Story one"), *FIVE[1:]], 3), LATER + HOUR), ()),
    ),
    "ids number the places of the list": rounds(
        ([replace(one, guid=str(place)) for place, one in enumerate(FIVE)], ALL_FIVE),
        (
            [replace(one, guid=str(place)) for place, one in enumerate([item(8), item(9), *FIVE[:3]])],
            ["Story 8", "Story 9"],
        ),
        (
            [replace(one, guid=str(place)) for place, one in enumerate([item(7), item(8), item(9)])],
            ["Story 7"],
        ),
    ),
    "one id changes at each fetch": rounds(
        (FIVE, ALL_FIVE),
        ([replace(FIVE[0], guid="new:1"), *FIVE[1:]], ()),
        ([*FIVE[:4], replace(FIVE[4], guid="new:5")], ()),
        ([replace(FIVE[0], guid="new:6", title="Story one", published=LATER), *FIVE[1:]], ()),
    ),
    "one id for all": rounds(
        (_every(FIVE, guid="feed"), ALL_FIVE),
        (_every([item(9), *FIVE], guid="feed"), ["Story 9"]),
        (_every([item(9), *FIVE], guid="feed"), ()),
    ),
    "no ids": rounds(
        (_every(FIVE, guid=""), ALL_FIVE), (_every([item(9), *reversed(FIVE)], guid=""), ["Story 9"])
    ),
    "links carry tracking": rounds(
        (_every(FIVE, guid=""), ALL_FIVE),
        (
            [
                replace(one, guid="", link=f"{one.link}?utm_source=rss&fbclid=x{n}")
                for n, one in enumerate(FIVE)
            ],
            (),
        ),
    ),
    "links carry a session and ids stay": rounds(
        ([replace(one, link=f"{one.link}?sid=1") for one in FIVE], ALL_FIVE),
        ([replace(one, link=f"{one.link}?sid=2") for one in FIVE], ()),
    ),
    "two items get new ids and links at every fetch": rounds(
        ([replace(one, guid="a", link=f"{one.link}?sid=1") for one in FIVE[:1]], ["Story 1"]),
        ([item(9), *[replace(one, guid="b", link=f"{one.link}?sid=2") for one in FIVE[:1]]], ["Story 9"]),
        ([item(9), *[replace(one, guid="c", link=f"{one.link}?sid=3") for one in FIVE[:1]]], ()),
    ),
    "two items of one title and moment are two": rounds(
        ([FIVE[0]], ["Story 1"]),
        ([replace(FIVE[0], guid="x", link=f"{SITE}/x"), FIVE[0]], ["Story 1"]),
    ),
    "http becomes https": rounds(
        (_every([replace(one, link=one.link.replace("https", "http")) for one in FIVE], guid=""), ALL_FIVE),
        (_every(FIVE, guid=""), ()),
    ),
    "titles are edited": rounds(
        (FIVE, ALL_FIVE), ([replace(one, title=f"UPDATED: {one.title}") for one in FIVE], ())
    ),
    "titles and links are edited": rounds(
        (FIVE, ALL_FIVE), ([replace(FIVE[0], title="Corrected", link=f"{SITE}/corrected"), *FIVE[1:]], ())
    ),
    "titles are edited where there are no ids": rounds(
        (_every(FIVE, guid=""), ALL_FIVE),
        ([replace(one, guid="", title=f"UPDATED: {one.title}") for one in FIVE], ()),
    ),
    "dates move at every fetch": rounds(
        (_dated(FIVE, START), ALL_FIVE), (_dated(FIVE, LATER), ()), (_dated(FIVE, LATER + HOUR), ())
    ),
    "dates move where there are neither ids nor links": rounds(
        (_every(_dated(FIVE, START), guid="", link=""), ALL_FIVE),
        (_every(_dated([item(9), *FIVE], LATER), guid="", link=""), ["Story 9"]),
    ),
    "no dates": rounds(
        (_every(FIVE, published=None), ALL_FIVE), (_every([item(9), *FIVE], published=None), ["Story 9"])
    ),
    "dates go back": rounds((FIVE, ALL_FIVE), ([item(9, at=START - 900 * HOUR), *FIVE], ["Story 9"])),
    "items change their order": rounds((FIVE, ALL_FIVE), (FIVE[::-1], ()), ([*FIVE[2:], *FIVE[:2]], ())),
    "an item leaves and comes back": rounds((FIVE, ALL_FIVE), (FIVE[1:], ()), (FIVE, ())),
    "the list is empty at first": rounds(((), ()), ([item(1), item(2, at=START - 72 * HOUR)], ["Story 1"])),
    "the list is empty for a while": rounds((FIVE, ALL_FIVE), ((), ()), (FIVE, ())),
    "the archive comes back under new ids and links": rounds(
        (FIVE, ALL_FIVE),
        (
            [item(9)]
            + [
                replace(one, guid=f"new:{n}", link=f"{SITE}/2/{n}", published=LATER)
                for n, one in enumerate(FIVE)
            ],
            ["Story 9"],
        ),
    ),
    "the archive is re-dated over night": rounds((FIVE, ALL_FIVE), (_dated(FIVE, LATER), ()), (FIVE, ())),
    "all is new and of one hour": rounds(
        (FIVE, ALL_FIVE),
        (
            [item(n, title=f"Moved {n}", published=LATER) for n in range(100, 120)],
            (),
        ),
        ([item(9), *[item(n, title=f"Moved {n}", published=LATER) for n in range(100, 120)]], ["Story 9"]),
    ),
    "the list rolled over between two polls": rounds(
        (FIVE, ALL_FIVE), (numbers(11, 15, at=LATER), titles(11, 15))
    ),
    "different items share a title": rounds(
        ([replace(one, title="Weather") for one in FIVE[:2]], ["Weather", "Weather"]),
        (
            [replace(item(9), title="Weather"), *[replace(one, title="Weather") for one in FIVE[:2]]],
            ["Weather"],
        ),
    ),
    "different items share an address": rounds(
        ([replace(one, link=f"{SITE}/ticker") for one in FIVE[:3]], titles(1, 3)),
        ([replace(one, link=f"{SITE}/ticker") for one in [item(9), *FIVE[:3]]], ["Story 9"]),
        ([replace(one, link=f"{SITE}/ticker") for one in [item(9), *FIVE[:3]]], ()),
    ),
    "different items share an address and have no ids": rounds(
        ([replace(one, guid="", link=f"{SITE}/ticker") for one in FIVE[:3]], titles(1, 3)),
        ([replace(one, guid="", link=f"{SITE}/ticker") for one in [item(9), *FIVE[:3]]], ["Story 9"]),
        ([replace(one, guid="", link=f"{SITE}/ticker") for one in [item(9), *FIVE[:3]]], ()),
    ),
    "one id and one address for all": rounds(
        (_every(FIVE[:3], guid=SITE, link=SITE), titles(1, 3)),
        (_every([item(9), *FIVE[:3]], guid=SITE, link=SITE), ["Story 9"]),
        (_every([item(9), *FIVE[:3]], guid=SITE, link=SITE), ()),
    ),
    "one address for each day's edition": rounds(
        ([replace(item(1), link=f"{SITE}/today")], ["Story 1"]),
        ([replace(item(2, at=LATER), link=f"{SITE}/today")], ["Story 2"]),
        ([replace(item(2, at=LATER), link=f"{SITE}/today")], ()),
    ),
    "one article under two rubrics": rounds(
        ([item(1), replace(item(1), guid="urn:sport:1"), item(2)], titles(1, 2)),
        ([replace(item(1), guid="urn:sport:1"), item(1), item(2)], ()),
    ),
    "a new feed with its archive": rounds(
        ([*FIVE, *numbers(6, 9, at=START - 48 * HOUR)], ALL_FIVE),
        ([*FIVE, *numbers(6, 9, at=START - 48 * HOUR)], ()),
    ),
}
