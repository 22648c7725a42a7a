"""Every domain type, in the order in which news walks through the house.

All are frozen. Times are aware UTC ``datetime``. Offsets are characters into
``Article.text``, end excluded.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from digests.document import Document

# --- feeds ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a feed's document says about when to ask for it again.

    ``ttl`` is how long it stays fresh (RSS 2.0). ``turnover`` is the time from its oldest entry to its
    newest: the whole list is another one after it. ``skip_hours`` (0 to 23, UTC) and ``skip_days`` (0 is
    Monday) are when nobody should ask.
    """

    ttl: timedelta | None = None
    turnover: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedToFetch:
    """A feed's address, what its last answer is recognized by, and how asking it went.

    ``name`` is the operator's name for it, or empty; ``every`` is how fresh the feed should be
    at least. ``answered`` says whether it ever had an entry: where it had none, the next poll is the first.
    ``failures`` counts the polls that failed in a row. ``address`` is where it moved for good or was found,
    ``None`` where that is ``url``.
    """

    url: str
    name: str = ""
    every: timedelta = timedelta(minutes=15)
    etag: str | None = None
    last_modified: str | None = None
    answered: bool = False
    failures: int = 0
    address: str | None = None
    wishes: Wishes = NO_WISHES

    @property
    def asked(self) -> str:
        """The address that is asked."""
        return self.address or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """What a server or a file answered; ``body`` is ``None`` where it said "not modified".

    ``url`` is where the answer came from, redirects followed; ``moved_to`` is where to ask from now on,
    ``None`` where that did not change. ``content_type`` is the header as sent. ``max_age`` comes from the
    cache headers.
    """

    url: str
    body: bytes | None
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    max_age: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One item of a feed, as the feed gives it; texts are HTML, or empty."""

    guid: str
    link: str
    title: str
    author: str = ""
    published: datetime | None = None
    summary_html: str = ""
    content_html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's own title and its entries, in the feed's order, and when it wants to be asked."""

    title: str
    entries: tuple[ParsedEntry, ...]
    wishes: Wishes = NO_WISHES


# --- articles ------------------------------------------------------------------------------


class TextSource(StrEnum):
    """Where an article's text was taken from; ``SUMMARY`` is the feed's or the page's short account of it."""

    PAGE = "page"
    FEED = "feed"
    SUMMARY = "summary"
    FILE = "file"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article with clean text: paragraphs separated by newlines, no markup.

    ``url`` is where a reader opens it (``http``, ``https`` or ``file``), or empty. ``partial`` says that the
    rest of the text could not be had. ``pages`` are the pages after the first, each with the offset at which
    its text starts. ``origin`` is the address on another site that the page says it is a copy of, or empty.
    """

    url: str
    title: str
    text: str
    byline: str = ""
    outlet: str = ""
    published: datetime | None = None
    source: TextSource = TextSource.PAGE
    partial: bool = False
    pages: tuple[tuple[int, str], ...] = ()
    origin: str = ""


class Wall(StrEnum):
    """What stands between a reader and an article; ``MISSING`` is a page that says there is none."""

    NONE = ""
    CONSENT = "consent"
    PAYWALL = "paywall"
    ROBOT = "robot"
    LOGIN = "login"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """How to read one outlet's pages: XPaths, and phrases after which the text ends; see ``pages.json``."""

    host: str
    content: str = ""
    strip: tuple[str, ...] = ()
    wall: tuple[str, ...] = ()
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What one fetched page holds, before the feed's own text is looked at.

    ``url`` is where it came from, redirects followed. ``article`` is ``None`` where there is no text on it;
    ``live`` says that it is a live blog's newest posts.
    ``identity`` is the address that it calls its own, where that can be believed, else empty; ``weak`` says
    that only the same text proves it. ``next_url`` leads to the article's next page, ``amp_url`` to its AMP
    form; both are on the same site.
    """

    url: str
    article: Article | None = None
    live: bool = False
    wall: Wall = Wall.NONE
    summary: str = ""
    identity: str = ""
    weak: bool = False
    next_url: str = ""
    amp_url: str = ""


# --- analysis ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of the article: ``text`` is exactly ``Article.text[start:end]``."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and len(self.text) == self.end - self.start):
            raise ValueError(f"not a span: {self}")


class QuoteKind(StrEnum):
    """``DIRECT`` is a sentence of its own, ``MIXED`` part of the reporter's, ``FRAGMENT`` a word or three.

    ``INDIRECT`` is what the reporter tells in other words; it is a statement and never among the quotes.
    """

    DIRECT = "direct"
    MIXED = "mixed"
    FRAGMENT = "fragment"
    INDIRECT = "indirect"


class ActorKind(StrEnum):
    """What kind of actor is named."""

    PERSON = "person"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words an article prints between quotation marks, or reports without them, and whose words they are.

    ``start``, ``end`` and ``text`` leave the marks out; of a statement they are the content as a whole.
    ``speaker`` is the mention as printed, ``None`` where the paragraph only continues; ``speaker_resolved``
    is always the best guess at the fullest name, and ``confidence`` (0 to 1) the probability that it is
    right. ``venue`` and ``said_on`` are as printed ("at a press conference in Chicago", "Aug. 30") or
    ``None``; ``said_date`` is the day that ``said_on`` means, where the article's own date tells it.

    ``clause`` is the piece of the reporter's sentence that makes sense of words quoted inside it;
    ``predicate`` says that it starts with a verb and reads on from the speaker's name.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_resolved: str | None = None
    role: str | None = None
    cue: str | None = None
    venue: str | None = None
    said_on: str | None = None
    said_date: date | None = None
    confidence: float = 0.0
    clause: Span | None = None
    predicate: bool = False

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and self.text.strip()):
            raise ValueError(f"not a quote: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or organisation that an article names, once, under the fullest name it gives.

    ``mentions`` are offsets. ``clause`` is the piece of the article that says best what they did.
    """

    name: str
    kind: ActorKind
    role: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()
    clause: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Who said what in one article. ``actors`` come in order of importance, quotes in the text's.

    ``statements`` are reported speech, in the text's order: what somebody said, in the reporter's words.
    ``engine`` names the rules and the model that made it; ``seconds`` is CPU time.
    """

    engine: str
    language: str
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statements: tuple[Quote, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far an article is read.

    ``wanted`` is the address of one more page that belongs to it, or empty; until it is empty, there is no
    analysis. ``pages`` are what was read so far.
    """

    article: Article
    analysis: Analysis | None = None
    pages: tuple[PageText, ...] = ()
    wanted: str = ""

    @property
    def identity(self) -> str:
        """The address by which the article is known, as its first page states it; empty where it does not."""
        return self.pages[0].identity if self.pages else ""

    @property
    def weak(self) -> bool:
        """Whether that address proves nothing where another article has another text."""
        return bool(self.pages) and self.pages[0].weak


