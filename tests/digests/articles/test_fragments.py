"""Links to the place in an article where a quote stands."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles.fragments import text_fragment

A = "https://c.example/a"


@pytest.mark.parametrize(
    ("url", "quote", "link"),
    [
        pytest.param(A, "stand down", f"{A}#:~:text=stand%20down", id="short"),
        pytest.param(A, "one 2 3 4 5 six", f"{A}#:~:text=one%202%203%204%205%20six", id="six words"),
        pytest.param(
            A,
            "I won’t, no, not ever, ever.",
            f"{A}#:~:text=I%20won%E2%80%99t%2C%20no%2C%20not%20ever%2C%20ever.",
            id="commas",
        ),
        pytest.param(
            A,
            "We will not, ever, give in to.",
            f"{A}#:~:text=We%20will%20not%2C,give%20in%20to.",
            id="longer",
        ),
        pytest.param(A, "a-b & (c), d", f"{A}#:~:text=a%2Db%20%26%20%28c%29%2C%20d", id="syntax"),
        pytest.param(A, "Yes.\nWe will.", f"{A}#:~:text=Yes.,We%20will.", id="two paragraphs"),
        pytest.param(f"{A}#top", "stand down", f"{A}#top:~:text=stand%20down", id="fragment"),
        pytest.param(f"{A}#:~:text=x", "stand down", f"{A}#:~:text=stand%20down", id="replaced"),
        pytest.param(
            "file:///seeds/a.html", "né ’s", "file:///seeds/a.html#:~:text=n%C3%A9%20%E2%80%99s", id="file"
        ),
        pytest.param("", "stand down", "", id="no address"),
        pytest.param(A, " ", A, id="no words"),
    ],
)
def test_a_quote_is_linked_to_its_place(url, quote, link):
    """https://wicg.github.io/scroll-to-text-fragment/, "Syntax"."""
    assert text_fragment(url, quote) == link


def looked_for(quote: str, language: str = "") -> list[list[str]]:
    """Return what a browser looks for, directive by directive."""
    _, _, directives = text_fragment(A, quote, language).partition("#:~:")
    return [[unquote(end) for end in one.removeprefix("text=").split(",")] for one in directives.split("&")]


@pytest.mark.parametrize(
    ("quote", "language", "directives"),
    [
        pytest.param("橋は閉鎖する。", "ja", [["橋は閉鎖する"]], id="one clause, without its stop"),
        pytest.param("はい、橋は閉鎖する。", "ja", [["はい、橋は閉鎖する"]], id="too short an end is no end"),
        pytest.param(
            "橋は安全のため閉鎖する、再開は未定だ。住民の皆さんには不便をかける。",
            "ja",
            [["橋は安全のため閉鎖する", "住民の皆さんには不便をかける"]],
            id="first and last clause",
        ),
        pytest.param(
            "我们将重建这座桥梁，工程\n明年开始。", "zh", [["我们将重建这座桥梁", "明年开始"]], id="lines"
        ),
        pytest.param(
            "สะพานจะปิดจนถึงปีหน้า เพราะต้องซ่อมแซม",
            "th",
            [["สะพานจะปิดจนถึงปีหน้า", "เพราะต้องซ่อมแซม"]],
            id="Thai phrases",
        ),
        pytest.param(
            "On verra", "fr", [["« On verra »"], ["On verra"]], id="with marks, and with other ones"
        ),
        pytest.param("On verra.", "fr", [["« On verra."], ["On verra."]], id="a stop ends every word"),
        pytest.param(
            "Les ponts de la ville sont trop vieux",
            "fr",
            [["ponts de la", "ville sont trop"]],
            id="not the words beside the marks",
        ),
        pytest.param(
            "On verra bien ce soir ! Les ponts de la ville sont vieux ; on les refera",
            "fr",
            [["verra bien ce", "; on les"]],
            id="long",
        ),
        pytest.param(
            "Et on verra bien ! Les ponts de la ville « Haute » sont trop vieux",
            "fr",
            [["on verra", "» sont trop"]],
            id="nor those beside a mark that stands alone",
        ),
    ],
)
def test_what_is_looked_for_ends_where_words_end(quote, language, directives):
    """As browsers see words: not within a clause without spaces, not at a narrow no-break space."""
    assert looked_for(quote, language) == directives


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["", "fr", "ja"]))
def test_the_link_gives_the_quotes_words_back(quote, language):
    """What is looked for stands in the quote; "-", "," and "&" stand for syntax alone."""
    _, _, directive = text_fragment(A, quote, language).partition("#:~:text=")
    assert not set(directive) & set("-() ")
    if quote.split():
        for ends in looked_for(quote, language):
            assert 1 <= len(ends) <= 2
            for end in ends:
                assert end.removeprefix("« ").removesuffix(" »") in f"« {' '.join(quote.split())} »"


@given(st.text(alphabet="橋はAb 、。\n", min_size=1, max_size=60))
def test_the_ends_of_a_range_do_not_overlap(quote):
    """A browser looks for the end behind the beginning."""
    for ends in looked_for(quote, "ja"):
        if len(ends) == 2:
            text = " ".join(quote.split())
            assert text.index(ends[0]) + len(ends[0]) <= text.rindex(ends[1])
