"""What the bot asks of a chat platform, and how a delivery can end.

DeliveryError
├── DeliveryDeferred   later, not now
├── DeliveryRefused    never, unless somebody mends it
└── DeliveryUnknown    it may stand there already: look before sending again
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from digests.document import Document

TOO_MUCH = (
    "so much was written there since that it cannot be told whether this message stands there: look, then "
    "type onrecord outbox drop and its key where it does, or wait until less is written"
)


class DeliveryError(Exception):
    """A part was not posted; the text is for the operator and holds no secret."""


class DeliveryDeferred(DeliveryError):
    """Later, not now: rate limited, platform down, no connection made."""

    def __init__(self, message: str, *, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class DeliveryRefused(DeliveryError):
    """Not without a change: no such channel, no permission, bad token, payload rejected."""


class DeliveryUnknown(DeliveryError):
    """The connection broke after the platform may have stored the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePart:
    """One message, ready to post. ``payload`` is JSON in the platform's own shape."""

    payload: dict[str, Any]


class ChatPlatform(Protocol):
    """Discord, Slack, the terminal, or the fake in ``tests/fakes.py``."""

    @property
    def name(self) -> str:
        """Key stored with each outbox row, such as ``"slack"``."""

    def render(self, document: Document) -> tuple[MessagePart, ...]:
        """Return the messages that show ``document``, each within every limit, split between stories."""

    async def start(self) -> None:
        """Make posting possible; a gateway or socket is opened by ``listen``, not here.

        Raises:
            DeliveryRefused: the token is wrong.
            DeliveryDeferred: the platform cannot be reached now.
        """

    def turn(self, channel: str) -> AbstractAsyncContextManager[None]:
        """Wait until the platform's limits let the next post to ``channel`` begin.

        The task that waited is to make the post, inside the block. A wait may be cancelled.
        """

    async def post(self, channel: str, part: MessagePart, key: str) -> str:
        """Post one ``part`` and return the platform's message id.

        ``key`` (at most 25 characters) is stable over restarts and is found again by ``look_for``.

        Raises:
            DeliveryDeferred: later, not now.
            DeliveryRefused: never.
            DeliveryUnknown: it may stand there already: look before sending again.
        """

    async def look_for(self, channel: str, key: str, *, after: str | None, since: datetime) -> str | None:
        """Return the id of the message posted under ``key``, or ``None`` where the channel has none.

        It stands behind the message ``after``, our last one there, and not before ``since``; what people
        wrote meanwhile, however much, is looked through.

        Raises:
            DeliveryDeferred: the channel cannot be read now.
            DeliveryRefused: the channel may not be read, or there is too much to look through: without a
                change it cannot be told whether the message stands there.
        """

    async def close(self) -> None:
        """Close connections; safe to call twice."""


@runtime_checkable
class CommandPlatform(Protocol):
    """A platform on which people can type commands."""

    async def listen(self) -> None:
        """Serve commands until cancelled; lost connections are made again.

        Raises:
            DeliveryRefused: the platform does not let the bot listen, until somebody mends that.
        """