# --- digests -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """An article with its analysis; ``analysis`` is ``None`` where the article keeps only its headline.

    ``id`` is its row in the database, 0 where it has none. ``arrived`` is when it was first seen.
    """

    article: Article
    analysis: Analysis | None
    arrived: datetime
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """One actor and what they said or did: a line or two on a phone.

    ``pieces`` are spans of the article, in its order, with elisions between them; ``quoted`` says
    whether they are somebody's words, to be shown between quotation marks, or the reporter's.
    ``predicate`` pieces start with a verb and read on from the name. ``speaker`` is ``None`` where
    it is not certain. ``anchor`` is what the link leads to and, in a reporter's clause, the quoted
    words themselves; ``None`` where the clause quotes nothing. ``cut`` says that the last piece
    stops before the end of what was said. ``article`` is what the news prints before the name where a
    ``predicate`` needs it: "L'" of "L'Agence de l'eau a refusé".
    """

    speaker: str | None
    role: str | None
    pieces: tuple[Span, ...]
    quoted: bool
    predicate: bool = False
    anchor: Span | None = None
    cut: bool = False
    venue: str | None = None
    said_on: str | None = None
    said_date: date | None = None
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One headline of a digest with its bullets, the most newsworthy first.

    ``headline`` is empty where the article has none. ``note`` is the first sentence of a story without
    bullets, where there is one. ``source``, ``partial`` and ``pages`` are those of the article, ``language``
    is what its analysis says, empty where there is none. ``copies`` are the rows of the same article under
    other addresses.
    """

    article_id: int
    headline: str
    url: str
    outlet: str
    published: datetime | None
    bullets: tuple[Bullet, ...] = ()
    note: str = ""
    source: TextSource = TextSource.PAGE
    partial: bool = False
    pages: tuple[tuple[int, str], ...] = ()
    language: str = ""
    copies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one channel gets at one slot.

    ``more`` holds the stories past the channel's ``max_stories``; they are listed as headlines.
    """

    channel: str
    since: datetime | None
    until: datetime
    stories: tuple[Story, ...] = ()
    more: tuple[Story, ...] = ()
    failing_feeds: int = 0

    @property
    def article_ids(self) -> tuple[int, ...]:
        """The rows of every article told in this digest, headlines and copies included."""
        stories = (*self.stories, *self.more)
        return tuple(id_ for story in stories for id_ in (story.article_id, *story.copies))

    @property
    def told(self) -> int:
        """How many stories are told, headlines included."""
        return len(self.stories) + len(self.more)


# --- what is remembered between runs -----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryToStore:
    """An entry of a polled feed, with its identity settled.

    ``key`` is unique within its feed; ``guid``, ``link`` and ``headline`` stand for its id, its address and
    its title (63 bits each, see ``feeds/identity.py``). ``identity`` is the article's identity over all
    feeds: its canonical URL, or ``own_identity``, its feed and key, where it shares that with other items
    or has none. ``fresh`` entries are read and digested; the others are only remembered, so that they
    never count as new.
    """

    key: int
    identity: str
    own_identity: str
    headline: int
    guid: int | None
    link: int | None
    url: str
    title: str
    author: str = ""
    published: datetime | None = None
    summary_html: str = ""
    content_html: str = ""
    fresh: bool = True


class IdKind(StrEnum):
    """What tells a feed's entries apart: the ids that it gives, or their links."""

    GUID = "guid"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry that a feed had before, by its marks and its date."""

    guid: int | None
    link: int | None
    headline: int
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """What a feed's history says of its entries; ``guid_changes`` counts items that got another id."""

    id_kind: IdKind = IdKind.GUID
    guid_changes: int = 0
    known: tuple[KnownEntry, ...] = ()


