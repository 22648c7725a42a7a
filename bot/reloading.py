"""[io] Reads the configuration again when somebody asks for it, or when its files changed.

A new one that is good goes to the bot; a bad one is told with all its errors, and the old one runs on.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from bot import words
from config.changes import Changes
from config.problems import ConfigError
from config.schema import Config
from config.watch import Stamp, WatchedConfig

WATCH_TICK = timedelta(seconds=1)

Follow = Callable[[Config], Awaitable[Changes]]
"""Goes over to a configuration and returns what that changed."""


class Tell(Protocol):
    """Says something about the configuration to whoever runs the bot."""

    def __call__(self, headline: str, lines: Sequence[str] = (), *, bad: bool = False) -> None:
        """Say a headline and the lines below it; ``bad`` where something is to be mended."""


class Reloader:
    """Knows when to read the configuration again; files are watched only where ``watch`` is set."""

    def __init__(self, file: WatchedConfig, loaded: Config, tell: Tell, *, watch: bool = True) -> None:
        self._file = file
        self._loaded = loaded
        self._tell = tell
        self._watch = watch
        self._asked = asyncio.Event()
        self._unsettled: tuple[Stamp, ...] | None = None

    def ask(self) -> None:
        """Have the configuration read again soon; asked many times before that, it is read once."""
        self._asked.set()

    async def run_forever(self, follow: Follow) -> None:
        """Read the configuration again whenever that is due, until cancelled."""
        while True:
            asked = await self._wait()
            if asked or await self._has_settled():
                await self._reload(follow, asked=asked)

    async def _wait(self) -> bool:
        """Return where somebody asks, or where it is time to look at the files; whether somebody asked."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), WATCH_TICK.total_seconds() if self._watch else None)
        asked = self._asked.is_set()
        self._asked.clear()
        return asked

    async def _has_settled(self) -> bool:
        """Return whether the files changed and then stayed the same for a tick: nobody is writing them."""
        # In a thread: a file system that hangs must not hold up the bot.
        look = await asyncio.to_thread(self._file.look)
        before, self._unsettled = self._unsettled, look if self._file.changed(look) else None
        return self._unsettled is not None and self._unsettled == before

    async def _reload(self, follow: Follow, *, asked: bool) -> None:
        self._unsettled = None
        try:
            config = await asyncio.to_thread(self._file.load)
        except ConfigError as error:
            self._tell(words.CONFIG_REFUSED, [str(problem) for problem in error.problems], bad=True)
            return
        if config == self._loaded:
            if asked:
                self._tell(words.CONFIG_UNCHANGED)
            return
        changes = await follow(config)
        if changes.refused:
            self._tell(words.CONFIG_REFUSED, changes.refused, bad=True)
            return
        self._loaded = config
        self._tell(words.CONFIG_APPLIED, (*changes.now, *(words.at_next_start(one) for one in changes.later)))
