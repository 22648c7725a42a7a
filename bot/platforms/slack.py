"""[io] Slack: posting over the Web API; ``/digest`` comes in over ``slack_socket``.

Posting needs no socket. Slack has no idempotency key, so ``chat.postMessage`` carries the part's
key in the message's metadata, and nothing here ever sends a post twice: slack_sdk's own retry after
a broken connection is left out, since the message may have been stored before it broke.
"""

import logging
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands import Answerer
from bot.platforms import blocks
from bot.platforms.base import TOO_MUCH, DeliveryDeferred, DeliveryRefused, DeliveryUnknown, MessagePart
from bot.platforms.slack_pace import SlackPace
from bot.platforms.slack_protocol import RETRY_AFTER, ErrorAnswer, read_retry_after, unclear
from bot.platforms.slack_socket import CommandSocket
from digests.document import Document

EVENT_TYPE = "onrecord_part"
# A connection that cannot be made fails before the whole call does, so that it is known to be unsent.
_TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
# Slack gives some apps a page of 15 messages a minute, whatever they ask for.
_PAGE, _PAGES = 200, 50
_LONGEST_WAIT = timedelta(seconds=90)
_SHORT_WAIT = timedelta(seconds=5)
_sdk_log = logging.getLogger("slack_sdk")
_SECRET = re.compile(r"xox[a-z]+-[\w-]+|xapp-[\w-]+|(?<=ticket=)[^&\s'\"]+")


