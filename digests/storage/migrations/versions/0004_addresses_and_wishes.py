"""Feeds remember where they moved to and when they want to be asked."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds", sa.Column("address", sa.Text()))
    op.add_column("feeds", sa.Column("wishes", sa.JSON()))
