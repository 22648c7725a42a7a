"""Entries are known by marks of their id, link and title; feeds remember what their ids are worth."""

import hashlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def mark(text: str) -> int:
    """Return what ``feeds/identity.py`` returned when this step was written."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def upgrade() -> None:
    op.add_column("feeds", sa.Column("id_kind", sa.Text(), nullable=False, server_default="guid"))
    op.add_column("feeds", sa.Column("guid_changes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("feeds", sa.Column("gap_at", sa.BigInteger()))
    op.add_column("feeds", sa.Column("moved_at", sa.BigInteger()))
    old = sa.table("entries", *map(sa.column, ("feed_id", "key", "article_id", "seen_at")))
    articles = sa.table("articles", *map(sa.column, ("id", "identity", "title", "published")))
    connection = op.get_bind()
    query = sa.select(old, articles.c.identity, articles.c.title, articles.c.published).select_from(
        old.outerjoin(articles, old.c.article_id == articles.c.id)
    )
    rows = [_marked(row) for row in connection.execute(query)]
    op.drop_index("entries_article_id", "entries")
    op.drop_index("entries_seen_at", "entries")
    op.drop_table("entries")
    new = _create_entries()
    for start in range(0, len(rows), 1000):
        connection.execute(new.insert(), rows[start : start + 1000])


def _create_entries() -> sa.Table:
    table = op.create_table(
        "entries",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("guid", sa.BigInteger()),
        sa.Column("link", sa.BigInteger()),
        sa.Column("headline", sa.BigInteger(), nullable=False),
        sa.Column("published", sa.BigInteger()),
        sa.Column("article_id", sa.Integer()),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"]),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"]),
        sa.PrimaryKeyConstraint("feed_id", "key"),
        sqlite_with_rowid=False,
    )
    op.create_index("entries_article_id", "entries", ["article_id"])
    op.create_index("entries_seen_at", "entries", ["feed_id", "seen_at"])
    for name in ("guid", "link", "headline"):
        op.create_index(f"entries_{name}", "entries", [name])
    return table


def _marked(row: Any) -> dict[str, int | None]:
    """Return an entry as the new table has it. Its key was its id, its link, or a hash of its words."""
    address = row.identity or row.key
    linked = address.startswith(("http:", "https:", "file:"))
    return {
        "feed_id": row.feed_id,
        "key": mark(row.key),
        "guid": mark(row.key),
        "link": mark(address.replace("http:", "https:", 1)) if linked else None,
        "headline": mark(row.title or row.key),
        "published": row.published,
        "article_id": row.article_id,
        "seen_at": row.seen_at,
    }
