"""Fetching alone: aiohttp reading the same feeds with the same concurrency, and doing nothing with them.

As a program it reads ``{"urls": [...], "etags": [...]}`` from the file that is named, and writes the tags.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

AT_ONCE = 64
Tags = Sequence[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a round cost."""

    cpu: float
    wall: float


def fetch_twice(urls: Sequence[str]) -> tuple[Cost, Cost]:
    """Return the cost of fetching all ``urls``, and of asking again with the tags they came with."""
    return asyncio.run(_fetch_twice(urls))


async def _fetch_twice(urls: Sequence[str]) -> tuple[Cost, Cost]:
    async with session() as opened:
        before = now()
        tags = await fetch_all(opened, urls, [None] * len(urls))
        between = now()
        await fetch_all(opened, urls, tags)
        return spent(before, between), spent(between, now())


def session(patience: float = 30.0) -> aiohttp.ClientSession:
    """Return a session that waits ``patience`` seconds for an answer."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=AT_ONCE), timeout=aiohttp.ClientTimeout(total=patience)
    )


async def fetch_all(opened: aiohttp.ClientSession, urls: Sequence[str], tags: Tags) -> Tags:
    """Return the tags with which ``urls`` come, ``None`` for those that cannot be had."""
    places = asyncio.Semaphore(AT_ONCE)

    async def fetch(url: str, tag: str | None) -> str | None:
        headers = {"If-None-Match": tag} if tag else {}
        try:
            async with places, opened.get(url, headers=headers) as response:
                await response.read()
                return response.headers.get("ETag")
        except (aiohttp.ClientError, TimeoutError):
            return None

    return await asyncio.gather(*(fetch(url, tag) for url, tag in zip(urls, tags, strict=True)))


def now() -> Cost:
    """Return the CPU and the wall clock of this process, to be subtracted."""
    return Cost(cpu=time.process_time(), wall=time.perf_counter())


def spent(before: Cost, after: Cost) -> Cost:
    """Return what was spent between two readings of ``now``."""
    return Cost(cpu=after.cpu - before.cpu, wall=after.wall - before.wall)


async def _main(asked: Path) -> None:
    wanted = json.loads(asked.read_text())
    async with session() as opened:
        tags = await fetch_all(opened, wanted["urls"], wanted["etags"])
    sys.stdout.write(json.dumps(tags))


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
