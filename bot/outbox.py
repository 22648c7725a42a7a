"""A message part on its way out, and what it can become: pure.

    WAITING ── claimed ──> SENDING ── accepted ──────> SENT
       ^                     │ │ │
       └─ deferred: later ───┘ │ └── refused ────────> PARKED: holds back its channel until it is mended
                               │
                               └─ connection cut ────> UNKNOWN: looked for first, then claimed again

A part that a crash left SENDING becomes UNKNOWN at the next start. A part that is UNKNOWN stays so
however often looking or sending is deferred: until one try has ended clearly, every try looks first.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.platforms.base import DeliveryDeferred, DeliveryError, DeliveryRefused, MessagePart
from digests.model import OutboxPart, PartState

FIRST_WAIT = timedelta(seconds=1)
# What was cut off can still be on its way inside the platform; and Discord compares nonces for a few
# minutes only, so the second look should not be late either.
FIRST_LOOK = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)


def new_token() -> str:
    """Return 16 characters that no other digest's parts will ever bear."""
    return secrets.token_hex(8)


def make_parts(
    messages: Sequence[MessagePart], *, platform: str, channel: str, due_at: datetime, token: str
) -> tuple[OutboxPart, ...]:
    """Return one part for each message, in order.

    Their keys are ``token`` and a number, ASCII and at most 25 characters (Discord's nonce) up to 99,999,999
    messages. ``channel`` is the platform's address of the channel.
    """
    return tuple(
        OutboxPart(
            key=f"{token}-{number}",
            platform=platform,
            channel=channel,
            payload=message.payload,
            due_at=due_at,
        )
        for number, message in enumerate(messages, start=1)
    )


def claimed(part: OutboxPart) -> OutboxPart:
    """Return what is stored before ``part`` is sent, so that a crash shows."""
    return replace(part, state=PartState.SENDING)


def after_sent(part: OutboxPart, message_id: str) -> OutboxPart:
    """Return ``part`` as it stands once the platform has it."""
    return replace(part, state=PartState.SENT, message_id=message_id, attempts=part.attempts + 1, note="")


def after_error(part: OutboxPart, error: DeliveryError, now: datetime) -> OutboxPart:
    """Return ``part`` as a failed try leaves it; ``part`` is what it was before that try."""
    tried = replace(part, attempts=part.attempts + 1, note=str(error))
    if isinstance(error, DeliveryRefused):
        return replace(tried, state=PartState.PARKED)
    if isinstance(error, DeliveryDeferred):
        wait = max(error.retry_after, _back_off(FIRST_WAIT, part.attempts))
        return replace(tried, state=part.state, due_at=now + wait)
    wait = _back_off(FIRST_LOOK, part.attempts)
    return replace(tried, state=PartState.UNKNOWN, due_at=now + wait)


def without_platform(part: OutboxPart) -> OutboxPart:
    """Return ``part`` parked because the bot is not connected to its platform any more."""
    note = f"{part.platform} is not set up: put its token back into the configuration and start again"
    return replace(part, state=PartState.PARKED, note=note)


def _back_off(first: timedelta, attempts: int) -> timedelta:
    """Return ``first``, doubled for every try before this one, up to ``LONGEST_WAIT``."""
    doublings = min(attempts, 20)  # 2 ** 20 seconds are past any cap; more would overflow in the end
    return min(LONGEST_WAIT, first * (1 << doublings))
