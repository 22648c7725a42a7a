"""[io] Keeps the bot signed in to its platforms, and listening for commands there.

What a platform refuses is mended by people, so it is asked again, ever more slowly, and at once on SIGHUP.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.platforms.base import ChatPlatform, CommandPlatform, DeliveryDeferred, DeliveryRefused

FIRST_PAUSE = timedelta(minutes=1)
# Discord bans an address that gets 10,000 bad answers in ten minutes.
LONGEST_PAUSE = timedelta(hours=1)
_log = structlog.get_logger()


class Connections:
    """The bot's connections to ``platforms``; ``signed_in`` hears the name of each that lets the bot in."""

    def __init__(
        self, platforms: Mapping[str, ChatPlatform], signed_in: Callable[[str], Awaitable[None]]
    ) -> None:
        self._platforms = platforms
        self._signed_in = signed_in
        self._refusing: set[str] = set()
        self._asked = asyncio.Event()

    def ask_again(self) -> None:
        """Try at once what was refused."""
        self._asked.set()
        self._asked = asyncio.Event()

    async def keep(self, platform: ChatPlatform) -> None:
        """Sign in and serve commands, until cancelled.

        Raises:
            DeliveryRefused: no platform lets the bot in.
        """
        await self._sign_in(platform)
        await self._signed_in(platform.name)
        if isinstance(platform, CommandPlatform):
            await self._listen(platform, platform.name)
        await asyncio.Event().wait()

    async def _sign_in(self, platform: ChatPlatform) -> None:
        pauses = _pauses()
        while True:
            try:
                await platform.start()
            except DeliveryDeferred as error:
                _log.warning("cannot sign in yet", platform=platform.name, reason=str(error))
                await asyncio.sleep(error.retry_after.total_seconds())
            except DeliveryRefused as error:
                self._refusing.add(platform.name)
                if self._refusing.issuperset(self._platforms):
                    raise
                await self._rest("cannot sign in; digests for it wait", platform.name, error, next(pauses))
            else:
                self._refusing.discard(platform.name)
                return

    async def _listen(self, platform: CommandPlatform, name: str) -> None:
        """Serve commands; where they are refused digests still go out."""
        pauses = _pauses()
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await platform.listen()
            except DeliveryRefused as error:
                if asyncio.get_running_loop().time() - began > LONGEST_PAUSE.total_seconds():
                    pauses = _pauses()
                await self._rest("commands do not work", name, error, next(pauses))

    async def _rest(self, what: str, name: str, error: DeliveryRefused, pause: timedelta) -> None:
        """Tell what was refused and wait, until somebody asks at most."""
        _log.error(what, platform=name, reason=str(error), asked_again_in=str(pause))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), pause.total_seconds())


def _pauses() -> Iterator[timedelta]:
    """Yield how long to wait after each refusal in a row."""
    pause = FIRST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)
