"""Pace: what asks too early waits, in line, and no longer than it must."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.platforms import discord_pace, slack_pace
from bot.platforms.discord_pace import DiscordPace
from bot.platforms.pace import Pace
from bot.platforms.slack_pace import CHANNEL_SECONDS, SlackPace
from tests.bot.platforms.looped import run

Wait = Callable[[], AbstractAsyncContextManager[None]]


async def moments(*waits: Wait, takes: float = 0.0) -> list[float]:
    """Return when each of ``waits`` was over that began at once, in order; each then ``takes`` a while."""
    clock = asyncio.get_running_loop().time

    async def passed(wait: Wait) -> float:
        async with wait():
            moment = clock()
            await asyncio.sleep(takes)
        return moment

    began = clock()
    return [moment - began for moment in await asyncio.gather(*map(passed, waits))]


def most_within(moments: list[float], seconds: float) -> int:
    """Return how many of ``moments`` the fullest stretch of ``seconds`` holds."""
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


# --- a pace --------------------------------------------------------------------------------------


def test_the_nth_request_waits_for_its_turn() -> None:
    """They come at an even rate, in the order in which they asked."""

    async def ten() -> list[float]:
        pace = Pace(5, 1.0)
        return await moments(*[pace.turn] * 10)

    passed = run(ten())
    assert passed == pytest.approx([n / 5 for n in range(10)], abs=0.01)


def test_a_retry_goes_before_those_that_have_not_begun() -> None:
    """What is under way has a time limit of its own, and would break it behind a thousand others."""

    async def retry() -> float:
        pace = Pace(1, 1.0)
        waiting = asyncio.create_task(moments(*[pace.turn] * 100))
        await asyncio.sleep(0.5)
        began = asyncio.get_running_loop().time()
        await pace.take()
        waiting.cancel()
        return asyncio.get_running_loop().time() - began

    assert run(retry()) <= 2.0


def test_one_who_gives_up_does_not_hold_up_the_line() -> None:
    """A stop cancels those who wait; whoever comes after them gets the turn."""

    async def cancelled() -> list[float]:
        pace = Pace(3, 1.0)
        await moments(pace.turn)
        for _ in range(5):
            waiting = [asyncio.create_task(moments(pace.turn)) for _ in range(10)]
            await asyncio.sleep(0.01)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        return await asyncio.wait_for(moments(*[pace.turn] * 4), 10)

    assert run(cancelled())[-1] <= 2.0


def test_nobody_passes_while_the_platform_asks_to_hold() -> None:
    """Not even those who were in line before, and those behind them do not pass all at once."""

    async def held() -> list[float]:
        pace = Pace(10, 1.0, burst=2)
        await pace.take()
        pace.give_back()
        pace.hold(5.0)
        return await moments(*[pace.turn] * 8)

    passed = run(held())
    assert min(passed) >= 5.0
    assert most_within(passed, 0.1) <= 3


@pytest.mark.parametrize(
    ("limit", "seconds", "burst"),
    [
        pytest.param(discord_pace.A_SECOND, 1.0, discord_pace.BURST, id="discord"),
        pytest.param(slack_pace.A_MINUTE, 60.0, slack_pace.BURST, id="slack"),
    ],
)
def test_no_window_holds_more_than_the_platform_allows(limit: int, seconds: float, burst: int) -> None:
    """Wherever it begins; and what is allowed is used up to a twentieth."""
    pace = Pace(limit, seconds, burst)
    passed = run(moments(*[pace.turn] * 1_000, takes=0.02))
    assert most_within(passed, seconds) <= limit
    assert passed[-1] <= 1.05 * 1_000 * seconds / limit


def test_a_platform_that_was_held_up_gets_no_more_than_it_allows() -> None:
    """Requests that the network pushed together count when they end: those behind them wait a second more."""

    async def stalled() -> list[float]:
        pace = Pace(10, 1.0)
        return await moments(*[pace.turn] * 20, takes=0.7)

    # The tenth begins at 0.9 and all ten may arrive as late as 1.6: the eleventh waits for the first's end.
    assert run(stalled())[10] >= 1.7


# --- Slack ---------------------------------------------------------------------------------------


def test_a_slack_channel_waits_a_second_after_its_last_message_ended() -> None:
    """Another channel does not."""

    async def after() -> list[float]:
        pace = SlackPace()
        async with pace.turn("C1"):
            await asyncio.sleep(0.5)
        return await moments(lambda: pace.turn("C1"), lambda: pace.turn("C2"))

    assert run(after()) == pytest.approx([CHANNEL_SECONDS, 0.0], abs=0.01)


def test_a_slack_channel_that_was_refused_holds_up_no_other() -> None:
    """Its part waits in the outbox; the others are posted to meanwhile."""

    async def refused() -> list[float]:
        pace = SlackPace()
        async with pace.turn("C1"):
            pace.refused("C1", 30.0)
            pace.refused("C1", 60.0)
        return await moments(lambda: pace.turn("C2"))

    assert run(refused()) == pytest.approx([0.0], abs=0.01)


def test_all_of_slack_waits_where_two_channels_were_refused() -> None:
    """Then it was the workspace's limit, which was lowered, or is shared with another of its apps."""

    async def refused() -> list[float]:
        pace = SlackPace()
        pace.refused("C1", 30.0)
        pace.refused("C2", 40.0)
        return await moments(lambda: pace.turn("C3"))

    assert run(refused()) == pytest.approx([40.0], abs=0.01)


def test_a_refused_look_makes_the_other_looks_wait() -> None:
    """Slack counts them over all channels; posts go on."""

    async def refused() -> list[float]:
        pace = SlackPace()
        pace.refused_look(60.0)
        return await moments(pace.look, lambda: pace.turn("C1"))

    assert run(refused()) == pytest.approx([60.0, 0.0], abs=0.01)


# --- Discord -------------------------------------------------------------------------------------


def test_discord_posts_wait_in_one_line() -> None:
    """Whatever their channels: the fiftieth of a second waits for the next one."""

    async def sixty() -> list[float]:
        pace = DiscordPace()
        return await moments(*[(lambda n=n: pace.turn(str(n))) for n in range(60)])

    passed = run(sixty())
    assert passed == sorted(passed)
    assert passed[-1] > 1.0
