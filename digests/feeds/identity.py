"""Which entry is which: a key within its feed, an identity over all feeds, and whether it is news."""

import hashlib
from datetime import datetime, timedelta

from digests.articles.urls import canonical, safe_link
from digests.model import EntryToStore, FeedToFetch, ParsedEntry, ParsedFeed

# A new feed starts with its last day, not with its archive.
_FIRST_WINDOW = timedelta(hours=24)


def entry_key(entry: ParsedEntry) -> str:
    """Return what tells an entry from the others of its feed: its id, else its link, else a hash.

    The hash is over title and date, all that such an entry has.
    """
    if entry.guid or entry.link:
        return entry.guid or entry.link
    date = entry.published.isoformat() if entry.published else ""
    return hashlib.sha256(f"{entry.title}\n{date}".encode()).hexdigest()


def to_store(
    feed: FeedToFetch, parsed: ParsedFeed, *, first_poll: bool, now: datetime
) -> tuple[EntryToStore, ...]:
    """Return the feed's entries in its order, each key once (the first one counts).

    ``fresh`` are all entries, but on the ``first_poll`` only undated ones and those of the last 24
    hours; feeds in files have no age window.
    """
    stored: dict[str, EntryToStore] = {}
    since = None if not first_poll or _is_file(feed) else now - _FIRST_WINDOW
    for entry in parsed.entries:
        key = entry_key(entry)
        if key not in stored:
            stored[key] = _to_store(feed, entry, key, since)
    return tuple(stored.values())


def _to_store(feed: FeedToFetch, entry: ParsedEntry, key: str, since: datetime | None) -> EntryToStore:
    url = safe_link(entry.link, allow_file=_is_file(feed))
    return EntryToStore(
        key=key,
        identity=_identity(url) if url else f"entry:{feed.url}#{key}",
        url=url,
        title=entry.title,
        author=entry.author,
        published=entry.published,
        summary_html=entry.summary_html,
        content_html=entry.content_html,
        fresh=since is None or entry.published is None or entry.published >= since,
    )


def _identity(url: str) -> str:
    """Return the canonical address with ``http`` and ``https`` taken for one; it is never opened."""
    address = canonical(url)
    return f"https:{address[5:]}" if address.startswith("http:") else address


def _is_file(feed: FeedToFetch) -> bool:
    return feed.url[:5].lower() == "file:"
