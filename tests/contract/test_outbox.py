"""What every storage must do with messages on their way out, with facts, and under many tasks."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from digests.model import Front, PartState
from digests.storage.store import Store
from tests.contract.stored import MINUTE, due_parts
from tests.make import GAZETTE, HOUR, NOON, make_entry, make_part, make_poll


async def due_keys(store: Store, now: datetime) -> list[str]:
    """Return the keys of what may be delivered now."""
    return [part.key for part in await due_parts(store, now)]


async def test_a_part_comes_back_as_it_was(store: Store) -> None:
    """Payload, key and time, and then whatever delivery made of it."""
    await store.queue_parts([make_part(payload={"embeds": [{"n": None, "text": "é"}]}, queue="city-desk")])
    part = await store.load_next_part("fake", "C1", NOON)
    assert part is not None
    stored = make_part(payload={"embeds": [{"n": None, "text": "é"}]}, queue="city-desk", id=part.id)
    assert part == stored
    tried = replace(part, attempts=2, note="cut", message_id="m1", claimed_at=NOON)
    changed = replace(tried, state=PartState.UNKNOWN, due_at=NOON + HOUR)
    assert await store.save_part(changed, PartState.WAITING)
    assert await store.load_parts([PartState.UNKNOWN]) == (changed,)


async def test_a_part_that_somebody_else_changed_is_left_as_it_is(store: Store) -> None:
    """Two who saw it waiting cannot both claim it, and what was dropped is not sent."""
    await store.queue_parts([make_part(1), make_part(1, channel="C2")])
    first, second = await store.load_parts([PartState.WAITING])
    assert await store.save_part(replace(first, state=PartState.SENDING), PartState.WAITING)
    assert not await store.save_part(replace(first, state=PartState.SENDING), PartState.WAITING)
    assert await store.drop_parts([first.key, second.key, "stranger"]) == 1
    assert not await store.save_part(replace(second, state=PartState.SENDING), PartState.WAITING)
    states = [part.state for part in await store.load_parts(tuple(PartState))]
    assert states == [PartState.SENDING, PartState.DROPPED]


@pytest.mark.parametrize(
    ("state", "due_at", "due"),
    [
        pytest.param(PartState.WAITING, NOON, ["C1-1", "C2-1"], id="due"),
        pytest.param(PartState.WAITING, NOON + MINUTE, ["C2-1"], id="not due"),
        pytest.param(PartState.SENDING, NOON, ["C2-1"], id="being sent"),
        pytest.param(PartState.UNKNOWN, NOON, ["C1-1", "C2-1"], id="to be looked for"),
        pytest.param(PartState.UNKNOWN, NOON + MINUTE, ["C2-1"], id="to be looked for later"),
        pytest.param(PartState.PARKED, NOON, ["C1-1", "C2-1"], id="parked and to be tried again"),
        pytest.param(PartState.PARKED, NOON + MINUTE, ["C2-1"], id="parked"),
        pytest.param(PartState.SENT, NOON, ["C1-2", "C2-1"], id="sent"),
        pytest.param(PartState.DROPPED, NOON, ["C1-2", "C2-1"], id="dropped"),
    ],
)
async def test_the_first_unsent_part_of_a_channel_decides(
    store: Store, state: PartState, due_at: object, due: list[str]
) -> None:
    """Those after it wait for it; other channels, and the same address elsewhere, go on."""
    first = make_part(1, state=state, due_at=due_at)
    await store.queue_parts([first, make_part(2), make_part(1, channel="C2"), make_part(2, channel="C2")])
    assert await due_keys(store, NOON) == due
    assert await store.load_next_part("slack", "C1", NOON) is None


async def test_a_channels_front_is_the_part_that_may_go(store: Store) -> None:
    """One that is held back does not count, or the loop would turn without rest; the earliest come first."""
    assert await store.load_fronts() == ()
    await store.queue_parts([make_part(1, due_at=NOON + HOUR), make_part(2, due_at=NOON)])
    first = Front(platform="fake", channel="C1", due_at=NOON + HOUR)
    assert await store.load_fronts() == (first,)
    await store.queue_parts([make_part(1, channel="C2", due_at=NOON + MINUTE)])
    assert await store.load_fronts() == (replace(first, channel="C2", due_at=NOON + MINUTE), first)


@pytest.mark.parametrize(
    ("front", "due"),
    [
        pytest.param({"due_at": NOON + HOUR}, "other-1", id="waits for the end of quiet hours"),
        pytest.param({"state": PartState.PARKED, "due_at": NOON + HOUR}, "other-1", id="refused"),
        pytest.param({"state": PartState.SENT}, "other-1", id="sent, its second part not due"),
        pytest.param({"due_at": NOON}, "C1-1", id="due, and queued before"),
        pytest.param({"state": PartState.SENDING, "due_at": NOON + MINUTE}, None, id="being sent"),
        pytest.param({"due_at": NOON + HOUR, "attempts": 1}, None, id="put off by the platform"),
        pytest.param(
            {"state": PartState.UNKNOWN, "due_at": NOON + HOUR, "claimed_at": NOON}, None, id="in doubt"
        ),
        pytest.param(
            {"state": PartState.PARKED, "due_at": NOON + HOUR, "claimed_at": NOON}, None, id="parked in doubt"
        ),
        pytest.param(
            {"state": PartState.UNKNOWN, "due_at": NOON, "claimed_at": NOON}, "C1-1", id="looked for"
        ),
    ],
)
async def test_two_queues_of_one_channel_wait_for_each_other_only_where_they_must(
    store: Store, front: dict[str, Any], due: str | None
) -> None:
    """The look, the order of posts and the platform's limits are the channel's; quiet hours are a queue's."""
    other = make_part(3, key="other-1", queue="other", due_at=NOON)
    await store.queue_parts([make_part(1, **front), make_part(2, due_at=NOON + HOUR), other])
    assert await due_keys(store, NOON) == ([] if due is None else [due])


