"""A channel's timetable as it is remembered, and which of its slots is owed: pure.

A slot counts for the timetable that was in force when it came: one that a changed configuration moves
into the past was never missed, and one that was missed under the old timetable is still owed.

A remembered moment can lie in the future, where the machine's clock was ahead and was set back. Up to an
hour it is believed, so that no slot is told twice; beyond that it is the clock's mistake, and believing
it would keep the channel silent until then.
"""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.slots import Quiet, last_slot
from digests.model import ChannelState

CLOCK_AHEAD = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a channel gets its digests: cron lines, the zone's name, and quiet hours."""

    schedule: tuple[str, ...]
    zone: str
    quiet: Quiet | None = None

    def as_text(self) -> str:
        """Return it as JSON, the same for equal ones."""
        quiet = [at.isoformat("minutes") for at in self.quiet] if self.quiet else None
        return json.dumps({"schedule": self.schedule, "zone": self.zone, "quiet": quiet})


def read_timetable(text: str) -> Timetable | None:
    """Return what ``as_text`` wrote, ``None`` where another version wrote it otherwise."""
    try:
        read = json.loads(text)
        begin, end = map(time.fromisoformat, read["quiet"] or ("00:00", "00:00"))
        quiet = (begin, end) if read["quiet"] else None
        return Timetable(schedule=tuple(read["schedule"]), zone=str(read["zone"]), quiet=quiet)
    except (ValueError, TypeError, KeyError):
        return None


def told_until(state: ChannelState, now: datetime) -> datetime:
    """Return the moment after which slots count: nothing up to it is owed to the channel any more.

    Where all that is remembered is to come, a wrong clock told it: what came within the last hour counts.
    """
    moments = (state.last_slot, state.schedule_since, state.first_seen)
    return max(
        (at for at in moments if at is not None and at <= now + CLOCK_AHEAD), default=now - CLOCK_AHEAD
    )


def owed_slot(timetable: Timetable, state: ChannelState, now: datetime) -> datetime | None:
    """Return the latest slot that has come and was not told, ``None`` where none is owed.

    The remembered timetable decides where there is one; ``timetable`` is the configuration's.
    """
    in_force = read_timetable(state.schedule or "") or timetable
    try:
        return last_slot(
            in_force.schedule, ZoneInfo(in_force.zone), quiet=in_force.quiet,
            after=told_until(state, now), until=now,
        )  # fmt: skip
    except (KeyError, ValueError):
        # A zone or an expression that this version no longer knows.
        return None
