"""[io] ``onrecord feeds``: how each feed does, in words, and what to do; works beside a running bot."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console

from bot import words
from bot.clock import now as clock
from config.schema import Config, Feed
from config.values import FASTEST
from digests.errors import FetchCause
from digests.model import FeedState
from digests.storage.store import Store

RATED_OVER = timedelta(days=7)
RECENT = timedelta(days=2)
"""How long a gap in a feed, or an archive that came back, is worth telling."""

_ADVICE = {
    FetchCause.REFUSED_ADDRESS: "allow its host:port under network.allow, or take it out",
    FetchCause.BAD_ADDRESS: "correct its address",
    FetchCause.DNS: "check the host's name; the site may have moved or ended",
    FetchCause.CONNECT: "open the site in a browser; if it is there, it may shut out this machine",
    FetchCause.TLS: "tell the publisher that its certificate is not in order",
    FetchCause.TIMEOUT: "nothing, if it passes; else the site is overloaded or shuts out this machine",
    FetchCause.TOO_LARGE: "ask the publisher for a shorter feed, or follow a section of it",
    FetchCause.REDIRECTS: "open the address in a browser and take the one it ends at",
    FetchCause.GONE: "take it out: the publisher has ended it",
    FetchCause.NOT_FOUND: "look on the site for the feed's new address",
    FetchCause.FORBIDDEN: "ask the publisher, or look for another feed: this one wants no bots",
    FetchCause.RATE_LIMITED: 'set a longer "every" for it',
    FetchCause.CLIENT_ERROR: "open the address in a browser: it may have changed",
    FetchCause.SERVER_ERROR: "nothing, if it passes: the trouble is on the publisher's side",
    FetchCause.BROKEN: "nothing, if it passes: the answer was cut off or is no HTTP",
    FetchCause.NOT_A_FEED: "look on the site for its feed: this address gives something else",
    FetchCause.MISSING_FILE: "put the file there, or correct the path",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a feed does. ``gap_at`` and ``moved_at`` are set where they are recent.

    ``address`` is where it is asked, ``None`` where that is what the configuration says; ``fastest`` says
    that it is asked as often as a feed can be.
    """

    name: str
    url: str
    last_success: datetime | None
    next_at: datetime | None
    failures: int
    cause: str | None
    message: str
    entries_a_day: float
    gap_at: datetime | None
    moved_at: datetime | None
    address: str | None
    fastest: bool = False

    @property
    def advice(self) -> tuple[str, ...]:
        """What to do about it, most urgent first; nothing where all is well."""
        return tuple(self._advice())

    def _advice(self) -> Iterator[str]:
        if self.cause is not None:
            yield _ADVICE[FetchCause(self.cause)]
        if self.gap_at is not None:
            yield f"nothing: {words.ROLLS_OVER}" if self.fastest else words.SHORTER_EVERY
        if self.moved_at is not None:
            yield "nothing: its archive came back as new and was not posted again"
        if self.address is not None and self.cause is None:
            yield f"write {self.address} into the configuration: that is where it is now"


def assess(
    feed: Feed, state: FeedState | None, entries_a_day: float, now: datetime, *, fastest: bool = False
) -> Health:
    """Return the health of a configured feed from what is remembered of it, if anything is.

    ``fastest`` says that it is asked as often as a feed can be.
    """
    known = state or FeedState(url=feed.url)
    return Health(
        name=feed.name or known.title or feed.url.partition("?")[0],
        url=feed.url,
        last_success=known.last_success,
        next_at=known.next_at,
        failures=known.failures,
        cause=known.cause,
        message=known.message,
        entries_a_day=round(entries_a_day, 1),
        gap_at=_if_recent(known.gap_at, now),
        moved_at=_if_recent(known.moved_at, now),
        address=known.address,
        fastest=fastest,
    )


def _if_recent(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and now - moment < RECENT else None


async def load_health(config: Config, store: Store, now: datetime) -> tuple[Health, ...]:
    """Return the health of every configured feed, those that fail first, in the file's order."""
    urls = [feed.url for feed in config.feeds]
    states = {state.url: state for state in await store.load_feed_states(urls)}
    rates = await store.load_entry_rates(urls, now - RATED_OVER, now)
    found = [
        assess(
            feed, states.get(feed.url), rates.get(feed.url, 0.0), now,
            fastest=config.every_of(feed) <= FASTEST,
        )
        for feed in config.feeds
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda health: health.cause is None))


async def show(config: Config, console: Console, *, as_json: bool) -> None:
    """Print how every feed does."""
    async with await Store.open_beside(config.storage) as store:
        found = await load_health(config, store, clock())
    if as_json:
        for health in found:
            console.out(json.dumps(_as_json(health), ensure_ascii=False), highlight=False)
        return
    zone = ZoneInfo(config.timezone)
    for health in found:
        for line in lines(health, zone):
            console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print(
        words.feeds_summary(len(found), sum(health.cause is not None for health in found)),
        highlight=False, markup=False,
    )  # fmt: skip


def lines(health: Health, zone: ZoneInfo) -> tuple[str, ...]:
    """Return what the terminal shows of a feed: a line on how it does, and one for each thing to do."""
    if health.cause is not None and not health.failures:
        how = f"not asked: {health.message}"
    elif health.cause is not None:
        tries = f"{health.failures} times in a row" if health.failures > 1 else "once"
        how = f"failed {tries}: {health.message}"
    elif health.last_success is None:
        how = "not asked yet"
    else:
        how = f"well, {health.entries_a_day:g} entries a day"
    last = f"last answer {words.moment(health.last_success, zone)}" if health.last_success else ""
    following = f"next try {words.moment(health.next_at, zone)}" if health.next_at else ""
    told = [part for part in (f"{health.name}: {how}", last, following) if part]
    head = "; ".join((*(part.removesuffix(".") for part in told[:-1]), told[-1]))
    return (head, *(f"    what to do: {advice}" for advice in health.advice))


def _as_json(health: Health) -> dict[str, object]:
    return {
        "name": health.name,
        "url": health.url,
        "ok": health.cause is None,
        "last_success": _iso(health.last_success),
        "next_try": _iso(health.next_at),
        "failures": health.failures,
        "cause": health.cause,
        "message": health.message,
        "entries_a_day": health.entries_a_day,
        "gap_at": _iso(health.gap_at),
        "moved_at": _iso(health.moved_at),
        "address": health.address,
        "advice": "; ".join(health.advice),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None
