"""Whatever publishers do, the others' news is told: the whole way from the wire to the terminal."""

import gzip
from datetime import timedelta

import pytest

from bot.app import App
from digests.analysis.nlp import Analyst, AnalystLimits
from digests.feeds.fetch import FetchLimits
from digests.model import FeedState
from tests.e2e.conftest import Cycle
from tests.e2e.news import BRIDGE, LONG_WORDS, MAYOR, MEMBER, RECTOR, SCHOOL, News, allow, publish, rss
from tests.feed_server import (
    Answer,
    FeedServer,
    cut_off,
    endless,
    gzip_bomb,
    raw,
    redirect,
    reply,
    silent,
    slow,
    status,
)

pytestmark = [pytest.mark.model, pytest.mark.wire]

ENTITIES = b"""<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><title>&c;</title></channel></rss>"""
XXE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>Entity</title><description>Is &x; told?</description></item>
</channel></rss>"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)


def settings(publisher: FeedServer, *urls: str) -> dict[str, object]:
    channel = {"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *"}
    feeds = [{"url": url, "name": f"Feed {number}"} for number, url in enumerate(urls, start=1)]
    return {"network": allow(publisher), "feeds": feeds, "channels": [channel]}


# --- feeds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        pytest.param(reply(PNG, content_type="image/png"), "not a feed", id="a picture"),
        pytest.param(reply(PNG, content_type="text/xml"), "not a feed", id="a picture called XML"),
        pytest.param(gzip_bomb(200), "too large", id="a bomb of 200 MB"),
        pytest.param(endless(), "too large", id="a body without end"),
        pytest.param(redirect("/bad"), "too many redirects", id="a redirect loop"),
        pytest.param(
            redirect("http://127.0.0.1:9/"), "refused address", id="a redirect to a private address"
        ),
        pytest.param(
            redirect("http://169.254.169.254/"), "refused address", id="a redirect to cloud metadata"
        ),
        pytest.param(redirect("file:///etc/passwd"), "refused address", id="a redirect to a file"),
        pytest.param(reply(ENTITIES), "not a feed", id="an entity bomb"),
        pytest.param(reply(BRIDGE.page, content_type="text/html"), "not a feed", id="an HTML page"),
        pytest.param(reply(b""), "not a feed", id="an empty answer"),
        pytest.param(status(403), "forbidden", id="403"),
        pytest.param(status(404), "not found", id="404"),
        pytest.param(status(410), "gone", id="410"),
        pytest.param(status(429, retry_after="60"), "rate limited", id="429"),
        pytest.param(status(500), "server error", id="500"),
        pytest.param(cut_off(b"<rss", stated=9_999), "broken answer", id="cut off"),
        pytest.param(raw(b"SSH-2.0-OpenSSH\r\n"), "broken answer", id="no HTTP"),
        pytest.param(silent(), "timed out", id="silence"),
        pytest.param(slow(b"<rss>" * 100, every=0.05), "timed out", id="a byte now and then"),
    ],
)
async def test_a_failing_feed_is_counted_and_the_others_are_told(
    cycle: Cycle, publisher: FeedServer, monkeypatch: pytest.MonkeyPatch, answer: Answer, cause: str
) -> None:
    """The digest comes with the good feed's story and says that one feed is failing; the cause is stored."""
    monkeypatch.setattr("digests.feeds.fetch.FetchLimits", lambda: FetchLimits(total=timedelta(seconds=1.5)))
    good, bad = publish(publisher, BRIDGE), publisher.on("/bad", answer)
    states: list[FeedState] = []

    async def look(app: App) -> None:
        states.extend(await app.store.load_feed_states([good, bad]))

    shown = await cycle(look, **settings(publisher, good, bad))
    assert "desk: 1 story" in shown
    assert "1 feed is failing" in shown
    assert MAYOR in shown
    assert "Traceback" not in shown
    assert [state.cause for state in states] == [None, cause]


async def test_a_feed_without_entries_is_no_failure(cycle: Cycle, publisher: FeedServer) -> None:
    """It has nothing to say, which is its right."""
    urls = publish(publisher, BRIDGE), publish(publisher, path="/empty")
    shown = await cycle(**settings(publisher, *urls))
    assert "desk: 1 story" in shown
    assert "failing" not in shown


async def test_a_feed_that_breaks_off_is_told_as_far_as_it_goes(cycle: Cycle, publisher: FeedServer) -> None:
    """What stands before the fault is news all the same."""
    url = publish(publisher, BRIDGE, SCHOOL)
    whole = rss(publisher, [BRIDGE, SCHOOL])
    publisher.on("/feed", reply(whole[: whole.rindex(b"<guid")] + b"<![CDATA[ &"))
    assert BRIDGE.title in await cycle(**settings(publisher, url))


