from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.feeds.headers import LONGEST_WISH, max_age, retry_after

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        pytest.param("3600", HOUR, id="seconds"),
        pytest.param("Mon, 02 Nov 2026 13:00:00 GMT", HOUR, id="date"),
        pytest.param("Mon, 02 Nov 2026 11:00:00 GMT", timedelta(), id="date gone by"),
        pytest.param("9" * 40, LONGEST_WISH, id="absurd"),
        pytest.param("-5", None, id="negative"),
        pytest.param("soon", None, id="words"),
        pytest.param("", None, id="none"),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, wait):
    """RFC 9110, section 10.2.3; no more than a week."""
    assert retry_after({"Retry-After": value}, NOON) == wait


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        pytest.param({"Cache-Control": "public, max-age=3600"}, HOUR, id="max-age"),
        pytest.param({"Cache-Control": 'max-age="3600"'}, HOUR, id="quoted"),
        pytest.param({"Cache-Control": "max-age=4000", "Age": "400"}, HOUR, id="time in a cache"),
        pytest.param({"Cache-Control": "s-maxage=9"}, None, id="for shared caches"),
        pytest.param({"Cache-Control": "no-cache, max-age=60"}, None, id="no-cache"),
        pytest.param(
            {"Cache-Control": "max-age=0", "Expires": "Mon, 02 Nov 2026 13:00:00 GMT"}, None, id="wins"
        ),
        pytest.param({"Expires": "Mon, 02 Nov 2026 13:00:00 GMT"}, HOUR, id="expires"),
        pytest.param(
            {"Expires": "Mon, 02 Nov 2026 13:00:00 GMT", "Date": "Mon, 02 Nov 2026 11:00:00 GMT"},
            2 * HOUR,
            id="date",
        ),
        pytest.param({"Expires": "0"}, None, id="expired"),
        pytest.param({}, None, id="silent"),
    ],
)
def test_freshness_comes_from_the_cache_headers(headers, fresh):
    """RFC 9111, section 4.2."""
    assert max_age(headers, NOON) == fresh


@given(
    st.dictionaries(st.sampled_from(["Retry-After", "Cache-Control", "Expires", "Date", "Age"]), st.text())
)
def test_no_header_breaks_the_reading(headers):
    """Servers write anything."""
    for wait in (retry_after(headers, NOON), max_age(headers, NOON)):
        assert wait is None or timedelta() <= wait <= LONGEST_WISH
