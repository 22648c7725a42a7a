"""[io] Tells the operator what fails: each feed and channel once a day for each cause, through the outbox.

What went wrong is decided by the pure functions below. One cause takes up one message in three hours at most,
whatever fails meanwhile. What was told, and when, is in the database, so that a restart repeats nothing.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from bot import words
from bot.sending import Sender
from config.values import FASTEST
from digests.document import Card, Document, Run, Style
from digests.errors import FetchCause
from digests.model import FeedState, OutboxPart, PartState

PATIENCE = 3
"""Failed polls in a row after which a feed is told of; single failures are everyday. Being gone is not."""

BETWEEN = timedelta(hours=3)
"""How long a cause that was told waits until it tells of further feeds."""

_MOST_NAMED = 10
_TODAY = timedelta(days=1)
_MOVED = "Under new addresses, or dated within one hour: nothing of it was posted again."
_MORE = "and {} more: onrecord feeds lists them"
_KEPT = "They are kept and tried again every hour, and at once by: onrecord outbox retry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One feed or channel that a notice is about; ``key`` is what makes it the same one."""

    key: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the operator should know; ``cause`` is what makes two notices the same.

    ``what`` follows a number of things, for one of them and for several. ``again`` says that the cause was
    told before today, of other things.
    """

    cause: str
    what: tuple[str, str]
    items: tuple[Item, ...]
    again: bool = False
    advice: str = ""

    @property
    def headline(self) -> str:
        """What happened, and to how many."""
        more = " more" if self.again else ""
        return f"{len(self.items)}{more} {self.what[len(self.items) > 1]}"

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each thing, for the first ten where there are many, and what can be done."""
        named = tuple(item.line for item in self.items[:_MOST_NAMED])
        left = len(self.items) - _MOST_NAMED
        return (*named, *([_MORE.format(left)] if left > 0 else ()), *filter(None, [self.advice]))


def about_feeds(states: Iterable[FeedState], names: Mapping[str, str]) -> tuple[Notice, ...]:
    """Return a notice for each cause why feeds keep failing; ``names`` are by address."""
    by_cause: dict[str, list[Item]] = {}
    for state in states:
        if state.cause and (
            state.failures >= PATIENCE or (state.failures and state.cause == FetchCause.GONE)
        ):
            line = f"{names.get(state.url, state.url)}: {state.message}"
            by_cause.setdefault(state.cause, []).append(Item(key=state.url, line=line))
    return tuple(
        Notice(
            cause=f"feed: {cause}",
            what=(f"feed is failing: {cause}", f"feeds are failing: {cause}"),
            items=tuple(failing),
        )
        for cause, failing in sorted(by_cause.items())
    )


def about_history(
    states: Iterable[FeedState], names: Mapping[str, str], now: datetime, fastest: Collection[str] = ()
) -> tuple[Notice, ...]:
    """Return a notice of feeds whose archive came back today, and one of those that may have lost entries.

    ``fastest`` are the addresses of feeds that are asked as often as a feed can be.
    """
    known = [(state, names.get(state.url, state.url)) for state in states]
    moved = [
        Item(key=state.url, line=f"{name}: {_MOVED}") for state, name in known if _is_new(state.moved_at, now)
    ]
    gaps = [
        Item(key=state.url, line=f"{name}: {_on_gap(fastest=state.url in fastest)}")
        for state, name in known
        if _is_new(state.gap_at, now)
    ]
    return (
        *_if_any("moved", ("feed brought its archive back", "feeds brought their archives back"), moved),
        *_if_any("gap", ("feed may have lost entries", "feeds may have lost entries"), gaps),
    )


def _on_gap(*, fastest: bool) -> str:
    return words.ROLLS_OVER if fastest else words.SHORTER_EVERY


