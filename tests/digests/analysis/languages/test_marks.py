"""Quotation marks of all languages, and which way they look."""

import pytest

from digests.analysis.languages.marks import find_marked


def found(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in find_marked(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "quotes"),
    [
        pytest.param("de", "„Ja“, sagte er. „Nein“.", ["Ja", "Nein"], id="German"),
        pytest.param("de", "»Ja«, sagte er. »Nein«.", ["Ja", "Nein"], id="German guillemets"),
        pytest.param("de", "«Ja», sagte er. «Nein».", ["Ja", "Nein"], id="Swiss guillemets"),
        pytest.param("pl", "„Tak”, powiedział. „Nie”.", ["Tak", "Nie"], id="Polish"),
        pytest.param("fr", "« Oui », dit-il. « Non ».", ["Oui", "Non"], id="French"),
        pytest.param("fr", "«Oui», dit-il. «Non».", ["Oui", "Non"], id="French without blanks"),
        pytest.param("fr", "l'« Étoile », puis « Non »", ["Étoile", "Non"], id="behind an apostrophe"),
        pytest.param("es", '«Sí», dijo. “No”, añadió. "Ya".', ["Sí", "No", "Ya"], id="Spanish, mixed"),
        pytest.param("sv", "”Ja”, säger hon. ”Nej.”", ["Ja", "Nej."], id="Swedish"),
        pytest.param("fi", "»Joo», sanoo hän. »Ei.»", ["Joo", "Ei."], id="Finnish"),
        pytest.param("nl", "‘Ja’, zegt hij. 't Is Jan's auto. ‘Nee’.", ["Ja", "Nee"], id="Dutch singles"),
        pytest.param("ru", "«Да», — сказал он. „Нет“.", ["Да", "Нет"], id="Russian"),
        pytest.param(
            "ja", "市長は「橋を『再建』する」と述べた。", ["橋を『再建』する"], id="Japanese, nested"
        ),
        pytest.param("ar", "قالت «سنعيد البناء» يوم الاثنين.", ["سنعيد البناء"], id="Arabic"),
        pytest.param("fr", "« Il a dit “non” hier », dit-elle.", ["Il a dit “non” hier"], id="nested"),
        pytest.param(
            "de", "„Wir sagten „Spiel“ dazu“. Ende.", ["Wir sagten „Spiel“ dazu"], id="the same, nested"
        ),
        pytest.param("es", 'Una tabla de 5" y "nada más".', ["nada más"], id="inches"),
        pytest.param("fr", "Il a « oublié de fermer.", [], id="a stray mark"),
        pytest.param("fr", "", [], id="empty"),
    ],
)
def test_marks_are_read_as_the_language_uses_them(language: str, text: str, quotes: list[str]) -> None:
    """What stands between them, without marks and blanks."""
    assert found(text, language) == quotes


def test_a_quote_of_several_paragraphs_is_one_a_paragraph() -> None:
    """An opening or a closing mark begins each of them in French; all but the last say that they go on."""
    text = "« Un.\n« Deux.\n» Trois. »\nPuis « rien »."
    spans = find_marked(text, "fr")
    assert [text[span.start : span.end] for span in spans] == ["Un.", "Deux.", "Trois.", "rien"]
    assert [span.continues for span in spans] == [True, True, False, False]
