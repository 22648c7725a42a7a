"""Documents as Slack messages: within every limit, in order, and nothing in them comes alive."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms import blocks
from bot.platforms.base import MessagePart
from digests.document import Card, Document, Line, Run, Style
from digests.render.plain import clean
from tests.wire.slack_limits import refusal

HOSTILE = (
    "<!channel> <!here|here> <@U1> <#C1> @here <https://evil.example|https://bank.example> "
    "*bold* _it_ ~no~ `code` :tada: &lt;!channel&gt; \u202egnp.exe\u200b\x00 ```x``` > quote"
)


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a payload, in order."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def texts(parts: tuple[MessagePart, ...]) -> list[str]:
    return [node["text"] for part in parts for node in rich(part) if node["type"] in ("text", "link")]


def rich(part: MessagePart) -> Iterator[dict[str, Any]]:
    return (node for node in walk(part.payload["blocks"]) if "type" in node)


def links(part: MessagePart) -> list[str]:
    return [node["url"] for node in rich(part) if node["type"] == "link"]


def items(parts: tuple[MessagePart, ...]) -> list[str]:
    """Return the text of every list item."""
    lists = [node for part in parts for node in rich(part) if node["type"] == "rich_text_list"]
    return ["".join(run["text"] for run in item["elements"]) for each in lists for item in each["elements"]]


def bullet(text: str, href: str = "") -> Line:
    return (Run(text="Ada Quill", style=Style.STRONG), Run(text=", mayor: "), Run(text=text, href=href))


def card(number: int = 1, bullets: int = 2, words: int = 10) -> Card:
    url = f"https://news.example/{number}"
    said = tuple(
        bullet(f"“n{number}b{at} " + "word " * words + "”", f"{url}#:~:text={at}") for at in range(bullets)
    )
    return Card(headline=Run(text=f"Headline {number}", href=url), meta="Example Daily · 9:30", bullets=said)


def test_a_digest_looks_as_it_was_designed() -> None:
    """Title as a header, outlet small under the linked headline, bullets as a list with bold actors."""
    document = Document(title="City desk", subtitle="2 feeds", cards=(card(bullets=1),), footer="Onrecord")
    (part,) = blocks.render(document)
    shapes = [block["type"] for block in part.payload["blocks"]]
    assert shapes == ["header", "context", "rich_text", "context", "rich_text", "context"]
    assert part.payload["text"] == "City desk (1 story)"
    assert part.payload["unfurl_links"] is False
    assert part.payload["unfurl_media"] is False
    headline, actor, role, said = (n for n in rich(part) if n["type"] in ("text", "link"))
    assert headline["style"] == actor["style"] == {"bold": True}
    assert (role["text"], said["url"]) == (", mayor: ", "https://news.example/1#:~:text=0")


def test_what_is_not_told_is_listed_as_linked_headlines() -> None:
    """Stories past the maximum come last, under their own title."""
    more = ((Run(text="Ninth", href="https://news.example/9"), Run(text=" · Daily", style=Style.QUIET)),)
    (part,) = blocks.render(Document(title="T", cards=(card(),), more_title="Also", more=more))
    assert texts((part,))[-3:] == ["Also", "Ninth", " · Daily"]
    assert links(part)[-1] == "https://news.example/9"
    assert part.payload["text"] == "T (2 stories)"


def test_a_digest_is_split_between_stories() -> None:
    """No story that fits one message is told in two."""
    parts = blocks.render(Document(title="T", cards=tuple(card(n, bullets=5, words=30) for n in range(20))))
    assert len(parts) > 1
    for part in parts:
        assert_inert(part)
        told = [text for text in texts((part,)) if text.startswith("Headline")]
        assert len(items((part,))) == 5 * len(told)
    assert [f"n{n}b{b}" for n in range(20) for b in range(5)] == [
        text.split("“")[1].split()[0] for text in items(parts)
    ]
    assert parts[1].payload["text"] == f"T (20 stories, part 2 of {len(parts)})"


def test_many_short_stories_keep_to_50_blocks_a_message() -> None:
    """The number of blocks is limited too, not only their size."""
    parts = blocks.render(Document(title="T", cards=(Card(headline=Run(text="H")),) * 60))
    assert [refusal(part.payload) for part in parts] == [""] * 3
    assert texts(parts) == ["H"] * 60


def test_a_story_larger_than_a_message_is_split_between_its_bullets() -> None:
    """The rest goes on under the headline, marked as continued."""
    parts = blocks.render(Document(title="T", cards=(card(bullets=9, words=500),)))
    assert len(items(parts)) == 9
    assert [links(part)[0] for part in parts if items((part,))] == ["https://news.example/1"] * (
        len(parts) - 1
    )
    assert " (continued)" in texts(parts[2:3])


def test_a_bullet_over_3000_characters_is_cut_at_a_word() -> None:
    """The cut is marked with an ellipsis and the bullet keeps to 3,000 characters."""
    (item,) = items(blocks.render(Document(title="T", cards=(card(bullets=1, words=900),))))
    assert len(item) <= 3_000
    assert item.endswith(" word…")


def test_a_bullet_of_thousands_of_runs_is_told_without_its_styles() -> None:
    """What would not fit one message as structure fits as plain text."""
    line = tuple(Run(text="ab"[at % 2], style=list(Style)[at % 2]) for at in range(2_900))
    (part,) = blocks.render(Document(title="T", cards=(Card(headline=Run(text="H"), bullets=(line,)),)))
    assert items((part,)) == ["ab" * 1_450]
    assert not refusal(part.payload)


def test_an_articles_plain_link_stands_once_a_message() -> None:
    """A second place shows its words only; links to quotes stay."""
    url = "https://news.example/1"
    said = (bullet("“a”", url), bullet("“b”", f"{url}#:~:text=b"), bullet("“c”", f"{url}#:~:text=b"))
    (part,) = blocks.render(
        Document(title="T", cards=(Card(headline=Run(text="H", href=url), bullets=said),))
    )
    assert links(part) == [url, f"{url}#:~:text=b", f"{url}#:~:text=b"]


@pytest.mark.parametrize(
    "href",
    [
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("data:text/html,x", id="data"),
        pytest.param("https://user:secret@news.example/", id="credentials"),
        pytest.param("https://bank.example\\@evil.example/", id="backslash"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("slack://open", id="app"),
        pytest.param("https://", id="no host"),
        pytest.param("https://[::1", id="broken"),
        pytest.param("https://news.example/\u202egnp", id="bidi"),
        pytest.param("https://news.example/" + "x" * 3_000, id="endless"),
        pytest.param("", id="none"),
    ],
)
def test_an_unsafe_address_is_no_link(href: str) -> None:
    """Only http and https without credentials are linked; the words stay."""
    (part,) = blocks.render(Document(title="T", cards=(Card(headline=Run(text="Words", href=href)),)))
    assert links(part) == []
    assert texts((part,)) == ["Words"]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        pytest.param("See https://bank.example/login", False, id="another address"),
        pytest.param("www.bank.example", False, id="another host"),
        pytest.param("https://bank.example@news.example", False, id="credentials shown"),
        pytest.param("Read https://www.news.example/a, now", True, id="its own address"),
        pytest.param("A plain headline", True, id="no address"),
    ],
)
def test_a_link_that_shows_another_address_is_no_link(text: str, linked: bool) -> None:
    """Words that name one host never lead to another."""
    run = Run(text=text, href="https://news.example/a")
    (part,) = blocks.render(Document(title="T", cards=(Card(headline=run),)))
    assert bool(links(part)) is linked


def hostile_document(text: str, href: str = "https://news.example/") -> Document:
    run = Run(text=text, href=href)
    return Document(
        title=text,
        subtitle=text,
        cards=(Card(headline=run, meta=text, bullets=((run, Run(text=text, style=Style.QUOTE)),)),),
        more_title=text,
        more=((run,),),
        footer=text,
    )


def assert_inert(part: MessagePart) -> None:
    """Fail unless a payload is text, our own links, and nothing that Slack would act on."""
    assert refusal(part.payload) == ""
    allowed = {"header", "context", "divider", "plain_text", "text", "link"}
    assert {node["type"] for node in rich(part)} <= allowed | {
        "rich_text",
        "rich_text_section",
        "rich_text_list",
    }
    escaped = [part.payload["text"]]
    for node in rich(part):
        if node["type"] == "plain_text":
            assert node["emoji"] is False
            escaped.append(node["text"])
    assert not any(char in text for text in escaped for char in "<>")
    assert len(json.dumps(part.payload["blocks"], ensure_ascii=False)) < 10_000


def test_hostile_text_stays_text() -> None:
    """Mentions, masked links, formatting and emoji codes are shown as they were written."""
    (part,) = blocks.render(hostile_document(HOSTILE))
    assert_inert(part)
    assert items((part,))[0].startswith("<!channel> <!here|here> <@U1>")
    assert "\u202e" not in json.dumps(part.payload, ensure_ascii=False)
    assert set(links(part)) <= {"https://news.example/"}


@pytest.mark.parametrize("text", ["<&>", '"', "\\", "word ", "é漢😀", "\u202ex"])
def test_texts_of_50_kilobytes_break_no_limit(text: str) -> None:
    """Every text has its own limit, and the largest heading fits one message with the largest bullet."""
    long = text * (50_000 // len(text))
    parts = blocks.render(hostile_document(long, "https://news.example/" + "x" * 1_900))
    assert len(items(parts)) == 2
    for part in parts:
        assert_inert(part)


@pytest.mark.parametrize(
    ("title", "told"),
    [("Who said what", "Who said what (1 story)"), ("desk: 1 story", "desk: 1 story")],
)
def test_a_notification_tells_the_count_once(title: str, told: str) -> None:
    """A digest's title has it already."""
    (part,) = blocks.render(Document(title=title, cards=(card(1),)))
    assert part.payload["text"] == told


