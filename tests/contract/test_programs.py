"""What every storage must do for a program beside the bot, with any text, and for many rows at once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from digests.errors import StorageError
from digests.model import PartState, PollOutcome
from digests.storage.store import Store
from tests.contract.stored import COURIER, due_parts
from tests.make import GAZETTE, NOON, make_entry, make_part, make_poll

ODD = "a\0b\ud800c 😀"
"""Text that PostgreSQL refuses (NUL), and SQLite too (half of a pair)."""
KEPT = "ab?c 😀"


# --- beside the bot ------------------------------------------------------------------------------


async def test_what_was_committed_is_read_beside_the_bot(store: Store, storage: str) -> None:
    """Nothing can be written there, not even by mistake."""
    await store.set_fact("key", "value")
    async with await Store.open_beside(storage) as beside:
        assert await beside.get_fact("key") == "value"
        with pytest.raises(StorageError, match="it may not be written"):
            await beside.set_fact("key", "other")
    assert await store.get_fact("key") == "value"


async def test_a_part_is_never_both_claimed_and_dropped(store: Store, storage: str) -> None:
    """The operator drops while the bot claims: of each part exactly one of them gets hold."""
    await store.queue_parts([make_part(number, channel=f"C{number}") for number in range(30)])
    parts = await due_parts(store, NOON)

    async def claim() -> list[bool]:
        claimed = [replace(part, state=PartState.SENDING) for part in parts]
        return [await store.save_part(part, PartState.WAITING) for part in claimed]

    async def drop(beside: Store) -> list[bool]:
        return [await beside.drop_parts([part.key]) == 1 for part in reversed(parts)]

    async with await Store.open_beside(storage, writable=True) as beside:
        claimed, dropped = await asyncio.gather(claim(), drop(beside))
    assert [one != other for one, other in zip(claimed, reversed(dropped), strict=True)] == [True] * 30
    assert len(await store.load_parts([PartState.SENDING])) == sum(claimed)
    assert len(await store.load_parts([PartState.DROPPED])) == sum(dropped)


async def test_many_claims_of_one_part_succeed_once(store: Store, storage: str) -> None:
    """From two programs at a time, with many tasks in each."""
    await store.queue_parts([make_part()])
    (part,) = await due_parts(store, NOON)
    claimed = replace(part, state=PartState.SENDING)
    async with await Store.open_beside(storage, writable=True) as beside:
        tries = [one.save_part(claimed, PartState.WAITING) for one in (store, beside) for _ in range(10)]
        assert sum(await asyncio.gather(*tries)) == 1


# --- any text ------------------------------------------------------------------------------------


async def test_text_that_no_database_keeps_undoes_no_batch(store: Store) -> None:
    """What cannot be kept is left out; the entry finds its article by what is left."""
    odd = make_entry(1, title=ODD, author=ODD, summary_html=ODD, content_html=ODD, identity=ODD, url=ODD)
    assert await store.record_polls([make_poll(odd, make_entry(2), title=ODD, etag=ODD)]) == (2,)
    (found, _) = await store.load_pending([GAZETTE], 10)
    assert {found.title, found.author, found.summary_html, found.content_html, found.url} == {KEPT}
    assert (await store.load_feed_states([GAZETTE]))[0].title == KEPT
    assert (await store.load_feeds([GAZETTE]))[0].etag == KEPT


async def test_odd_text_is_one_article_in_every_feed(store: Store) -> None:
    """Its identity loses the same wherever it stands, so that a channel is told of it once."""
    odd = make_entry(1, identity=ODD)
    assert await store.record_polls([make_poll(odd), make_poll(odd, url=COURIER)]) == (1, 1)
    assert await store.count_pending(None) == 1
    assert await store.count_pending([COURIER]) == 1


async def test_odd_text_about_failures_and_posts_is_kept(store: Store) -> None:
    """Servers' words come in any bytes; a payload comes back as it was."""
    failed = {"outcome": PollOutcome.FAILED, "cause": "dns", "message": ODD}
    unchanged = {"outcome": PollOutcome.NOT_MODIFIED, "etag": ODD, "last_modified": ODD}
    await store.record_polls([make_poll(**failed), make_poll(url=COURIER, **unchanged)])
    states = await store.load_feed_states([GAZETTE, COURIER])
    assert (states[0].message, states[1].etag, states[1].last_modified) == (KEPT, KEPT, KEPT)
    await store.queue_parts([make_part(note=ODD, payload={"text": ODD})])
    (part,) = await due_parts(store, NOON)
    assert (part.note, part.payload) == (KEPT, {"text": ODD})
    await store.set_fact(ODD, ODD)
    assert await store.get_fact(ODD) == KEPT


# --- many rows -----------------------------------------------------------------------------------


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent, each once however many rows go with it."""
    sent: list[str] = []

    def collect(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", collect)


async def test_a_first_poll_sends_as_many_statements_for_one_entry_as_for_many(store: Store) -> None:
    """One batch of articles, one of entries: a thousand new feeds bring tens of thousands of each."""
    with counted() as few:
        await store.record_polls([make_poll(make_entry(1))])
    with counted() as many:
        await store.record_polls([make_poll(*(make_entry(number) for number in range(2, 500)), url=COURIER)])
    assert many == few
    assert len([statement for statement in many if statement.startswith("INSERT")]) == 2
