"""[io] Tells the operator what fails: one notice for each cause and day, through the outbox.

What went wrong is decided by the pure functions below; the day of a notice is in the database, so
that a restart repeats nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sending import Sender
from digests.document import Card, Document, Run, Style
from digests.errors import FetchCause
from digests.model import FeedState, OutboxPart, PartState

PATIENCE = 3
"""Failed polls in a row after which a feed is told of; single failures are everyday. Being gone is not."""

_MOST_NAMED = 10
_TODAY = timedelta(days=1)
_MOVED = "Under new addresses, or dated within one hour: nothing of it was posted again."
_GAP = "Its list held nothing known any more: a shorter `every` lets none come and go unseen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the operator should know; ``cause`` is what makes two notices the same."""

    cause: str
    headline: str
    lines: tuple[str, ...]


def about_feeds(states: Iterable[FeedState], names: Mapping[str, str]) -> tuple[Notice, ...]:
    """Return a notice for each cause why feeds keep failing; ``names`` are by address."""
    by_cause: dict[str, list[FeedState]] = {}
    for state in states:
        if state.cause and (
            state.failures >= PATIENCE or (state.failures and state.cause == FetchCause.GONE)
        ):
            by_cause.setdefault(state.cause, []).append(state)
    return tuple(
        Notice(
            cause=f"feed: {cause}",
            headline=f"{len(failing)} {'feed is' if len(failing) == 1 else 'feeds are'} failing: {cause}",
            lines=tuple(f"{names.get(s.url, s.url)}: {s.message}" for s in failing[:_MOST_NAMED]),
        )
        for cause, failing in sorted(by_cause.items())
    )


def about_history(states: Iterable[FeedState], names: Mapping[str, str], now: datetime) -> tuple[Notice, ...]:
    """Return a notice for each feed whose archive came back today, or that may have lost entries today."""
    told = [
        (state, cause, words, line)
        for state in states
        for moment, cause, words, line in (
            (state.moved_at, "moved", "brought its archive back", _MOVED),
            (state.gap_at, "gap", "may have lost entries", _GAP),
        )
        if moment is not None and now - moment < _TODAY
    ]
    return tuple(
        Notice(
            cause=f"{cause}: {state.url}",
            headline=f"{names.get(state.url, state.url)} {words}",
            lines=(line,),
        )
        for state, cause, words, line in told
    )


def about_parked(parts: Iterable[OutboxPart], operator: tuple[str, str]) -> tuple[Notice, ...]:
    """Return a notice for each channel whose messages wait for somebody to mend something."""
    notes = {(p.platform, p.channel): p.note for p in parts if (p.platform, p.channel) != operator}
    return tuple(
        Notice(
            cause=f"parked: {platform}:{channel}",
            headline=f"Digests for {platform}:{channel} cannot be posted",
            lines=(
                note,
                "They are kept and tried again every hour, and at once by: onrecord outbox retry",
            ),
        )
        for (platform, channel), note in sorted(notes.items())
    )


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
        names = {feed.url: feed.name or feed.url.partition("?")[0] for feed in self.config.feeds}
        parked = await self.store.load_parts([PartState.PARKED])
        states = await self.store.load_feed_states(list(names))
        notices = (
            *about_feeds(states, names),
            *about_history(states, names, self.clock()),
            *about_parked(parked, (target.platform, target.address)),
        )
        fresh = [notice for notice in notices if await self._is_fresh(notice)]
        if not fresh:
            return False
        document = make_notice_document(fresh)
        await self.store.queue_parts(self.parts(document, target, "operator", self.clock()))
        for notice in fresh:
            await self.store.set_fact(_fact(notice), self._today())
        return True

    async def _is_fresh(self, notice: Notice) -> bool:
        return await self.store.get_fact(_fact(notice)) != self._today()

    def _today(self) -> str:
        return self.clock().date().isoformat()


def _fact(notice: Notice) -> str:
    return f"notice: {notice.cause}"
