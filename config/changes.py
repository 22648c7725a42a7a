"""What is different in a new configuration, in an operator's words: pure.

Some settings cannot change under a running bot: where the database is, and how to sign in. They keep their
old value until the next start. A platform that the bot has not signed in to makes it refuse the whole.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from config.schema import Channel, Config, Feed

_MOST_NAMED = 5
_AT_START = ("storage", "network", "discord", "slack")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What differs, a line for each thing: what is done now, what waits for the next start.

    ``refused`` says why nothing is done at all; it is empty where the new configuration can be followed.
    ``added`` are the names of the channels that are new.
    """

    now: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()


def compare(old: Config, new: Config, running: Collection[str]) -> Changes:
    """Return what ``new`` changes; ``running`` are the platforms that the bot has signed in to."""
    names = {channel.name for channel in old.channels}
    return Changes(
        now=(*_top(old, new), *_feeds(old, new), *_pages(old, new), *_channels(old, new)),
        later=tuple(_later(old, new)),
        refused=tuple(_refused(old, new, running)),
        added=frozenset(channel.name for channel in new.channels if channel.name not in names),
    )


def in_force(old: Config, new: Config) -> Config:
    """Return ``new`` with what can only change at a start as it is in ``old``."""
    return new.model_copy(update={name: getattr(old, name) for name in _AT_START})


def _refused(old: Config, new: Config, running: Collection[str]) -> Iterator[str]:
    if old.channels and not new.channels:
        yield "it has no channels any more, as if it were cut off: restart the bot if that is meant"
    targets = [channel.to for channel in new.channels] + ([new.operator] if new.operator else [])
    for platform in sorted({target.platform for target in targets} - set(running)):
        yield f"nothing was posted to {platform} before, and the bot signs in only when it starts: restart it"


def _later(old: Config, new: Config) -> Iterator[str]:
    if old.storage != new.storage:
        yield "storage"
    if old.network != new.network:
        yield "network"
    for platform in ("discord", "slack"):
        before, after = getattr(old, platform), getattr(new, platform)
        # The settings of a platform that nobody uses any more are not read at all: it stays signed in.
        if after is not None:
            yield from (f"{platform}.{name}" for name in _differing(before, after))


def _top(old: Config, new: Config) -> Iterator[str]:
    if old.timezone != new.timezone:
        yield f"changes the timezone from {old.timezone} to {new.timezone}"
    if old.every != new.every:
        lengths = f"{_length(new.every)}, not {_length(old.every)}"
        yield f"asks feeds without an `every` of their own every {lengths}"
    if old.operator != new.operator:
        yield f"tells {new.operator} what fails" if new.operator else "tells no operator what fails any more"
    if old.language != new.language:
        yield f"changes the language from {old.language} to {new.language}"
    told = {"timezone", "every", "language", "operator", "feeds", "channels", "pages", *_AT_START}
    yield from (f"changes `{name}`" for name in _differing(old, new) if name not in told)


# --- feeds ---------------------------------------------------------------------------------------------


def _feeds(old: Config, new: Config) -> Iterator[str]:
    before, after = {feed.url: feed for feed in old.feeds}, {feed.url: feed for feed in new.feeds}
    added = [feed for feed in new.feeds if feed.url not in before]
    removed = [feed for feed in old.feeds if feed.url not in after]
    moved = {feed.name for feed in added if feed.name} & {feed.name for feed in removed}
    if moved:
        yield f"gives {_count(moved, 'feed')} another address: {_named(sorted(filter(None, moved)))}"
    yield from _listed("adds", [_label(feed) for feed in added if feed.name not in moved], "feed")
    yield from _listed("removes", [_label(feed) for feed in removed if feed.name not in moved], "feed")
    kept = [(before[feed.url], feed) for feed in new.feeds if feed.url in before]
    renamed = [f"{_label(was)} to {_label(now)}" for was, now in kept if was.name != now.name]
    yield from _listed("renames", renamed, "feed")
    for setting in [name for name in Feed.model_fields if name not in ("url", "name")]:
        labels = [_label(now) for was, now in kept if getattr(was, setting) != getattr(now, setting)]
        yield from _listed(f"changes `{setting}` of", labels, "feed")
    yield from _reordered("feeds", list(before), list(after))


def _label(feed: Feed) -> str:
    """Return how to call a feed; the query of an address may hold a key."""
    return feed.name or feed.url.partition("?")[0]


def _pages(old: Config, new: Config) -> Iterator[str]:
    before, after = {page.host: page for page in old.pages}, {page.host: page for page in new.pages}
    hosts = [host for host in (*after, *sorted(before.keys() - after)) if before.get(host) != after.get(host)]
    if hosts:
        yield f"reads the pages of {_named(hosts)} differently"


# --- channels ------------------------------------------------------------------------------------------


def _channels(old: Config, new: Config) -> Iterator[str]:
    before, after = {one.name: one for one in old.channels}, {one.name: one for one in new.channels}
    yield from _listed("adds", [name for name in after if name not in before], "channel")
    yield from _listed("removes", [name for name in before if name not in after], "channel")
    kept = [(before[name], channel) for name, channel in after.items() if name in before]
    spoken = [now.name for was, now in kept if was.language != now.language]
    yield from _listed("changes the language of", spoken, "channel")
    for was, now in kept:
        yield from _channel(was, now)
    yield from _reordered("channels", list(before), list(after))


_TOLD: dict[str, Callable[[Channel, Channel], str]] = {
    "to": lambda was, now: f"moves {now.name} from {was.to} to {now.to}",
    "schedule": lambda was, now: (
        f"moves the schedule of {now.name} from {' and '.join(was.schedule)} to {' and '.join(now.schedule)}"
    ),
}


def _channel(was: Channel, now: Channel) -> Iterator[str]:
    differing = _differing(was, now)
    yield from (_TOLD[name](was, now) for name in differing if name in _TOLD)
    others = [f"`{name}`" for name in differing if name not in (*_TOLD, "language")]
    if others:
        yield f"changes {' and '.join(others)} of {now.name}"


# --- words ---------------------------------------------------------------------------------------------


def _differing(was: BaseModel | None, now: BaseModel) -> list[str]:
    def value(model: BaseModel | None, name: str) -> Any:
        return getattr(model, name) if model is not None else None

    return [name for name in type(now).model_fields if value(was, name) != value(now, name)]


def _length(time: timedelta) -> str:
    """Return a length of time as a configuration has it: "1h30m"."""
    seconds, written = int(time.total_seconds()), ""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        written += f"{count}{unit}" if count else ""
    return written


def _reordered(what: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    both = set(before) & set(after)
    if [one for one in before if one in both] != [one for one in after if one in both]:
        yield f"changes the order of the {what}"


def _listed(verb: str, labels: Sequence[str], noun: str) -> Iterator[str]:
    if labels:
        yield f"{verb} {_count(labels, noun)}: {_named(labels)}"


def _named(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_NAMED
    return ", ".join(labels[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _count(things: Collection[object], noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"
