"""Everything that can go wrong on the news side, as one tree.

    OnrecordError
    ├── FetchError            the other side did not give us what we asked for
    │   ├── AddressRefused    we may not go there (private network, odd scheme)
    │   └── HostHeld          nobody was asked: the host does not answer, or wants to be left alone
    ├── ParseError            bytes came, but no feed or article is in them
    │   └── PageInstead       a web page came that names feeds
    ├── AnalysisFailed        the analyser gave up on one article
    └── StorageError          the database cannot be used
        └── DatabaseInUse     another instance holds it

``cause`` of a ``FetchError`` is a short stable word that health reports count by.
"""

from datetime import timedelta
from enum import StrEnum


class OnrecordError(Exception):
    """The root of the tree; its text is for people and says what to do."""


class FetchCause(StrEnum):
    """Why a fetch failed, as counted by ``poll --format json`` and told in health notices."""

    REFUSED_ADDRESS = "refused address"
    BAD_ADDRESS = "bad address"
    DNS = "name not found"
    CONNECT = "cannot connect"
    TLS = "bad certificate"
    TIMEOUT = "timed out"
    TOO_LARGE = "too large"
    REDIRECTS = "too many redirects"
    GONE = "gone"
    NOT_FOUND = "not found"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate limited"
    CLIENT_ERROR = "refused"
    SERVER_ERROR = "server error"
    BROKEN = "broken answer"
    NOT_A_FEED = "not a feed"
    MISSING_FILE = "no such file"


class FetchError(OnrecordError):
    """A feed or page could not be fetched.

    ``retry_after`` is what the server asked for, if it asked.
    """

    def __init__(self, cause: FetchCause, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.cause = cause
        self.retry_after = retry_after


class AddressRefused(FetchError):
    """The address is off the public internet and not in ``network.allow``, or its scheme is not ours."""

    def __init__(self, message: str) -> None:
        super().__init__(FetchCause.REFUSED_ADDRESS, message)


class HostHeld(FetchError):
    """The host failed a moment ago or asked for rest; ``retry_after`` is how long it is left alone."""


class ParseError(OnrecordError):
    """The bytes are no feed, or hold no article."""


class PageInstead(ParseError):
    """A web page came where a feed was asked for; ``feeds`` are the addresses that it names."""

    def __init__(self, message: str, feeds: tuple[str, ...]) -> None:
        super().__init__(message)
        self.feeds = feeds


class AnalysisFailed(OnrecordError):
    """The analyser crashed on an article or ran out of time; the article keeps its headline."""


class StorageError(OnrecordError):
    """The database cannot be opened, read or written."""


class DatabaseInUse(StorageError):
    """Another instance of the bot holds the database."""
