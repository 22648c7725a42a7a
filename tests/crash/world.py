"""A bot, its feeds and both platforms on loopback; the bot is killed and started again as often as wanted."""

import asyncio
import os
import re
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.launcher import Plan
from tests.crash.nursery import Life, Nursery
from tests.crash.traps import PATIENCE, Stage, Trap, TrappedDiscord, TrappedSlack
from tests.crash.verdict import Message, Verdict, by_channel, judge, on_discord, on_slack
from tests.e2e.bots import Bot, Bots, Ended, calm
from tests.e2e.chats import until
from tests.wire.discord_server import TOKEN
from tests.wire.slack_server import APP_TOKEN, BOT_TOKEN

REAL = ("-m", "bot")
_PORT = re.compile(r"127\.0\.0\.1:\d+")

Wanted = Mapping[str, Sequence[str]]
"""What each channel, by its address, should show: its messages' texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A channel of a bot: where it is, and what it is called in its digests."""

    name: str
    platform: str
    address: str

    @property
    def settings(self) -> dict[str, object]:
        to = f"{self.platform}:{self.address}"
        return {"name": self.name, "to": to, "schedule": "0 8 1 1 *", "at_start": True, "max_stories": 50}


def desk(platform: str, number: int) -> Desk:
    """Return the channel with that number on a platform."""
    address = f"9000000000000010{number:02}" if platform == "discord" else f"C0DESK{number:04}"
    return Desk(name=f"{platform}-{number}", platform=platform, address=address)


