"""Documents as Discord messages: what a reader sees, and what Discord allows."""

import re

import pytest

from bot.platforms.base import MessagePart
from bot.platforms.embeds import render, stamp, stamped, units
from digests.document import Card, Document, Run, Style
from tests.bot.platforms.embed_texts import (
    FRAGMENT,
    KEY,
    URL,
    embeds_of,
    make_bullet,
    make_card,
    read,
)
from tests.wire.discord_payloads import complaint


def test_a_digest_reads_like_this():
    """The whole of a small digest, as it goes over the wire."""
    document = Document(
        title="City desk",
        subtitle="1 story since 08:00",
        cards=(make_card(),),
        more_title="More",
        more=((Run(text="Second headline", href="https://news.example/2"), Run(text=" · Prairie Courier")),),
        footer="1 feed is failing",
    )
    assert render(document) == (
        MessagePart(
            payload={
                "content": "**City desk**\n-# 1 story since 08:00",
                "embeds": [
                    {
                        "title": "Mayor rejects budget",
                        "url": URL,
                        "description": "• **Jane Doe**, mayor: "
                        f"[“We will not let this budget pass.”]({FRAGMENT}) *in Springfield*",
                        "color": 0x3B6EA5,
                        "footer": {"text": "Prairie Courier · 12:00"},
                    },
                    {
                        "title": "More",
                        "description": "• [Second headline](https://news.example/2) · Prairie Courier",
                        "color": 0x3B6EA5,
                        "footer": {"text": "1 feed is failing"},
                    },
                ],
                "allowed_mentions": {"parse": []},
            }
        ),
    )


def test_a_document_without_stories_is_one_message_that_can_be_stamped():
    """The line for an empty slot is a message like any other, its key included."""
    (part,) = render(Document(title="City desk: nothing new"))
    payload = stamp(part.payload, "a1b2c3")
    assert complaint(payload) is None
    assert payload["embeds"] == [
        {"title": "City desk: nothing new", "color": 0x3B6EA5, "footer": {"text": "#a1b2c3"}}
    ]


def test_the_key_stands_at_the_end_of_the_last_footer():
    """It is found there whole: neither a longer key nor a text that holds it is taken for it."""
    (part,) = render(Document(title="City desk", cards=(make_card(), make_card()), footer="fin"))
    footers = [embed["footer"]["text"] for embed in stamp(part.payload, "a1")["embeds"]]
    assert footers == ["Prairie Courier · 12:00", "Prairie Courier · 12:00 · fin · #a1"]
    assert stamped(footers[-1], "a1")
    assert not any(stamped(text, "a1") for text in (None, "", "#a12", "x #a1", "#a1 · x"))


def test_an_address_stands_once_per_message():
    """A second embed of the same article, and a bullet that links to it as a whole, go without it."""
    bullet = (Run(text="He resigned.", href=URL),)
    first, second = embeds_of(make_card(bullets=(bullet,)), make_card())
    assert first["url"] == URL
    assert first["description"] == "• He resigned."
    assert "url" not in second


@pytest.mark.parametrize(
    "href", ["", "javascript:alert(1)", "file:///etc/passwd", "https://me:pw@news.example/"]
)
def test_a_card_without_a_usable_link_keeps_its_plain_title(href):
    """The headline is shown, and leads nowhere."""
    (embed,) = embeds_of(make_card(headline=Run(text="Mayor rejects budget", href=href)))
    assert embed["title"] == "Mayor rejects budget"
    assert "url" not in embed


def test_an_article_without_a_title_shows_its_host():
    """A link needs something to stand on."""
    (embed,) = embeds_of(make_card(headline=Run(text="\u200b ", href=URL)))
    assert embed["title"] == "news.example"


# --- limits ------------------------------------------------------------------------------------------


def test_more_than_ten_stories_go_on_in_the_next_message():
    """Ten embeds a message; the title stands on the first message only."""
    parts = render(Document(title="City desk", cards=(make_card(),) * 23))
    assert [len(part.payload["embeds"]) for part in parts] == [10, 10, 3]
    assert ["content" in part.payload for part in parts] == [True, False, False]


def test_stories_are_split_between_messages_and_not_inside():
    """Where the next story would exceed 6,000 characters a new message begins."""
    card = make_card(bullets=(make_bullet("word " * 500),))
    parts = render(Document(title="City desk", cards=(card,) * 5))
    assert [len(part.payload["embeds"]) for part in parts] == [2, 2, 1]


@pytest.mark.parametrize(
    ("total", "messages"), [pytest.param(5971, 1, id="fits"), pytest.param(5972, 2, id="not")]
)
def test_a_full_message_keeps_room_for_its_key(total, messages):
    """A key of 25 characters with its separator counts against the 6,000 as well."""
    cards = [
        Card(headline=Run(text="x"), bullets=(make_bullet("x" * (size - 3)),))
        for size in (3000, total - 3000)
    ]
    assert len(render(Document(title="City desk", cards=tuple(cards)))) == messages


def test_a_story_longer_than_an_embed_is_split_between_its_bullets():
    """It goes on under the same headline, and with its link again where a new message begins."""
    bullets = tuple(make_bullet(f"{number} " + "word " * 180 + "end") for number in range(9))
    parts = render(Document(title="City desk", cards=(make_card(bullets=bullets),)))
    titles = [[embed["title"] for embed in part.payload["embeds"]] for part in parts]
    assert titles == [["Mayor rejects budget"], ["… Mayor rejects budget"] * 2]
    assert all(part.payload["embeds"][0]["url"] == URL for part in parts)
    lines = [
        line
        for part in parts
        for embed in part.payload["embeds"]
        for line in embed["description"].split("\n")
    ]
    assert [line.split()[1] for line in lines] == [str(number) for number in range(9)]
    assert all(line.endswith(" end") for line in lines)


def test_a_quote_of_5000_characters_is_elided_at_a_word():
    """Its beginning stands there word for word, then an ellipsis and its closing mark; the line goes on."""
    said = " ".join(f"word{number}" for number in range(600))
    bullet = (
        Run(text="Jane Doe", style=Style.STRONG),
        Run(text=": "),
        Run(text=f"“{said}”", style=Style.QUOTE, href=FRAGMENT),
        Run(text=" in Springfield"),
    )
    (embed,) = embeds_of(make_card(bullets=(bullet,)))
    shown = read(str(embed["description"]))
    found = re.fullmatch(r"• Jane Doe: “(.*)…” in Springfield", shown)
    assert found is not None
    assert said.startswith(found[1] + " ")
    assert 4000 < units(str(embed["description"])) <= 4096


@pytest.mark.parametrize(
    "title", ["word " * 10_000, "x" * 50_000, "😀" * 25_000, "*" * 50_000, "@everyone " * 5_000]
)
def test_a_title_of_50_kilobytes_fits(title):
    """Headlines, titles, quiet lines and footers are cut to what Discord takes, escapes included."""
    headline = Run(text=title, href=URL)
    card = make_card(headline=headline, meta=title)
    document = Document(
        title=title, subtitle=title, cards=(card,), more_title=title, more=((headline,),) * 12, footer=title
    )
    for part in render(document):
        assert complaint(stamp(part.payload, KEY)) is None


def test_a_link_that_is_too_long_is_left_out():
    """The text is worth more than a link of thousands of characters."""
    headline = Run(text="Mayor", href=URL + "/" + "x" * 3000)
    (embed,) = embeds_of(make_card(headline=headline, bullets=((Run(text="said", href=headline.href),),)))
    assert "url" not in embed
    assert embed["description"] == "• said"
