"""Documents as Discord messages: what a reader sees, and what Discord allows."""

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.base import MessagePart
from bot.platforms.embeds import escape, link, render, sentence, stamp, stamped, units
from digests.document import Card, Document, Line, Run, Style
from digests.render.plain import clean
from tests.wire.discord_payloads import complaint, shown_texts

KEY = "k" * 25
MENTION = re.compile(r"@(everyone|here)|<(@|#|:|/|a:|t:|id:)", re.IGNORECASE)
URL = "https://news.example/mayor"
FRAGMENT = URL + "#:~:text=we%20will%20not,this%20budget%20pass"


def make_card(**changes: object) -> Card:
    """Return a card as the digest makes them, with ``changes``."""
    bullet = (
        Run(text="Jane Doe", style=Style.STRONG),
        Run(text=", mayor: "),
        Run(text="“We will not let this budget pass.”", style=Style.QUOTE, href=FRAGMENT),
        Run(text=" in Springfield", style=Style.QUIET),
    )
    card = Card(
        headline=Run(text="Mayor rejects budget", href=URL), meta="Prairie Courier · 12:00", bullets=(bullet,)
    )
    return replace(card, **changes)  # type: ignore[arg-type]


def make_bullet(text: str) -> Line:
    """Return a bullet of one plain run."""
    return (Run(text=text),)


def embeds_of(*cards: Card, **changes: object) -> list[dict[str, object]]:
    """Return all embeds of a document with these cards, over all of its messages."""
    document = replace(Document(title="City desk", cards=cards), **changes)  # type: ignore[arg-type]
    return [embed for part in render(document) for embed in part.payload["embeds"]]


def read(markup: str) -> str:
    """Return what a reader of Discord sees of ``markup``, without the arrows behind links."""
    token = re.compile(
        r"\\([^0-9A-Za-z\s])|\*+|\u200b|\[↗\]\(https?://[^)\s]+\)|\[([^\[\]\\]+)\]\(https?://[^)\s]+\)"
    )
    return token.sub(lambda found: found[1] or found[2] or "", markup)


