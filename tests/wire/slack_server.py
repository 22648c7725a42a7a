"""A small Slack on loopback: Web API, response_url and Socket Mode, with Slack's limits enforced."""

import asyncio
import itertools
import json
import math
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web

from tests.wire.faults import Outages
from tests.wire.limits import SlackLimits
from tests.wire.slack_limits import refusal

BOT_TOKEN = "xoxb-1-test"
APP_TOKEN = "xapp-1-test"
ACK_SECONDS = 3.0
REPLIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How one call goes wrong: it waits, answers ``status``, ``error`` or ``body``, or is cut.

    ``cut`` is ``"before"`` or ``"after"`` the message is stored; ``stored`` says that it is, whatever is
    answered.
    """

    status: int = 200
    error: str = ""
    body: str | None = None
    retry_after: str = ""
    cut: str = ""
    stored: bool = False
    delay: float = 0.0
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """An acknowledgement and how long after its envelope's last delivery it came."""

    envelope_id: str
    seconds: float

    @property
    def late(self) -> bool:
        return self.seconds > ACK_SECONDS


class SlackServer:
    """One workspace. ``messages`` holds what was posted, ``replies`` what response_urls got.

    ``faults[method]`` is a queue: each call of the method takes one. ``seconds_per_message`` turns
    on the rate limit of a channel, ``limits`` all of them, strictly counted.
    """

    def __init__(self, *, seconds_per_message: float = 0.0, limits: SlackLimits | None = None) -> None:
        self.limits = limits
        self.messages: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.refused_replies: list[str] = []
        self.acks: list[Ack] = []
        self.calls: Counter[str] = Counter()
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.channels = {"C0CITY", "C0DESK"}
        self.refused_handshakes = self.links = 0
        self.outages = Outages()
        self._seconds_per_message = seconds_per_message
        self._last_post: dict[str, float] = {}
        self._envelopes: dict[str, dict[str, Any]] = {}
        self._sent_at: dict[str, float] = {}
        self._reply_uses: Counter[str] = Counter()
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/link", self._link)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.root = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.api_base = f"{self.root}/api/"
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in self._sockets:
            await socket.close()
        await self._runner.cleanup()

    # --- Web API -----------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls[method] += 1
        args = await _arguments(request)
        fault = self.faults[method].popleft() if self.faults[method] else Fault()
        await asyncio.sleep(fault.delay)
        if fault.cut == "before":
            return _cut(request)
        if fault.stored:
            self._answer(method, args, request.headers.get("Authorization", ""))
        if fault.status != 200 or fault.error or fault.body is not None:
            return _broken(fault)
        if fault.cut == "after":
            await self._true_answer(method, args, request)
            return _cut(request)
        channel = str(args.get("channel", ""))
        return await self.outages.play(
            method, channel, request, lambda: self._true_answer(method, args, request)
        )

    async def _true_answer(self, method: str, args: dict[str, Any], request: web.Request) -> web.Response:
        answer = self._answer(method, args, request.headers.get("Authorization", ""))
        if answer.get("error") == "ratelimited":
            return web.json_response(answer, status=429, headers={"Retry-After": str(answer["wait"])})
        return web.json_response(answer)

    def _answer(self, method: str, args: dict[str, Any], authorization: str) -> dict[str, Any]:
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if authorization != f"Bearer {wanted}":
            return {"ok": False, "error": "invalid_auth"}
        if self.limits and (wait := self.limits.check(method, str(args.get("channel")))):
            return {"ok": False, "error": "ratelimited", "wait": math.ceil(wait)}
        match method:
            case "auth.test":
                return {"ok": True, "user": "onrecord", "user_id": "U1", "bot_id": "B1", "team_id": "T1"}
            case "apps.connections.open":
                ticket = str(next(self._numbers))
                self._tickets.add(ticket)
                return {"ok": True, "url": f"{self.root.replace('http', 'ws')}/link?ticket={ticket}"}
            case "chat.postMessage":
                return self._post(args)
            case "conversations.history":
                return self._history(args)
        return {"ok": False, "error": "unknown_method"}

    def _post(self, args: dict[str, Any]) -> dict[str, Any]:
        channel = str(args.get("channel"))
        if channel not in self.channels:
            return {"ok": False, "error": "channel_not_found"}
        wait = self._last_post.get(channel, -1e9) + self._seconds_per_message - time.monotonic()
        if self._seconds_per_message and wait > 0:
            return {"ok": False, "error": "ratelimited", "wait": int(wait) + 1}
        if code := refusal(args):
            return {"ok": False, "error": code}
        self._last_post[channel] = time.monotonic()
        ts = f"{int(time.time())}.{next(self._numbers):06}"
        self.messages.append({**args, "ts": ts})
        return {"ok": True, "channel": channel, "ts": ts, "message": {"text": args.get("text")}}

    def _history(self, args: dict[str, Any]) -> dict[str, Any]:
        if args.get("channel") not in self.channels:
            return {"ok": False, "error": "channel_not_found"}
        start, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
        oldest = Decimal(args.get("oldest") or 0)
        here = [m for m in reversed(self.messages) if m["channel"] == args["channel"]]
        shown = [m for m in here if Decimal(m["ts"]) > oldest]
        hidden = set() if str(args.get("include_all_metadata")) in ("1", "true") else {"metadata"}
        page = [{k: v for k, v in m.items() if k not in hidden} for m in shown[start : start + limit]]
        cursor = str(start + limit) if start + limit < len(shown) else ""
        return {"ok": True, "messages": page, "response_metadata": {"next_cursor": cursor}}

    async def _respond(self, request: web.Request) -> web.Response:
        self._reply_uses[request.match_info["id"]] += 1
        body = await request.json()
        if self._reply_uses[request.match_info["id"]] > REPLIES:
            self.refused_replies.append("used_url")
        elif code := refusal(body):
            self.refused_replies.append(code)
        else:
            self.replies.append(body)
            return web.Response(text="ok")
        return web.json_response({"ok": False, "error": self.refused_replies[-1]}, status=404)

    # --- Socket Mode -------------------------------------------------------------------------

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.refused_handshakes or ticket not in self._tickets:
            self.refused_handshakes = max(0, self.refused_handshakes - 1)
            return web.Response(status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        self.links += 1
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                self._record_ack(json.loads(message.data))
        self._sockets.remove(socket)
        return socket

    def _record_ack(self, ack: dict[str, Any]) -> None:
        seconds = time.monotonic() - self._sent_at[ack["envelope_id"]]
        self.acks.append(Ack(envelope_id=ack["envelope_id"], seconds=seconds))

    async def type_digest(
        self, text: str = "", *, channel_id: str = "C0CITY", channel_name: str = "city"
    ) -> str:
        """Send a ``/digest`` over the newest socket and return its envelope's id."""
        number = next(self._numbers)
        payload = {
            "command": "/digest",
            "text": text,
            "channel_id": channel_id,
            "channel_name": channel_name,
            "team_id": "T1",
            "user_id": "U7",
            "trigger_id": f"{number}.1",
            "response_url": f"{self.root}/respond/{number}",
        }
        envelope_id = f"envelope-{number}"
        self._envelopes[envelope_id] = {
            "type": "slash_commands",
            "envelope_id": envelope_id,
            "payload": payload,
            "accepts_response_payload": True,
        }
        await self.deliver(envelope_id)
        return envelope_id

    async def deliver(self, envelope_id: str) -> None:
        """Send an envelope, again if need be."""
        self._sent_at[envelope_id] = time.monotonic()
        await self._sockets[-1].send_json(self._envelopes[envelope_id])

    async def deliver_renamed(self, envelope_id: str) -> None:
        """Send a command once more, in an envelope of its own."""
        again = f"{envelope_id}-again"
        self._envelopes[again] = {**self._envelopes[envelope_id], "envelope_id": again}
        await self.deliver(again)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the client to connect anew, as Slack does every few hours."""
        await self.say(json.dumps({"type": "disconnect", "reason": reason}))

    async def say(self, frame: str) -> None:
        """Send a frame over the newest socket."""
        await self._sockets[-1].send_str(frame)

    async def drop(self) -> None:
        """Break every socket without a word."""
        for socket in self._sockets:
            assert socket._req is not None
            assert socket._req.transport is not None
            socket._req.transport.abort()

    @property
    def sockets(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    async def until(self, condition: Callable[["SlackServer"], object], *, seconds: float = 5.0) -> None:
        """Wait until ``condition`` holds of this server; fail after ``seconds``."""
        async with asyncio.timeout(seconds):
            while not condition(self):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def _arguments(request: web.Request) -> dict[str, Any]:
    """Return a call's arguments, from the query, a form or JSON, as slack_sdk sends them."""
    body = await request.text()
    if request.content_type == "application/json":
        return {**request.query, **json.loads(body or "{}")}
    return {**request.query, **dict(parse_qsl(body))}


def _cut(request: web.Request) -> web.Response:
    """Break the connection without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def _broken(fault: Fault) -> web.Response:
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    if fault.body is not None:
        return web.Response(
            text=fault.body, content_type="application/json", status=fault.status, headers=headers
        )
    body = {"ok": False, "error": fault.error, **dict(fault.extra)} if fault.error else {"ok": False}
    return web.json_response(body, status=fault.status, headers=headers)