async def test_of_two_queues_the_one_that_was_due_first_goes_on(store: Store) -> None:
    """Two digests of one minute do not mix, whatever was queued first; the front tells when it is due."""
    day = [make_part(n, key=f"day-{n}", queue="day", due_at=NOON + MINUTE) for n in (1, 2)]
    night = [make_part(n, key=f"night-{n}", queue="night", due_at=NOON) for n in (1, 2)]
    await store.queue_parts([*day, *night])
    assert await store.load_fronts() == (Front(platform="fake", channel="C1", due_at=NOON),)
    told = []
    while part := await store.load_next_part("fake", "C1", NOON + HOUR):
        told.append(part.key)
        await store.save_part(replace(part, state=PartState.SENT), PartState.WAITING)
    assert told == ["night-1", "night-2", "day-1", "day-2"]


async def test_what_a_crash_left_half_sent_becomes_unknown(store: Store) -> None:
    """It is due when the caller says, keeps its place, and says what happened."""
    await store.queue_parts([make_part(1, state=PartState.SENDING), make_part(2)])
    assert await store.recover_sending(NOON + MINUTE) == 1
    assert await due_parts(store, NOON) == []
    (part,) = await due_parts(store, NOON + MINUTE)
    assert (part.key, part.state) == ("C1-1", PartState.UNKNOWN)
    assert "stopped" in part.note
    assert await store.recover_sending(NOON) == 0


async def test_parked_parts_are_due_again_at_a_start(store: Store) -> None:
    """With their doubt: a part can be parked because it could not be looked for, and is not sent blindly."""
    parked = make_part(1, state=PartState.PARKED, due_at=NOON + 2 * HOUR, claimed_at=NOON)
    await store.queue_parts([parked, make_part(2)])
    assert await due_keys(store, NOON + HOUR) == []
    assert await store.resume_parked(NOON + HOUR) == 1
    (part,) = await due_parts(store, NOON + HOUR)
    assert (part.key, part.due_at, part.claimed_at) == ("C1-1", NOON + HOUR, NOON)


async def test_what_one_platform_refused_can_be_tried_alone(store: Store) -> None:
    """Where that one lets the bot in again the others need not be bothered."""
    parked = [
        make_part(platform=name, key=name, state=PartState.PARKED, due_at=NOON + HOUR)
        for name in ("discord", "slack")
    ]
    await store.queue_parts(parked)
    assert await store.resume_parked(NOON, "slack") == 1
    assert await due_keys(store, NOON) == ["slack"]


