"""What every storage must do with articles, and what of them a channel can be told."""

from datetime import timedelta

import pytest

from digests.storage.store import Store
from tests.contract.stored import COURIER, MINUTE, SAMPLES, load_for_channel, read, told
from tests.make import GAZETTE, HOUR, NOON, make_analysis, make_article, make_entry, make_feed, make_poll


async def test_fresh_entries_wait_to_be_read_and_the_others_do_not(store: Store) -> None:
    """An archive is remembered, so that it never counts as new, and is not read."""
    await store.record_polls([make_poll(make_entry(1), make_entry(2, fresh=False))])
    assert [article.title for article in await store.load_pending(None, 10)] == ["Headline 1"]
    assert await store.record_polls([make_poll(make_entry(2))]) == (0,)
    assert await store.count_pending(None) == 1


async def test_what_one_feed_only_remembers_is_news_where_another_announces_it(store: Store) -> None:
    """An archive entry does not ride on the article that another feed brings in the same batch."""
    polls = [make_poll(make_entry(1)), make_poll(make_entry(1, fresh=False), url=COURIER)]
    assert await store.record_polls(polls) == (1, 1)
    assert await store.count_pending([GAZETTE]) == 1
    assert await store.count_pending([COURIER]) == 0


async def test_an_article_in_two_feeds_is_one(store: Store) -> None:
    """The outlet is that of the feed that announced it first, in one batch or in two."""
    await store.record_polls([make_poll(make_entry(1), make_entry(2)), make_poll(make_entry(1), url=COURIER)])
    await store.record_polls([make_poll(make_entry(2), url=COURIER, title="The Courier")])
    articles = await store.load_pending(None, 10)
    assert [(article.title, article.outlet) for article in articles] == [
        ("Headline 1", "The Gazette"),
        ("Headline 2", "The Gazette"),
    ]
    assert await store.count_pending([COURIER]) == 2


async def test_a_pending_article_carries_what_the_feed_said_of_it(store: Store) -> None:
    """It is all that the reading needs: outlet by the operator's name, files marked as such."""
    entry = make_entry(author="Ana Ruiz", published=NOON - HOUR, summary_html="<p>s", content_html="<p>c")
    await store.sync_feeds([make_feed(SAMPLES, name="Samples")], NOON)
    await store.record_polls([make_poll(entry, url=SAMPLES)])
    (article,) = await store.load_pending(None, 10)
    assert (article.outlet, article.author, article.from_file) == ("Samples", "Ana Ruiz", True)
    assert (article.summary_html, article.content_html) == ("<p>s", "<p>c")
    assert (article.published, article.arrived) == (NOON - HOUR, NOON)


async def test_articles_are_read_in_the_order_they_arrived(store: Store) -> None:
    """At most ``limit``, and only those of the feeds that are asked for."""
    await store.record_polls([make_poll(make_entry(3), at=NOON + HOUR)])
    await store.record_polls([make_poll(make_entry(1), make_entry(2), url=COURIER)])
    assert [article.title[-1] for article in await store.load_pending(None, 10)] == ["1", "2", "3"]
    assert [article.title[-1] for article in await store.load_pending(None, 2)] == ["1", "2"]
    assert [article.title[-1] for article in await store.load_pending([GAZETTE], 10)] == ["3"]
    assert await store.load_pending([], 10) == ()
    first, *_ = await store.load_pending(None, 10)
    assert [article.title[-1] for article in await store.load_pending(None, 2, besides=[first.id])] == [
        "2",
        "3",
    ]


async def test_feeds_are_pending_while_anything_that_they_announced_is(store: Store) -> None:
    """Every feed that announced it, not only the first."""
    await store.record_polls([make_poll(make_entry(1)), make_poll(make_entry(1), make_entry(2), url=COURIER)])
    assert await store.load_pending_feeds() == {GAZETTE, COURIER}
    first, second = await store.load_pending(None, 10)
    await store.save_read(first.id, make_article(), None, NOON)
    assert await store.load_pending_feeds() == {COURIER}
    await store.save_read(second.id, make_article(), None, NOON)
    assert await store.load_pending_feeds() == frozenset()


async def test_a_read_article_comes_back_whole_and_waits_no_more(store: Store) -> None:
    """Text and analysis are stored together; without an analysis the headline is kept."""
    await store.record_polls([make_poll(make_entry(1), make_entry(2))])
    first, second = await store.load_pending(None, 10)
    await store.save_read(first.id, make_article(), make_analysis(), NOON + MINUTE)
    await store.save_read(second.id, make_article(text=""), None, NOON + MINUTE)
    assert await store.count_pending(None) == 0
    found, headline = await load_for_channel(store, "city-desk", [GAZETTE], None)
    assert (found.id, found.article, found.analysis) == (first.id, make_article(), make_analysis())
    assert found.arrived == NOON
    assert (headline.id, headline.analysis) == (second.id, None)


