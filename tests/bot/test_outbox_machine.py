"""The outbox under whatever can happen to it in any order, against a model that only counts messages."""

import asyncio
import shutil
import tempfile
from collections import defaultdict, deque
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.delivery import Deliverer
from bot.outbox import CLOCK_DOUBT, FIRST_LOOK, LONGEST_DELAY
from bot.platforms.base import DeliveryDeferred, DeliveryError, DeliveryRefused, DeliveryUnknown, MessagePart
from digests.model import OutboxPart, PartState
from digests.storage import sqlite
from digests.storage.store import Store
from tests.fakes import FakeClock, Fault
from tests.make import make_part

CHANNELS = ("C1", "C2", "C3")
QUEUES = (("C1", "day"), ("C1", "night"), ("C2", "day"), ("C3", "day"))
CRASH = KeyError("crash")
ERRORS = {
    "soon": DeliveryDeferred("slow down", retry_after=timedelta(seconds=1)),
    "late": DeliveryDeferred("slow down", retry_after=timedelta(days=1)),
    "refused": DeliveryRefused("no permission"),
    "unknown": DeliveryUnknown("connection cut"),
    "crash": CRASH,
}
# A message can stand there only where the outcome is in doubt.
FAULTS = (
    *(Fault(error=error) for error in ERRORS.values()),
    *(Fault(error=ERRORS[kind], stored=True) for kind in ("unknown", "crash")),
)
faults = st.sampled_from(FAULTS)
channels = st.sampled_from(CHANNELS)
queues = st.sampled_from(QUEUES)
pragmas = tuple(pragma.replace("FULL", "OFF") for pragma in sqlite.PRAGMAS)


class Chat:
    """A platform whose own clock is right. ``shown`` are (channel, key, moment), numbered from 1."""

    name = "fake"

    def __init__(self, clock: FakeClock) -> None:
        self.shown: list[tuple[str, str, datetime]] = []
        self.asked: list[str] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.look_faults: dict[str, DeliveryError] = {}
        self._clock = clock

    def turn(self, channel: str) -> AbstractAsyncContextManager[None]:
        """Let every post begin at once."""
        return nullcontext()

    async def post(self, channel: str, part: MessagePart, key: str) -> str:
        """Show the message, or fail as told."""
        self.asked.append(key)
        fault = self.faults[channel].popleft() if self.faults[channel] else None
        if fault is None or fault.stored:
            self.shown.append((channel, key, self._clock()))
        if fault is not None:
            raise fault.error
        return str(len(self.shown))

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:
        """Find the message only within the bounds that are given."""
        if channel in self.look_faults:
            raise self.look_faults[channel]
        for number, (place, known, moment) in enumerate(self.shown, start=1):
            if (place, known) == (channel, key) and number > int(after or 0) and moment >= since:
                return str(number)
        return None


@cache
def template() -> Path:
    """Return an empty database, migrated once for all runs."""
    path = Path(tempfile.mkdtemp()) / "template.db"

    async def make() -> None:
        async with await Store.open(f"sqlite:///{path}"):
            pass

    asyncio.run(make())
    return path


