"""Negative controls: our Slack enforces what Slack does, so that a passing wire test means something."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.platforms.base import DeliveryRefused, MessagePart
from tests.wire.slack_bot import CITY, HELLO, connected
from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


async def call(server: SlackServer, method: str, **args: Any) -> dict[str, Any]:
    """Call the server without slack_sdk, to see what it enforces."""
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as session,
        session.post(server.api_base + method, json=args) as answer,
    ):
        return dict(await answer.json())


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        pytest.param({"blocks": [section("x" * 3_001)]}, "invalid_blocks", id="section over 3000"),
        pytest.param({"blocks": [section("x")] * 51}, "invalid_blocks", id="51 blocks"),
        pytest.param({"blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long", id="blocks over 12000"),
        pytest.param(
            {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]},
            "invalid_blocks",
            id="header over 150",
        ),
        pytest.param(
            {"blocks": [{"type": "context", "elements": [{"type": "plain_text", "text": "x"}] * 11}]},
            "invalid_blocks",
            id="11 context elements",
        ),
        pytest.param({"text": "<!channel> news"}, "unescaped_mention", id="mention in the fallback"),
        pytest.param({"blocks": [section("ask <@U1>")]}, "unescaped_mention", id="mention in mrkdwn"),
        pytest.param(
            {"blocks": [section("<https://evil.example|bank>")]}, "unescaped_mention", id="masked link"
        ),
        pytest.param(
            {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [{"type": "broadcast", "range": "channel"}],
                            }
                        ],
                    }
                ]
            },
            "unescaped_mention",
            id="broadcast element",
        ),
        pytest.param({"unfurl_links": True}, "unfurls", id="unfurls"),
        pytest.param({"blocks": [{"type": "rich_text", "elements": []}]}, "invalid_blocks", id="empty"),
    ],
)
async def test_the_server_rejects_what_slack_would(
    server: SlackServer, payload: dict[str, Any], code: str
) -> None:
    """Negative control: the limits are enforced, so that passing means something."""
    whole = {"text": "x", "unfurl_links": False, "unfurl_media": False, **payload}
    assert await call(server, "chat.postMessage", channel=CITY, **whole) == {"ok": False, "error": code}
    assert server.messages == []
    async with connected(server) as platform:
        with pytest.raises(DeliveryRefused, match=code):
            await platform.post(CITY, MessagePart(payload=whole), "key")


async def test_the_server_flags_a_late_acknowledgement(server: SlackServer) -> None:
    """Negative control: a client that acknowledges after 3.1 s is seen to be late."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {APP_TOKEN}"}) as session:
        opened = await (await session.post(server.api_base + "apps.connections.open")).json()
        async with session.ws_connect(opened["url"]) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            envelope = await server.type_digest()
            await asyncio.sleep(3.1)
            await socket.send_json({"envelope_id": envelope})
            await server.until(lambda server: server.acks)
    assert [ack.late for ack in server.acks] == [True]


async def test_the_server_counts_the_uses_of_a_response_url(server: SlackServer) -> None:
    """Negative control: the sixth use is refused."""
    async with aiohttp.ClientSession() as session:
        for _ in range(6):
            await session.post(f"{server.root}/respond/1", json=HELLO.payload)
    assert (len(server.replies), server.refused_replies) == (5, ["used_url"])