@dataclass(slots=True, kw_only=True)
class World:
    """One bot's folder, the servers that it posts to and the feeds that it has."""

    bots: Bots
    discord: TrappedDiscord
    slack: TrappedSlack
    desks: Sequence[Desk]
    feeds: Sequence[str]
    allow: Sequence[str] = ()
    plan: Plan | None = None
    nursery: Nursery | None = None
    lives: int = 0
    born: list[Life] = field(default_factory=list)
    caught: list[Trap] = field(default_factory=list)
    _config: str = field(init=False)

    def __post_init__(self) -> None:
        self.slack.channels.update(one.address for one in self.desks if one.platform == "slack")
        self.discord.channels.update(one.address for one in self.desks if one.platform == "discord")
        self._config = self.bots.configure(**self._settings())

    def add_feed(self, url: str) -> None:
        """Let the next start watch one feed more."""
        self.feeds = (*self.feeds, url)
        self._config = self.bots.configure(**self._settings())

    def _settings(self) -> dict[str, Any]:
        discord, slack = self.discord, self.slack
        return {
            "network": {"allow": list(self.allow)},
            "feeds": [{"url": url} for url in self.feeds],
            "channels": [one.settings for one in self.desks],
            "discord": {"token": TOKEN, "api": discord.api_base, "gateway": discord.gateway_url},
            "slack": {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api": slack.api_base},
        }

    async def start(self, plan: Plan | None = None) -> Bot | Life:
        """Start the bot anew, so late that Discord has forgotten the nonces of all that it took in."""
        self.discord.forget_nonces()
        self.lives += 1
        plan = plan or self.plan
        arguments = ("run", "--config", self._config)
        if self.nursery is not None:
            life = await self.nursery.start(plan or Plan(), arguments, self.bots.folder)
            self.born.append(life)
            return life
        return await self.bots.start(*arguments, begin=plan.begin if plan else REAL)

    def trap(self, traps: Iterable[Trap]) -> list[Trap]:
        """Let the platforms hold what ``traps`` say; return them."""
        traps = list(traps)
        self.discord.gate.set([trap for trap in traps if trap.channel.isdecimal()])
        self.slack.gate.set([trap for trap in traps if not trap.channel.isdecimal()])
        return traps

    async def kill(self, bot: Bot | Life, traps: Sequence[Trap]) -> Ended:
        """Wait until the bot stands in every one of ``traps``, and end it by SIGKILL.

        Where an answer is to be sent that the bot never reads, it is stopped first.
        """
        await until(
            lambda: bot.process.returncode is not None or all(trap.reached.is_set() for trap in traps)
        )
        assert bot.process.returncode is None, (bot.out.decode(), bot.err.decode())
        if any(trap.stage is Stage.ANSWERED for trap in traps):
            os.kill(bot.process.pid, signal.SIGSTOP)
            for trap in traps:
                trap.stopped.set()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(trap.sent.wait() for trap in traps))
        ended = await bot.interrupt(signal.SIGKILL)
        self.trap(())
        self.caught += traps
        for trap in traps:
            trap.killed.set()
        assert ended.code == -signal.SIGKILL
        assert ended.left == (), f"the analyser outlived its bot: {ended.left}"
        return ended

    async def finish(self, parts: int) -> None:
        """Start the bot, let it do all that is left to do and stop it cleanly; ``parts`` are all in all."""
        bot = await self.start()
        try:
            await until(lambda: bot.process.returncode is not None or self.states().get("sent", 0) >= parts)
        except TimeoutError as error:
            error.add_note(f"{self.states()}, {parts} wanted; {bot.err.decode()[-2000:]}")
            raise
        assert calm(await bot.interrupt(signal.SIGTERM)) == []
        await asyncio.gather(*(trap.done.wait() for trap in self.caught))

    def states(self) -> dict[str, int]:
        """Return how many parts are in each state, as the database tells beside the bot."""
        return dict(self._ask("SELECT state, count(*) FROM outbox GROUP BY state"))

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return sum(row[0] for row in self._ask(f"SELECT count(*) FROM {table}"))

    def _ask(self, query: str) -> list[Any]:
        path = self.bots.folder / "data" / "onrecord.db"
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            try:
                return connection.execute(query).fetchall()
            except sqlite3.OperationalError:
                return []  # the tables are not made yet

    def queued(self, channel: str) -> list[str]:
        """Return the keys of all parts of a channel in the order in which they were queued."""
        return [
            row[0] for row in self._ask(f"SELECT key FROM outbox WHERE channel = '{channel}' ORDER BY id")
        ]

    def messages(self) -> tuple[Message, ...]:
        """Return all that stands in the channels."""
        return (*map(on_discord, self.discord.messages), *map(on_slack, self.slack.messages))

    def shown(self) -> dict[str, tuple[str, ...]]:
        """Return the texts that each channel shows, wherever the feeds came from."""
        channels = by_channel(self.messages())
        return {
            one.address: tuple(_PORT.sub("feeds", found.text) for found in channels.get(one.address, ()))
            for one in self.desks
        }

    def verdicts(self, wanted: Wanted) -> dict[str, Verdict]:
        """Return what is wrong, by channel; empty where every digest came once, whole and in order."""
        shown = self.shown()
        verdicts = {one.name: judge(wanted[one.address], shown[one.address]) for one in self.desks}
        return {name: verdict for name, verdict in verdicts.items() if not verdict.clean}

    def wanted_parts(self, wanted: Wanted) -> int:
        """Return how many messages the desks should get together."""
        return sum(len(wanted[one.address]) for one in self.desks)


@asynccontextmanager
async def a_world(
    folder: Path, desks: Sequence[Desk], feeds: Sequence[str], *, snapshot: Path | None = None, **more: Any
) -> AsyncIterator[World]:
    """Open a world in ``folder``, its database copied from ``snapshot``; nothing outlives it."""
    folder.mkdir(parents=True, exist_ok=True)
    if snapshot is not None:
        shutil.copytree(snapshot / "data", folder / "data")
    bots = Bots(folder)
    async with TrappedDiscord() as discord, TrappedSlack() as slack:
        world = World(bots=bots, discord=discord, slack=slack, desks=desks, feeds=feeds, **more)
        try:
            yield world
        finally:
            for bot in (*bots.started, *world.born):
                await bot.destroy()
