"""Message parts stand in a queue: what waits for one channel holds up no other that posts to the same place."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("queue", sa.Text(), nullable=False, server_default=""))
    outbox = sa.table("outbox", *map(sa.column, ("queue", "digest_id")))
    digests = sa.table("digests", *map(sa.column, ("id", "channel")))
    channel = sa.select(digests.c.channel).where(digests.c.id == outbox.c.digest_id).scalar_subquery()
    op.execute(sa.update(outbox).where(outbox.c.digest_id.is_not(None)).values(queue=channel))
    op.drop_index("outbox_state", "outbox")
    op.create_index("outbox_state", "outbox", ["state", "platform", "channel", "queue", "id"])
