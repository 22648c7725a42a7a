"""What tells a new item from one that was there before, rule by rule; the zoo plays whole histories."""

from datetime import UTC, datetime, timedelta

import pytest

from digests.feeds.recognition import recognise
from digests.model import EntryToStore, FeedMemory, IdKind, KnownEntry
from tests.make import make_entry

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=5)
PLACE = 77


def entry(number: int, **changes: object) -> EntryToStore:
    """Return an entry of noon, with marks of its own."""
    return make_entry(number, **({"published": NOON} | changes))


def known(*entries: EntryToStore, kind: IdKind = IdKind.GUID) -> FeedMemory:
    """Return the memory of a feed that had these entries."""
    return FeedMemory(
        id_kind=kind,
        known=tuple(
            KnownEntry(guid=one.guid, link=one.link, headline=one.headline, published=one.published)
            for one in entries
        ),
    )


@pytest.mark.parametrize(
    ("before", "now", "kind", "new"),
    [
        pytest.param([entry(1)], entry(1, headline=9, published=LATER), IdKind.GUID, False, id="its id"),
        pytest.param([entry(1)], entry(1, guid=9, published=LATER), IdKind.GUID, False, id="link and title"),
        pytest.param([entry(1)], entry(1, guid=9, headline=9), IdKind.GUID, False, id="link and date"),
        pytest.param(
            [entry(1)], entry(1, guid=9, headline=9, published=LATER), IdKind.GUID, True, id="the link alone"
        ),
        pytest.param(
            [entry(1)], entry(1, guid=9, headline=9, published=LATER), IdKind.LINK, False,
            id="the link alone, where ids are worth nothing",
        ),
        pytest.param([entry(1)], entry(1, link=9), IdKind.LINK, True, id="the id, where it is worth nothing"),
        pytest.param(
            [entry(1)], entry(9, headline=2_000_001, published=LATER), IdKind.GUID, True, id="the title alone"
        ),
        pytest.param(
            [entry(1)], entry(9, headline=2_000_001), IdKind.GUID, False, id="the title and the moment"
        ),
        pytest.param(
            [entry(1, published=None)], entry(9, headline=2_000_001, published=None), IdKind.GUID, True,
            id="the title and no moment",
        ),
        pytest.param(
            [entry(1, guid=None)], entry(1, guid=None, headline=9, published=LATER), IdKind.GUID, False,
            id="no ids, an edited title",
        ),
        pytest.param(
            [entry(1, guid=None, link=PLACE), entry(2, guid=None, link=PLACE)],
            entry(3, guid=None, link=PLACE, published=LATER), IdKind.GUID, True, id="a shared address",
        ),
        pytest.param(
            [entry(1, link=PLACE), entry(2, link=PLACE)],
            entry(3, link=PLACE, published=LATER), IdKind.LINK, True, id="a shared address and worthless ids",
        ),
        pytest.param(
            [entry(1, guid=None, link=None)], entry(1, guid=None, link=None, published=LATER),
            IdKind.GUID, False, id="nothing but words",
        ),
    ],
)  # fmt: skip
def test_an_entry_is_known_by(before: list[EntryToStore], now: EntryToStore, kind: IdKind, new: bool) -> None:
    """Two of id, link, title and date, of which a title is never enough."""
    found = recognise([now, entry(50)], known(*before, entry(50), kind=kind))
    assert (now.key in {one.key for one in found.new}) is new


def test_two_in_one_list_under_one_address_are_told_apart() -> None:
    """Without ids too: an address that stands twice says nothing of either."""
    first, second = (entry(number, guid=None, link=PLACE) for number in (1, 2))
    (new,) = recognise([first, second], known(first)).new
    assert (new.key, new.identity) == (second.key, second.own_identity)


def test_a_new_item_at_a_known_address_is_an_article_of_its_own() -> None:
    """Joined to the old article it would never be told."""
    later = entry(2, link=entry(1).link, published=LATER)
    (new,) = recognise([later], known(entry(1))).new
    assert new.identity == new.own_identity


def test_a_feed_learns_that_its_ids_are_worth_nothing() -> None:
    """From two items that got other ids, at once or one after the other; one is an accident."""
    memory = known(entry(1), entry(2))
    one = recognise([entry(1, guid=91), entry(2)], memory)
    assert (one.new, one.memory) == ((), FeedMemory(guid_changes=1))
    both = recognise([entry(1, guid=91), entry(2, guid=92)], memory)
    assert (both.new, both.memory.id_kind) == ((), IdKind.LINK)
    then = FeedMemory(guid_changes=1, known=memory.known)
    assert recognise([entry(1), entry(2, guid=92)], then).memory.id_kind is IdKind.LINK
