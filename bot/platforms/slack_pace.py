"""[io] Slack's pace: a message a second and channel, some hundred a minute over a workspace.

Slack tells its limits only where one is exceeded. Source: https://docs.slack.dev/apis/web-api/rate-limits.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.platforms.pace import Pace, sleep_until

# "Several hundred messages per minute" over a workspace.
A_MINUTE, BURST = 300, 10
CHANNEL_SECONDS = 1.0
# Slack asks for a minute at most; after that somebody asks again whatever it said.
LONGEST_HOLD = 300.0
# Tier 3, which conversations.history belongs to, is 50 a minute and more.
LOOKS, LOOKS_BURST = 50, 10


class SlackPace:
    """Lets posts begin in turn, each channel's a second apart, and looks beside them."""

    def __init__(self) -> None:
        self._posts = Pace(A_MINUTE, 60.0, BURST)
        self._looks = Pace(LOOKS, 60.0, LOOKS_BURST)
        self._free_at: dict[str, float] = {}
        self._refused_until: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """Wait until the next post to ``channel`` may begin, which is to be made inside the block.

        The channel's second counts from its end, whatever the network does.
        """
        await sleep_until(self._free_at.get(channel, 0.0))
        async with self._posts.turn():
            try:
                yield
            finally:
                self._free_at[channel] = _now() + CHANNEL_SECONDS

    def look(self) -> AbstractAsyncContextManager[None]:
        """Wait until a page of a channel's history may be asked for, inside the block."""
        return self._looks.turn()

    def refused(self, channel: str, seconds: float) -> None:
        """Say that Slack refused a post to ``channel`` for ``seconds``, which its part waits in the outbox.

        Slack does not tell whether the channel's limit was met or the workspace's: where a second channel
        is refused meanwhile, all wait.
        """
        now = _now()
        self._refused_until = {place: until for place, until in self._refused_until.items() if until > now}
        self._refused_until[channel] = now + seconds
        if len(self._refused_until) > 1:
            self._posts.hold(min(seconds, LONGEST_HOLD))

    def refused_look(self, seconds: float) -> None:
        """Say that Slack refused to show a history for ``seconds``: it does so to all channels."""
        self._looks.hold(min(seconds, LONGEST_HOLD))


def _now() -> float:
    return asyncio.get_running_loop().time()
