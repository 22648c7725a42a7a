"""[io] Discord's pace: 50 requests a second over all, and what each channel's last answer leaves room for.

discord.py obeys the limit of each route and waits where Discord said no; it does not keep a bot below
the global limit. Sources: https://discord.com/developers/docs/topics/rate-limits, also for interactions,
which the global limit does not count.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp

from bot.platforms.pace import Pace, sleep_until

A_SECOND = 50
# What is made up for at once after the machine was busy for a tenth of a second.
BURST = 5
# Discord's windows end by its clock, not by ours.
_MARGIN = 0.05
# Then somebody asks again, whatever was told: the part that met the limit waits longer by itself.
_LONGEST_HOLD = 300.0

_UNCOUNTED = re.compile(r"/interactions/|/webhooks/")
_POSTS = re.compile(r"/channels/(\d+)/messages$")


@dataclass(slots=True)
class Answer:
    """What Discord said to the post that runs now, and until when that may run."""

    patience: asyncio.Timeout
    message_id: str | None = None


# Both belong to the task that posts, in which discord.py makes its requests. The first request of a turn is
# what was waited for.
_answer: ContextVar[Answer | None] = ContextVar("answer", default=None)
_paid: ContextVar[bool] = ContextVar("paid", default=False)


class DiscordPace:
    """Lets posts begin in turn, and every other request of the bot in between.

    ``watch`` puts it into discord.py, where it sees each request, discord.py's own retries included.
    """

    def __init__(self) -> None:
        self._all = Pace(A_SECOND, 1.0, BURST)
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait until the next post to ``channel`` may begin; the task that waited is to make it."""
        await sleep_until(self._free_at.pop(channel, 0.0))
        async with self._all.turn():
            _paid.set(True)
            try:
                yield
            finally:
                _paid.set(False)

    def watch(self, trace: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
        """Return ``trace``, which from now on also paces the requests of its session."""
        trace.on_request_start.append(self._before)
        trace.on_request_end.append(self._behind)
        trace.on_request_exception.append(self._broken)
        return trace

    async def _before(
        self, _: object, request: SimpleNamespace, begun: aiohttp.TraceRequestStartParams
    ) -> None:
        if _UNCOUNTED.search(begun.url.path) or begun.url.scheme.startswith("ws"):
            return
        if _paid.get():
            _paid.set(False)
        else:
            await self._all.take()
            request.taken = True

    async def _broken(self, _: object, request: SimpleNamespace, __: object) -> None:
        self._give_back(request)

    def _give_back(self, request: SimpleNamespace) -> None:
        if getattr(request, "taken", False):
            request.taken = False
            self._all.give_back()

    async def _behind(
        self, _: object, request: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        self._give_back(request)
        headers = ended.response.headers
        if ended.response.status == 429 and "X-RateLimit-Global" in headers:
            self._all.hold(min(_number(headers.get("Retry-After")), _LONGEST_HOLD))
        if ended.method == "POST" and (posted := _POSTS.search(ended.url.path)):
            await self._behind_post(posted[1], ended.response)

    async def _behind_post(self, channel: str, response: aiohttp.ClientResponse) -> None:
        answer = _answer.get()
        if response.status == 200 and answer is not None:
            answer.message_id = _message_id(await response.read())
        if response.headers.get("X-RateLimit-Remaining") != "0":
            return
        now = asyncio.get_running_loop().time()
        wait = min(_number(response.headers.get("X-RateLimit-Reset-After")), _LONGEST_HOLD)
        self._free_at[channel] = now + wait + _MARGIN
        if answer is not None and answer.message_id is not None:
            answer.patience.reschedule(now)


@asynccontextmanager
async def until_answered(seconds: float) -> AsyncIterator[Answer]:
    """Give a post ``seconds``, and let it go as soon as Discord has told the message's id.

    discord.py keeps a post that emptied its channel's bucket until the bucket is full again, seconds after
    the message was stored: a crash or a stop in that time would leave it in doubt. Whatever it stumbles over
    once the id is known, such as odd headers, is no doubt either.

    Raises:
        TimeoutError: there was no answer in time. Other exceptions of the block come out as they are.
    """
    answer = Answer(asyncio.timeout(seconds))
    try:
        async with answer.patience:
            _answer.set(answer)
            yield answer
    except Exception:
        if answer.message_id is None:
            raise
    finally:
        _answer.set(None)


def _number(text: str | None) -> float:
    """Return a header's number of seconds, 0 where there is none."""
    try:
        return max(0.0, float(text or 0))
    except ValueError:
        return 0.0


def _message_id(body: bytes) -> str | None:
    try:
        message: Any = json.loads(body)
        return str(int(message["id"]))
    except (ValueError, LookupError, TypeError):
        return None
