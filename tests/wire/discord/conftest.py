from collections.abc import AsyncIterator

import pytest

from bot.platforms.discord import DiscordPlatform
from tests.wire.discord_bot import make_platform
from tests.wire.discord_server import DiscordServer


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running


@pytest.fixture
async def platform(server: DiscordServer) -> AsyncIterator[DiscordPlatform]:
    platform = make_platform(server)
    await platform.start()
    yield platform
    await platform.close()
