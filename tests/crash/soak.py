"""Kills a bot at random, again and again, while its platforms fail at random: ``make soak``.

    make soak ARGS="--kills 300 --seed 7"

News goes on being published all the while. In the end every channel must have been told every article once,
by every part of every digest once, in the order in which they were queued.
"""

import argparse
import asyncio
import itertools
import logging
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.crash.launcher import Plan
from tests.crash.nursery import Nursery, a_nursery
from tests.crash.stories import announce
from tests.crash.traps import Kind, Stage, Trap
from tests.crash.verdict import Verdict, by_channel, judge
from tests.crash.world import Desk, World, a_world, desk
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE, News
from tests.feed_server import FeedServer
from tests.wire import discord_server, slack_server

DESKS = [desk(platform, number) for platform in ("discord", "slack") for number in range(3)]
LONGEST_LIFE, PATIENT = 2.0, 4.0
MOST_NEWS = 14
DRAIN = 300.0
_ITEM = re.compile(r"item (\d+) of")

DISCORD_FAULTS = (
    discord_server.Fault(status=429, retry_after=1),
    discord_server.Fault(status=500),
    discord_server.Fault(status=503),
    discord_server.Fault(status=503, stored=True),
    discord_server.Fault(status=502, stored=True),
    discord_server.Fault(cut="before"),
    discord_server.Fault(cut="after"),
    discord_server.Fault(delay=0.7),
    discord_server.Fault(method="GET", status=503),
    discord_server.Fault(method="GET", cut="after"),
)
SLACK_FAULTS = (
    ("chat.postMessage", slack_server.Fault(status=429, error="ratelimited", retry_after="1")),
    ("chat.postMessage", slack_server.Fault(status=500)),
    ("chat.postMessage", slack_server.Fault(status=503, stored=True)),
    ("chat.postMessage", slack_server.Fault(error="internal_error", stored=True)),
    ("chat.postMessage", slack_server.Fault(cut="before")),
    ("chat.postMessage", slack_server.Fault(cut="after")),
    ("chat.postMessage", slack_server.Fault(delay=0.7)),
    ("conversations.history", slack_server.Fault(status=500)),
    ("conversations.history", slack_server.Fault(cut="before")),
)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a soak did, and what was wrong in the end."""

    kills: int = 0
    caught: int = 0
    faults: int = 0
    articles: int = 0
    messages: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)

    def add(self, channel: str, verdict: Verdict) -> None:
        """Count what is wrong in a channel."""
        self.lost += [f"{channel}: {what}" for what in verdict.lost]
        self.doubled += [f"{channel}: {what}" for what in verdict.doubled]
        self.disordered += [f"{channel}: {what}" for what in (*verdict.disordered, *verdict.foreign)]

    def __add__(self, other: "Tally") -> "Tally":
        names = Tally.__slots__
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.disordered)

    def __str__(self) -> str:
        done = f"{self.kills} kills ({self.caught} in a request), {self.faults} faults, "
        done += f"{self.articles} articles, {self.messages} messages: "
        wrong = {"lost": self.lost, "doubled": self.doubled, "disordered": self.disordered}
        return done + ", ".join(f"{len(what)} {name}" for name, what in wrong.items())


@dataclass(slots=True, kw_only=True)
class Soak:
    """One bot that is killed, and the chance that decides when."""

    world: World
    publisher: FeedServer
    chance: random.Random
    tally: Tally = field(default_factory=Tally)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def run(self, kills: int) -> Tally:
        """Kill the bot so often, let it finish, and judge."""
        while self.tally.kills < kills:
            if self.chance.random() < 0.5 or not self.world.feeds:
                self._publish()
            self._script()
            await self._live_and_die()
        await self._drain()
        self._judge()
        return self.tally

    def _publish(self) -> None:
        """Announce news in a feed of its own, which the next start asks at once."""
        batch = [self._article() for _ in range(self.chance.randint(1, MOST_NEWS))]
        self.tally.articles += len(batch)
        self.world.add_feed(announce(self.publisher, batch, path=f"/feed-{len(self.world.feeds)}"))

    def _article(self) -> News:
        number = next(self.numbers)
        title = f"Council of Fernvale hears item {number} of its agenda, " + "and of the harbour " * 8
        paragraphs = BRIDGE.paragraphs if self.chance.random() < 0.03 else ()
        return News(path=f"/item-{number}", title=title.strip(), paragraphs=paragraphs)

    def _script(self) -> None:
        """Let the platforms fail in some of the coming requests."""
        for fault in self.chance.sample(DISCORD_FAULTS, self.chance.choice((0, 0, 1, 2))):
            self.world.discord.script(fault)
            self.tally.faults += 1
        for method, fault in self.chance.sample(SLACK_FAULTS, self.chance.choice((0, 0, 1, 2))):
            self.world.slack.faults[method].append(fault)
            self.tally.faults += 1

    async def _live_and_die(self) -> None:
        """Let the bot live until one of its requests is caught, or for a moment, and kill it."""
        patient = self.chance.random() < 0.7
        traps = self.world.trap([self._trap(one) for one in DESKS] if patient else ())
        seconds = PATIENT if patient else self.chance.uniform(0.0, LONGEST_LIFE)
        bot = await self.world.start()
        with suppress(TimeoutError):
            await until(lambda: any(trap.reached.is_set() for trap in traps), seconds)
        caught = [trap for trap in traps if trap.reached.is_set()]
        await self.world.kill(bot, caught)
        self.tally.kills += 1
        self.tally.caught += bool(caught)

    def _trap(self, one: Desk) -> Trap:
        """Return a trap for one of the next requests that come to a channel."""
        kind = self.chance.choice((Kind.POST, Kind.POST, Kind.LOOK))
        stage = self.chance.choice(tuple(Stage))
        return Trap(kind=kind, channel=one.address, nth=self.chance.choice((1, 1, 2, 3)), stage=stage)

    async def _drain(self) -> None:
        """Let a bot that nobody disturbs do the rest."""
        self.world.discord.script_nothing()
        self.world.slack.faults.clear()
        bot = await self.world.start()
        wanted = self.tally.articles * len(DESKS)
        try:
            await until(
                lambda: self.world.count("digested") >= wanted and set(self.world.states()) == {"sent"}, DRAIN
            )
        except TimeoutError:
            print(f"not done: {self._told()} of {wanted} told, {self.world.states()}", file=sys.stderr)
        await bot.interrupt(signal.SIGTERM)

    def _told(self) -> int:
        """Return how many articles stand in digests, each channel's counted for itself."""
        return self.world.count("digested")

    def _judge(self) -> None:
        channels = by_channel(self.world.messages())
        for one in DESKS:
            found = channels.get(one.address, ())
            self.tally.messages += len(found)
            self.tally.add(
                one.name, judge(self.world.queued(one.address), [message.key for message in found])
            )
            told = [number for message in found for number in _ITEM.findall(message.text)]
            wanted = [str(number) for number in range(1, self.tally.articles + 1)]
            # Within a digest the newest stand first: the order of articles is the digest's own affair.
            self.tally.add(one.name, replace(judge(wanted, told), disordered=()))


