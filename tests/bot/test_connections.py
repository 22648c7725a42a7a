"""Signing in and listening: what is refused or down is asked again; a bot that nobody lets in ends."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot import connections
from bot.app import Bot
from bot.connections import Connections
from bot.platforms.base import ChatPlatform, DeliveryDeferred, DeliveryError, DeliveryRefused
from digests.model import PartState
from tests.bot.small_app import CITY, START, Small
from tests.fakes import FakePlatform
from tests.make import make_part

HOUR = timedelta(hours=1)
SOON = timedelta(milliseconds=10)
WRONG = DeliveryRefused("the token is wrong")
DOWN = DeliveryDeferred("cannot be reached", retry_after=SOON)


class Picky(FakePlatform):
    """A platform that meets each ``start`` and ``listen`` with the next of these errors, if one is left."""

    starts: list[DeliveryError]
    listens: list[DeliveryError]
    asked_to_listen = 0

    async def start(self) -> None:
        if self.starts:
            raise self.starts.pop(0)
        await super().start()

    async def listen(self) -> None:
        self.asked_to_listen += 1
        if self.listens:
            raise self.listens.pop(0)
        await asyncio.Event().wait()


def picky(*starts: DeliveryError, name: str = "discord", listens: tuple[DeliveryError, ...] = ()) -> Picky:
    made = Picky(name=name)
    made.starts, made.listens = list(starts), list(listens)
    return made


async def keep(*platforms: ChatPlatform, until: Callable[[Connections], object]) -> list[str]:
    """Keep the connections until something holds; return who let the bot in, in that order."""
    signed_in: list[str] = []

    async def note(name: str) -> None:
        signed_in.append(name)

    kept = Connections({platform.name: platform for platform in platforms}, note)
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        tasks = [group.create_task(kept.keep(platform)) for platform in platforms]
        while not until(kept):  # noqa: ASYNC110 - a condition over what the fake shows
            await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
    return signed_in


async def test_a_platform_that_refuses_the_bot_keeps_it_from_no_other() -> None:
    """It is told in its own words, and the others are signed in to."""
    discord, slack = picky(WRONG), FakePlatform(name="slack")
    with capture_logs() as logs:
        assert await keep(discord, slack, until=lambda _: slack.started and not discord.starts) == ["slack"]
    assert [(line["platform"], line["reason"], line["log_level"]) for line in logs] == [
        ("discord", "the token is wrong", "error")
    ]


async def test_where_every_platform_refuses_the_bot_it_ends() -> None:
    """Also where one of them could not be reached at first: it could do nothing at all."""
    with pytest.raises(ExceptionGroup) as ended:
        await keep(picky(WRONG), picky(DOWN, WRONG, name="slack"), until=lambda _: False)
    assert ended.value.exceptions == (WRONG,)


async def test_what_was_refused_is_asked_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing in and commands, after pauses that grow; whoever mends it need not restart the bot."""
    monkeypatch.setattr(connections, "FIRST_PAUSE", SOON)
    discord = picky(WRONG, DOWN, WRONG, listens=(WRONG, WRONG))
    signed_in = await keep(discord, FakePlatform(name="slack"), until=lambda _: discord.asked_to_listen == 3)
    assert signed_in == ["slack", "discord"]


def test_the_pauses_grow_to_an_hour() -> None:
    """A platform counts bad answers and bans who gives too many."""
    pauses = connections._pauses()
    minutes = [next(pauses) // timedelta(minutes=1) for _ in range(9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_what_was_refused_is_asked_again_at_once_where_somebody_asks() -> None:
    """Every time: on each SIGHUP."""
    discord = picky(WRONG, WRONG, listens=(WRONG,))

    def ask(kept: Connections) -> bool:
        kept.ask_again()
        return discord.asked_to_listen == 2

    assert await keep(discord, FakePlatform(name="slack"), until=ask) == ["slack", "discord"]


async def test_what_waited_for_a_platform_goes_out_once_it_lets_the_bot_in(small: Small) -> None:
    """Not an hour later; and posting needs no commands, which may be refused all the while."""
    discord = picky(WRONG, DOWN, listens=(WRONG,) * 1000)
    small.platforms["discord"] = discord
    parked = make_part(platform="discord", channel=CITY, state=PartState.PARKED, due_at=START + HOUR)
    await small.app.store.queue_parts([parked])
    bot = Bot(small.app)
    running = asyncio.create_task(bot.run())
    async with asyncio.timeout(5):
        while not discord.shown:
            bot._connections.ask_again()
            await asyncio.sleep(0.01)
    bot._stop.set()
    await running
    assert discord.keys(CITY) == [f"{CITY}-1"]
