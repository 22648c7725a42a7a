"""Which language a text is written in."""

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
