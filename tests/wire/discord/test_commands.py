"""``/digest`` through the real discord.py and a gateway of our own on loopback."""

import asyncio
import logging

import pytest

from bot.commands import Answer, DigestRequest
from bot.platforms import discord_gateway
from bot.platforms.base import DeliveryRefused, DeliveryUnknown
from tests.wire.discord_bot import (
    DEFERRED,
    DOCUMENT,
    EPHEMERAL,
    LONG,
    PART,
    Answers,
    listening,
    until,
)
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import TOKEN, Fault

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]


async def test_digest_is_acknowledged_in_time_however_long_the_answer_takes(server):
    """The answer takes four seconds, the acknowledgement well under three; all of it is private."""
    answers = Answers(Answer(text="Next digest at 17:00.", document=DOCUMENT), delay=4.0)
    async with listening(server, answers):
        interaction = await server.dispatch()
        await until(lambda: len(interaction.followups) == 2)
    assert interaction.acknowledged_after is not None
    assert interaction.acknowledged_after < 3.0
    assert interaction.acknowledgement == {"type": DEFERRED, "data": {"flags": EPHEMERAL}}
    sentence, digest = interaction.followups
    assert sentence["content"] == "Next digest at 17:00."
    assert [embed["title"] for embed in digest["embeds"]] == ["Headline 0", "Headline 1", "Headline 2"]
    assert all(payload["flags"] == EPHEMERAL for payload in interaction.followups)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param({}, DigestRequest(platform="discord", channel=CHANNEL), id="in a channel"),
        pytest.param(
            {"url": "https://news.example/1", "share": True},
            DigestRequest(platform="discord", channel=CHANNEL, url="https://news.example/1", share=True),
            id="with options",
        ),
        pytest.param(
            {"direct": True},
            DigestRequest(platform="discord", channel=CHANNEL, direct=True),
            id="in a direct message",
        ),
    ],
)
async def test_what_was_typed_reaches_the_answerer(server, typed, asked):
    """Channel, direct message and options arrive as they were given."""
    answers = Answers(Answer(text="Done."))
    async with listening(server, answers):
        interaction = await server.dispatch(**typed)
        await until(lambda: interaction.followups)
    assert answers.requests == [asked]


async def test_an_unknown_error_gets_an_apology(server):
    """The person who asked is never left waiting in silence, and the next question is answered."""
    answers = Answers(Answer(), error=LookupError("secret detail"))
    async with listening(server, answers):
        interaction = await server.dispatch()
        await until(lambda: interaction.followups)
    assert "try again" in interaction.followups[0]["content"]
    assert "secret detail" not in str(interaction.followups)


async def test_a_long_answer_ends_with_a_sentence(server):
    """Five messages at most, and then how many there would be."""
    async with listening(server, Answers(Answer(document=LONG))):
        interaction = await server.dispatch()
        await until(lambda: len(interaction.followups) == 6)
    assert "first 5 of" in interaction.followups[-1]["content"]


@pytest.mark.parametrize(
    ("answer", "messages", "told"),
    [
        pytest.param(Answer(document=LONG, language="fr"), 6, "Voici les 5 premiers messages sur", id="long"),
        pytest.param(Answer(language="fr"), 1, "Il n’y a rien à montrer.", id="empty"),
    ],
)
async def test_the_platforms_own_words_are_in_the_answers_language(server, answer, messages, told):
    """What stands under a long answer, and what is said where an answer has no words."""
    async with listening(server, Answers(answer)):
        interaction = await server.dispatch()
        await until(lambda: len(interaction.followups) == messages)
    assert told in interaction.followups[-1]["content"]


async def test_a_command_delivered_twice_is_answered_once(server):
    """Discord may deliver again after a resume: what is acknowledged already is left alone."""
    answers = Answers(Answer(text="Done."))
    async with listening(server, answers):
        interaction = await server.dispatch()
        await until(lambda: interaction.followups)
        await server.dispatch_again(interaction)
        other = await server.dispatch()
        await until(lambda: other.followups)
    assert len(interaction.followups) == 1
    assert len(answers.requests) == 2


async def test_commands_are_registered_only_when_they_changed(server):
    """The first start registers, the second finds all as it is, a changed text registers again."""
    for _ in range(2):
        async with listening(server, Answers(Answer())):
            pass
        server.forget_ready()
    assert server.count("PUT", "/commands") == 1
    server.commands[0]["description"] = "An older text"
    async with listening(server, Answers(Answer())):
        pass
    assert server.count("PUT", "/commands") == 2
    assert [command["name"] for command in server.commands] == ["digest"]


async def test_a_first_connect_that_fails_is_tried_again(server, monkeypatch):
    """The gateway is down when the bot starts: commands work as soon as it is up."""
    monkeypatch.setattr(discord_gateway, "_FIRST_DELAY", 0.05)
    server.refused_connects = 2
    async with listening(server, Answers(Answer(text="Done."))):
        interaction = await server.dispatch()
        await until(lambda: interaction.followups)
    assert server.refused_connects == 0


@pytest.mark.parametrize("code", [pytest.param(4000, id="to be resumed"), pytest.param(4009, id="timed out")])
async def test_a_dropped_gateway_is_connected_again(server, code):
    """After Discord closed the connection the next command is served."""
    async with listening(server, Answers(Answer(text="Done."))):
        await server.drop_gateway(code)
        await asyncio.wait_for(server.until_ready(), 8)
        interaction = await server.dispatch()
        await until(lambda: interaction.followups)


async def test_a_gateway_that_refuses_for_good_ends_with_its_code(server):
    """More shards wanted, or no such intents: trying again would only use up the day's logins."""
    async with listening(server, Answers(Answer())) as task:
        await server.drop_gateway(4011)
        with pytest.raises(DeliveryRefused, match="4011"):
            await asyncio.wait_for(task, 8)


async def test_nothing_logged_holds_the_token(server, platform, caplog, capsys):
    """Neither discord.py nor we write the token anywhere, whatever fails."""
    caplog.set_level(logging.DEBUG)
    server.script(Fault(status=403, code=50013), Fault(cut="before"))
    for _ in range(2):
        with pytest.raises((DeliveryRefused, DeliveryUnknown)):
            await platform.post(CHANNEL, PART, "key")
    async with listening(server, Answers(Answer(), error=LookupError())):
        interaction = await server.dispatch()
        await until(lambda: interaction.followups)
    assert TOKEN not in caplog.text + "".join(capsys.readouterr())
