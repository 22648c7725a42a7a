"""Where an article of another language than English is read: French by its model, the others by tables."""

import time
from datetime import date, datetime

from digests.analysis.languages.french.parse import PACKAGE, VERSION, is_installed
from digests.analysis.languages.french.room import FrenchRoom
from digests.analysis.languages.tabled import analyse_by_table
from digests.analysis.verify import verify_analysis
from digests.model import Analysis


class Rooms:
    """The readers of all languages but English; a model is loaded with the first article that needs it."""

    def __init__(self, version: str) -> None:
        self._version = version
        self._french: FrenchRoom | None = None

    def analyse(self, text: str, language: str, byline: str, published: datetime | None) -> Analysis:
        """Return who said what in ``text``."""
        started = time.process_time()
        day = published.date() if published else None
        if language == "fr" and is_installed():
            analysis = self._by_model(text, byline, day)
        else:
            quotes, actors = analyse_by_table(text, language)
            analysis = Analysis(
                engine=f"{self._version} tables", language=language, quotes=quotes, actors=actors,
                seconds=time.process_time() - started,
            )  # fmt: skip
        return verify_analysis(text, analysis)

    def _by_model(self, text: str, byline: str, day: date | None) -> Analysis:
        started = time.process_time()
        self._french = self._french or FrenchRoom()
        quotes, statements, actors = self._french.analyse(text, byline, day)
        return Analysis(
            engine=f"{self._version} {PACKAGE} {VERSION}",
            language="fr",
            quotes=quotes,
            statements=statements,
            actors=actors,
            seconds=time.process_time() - started,
        )
