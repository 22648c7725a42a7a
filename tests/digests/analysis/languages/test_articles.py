"""How well whole articles of our own writing are read; lowering a floor takes an edit and a reason."""

import pytest

from digests.analysis.language import detect_language
from digests.analysis.languages.french.room import FrenchRoom
from digests.analysis.languages.tabled import analyse_by_table
from digests.bullets import PRINTED_FROM
from digests.model import Analysis
from tests.digests.analysis.languages.labelled import FOLDER, load, load_all
from tests.eval.scoring import Counts, pair, same_full, score_people, score_quotes


@pytest.mark.model
def test_french_articles_keep_their_scores(french: FrenchRoom) -> None:
    """Who said what, by full name; who is named; what is stated; one wrong name at most is printed."""
    counts, people, stated = Counts(), (0, 0, 0), 0
    articles = load_all("fr")
    for one in articles:
        quotes, statements, actors = french.analyse(one.text, "", one.published)
        analysis = Analysis(engine="test", language="fr", quotes=quotes, statements=statements, actors=actors)
        counts += score_quotes(one.text, one.quotes, analysis, PRINTED_FROM)
        people = tuple(map(sum, zip(people, score_people(one.people, analysis), strict=True)))
        pairs = pair(one.text, one.statements, statements)
        stated += sum(same_full(gold["speaker_ref"], told.speaker_resolved) for gold, told in pairs)
    assert counts.gold > 300
    assert counts.precision >= 0.97
    assert counts.recall >= 0.98
    assert counts.full_name_f1 >= 0.97
    assert counts.printed - counts.printed_right <= 1
    assert 2 * people[0] / (people[1] + people[2]) >= 0.98
    assert stated >= 95


@pytest.mark.parametrize(
    ("language", "recall", "named"), [("de", 0.91, 57), ("es", 0.93, 67), ("it", 0.95, 71), ("pt", 0.97, 71)]
)
def test_a_table_finds_the_quotes_and_prints_no_wrong_name(language: str, recall: float, named: int) -> None:
    """Many speakers stay unnamed; those that are named are right. Fragments are missed."""
    counts = Counts()
    for one in load_all(language):
        quotes, actors = analyse_by_table(one.text, language)
        analysis = Analysis(engine="test", language=language, quotes=quotes, actors=actors)
        counts += score_quotes(one.text, one.quotes, analysis, PRINTED_FROM)
    assert counts.precision == 1.0
    assert counts.recall >= recall
    assert counts.printed == counts.printed_right == counts.full_name >= named


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_the_language_of_each_article_is_found(path) -> None:  # type: ignore[no-untyped-def]
    """Whole, and by its second half alone."""
    text = load(path).text
    assert {detect_language(text), detect_language(text[len(text) // 2 :])} == {path.stem[:2]}
