"""What a feed's document says about when to ask for it again, and how fast its list turns over."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from digests.model import NO_WISHES, ParsedEntry, Wishes

_TTL = re.compile(rb"<ttl>\s*(?:<!\[CDATA\[)?\s*(\d{1,6})")
_SKIPPED = re.compile(rb"<skip(?:Hours|Days)>(.{0,2000}?)</skip(?:Hours|Days)>", re.DOTALL)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>")
_DAY = re.compile(rb"<day>\s*(\w{6,9})\s*</day>")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MAX_TTL = timedelta(days=7)
# Fewer dates than this tell nothing about a feed's pace.
_DATES = 5


def read_wishes(document: bytes) -> Wishes:
    """Return what an RSS document asks for: https://www.rssboard.org/rss-specification.

    Its hours are GMT, from 0 to 23; old documents write 24 for midnight. Who skips everything, skips nothing.
    """
    channel = _outside_items(document)
    found = _TTL.search(channel)
    minutes = timedelta(minutes=int(found[1])) if found else timedelta()
    ttl = minutes if timedelta() < minutes <= _MAX_TTL else None
    if b"<skip" not in channel:
        return Wishes(ttl=ttl) if ttl else NO_WISHES
    skipped = b" ".join(part[1] for part in _SKIPPED.finditer(channel))
    hours = frozenset(int(hour) % 24 for hour in _HOUR.findall(skipped) if int(hour) <= 24)
    names = {day.decode("ascii", "replace").lower() for day in _DAY.findall(skipped)}
    days = frozenset(number for number, name in enumerate(_DAYS) if name in names)
    return Wishes(
        ttl=ttl,
        skip_hours=hours if len(hours) < 24 else frozenset(),
        skip_days=days if len(days) < len(_DAYS) else frozenset(),
    )


def _outside_items(document: bytes) -> bytes:
    """Return what stands before the first and after the last item: wishes are the channel's."""
    start, end = document.find(b"<item"), document.rfind(b"</item>")
    return document if start == -1 else document[:start] + document[max(start, end) :]


def turnover(entries: Sequence[ParsedEntry], now: datetime) -> timedelta | None:
    """Return the time between the oldest and the newest entry, ``None`` where the dates do not tell.

    They must be the entries' own: all there, different ones, and none of them to come.
    """
    dates = {entry.published for entry in entries if entry.published is not None and entry.published <= now}
    if len(dates) < max(_DATES, len(entries) * 2 // 3):
        return None
    return max(dates) - min(dates)
