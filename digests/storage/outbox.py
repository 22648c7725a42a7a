"""[io] The rows of messages on their way out; ``bot/outbox.py`` knows what their states mean."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.model import OutboxPart, PartState
from digests.storage.rows import AnyRow, Rows
from digests.storage.tables import outbox

UNFINISHED = (PartState.WAITING, PartState.SENDING, PartState.UNKNOWN, PartState.PARKED)
TO_DELIVER = (PartState.WAITING, PartState.UNKNOWN)


class OutboxRows(Rows):
    """The store's part about the outbox."""

    async def queue_parts(self, parts: Sequence[OutboxPart]) -> None:
        """Store parts that belong to no digest, such as a notice to the operator."""
        async with self._database.write() as connection:
            await insert_parts(connection, parts, None)

    async def load_due_parts(self, now: datetime) -> tuple[OutboxPart, ...]:
        """Return at most one part a channel, to be delivered now: the earliest due first.

        It is the first of the channel's parts that is not sent. One that is being sent, not due yet, or
        parked holds back those after it, so that a channel reads in order; other channels go on.
        """
        query = _heads(now).order_by(outbox.c.due_at, outbox.c.id)
        async with self._database.read() as connection:
            return tuple(_part(row) for row in await connection.execute(query))

    async def load_next_part(self, platform: str, channel: str, now: datetime) -> OutboxPart | None:
        """Return the part of one channel that ``load_due_parts`` would give."""
        here = (outbox.c.platform == platform, outbox.c.channel == channel)
        first = select(func.min(outbox.c.id)).where(outbox.c.state.in_(UNFINISHED), *here)
        query = select(outbox).where(
            outbox.c.id == first.scalar_subquery(), outbox.c.state.in_(TO_DELIVER), outbox.c.due_at <= now
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _part(row)

    async def next_due_at(self) -> datetime | None:
        """Return when the next part is due that nothing holds back, ``None`` where there is none."""
        heads = _heads(None).subquery()
        async with self._database.read() as connection:
            due_at: datetime | None = (await connection.execute(select(func.min(heads.c.due_at)))).scalar()
        return due_at

    async def save_part(self, part: OutboxPart) -> None:
        """Store what became of a part, by its ``id``."""
        changes = {
            "state": part.state,
            "due_at": part.due_at,
            "attempts": part.attempts,
            "note": part.note,
            "message_id": part.message_id,
        }
        async with self._database.write() as connection:
            await connection.execute(update(outbox).where(outbox.c.id == part.id).values(changes))

    async def recover_sending(self) -> int:
        """Make unknown the parts that a crash left half sent and return how many there were.

        To be called before anything is delivered: each is then looked for before it is sent again.
        """
        note = "Onrecord stopped while this was being sent"
        return await self._change(PartState.SENDING, state=PartState.UNKNOWN, note=note)

    async def resume_parked(self, now: datetime) -> int:
        """Give every parked part another try at ``now`` and return how many there are.

        They come back as unknown, since one can have been parked while it was being looked for.
        """
        return await self._change(PartState.PARKED, state=PartState.UNKNOWN, due_at=now)

    async def count_waiting(self) -> int:
        """Return how many parts are still to be sent, those parked left out."""
        states = [state for state in UNFINISHED if state is not PartState.PARKED]
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(states))
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one()

    async def load_parts(self, states: Collection[PartState]) -> tuple[OutboxPart, ...]:
        """Return every part in one of ``states``, the oldest first."""
        query = select(outbox).where(outbox.c.state.in_(states)).order_by(outbox.c.id)
        async with self._database.read() as connection:
            return tuple(_part(row) for row in await connection.execute(query))

    async def _change(self, before: PartState, **changes: Any) -> int:
        async with self._database.write() as connection:
            statement = update(outbox).where(outbox.c.state == before).values(changes)
            return (await connection.execute(statement)).rowcount


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
            "payload": part.payload,
            "due_at": part.due_at,
            "state": part.state,
            "attempts": part.attempts,
            "note": part.note,
            "message_id": part.message_id,
        }
        for part in parts
    ]
    if rows:
        await connection.execute(outbox.insert(), rows)


def _heads(now: datetime | None) -> Select[Any]:
    """Return the query for each channel's first unsent part, if it may be delivered (by ``now``)."""
    first = (
        select(func.min(outbox.c.id))
        .where(outbox.c.state.in_(UNFINISHED))
        .group_by(outbox.c.platform, outbox.c.channel)
    )
    query = select(outbox).where(outbox.c.id.in_(first), outbox.c.state.in_(TO_DELIVER))
    return query if now is None else query.where(outbox.c.due_at <= now)


def _part(row: AnyRow) -> OutboxPart:
    return OutboxPart(
        id=row.id,
        key=row.key,
        platform=row.platform,
        channel=row.channel,
        payload=row.payload,
        due_at=row.due_at,
        state=PartState(row.state),
        attempts=row.attempts,
        note=row.note,
        message_id=row.message_id,
    )
