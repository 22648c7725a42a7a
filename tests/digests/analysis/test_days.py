"""Which day a printed one means in an article of a known date."""

from datetime import date

import pytest

from digests.analysis.days import resolve_day

WEDNESDAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        pytest.param("Monday", date(2026, 3, 9), id="the latest Monday"),
        pytest.param("Wednesday", WEDNESDAY, id="the article's own weekday is its own day"),
        pytest.param("last Wednesday", date(2026, 3, 4), id="last: not that day itself"),
        pytest.param("Thurs.", date(2026, 3, 5), id="never a day to come"),
        pytest.param("late on Saturday", date(2026, 3, 7), id="words around a weekday"),
        pytest.param("Saturday night", date(2026, 3, 7), id="a time of day"),
        pytest.param("yesterday", date(2026, 3, 10), id="yesterday"),
        pytest.param("three days ago", date(2026, 3, 8), id="counted back"),
        pytest.param("Jan. 30", date(2026, 1, 30), id="month and day"),
        pytest.param("30 August", date(2025, 8, 30), id="the year before, if it has not come yet"),
        pytest.param("Sept. 3, 2024", date(2024, 9, 3), id="with its year"),
        pytest.param("last week", None, id="no single day"),
        pytest.param("November", None, id="a month"),
        pytest.param("2019", None, id="a year"),
        pytest.param("the next day", None, id="next to a day told elsewhere"),
        pytest.param("two days earlier", None, id="before a day told elsewhere"),
        pytest.param("two days later", None, id="behind a day told elsewhere"),
        pytest.param("next Monday", None, id="to come"),
        pytest.param("Friday the 13th", None, id="not understood"),
    ],
)
def test_a_printed_day_is_resolved_against_the_articles_date(printed: str, day: date | None) -> None:
    """News looks back; what is no day, or hangs on another one, stays as printed."""
    assert resolve_day(printed, WEDNESDAY) == day
