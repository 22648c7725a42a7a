"""Negative controls: the Discord of our own does enforce what Discord enforces."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest

from bot.commands import Answer
from tests.wire.discord_bot import (
    DEFERRED,
    Answers,
    listening,
    until,
)
from tests.wire.discord_payloads import CHANNEL, Interaction
from tests.wire.discord_server import TOKEN, DiscordServer

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]


@asynccontextmanager
async def raw(
    server: DiscordServer,
) -> AsyncIterator[Callable[[str, dict[str, object]], Awaitable[tuple[int, str]]]]:
    """Give a function that posts JSON to a path of the API, past discord.py and past us."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:

        async def post(path: str, payload: dict[str, object]) -> tuple[int, str]:
            async with session.post(server.api_base + path, json=payload) as response:
                return response.status, await response.text()

        yield post


QUIET = {"allowed_mentions": {"parse": []}}


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param({"content": "x" * 2001} | QUIET, "content", id="content"),
        pytest.param({"embeds": [{"title": "x"}] * 11} | QUIET, "10 or fewer", id="embeds"),
        pytest.param({"embeds": [{"description": "x" * 3001}] * 2} | QUIET, "6000", id="all embeds"),
        pytest.param({"embeds": [{"title": "x" * 257}]} | QUIET, "title", id="title"),
        pytest.param({"embeds": [{"title": "😀" * 129}]} | QUIET, "title", id="title in UTF-16"),
        pytest.param({"embeds": [{"description": "x" * 4097}]} | QUIET, "description", id="description"),
        pytest.param(
            {"embeds": [{"title": "x", "footer": {"text": "x" * 2049}}]} | QUIET, "footer", id="footer"
        ),
        pytest.param({"embeds": [{"title": "x", "url": "javascript:x"}]} | QUIET, "url", id="address"),
        pytest.param({"content": "x", "nonce": "x" * 26} | QUIET, "nonce", id="nonce"),
        pytest.param({"content": ""} | QUIET, "empty", id="nothing"),
        pytest.param({"content": "hi @everyone"} | QUIET, "unescaped mention", id="everyone"),
        pytest.param({"embeds": [{"description": "hi <@1>"}]} | QUIET, "unescaped mention", id="user"),
        pytest.param({"content": "x", "allowed_mentions": {"parse": ["everyone"]}}, "parse", id="permissive"),
        pytest.param({"content": "x"}, "parse", id="mentions not switched off"),
    ],
)
async def test_the_server_rejects_what_discord_rejects(server, payload, reason):
    """Negative control: without this the other tests would prove nothing."""
    async with raw(server) as post:
        status, text = await post(f"/channels/{CHANNEL}/messages", payload)
    assert status == 400
    assert reason in text
    assert not server.messages


async def test_the_server_rejects_a_late_acknowledgement(server):
    """Negative control: past three seconds the interaction is unknown, and so is its webhook."""
    interaction: Interaction = server.expect_interaction()
    await asyncio.sleep(3.05)
    async with raw(server) as post:
        status, text = await post(
            f"/interactions/{interaction.id}/{interaction.token}/callback", {"type": DEFERRED}
        )
        late, _ = await post(f"/webhooks/900000000000000001/{interaction.token}", {"content": "x"} | QUIET)
    assert (status, late) == (404, 404)
    assert "10062" in text


async def test_a_client_that_acknowledges_late_is_seen(server, monkeypatch):
    """Negative control through discord.py: acknowledged after three seconds, nobody is answered."""
    defer = discord.InteractionResponse.defer

    async def late(response: discord.InteractionResponse, **options: bool) -> object:
        await asyncio.sleep(3.1)
        return await defer(response, **options)

    monkeypatch.setattr(discord.InteractionResponse, "defer", late)
    answers = Answers(Answer(text="Done."))
    async with listening(server, answers):
        interaction = await server.dispatch()
        await until(lambda: server.count("POST", "/callback"))
        await asyncio.sleep(0.1)
    assert interaction.acknowledged_after is None
    assert not answers.requests


async def test_the_server_refuses_other_intents(server):
    """Negative control: a client that asks for more than GUILDS is closed with 4014."""
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": TOKEN, "intents": 513, "properties": {}}})
        await socket.receive()
    assert socket.close_code == 4014
