"""[io] Logs: for people on a terminal, JSON lines otherwise; always on standard error."""

import logging
import sys

import structlog
from structlog.typing import Processor

from digests.errors import FetchError
from digests.model import FeedToFetch

_log = structlog.get_logger()


def set_up_logs(*, verbose: bool = False) -> None:
    """Send every log line of ours and of the libraries the same way.

    A terminal shows warnings alone, for the digests are there too; ``verbose`` shows more.
    """
    people = sys.stderr.isatty()
    level = logging.DEBUG if verbose else logging.WARNING if people else logging.INFO
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final = structlog.dev.ConsoleRenderer() if people else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                final,
            ]
            if not people
            else [structlog.stdlib.ProcessorFormatter.remove_processors_meta, final],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in (
        "discord",
        "slack_bolt",
        "slack_sdk",
        "apscheduler",
        "alembic",
        "trafilatura",
        "htmldate",
        "asyncio",
    ):
        logging.getLogger(noisy).setLevel(logging.DEBUG if verbose else logging.WARNING)
    # It tells each statement with all that it stores, and from another thread, behind the last words too.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def log_failed_feed(feed: FeedToFetch, error: FetchError) -> None:
    """Log why a feed could not be had, without its query: private feeds carry a key there."""
    _log.warning(
        "feed failed", feed=feed.name or feed.url.partition("?")[0], cause=error.cause, reason=str(error)
    )