async def test_what_a_failed_try_put_off_can_be_tried_at_once(store: Store) -> None:
    """In one channel or in all; what waits for the end of quiet hours goes on waiting."""
    later = {"due_at": NOON + HOUR}
    await store.queue_parts(
        [
            make_part(1, attempts=1, **later),
            make_part(1, channel="C2", attempts=3, state=PartState.PARKED, **later),
            make_part(1, channel="C3", **later),
            make_part(1, channel="C4", attempts=1, state=PartState.SENT, **later),
        ]
    )
    assert await store.retry_parts(NOON, [("fake", "C2"), ("slack", "C1")]) == 1
    assert await due_keys(store, NOON) == ["C2-1"]
    assert await store.retry_parts(NOON) == 1
    assert await due_keys(store, NOON) == ["C1-1", "C2-1"]


async def test_what_a_wrong_clock_put_off_for_years_is_due(store: Store) -> None:
    """No platform and no quiet hours ask for that."""
    await store.queue_parts(
        [make_part(1, due_at=NOON + 9_000 * HOUR), make_part(1, channel="C2", due_at=NOON + HOUR)]
    )
    assert await store.recall_parts(NOON + 25 * HOUR, NOON) == 1
    assert await due_keys(store, NOON) == ["C1-1"]


async def test_what_was_sent_long_ago_is_forgotten_but_for_the_last_of_each_channel(store: Store) -> None:
    """Looking for a later message goes back to that one; what waits is never forgotten, however old."""
    old = {"state": PartState.SENT, "due_at": NOON - 99 * HOUR}
    await store.queue_parts(
        [
            make_part(1, message_id="m1", **old),
            make_part(2, message_id="m2", **old),
            make_part(3, **{**old, "state": PartState.DROPPED}),
            make_part(4, due_at=NOON - 99 * HOUR),
            make_part(1, channel="C2", message_id="n1", **old),
            make_part(2, channel="C2", message_id="n2", state=PartState.SENT),
        ]
    )
    assert await store.forget_parts(NOON - HOUR) == 3
    kept = [part.key for part in await store.load_parts(tuple(PartState))]
    assert kept == ["C1-2", "C1-4", "C2-2"]
    assert await store.last_message_id("fake", "C1") == "m2"
    assert await store.last_message_id("fake", "C2") == "n2"
    assert await store.last_message_id("slack", "C1") is None


# --- all of it -----------------------------------------------------------------------------------


async def test_facts_are_remembered(store: Store) -> None:
    """A later value takes the place of the earlier one."""
    assert await store.get_fact("commands") is None
    await store.set_fact("commands", "v1")
    await store.set_fact("commands", "v2")
    assert await store.get_fact("commands") == "v2"


async def test_many_tasks_use_it_at_once(store: Store) -> None:
    """Pollers, readers and builders run side by side; nothing is lost and nobody fails."""

    async def poll(number: int) -> tuple[int, ...]:
        return await store.record_polls([make_poll(*(make_entry(number * 10 + n) for n in range(10)))])

    async def look() -> int:
        await store.load_due_feeds(NOON)
        return await store.count_pending([GAZETTE])

    counts = await asyncio.gather(*(poll(number) for number in range(30)), *(look() for _ in range(30)))
    assert counts[:30] == [(10,)] * 30
    assert await store.count_pending(None) == 300


async def test_a_cancelled_task_leaves_no_half_of_a_transaction(store: Store) -> None:
    """Ctrl-C can come at any await: what was cut short left nothing or all, and the next one goes through."""
    stored = 0
    for pause in range(40):
        entries = [make_entry(1000 * pause + number) for number in range(50)]
        task = asyncio.create_task(store.record_polls([make_poll(*entries)]))
        await asyncio.sleep(pause / 5000)
        task.cancel()
        await asyncio.wait([task])
        now_stored = await store.count_pending(None)
        assert now_stored - stored in {0, 50}
        stored = now_stored
    async with asyncio.timeout(5):
        assert await store.record_polls([make_poll(make_entry(40_000))]) == (1,)
