"""[io] Discord: posting over REST alone, and the slash commands' gateway beside it.

Delivery errors follow https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.commands import Answerer
from bot.platforms import embeds
from bot.platforms.base import (
    TOO_MUCH,
    DeliveryDeferred,
    DeliveryError,
    DeliveryRefused,
    DeliveryUnknown,
    MessagePart,
)
from bot.platforms.discord_gateway import run_gateway
from bot.platforms.discord_pace import DiscordPace, until_answered
from digests.document import Document

# discord.py waits out shorter rate limits by itself (30 s is the least it can be told) and asks up
# to five times over 25 s where Discord answers 500, 502 or 504, always with the same nonce.
_LONGEST_WAIT = 30.0
_POST_SECONDS = 75.0
_RETRY_AFTER = timedelta(seconds=30)
# Discord bans an address for a while after 10,000 bad answers in 10 minutes; a limit without a figure
# is such a ban.
_BANNED_RETRY = timedelta(minutes=5)
_LONGEST_RETRY = timedelta(days=1)
# Looking takes one request for a hundred messages.
_LOOK_SECONDS = 300.0
_MOST_LOOKED = 10_000
_PAGE = 100

_OFFICIAL = (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)
# Request Timeout and Too Early: a proxy did not pass the request on.
_NOT_TAKEN_IN = (408, 425)
_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_NETWORK = (aiohttp.ClientError, OSError)
# What discord.py lets out where an answer is not what Discord would say: a proxy's page, half an answer.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_BROKEN = (discord.DiscordException, *_NETWORK, *_UNREADABLE)

# The tries of the call that runs now which may have been carried out though they failed.
_doubts: ContextVar[list[str] | None] = ContextVar("doubts", default=None)

_NO_PERMISSION = (
    "the bot may not post there: give it View Channel, Send Messages, Embed Links and Read Message History"
)
_REFUSALS = {
    10003: "Discord knows no such channel: it was deleted, or its id in the configuration is wrong",
    50001: "the bot cannot see it: invite the bot to the server and give it View Channel",
    50008: "messages cannot be posted in a channel of that kind: choose a text channel",
    50013: _NO_PERMISSION,
}
_LOGIN_REFUSED = (
    "Discord rejects the bot's token: copy the current one from the developer portal (Bot, Reset Token)"
)


class DiscordPlatform:
    """Discord as a ``ChatPlatform``; ``listen`` serves ``/digest`` and is not needed for posting.

    ``api_base`` (such as ``https://discord.com/api/v10``) and ``gateway_url`` lead elsewhere than to
    Discord, for the whole process, from ``start`` or ``listen`` until ``close``.
    """

    name = "discord"

    def __init__(
        self, token: str, answer: Answerer, *, api_base: str | None = None, gateway_url: str | None = None
    ) -> None:
        self._token = token
        self._answer = answer
        self._endpoints = (api_base or _OFFICIAL[0], yarl.URL(gateway_url) if gateway_url else _OFFICIAL[1])
        self._rest: discord.Client | None = None
        self._is_refused = False
        self._pace = DiscordPace()

    def render(self, document: Document) -> tuple[MessagePart, ...]:
        """Return the messages that show ``document``, each within every limit, split between stories."""
        return embeds.render(document)

    async def start(self) -> None:
        """Log in for REST; may be called again after it failed.

        Raises:
            DeliveryRefused: the token is wrong.
            DeliveryDeferred: Discord cannot be reached now.
        """
        await self.close()
        self._is_refused = False
        _repoint(self._endpoints)
        self._rest = discord.Client(
            intents=discord.Intents(guilds=True),
            max_ratelimit_timeout=_LONGEST_WAIT,
            http_trace=self._pace.watch(_trace_of_doubts()),
        )
        try:
            async with asyncio.timeout(_POST_SECONDS):
                await self._rest.login(self._token)
        except discord.LoginFailure as error:
            await self._close_rest()
            self._is_refused = True
            raise DeliveryRefused(_LOGIN_REFUSED) from error
        except _BROKEN as error:
            await self._close_rest()
            raise _read_error("Discord's login", error) from error

    async def listen(self) -> None:
        """Serve ``/digest`` over the gateway until cancelled; a lost connection is made again.

        Raises:
            DeliveryRefused: Discord will not let the bot in; trying again would not help.
        """
        _repoint(self._endpoints)
        try:
            await run_gateway(self._token, self._answer, self._pace.watch(aiohttp.TraceConfig()))
        except discord.LoginFailure as error:
            raise DeliveryRefused(_LOGIN_REFUSED) from error
        except discord.ConnectionClosed as error:
            raise DeliveryRefused(
                f"Discord's gateway refuses the bot for good (code {error.code})"
            ) from error

    def turn(self, channel: str) -> AbstractAsyncContextManager[None]:
        """Wait until the limits let the next post to ``channel`` begin."""
        return self._pace.turn(channel)

    async def post(self, channel: str, part: MessagePart, key: str) -> str:
        """Post one ``part`` and return the message's id.

        ``key`` is the nonce, by which Discord knows a repeated message for a few minutes, and stands
        in the last embed's footer for ``look_for``.

        Raises:
            DeliveryDeferred: later, not now.
            DeliveryRefused: never.
            DeliveryUnknown: it may stand there already: look before sending again.
        """
        place = self._channel(channel)
        payload = embeds.stamp(part.payload, key)
        shown = [discord.Embed.from_dict(embed) for embed in payload["embeds"]]
        doubts: list[str] = []
        _doubts.set(doubts)
        try:
            async with until_answered(_POST_SECONDS) as answer:
                message = await place.send(
                    payload.get("content"),
                    embeds=shown,
                    nonce=key,
                    allowed_mentions=discord.AllowedMentions.none(),
                )
        except _BROKEN as error:
            self._lift_global_limit(error)
            raise _post_error(f"channel {channel}", error, in_doubt=bool(doubts)) from error
        return answer.message_id or str(message.id)

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:
        """Return the id of our message posted under ``key``, or ``None``; see ``ChatPlatform``.

        The newest are looked at first, back to ``after`` or ``since``, whichever is later: ids tell the
        time (https://discord.com/developers/docs/reference#snowflakes).

        Raises:
            DeliveryDeferred: the channel cannot be read now.
            DeliveryRefused: the channel may not be read, or holds more than 10,000 messages since then.
        """
        place = self._channel(channel)
        ours, floor = int(after or 0), discord.utils.time_snowflake(since)
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                found, looked_at = await self._search(place.id, key, max(ours, floor))
                if not looked_at and 0 < ours < floor:
                    # Nothing is so young: the clock that told ``since`` may be ahead, ids are Discord's own.
                    found, looked_at = await self._search(place.id, key, ours)
                if not looked_at:
                    await _check_readable(place, int(after or 1))
        except _BROKEN as error:
            self._lift_global_limit(error)
            raise _read_error(f"channel {channel}", error) from error
        return found

    async def _search(self, channel: int, key: str, floor: int) -> tuple[str | None, int]:
        """Return our message under ``key`` above the id ``floor``, if it is there, and how many were seen."""
        looked_at = 0
        async for message in self._newest_first(channel, floor):
            looked_at += 1
            if self._is_ours(message, key):
                return str(message["id"]), looked_at
            if looked_at == _MOST_LOOKED:
                raise DeliveryRefused(f"channel {channel}: {TOO_MUCH}")
        return None, looked_at

    async def close(self) -> None:
        """Close the REST connection and lead the process back to Discord; safe to call twice."""
        await self._close_rest()
        _repoint(_OFFICIAL)

    async def _close_rest(self) -> None:
        if self._rest is not None:
            await self._rest.close()
        self._rest = None

    def _channel(self, channel: str) -> discord.PartialMessageable:
        if self._rest is None and self._is_refused:
            raise DeliveryRefused(_LOGIN_REFUSED)
        if self._rest is None:
            raise DeliveryDeferred("not signed in to Discord yet", retry_after=_RETRY_AFTER)
        if not channel.isdecimal():
            raise DeliveryRefused(f"channel {channel}: not a Discord channel id, which is a number")
        return self._rest.get_partial_messageable(int(channel))

    async def _newest_first(self, channel: int, floor: int) -> AsyncIterator[dict[str, Any]]:
        """Yield the channel's messages with ids above ``floor``, as Discord tells them.

        discord.py's own ``history`` takes an empty answer of a proxy for an empty channel.
        """
        before: int | None = None
        while self._rest is not None:
            page: Any = await self._rest.http.logs_from(channel, _PAGE, before=before)
            if not isinstance(page, list):
                raise TypeError("Discord lists no messages")
            for message in page:
                if int(message["id"]) <= floor:
                    return
                yield message
            if len(page) < _PAGE:
                return
            before = int(page[-1]["id"])

    def _is_ours(self, message: dict[str, Any], key: str) -> bool:
        """Return whether the bot itself posted ``message`` under ``key``."""
        user = self._rest.user if self._rest is not None else None
        if user is None or int(message["author"]["id"]) != user.id or not message["embeds"]:
            return False
        footer = message["embeds"][-1].get("footer") or {}
        return embeds.stamped(footer.get("text"), key)

    def _lift_global_limit(self, error: Exception) -> None:
        """Let other calls go on after one that met a global rate limit was cut short.

        discord.py holds all calls back until the one that met the limit has waited it out, and for ever
        where that one is cancelled.
        """
        if isinstance(error, TimeoutError) and self._rest is not None:
            self._rest.http._global_over.set()


async def _check_readable(place: discord.PartialMessageable, message_id: int) -> None:
    """Raise what Discord answers a bot that may not read the channel's messages.

    A bot without Read Message History is shown an empty channel; asked for one message, Discord says no
    (https://discord.com/developers/docs/resources/message#get-channel-messages).
    """
    with suppress(discord.NotFound):
        await place.fetch_message(message_id)


def _repoint(endpoints: tuple[str, yarl.URL]) -> None:
    """Lead discord.py to other addresses; it keeps them as class attributes."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = endpoints


def _trace_of_doubts() -> aiohttp.TraceConfig:
    """Return what notes each try that may have been carried out though it failed.

    discord.py asks again by itself and tells how the last try ended: a message may stand there from an
    earlier one, behind which the platform's own proxy answered 502.
    """
    trace = aiohttp.TraceConfig()

    async def note_answer(_: object, __: object, ended: aiohttp.TraceRequestEndParams) -> None:
        if not 200 <= ended.response.status < 500 and (doubts := _doubts.get()) is not None:
            doubts.append(f"HTTP {ended.response.status}")

    async def note_break(_: object, __: object, broken: aiohttp.TraceRequestExceptionParams) -> None:
        doubts = _doubts.get()
        if doubts is not None and not isinstance(broken.exception, _NOT_CONNECTED):
            doubts.append(type(broken.exception).__name__)

    trace.on_request_end.append(note_answer)
    trace.on_request_exception.append(note_break)
    return trace


def _post_error(place: str, error: Exception, *, in_doubt: bool) -> DeliveryError:
    """Return what a failed post means; where a try may have been carried out the outcome is unknown."""
    if isinstance(error, _NETWORK) and not isinstance(error, _NOT_CONNECTED):
        return DeliveryUnknown(f"{place}: the connection to Discord was lost ({type(error).__name__})")
    ended = _read_error(place, error)
    return DeliveryUnknown(str(ended)) if in_doubt or isinstance(error, _UNREADABLE) else ended


def _read_error(place: str, error: Exception) -> DeliveryError:
    """Return what a failed request that changes nothing means."""
    if isinstance(error, discord.RateLimited):
        return DeliveryDeferred(f"{place}: rate limited by Discord", retry_after=_seconds(error.retry_after))
    if isinstance(error, discord.HTTPException):
        return _answer_error(place, error)
    if isinstance(error, _UNREADABLE):
        return DeliveryDeferred(f"{place}: Discord's answer cannot be read", retry_after=_RETRY_AFTER)
    reason = type(error).__name__
    return DeliveryDeferred(f"{place}: Discord cannot be reached ({reason})", retry_after=_RETRY_AFTER)


def _answer_error(place: str, error: discord.HTTPException) -> DeliveryError:
    """Return what Discord's answer means for the operator."""
    if error.status == 429:
        return DeliveryDeferred(f"{place}: rate limited by Discord", retry_after=_asked_wait(error))
    if not 200 <= error.status < 500 or error.status in _NOT_TAKEN_IN:
        message = f"{place}: Discord has trouble (HTTP {error.status})"
        return DeliveryDeferred(message, retry_after=_RETRY_AFTER)
    if error.status == 401:
        return DeliveryRefused(_LOGIN_REFUSED)
    # Without a code it is a proxy's page, which may repeat anything that it was sent.
    told = f", code {error.code}): {error.text[:300]}" if error.code else ")"
    other = f"Discord refused (HTTP {error.status}{told}"
    return DeliveryRefused(f"{place}: {_REFUSALS.get(error.code, other)}")


def _asked_wait(error: discord.HTTPException) -> timedelta:
    """Return the ``Retry-After`` of a 429, in seconds on Discord."""
    try:
        return _seconds(float(error.response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return _BANNED_RETRY


def _seconds(asked: float) -> timedelta:
    """Return ``asked`` seconds, within what a clock can bear."""
    return timedelta(seconds=min(max(asked, 0.0), _LONGEST_RETRY.total_seconds()))
