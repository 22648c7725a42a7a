"""Posting with the real discord.py to a Discord of our own on loopback, which enforces the limits."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.platforms import discord as discord_platform
from bot.platforms.base import DeliveryDeferred, DeliveryRefused, DeliveryUnknown
from digests.document import Card, Document, Run, Style
from tests.wire.discord_bot import (
    DOCUMENT,
    LONG,
    PART,
    make_platform,
)
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import TOKEN, Fault

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]

HOSTILE = (
    "@everyone <@1> <@&2> <#3> </x:4> <t:1> [safe](https://evil.example) **bold** `code` https://evil.example"
)


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
        pytest.param(Fault(status=503), DeliveryUnknown, "Discord has trouble", id="503"),
        pytest.param(Fault(status=408), DeliveryDeferred, "Discord has trouble", id="408"),
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


async def test_lasting_server_errors_leave_the_outcome_unknown(server, platform, monkeypatch):
    """After five bad answers discord.py gives up; behind one of them the message may have been stored."""
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: sleep(0))
    server.script(Fault(status=500, times=5))
    with pytest.raises(DeliveryUnknown, match="HTTP 500"):
        await platform.post(CHANNEL, PART, "key")


@pytest.mark.parametrize(
    "last",
    [
        pytest.param(Fault(status=429, retry_after=90), id="rate limit"),
        pytest.param(Fault(status=403, code=50013), id="refusal"),
        pytest.param(Fault(status=503), id="another 5xx"),
    ],
)
async def test_a_bad_answer_before_the_last_leaves_the_outcome_unknown_too(
    server, platform, monkeypatch, last
):
    """discord.py repeats a 500 by itself: the message may stand there, whatever the second try was told."""
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: sleep(0))
    server.script(Fault(status=500, stored=True), last)
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, platform.render(DOCUMENT)[0], "a1b2c3")
    server.forget_nonces()
    assert await look(platform, "a1b2c3") == server.messages[0].id


async def test_trouble_with_one_post_casts_no_doubt_on_the_next(server, platform, monkeypatch):
    """A rate limit on its own defers, whatever went wrong before."""
    server.script(Fault(status=503), Fault(status=429, retry_after=90))
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, PART, "key")
    with pytest.raises(DeliveryDeferred):
        await platform.post(CHANNEL, PART, "key")


async def test_a_doubt_outlives_what_discord_answers_next(server, platform, monkeypatch):
    """discord.py tells of its last try alone: a message may stand there from the one before."""
    sleep = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: sleep(0))
    for last in (Fault(status=429, retry_after=90), Fault(status=403, code=50013)):
        server.script(Fault(status=502), last)
        with pytest.raises(DeliveryUnknown):
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


async def look(platform, key, after=None):
    """Look for a message that was posted in this test."""
    return await platform.look_for(CHANNEL, key, after=after, since=datetime.now(UTC) - timedelta(days=1))


async def test_a_stored_message_is_found_by_its_key(server, platform):
    """Past Discord's memory of the nonce the key in the footer says that the message stands there."""
    server.script(Fault(cut="after"))
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, platform.render(DOCUMENT)[0], "a1b2c3")
    server.forget_nonces()
    assert await look(platform, "a1b2c3") == server.messages[0].id
    assert server.messages[0].payload["embeds"][-1]["footer"]["text"].endswith(" · #a1b2c3")


async def test_a_message_that_was_not_stored_is_not_found(server, platform):
    """Neither another key that begins alike nor somebody else's message is taken for ours."""
    await platform.post(CHANNEL, PART, "a1b2c3d4")
    server.post_as_stranger({"embeds": [{"title": "x", "footer": {"text": "#a1b2c3"}}]})
    server.script(Fault(cut="before"))
    with pytest.raises(DeliveryUnknown):
        await platform.post(CHANNEL, PART, "a1b2c3")
    assert await look(platform, "a1b2c3") is None


async def test_a_message_is_found_behind_whatever_people_wrote_since(server, platform):
    """Read page by page, back to our last message there and no further."""
    last = await platform.post(CHANNEL, PART, "a0")
    for number in range(250):
        server.post_as_stranger({"content": str(number)})
    message_id = await platform.post(CHANNEL, PART, "a1")
    for number in range(250):
        server.post_as_stranger({"content": str(number)})
    assert await look(platform, "a1") == message_id
    assert await look(platform, "a1", after=message_id) is None
    server.requests.clear()
    assert await look(platform, "a2", after=last) is None
    assert server.count("GET", "/messages") == 6


async def test_more_than_can_be_looked_through_is_left_to_the_operator(server, platform, monkeypatch):
    """Sending then could double the message: it is parked, and the words say what to do."""
    monkeypatch.setattr(discord_platform, "_MOST_LOOKED", 300)
    for number in range(301):
        server.post_as_stranger({"content": str(number)})
    with pytest.raises(DeliveryRefused, match="onrecord outbox drop"):
        await look(platform, "a1")


async def test_what_was_written_before_the_part_was_made_is_not_looked_at(server, platform):
    """A first message has no earlier one of ours behind it; the moment bounds the search."""
    await platform.post(CHANNEL, PART, "a1")
    later = datetime.now(UTC) + timedelta(hours=1)
    assert await platform.look_for(CHANNEL, "a1", after=None, since=later) is None


async def test_a_clock_that_is_days_ahead_hides_no_message(server, platform):
    """What it calls yesterday is to come on Discord; our last message there has an id of Discord's own."""
    last = await platform.post(CHANNEL, PART, "a0")
    message_id = await platform.post(CHANNEL, PART, "a1")
    ahead = datetime.now(UTC) + timedelta(days=2)
    assert await platform.look_for(CHANNEL, "a1", after=last, since=ahead) == message_id
    assert await platform.look_for(CHANNEL, "a2", after=last, since=ahead) is None


async def test_a_history_that_is_hidden_is_not_taken_for_an_empty_channel(server, platform):
    """Discord shows a bot without Read Message History nothing, and no error: it would be sent again."""
    message_id = await platform.post(CHANNEL, PART, "a1")
    server.unreadable.add(CHANNEL)
    for after in (None, message_id):
        with pytest.raises(DeliveryRefused, match="Read Message History"):
            await look(platform, "a1", after=after)


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
        await look(platform, "key")


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
