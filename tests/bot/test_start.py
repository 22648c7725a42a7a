"""What a start makes of what the last run left behind."""

import io
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from bot.app import open_app
from bot.outbox import FIRST_LOOK, KEPT, LONGEST_DELAY
from digests.model import OutboxPart, PartState
from digests.storage.store import Store
from tests.bot.small_app import settings
from tests.fakes import NOON, FakeClock
from tests.make import make_part

HOUR = timedelta(hours=1)
DESK = {"name": "desk", "to": "terminal", "schedule": "0 8 * * *"}


async def started(folder: Path, *parts: OutboxPart) -> dict[str, tuple[PartState, timedelta]]:
    """Start an app at noon on an outbox of these parts; return each one's state and when it is due."""
    config = settings(folder, DESK)
    async with await Store.open(config.storage) as store:
        await store.queue_parts(parts)
    async with open_app(config, Console(file=io.StringIO()), FakeClock(NOON)) as app:
        found = await app.store.load_parts(tuple(PartState))
    return {part.channel: (part.state, part.due_at - NOON) for part in found}


async def test_a_start_leaves_the_outbox_ready_to_be_delivered(tmp_path: Path) -> None:
    """Half sent is looked for, refused is tried, what a wrong clock put off is due, what is old is gone."""
    year = timedelta(days=365)
    assert await started(
        tmp_path,
        make_part(channel="half sent", state=PartState.SENDING, claimed_at=NOON - HOUR),
        make_part(channel="refused", state=PartState.PARKED, due_at=NOON + HOUR),
        make_part(channel="put off for years", attempts=1, due_at=NOON + year),
        make_part(channel="quiet", due_at=NOON + LONGEST_DELAY - HOUR),
        make_part(1, channel="sent", state=PartState.SENT, due_at=NOON - KEPT - HOUR),
        make_part(2, channel="sent", state=PartState.SENT, due_at=NOON - KEPT + HOUR),
    ) == {
        "half sent": (PartState.UNKNOWN, FIRST_LOOK),
        "refused": (PartState.PARKED, timedelta(0)),
        "put off for years": (PartState.WAITING, timedelta(0)),
        "quiet": (PartState.WAITING, LONGEST_DELAY - HOUR),
        "sent": (PartState.SENT, HOUR - KEPT),
    }


async def test_a_start_writes_down_the_timetables(tmp_path: Path) -> None:
    """A change in the configuration counts from the start with it; where nothing changed, nothing does."""
    clock = FakeClock(NOON)
    for schedule, since in (("0 8 * * *", None), ("0 9 * * *", NOON + HOUR), ("0 9 * * *", NOON + HOUR)):
        config = settings(tmp_path, {**DESK, "schedule": schedule})
        async with open_app(config, Console(file=io.StringIO()), clock) as app:
            state = await app.store.load_channel("desk")
            assert state.schedule == app.publisher.timetable(config.channels[0]).as_text()
        assert state.schedule_since == since
        clock.advance(HOUR)
