"""Articles know what they share with their copies; those that were read before this step have no mark."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("copy_mark", sa.BigInteger()))
    op.create_index("articles_copy_mark", "articles", ["copy_mark"])
