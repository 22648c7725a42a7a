"""Discord and Slack of our own as a person sees them who types ``/digest``."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.e2e.bots import PATIENCE
from tests.wire.discord_payloads import CHANNEL, shown_texts
from tests.wire.discord_server import TOKEN, DiscordServer
from tests.wire.slack_bot import words
from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

SLACK_CHANNEL = "C0CITYDESK"
EPHEMERAL = 64


async def until(happened: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until ``happened`` is true."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.02)


class Chat(Protocol):
    """One platform with its configured channel."""

    async def ready(self) -> None:
        """Wait until the bot listens."""

    async def ask(
        self, *, share: bool = False, url: str = "", elsewhere: bool = False, direct: bool = False, parts: int
    ) -> str:
        """Type ``/digest`` and return what the person who typed it is shown, in so many parts."""

    def posted(self) -> list[str]:
        """Return the texts of what the channel shows to all."""


@dataclass(slots=True)
class DiscordChat:
    server: DiscordServer

    async def ready(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.server.until_ready()

    async def ask(
        self, *, share: bool = False, url: str = "", elsewhere: bool = False, direct: bool = False, parts: int
    ) -> str:
        typed: dict[str, str | bool] = {**({"share": True} if share else {}), **({"url": url} if url else {})}
        channel = "900000000000000099" if elsewhere or direct else CHANNEL
        interaction = await self.server.dispatch(direct=direct, channel=channel, **typed)
        await until(lambda: len(interaction.followups) >= parts)
        assert interaction.acknowledged_after is not None
        assert interaction.acknowledged_after < 3
        assert {followup["flags"] for followup in interaction.followups} == {EPHEMERAL}
        return "\n".join(text for followup in interaction.followups for text in shown_texts(followup))

    def posted(self) -> list[str]:
        return [message.texts for message in self.server.messages]


@dataclass(slots=True)
class SlackChat:
    server: SlackServer

    async def ready(self) -> None:
        await self.server.until(lambda server: server.sockets, seconds=PATIENCE)

    async def ask(
        self, *, share: bool = False, url: str = "", elsewhere: bool = False, direct: bool = False, parts: int
    ) -> str:
        before = len(self.server.replies)
        channel, name = ("D0READER1", "directmessage") if direct else (SLACK_CHANNEL, "desk")
        typed = " ".join(word for word in ("share" if share else "", url) if word)
        await self.server.type_digest(
            typed, channel_id="C0ELSEWHERE" if elsewhere else channel, channel_name=name
        )
        await until(lambda: len(self.server.replies) >= before + parts)
        replies = self.server.replies[before:]
        assert {reply["response_type"] for reply in replies} == {"ephemeral"}
        assert not any(ack.late for ack in self.server.acks)
        return "\n".join(words(reply) for reply in replies)

    def posted(self) -> list[str]:
        return [words(message) for message in self.server.messages]


def chat_settings(discord: DiscordServer, slack: SlackServer) -> dict[str, object]:
    """Return the part of a configuration with a channel on each of the servers."""
    slack.channels.add(SLACK_CHANNEL)
    return {
        "channels": [
            {"name": "city", "to": f"discord:{CHANNEL}", "schedule": "0 8 1 1 *"},
            {"name": "desk", "to": f"slack:{SLACK_CHANNEL}", "schedule": "0 8 1 1 *"},
        ],
        "discord": {"token": TOKEN, "api": discord.api_base, "gateway": discord.gateway_url},
        "slack": {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api": slack.api_base},
    }
