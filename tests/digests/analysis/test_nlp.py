"""The child process that does the slow work, really started, and really killed."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from digests.analysis import nlp
from digests.analysis.nlp import Analyst
from digests.errors import AnalysisFailed
from digests.model import FetchResult, PendingArticle, TextSource
from tests.make import NOON, make_article

pytestmark = [pytest.mark.model, pytest.mark.timeout(90)]

ARTICLE = make_article(text="“We will mend the bridge,” Helen Tarrant said.\nBy Rowan Pike")
BOOK = make_article(
    text="“We will mend the bridge before the winter comes,” Helen Tarrant said on Monday.\n" * 3_000
)
PAGE = b"<html><body><article><h1>Bridge</h1><p>%s</p></article></body></html>"


@dataclass(slots=True, kw_only=True)
class Limits:
    """Limits that a test can tighten and loosen while one child works."""

    timeout: timedelta = timedelta(seconds=60)
    workers: int = 1


@pytest.fixture
def limits() -> Limits:
    """Plenty of time for loading the model on a busy machine."""
    return Limits()


@pytest.fixture
async def analyst(limits: Limits) -> AsyncIterator[Analyst]:
    """An analyst whose child is gone after the test."""
    analyst = Analyst(limits)
    yield analyst
    await analyst.close()


def make_entry(**changes: object) -> PendingArticle:
    """Return an entry that a feed announced."""
    defaults = {
        "id": 1,
        "url": "https://gazette.example/1",
        "title": "Bridge",
        "author": "",
        "outlet": "Gazette",
    }
    return PendingArticle(**(defaults | {"published": NOON, "arrived": NOON} | changes))


def children() -> list[int]:
    """Return the ids of the processes that this one started through multiprocessing."""
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def is_running(pid: int) -> bool:
    """Return whether the process works; one that has ended and is not yet buried does not."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def vanishes(pid: int, within: float = 10.0) -> bool:
    """Return whether the process ends in so many seconds."""
    end = time.monotonic() + within
    while is_running(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(pid)


async def test_articles_go_in_and_records_come_back(analyst: Analyst):
    """From a text, from a page, from the feed's text where the page holds nothing, from nothing at all."""
    analysis = await analyst.analyse(ARTICLE)
    assert [quote.speaker_resolved for quote in analysis.quotes] == ["Helen Tarrant"]
    words = "“We will mend the bridge before the winter comes,” Helen Tarrant said on Monday. " * 8
    page = FetchResult(
        url="https://gazette.example/1", body=PAGE % words.encode(), content_type="text/html; charset=utf-8"
    )
    reading = await analyst.read(make_entry(), page)
    article = reading.article
    assert (article.source, article.url) == (TextSource.PAGE, "https://gazette.example/1")
    assert {quote.speaker_resolved for quote in reading.analysis.quotes} == {"Helen Tarrant"}
    picture = FetchResult(url="https://gazette.example/1", body=b"\x89PNG\r\n", content_type="image/png")
    reading = await analyst.read(make_entry(content_html=f"<p>{words}</p>"), picture)
    assert reading.article.source is TextSource.FEED
    assert len(reading.analysis.quotes) == 8
    reading = await analyst.read(make_entry(), None)
    assert (reading.article.source, reading.article.text, reading.analysis) == (TextSource.NONE, "", None)
    assert len(children()) == 1


async def test_a_task_past_its_time_is_killed_and_the_next_one_works(analyst: Analyst, limits: Limits):
    """About at the limit, whatever the child is busy with; a new child takes over."""
    await analyst.analyse(ARTICLE)
    (child,) = children()
    limits.timeout = timedelta(seconds=0.5)
    started = time.monotonic()
    with pytest.raises(AnalysisFailed, match=r"longer than 0\.5 s"):
        await analyst.analyse(BOOK)
    assert time.monotonic() - started < 3
    assert vanishes(child)
    limits.timeout = timedelta(seconds=60)
    assert (await analyst.analyse(ARTICLE)).quotes


async def test_a_worker_that_dies_fails_its_article_alone(analyst: Analyst):
    """Killed from outside, as by a kernel short of memory: that article fails, the next one works."""
    await analyst.analyse(ARTICLE)
    (child,) = children()
    task = asyncio.create_task(analyst.analyse(BOOK))
    await asyncio.sleep(0.3)
    os.kill(child, signal.SIGKILL)
    with pytest.raises(AnalysisFailed, match="died"):
        await task
    assert (await analyst.analyse(ARTICLE)).quotes


async def test_an_article_that_crashes_the_rooms_fails_alone(analyst: Analyst):
    """Whatever is raised in the child arrives as one failure; the child goes on."""
    with pytest.raises(AnalysisFailed, match="crashed"):
        await analyst.analyse(make_article(text="\ud800 is half a character"))
    child = children()
    assert (await analyst.analyse(ARTICLE)).quotes
    assert children() == child


async def test_closing_leaves_no_child_even_a_busy_one(analyst: Analyst):
    """The bot ends at once; a second close is nothing."""
    task = asyncio.create_task(analyst.analyse(BOOK))
    await asyncio.sleep(0.5)
    (child,) = children()
    await analyst.close()
    await analyst.close()
    assert children() == []
    assert vanishes(child)
    with pytest.raises((AnalysisFailed, asyncio.CancelledError)):
        await task


async def test_nothing_starts_before_the_first_task(analyst: Analyst):
    """Commands that analyse nothing pay for nothing."""
    assert children() == []


PARENT = """
import asyncio, multiprocessing, signal
from digests.analysis import nlp
from digests.analysis.nlp import Analyst
from digests.model import Article

LINE = "“We will mend the bridge before the winter comes,” Helen Tarrant said on Monday.\\n"

async def tell(analyst):
    await analyst.analyse(Article(url="", title="", text=LINE))
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)

async def main():
    analyst, interrupted = Analyst(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupted.set)
    await tell(analyst)
    await interrupted.wait()
    await tell(analyst)
    while True:
        await analyst.analyse(Article(url="", title="", text=LINE * 3_000))

asyncio.run(main())
"""


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[str]]:
    """A process with an analyst, in a group of its own; it tells its child's id after each task."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", PARENT]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True)
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_child_leaves_ctrl_c_to_its_parent_and_ends_when_the_parent_is_killed(parent):
    """Ctrl-C reaches the whole group: the same child works on. Killed -9, the parent leaves no orphan.

    The child is busy for seconds when its parent dies, and may not wait until it wants to answer.
    """
    child = int(parent.stdout.readline())
    os.killpg(parent.pid, signal.SIGINT)
    assert int(parent.stdout.readline()) == child
    time.sleep(0.3)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert vanishes(child, within=1.5)


@pytest.mark.parametrize("before", [None, "error::BytesWarning"])
def test_the_tracker_that_is_told_to_be_quiet_leaves_the_environment_as_it_was(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    """What an operator wrote there is for all the others."""
    told = []
    monkeypatch.setattr(resource_tracker, "ensure_running", lambda: told.append(os.environ["PYTHONWARNINGS"]))
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)
    if before is not None:
        monkeypatch.setenv("PYTHONWARNINGS", before)
    nlp._start_tracker()
    assert os.environ.get("PYTHONWARNINGS") == before
    assert told == [",".join(filter(None, [before, "ignore:resource_tracker"]))]