async def soak(kills: int, seed: int, folder: Path, *, bots: int = 2, plan: Plan | None = None) -> Tally:
    """Kill so many bots at a time until there were ``kills``; return what came of it."""
    async with a_nursery() as nursery:
        each = [kills // bots + (number < kills % bots) for number in range(bots)]
        tallies = await asyncio.gather(
            *(
                _one(share, random.Random(f"{seed}-{number}"), folder / str(number), nursery, plan)
                for number, share in enumerate(each)
            )
        )
    return sum(tallies, Tally())


async def _one(kills: int, chance: random.Random, folder: Path, nursery: Nursery, plan: Plan | None) -> Tally:
    async with FeedServer() as publisher:
        allow = [f"{publisher.host}:{publisher.port}"]
        async with a_world(folder, DESKS, (), allow=allow, nursery=nursery, plan=plan) as world:
            return await Soak(world=world, publisher=publisher, chance=chance).run(kills)


def main(arguments: Sequence[str]) -> int:
    """Run a soak from the command line; return its exit code."""
    parser = argparse.ArgumentParser(prog="make soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--bots", type=int, default=2, help="how many are killed side by side")
    told = parser.parse_args(arguments)
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # the dead do not read their answers
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = asyncio.run(soak(told.kills, told.seed, Path(folder), bots=told.bots))
    print(f"seed {told.seed}, {time.monotonic() - began:.0f} s: {tally}")
    print("\n".join((*tally.lost, *tally.doubled, *tally.disordered)))
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
