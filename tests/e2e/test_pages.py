"""Whatever stands at an article's address: the whole way from the wire to the terminal."""

import html
from dataclasses import replace

import pytest

from tests.e2e.conftest import Cycle
from tests.e2e.news import BRIDGE, MAYOR, MEMBER, RECTOR, allow, publish, rss
from tests.feed_server import Answer, FeedServer, redirect, reply

pytestmark = [pytest.mark.model, pytest.mark.wire]

GATE = "Nobody gets past this gate without proof"
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    f"<p>“{GATE},” said keeper Rolf Haag.</p><p>Verify you are human to go on.</p></body></html>"
).encode()
BANNER = (
    f"<div class='consent-layer'><p>We value your privacy.</p><p>“{GATE},” said editor Rolf Haag.</p></div>"
)
WALL = f"<p>Subscribe to continue reading.</p><p>“{GATE},” said reader Rolf Haag.</p>"


def settings(publisher: FeedServer, url: str, **more: object) -> dict[str, object]:
    channel = {"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *"}
    return {"network": allow(publisher), "feeds": [{"url": url}], "channels": [channel], **more}


def page(*blocks: str, head: str = "") -> Answer:
    body = "".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    title = f"<title>{html.escape(BRIDGE.title)}</title>"
    markup = f"<html lang=en><head>{title}{head}</head><body><article>{body}</article></body></html>"
    return reply(markup.encode(), content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(CHALLENGE, status_line="403 Forbidden"), id="refused"),
        pytest.param(reply(CHALLENGE, status_line="503 Service Unavailable"), id="unavailable"),
        pytest.param(reply(CHALLENGE, content_type="text/html"), id="answered as a page"),
        pytest.param(redirect("/account/login"), id="a redirect to a login"),
    ],
)
async def test_words_of_a_wall_are_nobodys_quote(cycle: Cycle, publisher: FeedServer, answer: Answer) -> None:
    """Whatever status it comes with; the feed's own text is told."""
    own = f"<p>{'</p><p>'.join(BRIDGE.paragraphs)}</p>"
    url = publisher.on("/feed", reply(rss(publisher, [BRIDGE], body=own)))
    publisher.on(BRIDGE.path, answer)
    publisher.on("/account/login", reply(CHALLENGE.replace(b"Verify", b"Sign in to your account. Verify")))
    shown = await cycle(**settings(publisher, url))
    assert (GATE in shown, MAYOR in shown) == (False, True)
    assert "from the feed's own text" in shown


@pytest.mark.parametrize(
    ("blocks", "notice"),
    [
        pytest.param((BANNER, *BRIDGE.paragraphs), False, id="a consent banner"),
        pytest.param((*BRIDGE.paragraphs[:2], WALL), True, id="a paywall"),
    ],
)
async def test_a_quote_in_a_banner_or_wall_is_not_told(
    cycle: Cycle, publisher: FeedServer, blocks: tuple[str, ...], notice: bool
) -> None:
    """The article's own is; where there is more behind a paywall, the card says so."""
    url = publish(publisher, BRIDGE)
    publisher.on(BRIDGE.path, page(*blocks))
    shown = await cycle(**settings(publisher, url))
    assert (GATE in shown, MAYOR in shown) == (False, True)
    assert ("only the beginning could be read" in shown) is notice


async def test_an_article_in_parts_is_told_whole(cycle: Cycle, publisher: FeedServer) -> None:
    """What was said on the last page is told."""
    url = publish(publisher, BRIDGE)
    last = f"“{MEMBER},” said committee member Olga Brandt after the meeting."

    async def answer(seen, writer) -> None:
        on_second = seen.path.endswith("?page=2")
        first = page(*BRIDGE.paragraphs, head="<link rel=next href='?page=2'>")
        await (page(last) if on_second else first)(seen, writer)

    publisher.on(BRIDGE.path, answer)
    shown = await cycle(**settings(publisher, url))
    assert MAYOR in shown
    assert MEMBER in shown
    assert [seen.path for seen in publisher.seen if seen.path.startswith(BRIDGE.path)] == [
        BRIDGE.path,
        f"{BRIDGE.path}?page=2",
    ]


async def test_an_operators_rule_says_where_the_text_is(cycle: Cycle, publisher: FeedServer) -> None:
    """What it does not select is not read."""
    url = publish(publisher, BRIDGE)
    rector = f"<p>“{RECTOR},” said rector Milo Tarn on Tuesday evening.</p>"
    story = "".join(f"<p>{line}</p>" for line in BRIDGE.paragraphs)
    publisher.on(BRIDGE.path, page(f"<div class=a>{story}</div>", f"<div class=b>{rector * 3}</div>"))
    rule = {"host": publisher.host, "content": "//div[@class='a']"}
    told = await cycle(**settings(publisher, url, pages=[rule]))
    assert (MAYOR in told, RECTOR in told) == (True, False)


async def test_one_article_under_two_addresses_is_told_once(cycle: Cycle, publisher: FeedServer) -> None:
    """Each page names the same address as its own."""
    alias = replace(BRIDGE, path="/m/bridge-again")
    urls = publish(publisher, BRIDGE), publish(publisher, alias, path="/other")
    for path in (BRIDGE.path, alias.path):
        canonical = f"<link rel=canonical href='{publisher.url('/news/fernvale-to-rebuild-its-bridge')}'>"
        publisher.on(path, page(*BRIDGE.paragraphs, head=canonical))
    config = settings(publisher, urls[0])
    config["feeds"] = [{"url": url} for url in urls]
    shown = await cycle(**config)
    assert shown.count(BRIDGE.title) == 1