async def test_reading_again_replaces_the_analysis(store: Store) -> None:
    """A better engine's result takes the place of the old one."""
    (id_,) = await read(store, make_entry())
    await store.save_read(id_, make_article(title="Corrected"), make_analysis(engine="rules-2"), NOON)
    (found,) = await load_for_channel(store, "city-desk", [GAZETTE], None)
    assert found.analysis is not None
    assert (found.article.title, found.analysis.engine) == ("Corrected", "rules-2")


async def test_text_that_no_database_takes_does_not_undo_a_batch(store: Store) -> None:
    r"""A JSON feed can spell half a character (``\ud800``) and NUL; the entry is kept without them."""
    bad = make_entry(1, identity="k\0\ud800", title="a\0b\ud800c")
    assert await store.record_polls([make_poll(bad, make_entry(2))]) == (2,)
    assert await store.record_polls([make_poll(bad)]) == (0,)
    assert [article.title for article in await store.load_pending(None, 10)] == ["ab?c", "Headline 2"]


# --- what a channel can be told ------------------------------------------------------------------


async def test_a_channel_is_told_what_its_feeds_announced_and_was_read(store: Store) -> None:
    """Not what waits to be read, not what other feeds announced, not what was only remembered."""
    first, _ = await read(store, make_entry(1), make_entry(2))
    (third,) = await read(store, make_entry(3), url=COURIER)
    polls = [make_poll(make_entry(4)), make_poll(make_entry(2, fresh=False), make_entry(1), url=COURIER)]
    await store.record_polls(polls)
    assert set(await told(store, urls=(COURIER,))) == {first, third}
    assert await told(store, urls=()) == []


async def test_the_newest_published_come_first(store: Store) -> None:
    """By the date that the article shows, else the feed's, else when it arrived."""
    old = make_entry(1, published=NOON - 2 * HOUR)
    new, undated = make_entry(2, published=NOON - HOUR), make_entry(3)
    ids = await read(store, old, new, undated)
    assert await told(store) == [ids[2], ids[1], ids[0]]
    await store.save_read(ids[0], make_article(published=NOON + HOUR), None, NOON)
    assert await told(store) == [ids[0], ids[2], ids[1]]


async def test_since_keeps_out_what_was_announced_and_read_before(store: Store) -> None:
    """A new channel starts with the last day, whatever the database holds."""
    ids = await read(store, make_entry())
    assert await told(store, since=timedelta(0)) == ids
    assert await told(store, since=MINUTE) == []


async def test_what_was_read_late_is_not_lost(store: Store) -> None:
    """An article that waited in the queue past a digest is told in the next."""
    await store.record_polls([make_poll(make_entry(), at=NOON - HOUR)])
    (article,) = await store.load_pending(None, 10)
    await store.save_read(article.id, make_article(published=NOON - 9 * HOUR), None, NOON + HOUR)
    assert await told(store, since=timedelta(0)) == [article.id]


async def test_what_a_second_feed_announces_late_is_not_lost(store: Store) -> None:
    """It is news to a channel that follows that feed alone."""
    ids = await read(store, make_entry())
    await store.record_polls([make_poll(make_entry(), url=COURIER, at=NOON + HOUR)])
    assert await told(store, since=HOUR, urls=(COURIER,)) == ids
    assert await told(store, since=HOUR, urls=(GAZETTE,)) == []


async def test_feeds_of_files_know_no_age(store: Store) -> None:
    """The bundled digest reads the same in 2030."""
    ids = await read(store, make_entry(published=NOON - 9999 * HOUR), url=SAMPLES)
    assert await told(store, since=9999 * HOUR, urls=(SAMPLES, GAZETTE)) == ids


# --- one article under two addresses -------------------------------------------------------------------

OWN = "https://gazette.example/1"


async def announce_twins(store: Store, title: str = "Headline 1", **changes: object) -> tuple[int, int]:
    """Announce an article in one feed and, under a short link, in another; return both rows."""
    twin = make_entry(7, url="https://go.example/7", identity="https://go.example/7", title=title, **changes)
    await store.record_polls([make_poll(make_entry(1)), make_poll(twin, url=COURIER)])
    first, second = await store.load_pending(None, 10)
    return first.id, second.id


