"""A message part on its way out, and what it can become: pure.

    WAITING ── claimed ──> SENDING ── accepted ──────> SENT
       ^                     │ │ │
       └─ deferred: later ───┘ │ └── refused ────────> PARKED: claimed again every hour, until it is mended
                               │
                               └─ connection cut ────> UNKNOWN: claimed again, and looked for first

What is not SENT and not being sent can be DROPPED by the operator. A part that a crash left SENDING becomes
UNKNOWN at the next start.

``claimed_at`` is the doubt: it is set by a claim, cleared by a try that ended clearly without a message, and
kept by every other end. While it stands, each try looks for the message before it sends one.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.platforms.base import DeliveryDeferred, DeliveryError, DeliveryRefused, MessagePart
from digests.model import OutboxPart, PartState

FIRST_WAIT = timedelta(seconds=1)
# What was cut off, or sent by a bot that died, can still be on its way inside the platform; and Discord
# compares nonces for a few minutes only, so the second look should not be late either.
FIRST_LOOK = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
# A refusal is mended by people: asking more often would only add to the bad answers that Discord counts.
PARKED_FOR = timedelta(hours=1)
# How far a message can stand from where the bot's own clock puts it: clocks are set wrong by hours.
CLOCK_DOUBT = timedelta(days=1)
EVER = datetime(1970, 1, 1, tzinfo=UTC)
# No platform's wait and no quiet hours last longer.
LONGEST_DELAY = timedelta(hours=25)
KEPT = timedelta(days=30)
"""How long what was sent is remembered."""


def new_token() -> str:
    """Return 16 characters that no other digest's parts will ever bear."""
    return secrets.token_hex(8)


def make_parts(
    messages: Sequence[MessagePart],
    *,
    platform: str,
    channel: str,
    queue: str,
    due_at: datetime,
    token: str,
) -> tuple[OutboxPart, ...]:
    """Return one part for each message, in order.

    Their keys are ``token`` and a number, ASCII and at most 25 characters (Discord's nonce) up to 99,999,999
    messages. ``channel`` is the platform's address of the channel, ``queue`` whose parts they are.
    """
    return tuple(
        OutboxPart(
            key=f"{token}-{number}",
            platform=platform,
            channel=channel,
            queue=queue,
            payload=message.payload,
            due_at=due_at,
        )
        for number, message in enumerate(messages, start=1)
    )


def claimed(part: OutboxPart, now: datetime) -> OutboxPart:
    """Return what is stored before ``part`` is sent, so that a crash shows."""
    return replace(part, state=PartState.SENDING, claimed_at=part.claimed_at or now)


def after_sent(part: OutboxPart, message_id: str) -> OutboxPart:
    """Return ``part`` as it stands once the platform has it."""
    tried = replace(part, attempts=part.attempts + 1, note="", claimed_at=None)
    return replace(tried, state=PartState.SENT, message_id=message_id)


def after_error(part: OutboxPart, error: DeliveryError, now: datetime) -> OutboxPart:
    """Return ``part`` as a failed try at ``now`` leaves it; ``part`` is what it was before that try."""
    tried = replace(part, attempts=part.attempts + 1, note=str(error))
    if isinstance(error, DeliveryRefused):
        return replace(tried, state=PartState.PARKED, due_at=now + PARKED_FOR)
    if isinstance(error, DeliveryDeferred):
        wait = max(error.retry_after, _back_off(FIRST_WAIT, part.attempts))
        return replace(tried, state=part.state, due_at=now + wait)
    wait = _back_off(FIRST_LOOK, part.attempts)
    return replace(tried, state=PartState.UNKNOWN, due_at=now + wait, claimed_at=part.claimed_at or now)


def without_platform(part: OutboxPart, now: datetime) -> OutboxPart:
    """Return ``part`` parked because the bot is not connected to its platform any more."""
    note = f"{part.platform} is not set up: put its token back into the configuration and start again"
    return replace(part, state=PartState.PARKED, note=note, due_at=now + PARKED_FOR)


def look_from(part: OutboxPart, now: datetime) -> datetime | None:
    """Return a moment before which ``part``'s message cannot stand, ``None`` where it stands nowhere.

    A claim far in the future was made by a clock that was wrong: it may have been made at any time.
    """
    if part.claimed_at is None:
        return None
    return EVER if part.claimed_at > now + CLOCK_DOUBT else part.claimed_at - CLOCK_DOUBT


def _back_off(first: timedelta, attempts: int) -> timedelta:
    """Return ``first``, doubled for every try before this one, up to ``LONGEST_WAIT``."""
    doublings = min(attempts, 20)  # 2 ** 20 seconds are past any cap; more would overflow in the end
    return min(LONGEST_WAIT, first * (1 << doublings))