def _is_new(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment < _TODAY


def _if_any(cause: str, what: tuple[str, str], items: Sequence[Item]) -> tuple[Notice, ...]:
    return (Notice(cause=cause, what=what, items=tuple(items)),) if items else ()


def about_parked(parts: Iterable[OutboxPart], operator: tuple[str, str]) -> tuple[Notice, ...]:
    """Return a notice for each reason why messages to channels wait for somebody to mend something."""
    channels = {(part.platform, part.channel): part.note for part in parts}
    by_note: dict[str, list[Item]] = {}
    for (platform, channel), note in sorted(channels.items()):
        if (platform, channel) != operator:
            name = f"{platform}:{channel}"
            by_note.setdefault(note, []).append(Item(key=name, line=f"{name}: {note}"))
    what = "channel gets no digests: they cannot be posted", "channels get no digests: they cannot be posted"
    return tuple(
        Notice(cause=f"parked: {note}", what=what, items=tuple(items), advice=_KEPT)
        for note, items in by_note.items()
    )


# --- what was told -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the operator was told of a cause: when last, and of which things that day, by a hash of each."""

    at: datetime
    things: frozenset[str] = frozenset()

    def to_text(self) -> str:
        """Return it as the database keeps it."""
        return json.dumps({"at": self.at.isoformat(), "things": sorted(self.things)})

    @classmethod
    def from_text(cls, text: str | None) -> "Told | None":
        """Return what the database kept; nothing where it was kept in another form."""
        try:
            kept: dict[str, Any] = json.loads(text or "")
            return cls(at=datetime.fromisoformat(kept["at"]), things=frozenset(kept["things"]))
        except (ValueError, TypeError, KeyError):
            return None


def still_to_tell(notice: Notice, told: Told | None, now: datetime) -> Notice | None:
    """Return the notice of what was not told today; ``None`` where there is nothing, or it must wait."""
    if told is None or (told.at.date() != now.date() and not _is_recent(told, now)):
        return notice
    if _is_recent(told, now):
        return None
    fresh = tuple(item for item in notice.items if _hash(item) not in told.things)
    return replace(notice, items=fresh, again=True) if fresh else None


def _is_recent(told: Told, now: datetime) -> bool:
    """A clock that was set back makes nobody wait."""
    return timedelta() <= now - told.at < BETWEEN


def after_telling(notice: Notice, told: Told | None, now: datetime) -> Told:
    """Return what is known to the operator once a notice is on its way."""
    before: Collection[str] = told.things if told is not None and told.at.date() == now.date() else ()
    return Told(at=now, things=frozenset({*before, *map(_hash, notice.items)}))


def _hash(item: Item) -> str:
    return blake2b(item.key.encode(), digest_size=8).hexdigest()


def make_notice_document(notices: Sequence[Notice]) -> Document:
    """Return the notices as one message."""
    cards = tuple(
        Card(
            headline=Run(text=notice.headline, style=Style.STRONG),
            bullets=tuple((Run(text=line),) for line in notice.lines),
        )
        for notice in notices
    )
    return Document(title="Onrecord needs you", cards=cards)


class Notifier(Sender):
    """Queues notices for the configured operator, if there is one."""

    async def notify(self) -> bool:
        """Queue what the operator was not told today; return whether anything was queued."""
        target = self.config.operator
        if target is None or target.platform not in self.platforms:
            return False
        feeds = {feed.url: feed for feed in self.config.feeds}
        parked = await self.store.load_parts([PartState.PARKED])
        states = await self.store.load_feed_states(list(feeds))
        names = {s.url: feeds[s.url].name or s.title or s.url.partition("?")[0] for s in states}
        fastest = {url for url, feed in feeds.items() if self.config.every_of(feed) <= FASTEST}
        notices = (
            *about_feeds(states, names),
            *about_history(states, names, self.clock(), fastest),
            *about_parked(parked, (target.platform, target.address)),
        )
        fresh = [found for notice in notices if (found := await self._still_to_tell(notice))]
        if not fresh:
            return False
        document = make_notice_document(fresh)
        await self.store.queue_parts(self.parts(document, target, "operator", self.clock()))
        for notice in fresh:
            told = Told.from_text(await self.store.get_fact(_fact(notice)))
            await self.store.set_fact(_fact(notice), after_telling(notice, told, self.clock()).to_text())
        return True

    async def _still_to_tell(self, notice: Notice) -> Notice | None:
        told = Told.from_text(await self.store.get_fact(_fact(notice)))
        return still_to_tell(notice, told, self.clock())


def _fact(notice: Notice) -> str:
    return f"notice: {notice.cause}"
