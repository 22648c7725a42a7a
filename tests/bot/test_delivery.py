"""Delivery: in order, never doubled, and no channel waits for another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.delivery import Deliverer, deliver
from bot.outbox import CLOCK_DOUBT, FIRST_LOOK, PARKED_FOR
from bot.platforms.base import DeliveryDeferred, DeliveryError, DeliveryRefused, DeliveryUnknown
from digests.model import OutboxPart, PartState
from digests.storage.store import Store
from tests.fakes import FakeClock, FakePlatform, Fault
from tests.make import NOON, make_part

HALF_MINUTE = timedelta(seconds=30)
DOWN = DeliveryDeferred("down", retry_after=HALF_MINUTE)
CUT = DeliveryUnknown("connection cut")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new database."""
    async with await Store.open(f"sqlite:///{tmp_path}/test.db") as store:
        yield store


async def states(store: Store) -> list[PartState]:
    """Return the state of every part, in order."""
    return [part.state for part in await store.load_parts(tuple(PartState))]


# --- one part ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "state", "due_at"),
    [
        pytest.param(None, PartState.SENT, NOON, id="accepted"),
        pytest.param(DOWN, PartState.WAITING, NOON + HALF_MINUTE, id="rate-limited"),
        pytest.param(DeliveryRefused("no channel"), PartState.PARKED, NOON + PARKED_FOR, id="refused"),
        pytest.param(CUT, PartState.UNKNOWN, NOON + FIRST_LOOK, id="unknown"),
    ],
)
async def test_the_platforms_answer_decides_what_the_part_becomes(
    error: DeliveryError | None, state: PartState, due_at: datetime
) -> None:
    """A refusal parks, a deferral waits, an unknown outcome is looked into, an acceptance is recorded."""
    platform = FakePlatform()
    if error is not None:
        platform.fail("C1", Fault(error=error))
    part = await deliver(make_part(), platform, FakeClock())
    assert (part.state, part.due_at) == (state, due_at)


async def test_an_unknown_part_that_stands_there_is_not_sent_again() -> None:
    """It is looked for first, and what is found counts as sent."""
    platform = FakePlatform(shown=[("C1", "C1-1")])
    part = await deliver(make_part(state=PartState.UNKNOWN, claimed_at=NOON), platform, FakeClock())
    assert (part.state, part.message_id) == (PartState.SENT, "message of C1-1")
    assert platform.keys("C1") == ["C1-1"]


async def test_an_unknown_part_that_is_not_there_is_sent() -> None:
    """Nothing is lost by a connection that broke too early."""
    platform = FakePlatform()
    part = await deliver(make_part(state=PartState.UNKNOWN, claimed_at=NOON), platform, FakeClock())
    assert part.state is PartState.SENT
    assert platform.looked_for == platform.keys("C1") == ["C1-1"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        pytest.param(DOWN, PartState.UNKNOWN, id="cannot look now"),
        pytest.param(DeliveryRefused("may not read"), PartState.PARKED, id="may not look"),
    ],
)
async def test_a_part_that_cannot_be_looked_for_is_not_sent(error: DeliveryError, state: PartState) -> None:
    """Sending blindly could double it: it stays unknown, or waits for somebody to mend the permission."""
    platform = FakePlatform(look_fault=error)
    part = await deliver(make_part(state=PartState.UNKNOWN, claimed_at=NOON), platform, FakeClock())
    assert part.state is state
    assert platform.shown == []


# --- passes over the outbox ----------------------------------------------------------------------


async def test_a_pass_sends_all_that_is_due_in_order(store: Store) -> None:
    """Within a channel the parts go as they were queued, over any number of channels."""
    platform = FakePlatform()
    await store.queue_parts([make_part(n, channel=c) for n in range(1, 6) for c in ("C1", "C2", "C3")])
    assert await Deliverer(store, {"fake": platform}, FakeClock()).run_due() == 15
    for channel in ("C1", "C2", "C3"):
        assert platform.keys(channel) == [f"{channel}-{n}" for n in range(1, 6)]
    assert len(await store.load_parts([PartState.SENT])) == 15


async def test_a_part_that_is_not_due_yet_holds_back_its_channel(store: Store) -> None:
    """Quiet hours put off a digest, and the one after it does not overtake."""
    platform, clock = FakePlatform(), FakeClock()
    await store.queue_parts([make_part(1, due_at=NOON + HALF_MINUTE), make_part(2)])
    deliverer = Deliverer(store, {"fake": platform}, clock)
    assert await deliverer.run_due() == 0
    clock.advance(HALF_MINUTE)
    assert await deliverer.run_due() == 2
    assert platform.keys("C1") == ["C1-1", "C1-2"]


