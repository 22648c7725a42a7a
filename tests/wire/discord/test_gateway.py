"""A gateway that gives trouble: the bot stays up, digests go out, commands work again after it."""

import asyncio
from functools import partial

import discord
import pytest
from discord.gateway import DiscordWebSocket

from bot.commands import Answer
from bot.platforms import discord_gateway
from tests.wire.discord_bot import PART, Answers, listening, make_platform, until
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import DiscordServer
from tests.wire.faults import Broken, answer

pytestmark = [pytest.mark.wire, pytest.mark.timeout(30)]

PAGE = answer(200, b"<html>hello</html>", **{"Content-Type": "text/html"})
NOT_HTTP = b"SSH-2.0-OpenSSH_9.2\r\n"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connect again at once; Discord wants five seconds before a second IDENTIFY."""
    monkeypatch.setattr(discord_gateway, "_FIRST_DELAY", 0.05)
    monkeypatch.setattr(discord_gateway, "_LONGEST_DELAY", 0.1)
    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)


async def at_once(client: discord.Client, shard_id: int | None, *, initial: bool = False) -> None:
    """Identify without waiting."""


@pytest.fixture
def answers() -> Answers:
    return Answers(Answer(text="Done."))


async def serves(server: DiscordServer) -> None:
    """Type a command and wait for its one answer."""
    interaction = await server.dispatch()
    await until(lambda: interaction.followups)
    assert len(interaction.followups) == 1


# --- the first connection ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "greeting",
    [
        pytest.param(None, id="closed before hello"),
        pytest.param("no JSON", id="no JSON"),
        pytest.param("[1]", id="JSON of another shape"),
        pytest.param('{"op": 10, "d": null}', id="hello without a heartbeat"),
        pytest.param('{"op": 9, "d": false}', id="invalid session"),
        pytest.param('{"op": 7, "d": null}', id="reconnect"),
        pytest.param(b"\x00\xff\x00\x00\xff\xff", id="bytes that are not compressed"),
    ],
)
async def test_a_gateway_that_greets_wrongly_at_first_is_asked_again(
    server: DiscordServer, answers: Answers, greeting: str | bytes | None
) -> None:
    """discord.py ends with all sorts of exceptions there; the bot does not."""
    server.greetings = [greeting] * 3
    async with listening(server, answers) as task:
        await serves(server)
        assert not task.done()
    assert server.connects == 4


@pytest.mark.parametrize("raw", [PAGE, NOT_HTTP, answer(500), b""], ids=["page", "no HTTP", "500", "cut"])
@pytest.mark.parametrize("path", ["/users/@me", "/commands", "/gateway-socket"])
async def test_whatever_fails_before_the_gateway_stands_digests_go_out(
    server: DiscordServer, answers: Answers, path: str, raw: bytes
) -> None:
    """Posting is by REST alone; once Discord is well again commands work, without a restart."""
    platform = make_platform(server)
    await platform.start()
    server.outages.begin("GET", path, Broken(name="start", write=lambda _: raw, reset=not raw))
    async with asyncio.TaskGroup() as tasks:
        listen = tasks.create_task(make_platform(server, answers).listen())
        tried = len(server.requests)
        await until(lambda: sum(asked.endswith(path) for _, asked in server.requests[tried:]) >= 2, 25)
        await platform.post(CHANNEL, PART, "key")
        assert not listen.done()
        server.outages.end()
        await asyncio.wait_for(server.until_ready(), 20)
        await serves(server)
        listen.cancel()
    await platform.close()
    assert len(server.messages) == 1


async def test_nobody_listening_at_first_is_no_end(
    server: DiscordServer, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is refused; when somebody listens, commands work."""
    right = server.gateway_url
    monkeypatch.setattr(DiscordServer, "gateway_url", "ws://127.0.0.1:1/")
    async with asyncio.TaskGroup() as tasks:
        platform = make_platform(server, answers)
        listen = tasks.create_task(platform.listen())
        await until(lambda: server.count("GET", "/users/@me") >= 3)
        assert not listen.done()
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", discord_url(right))
        await asyncio.wait_for(server.until_ready(), 8)
        await serves(server)
        listen.cancel()
    await platform.close()


def discord_url(url: str) -> object:
    """Return an address as discord.py keeps it."""
    return type(DiscordWebSocket.DEFAULT_GATEWAY)(url)


# --- a connection that stood ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "resumed"),
    [
        pytest.param({"op": 7, "d": None}, True, id="reconnect"),
        pytest.param({"op": 9, "d": True}, True, id="invalid session, to be resumed"),
        pytest.param({"op": 9, "d": False}, False, id="invalid session for good"),
        pytest.param("no JSON", False, id="no JSON"),
        pytest.param({"op": 0, "t": "READY", "s": 1, "d": {}}, False, id="an event without its fields"),
    ],
)
async def test_what_the_gateway_says_leads_to_a_new_connection(
    server: DiscordServer, answers: Answers, frame: object, resumed: bool
) -> None:
    """Resumed where Discord lets it, begun anew where not; the next command is answered once."""
    async with listening(server, answers) as task:
        await server.say(frame)
        await asyncio.wait_for(server.until_ready(), 8)
        await serves(server)
        assert not task.done()
    assert (len(server.identifies), len(server.resumes)) == ((1, 1) if resumed else (2, 0))


@pytest.mark.parametrize(
    "frame", [{"op": 99, "d": 1}, {"op": 0, "t": "NEW_EVENT", "s": 2, "d": {}}, {"op": 1}]
)
async def test_what_the_gateway_may_say_one_day_disturbs_nothing(
    server: DiscordServer, answers: Answers, frame: object
) -> None:
    """Unknown opcodes and events, and a heartbeat that is asked for."""
    async with listening(server, answers):
        await server.say(frame)
        await serves(server)
    assert server.connects == 1


async def test_a_gateway_that_falls_silent_is_left_and_resumed(
    server: DiscordServer, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No heartbeat is acknowledged any more: the connection is dead though nobody closed it."""
    monkeypatch.setattr(discord, "Client", partial(discord.Client, heartbeat_timeout=1.0))
    server.heartbeat_ms = 200
    async with listening(server, answers):
        server.deaf = True
        server.forget_ready()
        await asyncio.wait_for(server.until_ready(), 8)
        server.deaf = False
        await serves(server)
    assert server.resumes


async def test_a_storm_of_drops_ends_with_one_answer_to_each_command(
    server: DiscordServer, answers: Answers
) -> None:
    """Twenty drops, with every code that lets a bot come back: one login in all where it may resume."""
    codes = [4000, 1001, 1006, 4001, 4002, 4005, 4008]
    async with listening(server, answers) as task:
        for number in range(20):
            await server.drop_gateway(codes[number % len(codes)] if number % 4 else 4000)
            await asyncio.wait_for(server.until_ready(), 8)
            await serves(server)
        assert not task.done()
    assert len(answers.requests) == 20
    assert len(server.identifies) == 1
    assert len(server.resumes) == 20
