"""``onrecord outbox``: an operator sees what waits, tries it again, gives it up, while the bot runs."""

import io
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot import upkeep
from bot.outbox import PARKED_FOR
from bot.platforms.base import DeliveryRefused
from digests.errors import OnrecordError, StorageError
from digests.model import OutboxPart, PartState
from tests.bot.small_app import CITY, DESK, START, Small, settings
from tests.fakes import Fault
from tests.make import make_part

HERE = f"discord:{CITY}"
Parts = dict[str, OutboxPart]


@pytest.fixture
async def parts(small: Small) -> Parts:
    """A running bot whose channel refused a message, with another behind it and one in a second channel."""
    there = {"platform": "discord", "channel": CITY, "due_at": START}
    await small.app.store.queue_parts(
        [make_part(1, **there), make_part(2, **there), make_part(1, **{**there, "channel": "2"})]
    )
    small.discord.fail(CITY, Fault(error=DeliveryRefused("the bot may not post there")))
    await small.app.deliverer.run_due()
    return {part.key: part for part in await small.app.store.load_parts(tuple(PartState))}


async def said(command: Callable[[Console], Awaitable[None]]) -> list[str]:
    """Return the lines that a command prints."""
    console = Console(file=io.StringIO(), width=60)
    await command(console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


async def test_what_waits_is_listed_with_the_reason(small: Small, parts: Parts) -> None:
    """One line a message, however narrow the terminal, and how many stand in which state."""
    lines = await said(lambda c: upkeep.show(small.app.config, c, everything=False, as_json=False))
    head, behind = [key for key, part in parts.items() if part.channel == CITY]
    assert lines == [
        f"{head}  parked  {HERE}  due Mon 2 Mar, 13:00 (UTC)  the bot may not post there",
        f"{behind}  waiting  {HERE}  due Mon 2 Mar, 12:00 (UTC)",
        "2 messages: 1 waiting, 1 parked.",
    ]


async def test_everything_can_be_listed_for_programs(small: Small, parts: Parts) -> None:
    """A JSON line a message, what was sent included."""
    lines = await said(lambda c: upkeep.show(small.app.config, c, everything=True, as_json=True))
    found = [json.loads(line) for line in lines]
    assert {one["key"]: one["state"] for one in found} == {key: p.state for key, p in parts.items()}
    (sent,) = [one for one in found if one["state"] == "sent"]
    assert (sent["channel"], sent["message_id"]) == ("discord:2", f"message of {sent['key']}")
    assert sent["due_at"] == START.isoformat()


async def test_an_empty_outbox_says_so(small: Small) -> None:
    """Silence could mean a fault."""
    lines = await said(lambda c: upkeep.show(small.app.config, c, everything=False, as_json=False))
    assert lines == ["Nothing waits to be sent."]


@pytest.mark.parametrize("names", [[], ["city-desk"], [HERE]], ids=["all", "by name", "by address"])
async def test_what_was_mended_is_sent_at_once(
    small: Small, parts: Parts, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot goes on running; the message's channel goes on in its order."""
    monkeypatch.setattr(upkeep, "now", small.clock)
    assert await small.app.deliverer.run_due() == 0
    lines = await said(lambda c: upkeep.retry(small.app.config, c, names))
    assert lines[0].startswith("1 message will be tried again")
    assert await small.app.deliverer.run_due() == 2
    assert small.discord.keys(CITY) == [key for key, part in parts.items() if part.channel == CITY]


async def test_another_channel_is_left_as_it_is(small: Small, parts: Parts) -> None:
    """And a channel that nobody knows is told, with those that are known."""
    assert await said(lambda c: upkeep.retry(small.app.config, c, ["discord:2"])) == [
        "Nothing was put off by a failed try."
    ]
    with pytest.raises(OnrecordError, match="the configuration has: city-desk"):
        await upkeep.retry(small.app.config, Console(quiet=True), ["citydesk"])
    assert all(part.due_at - START in (PARKED_FOR, timedelta(0)) for part in parts.values())


async def test_a_message_that_is_given_up_holds_back_nobody(small: Small, parts: Parts) -> None:
    """It is never sent, and the one behind it goes out."""
    head, behind = [key for key, part in parts.items() if part.channel == CITY]
    lines = await said(lambda c: upkeep.drop(small.app.config, c, [head]))
    assert lines[0].startswith("1 message dropped")
    assert await small.app.deliverer.run_due() == 1
    assert small.discord.keys(CITY) == [behind]


async def test_what_is_sent_or_unknown_cannot_be_given_up(small: Small, parts: Parts) -> None:
    """The words say which, and the others are dropped all the same."""
    sent = next(key for key, part in parts.items() if part.state is PartState.SENT)
    waiting = next(key for key, part in parts.items() if part.state is PartState.WAITING)
    with pytest.raises(OnrecordError, match=f"has the key {sent}, stranger: onrecord outbox lists them"):
        await upkeep.drop(small.app.config, Console(quiet=True), [sent, waiting, "stranger"])
    states = {part.key: part.state for part in await small.app.store.load_parts(tuple(PartState))}
    assert (states[sent], states[waiting]) == (PartState.SENT, PartState.DROPPED)


async def test_without_a_database_the_words_say_what_to_do(tmp_path: Path) -> None:
    """Nothing is made by looking."""
    config = settings(tmp_path, DESK)
    with pytest.raises(StorageError, match="there is no database at"):
        await upkeep.show(config, Console(quiet=True), everything=False, as_json=False)
    with pytest.raises(StorageError, match="there is no database at"):
        await upkeep.drop(config, Console(quiet=True), ["key"])
    assert list(tmp_path.iterdir()) == []
