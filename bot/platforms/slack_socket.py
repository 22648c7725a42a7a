"""[io] ``/digest`` over Slack's Socket Mode: heard once, acknowledged at once, answered to one person."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot import words
from bot.commands import Answer, Answerer, apology
from bot.platforms import blocks
from bot.platforms.base import DeliveryDeferred, MessagePart
from bot.platforms.slack_protocol import RETRY_AFTER, parse_command
from digests.catalogue import catalogue

# A response_url may be used 5 times within 30 minutes:
# https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
_MOST_REPLIES = 5
_SEEN_ENVELOPES = 1_000

_CONNECT_SECONDS = 15.0
_WATCH_SECONDS = 10.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0

_log = structlog.get_logger(__name__)
_sdk_log = logging.getLogger("slack_sdk")


class CommandSocket:
    """Hears ``/digest`` and shows what ``answer`` says to the person who asked.

    ``open_socket`` gives the address of a new socket; ``web`` is what slack_sdk asks for further
    ones when Slack refreshes the connection.
    """

    def __init__(
        self,
        app_token: str,
        web: Callable[[], AsyncWebClient],
        open_socket: Callable[[], Awaitable[str]],
        answer: Answerer,
    ) -> None:
        self._app_token = app_token
        self._web = web
        self._open_socket = open_socket
        self._answer = answer
        self._seen: deque[str] = deque(maxlen=_SEEN_ENVELOPES)
        self._replies: set[asyncio.Task[None]] = set()

    async def listen(self) -> None:
        """Answer until cancelled.

        A socket that cannot be opened, or stays down for half a minute, is opened anew after 1 s,
        then 2 s, and so on up to a minute.

        Raises:
            DeliveryRefused: the app-level token is wrong.
        """
        wait = _FIRST_WAIT
        while True:
            try:
                async with self._socket() as client:
                    wait = _FIRST_WAIT
                    await _until_lost(client)
            except DeliveryDeferred as error:
                _log.warning("slack socket is down", cause=str(error), retry_in=wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    async def drop(self) -> None:
        """Give up the answers that are still being made."""
        for reply in self._replies:
            reply.cancel()
        await asyncio.gather(*self._replies, return_exceptions=True)

    @asynccontextmanager
    async def _socket(self) -> AsyncIterator[SocketModeClient]:
        """Give a connected socket that feeds ``/digest`` to this platform, and close it after use.

        Raises:
            DeliveryDeferred: it cannot be opened now.
            DeliveryRefused: the app-level token is wrong.
        """
        handler = _OnceHandler(self._app(), self._app_token, self._web(), self._seen)
        try:
            # slack_sdk would try one address for ever, though the ticket in it serves once.
            handler.client.wss_uri = await self._open_socket()
            await _connect(handler.client)
            yield handler.client
        finally:
            await handler.client.close()  # type: ignore[no-untyped-call]

    def _app(self) -> AsyncApp:
        """Return the bolt app that hears ``/digest``.

        It gets no token, else bolt would call auth.test first, within the 3 s for acknowledging.
        """
        client = AsyncWebClient(logger=_sdk_log)
        app = AsyncApp(name="onrecord", client=client, authorize=_authorize, logger=_sdk_log)
        app.command("/digest")(self._on_command)
        return app

    async def _on_command(self, ack: AsyncAck, command: dict[str, str], respond: AsyncRespond) -> None:
        """Acknowledge at once; the answer follows when it is ready."""
        await ack()
        reply = asyncio.create_task(self._reply(command, respond))
        self._replies.add(reply)
        reply.add_done_callback(self._replies.discard)

    async def _reply(self, command: dict[str, str], respond: AsyncRespond) -> None:
        """Show the answer to the person who asked, alone."""
        parts = await self._answer_to(command)
        try:
            for part in parts:
                sent = await respond(**part.payload, response_type="ephemeral")
                if sent.status_code != 200:
                    _log.warning("slack refused an answer", status=sent.status_code, body=sent.body)
                    return
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.warning("slack answer not delivered", cause=type(error).__name__)

    async def _answer_to(self, command: dict[str, str]) -> tuple[MessagePart, ...]:
        """Return the answer to a command; whatever breaks is logged and answered with a sentence."""
        request = parse_command(command)
        try:
            return _answer_parts(await self._answer(request))
        except Exception:
            _log.exception("digest command failed", channel=request.channel, share=request.share)
            return _answer_parts(await apology(request, self._answer))


class _OnceHandler(AsyncSocketModeHandler):
    """Hands each command to bolt once: Slack may deliver one again, over any connection.

    It is known by its envelope, and by its trigger where it comes in another one.
    """

    def __init__(self, app: AsyncApp, app_token: str, web: AsyncWebClient, seen: deque[str]) -> None:
        super().__init__(app, app_token, logger=_sdk_log, web_client=web)
        self._seen = seen

    async def handle(  # type: ignore[override]
        self, client: SocketModeClient, req: SocketModeRequest
    ) -> None:
        """Acknowledge ``req``, and act on it unless that was done before."""
        names = [req.envelope_id, str(req.payload.get("trigger_id") or req.envelope_id)]
        if any(name in self._seen for name in names):
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
            return
        self._seen.extend(names)
        await super().handle(client, req)


async def _authorize() -> AuthorizeResult:
    """Return an empty authorization: answers go to the response_url, which needs none."""
    return AuthorizeResult(enterprise_id=None, team_id=None)


async def _connect(client: SocketModeClient) -> None:
    """Wait until the socket stands.

    Raises:
        DeliveryDeferred: it took too long; slack_sdk goes on trying, so this is all it ever says.
    """
    try:
        await asyncio.wait_for(client.connect(), _CONNECT_SECONDS)  # type: ignore[no-untyped-call]
    except TimeoutError as error:
        raise DeliveryDeferred("the socket does not open", retry_after=RETRY_AFTER) from error


async def _until_lost(client: SocketModeClient) -> None:
    """Wait for as long as the socket lives; slack_sdk reconnects by itself where it can.

    Raises:
        DeliveryDeferred: the socket was down each time it was looked at for half a minute.
    """
    down = 0
    while down < 3:
        await asyncio.sleep(_WATCH_SECONDS)
        down = 0 if await client.is_connected() else down + 1
    raise DeliveryDeferred("the socket was lost", retry_after=RETRY_AFTER)


def _answer_parts(answer: Answer) -> tuple[MessagePart, ...]:
    """Return an answer as at most 5 messages, the last of which says so where some are left out."""
    text = (blocks.render_sentence(answer.text),) if answer.text else ()
    document = blocks.render(answer.document) if answer.document else ()
    say = catalogue(answer.language)
    parts = (*text, *document) or (blocks.render_sentence(words.nothing_to_show(say)),)
    if len(parts) <= _MOST_REPLIES:
        return parts
    return (*parts[: _MOST_REPLIES - 1], blocks.render_sentence(words.rest_left_out(say)))