class OutboxMachine(RuleBasedStateMachine):
    """``queued`` and ``dropped`` are the model; the clocks are the world's and the bot's own."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        shutil.copy(template(), f"{self.folder.name}/test.db")
        self.runner = asyncio.Runner()
        with patch("digests.storage.sqlite.PRAGMAS", pragmas):
            self.store = self.runner.run(Store.open(f"sqlite:///{self.folder.name}/test.db"))
        self.world, self.clock = FakeClock(), FakeClock()
        self.chat = Chat(self.world)
        self.queued: dict[tuple[str, str], list[str]] = {queue: [] for queue in QUEUES}
        self.dropped: dict[str, int] = {}

    # --- what happens ----------------------------------------------------------------------------

    @rule(queue=queues, count=st.integers(1, 3), wait=st.sampled_from([0, 0, 3600]))
    def queue(self, queue: tuple[str, str], count: int, wait: int) -> None:
        """A digest of some parts, perhaps put off by quiet hours."""
        due_at = self.clock() + timedelta(seconds=wait)
        channel, name = queue
        numbers = range(len(self.queued[queue]) + 1, len(self.queued[queue]) + 1 + count)
        parts = [
            make_part(channel=channel, queue=name, key=f"{channel}-{name}-{number}", due_at=due_at)
            for number in numbers
        ]
        self.queued[queue] += [part.key for part in parts]
        self.runner.run(self.store.queue_parts(parts))

    @rule(channel=channels, some=st.lists(faults, min_size=1, max_size=3))
    def trouble(self, channel: str, some: list[Fault]) -> None:
        """The next posts there will fail."""
        self.chat.faults[channel].extend(some)

    @rule(channel=channels, kind=st.sampled_from(["none", "soon", "refused"]))
    def reading(self, channel: str, kind: str) -> None:
        """The channel cannot be read, or can again."""
        self.chat.look_faults.pop(channel, None)
        if kind != "none":
            error = ERRORS[kind]
            assert isinstance(error, DeliveryError)
            self.chat.look_faults[channel] = error

    @rule(
        hours=st.sampled_from([0, 0.01, 1, 30]),
        some=st.fixed_dictionaries({channel: st.sampled_from([*FAULTS, None]) for channel in CHANNELS}),
    )
    def deliver_in_trouble(self, hours: float, some: dict[str, Fault | None]) -> None:
        """There is something to post in each queue, and most channels' first posts fail."""
        for queue in QUEUES:
            self.queue(queue, 1, 0)
        for channel, fault in some.items():
            if fault is not None:
                self.chat.faults[channel].appendleft(fault)
        self.deliver(hours)

    @rule(hours=st.sampled_from([0, 0.01, 1, 30]))
    def deliver(self, hours: float) -> None:
        """Time passes, and what is due goes out; where that crashes the bot starts anew."""
        for clock in (self.world, self.clock):
            clock.advance(timedelta(hours=hours))
        try:
            self.runner.run(Deliverer(self.store, {"fake": self.chat}, self.clock).run_due())
        except KeyError:
            self.restart()

    @rule()
    def restart(self) -> None:
        """What a start does to the outbox."""
        now = self.clock()
        self.runner.run(self.store.recover_sending(now + FIRST_LOOK))
        self.runner.run(self.store.resume_parked(now))
        self.runner.run(self.store.recall_parts(now + LONGEST_DELAY, now))

    @rule(hours=st.integers(-11, 11))
    def set_clock(self, hours: int) -> None:
        """The bot's clock is wrong by hours."""
        self.clock.now = self.world() + timedelta(hours=hours)

    @precondition(lambda self: not self.claims_ahead())
    @rule()
    def deliver_years_ahead(self) -> None:
        """The bot's clock is wrong by years for one pass, and is set right."""
        was = self.clock.now
        self.clock.now = self.world() + timedelta(days=400)
        self.deliver(0)
        self.clock.now = was

    @rule(some=st.lists(channels))
    def retry(self, some: list[str]) -> None:
        """The operator does not want to wait, or the clock was set back."""
        wanted = [("fake", channel) for channel in some] or None
        self.runner.run(self.store.retry_parts(self.clock(), wanted))

    @rule(queue=queues, at=st.integers(0, 20))
    def drop(self, queue: tuple[str, str], at: int) -> None:
        """The operator gives up a part, if it is not out yet."""
        for key in self.queued[queue][at : at + 1]:
            if self.runner.run(self.store.drop_parts([key])):
                self.dropped[key] = self.chat.asked.count(key)

    @rule(days=st.sampled_from([0, 30]))
    def forget(self, days: int) -> None:
        """What is done is forgotten."""
        self.runner.run(self.store.forget_parts(self.clock() - timedelta(days=days)))

    # --- what must hold --------------------------------------------------------------------------

    @invariant()
    def each_part_is_shown_once_at_most_and_in_order(self) -> None:
        for queue, queued in self.queued.items():
            places = [queued.index(key) for key in self.shown(queue)]
            assert places == sorted(set(places)), f"{queue} shows {self.shown(queue)}"

    @invariant()
    def what_is_remembered_agrees_with_what_is_shown(self) -> None:
        """Sent means shown; shown and not sent is in doubt; forgotten is shown or dropped."""
        parts = self.parts()
        for queue, queued in self.queued.items():
            shown = self.shown(queue)
            for key in queued:
                if key not in parts:
                    assert key in shown or key in self.dropped, f"{key} is forgotten and not shown"
                elif parts[key].state is PartState.SENT:
                    assert key in shown, f"{key} is lost"
                elif key in shown and key not in self.dropped:
                    assert parts[key].claimed_at is not None, f"{key} is shown, and nobody will look"

    @invariant()
    def what_was_dropped_is_not_sent_any_more(self) -> None:
        for key, asked in self.dropped.items():
            assert self.chat.asked.count(key) == asked

    def teardown(self) -> None:
        """After all trouble everything stands there, but for what was dropped."""
        if not hasattr(self, "store"):
            return
        self.chat.faults.clear()
        self.chat.look_faults.clear()
        self.clock.now = self.world()
        self.restart()
        for _ in range(3):
            self.deliver(30)
        try:
            for queue, queued in self.queued.items():
                wanted = [key for key in queued if key not in self.dropped]
                assert [key for key in self.shown(queue) if key not in self.dropped] == wanted
        finally:
            self.runner.run(self.store.close())
            self.runner.close()
            self.folder.cleanup()

    # --- looking ---------------------------------------------------------------------------------

    def shown(self, queue: tuple[str, str]) -> list[str]:
        return [key for _, key, _ in self.chat.shown if key.startswith("-".join((*queue, "")))]

    def parts(self) -> dict[str, OutboxPart]:
        return {part.key: part for part in self.runner.run(self.store.load_parts(tuple(PartState)))}

    def claims_ahead(self) -> bool:
        latest = self.world() + CLOCK_DOUBT
        return any(part.claimed_at and part.claimed_at > latest for part in self.parts().values())


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
