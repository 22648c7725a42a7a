"""[io] Channels and what they were told."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.document import Document
from digests.errors import StorageError
from digests.model import ChannelState, Digest, OutboxPart, SavedDigest, Slot
from digests.storage.codec import decode, encode
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

    async def load_channels(self) -> tuple[ChannelState, ...]:
        """Return what is remembered of every channel."""
        async with self._database.read() as connection:
            return tuple(_state(row) for row in await connection.execute(select(channels)))

    async def adopt_schedules(self, schedules: Mapping[str, str], since: datetime | None) -> None:
        """Remember which timetable each of these channels follows from ``since`` on.

        ``since`` is ``None`` where a timetable is written down for the first time.
        """
        rows = [{"of": name, "text": text, "since": since} for name, text in schedules.items()]
        if rows:
            async with self._database.write() as connection:
                await connection.execute(_ADOPT, rows)

    async def save_digest(
        self,
        digest: Digest,
        document: Document,
        *,
        slot: Slot | None,
        parts: Sequence[OutboxPart],
    ) -> bool:
        """Store a digest, that its articles were told, its slot and the parts to post: all, or nothing.

        Returns ``False``, with nothing stored, where the channel was told one of the articles before or
        is past ``slot`` already. ``slot`` is ``None`` for a digest outside the schedule. The digest counts
        as built at its ``until``.
        """
        try:
            async with self._database.write() as connection:
                digest_id = await _insert_digest(connection, digest, document, slot)
                await _mark_told(connection, digest, digest_id)
                await _take_slot(connection, digest.channel, slot)
                await insert_parts(connection, parts, digest_id)
        except AlreadyTold:
            return False
        return True

    async def record_slot(self, channel: str, slot: Slot, parts: Sequence[OutboxPart] = ()) -> bool:
        """Store that ``slot`` had nothing to tell, together with the line that says so, if it is to be said.

        Returns ``False``, with nothing stored, where the channel is past ``slot`` already.
        """
        try:
            async with self._database.write() as connection:
                await _take_slot(connection, channel, slot)
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


async def _insert_digest(
    connection: AsyncConnection, digest: Digest, document: Document, slot: Slot | None
) -> int:
    row = {
        "channel": digest.channel,
        "slot": slot and slot.at,
        "built_at": digest.until,
        "digest": encode(digest),
        "document": encode(document),
    }
    inserted = await connection.execute(digests.insert().returning(digests.c.id), row)
    digest_id: int = inserted.scalar_one()
    return digest_id


async def _mark_told(connection: AsyncConnection, digest: Digest, digest_id: int) -> None:
    """Claim every article for the channel; counting afterwards tells whether another digest had one."""
    ids = dict.fromkeys(digest.article_ids)
    if not ids:
        return
    rows = [{"channel": digest.channel, "article_id": id_, "digest_id": digest_id} for id_ in ids]
    claim = insert_new(digested, connection.dialect, [digested.c.channel, digested.c.article_id])
    await connection.execute(claim, rows)
    query = select(func.count()).select_from(digested).where(digested.c.digest_id == digest_id)
    if (await connection.execute(query)).scalar_one() < len(ids):
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


async def _take_slot(connection: AsyncConnection, channel: str, slot: Slot | None) -> None:
    if slot is None:
        return
    last = channels.c.last_slot
    open_to_it = or_(last.is_(None), last < slot.at, last > slot.latest)
    claim = update(channels).where(channels.c.name == channel, open_to_it).values(last_slot=slot.at)
    if (await connection.execute(claim)).rowcount == 0:
        raise AlreadyTold
