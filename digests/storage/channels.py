"""[io] Channels and what they were told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.document import Document
from digests.errors import StorageError
from digests.model import ChannelState, Digest, OutboxPart, SavedDigest
from digests.storage.codec import decode, encode
from digests.storage.outbox import insert_parts
from digests.storage.rows import Rows, insert_new
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
                await connection.execute(insert_new(channels, connection.dialect), rows)

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
        return ChannelState(name=row.name, first_seen=row.first_seen, last_slot=row.last_slot)

    async def save_digest(
        self, digest: Digest, document: Document, *, slot: datetime | None, parts: Sequence[OutboxPart]
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

    async def record_slot(self, channel: str, slot: datetime, parts: Sequence[OutboxPart] = ()) -> bool:
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
    connection: AsyncConnection, digest: Digest, document: Document, slot: datetime | None
) -> int:
    row = {
        "channel": digest.channel,
        "slot": slot,
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
    await connection.execute(insert_new(digested, connection.dialect), rows)
    query = select(func.count()).select_from(digested).where(digested.c.digest_id == digest_id)
    if (await connection.execute(query)).scalar_one() < len(ids):
        raise AlreadyTold


async def _take_slot(connection: AsyncConnection, channel: str, slot: datetime | None) -> None:
    if slot is None:
        return
    earlier = or_(channels.c.last_slot.is_(None), channels.c.last_slot < slot)
    claim = update(channels).where(channels.c.name == channel, earlier).values(last_slot=slot)
    if (await connection.execute(claim)).rowcount == 0:
        raise AlreadyTold