async def test_two_queues_of_a_channel_overtake_each_other_and_a_part_in_doubt_is_found_once(
    store: Store,
) -> None:
    """What quiet hours put off holds up its own queue alone; what may stand there is looked for at once.

    Nothing is sent meanwhile to that channel: the look goes back to the message that was sent before.
    """
    platform, clock = FakePlatform(), FakeClock()
    night = [make_part(n, key=f"night-{n}", queue="night", due_at=NOON + HALF_MINUTE) for n in (1, 2)]
    await store.queue_parts([*night, *(make_part(n, queue="day") for n in (1, 2, 3))])
    platform.fail("C1", Fault(error=DOWN), Fault(error=CUT, stored=True))
    deliverer = Deliverer(store, {"fake": platform}, clock)
    assert await deliverer.run_due() == 0
    clock.advance(HALF_MINUTE)
    assert await deliverer.run_due() == 0
    assert platform.asked == ["C1-1", "C1-1"]
    clock.advance(2 * FIRST_LOOK)
    assert await deliverer.run_due() == 5
    assert platform.keys("C1") == ["C1-1", "C1-2", "C1-3", "night-1", "night-2"]
    assert [key for key, _, _ in platform.looks] == ["C1-1"]


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(DOWN, id="deferred"),
        pytest.param(DeliveryRefused("no channel"), id="refused"),
        pytest.param(CUT, id="unknown"),
    ],
)
async def test_a_failing_part_holds_back_its_channel_and_no_other(store: Store, error: DeliveryError) -> None:
    """Order within a channel is kept; the other channels get theirs."""
    platform = FakePlatform()
    platform.fail("C1", Fault(error=error))
    await store.queue_parts([make_part(n, channel=c) for n in (1, 2) for c in ("C1", "C2")])
    assert await Deliverer(store, {"fake": platform}, FakeClock()).run_due() == 2
    assert (platform.keys("C1"), platform.keys("C2")) == ([], ["C2-1", "C2-2"])


async def test_a_refusal_is_logged_once(store: Store) -> None:
    """With its reason, however often it is tried again: an operator without a channel reads it there."""
    platform, clock = FakePlatform(), FakeClock()
    platform.fail("C1", *[Fault(error=DeliveryRefused("no such channel"))] * 2)
    await store.queue_parts([make_part(1)])
    with capture_logs() as logs:
        for _ in range(2):
            await Deliverer(store, {"fake": platform}, clock).run_due()
            clock.advance(timedelta(hours=2))
    assert [entry["reason"] for entry in logs] == ["no such channel"]


async def test_a_channel_that_never_answers_holds_up_no_other(store: Store) -> None:
    """While one post hangs, what is queued for other channels, before it and after, goes out."""
    platform = FakePlatform(held={"dead": asyncio.Event()})
    await store.queue_parts([make_part(n, channel=c) for n in (1, 2) for c in ("dead", "C2")])
    deliverer = Deliverer(store, {"fake": platform}, FakeClock())
    running = asyncio.create_task(deliverer.run_forever(grace=timedelta(0)))
    await until(lambda: len(platform.keys("C2")) == 2)
    await store.queue_parts([make_part(3, channel="C2")])
    deliverer.wake()
    await until(lambda: len(platform.keys("C2")) == 3)
    deliverer.stop()
    await running
    assert platform.keys("dead") == []


async def test_a_part_whose_platform_was_taken_out_is_parked(store: Store) -> None:
    """It is kept for the day the token comes back; other platforms go on."""
    platform = FakePlatform()
    await store.queue_parts([make_part(1, platform="slack"), make_part(2, channel="C2")])
    assert await Deliverer(store, {"fake": platform}, FakeClock()).run_due() == 1
    assert await states(store) == [PartState.PARKED, PartState.SENT]


async def test_a_parked_part_is_tried_again_by_itself(store: Store) -> None:
    """Whoever mends the permission need not restart the bot; meanwhile the platform is asked once an hour."""
    platform, clock = FakePlatform(), FakeClock()
    platform.fail("C1", *[Fault(error=DeliveryRefused("no permission"))] * 2)
    await store.queue_parts([make_part(1), make_part(2)])
    deliverer = Deliverer(store, {"fake": platform}, clock)
    counts = []
    for _ in range(5):
        counts.append(await deliverer.run_due())
        clock.advance(PARKED_FOR / 2)
    assert counts == [0, 0, 0, 0, 2]
    assert platform.keys("C1") == ["C1-1", "C1-2"]
    assert platform.looked_for == []


