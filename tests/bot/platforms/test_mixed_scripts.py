"""One digest with words from the right, from the left and without spaces, in every format."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from rich.console import Console

from bot.platforms import blocks, embeds
from bot.platforms.console import show
from digests.document import Card, Document, Run, Style
from digests.render.html import render_html
from digests.render.json import render_json
from digests.render.text import render_text

URL = "https://n.example/1"
LINK = f"{URL}#:~:text=%D7%A0%D7%91%D7%A0%D7%94"
HOSTILE = "\u202eevil\u202c \u2067left open \u2069\u2069"
DOCUMENT = Document(
    title="חדשות: 4 stories",
    subtitle="Mon 2 Mar 2026 · times in UTC",
    cards=(
        Card(
            headline=Run(text="Mayor says הגשר will reopen", href=URL),
            meta="הארץ · Mon 2 Mar, 12:00",
            bullets=(
                (
                    Run(text="נועה לוי", style=Style.STRONG, language="he"),
                    Run(text=", mayor: "),
                    Run(text="”נבנה את הגשר ב־3 שנים.”", style=Style.QUOTE, href=LINK, language="he"),
                ),
            ),
        ),
        Card(
            headline=Run(text="أُغلق الجسر.", href="https://n.example/2", language="ar"),
            bullets=(
                (Run(text="ليلى", style=Style.STRONG), Run(text=": "), Run(text="«نبني»", style=Style.QUOTE)),
            ),
        ),
        Card(
            headline=Run(text="橋は閉鎖された", href="https://n.example/3", language="ja"),
            bullets=((Run(text="知事", style=Style.STRONG), Run(text=": "), Run(text="「橋は閉鎖する。」")),),
        ),
        Card(headline=Run(text=HOSTILE), meta=HOSTILE, bullets=((Run(text=HOSTILE),),)),
    ),
    more_title="More headlines",
    more=(
        (
            Run(text="مؤتمر", href="https://n.example/4", language="ar"),
            Run(text=" (الجريدة الرسمية · Mon)", style=Style.QUIET, language="en"),
        ),
        (Run(text="“They call it הגשר, the bridge.”", href=LINK),),
    ),
)


def strings(node: Any) -> Iterator[str]:
    """Yield every text of a payload in its order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for value in node.values() for text in strings(value))
    elif isinstance(node, list | tuple):
        yield from (text for value in node for text in strings(value))


def discord() -> list[str]:
    return [text for part in embeds.render(DOCUMENT) for text in strings(part.payload)]


def slack() -> list[str]:
    """Return what Slack shows as one line each: the texts of a section together."""
    lines: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict) and node.get("type") == "rich_text_section":
            lines.append("".join(element["text"] for element in node["elements"]))
            lines.extend(element["url"] for element in node["elements"] if "url" in element)
        elif isinstance(node, dict):
            lines.extend(value for value in node.values() if isinstance(value, str))
            walk([value for value in node.values() if not isinstance(value, str)])
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk([part.payload for part in blocks.render(DOCUMENT)])
    return lines


def terminal() -> list[str]:
    console = Console(file=io.StringIO(), width=24)
    show(console, DOCUMENT)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().split("\n")


FORMATS = {
    "terminal": terminal,
    "text": lambda: render_text(DOCUMENT, width=24).split("\n"),
    "discord": discord,
    "slack": slack,
    "html": lambda: [render_html(DOCUMENT)],
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_isolate_is_closed_in_its_own_line(format):
    """In each text of a message, and in each row of a terminal; a text's own controls are gone."""
    told = 0
    for line in (line for text in FORMATS[format]() for line in text.split("\n")):
        depth = 0
        for char in line:
            depth += (char in "\u2066\u2067\u2068") - (char == "\u2069")
            told += char in "\u2066\u2067\u2068"
            assert depth in (0, 1), line
        assert depth == 0, line
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u200e\u200f")
    assert told or format == "html"


@pytest.mark.parametrize("format", ["discord", "slack"])
def test_chat_keeps_words_and_links_as_they_are(format):
    """Quote and headline stand between the invisible characters, link and all."""
    told = "\n".join(FORMATS[format]())
    assert "\u2068חדשות\u2069: 4 stories" in told
    assert "Mayor says \u2068הגשר\u2069 will reopen" in told
    assert "\u2068أُغلق الجسر.\u2069" in told
    assert "”נבנה את הגשר ב־3 שנים.”" in told
    assert "\u2068הארץ\u2069 · Mon 2 Mar, 12:00" in told
    assert LINK in told
    assert format == "slack" or f"[”נבנה את הגשר ב־3 שנים.”]({LINK})" in told
    assert "橋は閉鎖された" in told
    assert "(\u2068الجريدة الرسمية\u2069 · Mon)" in told
    assert "“They call it \u2068הגשר\u2069, the bridge.”" in told


@pytest.mark.parametrize("format", ["terminal", "text"])
def test_rows_are_no_wider_than_the_terminal(format):
    """A Japanese line is broken though it has no spaces, and its characters count two cells."""
    from rich.cells import cell_len

    rows = FORMATS[format]()
    assert max(map(cell_len, rows)) <= 24
    assert "  • 知事: 「橋は閉鎖す" in [row.rstrip() for row in rows]


def test_html_says_direction_and_language_in_its_own_way():
    """``<bdi>`` around foreign names, ``dir`` on a whole line, ``lang`` for fonts and readers aloud."""
    root = html.document_fromstring(render_html(DOCUMENT))
    assert root.xpath("//h1/bdi[@dir='rtl']/text()") == ["חדשות"]
    assert root.xpath("string(//h1)") == "חדשות: 4 stories"
    assert root.xpath("//article[1]/p/bdi/text()") == ["הארץ"]
    assert [bdi.text_content() for bdi in root.xpath("//article[1]//li/bdi[@dir='rtl']")] == [
        "נועה לוי",
        "”נבנה את הגשר ב־3 שנים.”",
    ]
    assert root.xpath("//article[1]//li//a[@lang='he']/@href") == [LINK]
    assert root.xpath("string(//article[2]/h2/bdi[@dir='rtl'])") == "أُغلق الجسر."
    assert root.xpath("string(//article[2]//li/bdi[@dir='rtl'])") == "ليلى: «نبني»"
    assert root.xpath("//article[3]/h2/a/@lang") == ["ja"]
    assert root.xpath("//section//bdi/text()") == ["الجريدة الرسمية", "הגשר"]
    assert root.xpath("string(//section//li[2]/a)") == "“They call it הגשר, the bridge.”"
    assert not re.search("[\u2066-\u2069]", html.tostring(root.find("body"), encoding="unicode"))


def test_json_keeps_the_words_and_shows_what_is_invisible():
    """A program gets what the article says; on a terminal nothing of it turns the line."""
    text = render_json(DOCUMENT)
    assert json.loads(text)["cards"][3]["headline"]["text"] == HOSTILE
    assert "\\u202eevil" in text
    assert not set(text) & set("\u202e\u202c\u2067\u2069")
    assert "נבנה" in text
