"""What every storage must do with messages on their way out, with facts, and under many tasks."""

import asyncio
from dataclasses import replace

import pytest

from digests.model import PartState
from digests.storage.store import Store
from tests.contract.stored import MINUTE
from tests.make import GAZETTE, HOUR, NOON, make_entry, make_part, make_poll


async def test_a_part_comes_back_as_it_was(store: Store) -> None:
    """Payload, key and time, and then whatever delivery made of it."""
    await store.queue_parts([make_part(payload={"embeds": [{"n": None, "text": "é"}]})])
    (part,) = await store.load_due_parts(NOON)
    assert part == make_part(payload={"embeds": [{"n": None, "text": "é"}]}, id=part.id)
    tried = replace(part, attempts=2, note="cut", message_id="m1")
    changed = replace(tried, state=PartState.UNKNOWN, due_at=NOON + HOUR)
    await store.save_part(changed)
    assert await store.load_parts([PartState.UNKNOWN]) == (changed,)


@pytest.mark.parametrize(
    ("state", "due_at", "due"),
    [
        pytest.param(PartState.WAITING, NOON, ["C1-1", "C2-1"], id="due"),
        pytest.param(PartState.WAITING, NOON + MINUTE, ["C2-1"], id="not due"),
        pytest.param(PartState.SENDING, NOON, ["C2-1"], id="being sent"),
        pytest.param(PartState.UNKNOWN, NOON, ["C1-1", "C2-1"], id="to be looked for"),
        pytest.param(PartState.UNKNOWN, NOON + MINUTE, ["C2-1"], id="to be looked for later"),
        pytest.param(PartState.PARKED, NOON, ["C2-1"], id="parked"),
        pytest.param(PartState.SENT, NOON, ["C1-2", "C2-1"], id="sent"),
    ],
)
async def test_the_first_unsent_part_of_a_channel_decides(
    store: Store, state: PartState, due_at: object, due: list[str]
) -> None:
    """Those after it wait for it; other channels, and the same address elsewhere, go on."""
    first = make_part(1, state=state, due_at=due_at)
    await store.queue_parts([first, make_part(2), make_part(1, channel="C2"), make_part(2, channel="C2")])
    assert [part.key for part in await store.load_due_parts(NOON)] == due
    following = await store.load_next_part("fake", "C1", NOON)
    assert (following.key if following else None) == next((key for key in due if key < "C2"), None)
    assert await store.load_next_part("slack", "C1", NOON) is None


async def test_the_next_due_moment_is_that_of_a_part_that_may_go(store: Store) -> None:
    """One that is held back does not count, or the loop would turn without rest."""
    assert await store.next_due_at() is None
    await store.queue_parts([make_part(1, due_at=NOON + HOUR), make_part(2, due_at=NOON)])
    assert await store.next_due_at() == NOON + HOUR
    await store.queue_parts([make_part(1, channel="C2", due_at=NOON + MINUTE)])
    assert await store.next_due_at() == NOON + MINUTE


async def test_what_a_crash_left_half_sent_becomes_unknown(store: Store) -> None:
    """It is due at once, keeps its place, and says what happened."""
    await store.queue_parts([make_part(1, state=PartState.SENDING), make_part(2)])
    assert await store.recover_sending() == 1
    (part,) = await store.load_due_parts(NOON)
    assert (part.key, part.state) == ("C1-1", PartState.UNKNOWN)
    assert "stopped" in part.note
    assert await store.recover_sending() == 0


async def test_parked_parts_come_back_to_be_looked_for_first(store: Store) -> None:
    """A part can be parked because it could not be looked for: it must not be sent blindly."""
    await store.queue_parts([make_part(1, state=PartState.PARKED), make_part(2)])
    assert await store.resume_parked(NOON + HOUR) == 1
    (part,) = await store.load_due_parts(NOON + HOUR)
    assert (part.key, part.state, part.due_at) == ("C1-1", PartState.UNKNOWN, NOON + HOUR)


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
        assert await store.record_polls([make_poll(make_entry(0, key="last"))]) == (1,)
