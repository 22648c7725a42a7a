"""What the contract tests of storage share: the feeds that their store knows, and articles in it."""

from datetime import timedelta

from digests.model import EntryToStore
from digests.storage.store import Store
from tests.make import GAZETTE, NOON, make_analysis, make_article, make_poll

COURIER = "https://courier.example/feed"
SAMPLES = "file:///srv/seeds/feed.xml"
MINUTE = timedelta(minutes=1)


async def read(store: Store, *entries: EntryToStore, url: str = GAZETTE, **changes: object) -> list[int]:
    """Announce ``entries`` at noon, read them all, and return the articles' rows in the entries' order."""
    await store.record_polls([make_poll(*entries, url=url)])
    rows = {article.url: article.id for article in await store.load_pending(None, 1000)}
    for id_ in rows.values():
        await store.save_read(id_, make_article(**changes), make_analysis(), NOON)
    return [rows[entry.url] for entry in entries]


async def told(store: Store, since: timedelta | None = None, urls: tuple[str, ...] = (GAZETTE,)) -> list[int]:
    """Return the rows that ``city-desk`` can be told, ``since`` counted from noon."""
    articles = await store.load_for_channel("city-desk", urls, None if since is None else NOON + since)
    return [article.id for article in articles]
