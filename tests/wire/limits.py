"""The platforms' rate limits, counted strictly, for the servers of our own.

Discord: https://discord.com/developers/docs/topics/rate-limits. Slack:
https://docs.slack.dev/apis/web-api/rate-limits; its "several hundred messages per minute" is 300 here.
"""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

Clock = Callable[[], float]


@dataclass(slots=True)
class Window:
    """At most ``limit`` in any stretch of ``seconds``, wherever it begins: the strictest reading."""

    limit: int
    seconds: float
    clock: Clock = time.monotonic
    _taken: deque[float] = field(default_factory=deque)

    def take(self) -> float:
        """Count one more and return 0, or return how many seconds from now there is room for it."""
        now = self.clock()
        while self._taken and self._taken[0] <= now - self.seconds:
            self._taken.popleft()
        if len(self._taken) >= self.limit:
            return self._taken[-self.limit] + self.seconds - now
        self._taken.append(now)
        return 0.0


@dataclass(slots=True)
class Bucket:
    """A route's bucket: ``limit`` from its first request on, until ``seconds`` after that."""

    limit: int
    seconds: float
    clock: Clock = time.monotonic
    _used: int = 0
    _ends: float = 0.0

    def take(self) -> float:
        """Count one more and return 0, or return how many seconds from now the bucket is full again."""
        now = self.clock()
        if now >= self._ends:
            self._used, self._ends = 0, now + self.seconds
        if self._used >= self.limit:
            return self._ends - now
        self._used += 1
        return 0.0

    @property
    def headers(self) -> dict[str, str]:
        """What Discord tells of it with every answer."""
        after = max(0.0, self._ends - self.clock())
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self._used),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": f"bucket-{self.limit}-{self.seconds:g}",
        }


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is answered with 429, and for how long."""

    scope: str
    seconds: float


class DiscordLimits:
    """Discord's global limit and each channel's bucket for posts; ``refused`` counts 429s by scope."""

    def __init__(self, *, a_second: int = 50, posts: int = 5, seconds: float = 5.0) -> None:
        self.all = Window(a_second, 1.0)
        self.refused: Counter[str] = Counter()
        self.posts, self.seconds = posts, seconds
        self._buckets: dict[str, Bucket] = defaultdict(lambda: Bucket(posts, seconds))

    def check(self, method: str, path: str) -> Refusal | None:
        """Count a request; return why it is refused, if it is. No global limit counts interactions."""
        exempt = "/interactions/" in path or "/webhooks/" in path or not path.startswith("/api/")
        if not exempt and (wait := self.all.take()):
            return self._refuse("global", wait)
        if bucket := self._bucket(method, path):
            wait = bucket.take()
            return self._refuse("user", wait) if wait else None
        return None

    def headers(self, method: str, path: str) -> dict[str, str]:
        """Return what the answer to a request tells of its bucket."""
        bucket = self._bucket(method, path)
        return bucket.headers if bucket else {}

    def _bucket(self, method: str, path: str) -> Bucket | None:
        return self._buckets[path] if method == "POST" and path.endswith("/messages") else None

    def _refuse(self, scope: str, wait: float) -> Refusal:
        self.refused[scope] += 1
        return Refusal(scope, wait)


class SlackLimits:
    """A channel's second and the workspace's minute; ``refused`` counts 429s by scope."""

    def __init__(self, *, a_minute: int = 300, channel_seconds: float = 1.0, looks: int = 50) -> None:
        self.workspace = Window(a_minute, 60.0)
        self.looks = Window(looks, 60.0)
        self.refused: Counter[str] = Counter()
        self.channel_seconds = channel_seconds
        self._channels: dict[str, Window] = defaultdict(lambda: Window(1, channel_seconds))

    def check(self, method: str, channel: str) -> float:
        """Count a call and return 0, or the seconds after which it may come again."""
        wait, scope = 0.0, method
        if method == "chat.postMessage":
            wait, scope = self._channels[channel].take(), "channel"
            if not wait:
                wait, scope = self.workspace.take(), "workspace"
        elif method == "conversations.history":
            wait = self.looks.take()
        if wait:
            self.refused[scope] += 1
        return wait
