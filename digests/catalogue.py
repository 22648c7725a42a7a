"""The bot's own words in the language of whoever reads them: gettext's catalogues, and days by CLDR's rules.

English stands in the source. The other languages lie in ``locale``, as ``.po`` files for people and
compiled to ``.mo`` for programs; ``make messages`` brings both up to date with the source.
"""

import gettext
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

LANGUAGES = ("en", "fr")
"""What the bot can be told to speak, by ISO 639-1 codes."""

_DOMAIN = "onrecord"
_FOLDER = Path(__file__).with_name("locale")


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """One language's words. Placeholders in braces are filled with ``values``.

    The methods have gettext's names, by which its tools find the messages in the source.
    """

    language: str
    texts: gettext.NullTranslations

    def gettext(self, message: str, **values: object) -> str:
        """Return a message."""
        return self.texts.gettext(message).format(**values)

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Return a message whose words alone do not tell what it is."""
        return self.texts.pgettext(context, message).format(**values)

    def ngettext(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a message that goes with ``{number}`` things."""
        return self.texts.ngettext(one, many, number).format(number=number, **values)

    def day(self, day: date) -> str:
        """Return a day without its year, such as "Tue 10 Mar"."""
        return _formatted(day, self.pgettext("day, as CLDR writes patterns", "EEE d MMM"), self.language)

    def whole_day(self, day: date) -> str:
        """Return a day with its year."""
        return _formatted(day, self.pgettext("day, as CLDR writes patterns", "EEE d MMM y"), self.language)

    def time(self, moment: datetime) -> str:
        """Return the time of day."""
        return moment.strftime(self.pgettext("time, as strftime writes patterns", "%H:%M"))

    def moment(self, moment: datetime) -> str:
        """Return day and time."""
        return self.pgettext("a moment", "{day}, {time}", day=self.day(moment.date()), time=self.time(moment))


@cache
def catalogue(language: str) -> Catalogue:
    """Return the words of a language; English where the bot does not speak it."""
    if language not in LANGUAGES:
        return catalogue(LANGUAGES[0])
    # English has no catalogue: its messages are the source's own.
    return Catalogue(language, gettext.translation(_DOMAIN, _FOLDER, [language], fallback=language == "en"))


ENGLISH = catalogue("en")


@lru_cache(maxsize=1024)
def _formatted(day: date, pattern: str, language: str) -> str:
    # Imported here: it takes 20 ms, and most commands tell no day.
    from babel.dates import format_date

    return format_date(day, pattern, locale=language)
