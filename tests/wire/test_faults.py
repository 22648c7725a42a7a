"""Every fault of a platform's answers, through the real delivery and chat clients: 0 lost, 0 doubled."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta

import aiohttp
import pytest

from bot.platforms.base import DeliveryUnknown, MessagePart
from digests.model import PartState
from tests.wire.discord_server import TOKEN
from tests.wire.fault_cases import JSON, Case, cuts, fixed, slow
from tests.wire.fault_matrix import PARTS, Verdict, discord_wire, groups, play
from tests.wire.faults import Broken, answer
from tests.wire.slack_server import BOT_TOKEN

pytestmark = [pytest.mark.wire, pytest.mark.timeout(170)]

KINDS = ("discord", "slack")
GROUPS = [pytest.param(kind, name, id=f"{kind}, {name}") for kind in KINDS for name in groups(kind)]
SECOND = timedelta(seconds=1)


def failures(verdicts: list[Verdict], *, look: bool = False) -> Iterator[str]:
    """Yield what is wrong with each verdict: state, words, or messages lost, doubled or out of order."""
    for verdict in verdicts:
        name, first = verdict.case.fault.name, verdict.first
        wanted = after_look(verdict.case) if look else verdict.case.state
        if first.state is not wanted:
            yield f"{name}: {first.state}, not {wanted} ({first.note})"
        if verdict.lost or verdict.doubled or not verdict.in_order:
            yield f"{name}: of {verdict.posted} stand there {verdict.shown}"
        if (first.state is PartState.SENT) == bool(first.note):
            yield f"{name}: says {first.note!r}"
        if any(secret in first.note + verdict.second.note for secret in (TOKEN, BOT_TOKEN)):
            yield f"{name}: tells a token"


def after_look(case: Case) -> PartState:
    """Return what a part in doubt must be after a look that met the fault: never free to be sent blindly."""
    return PartState.UNKNOWN if case.state is PartState.WAITING else case.state


@pytest.mark.parametrize(("kind", "name"), GROUPS)
async def test_a_post_that_fails_is_neither_lost_nor_doubled(kind: str, name: str) -> None:
    """Whatever is answered the part is in its right state; after it all stands there once, in order."""
    verdicts = await play(kind, groups(kind)[name])
    assert list(failures(verdicts)) == []
    asked = [(v.case.fault.name, v.waited, v.case.wait) for v in verdicts if v.case.wait is not None]
    assert [(name, waited, wait) for name, waited, wait in asked if not wait <= waited <= wait + SECOND] == []


@pytest.mark.parametrize(("kind", "name"), GROUPS)
async def test_a_look_that_fails_never_lets_a_message_be_doubled(kind: str, name: str) -> None:
    """It stands there and its answer was lost: until the channel can be read it is not sent again."""
    cases = groups(kind)[name]
    some = cases[::3] if name == "statuses" else cases  # all of them: python -m tests.wire.fault_matrix
    assert list(failures(await play(kind, some, look=True), look=True)) == []


@pytest.mark.parametrize("look", [False, True], ids=["posting", "looking"])
@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_that_takes_too_long_is_neither_lost_nor_doubled(
    kind: str, look: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it late, or byte by byte: past the time for an answer the outcome is unknown."""
    limit = 0.4
    monkeypatch.setattr("bot.platforms.discord._POST_SECONDS", limit)
    monkeypatch.setattr("bot.platforms.discord._LOOK_SECONDS", limit)
    monkeypatch.setattr("bot.platforms.slack._TIMEOUT", aiohttp.ClientTimeout(total=limit))
    assert list(failures(await play(kind, list(slow(limit)), look=look), look=look)) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_without_the_look_messages_are_doubled(kind: str) -> None:
    """Negative control: the faults are such that only looking before sending saves from them."""
    stored = [case for case in cuts() if case.fault.stored and case.state is PartState.UNKNOWN]
    verdicts = await play(kind, stored, blind=True)
    assert len(verdicts) > 20
    assert [v.case.fault.name for v in verdicts if v.doubled < PARTS] == []


# --- Discord's buckets ---------------------------------------------------------------------------


async def test_a_bucket_that_is_empty_holds_back_its_channel_alone() -> None:
    """Headers tell when the next post is welcome; odd ones leave no doubt where the id was told."""
    counts = {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0.2"}
    odd = {
        "no reset": {"X-RateLimit-Remaining": "0"},
        "no number": {**counts, "X-RateLimit-Remaining": "some"},
        "no number to wait": {**counts, "X-RateLimit-Reset-After": "soon"},
    }
    cases = [limited("empty bucket", PartState.SENT, counts)]
    cases += [limited("bucket of many", PartState.SENT, {**counts, "X-RateLimit-Bucket": "b1"})]
    cases += [limited("long reset", PartState.SENT, {**counts, "X-RateLimit-Reset-After": "3600"})]
    cases += [limited(name, PartState.SENT, headers) for name, headers in odd.items()]
    assert list(failures(await play("discord", cases))) == []


def limited(name: str, state: PartState, headers: dict[str, str]) -> Case:
    """Return the case of a message that is taken, with these headers in the answer."""

    def write(true: bytes) -> bytes:
        return answer(200, true.partition(b"\r\n\r\n")[2], **JSON, **headers)

    return Case(fault=Broken(name=name, write=write, stored=True), state=state)


async def test_a_global_limit_that_outlasts_a_post_holds_nobody_back_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """discord.py lets nobody post until whoever met the limit has waited it out, which is cut short here."""
    monkeypatch.setattr("bot.platforms.discord._POST_SECONDS", 0.3)
    body = json.dumps({"retry_after": 20, "global": True}).encode()
    limit = fixed("global", answer(429, body, Via="1.1 google", **JSON), PartState.UNKNOWN)
    async with discord_wire() as wire:
        one, other = wire.channel(0), wire.channel(1)
        wire.outages.begin("POST", one, limit.fault)
        part = MessagePart(payload=wire.payload)
        async with asyncio.timeout(10):
            with pytest.raises(DeliveryUnknown):
                await wire.platform.post(one, part, "first")
            await wire.platform.post(other, part, "key")
    assert wire.shown() == [(other, "key")]
