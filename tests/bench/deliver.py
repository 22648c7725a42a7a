"""Delivering many parts to servers that count strictly, beside the best that their limits sustain."""

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tests.bench.processes import in_fresh_process
from tests.bench.table import Mark, Row

if TYPE_CHECKING:
    from bot.platforms.base import ChatPlatform, MessagePart
    from digests.model import OutboxPart

# The real limits with fewer parts; ``--parts 10000 --channels 500`` takes four minutes and then 36.
FEW = {"discord": (1_000, 500), "slack": (300, 15)}
OUTBOX = ((1_000, 50), (10_000, 500))
_PATIENCE_SECONDS = 30
_PACE_MARK = Mark(limit=1.1)
_OWN_MARK = Mark(limit=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a delivery took, in seconds, and how many parts went out."""

    parts: int
    wall: float
    cpu: float


def measure(parts: int | None = None, channels: int | None = None) -> list[Row]:
    """Return both platforms' time beside the best, the 429s, and what the outbox alone costs a part."""
    rows: list[Row] = []
    for name, few in FEW.items():
        rows += _measure_platform(name, parts or few[0], channels or few[1])
    small, large = (in_fresh_process(_deliver_nowhere, *size) for size in OUTBOX)
    each = [ran.cpu / ran.parts * 1000 for ran in (small, large)]
    return [
        *rows,
        Row(what=f"outbox alone, {small.parts:,} parts: CPU a part", value=each[0], unit="ms"),
        Row(what=f"outbox alone, {large.parts:,} parts: CPU a part", value=each[1], unit="ms",
            ratio=each[1] / each[0], beside=f"{small.parts:,} parts", mark=Mark(limit=1.5)),
        Row(what=f"outbox alone, {large.parts:,} parts", value=large.parts / large.wall, unit="a second"),
    ]  # fmt: skip


def _measure_platform(name: str, parts: int, channels: int) -> list[Row]:
    places = [str(100_000 + number) for number in range(channels)]
    with Server(name, places) as server:
        ran = in_fresh_process(_deliver, name, server.address, places, parts)
        told = server.ask()
    if not ran.parts == told["messages"] == parts:
        raise RuntimeError(f"{parts} parts, {ran.parts} sent, {told['messages']} arrived")
    best = _best(name, parts, channels)
    where = f"{name}, {parts:,} parts to {channels} channels"
    return [
        Row(what=f"{where}: the best its limits sustain", value=best, unit="s"),
        Row(what=f"{where}: wall", value=ran.wall, unit="s", ratio=ran.wall / best, beside="the best",
            mark=_PACE_MARK),
        Row(what=f"{name}, answers with 429", value=told["refused"], unit="", mark=_OWN_MARK),
        Row(what=f"{name}, CPU a part", value=ran.cpu / parts * 1000, unit="ms"),
    ]  # fmt: skip


def _best(name: str, parts: int, channels: int) -> float:
    """Return the seconds that ``parts`` take at the rates that the server's limits sustain.

    What its windows would let through at once at the very beginning is not counted: it is one window's.
    """
    from tests.wire.limits import DiscordLimits, SlackLimits

    each = -(-parts // channels)
    if name == "discord":
        limits = DiscordLimits()
        return max(parts / limits.all.limit, (-(-each // limits.posts) - 1) * limits.seconds)
    slack = SlackLimits()
    return max(parts * 60 / slack.workspace.limit, (each - 1) * slack.channel_seconds)


# --- the bot's side ------------------------------------------------------------------------------


def _deliver(name: str, address: str, channels: Sequence[str], parts: int) -> Delivered:
    return asyncio.run(_deliver_over_the_wire(name, address, channels, parts))


async def _deliver_over_the_wire(name: str, address: str, channels: Sequence[str], parts: int) -> Delivered:
    from bot.platforms.discord import DiscordPlatform
    from bot.platforms.slack import SlackPlatform
    from tests.wire.discord_bot import Answer, Answers
    from tests.wire.discord_server import TOKEN
    from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN

    answers = Answers(Answer())
    platform: ChatPlatform = (
        DiscordPlatform(TOKEN, answers, api_base=address)
        if name == "discord"
        else SlackPlatform(BOT_TOKEN, APP_TOKEN, answers, api_base=address)
    )
    await platform.start()
    try:
        return await _deliver_by(platform, channels, parts)
    finally:
        await platform.close()


async def _deliver_by(platform: "ChatPlatform", channels: Sequence[str], parts: int) -> Delivered:
    """Queue ``parts`` over ``channels`` in a new database and deliver until none is left."""
    from bot.clock import now
    from bot.collector import spare_collector
    from bot.delivery import Deliverer
    from digests.model import PartState
    from digests.storage.store import Store
    from tests.wire.discord_bot import DOCUMENT

    spare_collector()
    (message,) = platform.render(DOCUMENT)
    with tempfile.TemporaryDirectory() as folder:
        async with await Store.open(f"sqlite:///{Path(folder) / 'onrecord.db'}") as store:
            await store.queue_parts(
                [_part(n, platform.name, channels[n % len(channels)], message) for n in range(parts)]
            )
            deliverer = Deliverer(store, {platform.name: platform}, now)
            began = time.perf_counter(), time.process_time()
            running = asyncio.create_task(deliverer.run_forever())
            while await store.load_fronts() and not running.done():  # noqa: ASYNC110 - as an operator looks
                await asyncio.sleep(0.25)
            wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
            deliverer.stop()
            await running
            sent = len(await store.load_parts([PartState.SENT]))
    return Delivered(parts=sent, wall=wall, cpu=cpu)


def _part(number: int, platform: str, channel: str, message: "MessagePart") -> "OutboxPart":
    from bot.clock import now
    from digests.model import OutboxPart

    return OutboxPart(
        key=f"part-{number}", platform=platform, channel=channel, payload=message.payload, due_at=now()
    )


def _deliver_nowhere(parts: int, channels: int) -> Delivered:
    """Deliver to a platform that takes everything at once: what remains is the outbox."""
    from bot.platforms import blocks
    from tests.fakes import FakePlatform

    class Nowhere(FakePlatform):
        def render(self, document: Any) -> Any:
            return blocks.render(document)

    return asyncio.run(_deliver_by(Nowhere(), [str(number) for number in range(channels)], parts))


# --- the platform's side -------------------------------------------------------------------------


class Server:
    """A platform of our own in a process of its own, its limits enforced; it ends with who started it."""

    def __init__(self, name: str, channels: Sequence[str]) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(name, list(channels), theirs), daemon=True)
        self.address = ""

    def __enter__(self) -> Self:
        self._process.start()
        self.address = self._receive()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()

    def ask(self) -> dict[str, int]:
        """Return how many messages arrived and how many requests were answered with 429."""
        self._ours.send(None)
        told: dict[str, int] = self._receive()
        return told

    def _receive(self) -> Any:
        if not self._ours.poll(_PATIENCE_SECONDS):
            raise TimeoutError("the server does not answer")
        return self._ours.recv()


def _serve(name: str, channels: list[str], parent: Connection) -> None:
    asyncio.run(_serve_until_killed(name, channels, parent))


async def _serve_until_killed(name: str, channels: list[str], parent: Connection) -> None:
    from tests.wire.discord_server import DiscordServer
    from tests.wire.limits import DiscordLimits, SlackLimits
    from tests.wire.slack_server import SlackServer

    limits: DiscordLimits | SlackLimits
    server: DiscordServer | SlackServer
    if name == "discord":
        limits = DiscordLimits()
        server = DiscordServer(limits)
    else:
        limits = SlackLimits()
        server = SlackServer(limits=limits)
    server.channels = set(channels)
    async with server:
        parent.send(server.api_base)
        while True:
            try:
                await asyncio.to_thread(parent.recv)
            except EOFError:
                return
            parent.send({"messages": len(server.messages), "refused": limits.refused.total()})
