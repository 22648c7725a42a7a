"""[io] The tables, as SQLAlchemy Core sees them; ``migrations/`` makes them.

Moments are whole microseconds since 1970 in UTC, so that SQLite and PostgreSQL order and compare
them alike. Records that are read back whole (articles, analyses, documents) are JSON; see
``codec.py``.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Return microseconds since 1970 in UTC; a naive time is a mistake and raises ``TypeError``."""
    return (moment - EPOCH) // _MICROSECOND


def storable(text: str) -> str:
    r"""Return ``text`` without what a database cannot keep: NUL, and halves of surrogate pairs.

    JSON feeds can spell both (``"\ud800"``), and one such entry would otherwise undo a whole batch.
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


class Words(TypeDecorator[str]):
    """Text that is ``storable`` whoever hands it over."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what can be kept of the text."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware ``datetime``, kept as microseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return ``microseconds`` of the moment."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData()

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("every_seconds", Integer, nullable=False),
    # False once the configuration no longer names it: its history is kept, it is not asked again.
    Column("configured", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("title", Words, nullable=False, default=""),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("next_at", Moment),
    Column("last_success", Moment),
    Column("failures", Integer, nullable=False, default=0),
    Column("cause", Words),
    Column("message", Words, nullable=False, default=""),
    # Where it is asked, if it moved for good or was found by way of a page; what it wishes, as JSON.
    Column("address", Words),
    Column("wishes", JSON(none_as_null=True)),
    # What the feed taught about its ids: see ``feeds/recognition.py``.
    Column("id_kind", Words, nullable=False, server_default="guid"),
    Column("guid_changes", Integer, nullable=False, server_default="0"),
    # When nothing of its list was known last, and when its archive came back last.
    Column("gap_at", Moment),
    Column("moved_at", Moment),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", Words, nullable=False, unique=True),
    # The feed that announced it first.
    Column("feed_id", ForeignKey("feeds.id"), nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("published", Moment),
    Column("arrived", Moment, nullable=False),
    Column("read_at", Moment),
    Column("article", JSON(none_as_null=True)),
    # What it shares with its copies at other addresses: see ``copies.py``.
    Column("copy_mark", BigInteger),
    # Emptied once the article is read: whatever was wanted from them is in it.
    Column("summary_html", Words, nullable=False),
    Column("content_html", Words, nullable=False),
    Index("articles_read_at", "read_at", "arrived"),
    Index("articles_copy_mark", "copy_mark"),
)

entries = Table(
    "entries",
    metadata,
    Column("feed_id", ForeignKey("feeds.id"), primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("guid", BigInteger),
    Column("link", BigInteger),
    Column("headline", BigInteger, nullable=False),
    Column("published", Moment),
    # Empty for entries that were only remembered, so that they never count as new.
    Column("article_id", ForeignKey("articles.id")),
    Column("seen_at", Moment, nullable=False),
    Index("entries_article_id", "article_id"),
    Index("entries_seen_at", "feed_id", "seen_at"),
    Index("entries_guid", "guid"),
    Index("entries_link", "link"),
    Index("entries_headline", "headline"),
    sqlite_with_rowid=False,
)

analyses = Table(
    "analyses",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("engine", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("analysis", JSON, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("name", Words, primary_key=True),
    Column("first_seen", Moment, nullable=False),
    Column("last_slot", Moment),
    # As ``bot/publishing.py`` writes it down; empty until the first look at what is due.
    Column("schedule", Words),
    Column("schedule_since", Moment),
)

digests = Table(
    "digests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", ForeignKey("channels.name"), nullable=False),
    Column("slot", Moment),
    Column("built_at", Moment, nullable=False),
    Column("digest", JSON, nullable=False),
    Column("document", JSON, nullable=False),
    Index("digests_channel", "channel", "id"),
)

# Its primary key is what makes it impossible to tell one channel the same article twice.
digested = Table(
    "digested",
    metadata,
    Column("channel", ForeignKey("channels.name"), primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("digest_id", ForeignKey("digests.id"), nullable=False),
    Index("digested_digest_id", "digest_id"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    # Empty for what is no digest, such as a health notice.
    Column("digest_id", ForeignKey("digests.id")),
    Column("platform", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("queue", Words, nullable=False, server_default=""),
    Column("payload", JSON, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("note", Words, nullable=False),
    Column("message_id", Words),
    Column("claimed_at", Moment),
    Index("outbox_state", "state", "platform", "channel", "queue", "id"),
)

facts = Table(
    "facts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)