async def test_looking_goes_back_to_the_channels_last_message(store: Store) -> None:
    """And no further: it stands behind that one, however much was written since."""
    platform, clock = FakePlatform(), FakeClock()
    await store.queue_parts([make_part(1), make_part(2), make_part(1, channel="C2")])
    platform.fail("C2", Fault(error=CUT))
    deliverer = Deliverer(store, {"fake": platform}, clock)
    await deliverer.run_due()
    await store.queue_parts([make_part(3)])
    platform.fail("C1", Fault(error=CUT))
    await deliverer.run_due()
    clock.advance(FIRST_LOOK)
    await deliverer.run_due()
    since = NOON - CLOCK_DOUBT
    assert sorted(platform.looks) == [("C1-3", "message of C1-2", since), ("C2-1", None, since)]


async def test_what_an_operator_drops_while_the_bot_runs_is_not_sent(store: Store) -> None:
    """The part was loaded before it was dropped; the claim finds that out."""

    class Dropping(Store):
        async def load_next_part(self, platform: str, channel: str, now: datetime) -> OutboxPart | None:
            part = await super().load_next_part(platform, channel, now)
            await self.drop_parts(["C1-1"])
            return part

    platform = FakePlatform()
    await store.queue_parts([make_part(1), make_part(2)])
    await Deliverer(Dropping(store._database), {"fake": platform}, FakeClock()).run_due()
    assert platform.keys("C1") == ["C1-2"]
    assert await states(store) == [PartState.DROPPED, PartState.SENT]


async def test_a_message_whose_answer_was_lost_is_not_doubled(store: Store) -> None:
    """The platform stored it and the connection broke: the next pass finds it there."""
    platform, clock = FakePlatform(), FakeClock()
    platform.fail("C1", Fault(error=CUT, stored=True))
    await store.queue_parts([make_part(1), make_part(2)])
    deliverer = Deliverer(store, {"fake": platform}, clock)
    assert await deliverer.run_due() == 0
    clock.advance(FIRST_LOOK)
    assert await deliverer.run_due() == 2
    assert platform.keys("C1") == ["C1-1", "C1-2"]


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not stored"])
async def test_a_crash_while_sending_neither_loses_nor_doubles(store: Store, stored: bool) -> None:
    """The claim is in the database before the platform hears of the part, so the next start looks for it."""
    platform = FakePlatform()
    platform.fail("C1", Fault(error=KeyError("crash"), stored=stored))
    await store.queue_parts([make_part(1), make_part(2)])
    with pytest.raises(KeyError):
        await Deliverer(store, {"fake": platform}, FakeClock()).run_due()
    assert await states(store) == [PartState.SENDING, PartState.WAITING]

    assert await store.recover_sending(NOON) == 1
    assert await Deliverer(store, {"fake": platform}, FakeClock()).run_due() == 2
    assert platform.looked_for == ["C1-1"]
    assert platform.keys("C1") == ["C1-1", "C1-2"]


async def test_an_unknown_exception_comes_out_after_the_other_channels_are_served(store: Store) -> None:
    """A mistake of ours is never swallowed, and takes no other channel's digest with it."""
    platform = FakePlatform()
    platform.fail("C1", Fault(error=KeyError("mistake")))
    platform.fail("C2", Fault(error=IndexError("mistake")))
    await store.queue_parts([make_part(n, channel=c) for n in (1, 2) for c in ("C1", "C2", "C3")])
    with pytest.raises((KeyError, IndexError)) as caught:
        await Deliverer(store, {"fake": platform}, FakeClock()).run_due()
    assert "another channel failed too" in caught.value.__notes__[0]
    assert platform.keys("C3") == ["C3-1", "C3-2"]


# --- the loop ------------------------------------------------------------------------------------


async def test_the_loop_sends_what_is_queued_while_it_sleeps(store: Store) -> None:
    """A wake is enough; nothing polls."""
    platform = FakePlatform()
    deliverer = Deliverer(store, {"fake": platform}, FakeClock())
    running = asyncio.create_task(deliverer.run_forever())
    await asyncio.sleep(0.05)
    await store.queue_parts([make_part(1)])
    deliverer.wake()
    await until(lambda: platform.keys("C1") == ["C1-1"])
    deliverer.stop()
    await running