class PollOutcome(StrEnum):
    """How asking a feed ended; ``HELD`` feeds were not asked, for their host is left alone."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not modified"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPoll:
    """What one poll of one feed changes. ``url`` is the feed's address in the configuration.

    ``cause`` and ``message`` are set where it failed; ``next_at`` is when to ask again, ``address`` where,
    ``None`` for the configured one.
    """

    url: str
    outcome: PollOutcome
    at: datetime
    next_at: datetime
    title: str = ""
    etag: str | None = None
    last_modified: str | None = None
    entries: tuple[EntryToStore, ...] = ()
    cause: str | None = None
    message: str = ""
    address: str | None = None
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed as the database remembers it. ``failures`` counts failed polls since the last good one.

    ``address`` is where it moved for good or was found, ``None`` where that is ``url``.
    """

    url: str
    title: str = ""
    etag: str | None = None
    last_modified: str | None = None
    next_at: datetime | None = None
    last_success: datetime | None = None
    failures: int = 0
    gap_at: datetime | None = None
    moved_at: datetime | None = None
    cause: str | None = None
    message: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingArticle:
    """An article that was announced by a feed and not read yet. ``outlet`` is the feed's name or title."""

    id: int
    feed_url: str = ""
    url: str
    title: str
    author: str
    outlet: str
    published: datetime | None
    arrived: datetime
    summary_html: str = ""
    content_html: str = ""
    from_file: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """What is remembered of a channel: since when it exists, and the last slot a digest was made for.

    ``schedule`` is the timetable that it follows since ``schedule_since``, as the bot wrote it down; both are
    empty before it was.
    """

    name: str
    first_seen: datetime
    last_slot: datetime | None = None
    schedule: str | None = None
    schedule_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot to be taken: each channel goes through its slots in order, and takes each once.

    A slot later than ``latest`` that it took before was the mistake of a clock that was ahead.
    """

    at: datetime
    latest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """A digest to be stored with all that belongs to it; ``slot`` is ``None`` outside the schedule."""

    digest: Digest
    document: Document
    slot: Slot | None
    parts: tuple["OutboxPart", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDigest:
    """A digest that was built before, as the channel saw it."""

    id: int
    channel: str
    built_at: datetime
    document: Document


class PartState(StrEnum):
    """Where a message part stands on its way out; see ``bot/outbox.py`` for the transitions."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    PARKED = "parked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A channel of a platform that has a part to deliver, and when the one whose turn it is is due."""

    platform: str
    channel: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxPart:
    """One message on its way out. ``key`` is unique for ever and stable over restarts.

    ``channel`` is the platform's address, such as a Discord channel id. Parts that go there in one ``queue``,
    which is named as a channel of the configuration, go in the order of ``id``. ``payload`` is JSON in the
    platform's own shape. ``due_at`` is the earliest moment.
    ``claimed_at`` is when the first try began that the message may stand there of; it is empty where no try
    leaves a doubt. ``attempts`` counts the tries that ended.
    """

    key: str
    platform: str
    channel: str
    payload: dict[str, Any]
    due_at: datetime
    queue: str = ""
    state: PartState = PartState.WAITING
    attempts: int = 0
    note: str = ""
    message_id: str | None = None
    claimed_at: datetime | None = None
    id: int = 0
