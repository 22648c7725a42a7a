"""Posting with the real slack_sdk to a Slack of our own that enforces the limits."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.platforms import slack as slack_platform
from bot.platforms.base import DeliveryDeferred, DeliveryRefused, DeliveryUnknown
from bot.platforms.slack import SlackPlatform
from digests.document import Card, Document, Run
from tests.wire.slack_bot import CITY, HELLO, city_digest, connected, words
from tests.wire.slack_server import BOT_TOKEN, Fault, SlackServer

pytestmark = [pytest.mark.wire, pytest.mark.timeout(20)]

HOSTILE = "<!channel> <@U1> <https://evil.example|https://bank.example> *b* `c` :tada: @here"


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


async def test_a_digest_of_many_stories_arrives_whole_and_in_order(server: SlackServer) -> None:
    """Every part is taken by a server that enforces Slack's limits, and no word is lost."""
    async with connected(server) as platform:
        await platform.start()
        parts = platform.render(city_digest())
        for number, part in enumerate(parts):
            await platform.post(CITY, part, f"key-{number}")
    assert len(server.messages) == len(parts) > 1
    told = " ".join(words(message) for message in server.messages)
    places = [told.index(f"n{n}b{b} ") for n in range(12) for b in range(5)]
    assert places == sorted(places)


async def test_hostile_text_arrives_inert(server: SlackServer) -> None:
    """The server refuses live mentions; nothing of ours is refused and the words are all there."""
    run = Run(text=HOSTILE, href="https://news.example/")
    document = Document(title=HOSTILE, subtitle=HOSTILE, cards=(Card(headline=run, bullets=((run,),)),))
    async with connected(server) as platform:
        for part in platform.render(document):
            await platform.post(CITY, part, "key")
    (message,) = server.messages
    assert HOSTILE in words(message)
    assert "<" not in message["text"]


async def test_posting_needs_no_socket(server: SlackServer) -> None:
    """One run with ``--once`` uses the Web API alone."""
    async with connected(server, app="") as platform:
        await platform.start()
        await platform.post(CITY, HELLO, "key")
    assert server.calls == {"auth.test": 1, "chat.postMessage": 1}


async def test_a_wrong_bot_token_is_refused_at_the_start(server: SlackServer) -> None:
    """The words say which token to mend and never show it."""
    async with connected(server, bot="xoxb-wrong") as platform:
        with pytest.raises(DeliveryRefused, match="bot token") as caught:
            await platform.start()
    assert "xoxb-wrong" not in str(caught.value)


async def test_the_sdks_client_waits_out_a_short_rate_limit() -> None:
    """A 429 of a few seconds is waited for; both messages arrive."""
    async with SlackServer(seconds_per_message=0.5) as server, connected(server) as platform:
        await platform.post(CITY, HELLO, "a")
        await platform.post(CITY, HELLO, "b")
        assert len(server.messages) == 2
        assert server.calls["chat.postMessage"] == 3


