"""A document as one HTML page that loads nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from digests.document import Card, Document, Run, Style
from digests.render.html import render_html
from tests.make import make_document

EVIL = "<script>alert(1)</script> & \"quotes\" 'too' <b>bold</b>"
HREF = "https://gazette.example/1?a=1&b=2#:~:text=We%20go"


def page(document: Document) -> html.HtmlElement:
    """Return the page as a browser reads it."""
    return html.document_fromstring(render_html(document))


def test_a_page_holds_everything_in_its_place():
    """Title, headline with its link, source, bullets, further headlines, footer, language."""
    root = page(
        make_document(subtitle="one feed is failing", more_title="More", footer="The end", language="fr")
    )
    assert root.get("lang") == "fr"
    assert root.xpath("string(//title)") == root.xpath("string(//h1)") == "Monday noon"
    assert root.xpath("string(//header/p)") == "one feed is failing"
    assert root.xpath("//article/h2/a/@href") == ["https://gazette.example/1"]
    assert root.xpath("string(//article/p)") == "The Gazette, 12:00"
    assert [item.text_content() for item in root.xpath("//article//li")] == ["Ana Ruiz spoke"]
    assert [item.text_content() for item in root.xpath("//section//li")] == ["Headline 2"]
    assert root.xpath("string(//footer)") == "The end"


def test_a_page_is_well_formed():
    """Every element is closed: a strict parser finds nothing to mend."""
    text = render_html(make_document(subtitle=EVIL, more_title=EVIL, footer=EVIL))
    body = text[text.index("<body>") : text.index("</html>")]
    assert etree.fromstring(body).tag == "body"


def test_markup_in_a_text_is_shown_and_not_obeyed():
    """Whatever a headline holds, it is words."""
    run = Run(text=EVIL, href=HREF)
    card = Card(headline=run, meta=EVIL, bullets=((run,),))
    root = page(
        Document(title=EVIL, subtitle=EVIL, cards=(card,), more_title=EVIL, more=((run,),), footer=EVIL)
    )
    assert not root.xpath("//script | //b")
    assert root.xpath("string(//h1)") == EVIL
    assert {link.text_content() for link in root.xpath("//a")} == {EVIL}
    assert set(root.xpath("//a/@href")) == {HREF}


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "https://user:secret@gazette.example/",
        "\u202ehttps://gazette.example/",
        "//gazette.example/",
        "",
    ],
)
def test_a_link_that_misleads_is_no_link(href):
    """The words stay, the link goes."""
    root = page(make_document(cards=(Card(headline=Run(text="Headline", href=href)),)))
    assert root.xpath("//a") == []
    assert root.xpath("string(//article/h2)") == "Headline"


def test_a_page_loads_and_runs_nothing():
    """No address but links, and a policy that forbids the rest."""
    root = page(make_document())
    assert (
        root.xpath("//script | //link | //img | //iframe | //*[@src] | //@*[starts-with(name(), 'on')]") == []
    )
    assert root.xpath("//meta[@http-equiv]/@content") == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert set(root.xpath("//a/@rel")) == {"noopener noreferrer"}


def test_what_turns_the_writing_direction_is_gone():
    """An override could make a headline read as another."""
    text = render_html(make_document(title="a\u202eb", cards=(Card(headline=Run(text="c\u2066d\u200be")),)))
    assert "ab" in text
    assert "cde" in text
    assert not set(text) & set("\u202e\u2066\u200b")


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(Style))
def test_words_are_read_as_they_were_written(text, style):
    """No text breaks the page or is changed by it, but for white space."""
    cleaned = "".join(c for c in text if c.isprintable() and c.isascii())
    root = page(
        make_document(cards=(Card(headline=Run(text="H"), bullets=((Run(text=cleaned, style=style),),)),))
    )
    assert root.xpath("string(//article//li)").split() == cleaned.split()
    page(make_document(title=text))
