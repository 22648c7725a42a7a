import pytest

from digests.errors import FetchCause, FetchError
from digests.feeds.address import after_failure, moved_for_good
from digests.model import FeedToFetch

OLD = "https://courier.example/rss"
NEW, NEWER = "https://news.courier.example/feed", "https://courier.test/feed.xml"


@pytest.mark.parametrize(
    ("hops", "moved"),
    [
        pytest.param([], None, id="answered where it was asked"),
        pytest.param([(301, NEW)], NEW, id="moved permanently"),
        pytest.param([(308, NEW)], NEW, id="permanent redirect"),
        pytest.param([(302, NEW)], None, id="found"),
        pytest.param([(303, NEW)], None, id="see other"),
        pytest.param([(307, NEW)], None, id="temporary redirect"),
        pytest.param([(301, NEW), (308, NEWER)], NEWER, id="moved twice"),
        pytest.param([(301, NEW), (302, NEWER)], NEW, id="moved, then elsewhere for once"),
        pytest.param([(302, NEW), (301, NEWER)], None, id="elsewhere for once, then moved"),
        pytest.param([(301, "http://courier.example/rss")], None, id="to plain http"),
        pytest.param(
            [(301, "https://user:pw@courier.example/rss")], None, id="to an address with a password"
        ),
        pytest.param([(301, NEW + "#top")], NEW, id="fragment"),
        pytest.param([(301, NEW), (301, OLD)], None, id="there and back"),
    ],
)
def test_only_redirects_for_good_move_a_feed(hops, moved):
    """RFC 9110: 301 and 308 are for good, the others for this one time, and so is all behind them."""
    assert moved_for_good(OLD, hops) == moved


@pytest.mark.parametrize(
    ("cause", "failures", "address"),
    [
        pytest.param(FetchCause.TIMEOUT, 0, NEW, id="first failure"),
        pytest.param(FetchCause.SERVER_ERROR, 1, NEW, id="second failure"),
        pytest.param(FetchCause.SERVER_ERROR, 2, None, id="third failure"),
        pytest.param(FetchCause.GONE, 0, None, id="gone"),
        pytest.param(FetchCause.NOT_FOUND, 0, None, id="not there"),
        pytest.param(FetchCause.NOT_A_FEED, 0, None, id="no feed any more"),
    ],
)
def test_an_address_that_nobody_wrote_is_given_up(cause, failures, address):
    """At once where nothing is there, else at the third failure: then the configured one is asked again."""
    feed = FeedToFetch(url=OLD, address=NEW, failures=failures)
    assert after_failure(feed, FetchError(cause, "no luck")) == address
