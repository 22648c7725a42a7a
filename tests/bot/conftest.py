from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.small_app import Small, small_app


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Small]:
    """An app at noon whose only channel, in Discord, is due at eight and at five."""
    async with small_app(tmp_path) as small:
        yield small
