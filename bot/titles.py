"""[io] What feeds without a name are called: by their own titles, where these are known, else by hosts."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from config.schema import Config, Feed
from digests.errors import StorageError

_PATIENCE = timedelta(seconds=3)


def called(feed: Feed, titles: Mapping[str, str]) -> str:
    """Return the feed's name, else its own title, else its host, or the name of its file."""
    parts = urlsplit(feed.url)
    return feed.name or titles.get(feed.url) or parts.hostname or unquote(parts.path).rpartition("/")[2]


async def load_titles(config: Config) -> dict[str, str]:
    """Return the feeds' own titles, as far as the bot has read them, by address.

    Nothing is made or waited for: without a database that can be read there are none.
    """
    unnamed = [feed.url for feed in config.feeds if feed.name is None]
    if not unnamed:
        return {}
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            return await _load(config.storage, unnamed)
    except (StorageError, TimeoutError):
        return {}


async def _load(storage: str, urls: list[str]) -> dict[str, str]:
    # Imported here: a file whose feeds all have names is checked without a database library.
    from digests.storage.store import Store

    async with await Store.open_beside(storage) as store:
        return {state.url: state.title for state in await store.load_feed_states(urls)}