class SlackPlatform:
    """A ``ChatPlatform`` for one Slack workspace; channels are ids such as ``C0123ABCD``.

    ``api_base`` replaces ``https://slack.com/api/``. ``start``, ``post`` and ``look_for`` need the
    bot token alone; ``listen`` needs the app-level token.
    """

    name = "slack"

    def __init__(
        self, bot_token: str, app_token: str, answer: Answerer, *, api_base: str | None = None
    ) -> None:
        self._bot_token = bot_token
        self._app_token = app_token
        self._api_base = api_base or AsyncWebClient.BASE_URL
        self._session: aiohttp.ClientSession | None = None
        self._bot = "onrecord"
        self._pace = SlackPace()
        self._commands = CommandSocket(app_token, self._web, self._open_socket, answer)
        _sdk_log.setLevel(logging.ERROR)
        _sdk_log.addFilter(_without_secrets)

    def render(self, document: Document) -> tuple[MessagePart, ...]:
        """Return the messages that show ``document``."""
        return blocks.render(document)

    async def start(self) -> None:
        """Ask Slack who the bot is, which shows that the token is right.

        Raises:
            DeliveryRefused: the token is wrong.
            DeliveryDeferred: Slack cannot be reached now.
        """
        with self._translated():
            identity = await self._web().auth_test()
            self._bot = str(identity.get("user") or self._bot)

    def turn(self, channel: str) -> AbstractAsyncContextManager[None]:
        """Wait until the limits let the next post to ``channel`` begin."""
        return self._pace.turn(channel)

    async def post(self, channel: str, part: MessagePart, key: str) -> str:
        """Post ``part`` and return its timestamp, which is its id within the channel.

        Raises:
            DeliveryDeferred: rate limited, unavailable, or no connection could be made.
            DeliveryRefused: the channel, the token or the payload is at fault.
            DeliveryUnknown: the call broke after it may have been taken in.
        """
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        web = self._web(_RateLimits(partial(self._pace.refused, channel)))
        with self._translated(channel=channel, storing=True):
            answer = await web.chat_postMessage(channel=channel, metadata=metadata, **part.payload)
            ts = answer.get("ts")
        if not ts:
            raise DeliveryUnknown("Slack took the message and gave no id for it")
        return str(ts)

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:
        """Return the timestamp of the message that carries ``key``, or ``None``; see ``ChatPlatform``.

        The newest are looked at first, back to ``after`` or ``since``, whichever is later. A rate limit
        between two pages is waited out: beginning anew would never end where each minute allows one page.

        Raises:
            DeliveryDeferred: the channel cannot be read now.
            DeliveryRefused: the channel may not be read, or holds more than 50 pages since then.
        """
        ours, floor = Decimal(after or 0), Decimal(str(since.timestamp()))
        found, seen = await self._search(channel, key, str(max(ours, floor)))
        if not seen and 0 < ours < floor:
            # Nothing is so young: the clock that told ``since`` may be ahead, timestamps are Slack's own.
            found, _ = await self._search(channel, key, str(ours))
        return found

    async def _search(self, channel: str, key: str, oldest: str) -> tuple[str | None, bool]:
        """Return the timestamp of our message under ``key`` since ``oldest``, and whether there was any."""
        cursor: str | None = None
        seen = False
        for number in range(_PAGES):
            limits = _RateLimits(self._pace.refused_look, patience=_LONGEST_WAIT if number else _SHORT_WAIT)
            async with self._pace.look():
                with self._translated(channel=channel):
                    page = await self._web(limits).conversations_history(
                        channel=channel, oldest=oldest, cursor=cursor, limit=_PAGE, include_all_metadata=True
                    )
                    found = _find_key(page["messages"], key)
                    seen = seen or bool(page["messages"])
                    cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if found or not cursor:
                return found, seen
        raise DeliveryRefused(f"{channel}: {TOO_MUCH}")

    async def listen(self) -> None:
        """Answer ``/digest`` until cancelled; a lost socket is opened anew, with back-off.

        Raises:
            DeliveryRefused: the app-level token is wrong.
        """
        await self._commands.listen()

    async def close(self) -> None:
        """Close connections; safe to call twice."""
        await self._commands.drop()
        if self._session is not None:
            await self._session.close()

    def _web(self, limits: "_RateLimits | None" = None) -> AsyncWebClient:
        """Return a client over the one session, which is made inside the running loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        return AsyncWebClient(
            token=self._bot_token,
            base_url=self._api_base,
            session=self._session,
            logger=_sdk_log,
            retry_handlers=[limits or _RateLimits()],
        )

    async def _open_socket(self) -> str:
        """Return the address of a new socket; the ticket in it serves once."""
        with self._translated(credential="app-level token"):
            opened = await self._web().apps_connections_open(app_token=self._app_token)
            return str(opened["url"])

    @contextmanager
    def _translated(
        self, *, channel: str = "the channel", storing: bool = False, credential: str = "bot token"
    ) -> Iterator[None]:
        """Turn whatever a call of slack_sdk raises into a ``DeliveryError``."""
        try:
            yield
        except SlackApiError as error:
            answer = _read_error(error, channel=channel, storing=storing, credential=credential)
            raise replace(answer, bot=self._bot).as_error() from error
        except _NOT_SENT as error:
            raise DeliveryDeferred("Slack cannot be reached", retry_after=RETRY_AFTER) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise unclear(f"the call to Slack broke: {type(error).__name__}", storing=storing) from error
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            # What slack_sdk, or reading on, lets out where an answer is not what Slack would say.
            raise unclear("Slack's answer cannot be read", storing=storing) from error


class _RateLimits(AsyncRateLimitErrorRetryHandler):
    """Waits out one rate limit of at most ``patience``; a longer one is the outbox's to wait for.

    ``told`` hears the seconds of each.
    """

    def __init__(
        self, told: Callable[[float], None] = lambda _: None, patience: timedelta = _SHORT_WAIT
    ) -> None:
        super().__init__(max_retry_count=1)
        self._told = told
        self._patience = patience

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        headers = {name.lower(): values[0] for name, values in response.headers.items()}
        wait = read_retry_after(headers.get("retry-after"))
        self._told((wait or RETRY_AFTER).total_seconds())
        return wait is not None and wait <= self._patience


def _find_key(messages: list[dict[str, Any]], key: str) -> str | None:
    """Return the timestamp of the message whose metadata carries ``key``."""
    for message in messages:
        metadata = message.get("metadata") or {}
        payload = metadata.get("event_payload") or {}
        if metadata.get("event_type") == EVENT_TYPE and payload.get("key") == key:
            return str(message["ts"])
    return None


def _read_error(error: SlackApiError, *, channel: str, storing: bool, credential: str) -> ErrorAnswer:
    """Return what Slack answered; where the JSON is broken, slack_sdk gives aiohttp's own response."""
    response: Any = error.response
    known = hasattr(response, "status_code")
    body = response.data if known and isinstance(response.data, dict) else {}
    return ErrorAnswer(
        status=response.status_code if known else response.status,
        code=str(body.get("error") or "")[:100],
        storing=storing,
        retry_after=read_retry_after(response.headers.get("Retry-After")),
        channel=channel,
        credential=credential,
        needed=str(body.get("needed") or "that the call needs"),
    )


def _without_secrets(record: logging.LogRecord) -> bool:
    """Take tokens and socket tickets out of a log record of slack_sdk, its traceback included."""
    message = record.getMessage()
    if record.exc_info:
        message = "\n".join((message, *traceback.format_exception(record.exc_info[1])))
    record.msg, record.args, record.exc_info = _SECRET.sub("…", message), (), None
    return True
