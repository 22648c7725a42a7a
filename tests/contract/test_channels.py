"""What every storage must do with channels and their digests."""

import asyncio
from datetime import datetime, timedelta

import pytest

from digests.errors import StorageError
from digests.model import NewDigest, PartState, Slot
from digests.storage.store import Store
from tests.contract.stored import MINUTE, read, save_digest, told
from tests.make import GAZETTE, HOUR, NOON, make_digest, make_document, make_entry, make_part


def slot(at: datetime) -> Slot:
    """Return a slot as a bot takes it whose clock shows noon."""
    return Slot(at=at, latest=NOON + HOUR)


async def test_a_channel_is_first_seen_once(store: Store) -> None:
    """Later starts, and its absence from the configuration, change nothing."""
    await store.sync_channels([], NOON + HOUR)
    await store.sync_channels(["city-desk", "new"], NOON + 2 * HOUR)
    assert (await store.load_channel("city-desk")).first_seen == NOON
    assert (await store.load_channel("new")).first_seen == NOON + 2 * HOUR
    with pytest.raises(StorageError, match="does not know the channel 'gone'"):
        await store.load_channel("gone")


async def test_a_digest_is_stored_with_all_that_belongs_to_it(store: Store) -> None:
    """Its document, its slot, that its articles were told, and its parts: one transaction."""
    ids = await read(store, make_entry(1), make_entry(2))
    parts = [make_part(1), make_part(2)]
    digest = make_digest(ids[0])
    assert await save_digest(store, digest, make_document(), slot=slot(NOON - MINUTE), parts=parts)
    assert await told(store) == [ids[1]]
    assert (await store.load_channel("city-desk")).last_slot == NOON - MINUTE
    last = await store.load_last_digest("city-desk")
    assert last is not None
    assert (last.channel, last.built_at, last.document) == ("city-desk", NOON, make_document())
    assert [part.key for part in await store.load_parts([PartState.WAITING])] == ["C1-1", "C1-2"]


async def test_an_article_is_told_once_a_channel(store: Store) -> None:
    """A second digest with it is refused whole: its other articles, its slot and its parts too."""
    ids = await read(store, make_entry(1), make_entry(2))
    assert await save_digest(
        store, make_digest(ids[0]), make_document(), slot=slot(NOON), parts=[make_part(1)]
    )
    second = make_digest(*reversed(ids))
    later = slot(NOON + HOUR)
    assert not await save_digest(store, second, make_document(title="2"), slot=later, parts=[make_part(2)])
    assert await told(store) == [ids[1]]
    assert (await store.load_channel("city-desk")).last_slot == NOON
    assert [part.key for part in await store.load_parts([PartState.WAITING])] == ["C1-1"]
    last = await store.load_last_digest("city-desk")
    assert last is not None
    assert last.document == make_document()
    assert await save_digest(
        store, make_digest(*ids, channel="sports"), make_document(), slot=slot(NOON), parts=[]
    )


async def test_an_article_twice_in_one_digest_is_no_conflict(store: Store) -> None:
    """Two stories may lean on one article."""
    (id_,) = await read(store, make_entry())
    assert await save_digest(store, make_digest(id_, id_), make_document(), slot=None, parts=[])


@pytest.mark.parametrize("later", [timedelta(0), -HOUR], ids=["same", "earlier"])
async def test_a_slot_is_told_once(store: Store, later: timedelta) -> None:
    """An alarm that fires twice, or after the clock was set back, posts nothing more."""
    ids = await read(store, make_entry(1), make_entry(2))
    assert await save_digest(store, make_digest(ids[0]), make_document(), slot=slot(NOON), parts=[])
    parts = [make_part(1)]
    second = make_digest(ids[1])
    assert not await save_digest(store, second, make_document(), slot=slot(NOON + later), parts=parts)
    assert not await store.record_slot("city-desk", slot(NOON + later), parts)
    assert await store.load_parts([PartState.WAITING]) == ()
    assert await told(store) == [ids[1]]


async def test_a_slot_that_a_wrong_clock_took_in_the_future_blocks_nothing(store: Store) -> None:
    """Else the channel would be silent until then."""
    assert await store.record_slot("city-desk", Slot(at=NOON + 9000 * HOUR, latest=NOON + 9000 * HOUR))
    assert await store.record_slot("city-desk", slot(NOON))
    assert not await store.record_slot("city-desk", slot(NOON))
    assert (await store.load_channel("city-desk")).last_slot == NOON


