"""``/digest`` with the real slack_bolt over the Socket Mode of a Slack of our own."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot import words as sentences
from bot.commands import Answer, DigestRequest, Wants
from bot.platforms import slack_socket
from bot.platforms.base import DeliveryRefused
from digests.catalogue import ENGLISH, catalogue
from tests.wire.slack_bot import CITY, Reader, city_digest, connected, listening, words
from tests.wire.slack_server import Fault, SlackServer

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


# --- /digest -------------------------------------------------------------------------------------


async def test_a_command_is_acknowledged_in_time_however_long_its_answer_takes(server: SlackServer) -> None:
    """Within 3 s, though the answer takes 4 and Slack is slow; it is for the person who asked alone."""
    server.faults["auth.test"].append(Fault(delay=4.0))
    async with listening(server, Reader(Answer(document=city_digest(1)), seconds=4.0)):
        await server.type_digest()
        await server.until(lambda server: server.replies, seconds=8.0)
    assert [ack.late for ack in server.acks] == [False]
    (reply,) = server.replies
    assert reply["response_type"] == "ephemeral"
    assert "n0b4" in words(reply)
    assert server.messages == []


@pytest.mark.parametrize(
    ("text", "url", "share"),
    [
        pytest.param("", None, False, id="bare"),
        pytest.param("share", None, True, id="share"),
        pytest.param(" Share ", None, True, id="share, spaced"),
        pytest.param("https://n.example/a?b=1&c=2", "https://n.example/a?b=1&c=2", False, id="article"),
        pytest.param("share https://n.example/", "https://n.example/", True, id="share an article"),
        pytest.param("https://n.example/ share", "https://n.example/", True, id="the other way round"),
        pytest.param("<https://n.example/?a&amp;b>", "https://n.example/?a&b", False, id="escaped"),
        pytest.param("share <https://n.example/|n.example now>", "https://n.example/", True, id="labelled"),
    ],
)
async def test_a_commands_words_are_understood(
    server: SlackServer, text: str, url: str | None, share: bool
) -> None:
    """``share`` and an address, in any order, as typed or as Slack escapes them."""
    reader = Reader(Answer(text="Fine."))
    async with listening(server, reader):
        await server.type_digest(text)
        await server.until(lambda server: server.replies)
    assert reader.asked == [DigestRequest(platform="slack", channel=CITY, url=url, share=share)]


@pytest.mark.parametrize(
    "text", ["help", "share share", "https://a.example https://b.example", "ftp://a.example"]
)
async def test_other_words_are_answered_with_the_usage(server: SlackServer, text: str) -> None:
    """Nothing is guessed: whoever answers is asked for it, who knows the channel's language."""
    reader = Reader(Answer(text="Fine."))
    async with listening(server, reader):
        await server.type_digest(text)
        await server.until(lambda server: server.replies)
    assert [(request.channel, request.wants, request.url) for request in reader.asked] == [
        (CITY, Wants.USAGE, None)
    ]


@pytest.mark.parametrize(
    ("channel_id", "channel_name", "direct"),
    [("D0ME", "directmessage", True), ("D0ME", "", True), ("C0CITY", "city", False)],
)
async def test_a_direct_message_is_told_from_a_channel(
    server: SlackServer, channel_id: str, channel_name: str, direct: bool
) -> None:
    """By Slack's name for it, or by its id."""
    reader = Reader(Answer(text="Fine."))
    async with listening(server, reader):
        await server.type_digest(channel_id=channel_id, channel_name=channel_name)
        await server.until(lambda server: server.replies)
    assert [request.direct for request in reader.asked] == [direct]


async def test_an_envelope_delivered_twice_is_answered_once(server: SlackServer) -> None:
    """Both deliveries are acknowledged, over either of two connections."""
    reader = Reader(Answer(text="Fine."))
    async with listening(server, reader):
        envelope = await server.type_digest("share")
        await server.until(lambda server: server.replies)
        await server.deliver(envelope)
        await server.until(lambda server: len(server.acks) == 2)
        await server.refresh()
        await server.until(lambda server: server.calls["apps.connections.open"] == 2 and server.sockets == 1)
        await server.deliver(envelope)
        await server.until(lambda server: len(server.acks) == 3)
    assert len(reader.asked) == len(server.replies) == 1


