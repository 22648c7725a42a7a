"""Which language a text is written in."""

import json
from pathlib import Path

import pytest

from digests.analysis.language import detect_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("The mayor said on Monday that the bridge would be rebuilt.", "en", id="English"),
        pytest.param("La maire a déclaré lundi que le pont serait reconstruit.", "fr", id="French"),
        pytest.param("Die Bürgermeisterin sagte am Montag, die Brücke werde neu gebaut.", "de", id="German"),
        pytest.param("Мэр заявила в понедельник, что мост будет восстановлен.", "ru", id="Russian"),
        pytest.param("市長は月曜日に橋を再建すると述べた。", "ja", id="Japanese"),
        pytest.param("", "und", id="nothing"),
        pytest.param("12 — 34 😀", "und", id="no letters"),
    ],
)
def test_the_language_is_told_by_its_code(text, code):
    """ISO 639-1, and "und" where there is nothing to read."""
    assert detect_language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("« Oui », dit-il.", "fr", id="French"),
        pytest.param("«Sí», dijo Ana Ruiz.", "es", id="Spanish"),
        pytest.param("«Sì», ha detto Marco Neri.", "it", id="Italian"),
        pytest.param("A ponte será reparada.", "pt", id="Portuguese"),
        pytest.param("Die Brücke wird repariert.", "de", id="German"),
        pytest.param("橋は修理される。", "ja", id="Japanese"),
    ],
)
def test_a_short_sentence_is_enough(text: str, code: str) -> None:
    """Three or four words lead English clearly."""
    assert detect_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Anak Krakatau erupts, triggering underwater landslide",
        "Donald Trump Featured In Jihadist Terror Recruitment Video.",
        "Salah Abu-Laban, Sahar Quaider, Ghassan Abu-Laban and Reem As-Saba’ee.",
        "João Silva, 62",
        "RYAN LOCHTE IN HOT WATER IN BRAZIL.",
    ],
)
def test_what_only_looks_foreign_is_english(text: str) -> None:
    """Headlines and lists of names, which the classifier alone takes for Danish, Pidgin or Indonesian."""
    assert detect_language(text) == "en"


SEEDS = Path(__file__).parents[3] / "seeds" / "gold.jsonl"
EVAL = Path(__file__).parents[2] / "eval"


@pytest.mark.parametrize("path", [SEEDS, EVAL / "articles.jsonl", EVAL / "hard.jsonl"], ids=lambda p: p.stem)
def test_no_english_paragraph_is_taken_for_another_language(path: Path) -> None:
    """Every labelled article, whole and paragraph by paragraph."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    found = [detect_language(piece) for text in texts for piece in (text, *text.split("\n"))]
    assert len(found) > 100
    assert set(found) <= {"en", "und"}
