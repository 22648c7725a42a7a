"""Discord and Slack of our own that withhold an answer until the bot that waits for it is dead."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from aiohttp import web

from tests.wire.discord_server import DiscordServer
from tests.wire.slack_server import SlackServer, _arguments

Handler = Callable[[], Awaitable[web.StreamResponse]]
LATE = 1.5
"""Seconds after the next bot signed in at which a platform takes in what the dead one had sent."""

PATIENCE = 60.0


class Kind(StrEnum):
    """What a bot asks of a channel."""

    POST = "post"
    LOOK = "look"


KINDS = {"chat.postMessage": Kind.POST, "conversations.history": Kind.LOOK}


class Stage(StrEnum):
    """How far a platform gets with a request before the bot dies."""

    UNREAD = "unread"  # it arrived and nothing ever came of it
    LATE = "late"  # it is taken in when the next bot is there already
    STORED = "stored"  # taken in, not answered
    HALF = "half"  # taken in, half the answer sent
    ANSWERED = "answered"  # taken in and answered; the bot dies before it reads that


@dataclass(slots=True, kw_only=True)
class Trap:
    """Catches the ``nth`` request of a kind in a channel from now on at ``stage``."""

    kind: Kind
    channel: str
    nth: int
    stage: Stage
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    sent: asyncio.Event = field(default_factory=asyncio.Event)
    killed: asyncio.Event = field(default_factory=asyncio.Event)
    reborn: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    body: bytes = b""

    @property
    def on_its_way(self) -> bool:
        """Whether it holds a request that is still to be taken in."""
        return self.stage is Stage.LATE and self.reached.is_set() and not self.done.is_set()

    async def catch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Handle the request as far as the stage says and hold it there until the bot is dead."""
        self.body = await request.read()
        response = None if self.stage in (Stage.UNREAD, Stage.LATE) else await handler()
        if self.stage is Stage.HALF:
            _write(request, response, share=0.5)
        self.reached.set()
        if self.stage is Stage.ANSWERED:
            await self.stopped.wait()
            _write(request, response, share=1.0)
        self.sent.set()
        await self.killed.wait()
        if self.stage is Stage.LATE:
            await self.reborn.wait()
            await asyncio.sleep(LATE)
            with suppress(ConnectionError):
                await handler()
        self.done.set()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


@dataclass(slots=True)
class Gate:
    """The traps that are set on one platform, and how often each kind of request came to each channel."""

    traps: dict[tuple[Kind, str], Trap] = field(default_factory=dict)
    seen: dict[tuple[Kind, str], int] = field(default_factory=dict)
    waiting: list[Trap] = field(default_factory=list)

    def set(self, traps: list[Trap]) -> None:
        """Count from now on and catch what ``traps`` say; those set before wait for the next sign-in."""
        self.waiting += self.traps.values()
        self.seen.clear()
        self.traps = {(trap.kind, trap.channel): trap for trap in traps}

    def late(self) -> list[Trap]:
        """Return the traps whose request is on its way inside the platform."""
        return [trap for trap in (*self.waiting, *self.traps.values()) if trap.on_its_way]

    def sign_in(self) -> None:
        """Say that a new bot is there."""
        for trap in self.waiting:
            trap.reborn.set()

    async def let_in(
        self, kind: Kind, channel: str, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """Answer a request, or hold it where a trap was set for it."""
        at = (kind, channel)
        self.seen[at] = self.seen.get(at, 0) + 1
        trap = self.traps.get(at)
        if trap is None or self.seen[at] != trap.nth:
            return await handler()
        return await trap.catch(request, handler)


class TrappedDiscord(DiscordServer):
    """Discord with a gate.

    It forgets a nonce as early as Discord may, while no request that bears it is on its way. A
    ``forgetful`` one forgets them all, which Discord promises not to do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate()
        self.forgetful = False

    def forget_nonces(self) -> None:
        """Play that minutes have passed; no request is under way for longer than a nonce is remembered."""
        late = [trap for trap in self.gate.late() if trap.kind is Kind.POST and not self.forgetful]
        kept = {(trap.channel, json.loads(trap.body).get("nonce", "")) for trap in late}
        self._nonces = {nonce: told for nonce, told in self._nonces.items() if nonce in kept}

    @web.middleware
    async def _watch(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        watch = super()._watch
        if request.path.endswith("/users/@me"):
            self.gate.sign_in()
        if not request.path.endswith("/messages"):
            return await watch(request, handler)
        kind = Kind.POST if request.method == "POST" else Kind.LOOK
        channel = request.path.split("/")[-2]
        return await self.gate.let_in(kind, channel, request, lambda: watch(request, handler))


class TrappedSlack(SlackServer):
    """Slack with a gate."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        api = super()._api
        if request.match_info["method"] == "auth.test":
            self.gate.sign_in()
        kind = KINDS.get(request.match_info["method"])
        if kind is None:
            return await api(request)
        channel = str((await _arguments(request)).get("channel"))
        return await self.gate.let_in(kind, channel, request, lambda: api(request))


def _write(request: web.Request, response: web.StreamResponse | None, *, share: float) -> None:
    """Send the first ``share`` of a response, past aiohttp, which would send it whole or not at all.

    Nothing is sent where the platform broke the connection itself.
    """
    if request.transport is None or request.transport.is_closing():
        return
    assert isinstance(response, web.Response)
    assert isinstance(response.body, bytes)
    head = f"HTTP/1.1 {response.status} -\r\nContent-Type: application/json\r\n"
    answer = f"{head}Content-Length: {len(response.body)}\r\n\r\n".encode() + response.body
    request.transport.write(answer[: int(len(answer) * share)])
