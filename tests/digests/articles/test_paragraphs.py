"""Short pages keep their paragraphs, and nothing but them."""

import json

import pytest

from digests.articles.extract import PageHint, extract
from digests.articles.paragraphs import without_byline

URL = "https://post.example/tram"
TITLE = "Tram line halted"
PARAGRAPHS = (
    "The council of Velmar halted the tram on Tuesday,",
    "“We cannot go on,” said Ines Corvin, the transport chief.",
    "“It is over,” Corvin said.",
)
FIGURE = "<figure><img src='a.jpg'><figcaption>A tram. Photo: Dora Quill</figcaption></figure>"
MENU = "<nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
BYLINE = "<p>By Dora Quill</p>"


def tagged(tag: str) -> str:
    return "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)


BROKEN = "<br><br>".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<article><h1>{TITLE}</h1>{BYLINE}{tagged('p')}{FIGURE}</article>", id="p"),
        pytest.param(f"<article><h1>{TITLE}</h1>{BYLINE}{FIGURE}{tagged('p')}</article>", id="figure first"),
        pytest.param(
            f"<article><h1>Tram stops</h1>{tagged('p')}</article>", id="another headline on the page"
        ),
        pytest.param(
            f"<div><h1>{TITLE}</h1><div class='author-name'>Dora Quill</div>{tagged('div')}</div>", id="div"
        ),
        pytest.param(f"<article><h1>{TITLE}</h1>By Dora Quill and Tom Vale<br>{BROKEN}</article>", id="br"),
        pytest.param(f"<h1>{TITLE}</h1><div>{BROKEN}</div>{FIGURE}", id="br in the open"),
        pytest.param(f"<main><h1>{TITLE}</h1>{BYLINE}{tagged('p')}{FIGURE}</main>", id="main"),
    ],
)
def test_a_short_page_is_its_paragraphs(body):
    """However it is marked up: no headline, no byline, no caption, no menu, and a line for each paragraph."""
    html = f"<html><head><title>{TITLE} | Velmar Post</title></head><body>{MENU}{body}</body></html>"
    assert extract(html, url=URL, hint=PageHint(title=TITLE)).text.split("\n") == list(PARAGRAPHS)


def test_a_short_text_in_the_pages_data_keeps_its_paragraphs_too():
    """JSON-LD often holds all of an article in one line; the page shows where its paragraphs are."""
    linked = {"@type": "NewsArticle", "articleBody": " ".join((TITLE, *PARAGRAPHS, "Ads"))}
    head = f"<script type='application/ld+json'>{json.dumps(linked)}</script>"
    html = f"<html><head>{head}</head><body><main><h1>{TITLE}</h1>{tagged('p')}</main></body></html>"
    assert extract(html, url=URL).text.split("\n") == list(PARAGRAPHS)


def test_a_line_that_the_page_does_not_have_in_blocks_stays():
    """One paragraph is one line, also where menus stand around it."""
    body = f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[1]} {PARAGRAPHS[2]}</p></article>"
    assert extract(f"<html><body>{body}</body></html>", url=URL).text == " ".join(PARAGRAPHS[1:])


def test_a_text_that_the_page_shows_only_half_of_is_not_shortened():
    """What its blocks do not make up stays as it is, in one line: nothing is lost."""
    linked = {"@type": "NewsArticle", "articleBody": " ".join((*PARAGRAPHS, *PARAGRAPHS[1:]) * 2)}
    head = f"<script type='application/ld+json'>{json.dumps(linked)}</script>"
    html = f"<html><head>{head}</head><body><main><h1>{TITLE}</h1>{tagged('p')}</main></body></html>"
    assert extract(html, url=URL).text == linked["articleBody"]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Dora Quill", ""),
        ("BY DORA QUILL, TOM VALE and ANA ROE", ""),
        ("Von Dora Quill", ""),
        ("Par Élise Brandt", ""),
        ("Dora Quill", "Dora Quill"),
        ("by dora quill", "Dora Quill"),
    ],
)
def test_a_byline_is_no_part_of_the_text(line, byline):
    """It says who wrote, and so does the card."""
    assert without_byline(f"{line}\n{PARAGRAPHS[1]}", byline) == PARAGRAPHS[1]


@pytest.mark.parametrize(
    "line",
    ["By Dora Quill.", "By nightfall the tram was gone", "By Monday", "Byron Quill left", "Dora Quill"],
)
def test_what_only_looks_like_a_byline_stays(line):
    """A sentence, or a heading, is the article's."""
    assert without_byline(f"{line}\n{PARAGRAPHS[1]}", "") == f"{line}\n{PARAGRAPHS[1]}"


def test_a_name_further_down_stays():
    """Below the first lines it is a heading or somebody's label."""
    text = "\n".join((*PARAGRAPHS, "By Dora Quill"))
    assert without_byline(text, "") == text
