"""[io] Channels and what they were told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from digests.document import Document
from digests.errors import StorageError
from digests.model import ChannelState, Digest, NewDigest, OutboxPart, SavedDigest, Slot
from digests.storage.codec import decode, encode
from digests.storage.engine import AsyncConnection
from digests.storage.outbox import insert_parts
from digests.storage.rows import AnyRow, Rows, insert_new
from digests.storage.tables import channels, digested, digests


class AlreadyTold(Exception):
    """Undoes a transaction: the slot, or an article in the digest, was told to the channel before."""


class ChannelRows(Rows):
    """The store's part about channels and their digests."""

    async def sync_channels(self, names: Sequence[str], now: datetime) -> None:
        """Remember the channels that are new, as first seen ``now``; no channel is ever forgotten."""
        if names:
            async with self._database.write() as connection:
                rows = [{"name": name, "first_seen": now} for name in names]
                await connection.execute(insert_new(channels, connection.dialect, [channels.c.name]), rows)

    async def load_channel(self, name: str) -> ChannelState:
        """Return what is remembered of a channel.

        Raises:
            StorageError: it was never synced.
        """
        async with self._database.read() as connection:
            found = await connection.execute(select(channels).where(channels.c.name == name))
            row = found.one_or_none()
        if row is None:
            raise StorageError(
                f"the database does not know the channel {name!r} yet: start the bot with this configuration"
            )
        return _state(row)

    async def load_channels(self, names: Collection[str] | None = None) -> tuple[ChannelState, ...]:
        """Return what is remembered of these channels, or of every channel."""
        query = select(channels) if names is None else select(channels).where(channels.c.name.in_(names))
        async with self._database.read() as connection:
            return tuple(_state(row) for row in await connection.execute(query))

    async def adopt_schedules(self, schedules: Mapping[str, str], since: datetime | None) -> None:
        """Remember which timetable each of these channels follows from ``since`` on.

        ``since`` is ``None`` where a timetable is written down for the first time.
        """
        rows = [{"of": name, "text": text, "since": since} for name, text in schedules.items()]
        if rows:
            async with self._database.write() as connection:
                await connection.execute(_ADOPT, rows)

    async def save_digests(self, new: Sequence[NewDigest]) -> list[bool]:
        """Store digests of different channels, each with what it told, its slot and its parts.

        Returns for each whether all of it was stored, or nothing: one whose channel was told one of its
        articles before, or is past its slot already, is not. A digest counts as built at its ``until``.
        """
        if not new:
            return []
        try:
            async with self._database.write() as connection:
                await _insert_digests(connection, new)
        except AlreadyTold:
            if len(new) == 1:
                return [False]
            return [stored for one in new for stored in await self.save_digests([one])]
        return [True] * len(new)

    async def record_slot(self, channel: str, slot: Slot, parts: Sequence[OutboxPart] = ()) -> bool:
        """Store that ``slot`` had nothing to tell, together with the line that says so, if it is to be said.

        Returns ``False``, with nothing stored, where the channel is past ``slot`` already.
        """
        try:
            async with self._database.write() as connection:
                await _take_slots(connection, {channel: slot})
                await insert_parts(connection, parts, None)
        except AlreadyTold:
            return False
        return True

    async def load_last_digest(self, channel: str) -> SavedDigest | None:
        """Return the digest that ``channel`` got last, if it ever got one."""
        query = select(digests).where(digests.c.channel == channel).order_by(digests.c.id.desc()).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        document = decode(Document, row.document)
        return SavedDigest(id=row.id, channel=row.channel, built_at=row.built_at, document=document)


async def _insert_digests(connection: AsyncConnection, new: Sequence[NewDigest]) -> None:
    """Insert all of ``new`` in a few statements, however many they are.

    Raises:
        AlreadyTold: one of them may not be stored; nothing of the others may stay then either.
    """
    rows = [_digest_row(one) for one in new]
    insert = digests.insert().returning(digests.c.id, sort_by_parameter_order=True)
    ids = (await connection.execute(insert, rows)).scalars().all()
    await _mark_told(connection, list(zip(ids, (one.digest for one in new), strict=True)))
    for id_, one in zip(ids, new, strict=True):
        await insert_parts(connection, one.parts, id_)
    await _take_slots(connection, {one.digest.channel: one.slot for one in new if one.slot is not None})


def _digest_row(new: NewDigest) -> dict[str, Any]:
    return {
        "channel": new.digest.channel,
        "slot": new.slot and new.slot.at,
        "built_at": new.digest.until,
        "digest": encode(new.digest),
        "document": encode(new.document),
    }


async def _mark_told(connection: AsyncConnection, told: Sequence[tuple[int, Digest]]) -> None:
    """Claim every article for its channel; counting afterwards tells whether another digest had one."""
    rows = [
        {"channel": digest.channel, "article_id": article_id, "digest_id": id_}
        for id_, digest in told
        for article_id in dict.fromkeys(digest.article_ids)
    ]
    if not rows:
        return
    claim = insert_new(digested, connection.dialect, [digested.c.channel, digested.c.article_id])
    await connection.execute(claim, rows)
    ids = [id_ for id_, _ in told]
    query = select(func.count()).select_from(digested).where(digested.c.digest_id.in_(ids))
    if (await connection.execute(query)).scalar_one() < len(rows):
        raise AlreadyTold


def _state(row: AnyRow) -> ChannelState:
    return ChannelState(
        name=row.name,
        first_seen=row.first_seen,
        last_slot=row.last_slot,
        schedule=row.schedule,
        schedule_since=row.schedule_since,
    )


_ADOPT = (
    update(channels)
    .where(channels.c.name == bindparam("of"))
    .values(schedule=bindparam("text"), schedule_since=bindparam("since"))
)


_TAKE = (
    update(channels)
    .where(
        channels.c.name == bindparam("of"),
        or_(
            channels.c.last_slot.is_(None),
            channels.c.last_slot < bindparam("at"),
            channels.c.last_slot > bindparam("latest"),
        ),
    )
    .values(last_slot=bindparam("at"))
)


async def _take_slots(connection: AsyncConnection, slots: Mapping[str, Slot]) -> None:
    rows = [{"of": name, "at": slot.at, "latest": slot.latest} for name, slot in slots.items()]
    if rows and (await connection.execute(_TAKE, rows)).rowcount < len(rows):
        raise AlreadyTold