async def test_a_channel_remembers_its_timetable(store: Store) -> None:
    """And since when it follows it; other channels, and its slots, are left as they are."""
    await store.adopt_schedules({"city-desk": "daily", "sports": "weekly"}, None)
    await store.adopt_schedules({"city-desk": "hourly", "stranger": "never"}, NOON)
    await store.adopt_schedules({}, NOON)
    found = {state.name: (state.schedule, state.schedule_since) for state in await store.load_channels()}
    assert found == {"city-desk": ("hourly", NOON), "sports": ("weekly", None)}
    assert (await store.load_channel("city-desk")).schedule == "hourly"


async def test_an_empty_slot_is_remembered_with_the_line_that_says_so(store: Store) -> None:
    """No digest is stored for it."""
    assert await store.record_slot("city-desk", slot(NOON), [make_part(1)])
    assert await store.record_slot("city-desk", slot(NOON + HOUR))
    assert (await store.load_channel("city-desk")).last_slot == NOON + HOUR
    assert len(await store.load_parts([PartState.WAITING])) == 1
    assert await store.load_last_digest("city-desk") is None


async def test_a_digest_outside_the_schedule_moves_no_slot(store: Store) -> None:
    """What is shared by hand leaves the next scheduled digest where it is."""
    (id_,) = await read(store, make_entry())
    assert await save_digest(store, make_digest(id_), make_document(), slot=None, parts=[])
    assert (await store.load_channel("city-desk")).last_slot is None


async def test_a_digest_that_fails_half_way_leaves_nothing(store: Store) -> None:
    """A part's key that was used before is a mistake; what went before it is undone with it."""
    (id_,) = await read(store, make_entry())
    await store.queue_parts([make_part(1)])
    with pytest.raises(StorageError):
        await save_digest(store, make_digest(id_), make_document(), slot=slot(NOON), parts=[make_part(1)])
    assert await told(store) == [id_]
    assert await store.load_last_digest("city-desk") is None
    assert (await store.load_channel("city-desk")).last_slot is None


async def test_of_digests_built_at_once_one_wins(store: Store) -> None:
    """Two builders with the same articles: one is stored, the others hear that they came too late."""
    ids = await read(store, *(make_entry(number) for number in range(5)))
    results = await asyncio.gather(
        *(
            save_digest(store, make_digest(*ids), make_document(), slot=None, parts=[make_part(number)])
            for number in range(8)
        )
    )
    assert sorted(results) == [False] * 7 + [True]
    assert len(await store.load_parts([PartState.WAITING])) == 1


async def test_digests_that_are_stored_together_do_not_spoil_each_other(store: Store) -> None:
    """One whose channel was told meanwhile, or is past its slot, is left out with its parts, and no other."""
    names = ["told", "past", "fine"]
    await store.sync_channels(names, NOON)
    (id_,) = await read(store, make_entry(1))
    assert await save_digest(store, make_digest(id_, channel="told"), make_document(), slot=None, parts=[])
    assert await store.record_slot("past", slot(NOON))
    new = [
        NewDigest(
            digest=make_digest(id_, channel=name),
            document=make_document(),
            slot=slot(NOON),
            parts=(make_part(1, channel=name),),
        )
        for name in names
    ]
    assert await store.save_digests(new) == [False, False, True]
    assert [part.channel for part in await store.load_parts(tuple(PartState))] == ["fine"]
    slots = {state.name: state.last_slot for state in await store.load_channels(names)}
    assert slots == {"told": None, "past": NOON, "fine": NOON}
    assert await store.save_digests([]) == []


async def test_digests_of_several_channels_keep_their_parts_apart(store: Store) -> None:
    """Each belongs to its own channel, in its order, and tells its own articles."""
    await store.sync_channels(["a", "b"], NOON)
    ids = await read(store, make_entry(1), make_entry(2))
    new = [
        NewDigest(
            digest=make_digest(id_, channel=name),
            document=make_document(title=name),
            slot=None,
            parts=(make_part(1, channel=name), make_part(2, channel=name)),
        )
        for name, id_ in zip(("b", "a"), ids, strict=True)
    ]
    assert await store.save_digests(new) == [True, True]
    left = await store.load_for_channels(["a", "b"], [GAZETTE], None, {})
    assert {name: [article.id for article in articles] for name, articles in left.items()} == {
        "a": ids[:1],
        "b": ids[1:],
    }
    for name in ("a", "b"):
        last = await store.load_last_digest(name)
        assert last is not None
        assert (last.channel, last.document.title) == (name, name)
