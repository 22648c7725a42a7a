"""Where a feed is asked: at its configured address, or where it moved for good or was found."""

from collections.abc import Sequence
from urllib.parse import urldefrag, urlsplit

from digests.errors import FetchCause, FetchError
from digests.model import FeedToFetch

# RFC 9110, sections 15.4.2 and 15.4.9; all other redirects are for this one time.
_FOR_GOOD = frozenset({301, 308})
_LOST = frozenset({FetchCause.GONE, FetchCause.NOT_FOUND, FetchCause.NOT_A_FEED, FetchCause.REFUSED_ADDRESS})
_PATIENCE = 3


def moved_for_good(asked: str, hops: Sequence[tuple[int, str]]) -> str | None:
    """Return where a feed that was asked for at ``asked`` has moved for good, ``None`` where it has not.

    ``hops`` are the redirects in order, each with its status and where it led. What follows a redirect for
    this one time is for this one time too. A move to plain http is not believed: anybody on the way can
    spell it. Nor is one to an address with a password.
    """
    address = asked
    for status, target in hops:
        old, new = urlsplit(address), urlsplit(target)
        if status not in _FOR_GOOD or "@" in new.netloc or (old.scheme, new.scheme) == ("https", "http"):
            break
        address = urldefrag(target).url
    return address if address != asked else None


def after_failure(feed: FeedToFetch, error: FetchError) -> str | None:
    """Return where to ask ``feed`` after a failed poll; ``None`` is its configured address.

    An address that the operator did not write is given up where nothing is there, or at the third failure.
    """
    given_up = error.cause in _LOST or feed.failures + 1 >= _PATIENCE
    return None if given_up else feed.address
