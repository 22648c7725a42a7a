"""``python -m tests.wire.fault_matrix``: each fault through the real Deliverer, Store and chat clients.

Each case has a channel of its own with two messages to deliver. Its first post, or the look that follows one
whose answer was lost, meets the fault twice; then the platform is well again and the clock moves on.
"""

import asyncio
import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from bot.delivery import Deliverer
from bot.platforms.base import ChatPlatform, MessagePart
from bot.platforms.pace import Pace
from digests.model import OutboxPart, PartState
from digests.storage import sqlite
from digests.storage.store import Store
from tests.fakes import FakeClock
from tests.wire import discord_bot, fault_cases, slack_bot
from tests.wire.discord_payloads import CHANNEL
from tests.wire.discord_server import TOKEN, DiscordServer
from tests.wire.fault_cases import Case
from tests.wire.faults import Broken, Outages
from tests.wire.slack_server import BOT_TOKEN, SlackServer

PARTS = 2
AT_ONCE = 60
LOST_ANSWER = Broken(name="the answer is lost", write=lambda _: b"", stored=True, reset=True)
# Longer than any wait that a platform can ask for; the bot's clock is late, so that it is never ahead of the
# platforms' by more than it reckons with.
LONG_AFTER = timedelta(hours=25)
BEGINNING = timedelta(days=-12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """A platform on a server of our own. ``shown`` are (channel, key) of the messages that stand there."""

    platform: ChatPlatform
    outages: Outages
    calls: tuple[str, str]
    channel: Callable[[int], str]
    payload: dict[str, Any]
    shown: Callable[[], list[tuple[str, str]]]
    forget: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a case: its first part after the first and second pass, and its channel at the end."""

    case: Case
    first: OutboxPart
    second: OutboxPart
    waited: timedelta
    posted: tuple[str, ...]
    shown: tuple[str, ...]

    @property
    def lost(self) -> int:
        return len(set(self.posted) - set(self.shown))

    @property
    def doubled(self) -> int:
        return sum(count - 1 for count in Counter(self.shown).values())

    @property
    def in_order(self) -> bool:
        return sorted(self.shown, key=self.posted.index) == list(self.shown)


@asynccontextmanager
async def discord_wire() -> AsyncIterator[Wire]:
    """Give Discord, signed in to."""
    async with DiscordServer() as server:
        platform = discord_bot.make_platform(server)
        await platform.start()

        def channel(number: int) -> str:
            server.channels.add(name := str(int(CHANNEL) + 1000 + number))
            return name

        yield Wire(
            platform=platform, outages=server.outages, calls=("POST", "GET"), channel=channel,
            payload=discord_bot.PART.payload, forget=server.forget_nonces,
            shown=lambda: [(message.channel, message.payload["nonce"]) for message in server.messages],
        )  # fmt: skip
        await platform.close()


@asynccontextmanager
async def slack_wire() -> AsyncIterator[Wire]:
    """Give Slack, signed in to."""
    async with SlackServer() as server, slack_bot.connected(server) as platform:
        await platform.start()

        def channel(number: int) -> str:
            server.channels.add(name := f"C{number:05}")
            return name

        yield Wire(
            platform=platform, outages=server.outages, calls=("chat.postMessage", "conversations.history"),
            channel=channel, payload=slack_bot.HELLO.payload, forget=lambda: None,
            shown=lambda: [(m["channel"], m["metadata"]["event_payload"]["key"]) for m in server.messages],
        )  # fmt: skip


WIRES = {"discord": discord_wire, "slack": slack_wire}


class Blind:
    """A platform whose look finds nothing: what delivery would be without it."""

    def __init__(self, platform: ChatPlatform) -> None:
        self._platform = platform

    def turn(self, channel: str) -> AbstractAsyncContextManager[None]:
        return self._platform.turn(channel)

    async def post(self, channel: str, part: MessagePart, key: str) -> str:
        return await self._platform.post(channel, part, key)

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:
        return None


# --- one run -------------------------------------------------------------------------------------


async def play(kind: str, cases: Sequence[Case], *, look: bool = False, blind: bool = False) -> list[Verdict]:
    """Let every case's fault meet its channel's first post, or the ``look`` that follows it.

    With ``blind`` nothing is looked for.
    """
    verdicts = []
    for begin in range(0, len(cases), AT_ONCE):
        verdicts += await _play_some(kind, cases[begin : begin + AT_ONCE], look=look, blind=blind)
    return verdicts


async def _play_some(kind: str, cases: Sequence[Case], *, look: bool, blind: bool) -> list[Verdict]:
    async with AsyncExitStack() as stack:
        stack.enter_context(_hurried())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        store = await stack.enter_async_context(await Store.open(f"sqlite:///{folder}/matrix.db"))
        wire = await stack.enter_async_context(WIRES[kind]())
        return await _Run(wire, store, cases, blind=blind).play(look=look)


class _Run:
    """Cases on one wire and one store."""

    def __init__(self, wire: Wire, store: Store, cases: Sequence[Case], *, blind: bool) -> None:
        self._wire, self._store, self._cases = wire, store, cases
        self._clock = FakeClock(datetime.now(UTC) + BEGINNING)
        self._channels = [wire.channel(number) for number in range(len(cases))]
        platform: Any = Blind(wire.platform) if blind else wire.platform
        self._deliverer = Deliverer(store, {wire.platform.name: platform}, self._clock)

    async def play(self, *, look: bool) -> list[Verdict]:
        """Queue, suffer twice, recover, and tell."""
        await self._store.queue_parts(
            [self._part(case, part) for case in range(len(self._cases)) for part in range(PARTS)]
        )
        posting, looking = self._wire.calls
        if look:
            self._begin(posting, [LOST_ANSWER] * len(self._cases))
            await self._pass()
            self._wire.outages.end()
        self._begin(looking if look else posting, [case.fault for case in self._cases])
        began = self._clock()
        first, second = await self._pass(), await self._pass()
        self._wire.outages.end()
        while await self._store.next_due_at() is not None:
            before = await self._pass()
            if before == await self._pass():
                break
        return self._verdicts(first, second, began)

    def _begin(self, call: str, faults: Sequence[Broken]) -> None:
        for channel, fault in zip(self._channels, faults, strict=True):
            self._wire.outages.begin(call, channel, fault)

    async def _pass(self) -> dict[str, OutboxPart]:
        """Deliver what is due, return each channel's first part, and move on past every wait."""
        await self._deliverer.run_due()
        parts = await self._store.load_parts(tuple(PartState))
        self._clock.advance(LONG_AFTER)
        self._wire.forget()
        return {part.channel: part for part in reversed(parts)}

    def _part(self, case: int, part: int) -> OutboxPart:
        return OutboxPart(
            key=f"{case:06x}-{part}", platform=self._wire.platform.name, channel=self._channels[case],
            payload=self._wire.payload, due_at=self._clock(),
        )  # fmt: skip

    def _verdicts(
        self, first: Mapping[str, OutboxPart], second: Mapping[str, OutboxPart], began: datetime
    ) -> list[Verdict]:
        shown: dict[str, list[str]] = defaultdict(list)
        for channel, key in self._wire.shown():
            shown[channel].append(key)
        return [
            Verdict(
                case=case, first=first[channel], second=second[channel], waited=first[channel].due_at - began,
                posted=tuple(f"{number:06x}-{part}" for part in range(PARTS)), shown=tuple(shown[channel]),
            )
            for number, (case, channel) in enumerate(zip(self._cases, self._channels, strict=True))
        ]  # fmt: skip


@contextmanager
def _hurried() -> Iterator[None]:
    """Let the chat clients' waits and ours pass a thousand times faster; no write waits for the disk."""
    sleep, hold = asyncio.sleep, Pace.hold
    quick = SimpleNamespace(**{**vars(asyncio), "sleep": lambda seconds: sleep(seconds / 1000)})
    pragmas = tuple(pragma.replace("FULL", "OFF") for pragma in sqlite.PRAGMAS)
    with (
        patch("digests.storage.sqlite.PRAGMAS", pragmas),
        patch("bot.platforms.pace.asyncio", quick),
        patch.object(Pace, "hold", lambda pace, seconds: hold(pace, seconds / 1000)),
        patch("bot.platforms.discord_pace.A_SECOND", 50_000),
        patch("bot.platforms.slack_pace.A_MINUTE", 300_000),
        patch("bot.platforms.slack_pace.LOOKS", 50_000),
        patch("bot.platforms.slack_pace.CHANNEL_SECONDS", 0.0),
        patch("discord.http.asyncio", quick),
        patch("slack_sdk.http_retry.builtin_async_handlers.asyncio", quick),
    ):
        yield


# --- the table -----------------------------------------------------------------------------------


def groups(kind: str) -> dict[str, list[Case]]:
    """Return the cases of a platform by what goes wrong in them; slow answers are the tests' alone."""
    refusals = {"discord": {"message": "no", "code": 50035}, "slack": {"ok": False, "error": "no_text"}}
    token = {"discord": f"Bot {TOKEN}", "slack": f"Bearer {BOT_TOKEN}"}[kind]
    own = {"discord": {"rate limits": fault_cases.discord_limits()}}
    own["slack"] = {"rate limits": fault_cases.slack_limits(), "errors": fault_cases.slack_errors()}
    shared = {
        "statuses": fault_cases.statuses(token, refusals[kind]), "cuts": fault_cases.cuts(),
        "lengths": fault_cases.lengths(), "bodies": fault_cases.bodies(), "garbage": fault_cases.garbage(),
    }  # fmt: skip
    return {name: list(cases) for name, cases in (shared | own[kind]).items()}


async def _tell() -> None:
    table = Table(title="0 lost, 0 doubled?", title_justify="left")
    for heading in (
        "platform",
        "what fails",
        "faults",
        "tried",
        "lost",
        "doubled",
        "disordered",
        "doubled, blind",
    ):
        table.add_column(heading, justify="left" if heading in ("platform", "what fails") else "right")
    for kind in WIRES:
        for name, cases in groups(kind).items():
            for look in (False, True):
                verdicts = await play(kind, cases, look=look)
                blind = await play(kind, cases, look=look, blind=True)
                counts = [len(cases), PARTS * len(cases), *_sums(verdicts), _sums(blind)[1]]
                table.add_row(kind, f"{name}, {'looking' if look else 'posting'}", *map(str, counts))
    Console(width=110).print(table)


def _sums(verdicts: Sequence[Verdict]) -> tuple[int, int, int]:
    lost, doubled = sum(v.lost for v in verdicts), sum(v.doubled for v in verdicts)
    return lost, doubled, sum(not v.in_order for v in verdicts)


if __name__ == "__main__":
    asyncio.run(_tell())
