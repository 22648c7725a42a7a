"""The real discord.py client against a Discord of our own on loopback, which enforces the limits."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.commands import Answer, DigestRequest
from bot.platforms import discord_gateway
from bot.platforms.base import DeliveryDeferred, DeliveryRefused, DeliveryUnknown, MessagePart
from bot.platforms.discord import DiscordPlatform
from digests.document import Card, Document, Run, Style
from tests.wire.discord_payloads import CHANNEL, Interaction
from tests.wire.discord_server import TOKEN, DiscordServer, Fault

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]

EPHEMERAL = 64
DEFERRED = 5
HOSTILE = (
    "@everyone <@1> <@&2> <#3> </x:4> <t:1> [safe](https://evil.example) **bold** `code` https://evil.example"
)


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


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as running:
        yield running


def make_platform(
    server: DiscordServer, answers: Answers | None = None, token: str = TOKEN
) -> DiscordPlatform:
    """Return a platform that takes ``server`` for Discord."""
    return DiscordPlatform(
        token, answers or Answers(Answer()), api_base=server.api_base, gateway_url=server.gateway_url
    )


@pytest.fixture
async def platform(server: DiscordServer) -> AsyncIterator[DiscordPlatform]:
    platform = make_platform(server)
    await platform.start()
    yield platform
    await platform.close()


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


# --- posting -------------------------------------------------------------------------------------


async def test_a_long_digest_arrives_whole_and_in_order(server, platform):
    """Every part is accepted within the limits; all headlines and bullets stand there in order."""
    parts = platform.render(LONG)
    for at, part in enumerate(parts):
        await platform.post(CHANNEL, part, f"key-{at}")
    titles = [embed["title"] for message in server.messages for embed in message.payload["embeds"]]
    assert len(parts) > 3
    assert titles == [f"Headline {number}" for number in range(60)]
    shown = "\n".join(message.texts for message in server.messages)
    assert all(shown.count(f"**Actor {number}**, mayor") == 2 for number in range(60))


async def test_posting_needs_no_gateway(server, platform):
    """``start`` and ``post`` use REST alone."""
    await platform.post(CHANNEL, PART, "key")
    assert not server.identifies
    assert not any("gateway" in path for _, path in server.requests)


async def test_hostile_text_pings_nobody(server, platform):
    """Text from a feed neither names anybody nor becomes a link; the server would refuse it."""
    card = Card(headline=Run(text=HOSTILE), meta=HOSTILE, bullets=((Run(text=HOSTILE, style=Style.STRONG),),))
    document = Document(
        title=HOSTILE, subtitle=HOSTILE, cards=(card,), more=((Run(text=HOSTILE),),), footer=HOSTILE
    )
    for at, part in enumerate(platform.render(document)):
        await platform.post(CHANNEL, part, f"key-{at}")
    (message,) = server.messages
    assert message.payload["allowed_mentions"] == {"parse": []}
    (embed, listed) = message.payload["embeds"]
    read_as_markup = (message.payload["content"], embed["title"], embed["description"], listed["description"])
    assert all(text.count(r"\[safe\]\(https\://evil.example)") >= 1 for text in read_as_markup)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        pytest.param(
            Fault(status=429, retry_after=90), DeliveryDeferred, "rate limited", id="long rate limit"
        ),
        pytest.param(
            Fault(status=429, retry_after=120, proxied=False),
            DeliveryDeferred,
            "rate limited",
            id="address banned",
        ),
        pytest.param(Fault(status=503), DeliveryDeferred, "Discord has trouble", id="503"),
        pytest.param(Fault(status=401), DeliveryRefused, "rejects the bot's token", id="401"),
        pytest.param(
            Fault(status=403, code=50013), DeliveryRefused, "give it View Channel", id="no permission"
        ),
        pytest.param(Fault(status=403, code=50001), DeliveryRefused, "invite the bot", id="no access"),
        pytest.param(Fault(status=404, code=10003), DeliveryRefused, "no such channel", id="no channel"),
        pytest.param(Fault(status=400, code=50035), DeliveryRefused, "refused (HTTP 400", id="bad form"),
        pytest.param(Fault(cut="before"), DeliveryUnknown, "connection to Discord was lost", id="cut before"),
        pytest.param(Fault(cut="after"), DeliveryUnknown, "connection to Discord was lost", id="cut after"),
    ],
)
async def test_what_goes_wrong_becomes_the_right_outcome(server, platform, fault, error, words):
    """Trouble that passes defers, what somebody must mend refuses, a cut connection leaves it unknown."""
    server.script(fault)
    with pytest.raises(error, match=words.replace("(", r"\(")) as caught:
        await platform.post(CHANNEL, PART, "key")
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    ("fault", "retry_after"),
    [
        pytest.param(Fault(status=429, retry_after=90), 90, id="named by Discord"),
        pytest.param(Fault(status=429, retry_after=120, proxied=False), 120, id="named by the proxy"),
        pytest.param(Fault(status=429, proxied=False), 300, id="not named"),
    ],
)
async def test_a_rate_limit_defers_for_as_long_as_it_asks(server, platform, fault, retry_after):
    """Long limits are not waited out in the process: the outbox asks again when they end."""
    server.script(fault)
    with pytest.raises(DeliveryDeferred) as caught:
        await platform.post(CHANNEL, PART, "key")
    assert caught.value.retry_after == timedelta(seconds=retry_after)


async def test_short_trouble_is_waited_out(server, platform):
    """A short rate limit and one bad answer pass unseen, and the message is posted once."""
    server.script(Fault(status=429, retry_after=0.1), Fault(status=500))
    await platform.post(CHANNEL, PART, "key")
    assert len(server.messages) == 1
    assert server.count("POST", "/messages") == 3


async def test_lasting_server_errors_defer(server, platform, monkeypatch):
    """After five bad answers discord.py gives up, and so does the post, for now."""
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: sleep(0))
    server.script(Fault(status=500, times=5))
    with pytest.raises(DeliveryDeferred, match="HTTP 500"):
        await platform.post(CHANNEL, PART, "key")


async def test_no_connection_defers(platform, monkeypatch):
    """Where nothing listens nothing was stored: later, without looking."""
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1/api/v10")
    with pytest.raises(DeliveryDeferred, match="cannot be reached"):
        await platform.post(CHANNEL, PART, "key")


async def test_an_answer_that_never_comes_leaves_the_outcome_unknown(server, platform, monkeypatch):
    """Past the time for posting nobody knows whether the message stands there."""
    monkeypatch.setattr("bot.platforms.discord._POST_SECONDS", 0.2)
    server.script(Fault(delay=1.0))
    with pytest.raises(DeliveryUnknown, match="TimeoutError"):
        await platform.post(CHANNEL, PART, "key")


async def test_a_channel_that_is_no_number_is_refused(platform):
    """A name in place of an id is told to the operator, not to Discord."""
    with pytest.raises(DeliveryRefused, match="not a Discord channel id"):
        await platform.post("city-desk", PART, "key")


async def test_a_key_is_posted_once_within_minutes(server, platform):
    """After an unknown outcome the same key brings back the message that stands there already."""
    server.script(Fault(cut="after"))
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, PART, "key")
    assert await platform.post(CHANNEL, PART, "key") == server.messages[0].id
    assert len(server.messages) == 1


async def test_a_stored_message_is_found_by_its_key(server, platform):
    """Past Discord's memory of the nonce the key in the footer says that the message stands there."""
    server.script(Fault(cut="after"))
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, platform.render(DOCUMENT)[0], "a1b2c3")
    server.forget_nonces()
    assert await platform.look_for(CHANNEL, "a1b2c3") == server.messages[0].id
    assert server.messages[0].payload["embeds"][-1]["footer"]["text"].endswith(" · #a1b2c3")