async def test_a_failure_is_answered_with_a_sentence(server: SlackServer) -> None:
    """The person is not left waiting, and the next command works."""
    async with listening(server, Reader(RuntimeError("boom"))):
        await server.type_digest()
        await server.until(lambda server: server.replies)
        await server.type_digest("help")
        await server.until(lambda server: len(server.replies) == 2)
    assert [words(reply) for reply in server.replies] == [sentences.sorry(ENGLISH)] * 2


async def test_an_answer_larger_than_five_replies_says_that_it_is_cut(server: SlackServer) -> None:
    """A response_url serves five times: four parts, then a sentence."""
    async with listening(server, Reader(Answer(document=city_digest(60)))):
        await server.type_digest()
        await server.until(lambda server: len(server.replies) == 5)
    assert words(server.replies[4]) == sentences.rest_left_out(ENGLISH)
    assert server.refused_replies == []


async def test_an_empty_answer_still_says_something(server: SlackServer) -> None:
    """Silence after a command looks like a fault."""
    async with listening(server, Reader(Answer())):
        await server.type_digest()
        await server.until(lambda server: server.replies)
    assert words(server.replies[0]) == sentences.nothing_to_show(ENGLISH)


async def test_the_platforms_own_words_are_in_the_answers_language(server: SlackServer) -> None:
    """What stands under a long answer, and what is said where an answer has no words."""
    for answer, replies, told in (
        (Answer(document=city_digest(60), language="fr"), 5, sentences.rest_left_out(catalogue("fr"))),
        (Answer(language="fr"), 6, sentences.nothing_to_show(catalogue("fr"))),
    ):
        async with listening(server, Reader(answer)):
            await server.type_digest()
            await server.until(lambda server, replies=replies: len(server.replies) == replies)
        assert words(server.replies[-1]) == told


# --- the socket --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(status=500), id="500"),
        pytest.param(Fault(error="internal_error"), id="internal error"),
        pytest.param(Fault(cut="before"), id="cut"),
    ],
)
async def test_a_socket_that_is_refused_at_first_is_opened_later(server: SlackServer, fault: Fault) -> None:
    """The bot stays up and asks again."""
    server.faults["apps.connections.open"].append(fault)
    async with listening(server, Reader(Answer(text="Fine."))):
        await server.type_digest()
        await server.until(lambda server: server.replies)
    assert server.calls["apps.connections.open"] == 2


async def test_a_failed_handshake_gets_a_new_ticket(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A ticket serves once: slack_sdk alone would use it for ever. It stays out of the log."""
    monkeypatch.setattr(slack_socket, "_CONNECT_SECONDS", 0.3)
    server.refused_handshakes = 1
    with caplog.at_level(logging.DEBUG):
        async with listening(server, Reader(Answer(text="Fine."))):
            await server.type_digest()
            await server.until(lambda server: server.replies)
    assert server.calls["apps.connections.open"] == 2
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name == "slack_sdk")
    assert "ticket=…" in logged
    assert "ticket=1" not in logged


async def test_a_lost_socket_is_opened_anew(server: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where slack_sdk's own reconnecting gets nowhere, the bot starts over."""
    monkeypatch.setattr(slack_socket, "_WATCH_SECONDS", 0.1)
    reader = Reader(Answer(text="Fine."))
    async with listening(server, reader):
        server.faults["apps.connections.open"].append(Fault(error="internal_error"))
        await server.drop()
        await server.until(lambda server: server.sockets == 0)
        await server.until(lambda server: server.sockets == 1)
        await server.type_digest()
        await server.until(lambda server: server.replies)


async def test_a_wrong_app_token_is_refused(server: SlackServer) -> None:
    """Trying again would not help; the words say which token."""
    async with connected(server, app="xapp-wrong") as platform:
        with pytest.raises(DeliveryRefused, match="app-level token") as caught:
            await platform.listen()
    assert "xapp-wrong" not in str(caught.value)


async def test_listening_ends_at_once_and_leaves_nothing(server: SlackServer) -> None:
    """Cancelled in the middle of an answer: no task and no socket stay."""
    before = asyncio.all_tasks()
    async with listening(server, Reader(Answer(text="Fine."), seconds=60.0)):
        await server.type_digest()
        await server.until(lambda server: server.acks)
    await server.until(lambda server: server.sockets == 0)
    await asyncio.sleep(0.1)
    left = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks() - before]
    assert {name for name in left if not name.startswith("RequestHandler")} == set()