REFUSED, DEFERRED, UNKNOWN = DeliveryRefused, DeliveryDeferred, DeliveryUnknown


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        pytest.param(Fault(error="channel_not_found"), REFUSED, "/invite @onrecord", id="no channel"),
        pytest.param(Fault(error="not_in_channel"), REFUSED, "/invite @onrecord", id="not in channel"),
        pytest.param(Fault(error="is_archived"), REFUSED, "archived", id="archived"),
        pytest.param(Fault(error="invalid_auth"), REFUSED, "bot token", id="bad token"),
        pytest.param(Fault(error="account_inactive"), REFUSED, "install it again", id="app removed"),
        pytest.param(Fault(error="token_revoked"), REFUSED, "revoked", id="token revoked"),
        pytest.param(
            Fault(error="missing_scope", extra=(("needed", "chat:write"),)), REFUSED, "chat:write", id="scope"
        ),
        pytest.param(Fault(error="restricted_action"), REFUSED, "admin", id="restricted"),
        pytest.param(Fault(error="msg_too_long"), REFUSED, "too long", id="text too long"),
        pytest.param(Fault(error="msg_blocks_too_long"), REFUSED, "too long", id="blocks too long"),
        pytest.param(Fault(error="invalid_blocks"), REFUSED, "malformed", id="bad blocks"),
        pytest.param(Fault(error="never_heard_of"), REFUSED, "never_heard_of", id="unknown code"),
        pytest.param(Fault(status=403), REFUSED, "HTTP 403", id="403"),
        pytest.param(
            Fault(status=429, error="ratelimited", retry_after="77"), DEFERRED, "slow down", id="429"
        ),
        pytest.param(Fault(error="service_unavailable"), DEFERRED, "not available", id="unavailable"),
        pytest.param(Fault(error="request_timeout"), DEFERRED, "not available", id="cut short on the way"),
        pytest.param(Fault(status=503), UNKNOWN, "HTTP 503", id="503"),
        pytest.param(Fault(status=408), DEFERRED, "HTTP 408", id="408"),
        pytest.param(Fault(error="internal_error"), UNKNOWN, "internal_error", id="internal error"),
        pytest.param(Fault(error="fatal_error"), UNKNOWN, "fatal_error", id="fatal error"),
        pytest.param(Fault(status=500), UNKNOWN, "HTTP 500", id="500"),
        pytest.param(Fault(status=502, body="<html>"), UNKNOWN, "HTTP 502", id="502 with a page"),
        pytest.param(Fault(body="{"), UNKNOWN, "HTTP 200", id="half an answer"),
        pytest.param(Fault(body="[1]"), UNKNOWN, "cannot be read", id="an answer of another shape"),
        pytest.param(Fault(cut="before"), UNKNOWN, "broke", id="cut before storing"),
        pytest.param(Fault(cut="after"), UNKNOWN, "broke", id="cut after storing"),
    ],
)
async def test_every_fault_ends_in_the_right_error(
    server: SlackServer, fault: Fault, error: type[Exception], words: str
) -> None:
    """Refused where somebody must mend it, deferred where it was not taken, unknown where it may stand."""
    async with connected(server) as platform:
        await platform.start()
        server.faults["chat.postMessage"].append(fault)
        with pytest.raises(error, match=words) as caught:
            await platform.post(CITY, HELLO, "key")
    assert type(caught.value) is error
    assert BOT_TOKEN not in str(caught.value)
    assert server.calls["chat.postMessage"] == 1, "a post is never repeated blindly"


async def test_a_long_rate_limit_is_handed_on(server: SlackServer) -> None:
    """The outbox waits for as long as Slack asks."""
    server.faults["chat.postMessage"].append(Fault(status=429, error="ratelimited", retry_after="77"))
    async with connected(server) as platform:
        with pytest.raises(DeliveryDeferred) as caught:
            await platform.post(CITY, HELLO, "key")
    assert caught.value.retry_after == timedelta(seconds=77)


async def test_no_connection_is_deferred(server: SlackServer) -> None:
    """What was never sent is not in doubt."""
    async with connected(server) as platform:
        platform._api_base = "http://127.0.0.1:1/api/"
        with pytest.raises(DeliveryDeferred, match="cannot be reached"):
            await platform.post(CITY, HELLO, "key")
        with pytest.raises(DeliveryDeferred, match="cannot be reached"):
            await platform.start()