async def test_a_message_that_was_not_stored_is_not_found(server, platform):
    """Neither another key that begins alike nor somebody else's message is taken for ours."""
    await platform.post(CHANNEL, PART, "a1b2c3d4")
    server.post_as_stranger({"embeds": [{"title": "x", "footer": {"text": "#a1b2c3"}}]})
    server.script(Fault(cut="before"))
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, PART, "a1b2c3")
    assert await platform.look_for(CHANNEL, "a1b2c3") is None


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault(method="GET", status=403, code=50001), DeliveryRefused, id="no access"),
        pytest.param(Fault(method="GET", status=503), DeliveryDeferred, id="server error"),
        pytest.param(Fault(method="GET", cut="before", times=2), DeliveryDeferred, id="cut"),
    ],
)
async def test_a_channel_that_cannot_be_read_says_why(server, platform, fault, error):
    """Reading changes nothing, so a lost connection only defers."""
    server.script(fault)
    with pytest.raises(error):
        await platform.look_for(CHANNEL, "key")


# --- starting and closing ------------------------------------------------------------------------


async def test_a_wrong_token_is_refused_without_being_told(server):
    """The operator is told where to get a token; the wrong one is not repeated."""
    platform = make_platform(server, token="not-the-token")
    with pytest.raises(DeliveryRefused, match="rejects the bot's token") as caught:
        await platform.start()
    await platform.close()
    assert "not-the-token" not in str(caught.value)


