"""Every storage must pass the same tests: they run on each of ``STORAGES``."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from digests.storage.store import Store
from tests.contract.stored import COURIER, SAMPLES
from tests.make import GAZETTE, NOON, make_feed

STORAGES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=STORAGES)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that nobody has used yet."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres_schema")
        return address
    return f"sqlite:///{tmp_path}/onrecord.db"


@pytest.fixture
async def store(storage: str) -> AsyncIterator[Store]:
    """An empty store that knows three feeds and one channel."""
    async with await Store.open(storage) as store:
        await store.sync_feeds([make_feed(url) for url in (GAZETTE, COURIER, SAMPLES)], NOON)
        await store.sync_channels(["city-desk", "sports"], NOON)
        yield store
