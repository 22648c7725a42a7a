"""Which database an address names."""

import pytest

from digests.errors import StorageError
from digests.storage.database import open_beside, open_database

UNUSABLE = [
    "",
    "data/onrecord.db",
    "sqlite://",
    "sqlite:///:memory:",
    "http://x",
    "mysql://keeper:hunter2@db/onrecord",
    "postgresql://keeper:hunter2@db",
    "postgresql://keeper:hunter2@db/",
    "postgresql://keeper:hunter2@db:hunter2/onrecord",
    "postgresql://keeper:5432@hunter2@db/onrecord",
]


@pytest.mark.parametrize("url", UNUSABLE)
async def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    """The words show what an address looks like, and not what was written: it could hold a password."""
    for opened in (open_database, open_beside):
        with pytest.raises(StorageError, match=r"sqlite:///data/onrecord\.db or postgresql://") as caught:
            await opened(url)
        assert "hunter" not in f"{caught.value} {caught.value.__cause__!r}"
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
