"""A Socket Mode that gives trouble: the bot stays up, digests go out, a command is answered once."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.commands import Answer
from bot.platforms import slack_socket
from tests.wire.fault_cases import JSON, PAGE
from tests.wire.faults import Broken, answer
from tests.wire.slack_bot import CITY, HELLO, Reader, connected, listening
from tests.wire.slack_server import SlackServer

pytestmark = [pytest.mark.wire, pytest.mark.timeout(30)]

OPEN = "apps.connections.open"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect again at once."""
    monkeypatch.setattr(slack_socket, "_FIRST_WAIT", 0.05)
    monkeypatch.setattr(slack_socket, "_LONGEST_WAIT", 0.1)
    monkeypatch.setattr(slack_socket, "_CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(slack_socket, "_WATCH_SECONDS", 0.1)


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


@pytest.fixture
def reader() -> Reader:
    return Reader(Answer(text="Fine."))


async def serves(server: SlackServer) -> str:
    """Type a command, wait for its one answer and return the command's envelope."""
    replies = len(server.replies)
    envelope = await server.type_digest()
    await server.until(lambda server: len(server.replies) > replies)
    assert len(server.replies) == replies + 1
    return envelope


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="cut"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="no HTTP"),
        pytest.param(answer(200, PAGE.encode(), **{"Content-Type": "text/html"}), id="page"),
        pytest.param(answer(200, b"[1]", **JSON), id="JSON of another shape"),
        pytest.param(answer(200, b'{"ok": true}', **JSON), id="no address"),
        pytest.param(answer(200, b'{"ok": true, "url": "ws://127.0.0.1:1/"}', **JSON), id="dead address"),
        pytest.param(answer(200, b'{"ok": true, "url": "http://["}', **JSON), id="no address at all"),
        pytest.param(answer(200, b'{"ok": false, "error": "internal_error"}', **JSON), id="internal error"),
        pytest.param(answer(429, b"", Retry_After="0"), id="429"),
        pytest.param(answer(503), id="503"),
    ],
)
async def test_whatever_fails_before_the_socket_stands_digests_go_out(
    server: SlackServer, reader: Reader, raw: bytes
) -> None:
    """Posting needs no socket; once Slack is well again commands work, without a restart."""
    server.outages.begin(OPEN, "", Broken(name="start", write=lambda _: raw, reset=not raw))
    async with connected(server, reader) as platform, asyncio.TaskGroup() as tasks:
        listen = tasks.create_task(platform.listen())
        await server.until(lambda server: server.calls[OPEN] >= 2)
        await platform.post(CITY, HELLO, "key")
        assert not listen.done()
        server.outages.end()
        await server.until(lambda server: server.sockets > 0, seconds=10.0)
        await serves(server)
        listen.cancel()
    assert len(server.messages) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "too_many_websockets", "link_disabled"])
async def test_a_socket_that_is_taken_back_is_opened_anew(
    server: SlackServer, reader: Reader, reason: str
) -> None:
    """Whatever reason Slack gives: a new ticket, and commands come over the new socket."""
    async with listening(server, reader):
        await serves(server)
        await server.refresh(reason)
        await server.until(lambda server: server.links >= 2 and server.sockets == 1)
        await serves(server)
    assert len(reader.asked) == 2


async def test_a_socket_that_is_switched_off_comes_back_once_it_is_on(
    server: SlackServer, reader: Reader
) -> None:
    """No new one can be opened for a while after Slack hung up: asked again until one can."""
    refused = answer(200, b'{"ok": false, "error": "internal_error"}', **JSON)
    async with listening(server, reader):
        opened = server.calls[OPEN]
        server.outages.begin(OPEN, "", Broken(name="off", write=lambda _: refused))
        await server.refresh("link_disabled")
        await server.drop()
        await server.until(lambda server: server.calls[OPEN] >= opened + 3, seconds=15.0)
        server.outages.end()
        await server.until(lambda server: server.sockets == 1, seconds=15.0)
        await serves(server)


@pytest.mark.parametrize("frame", ["", "no JSON", "{half", "[1]", '{"type": "novelty"}', '{"type": 5}'])
async def test_what_cannot_be_read_disturbs_nothing(server: SlackServer, reader: Reader, frame: str) -> None:
    """The next command is answered over the same socket."""
    async with listening(server, reader):
        await server.say(frame)
        await serves(server)
    assert server.calls[OPEN] == 1


async def test_a_storm_of_drops_ends_with_one_answer_to_each_command(
    server: SlackServer, reader: Reader
) -> None:
    """Ten drops in turn with commands: the bot is there again each time."""
    async with listening(server, reader):
        for _ in range(10):
            await server.drop()
            await server.until(lambda server: server.sockets == 0)
            await server.until(lambda server: server.sockets == 1, seconds=15.0)
            await serves(server)
    assert len(reader.asked) == 10


@pytest.mark.parametrize("renamed", [False, True], ids=["same envelope", "another envelope"])
async def test_a_command_delivered_twice_is_answered_once(
    server: SlackServer, reader: Reader, renamed: bool
) -> None:
    """At once, over the same socket or a new one: each delivery is acknowledged, one is acted on."""
    async with listening(server, reader):
        envelope = await serves(server)
        again = server.deliver_renamed if renamed else server.deliver
        await again(envelope)
        await server.until(lambda server: len(server.acks) == 2)
        await server.refresh()
        await server.until(lambda server: server.links >= 2 and server.sockets == 1)
        await again(envelope)
        await server.until(lambda server: len(server.acks) == 3)
        await serves(server)
    assert len(reader.asked) == len(server.replies) == 2
    assert not any(ack.late for ack in server.acks)
