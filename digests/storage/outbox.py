"""[io] The rows of messages on their way out; ``bot/outbox.py`` knows what their states mean."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)

from digests.model import Front, OutboxPart, PartState
from digests.storage.engine import AsyncConnection
from digests.storage.rows import AnyRow, Rows
from digests.storage.tables import outbox

UNFINISHED = (PartState.WAITING, PartState.SENDING, PartState.UNKNOWN, PartState.PARKED)
TO_DELIVER = (PartState.WAITING, PartState.UNKNOWN, PartState.PARKED)
FINISHED = (PartState.SENT, PartState.DROPPED)


class OutboxRows(Rows):
    """The store's part about the outbox."""

    async def queue_parts(self, parts: Sequence[OutboxPart]) -> None:
        """Store parts that belong to no digest, such as a notice to the operator."""
        async with self._database.write() as connection:
            await insert_parts(connection, parts, None)

    async def load_fronts(self) -> tuple[Front, ...]:
        """Return when each channel has a part to deliver, those due first in front.

        What counts is the part whose turn it is: see ``_turns``. Channels do not wait for each other.
        """
        async with self._database.read() as connection:
            return tuple(Front(**row._mapping) for row in await connection.execute(_fronts()))

    async def next_due_at(self) -> datetime | None:
        """Return when the next part is due that nothing holds back, ``None`` where there is none."""
        fronts = await self.load_fronts()
        return fronts[0].due_at if fronts else None

    async def load_next_part(self, platform: str, channel: str, now: datetime) -> OutboxPart | None:
        """Return the part of one channel that may be delivered at ``now``, ``None`` where there is none."""
        here = {"here_platform": platform, "here_channel": channel, "now": now}
        async with self._database.read() as connection:
            row = (await connection.execute(_next_part(), here)).one_or_none()
        return None if row is None else _part(row)

    async def save_part(self, part: OutboxPart, before: PartState) -> bool:
        """Store what became of a part, by its ``id``, if it is still in the state ``before``.

        Returns ``False``, with nothing stored, where somebody else changed it meanwhile: an operator who
        drops it while the bot runs, or another worker.
        """
        changes = {
            "state": part.state,
            "due_at": part.due_at,
            "attempts": part.attempts,
            "note": part.note,
            "message_id": part.message_id,
            "claimed_at": part.claimed_at,
        }
        unchanged = (outbox.c.id == part.id, outbox.c.state == before)
        async with self._database.write() as connection:
            return (await connection.execute(update(outbox).where(*unchanged).values(changes))).rowcount > 0

    async def last_message_id(self, platform: str, channel: str) -> str | None:
        """Return the id of a message behind which a part in doubt must stand, ``None`` where there is none.

        It is the sent one that was queued last. Others may stand behind it, for queues overtake each other;
        but none was sent since the doubt began, because a part in doubt holds its channel.
        """
        here = (outbox.c.platform == platform, outbox.c.channel == channel, outbox.c.state == PartState.SENT)
        query = select(outbox.c.message_id).where(*here).order_by(outbox.c.id.desc()).limit(1)
        async with self._database.read() as connection:
            message_id: str | None = (await connection.execute(query)).scalar()
        return message_id

    async def recover_sending(self, due_at: datetime) -> int:
        """Make unknown the parts that a crash left half sent, due at ``due_at``; return how many there were.

        To be called before anything is delivered: each is then looked for before it is sent again.
        """
        changes = {"state": PartState.UNKNOWN, "note": "Onrecord stopped while this was being sent"}
        return await self._change(outbox.c.state == PartState.SENDING, **changes, due_at=due_at)

    async def resume_parked(self, now: datetime, platform: str | None = None) -> int:
        """Give parked parts another try at ``now``, all or one platform's; return how many there are."""
        here = true() if platform is None else outbox.c.platform == platform
        return await self._change(outbox.c.state == PartState.PARKED, here, due_at=now)

    async def retry_parts(self, now: datetime, channels: Collection[tuple[str, str]] | None = None) -> int:
        """Make due at ``now`` what a failed try put off, in all or in some (platform, channel).

        What was never tried, such as a digest that waits for the end of quiet hours, is left alone. Returns
        how many there are.
        """
        put_off = (outbox.c.state.in_(TO_DELIVER), outbox.c.attempts > 0, outbox.c.due_at > now)
        return await self._change(*put_off, _in_channels(channels), due_at=now)

    async def recall_parts(
        self, latest: datetime, due_at: datetime, channels: Collection[tuple[str, str]] | None = None
    ) -> int:
        """Make due at ``due_at`` what is due later than ``latest``, in all or in some (platform, channel).

        Only a clock that was wrong puts off so long. Returns how many there are.
        """
        late = (outbox.c.state.in_(TO_DELIVER), outbox.c.due_at > latest)
        return await self._change(*late, _in_channels(channels), due_at=due_at)

    async def drop_parts(self, keys: Collection[str]) -> int:
        """Give up the parts with these keys that are not sent, nor being sent; return how many there are."""
        dropped = (outbox.c.state.in_(TO_DELIVER), outbox.c.key.in_(keys))
        return await self._change(*dropped, state=PartState.DROPPED, note="dropped by the operator")

    async def forget_parts(self, before: datetime) -> int:
        """Delete what was sent or dropped ``before``; return how many parts.

        The last message of each channel stays: looking for a later one goes back to it.
        """
        last = (
            select(func.max(outbox.c.id))
            .where(outbox.c.state == PartState.SENT)
            .group_by(outbox.c.platform, outbox.c.channel)
        )
        old = (outbox.c.state.in_(FINISHED), outbox.c.due_at < before, outbox.c.id.not_in(last))
        async with self._database.write() as connection:
            return (await connection.execute(delete(outbox).where(*old))).rowcount

    async def load_parts(self, states: Collection[PartState]) -> tuple[OutboxPart, ...]:
        """Return every part in one of ``states``, the oldest first."""
        query = select(outbox).where(outbox.c.state.in_(states)).order_by(outbox.c.id)
        async with self._database.read() as connection:
            return tuple(_part(row) for row in await connection.execute(query))

    async def _change(self, *which: ColumnElement[bool], **changes: Any) -> int:
        async with self._database.write() as connection:
            return (await connection.execute(update(outbox).where(*which).values(changes))).rowcount


