"""What feeds without a name are called."""

from pathlib import Path

from bot.titles import load_titles
from config.schema import Config
from digests.storage.store import Store
from tests.fakes import NOON
from tests.make import make_entry, make_feed, make_poll

URLS = ("https://a.example/rss", "https://b.example/rss", "https://c.example/rss")


def config(storage: str) -> Config:
    """Return a configuration of three feeds, the last of which has a name."""
    feeds = [{"url": url} for url in URLS[:2]] + [{"url": URLS[2], "name": "See"}]
    return Config.model_validate({"storage": storage, "feeds": feeds})


async def test_titles_come_from_what_the_bot_has_read(tmp_path: Path) -> None:
    """Also while it runs: it holds the database meanwhile."""
    url = f"sqlite:///{tmp_path}/onrecord.db"
    async with await Store.open(url) as store:
        await store.sync_feeds([make_feed(one) for one in URLS], NOON)
        await store.record_polls(
            [make_poll(make_entry(), url=one, title=f"Title of {one[8]}") for one in URLS]
        )
        assert await load_titles(config(url)) == {URLS[0]: "Title of a", URLS[1]: "Title of b"}


async def test_without_a_database_there_are_no_titles_and_none_is_made(tmp_path: Path) -> None:
    """Whoever checks a file on another machine has none."""
    assert await load_titles(config(f"sqlite:///{tmp_path}/none/onrecord.db")) == {}
    assert list(tmp_path.iterdir()) == []


async def test_a_database_that_cannot_be_used_is_no_reason_to_fail(tmp_path: Path) -> None:
    """A check is of the file; what is wrong with the database is told by those who need it."""
    (tmp_path / "onrecord.db").write_text("no database")
    assert await load_titles(config(f"sqlite:///{tmp_path}/onrecord.db")) == {}
