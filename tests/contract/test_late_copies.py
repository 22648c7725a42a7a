"""What another feed's copy of a story that was told does to a channel, on every storage."""

from datetime import timedelta

import pytest

from digests.model import TextSource
from digests.storage.store import Store
from tests.contract.stored import COURIER, load_for_channel, read, save_digest
from tests.make import GAZETTE, HOUR, NOON, make_digest, make_document, make_entry

BOTH = (GAZETTE, COURIER)
LATER = {"url": "https://courier.example/7", "identity": "https://courier.example/7"}


async def tell(store: Store, *ids: int, channel: str = "city-desk") -> None:
    digest = make_digest(*ids, channel=channel)
    assert await save_digest(store, digest, make_document(), slot=None, parts=[])


async def open_to(store: Store, channel: str) -> list[int]:
    return [one.id for one in await load_for_channel(store, channel, BOTH, None)]


async def test_a_copy_that_comes_after_the_story_was_told_is_not_told_again(store: Store) -> None:
    """An agency's story stands at other outlets hours later; whoever has not heard it yet is told it."""
    first = await read(store, make_entry(1))
    await tell(store, *first)
    (copy,) = await read(store, make_entry(7, **LATER), url=COURIER, title="BRIDGE  to be rebuilt")
    assert await open_to(store, "city-desk") == []
    assert sorted(await open_to(store, "sports")) == [*first, copy]


async def test_a_copy_is_told_of_while_the_story_itself_is_not(store: Store) -> None:
    """What was only read was told to nobody."""
    first = await read(store, make_entry(1))
    (copy,) = await read(store, make_entry(7, **LATER), url=COURIER)
    assert sorted(await open_to(store, "city-desk")) == [*first, copy]
    await tell(store, copy)
    assert await open_to(store, "city-desk") == []


@pytest.mark.parametrize(
    ("entry", "feed", "article"),
    [
        pytest.param(LATER, COURIER, {"title": "Bridge to be rebuilt again"}, id="another headline"),
        pytest.param(LATER, COURIER, {"text": "The bridge stays shut."}, id="another text"),
        pytest.param({}, GAZETTE, {}, id="the same feed: what it says every day"),
        pytest.param(
            {"url": "https://gazette.example/1", "identity": "entry:7"}, COURIER, {}, id="the same address"
        ),
        pytest.param(LATER, COURIER, {"text": "", "source": TextSource.NONE}, id="nothing but a headline"),
    ],
)
async def test_what_only_looks_like_a_copy_is_told(
    store: Store, entry: dict[str, str], feed: str, article: dict[str, object]
) -> None:
    """It takes headline, text, another feed and another address."""
    both = {key: value for key, value in article.items() if key in ("text", "source") and not article["text"]}
    await tell(store, *await read(store, make_entry(1), **both))
    (later,) = await read(store, make_entry(7, **entry), url=feed, **article)
    assert await open_to(store, "city-desk") == [later]


@pytest.mark.parametrize(("days", "told_again"), [(2, False), (4, True)])
async def test_the_same_words_days_later_are_said_anew(store: Store, days: int, told_again: bool) -> None:
    """An agency's story is taken over within three days."""
    await tell(store, *await read(store, make_entry(1)))
    late = await read(store, make_entry(7, **LATER), url=COURIER, at=NOON + days * timedelta(days=1) - HOUR)
    assert await open_to(store, "city-desk") == (late if told_again else [])