async def test_start_may_be_tried_again(server):
    """A start that failed for now can be repeated on the same object."""
    platform = make_platform(server)
    server.script(Fault(method="GET", path="/users/@me", status=503))
    with pytest.raises(DeliveryDeferred):
        await platform.start()
    await platform.start()
    assert await platform.post(CHANNEL, PART, "key")
    await platform.close()


async def test_closing_leads_the_process_back_to_discord(server):
    """The addresses, which discord.py keeps for the whole process, are restored; twice does no harm."""
    platform = make_platform(server)
    await platform.start()
    assert server.api_base == Route.BASE
    await platform.close()
    await platform.close()
    assert Route.BASE == "https://discord.com/api/v10"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"


# --- commands --------------------------------------------------------------------------------------


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


# --- negative controls: the server does enforce -----------------------------------------------------


@asynccontextmanager
async def raw(
    server: DiscordServer,
) -> AsyncIterator[Callable[[str, dict[str, object]], Awaitable[tuple[int, str]]]]:
    """Give a function that posts JSON to a path of the API, past discord.py and past us."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:

        async def post(path: str, payload: dict[str, object]) -> tuple[int, str]:
            async with session.post(server.api_base + path, json=payload) as response:
                return response.status, await response.text()

        yield post


QUIET = {"allowed_mentions": {"parse": []}}


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param({"content": "x" * 2001} | QUIET, "content", id="content"),
        pytest.param({"embeds": [{"title": "x"}] * 11} | QUIET, "10 or fewer", id="embeds"),
        pytest.param({"embeds": [{"description": "x" * 3001}] * 2} | QUIET, "6000", id="all embeds"),
        pytest.param({"embeds": [{"title": "x" * 257}]} | QUIET, "title", id="title"),
        pytest.param({"embeds": [{"title": "😀" * 129}]} | QUIET, "title", id="title in UTF-16"),
        pytest.param({"embeds": [{"description": "x" * 4097}]} | QUIET, "description", id="description"),
        pytest.param(
            {"embeds": [{"title": "x", "footer": {"text": "x" * 2049}}]} | QUIET, "footer", id="footer"
        ),
        pytest.param({"embeds": [{"title": "x", "url": "javascript:x"}]} | QUIET, "url", id="address"),
        pytest.param({"content": "x", "nonce": "x" * 26} | QUIET, "nonce", id="nonce"),
        pytest.param({"content": ""} | QUIET, "empty", id="nothing"),
        pytest.param({"content": "hi @everyone"} | QUIET, "unescaped mention", id="everyone"),
        pytest.param({"embeds": [{"description": "hi <@1>"}]} | QUIET, "unescaped mention", id="user"),
        pytest.param({"content": "x", "allowed_mentions": {"parse": ["everyone"]}}, "parse", id="permissive"),
        pytest.param({"content": "x"}, "parse", id="mentions not switched off"),
    ],
)
async def test_the_server_rejects_what_discord_rejects(server, payload, reason):
    """Negative control: without this the other tests would prove nothing."""
    async with raw(server) as post:
        status, text = await post(f"/channels/{CHANNEL}/messages", payload)
    assert status == 400
    assert reason in text
    assert not server.messages


async def test_the_server_rejects_a_late_acknowledgement(server):
    """Negative control: past three seconds the interaction is unknown, and so is its webhook."""
    interaction: Interaction = server.expect_interaction()
    await asyncio.sleep(3.05)
    async with raw(server) as post:
        status, text = await post(
            f"/interactions/{interaction.id}/{interaction.token}/callback", {"type": DEFERRED}
        )
        late, _ = await post(f"/webhooks/900000000000000001/{interaction.token}", {"content": "x"} | QUIET)
    assert (status, late) == (404, 404)
    assert "10062" in text


async def test_a_client_that_acknowledges_late_is_seen(server, monkeypatch):
    """Negative control through discord.py: acknowledged after three seconds, nobody is answered."""
    defer = discord.InteractionResponse.defer

    async def late(response: discord.InteractionResponse, **options: bool) -> object:
        await asyncio.sleep(3.1)
        return await defer(response, **options)

    monkeypatch.setattr(discord.InteractionResponse, "defer", late)
    answers = Answers(Answer(text="Done."))
    async with listening(server, answers):
        interaction = await server.dispatch()
        await until(lambda: server.count("POST", "/callback"))
        await asyncio.sleep(0.1)
    assert interaction.acknowledged_after is None
    assert not answers.requests


async def test_the_server_refuses_other_intents(server):
    """Negative control: a client that asks for more than GUILDS is closed with 4014."""
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": TOKEN, "intents": 513, "properties": {}}})
        await socket.receive()
    assert socket.close_code == 4014
