"""Since when a message may stand in its channel, and which schedule a channel follows since when."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("claimed_at", sa.BigInteger()))
    op.add_column("channels", sa.Column("schedule", sa.Text()))
    op.add_column("channels", sa.Column("schedule_since", sa.BigInteger()))
    # What a crash left half sent, and what was parked while it was looked for, may stand there.
    op.execute("UPDATE outbox SET claimed_at = due_at WHERE state IN ('sending', 'unknown', 'parked')")
