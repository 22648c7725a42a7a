"""[io] The child process: it loads the model and does all slow work on one article at a time.

The chat connection lives in the parent and never waits for a parser. Only frozen records cross. A
task that runs out of time is stopped by killing the worker; pebble starts the next one.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as TaskTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from digests.errors import AnalysisFailed
from digests.model import Analysis, Article, FetchResult, PageRule, PageText, PendingArticle, Reading

if TYPE_CHECKING:
    from digests.analysis.engine import Engine

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalystLimits:
    """How long one task may take before its worker is killed, and how many children work."""

    timeout: timedelta = timedelta(seconds=30)
    workers: int = 1


class Analyst:
    """Extracts and analyses articles in child processes; nothing starts before the first task.

    ``rules`` are the operator's own for outlets' pages; they may be exchanged at any time.
    """

    def __init__(self, limits: AnalystLimits = AnalystLimits(), rules: tuple[PageRule, ...] = ()) -> None:
        self._limits = limits
        self.rules = rules
        self._pool: Any = None
        self._closing: set[asyncio.Future[None]] = set()

    async def read(
        self, entry: PendingArticle, page: FetchResult | None, before: tuple[PageText, ...] = ()
    ) -> Reading:
        """Return the article that ``page`` holds, or the feed's own text, and who said what in it.

        ``before`` are the article's pages that were read already. Where one more is ``wanted``, call again
        with it and with the ``pages`` so far, or with ``None`` where it cannot be had. The analysis is
        ``None`` until then, and where there is no text at all.

        Raises:
            AnalysisFailed: the worker crashed or ran out of time; the article keeps its headline.
        """
        return await self._run(_read, entry, page, before, self.rules)

    async def analyse(self, article: Article) -> Analysis:
        """Return who said what in ``article``.

        Raises:
            AnalysisFailed: the worker crashed or ran out of time; the article keeps its headline.
        """
        return await self._run(_analyse, article)

    async def _run(self, task: Callable[..., Result], *arguments: Any) -> Result:
        try:
            return await self._ask(task, arguments)
        except BrokenProcessPool:
            pass  # somebody, such as a kernel short of memory, killed an idle worker: ask a new pool
        try:
            return await self._ask(task, arguments)
        except BrokenProcessPool as error:
            raise AnalysisFailed("the analyser could not start: its headline is kept") from error

    async def _ask(self, task: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        seconds = self._limits.timeout.total_seconds()
        pool = self._open_pool()
        future = _schedule(pool, task, arguments, seconds)
        try:
            result: Result = await self._result(asyncio.wrap_future(future))
        except AnalysisFailed:
            raise
        except TaskTimeout as error:
            raise AnalysisFailed(f"took longer than {seconds:g} s: given up, its headline is kept") from error
        except ProcessExpired as error:
            raise AnalysisFailed(
                f"the analyser died (exit code {error.exitcode}): its headline is kept"
            ) from error
        except BrokenProcessPool:
            if self._pool is pool:
                self._pool = None  # pebble gave it up by itself
            raise
        except Exception as error:
            # Raised in the child by one article; whatever it is, the others go on.
            raise AnalysisFailed(f"the analyser crashed ({error!r}): its headline is kept") from error
        return result

    async def _result(self, future: "asyncio.Future[Result]") -> Result:
        """Return what the task returned; a closed pool leaves its tasks without an answer."""
        closing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._closing.add(closing)
        first: set[asyncio.Future[Any]] = {future, closing}
        try:
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            future.cancel()
            raise
        finally:
            self._closing.discard(closing)
        if not future.done():
            future.cancel()
            raise AnalysisFailed("the analyser was closed")
        return future.result()

    def _open_pool(self) -> Any:
        if self._pool is None or not self._pool.active:
            self._pool = ProcessPool(
                max_workers=self._limits.workers,
                initializer=_begin,
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    async def close(self) -> None:
        """Kill the children; safe to call twice."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for closing in self._closing:
                closing.set_result(None)
            self._closing.clear()
            pool.stop()
            await asyncio.to_thread(pool.join)


def _schedule(pool: Any, task: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
    """Hand a task to the pool; the first one starts it, and its children inherit what is blocked here.

    A terminal's Ctrl-C, or its end, reaches every process, even one that has not begun to ignore it.
    """
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    _start_tracker()  # before SIGINT is blocked, for it unblocks that
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.schedule(task, args=list(arguments), timeout=seconds)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _start_tracker() -> None:
    """Start multiprocessing's tracker, a child that gives back what a killed bot had of the system.

    It does so in any case; it would warn of it in a terminal where nobody is left to heed that.
    """
    name, quiet = "PYTHONWARNINGS", "ignore:resource_tracker"
    before = os.environ.get(name)
    os.environ[name] = f"{before},{quiet}" if before else quiet
    try:
        resource_tracker.ensure_running()
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


# --- in the child ----------------------------------------------------------------------------------


def _begin() -> None:
    """Leave Ctrl-C and a closed terminal to the parent, and end when the parent is gone, however it went."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@cache
def _engine() -> "Engine":
    # Imported here and below, because the parent has no use for a model and an HTML extractor.
    from digests.analysis.engine import Engine

    return Engine()


def _analyse(article: Article) -> Analysis:
    return _engine().analyse(article.text, byline=article.byline, published=article.published)


def _read(
    entry: PendingArticle, page: FetchResult | None, before: tuple[PageText, ...], rules: tuple[PageRule, ...]
) -> Reading:
    from digests.articles.pages import read_further

    reading = read_further(entry, page, before, rules)
    if reading.wanted or not reading.article.text:
        return reading
    return replace(reading, analysis=_analyse(reading.article))
