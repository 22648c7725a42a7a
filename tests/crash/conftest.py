import asyncio

import pytest

from tests.crash.stories import Snapshot, make_snapshot


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """News that a bot has read and not told yet, made once for all crash tests."""
    return asyncio.run(make_snapshot(tmp_path_factory.mktemp("snapshot")))
