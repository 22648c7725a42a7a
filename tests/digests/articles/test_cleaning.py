import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles.cleaning import clean_byline, clean_line, clean_text


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        pytest.param("Nadia Feld", "Nadia Feld", id="a name"),
        pytest.param("By Nadia Feld", "Nadia Feld", id="by"),
        pytest.param("BY NADIA FELD and Jon Abara", "NADIA FELD and Jon Abara", id="capitals"),
        pytest.param("Byron Feld", "Byron Feld", id="a name that starts with by"),
        pytest.param("desk@courier.example (Nadia Feld)", "Nadia Feld", id="RSS author"),
        pytest.param("Nadia Feld <nf@courier.example>", "Nadia Feld", id="mail style"),
        pytest.param("nf@courier.example", "", id="only an address"),
        pytest.param("https://social.example/courier", "", id="a web address"),
        pytest.param("<a href='/nf'>Nadia&nbsp;Feld</a>", "Nadia Feld", id="markup"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_byline_is_names(text, byline):
    """No "By", no addresses, no markup."""
    assert clean_byline(text) == byline


def test_joiners_stay_where_words_need_them():
    """Persian and emoji join letters with invisible characters; those are not junk."""
    assert clean_line("می\u200cروم 👩\u200d🚀") == "می\u200cروم 👩\u200d🚀"


@given(st.text())
def test_clean_text_is_clean(text):
    """Cleaning twice changes nothing, no line is empty or has loose ends, and it can be stored."""
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert all(line and line == line.strip() for line in cleaned.split("\n") if cleaned)
    cleaned.encode()
