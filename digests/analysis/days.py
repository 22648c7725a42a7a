"""The day that a printed one means in an article of a known date: "Monday", "Aug. 30", "yesterday".

Pure. News looks back: of all Mondays the latest up to the article's date is meant. What hangs on
something else in the text ("the next day", "that night") or is no single day ("last week") is not
resolved.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

_WEEKDAYS = {"mon": MO, "tue": TU, "wed": WE, "thu": TH, "fri": FR, "sat": SA, "sun": SU}
_WEEKDAY = re.compile(
    r"(?:(?P<last>last )|(?:this|earlier|late|early|on|the) )*"
    r"(?P<day>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)(?: (?:morning|afternoon|evening|night|lunchtime))?",
    re.IGNORECASE,
)
_HANGS_ELSEWHERE = re.compile(r"\b(?:next|later|earlier|following|previous|that|same)\b", re.IGNORECASE)


def resolve_day(printed: str, published: date) -> date | None:
    """Return the day that ``printed`` means in an article of ``published``, or ``None``."""
    printed = printed.strip(" ,.")
    weekday = _WEEKDAY.fullmatch(printed)
    if weekday is not None:
        latest = published - timedelta(days=1 if weekday["last"] else 0)
        meant: date = latest + relativedelta(weekday=_WEEKDAYS[weekday["day"][:3].lower()](-1))
        return meant
    if _HANGS_ELSEWHERE.search(printed):
        return None
    found = _parser(published).get_date_data(printed)
    moment: datetime | None = found.date_obj
    return moment.date() if moment is not None and found.period == "day" else None


@lru_cache(maxsize=8)
def _parser(published: date) -> DateDataParser:
    """Return what reads dates before ``published``; a day and a month must be printed, or be meant."""
    noon = datetime.combine(published, time(12))
    return DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"],
            "TIMEZONE": "UTC", "TO_TIMEZONE": "UTC", "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )  # fmt: skip
