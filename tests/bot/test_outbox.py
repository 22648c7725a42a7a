"""What a message part can become."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import (
    CLOCK_DOUBT,
    EVER,
    FIRST_LOOK,
    FIRST_WAIT,
    LONGEST_WAIT,
    PARKED_FOR,
    after_error,
    after_sent,
    claimed,
    look_from,
    make_parts,
    new_token,
    without_platform,
)
from bot.platforms.base import (
    DeliveryDeferred,
    DeliveryError,
    DeliveryRefused,
    DeliveryUnknown,
    MessagePart,
)
from digests.model import OutboxPart, PartState
from tests.make import NOON, make_part

HALF_MINUTE = timedelta(seconds=30)


@pytest.mark.parametrize("before", [PartState.WAITING, PartState.UNKNOWN])
@pytest.mark.parametrize(
    ("error", "state", "due_at"),
    [
        pytest.param(
            DeliveryDeferred("busy", retry_after=HALF_MINUTE), None, NOON + HALF_MINUTE, id="deferred"
        ),
        pytest.param(DeliveryRefused("no channel"), PartState.PARKED, NOON + PARKED_FOR, id="refused"),
        pytest.param(DeliveryUnknown("cut"), PartState.UNKNOWN, NOON + FIRST_LOOK, id="unknown"),
    ],
)
def test_the_error_decides_what_a_part_becomes(
    before: PartState, error: DeliveryError, state: PartState | None, due_at: object
) -> None:
    """A refusal parks, a cut connection makes unknown, a deferral changes nothing but the time.

    Above all it does not turn an unknown part into a waiting one, which would be sent without a look.
    """
    part = after_error(make_part(state=before), error, NOON)
    assert (part.state, part.due_at, part.note) == (state or before, due_at, str(error))


def test_each_deferral_in_a_row_waits_twice_as_long_up_to_a_cap() -> None:
    """A platform that is down is asked less and less often, but at least every quarter of an hour."""
    part, waits = make_part(), []
    for _ in range(12):
        part = after_error(part, DeliveryDeferred("down", retry_after=timedelta(0)), NOON)
        waits.append(part.due_at - NOON)
    assert waits[:4] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT


def test_a_wish_to_wait_longer_is_granted() -> None:
    """A platform that asks for an hour is left alone for an hour, whatever the cap."""
    error = DeliveryDeferred("rate limited", retry_after=timedelta(hours=1))
    assert after_error(make_part(), error, NOON).due_at == NOON + timedelta(hours=1)


@given(st.integers(min_value=0, max_value=10**9))
def test_no_number_of_tries_overflows(attempts: int) -> None:
    """A part that was tried for years still has a next time."""
    part = after_error(make_part(attempts=attempts), DeliveryUnknown("cut"), NOON)
    assert FIRST_LOOK <= part.due_at - NOON <= LONGEST_WAIT


def test_a_sent_part_bears_the_platforms_id_and_no_old_note() -> None:
    """What is recorded is enough to find the message again."""
    part = after_sent(make_part(state=PartState.UNKNOWN, note="cut", attempts=1, claimed_at=NOON), "m1")
    assert (part.state, part.message_id, part.note, part.attempts) == (PartState.SENT, "m1", "", 2)
    assert look_from(part, NOON) is None


def test_a_claim_is_the_beginning_of_a_doubt() -> None:
    """A crash after it loses nothing that was known of the part, an older doubt above all."""
    part = make_part(attempts=3, note="busy")
    claim = claimed(part, NOON + HALF_MINUTE)
    assert (claim.state, claim.claimed_at) == (PartState.SENDING, NOON + HALF_MINUTE)
    assert (claim.attempts, claim.note, claim.due_at) == (3, "busy", NOON)
    assert claimed(replace(part, claimed_at=NOON), NOON + HALF_MINUTE).claimed_at == NOON


@pytest.mark.parametrize("doubt", [None, NOON - HALF_MINUTE], ids=["no doubt", "an older doubt"])
@pytest.mark.parametrize(
    ("error", "adds"),
    [
        pytest.param(DeliveryDeferred("busy", retry_after=HALF_MINUTE), False, id="deferred"),
        pytest.param(DeliveryRefused("no channel"), False, id="refused"),
        pytest.param(DeliveryUnknown("cut"), True, id="unknown"),
    ],
)
def test_a_clear_answer_leaves_no_new_doubt_and_takes_no_old_one(
    error: DeliveryError, adds: bool, doubt: datetime | None
) -> None:
    """What may stand there from an earlier try is looked for until it is found, or sent."""
    part = after_error(make_part(claimed_at=doubt), error, NOON)
    assert part.claimed_at == (doubt or (NOON if adds else None))
    assert look_from(part, NOON) == (part.claimed_at and part.claimed_at - CLOCK_DOUBT)


def test_a_part_whose_platform_is_gone_says_so() -> None:
    """The note tells the operator what to mend, and the part is tried again by itself."""
    part = without_platform(make_part(platform="slack"), NOON)
    assert (part.state, part.due_at) == (PartState.PARKED, NOON + PARKED_FOR)
    assert "slack" in part.note


def test_parts_keep_the_messages_order_and_have_keys_of_their_own() -> None:
    """Keys are what a message is found by: unique, ASCII, and short enough for Discord's nonce (25)."""
    messages = [MessagePart(payload={"text": str(number)}) for number in range(1, 1001)]
    parts: list[OutboxPart] = []
    for _ in range(3):
        parts += make_parts(
            messages, platform="discord", channel="1", queue="q", due_at=NOON, token=new_token()
        )
    assert [part.payload["text"] for part in parts[:3]] == ["1", "2", "3"]
    assert len({part.key for part in parts}) == len(parts)
    assert all(part.key.isascii() and len(part.key) <= 25 for part in parts)


@pytest.mark.parametrize(
    ("ahead", "since"),
    [
        pytest.param(timedelta(hours=-50), NOON - timedelta(hours=50) - CLOCK_DOUBT, id="claimed long ago"),
        pytest.param(timedelta(hours=10), NOON + timedelta(hours=10) - CLOCK_DOUBT, id="hours ahead"),
        pytest.param(timedelta(days=400), EVER, id="years ahead"),
    ],
)
def test_a_claim_of_a_clock_that_was_far_ahead_bounds_no_look(ahead: timedelta, since: datetime) -> None:
    """The message stands where it was really posted: bounded by the claim it would be sent again."""
    assert look_from(make_part(claimed_at=NOON + ahead), NOON) == since
