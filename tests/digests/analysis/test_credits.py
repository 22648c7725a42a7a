"""Who is only credited: bylines, datelines, captions, notes."""

import pytest

from digests.analysis.credits import find_credits
from digests.analysis.quotes import find_paragraphs


def credited(text: str) -> list[str]:
    """Return the words that only credit somebody."""
    return [text[start:end] for start, end in find_credits(text, find_paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("By Ana Ruiz", ["By Ana Ruiz"], id="byline"),
        pytest.param("Ana Ruiz, The Elm Press", ["Ana Ruiz, The Elm Press"], id="signature"),
        pytest.param("With files from Ana Ruiz", ["With files from Ana Ruiz"], id="note"),
        pytest.param(
            "Tom Vale waves at the crowd. (Ana Ruiz/Elm Press)",
            ["Tom Vale waves at the crowd. (Ana Ruiz/Elm Press)"],
            id="a caption is a credit as a whole",
        ),
        pytest.param(
            "The bridge (Ana Ruiz/Elm Press) stood for a century, Tom Vale said.",
            ["(Ana Ruiz/Elm Press)", "Ana Ruiz/Elm Press"],
            id="a credit inside prose leaves the prose",
        ),
        pytest.param(
            "PORT ELM (Elm Press) — Tom Vale left.", ["PORT ELM (Elm Press) — ", "(Elm Press)"], id="dateline"
        ),
        pytest.param("Tom Vale (a clerk) left by the back door.", [], id="brackets that tell something"),
        pytest.param("Tom Vale and/or his deputy will go.", [], id="a slash in prose"),
        pytest.param("Tom Vale read the post aloud.", [], id="prose that ends in no outlet"),
    ],
)
def test_words_that_only_credit_are_told_from_news(text, found):
    """Nobody named there acts or speaks; what stands around a credit stays news."""
    assert credited(text) == found
