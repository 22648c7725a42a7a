"""Text that wants to be more than text, as Discord messages: it is shown as it stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.embeds import escape, link, render, sentence, stamp, units
from digests.document import Card, Document, Run, Style
from digests.render.plain import clean
from tests.bot.platforms.embed_texts import FRAGMENT, KEY, MENTION, URL, embeds_of, make_card, read, squash
from tests.wire.discord_payloads import complaint, shown_texts

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


# --- any document ---------------------------------------------------------------------------------


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
