"""A bot on the Discord of our own: what the wire tests of Discord share."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.commands import Answer, DigestRequest
from bot.platforms.base import MessagePart
from bot.platforms.discord import DiscordPlatform
from digests.document import Card, Document, Run, Style
from tests.wire.discord_server import TOKEN, DiscordServer

EPHEMERAL = 64
DEFERRED = 5


def make_card(number: int, words: int = 60) -> Card:
    """Return a card whose texts name its number."""
    bullet = (
        Run(text=f"Actor {number}", style=Style.STRONG),
        Run(text=", mayor: “" + "word " * words + "end”"),
    )
    headline = Run(text=f"Headline {number}", href=f"https://news.example/{number}")
    return Card(headline=headline, meta="Prairie Courier · 12:00", bullets=(bullet, bullet))


DOCUMENT = Document(title="City desk", subtitle="3 stories", cards=tuple(map(make_card, range(3))))
LONG = Document(title="City desk", cards=tuple(map(make_card, range(60))))
PART = MessagePart(
    payload={"content": "Hello", "embeds": [{"title": "News"}], "allowed_mentions": {"parse": []}}
)


class Answers:
    """An answerer that keeps what it was asked."""

    def __init__(self, answer: Answer, delay: float = 0.0, error: Exception | None = None) -> None:
        self.requests: list[DigestRequest] = []
        self._answer, self._delay, self._error = answer, delay, error

    async def __call__(self, request: DigestRequest) -> Answer:
        self.requests.append(request)
        await asyncio.sleep(self._delay)
        if self._error:
            raise self._error
        return self._answer


def make_platform(
    server: DiscordServer, answers: Answers | None = None, token: str = TOKEN
) -> DiscordPlatform:
    """Return a platform that takes ``server`` for Discord."""
    return DiscordPlatform(
        token, answers or Answers(Answer()), api_base=server.api_base, gateway_url=server.gateway_url
    )


@asynccontextmanager
async def listening(server: DiscordServer, answers: Answers) -> AsyncIterator[asyncio.Task[None]]:
    """Serve commands against ``server`` while the block runs."""
    platform = make_platform(server, answers)
    task = asyncio.create_task(platform.listen())
    ready = asyncio.create_task(server.until_ready())
    await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED, timeout=10)
    try:
        yield task
    finally:
        ready.cancel()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await platform.close()


async def until(happened: Callable[[], object], seconds: float = 8.0) -> None:
    """Wait until ``happened`` is true."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - the server under test is no place for our events
            await asyncio.sleep(0.02)