async def insert_parts(
    connection: AsyncConnection, parts: Sequence[OutboxPart], digest_id: int | None
) -> None:
    """Insert ``parts`` in their order inside the caller's transaction."""
    rows = [
        {
            "key": part.key,
            "digest_id": digest_id,
            "platform": part.platform,
            "channel": part.channel,
            "queue": part.queue,
            "payload": part.payload,
            "due_at": part.due_at,
            "state": part.state,
            "attempts": part.attempts,
            "note": part.note,
            "message_id": part.message_id,
            "claimed_at": part.claimed_at,
        }
        for part in parts
    ]
    if rows:
        await connection.execute(outbox.insert(), rows)


# Made once: putting such a query together takes longer than SQLite takes to answer it.
@cache
def _fronts() -> Select[*tuple[Any, ...]]:
    turns = _turns()
    columns = (turns.c.platform, turns.c.channel, turns.c.due_at)
    return select(*columns).where(turns.c.state.in_(TO_DELIVER)).order_by(turns.c.due_at, turns.c.id)


@cache
def _next_part() -> Select[*tuple[Any, ...]]:
    turns = _turns(
        outbox.c.platform == bindparam("here_platform"), outbox.c.channel == bindparam("here_channel")
    )
    due = select(turns.c.id).where(turns.c.state.in_(TO_DELIVER), turns.c.due_at <= bindparam("now"))
    return select(outbox).where(outbox.c.id == due.scalar_subquery())


def _turns(*where: ColumnElement[bool]) -> Subquery:
    """Return the part of each channel whose turn it is, among those ``where`` is true of.

    The first unsent part of a queue holds back those after it. Of a channel's queues that one goes on whose
    first part is due first, so that what waits for the end of quiet hours, or was refused, holds up its own
    queue alone. Three hold the whole channel, whenever they are due: a part that is being sent; one in
    doubt, for looking goes back to what was sent before it; and one that the platform put off.
    """
    firsts = (
        select(func.min(outbox.c.id))
        .where(outbox.c.state.in_(UNFINISHED), *where)
        .group_by(outbox.c.platform, outbox.c.channel, outbox.c.queue)
    )
    holds = or_(
        outbox.c.state == PartState.SENDING,
        outbox.c.claimed_at.is_not(None),
        and_(outbox.c.state == PartState.WAITING, outbox.c.attempts > 0),
    )
    place = func.row_number().over(
        partition_by=(outbox.c.platform, outbox.c.channel),
        order_by=(case((holds, 0), else_=1), outbox.c.due_at, outbox.c.id),
    )
    columns = (outbox.c.id, outbox.c.platform, outbox.c.channel, outbox.c.state, outbox.c.due_at)
    ranked = select(*columns, place.label("place")).where(outbox.c.id.in_(firsts)).subquery()
    return select(ranked).where(ranked.c.place == 1).subquery()


def _in_channels(channels: Collection[tuple[str, str]] | None) -> ColumnElement[bool]:
    if channels is None:
        return true()
    return tuple_(outbox.c.platform, outbox.c.channel).in_(list(channels))


def _part(row: AnyRow) -> OutboxPart:
    return OutboxPart(
        id=row.id,
        key=row.key,
        platform=row.platform,
        channel=row.channel,
        queue=row.queue,
        payload=row.payload,
        due_at=row.due_at,
        state=PartState(row.state),
        attempts=row.attempts,
        note=row.note,
        message_id=row.message_id,
        claimed_at=row.claimed_at,
    )