async def test_an_answer_that_never_comes_is_unknown(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timeout after the request went out leaves the outcome open."""
    monkeypatch.setattr("bot.platforms.slack._TIMEOUT", aiohttp.ClientTimeout(total=0.3, connect=0.2))
    server.faults["chat.postMessage"].append(Fault(delay=1.0))
    async with connected(server) as platform:
        with pytest.raises(DeliveryUnknown, match="TimeoutError"):
            await platform.post(CITY, HELLO, "key")


# --- looking before sending again ----------------------------------------------------------------


async def look(platform: SlackPlatform, after: str | None = None) -> str | None:
    """Look for the message of this test."""
    return await platform.look_for(CITY, "key", after=after, since=datetime.now(UTC) - timedelta(days=1))


@pytest.mark.parametrize(("cut", "stands"), [("after", True), ("before", False)])
async def test_after_a_cut_the_bot_sees_whether_its_message_stands(
    server: SlackServer, cut: str, stands: bool
) -> None:
    """The key in the metadata tells a message that was stored from one that was not."""
    async with connected(server) as platform:
        await platform.post(CITY, HELLO, "other")
        server.faults["chat.postMessage"].append(Fault(cut=cut))
        with pytest.raises(DeliveryUnknown):
            await platform.post(CITY, HELLO, "key")
        await platform.post(CITY, HELLO, "later")
        stored = [m["ts"] for m in server.messages if m["metadata"]["event_payload"]["key"] == "key"]
        assert await look(platform) == (stored[0] if stands else None)


async def test_a_key_is_found_behind_many_messages(server: SlackServer) -> None:
    """The channel is read page by page."""
    async with connected(server) as platform:
        ts = await platform.post(CITY, HELLO, "key")
        server.messages += [{"channel": CITY, "ts": f"1800000000.{n:06}", "text": "hi"} for n in range(700)]
        assert await look(platform) == ts
        assert server.calls["conversations.history"] == 4


async def test_nothing_older_than_the_last_message_is_looked_at(server: SlackServer) -> None:
    """Nor anything from before the part was made."""
    async with connected(server) as platform:
        ts = await platform.post(CITY, HELLO, "key")
        assert await look(platform, after=ts) is None
        later = datetime.now(UTC) + timedelta(hours=1)
        assert await platform.look_for(CITY, "key", after=None, since=later) is None


async def test_a_clock_that_is_days_ahead_hides_no_message(server: SlackServer) -> None:
    """What it calls yesterday is to come on Slack; our last message there has a time of Slack's own."""
    async with connected(server) as platform:
        last = await platform.post(CITY, HELLO, "other")
        ts = await platform.post(CITY, HELLO, "key")
        ahead = datetime.now(UTC) + timedelta(days=2000)
        assert await platform.look_for(CITY, "key", after=last, since=ahead) == ts
        assert await platform.look_for(CITY, "none", after=last, since=ahead) is None


async def test_a_rate_limit_between_two_pages_is_waited_out(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack gives some apps one page a minute: beginning anew each time would never come to the second."""
    monkeypatch.setattr(slack_platform, "_SHORT_WAIT", timedelta(0))
    async with connected(server) as platform:
        ts = await platform.post(CITY, HELLO, "key")
        server.messages += [{"channel": CITY, "ts": f"1800000000.{n:06}", "text": "hi"} for n in range(300)]
        limited = Fault(status=429, error="ratelimited", retry_after="1")
        server.faults["conversations.history"].append(limited)
        with pytest.raises(DeliveryDeferred):
            await look(platform)
        server.faults["conversations.history"] += [Fault(), limited]
        assert await look(platform) == ts


async def test_more_than_can_be_looked_through_is_left_to_the_operator(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sending then could double the message: it is parked, and the words say what to do."""
    monkeypatch.setattr(slack_platform, "_PAGES", 2)
    async with connected(server) as platform:
        server.messages += [{"channel": CITY, "ts": f"1800000000.{n:06}", "text": "hi"} for n in range(700)]
        with pytest.raises(DeliveryRefused, match="onrecord outbox drop"):
            await look(platform)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(Fault(error="missing_scope"), DeliveryRefused, id="may not read"),
        pytest.param(Fault(status=500), DeliveryDeferred, id="500"),
        pytest.param(Fault(cut="before"), DeliveryDeferred, id="cut"),
        pytest.param(Fault(status=429, error="ratelimited", retry_after="60"), DeliveryDeferred, id="429"),
    ],
)
async def test_a_look_that_fails_is_never_in_doubt(
    server: SlackServer, fault: Fault, error: type[Exception]
) -> None:
    """Reading can be repeated: later, or once it is allowed."""
    async with connected(server) as platform:
        server.faults["conversations.history"] += [fault] * 3  # aiohttp itself repeats a GET that was cut
        with pytest.raises(error):
            await look(platform)