async def test_the_loop_wakes_by_itself_when_a_part_is_due(store: Store) -> None:
    """Nobody needs to tell it what the outbox already says, such as the end of a deferral."""
    platform, clock = FakePlatform(), FakeClock()
    await store.queue_parts([make_part(1, due_at=NOON + timedelta(milliseconds=200))])
    deliverer = Deliverer(store, {"fake": platform}, clock)
    running = asyncio.create_task(deliverer.run_forever())
    await asyncio.sleep(0.05)
    clock.advance(HALF_MINUTE)
    await until(lambda: platform.keys("C1") == ["C1-1"])
    deliverer.stop()
    await running


async def test_the_loop_notices_what_becomes_due_behind_a_slow_post(store: Store) -> None:
    """While a channel is busy its later parts are nobody's concern; when it is done they are again."""
    platform, clock = FakePlatform(held={"C1": asyncio.Event()}), FakeClock()
    await store.queue_parts([make_part(1), make_part(2, due_at=NOON + timedelta(milliseconds=100))])
    deliverer = Deliverer(store, {"fake": platform}, clock)
    running = asyncio.create_task(deliverer.run_forever())
    await asyncio.sleep(0.3)  # by now it sleeps until somebody wakes it
    platform.held["C1"].set()
    await until(lambda: platform.keys("C1") == ["C1-1"])
    clock.advance(HALF_MINUTE)
    await until(lambda: platform.keys("C1") == ["C1-1", "C1-2"])
    deliverer.stop()
    await running


async def test_a_channel_is_served_by_one_task_however_often_it_is_woken(store: Store) -> None:
    """Between two parts of a channel the next one is due and free: a second task would double it."""
    platform = FakePlatform()
    await store.queue_parts([make_part(number) for number in range(20)])
    deliverer = Deliverer(store, {"fake": platform}, FakeClock())
    running = asyncio.create_task(deliverer.run_forever())

    def woken_and_done() -> bool:
        deliverer.wake()
        return len(platform.shown) >= 20

    await until(woken_and_done, pause=0)
    deliverer.stop()
    await running
    assert platform.asked == [f"C1-{number}" for number in range(20)]


async def test_stopping_lets_the_post_under_way_end_and_begins_no_other(store: Store) -> None:
    """What is in flight is finished and recorded; the rest waits for the next start."""
    platform = FakePlatform(held={"C1": asyncio.Event()})
    await store.queue_parts([make_part(1), make_part(2)])
    deliverer = Deliverer(store, {"fake": platform}, FakeClock())
    running = asyncio.create_task(deliverer.run_forever())
    await until(lambda: platform.asked)
    deliverer.stop()
    platform.held["C1"].set()
    await running
    assert await states(store) == [PartState.SENT, PartState.WAITING]


async def test_a_part_that_waits_for_its_turn_is_not_begun(store: Store) -> None:
    """It holds up no other channel, and a stop leaves no doubt about it, however long the line is."""
    platform = FakePlatform(withheld={"C1": asyncio.Event()})
    await store.queue_parts([make_part(1), make_part(1, channel="C2")])
    deliverer = Deliverer(store, {"fake": platform}, FakeClock())
    running = asyncio.create_task(deliverer.run_forever(grace=timedelta(minutes=1)))
    await until(lambda: platform.keys("C2") == ["C2-1"])
    await asyncio.sleep(0.05)
    deliverer.stop()
    await asyncio.wait_for(running, 2)
    assert await states(store) == [PartState.WAITING, PartState.SENT]
    assert platform.asked == ["C2-1"]


@pytest.mark.parametrize("how", ["stop", "cancel"])
async def test_a_post_that_outlasts_the_grace_is_left_to_be_looked_for(store: Store, how: str) -> None:
    """Stopping takes seconds whatever a platform does, and what hangs stays recorded as being sent."""
    platform = FakePlatform(held={"C1": asyncio.Event()})
    await store.queue_parts([make_part(1)])
    deliverer = Deliverer(store, {"fake": platform}, FakeClock())
    running = asyncio.create_task(deliverer.run_forever(grace=timedelta(milliseconds=10)))
    await until(lambda: platform.asked)
    running.cancel() if how == "cancel" else deliverer.stop()
    await asyncio.wait([running])
    assert await states(store) == [PartState.SENDING]


async def test_the_loop_ends_with_the_exception_of_a_channel(store: Store) -> None:
    """The caller hears of a mistake at once."""
    platform = FakePlatform()
    platform.fail("C1", Fault(error=KeyError("mistake")))
    await store.queue_parts([make_part(1)])
    with pytest.raises(KeyError):
        await Deliverer(store, {"fake": platform}, FakeClock()).run_forever()


async def until(condition: Callable[[], object], pause: float = 0.01) -> None:
    """Wait until ``condition()`` holds, at most five seconds."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - a condition over what the fake shows
            await asyncio.sleep(pause)
