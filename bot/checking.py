"""What ``onrecord check`` prints for a good configuration: each channel's feeds and next posts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice

from bot.publishing import quiet_hours
from bot.reach import refused_feeds
from bot.slots import next_slots
from bot.titles import called
from bot.words import moment
from config.load import Loaded
from config.schema import Channel, Config

_SLOTS = 3


def describe(loaded: Loaded, titles: Mapping[str, str], now: datetime | None = None) -> str:
    """Return the summary, below what may be a mistake.

    ``titles`` are those of feeds without a name, by address; ``now`` is the current time when left out.
    """
    config, after = loaded.config, now or datetime.now(UTC)
    warnings = refused_feeds(loaded)
    verdict = f"good, but for {_count(len(warnings), 'warning')}" if warnings else "all good"
    told = [f"{warning}\n" for warning in warnings]
    told.append(
        f"{_count(len(config.feeds), 'feed')}, {_count(len(config.channels), 'channel')}: {verdict}.\n"
    )
    told += (line for channel in config.channels for line in _channel(config, channel, titles, after))
    return "".join(told)


def _channel(config: Config, channel: Channel, titles: Mapping[str, str], after: datetime) -> Iterator[str]:
    zone = config.zone_of(channel)
    yield f"\n{channel.name} -> {channel.to}\n"
    names = ", ".join(called(feed, titles) for feed in config.feeds_of(channel))
    yield f"  feeds: {names}\n"
    slots = list(islice(next_slots(channel.schedule, zone, after, quiet_hours(channel)), _SLOTS))
    yield "  next posts: " + ("; ".join(moment(slot, zone) for slot in slots) or "never") + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