def test_emoji_count_twice() -> None:
    """Nobody says whether Slack counts characters or UTF-16 code units: nothing is over either way."""
    emoji = "😀" * 4_000
    card = Card(headline=Run(text=emoji), bullets=((Run(text=emoji),),))
    parts = blocks.render(Document(title=emoji, subtitle=emoji, cards=(card,)))
    told = [node["text"] for part in parts for node in rich(part) if isinstance(node.get("text"), str)]
    lengths = [len(text.encode("utf-16-le")) // 2 for text in told]
    assert lengths == [149, 999, 249, 2_999]


def test_a_sentence_is_shown_as_it_is() -> None:
    """Answers may repeat what a feed or a person wrote."""
    part = blocks.render_sentence(f"No channel here. {HOSTILE}")
    assert_inert(part)
    assert texts((part,)) == [clean(f"No channel here. {HOSTILE}")]


def test_a_document_without_words_is_no_message() -> None:
    """Slack refuses an empty message."""
    assert blocks.render(Document(title="\u200b", cards=())) == ()


NASTY = st.sampled_from([HOSTILE, "<!channel>", "<@U1>", '"' * 200, "\\" * 90, "word " * 800, "\u202e", " "])
TEXT = st.one_of(st.text(max_size=40), NASTY, st.text(alphabet='<>&"\\* é漢😀', max_size=400))
HREF = st.one_of(
    st.just(""), st.text(max_size=20).map("https://a.example/".__add__), st.just("https://u:p@a/"), TEXT
)
RUNS = st.builds(Run, text=TEXT, style=st.sampled_from(Style), href=HREF)
LINES = st.lists(RUNS, max_size=5).map(tuple)
CARDS = st.builds(Card, headline=RUNS, meta=TEXT, bullets=st.lists(LINES, max_size=7).map(tuple))
DOCUMENTS = st.builds(
    Document,
    title=TEXT,
    subtitle=TEXT,
    cards=st.lists(CARDS, max_size=6).map(tuple),
    more_title=TEXT,
    more=st.lists(LINES, max_size=8).map(tuple),
    footer=TEXT,
)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(DOCUMENTS)
def test_any_document_keeps_every_limit_and_every_bullet(document: Document) -> None:
    """Whatever the text: limits are kept, nothing comes alive, bullets stand whole and in order."""
    parts = blocks.render(document)
    for part in parts:
        assert_inert(part)
        plain = [url for url in links(part) if ":~:text=" not in url]
        assert len(plain) == len(set(plain))
    lines = [line for card in document.cards for line in card.bullets] + list(document.more)
    expected = [words for line in lines if (words := "".join(clean(run.text) for run in line).split())]
    for shown, words in zip(items(parts), expected, strict=True):
        cut = "".join(words)
        told = re.sub(r"[\s\u2066-\u2069]", "", shown)
        assert told == cut or (
            told.endswith("…") and cut.startswith(told[:-1]) and len(" ".join(words)) > 3_000
        )