async def test_an_entity_that_names_a_file_shows_nothing_of_it(cycle: Cycle, publisher: FeedServer) -> None:
    """No parser opens what a document names."""
    urls = publish(publisher, BRIDGE), publisher.on("/bad", reply(XXE))
    shown = await cycle(**settings(publisher, *urls))
    assert MAYOR in shown
    assert "root:" not in shown


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "utf-16"])
async def test_a_feed_in_another_charset_than_it_says_is_read(
    cycle: Cycle, publisher: FeedServer, charset: str
) -> None:
    """It claims UTF-8; the headline arrives without a word lost."""
    news = News(path="/cafe", title="Café «Über»" if "8859" in charset else "Мэр", paragraphs=())
    body = b"<?xml version='1.0' encoding='utf-8'?>" + rss(publisher, [news])
    told = f"text/xml; charset={charset}"
    url = publisher.on("/feed", reply(body.decode().encode(charset), content_type=told))
    assert news.title in await cycle(**settings(publisher, url))


async def test_an_entry_without_link_or_date_is_told_once(cycle: Cycle, publisher: FeedServer) -> None:
    """With the feed's own text; the second cycle knows it again."""
    own = f"<description>“{MEMBER},” said Olga Brandt.</description>"
    entry = f"<item><title>Notes from the port</title>{own}</item>"
    feed = f"<rss version='2.0'><channel><title>Port</title>{entry}</channel></rss>".encode()
    config = settings(publisher, publisher.on("/feed", reply(feed)))
    shown = await cycle(**config)
    assert "Notes from the port" in shown
    assert MEMBER in shown
    assert "desk: nothing new" in await cycle(**config)


async def test_an_article_in_two_feeds_is_told_once(cycle: Cycle, publisher: FeedServer) -> None:
    """Whichever feed announced it first."""
    urls = publish(publisher, BRIDGE, SCHOOL), publish(publisher, BRIDGE, path="/other")
    shown = await cycle(**settings(publisher, *urls))
    assert "desk: 2 stories" in shown
    assert shown.count(BRIDGE.title) == 1


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"", content_type="text/html"), id="empty"),
        pytest.param(reply(b"<html><body></body></html>", content_type="text/html"), id="no text"),
        pytest.param(
            reply(b"<article><p>Subscribe to read on. It is three crowns a week.</p></article>"),
            id="a paywall stub",
        ),
        pytest.param(reply(b"%PDF-1.7" + bytes(1000), content_type="application/pdf"), id="a PDF"),
        pytest.param(status(403), id="403"),
        pytest.param(status(404), id="404"),
        pytest.param(status(500), id="500"),
        pytest.param(redirect("/bridge"), id="a redirect loop"),
        pytest.param(redirect("http://10.0.0.1/"), id="a redirect to a private address"),
        pytest.param(gzip_bomb(50), id="a bomb"),
    ],
)
async def test_where_the_page_cannot_be_had_the_feeds_own_text_does(
    cycle: Cycle, publisher: FeedServer, answer: Answer
) -> None:
    """And the digest says so."""
    own = f"<p>{'</p><p>'.join(BRIDGE.paragraphs)}</p>"
    url = publisher.on("/feed", reply(rss(publisher, [BRIDGE], body=own)))
    publisher.on(BRIDGE.path, answer)
    shown = await cycle(**settings(publisher, url))
    assert "from the feed's own text" in shown
    assert MAYOR in shown


async def test_without_page_and_text_the_headline_stays(cycle: Cycle, publisher: FeedServer) -> None:
    """With one line that says why there is no more."""
    url = publisher.on("/feed", reply(rss(publisher, [BRIDGE])))
    shown = await cycle(**settings(publisher, url))
    assert f"{BRIDGE.title} Feed 1 · " in shown
    assert "• Only the headline could be had." in shown


async def test_an_article_of_over_a_million_characters_is_told(cycle: Cycle, publisher: FeedServer) -> None:
    """With who speaks in its beginning; and so is the one after it."""
    endless_tale = News(
        path=BRIDGE.path, title=BRIDGE.title, paragraphs=(*BRIDGE.paragraphs, *LONG_WORDS.splitlines())
    )
    assert len(endless_tale.page) > 1_000_000
    shown = await cycle(**settings(publisher, publish(publisher, endless_tale, SCHOOL)))
    assert MAYOR in shown
    assert RECTOR in shown


async def test_an_article_that_takes_the_analyser_too_long_keeps_its_headline(
    cycle: Cycle, publisher: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its worker is killed, and another serves the articles after it."""
    hasty = Analyst(AnalystLimits(timeout=timedelta(milliseconds=50)))
    monkeypatch.setattr("bot.app.Analyst", lambda **_: hasty)
    shown = await cycle(**settings(publisher, publish(publisher, BRIDGE, SCHOOL)))
    assert "desk: 2 stories" in shown
    assert shown.count("• Only the headline could be had.") == 2
    assert SCHOOL.title in shown


async def test_a_compressed_page_is_read(cycle: Cycle, publisher: FeedServer) -> None:
    """The control for the bombs: compression as such is welcome."""
    url = publish(publisher, BRIDGE)
    page = reply(gzip.compress(BRIDGE.page), content_encoding="gzip", content_type="text/html")
    publisher.on(BRIDGE.path, page)
    shown = await cycle(**settings(publisher, url))
    assert MAYOR in shown
    assert "feed's own text" not in shown
