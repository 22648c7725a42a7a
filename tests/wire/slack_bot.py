"""A bot on the Slack of our own: what the wire tests of Slack share."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.commands import Answer, DigestRequest
from bot.platforms.blocks import render_sentence
from bot.platforms.slack import SlackPlatform
from digests.document import Card, Document, Run, Style
from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

CITY = "C0CITY"
HELLO = render_sentence("Hello")


class Reader:
    """Answers every ``/digest`` and remembers what it was asked."""

    def __init__(self, answer: Answer | Exception, *, seconds: float = 0.0) -> None:
        self.asked: list[DigestRequest] = []
        self._answer = answer
        self._seconds = seconds

    async def __call__(self, request: DigestRequest) -> Answer:
        self.asked.append(request)
        await asyncio.sleep(self._seconds)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def city_digest(cards: int = 12) -> Document:
    told = tuple(
        Card(
            headline=Run(text=f"Headline {n}", href=f"https://news.example/{n}"),
            meta="Example Daily",
            bullets=tuple(
                (Run(text="Ada", style=Style.STRONG), Run(text=f": “n{n}b{b} " + "word " * 40))
                for b in range(5)
            ),
        )
        for n in range(cards)
    )
    return Document(title="City desk", cards=told)


def words(message: dict[str, Any]) -> str:
    """Return all the text of a message, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            found.extend([node["text"]] if isinstance(node.get("text"), str) else [])
            node = list(node.values())
        if isinstance(node, list):
            for value in node:
                walk(value)

    walk(message["blocks"])
    return " ".join(found)


@asynccontextmanager
async def connected(
    server: SlackServer, answer: Callable[[DigestRequest], Awaitable[Answer]] | None = None, **tokens: str
) -> AsyncIterator[SlackPlatform]:
    """Give a platform that posts to ``server``, and close it."""
    bot, app = tokens.get("bot", BOT_TOKEN), tokens.get("app", APP_TOKEN)
    platform = SlackPlatform(bot, app, answer or Reader(Answer()), api_base=server.api_base)
    try:
        yield platform
    finally:
        await platform.close()


@asynccontextmanager
async def listening(server: SlackServer, reader: Reader) -> AsyncIterator[SlackPlatform]:
    """Give a platform whose socket stands, and end it."""
    async with connected(server, reader) as platform:
        task = asyncio.create_task(platform.listen())
        try:
            await server.until(lambda server: server.sockets > 0)
            yield platform
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
