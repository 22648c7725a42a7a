"""[io] ``onrecord poll``: every feed asked once; apart from ``live.py``, whose imports it can do without."""

import json
import sys
from dataclasses import asdict
from functools import cache

from bot import words
from bot.clock import now
from config.schema import Config, Feed
from digests.errors import DatabaseInUse
from digests.feeds.fetch import Fetcher
from digests.model import FeedToFetch, PageRule
from digests.poll import OnFailure, Poller, PollSummary
from digests.storage.store import Store


async def poll(config: Config, *, as_json: bool, verbose: bool) -> None:
    """Ask every feed now and print how that went.

    Raises:
        DatabaseInUse: a bot is running, which asks them itself.
    """
    try:
        opened = await Store.open(config.storage)
    except DatabaseInUse as error:
        raise DatabaseInUse(f"{error}. {words.POLL_BESIDE}") from error
    async with opened as store, Fetcher(config.network.addresses) as fetcher:
        feeds = await store.sync_feeds([to_fetch(config, feed) for feed in config.feeds], now())
        summary = await Poller(store, fetcher, now, _late_log(verbose=verbose)).poll(feeds)
    sys.stdout.write(json.dumps(asdict(summary)) + "\n" if as_json else _told(summary))


def to_fetch(config: Config, feed: Feed) -> FeedToFetch:
    """Return a configured feed as the news side knows it."""
    return FeedToFetch(url=feed.url, name=feed.name or "", every=config.every_of(feed))


def to_rules(config: Config) -> tuple[PageRule, ...]:
    """Return the operator's rules for single outlets' pages as the news side knows them."""
    return tuple(
        PageRule(
            host=page.host,
            content=page.content or "",
            strip=page.strip,
            wall=page.wall,
            next=page.next or "",
        )
        for page in config.pages
    )


def _late_log(*, verbose: bool) -> OnFailure:
    """Return what logs failed feeds; logs are set up with the first of them."""

    @cache
    def log() -> OnFailure:
        # Imported here: structlog and rich are a tenth of the start, and most rounds have nothing to log.
        from bot.logs import log_failed_feed, set_up_logs

        set_up_logs(verbose=verbose)
        return log_failed_feed

    return lambda feed, error: log()(feed, error)


def _told(summary: PollSummary) -> str:
    lines = [
        f"{summary.feeds} feeds asked: {summary.new} new entries, {summary.not_modified} feeds unchanged"
    ]
    lines += [f"  {count} failed: {cause}" for cause, count in sorted(summary.failed.items())]
    return "\n".join(lines) + "\n"
