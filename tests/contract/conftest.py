"""Every storage must pass the same tests: they run on each of ``STORAGES``."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from digests.storage.store import Store
from tests.contract.stored import COURIER, SAMPLES
from tests.make import GAZETTE, NOON, make_feed

STORAGES = ["sqlite"]


@pytest.fixture(params=STORAGES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store that knows three feeds and one channel."""
    assert request.param == "sqlite"
    async with await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store:
        await store.sync_feeds([make_feed(url) for url in (GAZETTE, COURIER, SAMPLES)], NOON)
        await store.sync_channels(["city-desk", "sports"], NOON)
        yield store
