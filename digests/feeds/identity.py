"""Which entry is which: its marks within its feed, an identity over all feeds, and whether it is news."""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from digests.articles.urls import identity_of, safe_link
from digests.model import EntryToStore, FeedToFetch, ParsedEntry, ParsedFeed

_CLOCK_DOUBT = timedelta(hours=1)
# A new feed starts with its last day, not with its archive.
_FIRST_WINDOW = timedelta(hours=24)


def mark(text: str) -> int:
    """Return 63 bits that stand for ``text``: two of a feed's entries never share them by accident."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def to_store(
    feed: FeedToFetch, parsed: ParsedFeed, *, first_poll: bool, now: datetime
) -> tuple[EntryToStore, ...]:
    """Return the feed's entries in its order, each once (the first one counts).

    Two are one where link and title are the same, under whatever ids. ``fresh`` are all entries, but on the
    ``first_poll`` only undated ones and those of the last 24 hours; feeds in files have no age window.
    """
    stored: dict[int, EntryToStore] = {}
    seen: set[tuple[int, int]] = set()
    since = None if not first_poll or _is_file(feed) else now - _FIRST_WINDOW
    for parsed_entry in parsed.entries:
        entry = _to_store(feed, _not_to_come(parsed_entry, now), since)
        listed = entry.link is not None and (entry.link, entry.headline) in seen
        if entry.key not in stored and not listed:
            stored[entry.key] = entry
            if entry.link is not None:
                seen.add((entry.link, entry.headline))
    return _apart(tuple(stored.values()))


def _not_to_come(entry: ParsedEntry, now: datetime) -> ParsedEntry:
    """Return the entry, dated now where its date is to come; clocks and zones may be an hour wrong."""
    if entry.published is None or entry.published <= now + _CLOCK_DOUBT:
        return entry
    return replace(entry, published=now)


def _to_store(feed: FeedToFetch, entry: ParsedEntry, since: datetime | None) -> EntryToStore:
    url = safe_link(entry.link, allow_file=_is_file(feed))
    link = identity_of(url) if url else entry.link
    # What has no link is known by all that it says; dates are moved too easily.
    headline = entry.title if link else f"{entry.title}\n{entry.summary_html}"
    key = mark(f"{entry.guid}\n{link}\n{headline}")
    own = f"entry:{feed.url}#{key:x}"
    return EntryToStore(
        key=key,
        guid=mark(entry.guid) if entry.guid else None,
        link=mark(link) if link else None,
        headline=mark(headline),
        identity=link if url else own,
        own_identity=own,
        url=url,
        title=entry.title,
        author=entry.author,
        published=entry.published,
        summary_html=entry.summary_html,
        content_html=entry.content_html,
        fresh=since is None or entry.published is None or entry.published >= since,
    )


def _apart(entries: tuple[EntryToStore, ...]) -> tuple[EntryToStore, ...]:
    """Return the entries, each its own article where several stand under one address."""
    shared = {link for link, count in Counter(entry.link for entry in entries).items() if count > 1}
    if not shared - {None}:
        return entries
    return tuple(
        replace(entry, identity=entry.own_identity) if entry.link in shared else entry for entry in entries
    )


def _is_file(feed: FeedToFetch) -> bool:
    return feed.url[:5].lower() == "file:"