def squash(text: str) -> str:
    """Return ``text`` without what cutting and joining of runs may change: spaces and joiners."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200c\u200d]", "", text))


# --- how it looks ----------------------------------------------------------------------------------


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


# --- hostile text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        pytest.param("hi @everyone", "hi @\u200beveryone", id="everyone"),
        pytest.param("hi @here", "hi @\u200bhere", id="here"),
        pytest.param("ends with @", "ends with @\u200b", id="a mention cut in two"),
        pytest.param("<@1>", "\\<\u200b@1\\>", id="user"),
        pytest.param("<@&1>", "\\<\u200b@&1\\>", id="role"),
        pytest.param("<#1>", "\\<\u200b#1\\>", id="channel"),
        pytest.param("</pay:1>", "\\<\u200b/pay:1\\>", id="command"),
        pytest.param("<t:1>", "\\<\u200bt:1\\>", id="timestamp"),
        pytest.param("<:e:1>", "\\<\u200b\\:e:1\\>", id="emoji of a server"),
        pytest.param(":smile: now", "\\:smile: now", id="emoji by name"),
        pytest.param("at 10:30", "at 10:30", id="a time of day"),
        pytest.param("**a** __b__ ~~c~~", "\\*\\*a\\*\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~", id="emphasis"),
        pytest.param("||a|| `b`", "\\|\\|a\\|\\| \\`b\\`", id="spoiler and code"),
        pytest.param("[a](https://b.example)", "\\[a\\]\\(https\\://b.example)", id="masked link"),
        pytest.param("see https://b.example", "see https\\://b.example", id="link"),
        pytest.param("a\\*b", "a\\\\\\*b", id="escaped already"),
        pytest.param("# Head", "\\# Head", id="heading"),
        pytest.param("-# small", "\\-# small", id="small print"),
        pytest.param("> said", "\\> said", id="block quote"),
        pytest.param("well-known #tag (D-Ill.)", "well-known #tag (D-Ill.)", id="nothing to escape"),
    ],
)
def test_text_is_shown_as_it_stands(text, markup):
    """No text from a feed becomes emphasis, a link, an emoji or a mention."""
    assert escape(text) == markup


@pytest.mark.parametrize(
    ("label", "markup"),
    [
        pytest.param("“We will.”", f"[“We will.”]({FRAGMENT})", id="plain"),
        pytest.param("“[We] will.”", f"“\\[We\\] will.” [↗]({FRAGMENT})", id="brackets"),
        pytest.param("a*b", f"a\\*b [↗]({FRAGMENT})", id="what a label cannot escape"),
        pytest.param("see https://b.example", f"see https\\://b.example [↗]({FRAGMENT})", id="address"),
        pytest.param("see bank.example/login", f"see bank.example/login [↗]({FRAGMENT})", id="bare domain"),
        pytest.param("the U.S. at 9 a.m.", f"[the U.S. at 9 a.m.]({FRAGMENT})", id="no domain"),
    ],
)
def test_a_label_that_discord_would_not_link_gets_an_arrow(label, markup):
    """A label is never escaped, never looks like another address and never ends early."""
    (embed,) = embeds_of(make_card(bullets=((Run(text=label, href=FRAGMENT),),)))
    assert embed["description"] == f"• {markup}"


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        pytest.param("https://a.example/x?y=1#z", "https://a.example/x?y=1#z", id="as it is"),
        pytest.param("https://a.example/x_(y)", "https://a.example/x_%28y%29", id="parentheses"),
        pytest.param("https://a.example/a b", "https://a.example/a%20b", id="space"),
        pytest.param("https://a.example/a%20b", "https://a.example/a%20b", id="encoded already"),
        pytest.param(
            "https://a.example/é*|<>", "https://a.example/%C3%A9%2A%7C%3C%3E", id="mark-up and accents"
        ),
        pytest.param(
            "https://bücher.example/", "https://xn--bcher-kva.example/", id="host in another script"
        ),
        pytest.param("http://a.example:8080//x", "http://a.example:8080//x", id="port and double slash"),
        pytest.param("HTTPS://A.example", "https://a.example", id="capitals"),
        pytest.param("javascript:alert(1)", "", id="script"),
        pytest.param("java\nscript:alert(1)", "", id="script over two lines"),
        pytest.param("file:///etc/passwd", "", id="file"),
        pytest.param("data:text/html,x", "", id="data"),
        pytest.param("ftp://a.example/x", "", id="another scheme"),
        pytest.param("https://bank.example@evil.example/", "", id="credentials"),
        pytest.param("https://bank.example\\@evil.example/", "", id="credentials behind a backslash"),
        pytest.param("https://", "", id="no host"),
        pytest.param("https://a.example:x/", "", id="no port"),
        pytest.param("//a.example/x", "", id="no scheme"),
        pytest.param("https://[::1", "", id="no address at all"),
    ],
)
def test_only_addresses_for_readers_become_links(href, safe):
    """Web addresses without credentials, encoded so that they cannot end the link early."""
    assert link(href) == safe


def test_a_mention_cut_into_two_runs_is_no_mention():
    """Neighbouring runs are read as one text."""
    (embed,) = embeds_of(
        make_card(bullets=((Run(text=":smi"), Run(text="le: @every"), Run(text="one @"), Run(text="here")),))
    )
    assert embed["description"] == "• \\:smile: @\u200beveryone @\u200bhere"


def test_an_address_cut_in_two_is_no_link():
    """A label that is not linked stands as text right behind the run before it."""
    (embed,) = embeds_of(
        make_card(bullets=((Run(text="https:"), Run(text="//evil.example", href=FRAGMENT)),))
    )
    assert embed["description"] == f"• https\\://evil.example [↗]({FRAGMENT})"


def test_neighbouring_styles_stay_apart():
    """Bold that touches quiet text would be read as other mark-up."""
    bullet = (
        Run(text="Doe ", style=Style.STRONG),
        Run(text="quiet", style=Style.QUIET),
        Run(text="bold", style=Style.STRONG),
    )
    (embed,) = embeds_of(make_card(bullets=(bullet,)))
    assert embed["description"] == "• **Doe** *quiet*\u200b**bold**"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param("Next digest at 17:00.", "Next digest at 17:00.", id="plain"),
        pytest.param("One.\n\n # Two @everyone", "One.\n\\# Two @\u200beveryone", id="lines"),
    ],
)
def test_a_sentence_is_shown_as_it_stands(text, content):
    """Our own sentences quote what users and feeds wrote."""
    assert sentence(text) == content


def test_a_long_sentence_fits():
    """Escapes count against the limit, and none is cut in two."""
    content = sentence("*" * 3000)
    assert units(content) <= 2000
    assert content.endswith("\\*…")
    assert content.count("\\") == content.count("*")


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


HOSTILE = st.sampled_from(
    [
        *"*_`~|[]()<>#-+:\\@\"”",
        "@everyone", "@here", "<@1>", "<@&2>", "<#3>", "</x:4>", "<t:1>", "<:e:5>", ":smile:", "](", "**",
        "https:", "//evil.example", "https://evil.example", "\n", "\u202e", "\u200b", "\u2066", "\x00", "||",
        "\ud800", "😀", "👩\u200d🚒", "é", "e\u0301", "word",
    ]
)  # fmt: skip
TEXT = st.lists(st.one_of(HOSTILE, st.text(max_size=5), st.just(" ")), max_size=20).map("".join)
LONG_TEXT = st.builds(lambda text, times: (text + " ") * times, TEXT, st.integers(min_value=1, max_value=300))
HREF = st.sampled_from(
    ["", URL, FRAGMENT, "javascript:x", "https://a.example/(x) y", "https://u:p@b.example"]
)


def documents(text: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    """Return documents of any shape with such texts."""
    runs = st.builds(Run, text=text, style=st.sampled_from(Style), href=HREF)
    lines = st.lists(runs, max_size=4).map(tuple)
    bullets = st.lists(lines, max_size=6).map(tuple)
    cards = st.lists(st.builds(Card, headline=runs, meta=text, bullets=bullets), max_size=13).map(tuple)
    return st.builds(
        Document, title=text, subtitle=text, cards=cards, more_title=text, more=bullets, footer=text
    )


@settings(max_examples=60, deadline=None)
@given(documents(st.one_of(TEXT, LONG_TEXT)))
def test_any_document_fits_and_pings_nobody(document):
    """Whatever the texts: every message within every limit, its key included, and nobody named."""
    parts = render(document)
    assert parts
    for part in parts:
        payload = stamp(part.payload, KEY)
        assert complaint(payload) is None
        assert not any(map(MENTION.search, shown_texts(payload)))
        urls = [embed["url"] for embed in payload["embeds"] if "url" in embed]
        assert len(urls) == len(set(urls))


@settings(max_examples=100, deadline=None)
@given(documents(TEXT))
def test_a_reader_sees_every_word_in_order(document):
    """Nothing is lost, changed or moved: what Discord shows of the bullets is their text."""
    embeds = [embed for part in render(document) for embed in part.payload["embeds"]]
    shown = squash("".join(read(embed.get("description", "")) for embed in embeds))
    lines = [*(line for card in document.cards for line in card.bullets), *document.more]
    at = 0
    for line in lines:
        text = squash("".join(clean(run.text) for run in line))
        at = shown.index(text, at) + len(text)
