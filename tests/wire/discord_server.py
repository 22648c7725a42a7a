"""A small Discord of our own on loopback: REST and gateway v10, with the documented limits enforced.

It records all that it is sent and plays the faults it is told to. Sources: Discord's developer
documentation, pages "Create Message", "Receiving and Responding", "Gateway" and "Opcodes and
Status Codes".
"""

import asyncio
import itertools
import json
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import WSMsgType, web
from discord.utils import time_snowflake

from tests.wire.discord_answers import Fault, error_answer, form_error, json_answer, scripted, too_many
from tests.wire.discord_payloads import (
    APPLICATION,
    BOT,
    CHANNEL,
    STRANGER,
    Interaction,
    Json,
    Posted,
    as_message,
    complaint,
    interaction_payload,
)
from tests.wire.faults import Outages
from tests.wire.limits import DiscordLimits

TOKEN = "wire-test-token"
GUILDS_INTENT = 1
ACKNOWLEDGE_SECONDS = 3.0

_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")


class DiscordServer:
    """Discord's REST and gateway on 127.0.0.1, as an async context manager; ``limits`` are enforced."""

    def __init__(self, limits: DiscordLimits | None = None) -> None:
        self.limits = limits
        self.token = TOKEN
        self.messages: list[Posted] = []
        self.requests: list[tuple[str, str]] = []
        self.commands: list[Json] = []
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.interactions: dict[str, Interaction] = {}
        self.channels = {CHANNEL}
        self.unreadable: set[str] = set()
        self.refused_connects = self.connects = 0
        self.outages = Outages()
        self.greetings: list[str | bytes | None] = []
        self.heartbeat_ms = 41250
        self.deaf = False
        self._faults: list[Fault] = []
        self._nonces: dict[tuple[str, str], Posted] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._ready = asyncio.Event()
        self._ids = itertools.count(time_snowflake(datetime.now(UTC)))
        self._sequence = itertools.count(1)
        self._runner = web.AppRunner(self._app(), shutdown_timeout=1)
        self.origin = ""

    @property
    def api_base(self) -> str:
        return f"http://{self.origin}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://{self.origin}/gateway-socket"

    async def __aenter__(self) -> "DiscordServer":
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.origin = f"{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in self._sockets:
            await socket.close()
        await self._runner.cleanup()

    # --- what a test asks of it ----------------------------------------------------------------

    def script(self, *faults: Fault) -> None:
        """Let the coming requests fail in this order."""
        self._faults += [fault for fault in faults for _ in range(fault.times)]

    def script_nothing(self) -> None:
        """Let no more requests fail."""
        self._faults.clear()

    def forget_nonces(self) -> None:
        """Play that the few minutes have passed in which a nonce is remembered."""
        self._nonces.clear()

    def count(self, method: str, ending: str) -> int:
        """Return how many requests of ``method`` came for paths with that ending."""
        return sum(verb == method and path.endswith(ending) for verb, path in self.requests)

    async def until_ready(self) -> None:
        """Wait until a client has identified itself on the gateway."""
        await self._ready.wait()

    async def dispatch(
        self, *, direct: bool = False, channel: str = CHANNEL, **options: str | bool
    ) -> Interaction:
        """Send ``/digest`` with these options to the connected client, as if somebody had typed it."""
        interaction = self.expect_interaction(channel)
        await self._send(interaction_payload(interaction, direct=direct, options=options))
        return interaction

    async def dispatch_again(self, interaction: Interaction) -> None:
        """Send the same interaction once more, as Discord may after a resume."""
        await self._send(interaction_payload(interaction, direct=False, options={}))

    def expect_interaction(self, channel: str = CHANNEL) -> Interaction:
        """Return an interaction whose three seconds begin now, without sending it."""
        interaction = Interaction(
            id=self._new_id(), token=f"token-{self._new_id()}", channel=channel, dispatched=time.monotonic()
        )
        self.interactions[interaction.id] = interaction
        return interaction

    def forget_ready(self) -> None:
        """Let ``until_ready`` wait for the next client."""
        self._ready.clear()

    async def drop_gateway(self, code: int = 4000) -> None:
        """Close the gateway's sockets with ``code``; the next connection must be ready anew."""
        self._ready.clear()
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            await socket.close(code=code)

    async def say(self, frame: Json | str) -> None:
        """Send a frame to the client that connected last; the next connection must be ready anew."""
        self._ready.clear()
        await self._sockets[-1].send_str(frame if isinstance(frame, str) else json.dumps(frame))

    def post_as_stranger(self, payload: Json, channel: str = CHANNEL) -> None:
        """Store a message of somebody else."""
        self.messages.append(Posted(id=self._new_id(), channel=channel, payload=payload, author=STRANGER))

    # --- REST ------------------------------------------------------------------------------------

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._watch])
        api, commands = "/api/v10", f"/api/v10/applications/{APPLICATION}/commands"
        messages = f"{api}/channels/{{channel}}/messages"
        webhook = f"{api}/webhooks/{APPLICATION}/{{token}}"
        app.add_routes(
            [
                web.get(f"{api}/users/@me", self._get_user),
                web.get(f"{api}/oauth2/applications/@me", self._get_application),
                web.get(f"{api}/applications/@me", self._get_application),
                web.get(f"{api}/gateway", self._get_gateway),
                web.get(f"{api}/gateway/bot", self._get_gateway),
                web.get(commands, self._get_commands),
                web.put(commands, self._put_commands),
                web.post(messages, self._create_message),
                web.get(messages, self._get_messages),
                web.get(f"{messages}/{{id}}", self._get_message),
                web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._acknowledge),
                web.post(webhook, self._follow_up),
                web.patch(f"{webhook}/messages/@original", self._follow_up),
                web.get("/gateway-socket", self._gateway),
            ]
        )
        return app

    @web.middleware
    async def _watch(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        """Record the request, check its token and play the fault that was scripted for it."""
        self.requests.append((request.method, request.path))
        open_to_all = request.path.startswith(("/gateway", "/api/v10/interactions", "/api/v10/webhooks"))
        if not open_to_all and request.headers.get("Authorization") != f"Bot {self.token}":
            return error_answer(401, 0, "401: Unauthorized")
        if self.limits and (refusal := self.limits.check(request.method, request.path)):
            return too_many(refusal, self.limits.headers(request.method, request.path))
        fault = self._take_fault(request)
        if fault is None:
            place = request.match_info.get("channel", "") if request.path.endswith("/messages") else ""
            last = request.path.removeprefix("/api/v10").removeprefix(f"/applications/{APPLICATION}")
            told = await self.outages.play(request.method, place or last, request, lambda: handler(request))
            if self.limits:
                told.headers.update(self.limits.headers(request.method, request.path))
            return told
        await asyncio.sleep(fault.delay)
        if fault.status:
            if fault.stored:
                await handler(request)
            return scripted(fault)
        response = web.Response() if fault.cut == "before" else await handler(request)
        if fault.cut and request.transport is not None:
            request.transport.abort()
        return response

    def _take_fault(self, request: web.Request) -> Fault | None:
        """Return the first scripted fault if it is for this request."""
        first = self._faults[0] if self._faults else None
        if first and first.method == request.method and request.path.endswith(first.path):
            return self._faults.pop(0)
        return None

    async def _get_user(self, _: web.Request) -> web.Response:
        return json_answer(BOT)

    async def _get_application(self, _: web.Request) -> web.Response:
        return json_answer(
            {
                "id": APPLICATION,
                "name": "onrecord",
                "icon": None,
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "00",
                "owner": STRANGER,
                "flags": 0,
            }
        )

    async def _get_gateway(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return json_answer({"url": self.gateway_url, "shards": 1, "session_start_limit": limit})

    async def _get_commands(self, _: web.Request) -> web.Response:
        return json_answer(self.commands)

    async def _put_commands(self, request: web.Request) -> web.Response:
        commands = await request.json()
        for command in commands:
            described = [command, *command.get("options", ())]
            names_fit = all(_COMMAND_NAME.fullmatch(item["name"]) for item in described)
            if not names_fit or not all(1 <= len(item["description"]) <= 100 for item in described):
                return form_error("name or description too long or badly formed")
        own = {"application_id": APPLICATION, "version": "1", "default_member_permissions": None}
        self.commands = [{**command, **own, "id": self._new_id()} for command in commands]
        return json_answer(self.commands)

    async def _create_message(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        if channel not in self.channels:
            return error_answer(404, 10003, "Unknown Channel")
        payload = json.loads(await request.text())
        if reason := complaint(payload):
            return form_error(reason)
        nonce = (channel, payload.get("nonce", ""))
        known = self._nonces.get(nonce) if payload.get("enforce_nonce") else None
        message = known or Posted(id=self._new_id(), channel=channel, payload=payload)
        if known is None:
            self.messages.append(message)
            self._nonces[nonce] = message
        return json_answer({**as_message(message), "nonce": payload.get("nonce")})

    async def _get_messages(self, request: web.Request) -> web.Response:
        channel, limit = request.match_info["channel"], int(request.query.get("limit", 50))
        if not 1 <= limit <= 100:
            return form_error("limit: must be between 1 and 100")
        if channel in self.unreadable:
            return json_answer([])
        before, after = int(request.query.get("before", 2**63)), int(request.query.get("after", 0))
        here = [m for m in self.messages if m.channel == channel and after < int(m.id) < before]
        # With ``after`` the oldest of them come, always the newest of those in front.
        page = here[:limit] if after else here[-limit:]
        return json_answer([as_message(message) for message in reversed(page)])

    async def _get_message(self, request: web.Request) -> web.Response:
        channel, id_ = request.match_info["channel"], request.match_info["id"]
        if channel in self.unreadable:
            return error_answer(403, 50013, "Missing Permissions")
        found = next((m for m in self.messages if (m.channel, m.id) == (channel, id_)), None)
        return json_answer(as_message(found)) if found else error_answer(404, 10008, "Unknown Message")

    async def _acknowledge(self, request: web.Request) -> web.Response:
        interaction = self.interactions[request.match_info["id"]]
        elapsed = time.monotonic() - interaction.dispatched
        if elapsed > ACKNOWLEDGE_SECONDS or request.match_info["token"] != interaction.token:
            return error_answer(404, 10062, "Unknown interaction")
        if interaction.acknowledged_after is not None:
            return error_answer(400, 40060, "Interaction has already been acknowledged.")
        interaction.acknowledged_after, interaction.acknowledgement = elapsed, await request.json()
        told = {"id": interaction.id, "type": 2, "response_message_ephemeral": True}
        return json_answer({"interaction": told})

    async def _follow_up(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        interaction = next((known for known in self.interactions.values() if known.token == token), None)
        if interaction is None or interaction.acknowledged_after is None:
            return error_answer(404, 10015, "Unknown Webhook")
        payload = await request.json()
        if reason := complaint(payload):
            return form_error(reason)
        interaction.followups.append(payload)
        message = Posted(id=self._new_id(), channel=interaction.channel, payload=payload)
        return json_answer({**as_message(message), "webhook_id": APPLICATION})

    # --- gateway -----------------------------------------------------------------------------------

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refused_connects > 0:
            self.refused_connects -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connects += 1
        if self.greetings:
            await _greet_wrongly(socket, self.greetings.pop(0))
            return socket
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._receive(socket, json.loads(frame.data))
        return socket

    async def _receive(self, socket: web.WebSocketResponse, message: Json) -> None:
        """Answer one gateway message: heartbeat (1), identify (2), resume (6)."""
        match message["op"]:
            case 1 if self.deaf:
                pass
            case 1:
                await socket.send_json({"op": 11})
            case 2:
                self.identifies.append(message["d"])
                await self._welcome(socket, message["d"])
            case 6:
                self.resumes.append(message["d"])
                self._sockets.append(socket)
                await self._send({}, "RESUMED")
                self._ready.set()
            case _:
                await socket.close(code=4001)

    async def _welcome(self, socket: web.WebSocketResponse, identify: Json) -> None:
        """Send READY, or close as Discord does for a bad token (4004) or other intents (4014)."""
        if identify["token"] != self.token or identify["intents"] != GUILDS_INTENT:
            await socket.close(code=4014 if identify["token"] == self.token else 4004)
            return
        self._sockets.append(socket)
        application = {"id": APPLICATION, "flags": 0}
        session = {"session_id": "wire", "resume_gateway_url": self.gateway_url, "application": application}
        await self._send({"v": 10, "user": BOT, "guilds": [], **session}, "READY")
        self._ready.set()

    async def _send(self, payload: Json, event: str = "INTERACTION_CREATE") -> None:
        """Dispatch an event to the client that connected last."""
        await self._sockets[-1].send_json({"op": 0, "t": event, "s": next(self._sequence), "d": payload})

    def _new_id(self) -> str:
        return str(next(self._ids))


async def _greet_wrongly(socket: web.WebSocketResponse, greeting: str | bytes | None) -> None:
    """Say something else than hello, or nothing, and hang up."""
    if isinstance(greeting, str):
        await socket.send_str(greeting)
    elif greeting is not None:
        await socket.send_bytes(greeting)
    await socket.close()