async def save(store: Store, id_: int, identity: str) -> None:
    await store.save_read(id_, make_article(), make_analysis(), NOON, identity=identity)


async def test_an_article_that_calls_itself_by_anothers_address_is_that_article(store: Store) -> None:
    """A channel of both feeds is told once, and a channel of the second feed is told too."""
    first, second = await announce_twins(store)
    await save(store, first, OWN)
    await save(store, second, "http://gazette.example/1?utm_source=courier")
    assert await told(store, urls=(GAZETTE, COURIER)) == [first]
    assert await told(store, urls=(COURIER,)) == [first]
    assert await store.count_pending(None) == 0


async def test_the_article_that_is_read_first_waits_for_nobody(store: Store) -> None:
    """It goes into the one that has the address, which is still to be read."""
    first, second = await announce_twins(store)
    await save(store, second, OWN)
    assert [one.id for one in await store.load_pending([COURIER], 10)] == [first]


async def test_an_address_that_nobody_had_is_the_articles_from_now_on(store: Store) -> None:
    """A feed that announces it later brings nothing new."""
    (id_,) = await read_as(store, "https://go.example/7", "https://gazette.example/long-form")
    later = make_entry(9, identity="https://gazette.example/long-form", title="Headline 7")
    await store.record_polls([make_poll(later, url=COURIER)])
    assert await store.count_pending(None) == 0
    assert await told(store, urls=(COURIER,)) == [id_]


async def read_as(store: Store, url: str, identity: str) -> list[int]:
    """Announce an article at ``url`` and read it there under its own address."""
    await store.record_polls([make_poll(make_entry(7, url=url, identity=url))])
    (pending,) = await store.load_pending(None, 10)
    await save(store, pending.id, identity)
    return [pending.id]


async def test_one_address_on_every_page_makes_no_two_articles_one(store: Store) -> None:
    """A template's mistake: another title is another article."""
    first, second = await announce_twins(store, title="The herring fleet sails on Friday")
    await save(store, first, OWN)
    await save(store, second, OWN)
    assert sorted(await told(store, urls=(GAZETTE, COURIER))) == sorted([first, second])


async def save_weak(store: Store, id_: int, text: str) -> None:
    article = make_article(text=text)
    await store.save_read(id_, article, make_analysis(), NOON, identity=OWN, weak=True)


async def test_a_weak_address_makes_two_articles_one_where_their_text_is_the_same(store: Store) -> None:
    """Two feeds mark one page's address each in their own way; blanks are nobody's text."""
    first, second = await announce_twins(store)
    await save_weak(store, first, "The bridge\nfell.")
    await save_weak(store, second, "The bridge fell. ")
    assert await told(store, urls=(GAZETTE, COURIER)) == [first]


@pytest.mark.parametrize("text", ["The bridge stands.", ""])
async def test_a_weak_address_proves_nothing_where_the_texts_differ(store: Store, text: str) -> None:
    """A template states one address on every page, and some have the same title every day."""
    first, second = await announce_twins(store)
    await save_weak(store, first, "The bridge fell." if text else "")
    await save_weak(store, second, text)
    assert sorted(await told(store, urls=(GAZETTE, COURIER))) == sorted([first, second])


async def test_a_weak_address_proves_nothing_before_the_other_article_was_read(store: Store) -> None:
    """Its text is not known yet."""
    first, second = await announce_twins(store)
    await save_weak(store, second, "The bridge fell.")
    await save(store, first, OWN)
    assert sorted(await told(store, urls=(GAZETTE, COURIER))) == sorted([first, second])


async def test_items_that_share_a_page_stay_apart(store: Store) -> None:
    """Their identity is their own, whatever the page calls itself."""
    first, second = await announce_twins(store, **{"own_identity": "entry:7"})
    shared = make_entry(8, url=OWN, identity="entry:8", own_identity="entry:8", title="Headline 1")
    await store.record_polls([make_poll(shared, url=COURIER)])
    (third,) = {one.id for one in await store.load_pending(None, 10)} - {first, second}
    await save(store, first, OWN)
    await save(store, third, OWN)
    assert await told(store, urls=(GAZETTE, COURIER)) == [first, third]


async def test_an_article_that_was_told_is_never_taken_away(store: Store) -> None:
    """One that was read before keeps its row, whatever its page says the second time."""
    first, second = await announce_twins(store)
    await save(store, first, OWN)
    await save(store, second, "")
    await save(store, second, OWN)
    assert sorted(await told(store, urls=(GAZETTE, COURIER))) == sorted([first, second])
