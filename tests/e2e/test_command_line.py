"""``check``, ``preview``, ``poll`` and ``digest``, each in a process of its own."""

import json
from collections import Counter

import pytest

from tests.e2e.bots import Bots, calm
from tests.e2e.news import BRIDGE, COURIER, HARBOUR, MAYOR, MEMBER, RECTOR, SCHOOL, News, allow, publish, rss
from tests.feed_server import FeedServer, conditional, reply, status

pytestmark = pytest.mark.crash

GOOD = """\
timezone: Europe/Paris
feeds:
  - {url: https://example.org/rss, name: Example Daily, tags: [politics]}
  - {url: https://example.net/rss, name: Other Post}
channels:
  - {name: all, to: terminal, schedule: "0 12 * * *"}
  - {name: city-desk, to: terminal, feeds: [politics], schedule: "30 9 * * *", timezone: America/Chicago}
"""
BAD = """\
feeds:
  - url: https://example.org/rss
    tgas: [politics]
channels:
  - name: desk
    to: terminal
    feeds: [politics]
    schedule: "0 25 * * *"
    timezone: Europe/Pari
"""


async def test_check_prints_every_channels_feeds_and_next_three_posts_in_its_own_zone(bots: Bots) -> None:
    """Nothing is opened or made for that: no database, no folder."""
    (bots.folder / "good.yaml").write_text(GOOD)
    ended = await bots.run("check", "--config", "good.yaml")
    assert calm(ended) == []
    every, desk = ended.out.split("\n\n")[1:]
    assert "all -> terminal\n  feeds: Example Daily, Other Post\n" in every
    assert every.count(", 12:00 (Europe/Paris)") == 3
    assert "city-desk -> terminal\n  feeds: Example Daily\n" in desk
    assert desk.count(", 09:30 (America/Chicago)") == 3
    assert not (bots.folder / "data").exists()


async def test_check_tells_every_error_at_once_with_its_place(bots: Bots) -> None:
    """File, line, column, what is wrong and what would be right, on standard error; exit 2."""
    (bots.folder / "bad.yaml").write_text(BAD)
    ended = await bots.run("check", "--config", "bad.yaml")
    assert (ended.code, ended.out) == (2, "")
    places = [line.split(": ")[0] for line in ended.err.splitlines()]
    assert places == ["bad.yaml:3:5", "bad.yaml:7:13", "bad.yaml:8:15", "bad.yaml:9:15"]
    assert "'tags'" in ended.err
    assert "'Europe/Paris'" in ended.err


@pytest.mark.parametrize("command", ["run", "preview desk", "digest x"])
async def test_a_wrong_configuration_ends_every_command_with_exit_code_2(bots: Bots, command: str) -> None:
    """One line says what to do; there is no traceback."""
    ended = await bots.run(*command.split(), "--config", "missing.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "missing.yaml: no such file; name another with --config FILE\n"


@pytest.mark.model
async def test_a_preview_shows_the_next_digest_unconsumed(bots: Bots, publisher: FeedServer) -> None:
    """Twice the same, labelled; then the slot posts it as if nobody had looked."""
    publish(publisher, BRIDGE)
    config = bots.configure(
        network=allow(publisher),
        feeds=[{"url": publisher.url()}],
        channels=[{"name": "desk", "to": "terminal", "schedule": "0 8 * * *"}],
    )
    for _ in range(2):
        ended = await bots.run("preview", "desk", "--config", config)
        assert calm(ended) == []
        assert "desk: 1 story (preview, nothing was sent)" in ended.flat
        assert MAYOR in ended.flat
    posted = await bots.run("run", "--once", "--config", config)
    assert "desk: 1 story " in posted.flat
    assert MAYOR in posted.flat
    after = await bots.run("preview", "desk", "--config", config)
    assert (after.code, after.out) == (0, "desk: nothing new since the last digest.\n")


async def test_a_preview_of_no_channel_names_those_there_are(bots: Bots) -> None:
    """Exit 1 and one line."""
    ended = await bots.run("preview", "fornt-page")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "no channel is called 'fornt-page'; the configuration has: front-page\n"


# --- poll ----------------------------------------------------------------------------------------


async def test_poll_counts_what_every_feed_answered(bots: Bots, publisher: FeedServer) -> None:
    """Four keys, the failed by cause, and the counts are right: good feeds, unchanged ones, missing ones,
    pictures, servers in trouble, each told on standard error. No page is fetched."""
    feed = rss(publisher, [BRIDGE, SCHOOL])
    urls = [
        publisher.on("/good", reply(feed, content_type="application/rss+xml")),
        publisher.on("/same", conditional(feed, etag='"1"')),
        publisher.on("/none", status(404)),
        publisher.on("/none-either", status(404)),
        publisher.on("/picture", reply(b"\x89PNG\r\n\x1a\n" + bytes(1000), content_type="image/png")),
        publisher.on("/trouble", status(500)),
    ]
    config = bots.configure(network=allow(publisher), feeds=[{"url": url} for url in urls])
    failed = {"not found": 2, "not a feed": 1, "server error": 1}
    first = await bots.run("poll", "--config", config, "--format", "json")
    assert json.loads(first.out) == {"feeds": 6, "new": 4, "not_modified": 0, "failed": failed}
    second = await bots.run("poll", "--config", config, "--format", "json")
    assert json.loads(second.out) == {"feeds": 6, "new": 0, "not_modified": 1, "failed": failed}
    assert (first.code, second.code) == (0, 0)
    for ended in (first, second):
        logged = [json.loads(line) for line in ended.err.splitlines()]
        assert sorted(record["cause"] for record in logged) == sorted(Counter(failed).elements())
        assert {(record["level"], record["event"]) for record in logged} == {("warning", "feed failed")}
    assert not {seen.path for seen in publisher.seen} & {BRIDGE.path, SCHOOL.path}

    in_words = await bots.run("poll", "--config", config)
    assert in_words.out.splitlines()[0] == "6 feeds asked: 0 new entries, 1 feeds unchanged"
    assert "  2 failed: not found" in in_words.out.splitlines()


# --- digest --------------------------------------------------------------------------------------


@pytest.mark.model
async def test_texts_pages_feeds_and_addresses_make_one_digest(bots: Bots, publisher: FeedServer) -> None:
    """In files and on the web; a feed's page that may not be fetched is told on standard error, and the
    feed's own text does. No database is made."""
    publisher.on(SCHOOL.path, reply(SCHOOL.page, content_type="text/html"))
    text = "\n".join((BRIDGE.title, *BRIDGE.paragraphs))
    (bots.folder / "bridge.txt").write_text(text)
    (bots.folder / "harbour.html").write_bytes(HARBOUR.page)
    entry = News(path="http://127.0.0.1:9/kiosk", title="Kiosk closes", paragraphs=())
    own = "<p>The kiosk closes. “I have sold my last paper,” said owner Ida Voss on Friday.</p>"
    (bots.folder / "feed.xml").write_bytes(rss(publisher, [entry], body=own))
    config = bots.configure(network=allow(publisher), feeds=[{"url": publisher.url()}])
    sources = ("bridge.txt", "harbour.html", "feed.xml", publisher.url(SCHOOL.path))
    ended = await bots.run("digest", *sources, "--config", config)
    assert calm(ended) == []
    assert ended.out.startswith("digest: 4 stories\n")
    assert [
        words for words in (MAYOR, MEMBER, RECTOR, "I have sold my last paper") if words not in ended.flat
    ] == []
    assert "from the summary" in ended.out
    assert "127.0.0.1 is not on the public internet" in ended.err
    assert not (bots.folder / "data").exists()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        pytest.param("missing.txt", "missing.txt: No such file or directory", id="a missing file"),
        pytest.param(".", ".: Is a directory", id="a folder"),
        pytest.param("empty.txt", "empty.txt: the file is empty", id="an empty file"),
        pytest.param(
            "http://127.0.0.1:9/",
            "127.0.0.1 is not on the public internet; list its host:port under network.allow to permit it.",
            id="a private address",
        ),
        pytest.param("http://", "The address names no host.", id="no address"),
    ],
)
async def test_what_cannot_be_digested_gets_one_clear_line(bots: Bots, source: str, reason: str) -> None:
    """On standard error, exit 1."""
    (bots.folder / "empty.txt").write_text(" \n")
    ended = await bots.run("digest", source)
    assert (ended.code, ended.out, ended.err) == (1, "", reason + "\n")


@pytest.mark.model
async def test_a_source_that_fails_takes_no_other_with_it(bots: Bots) -> None:
    """The good one is printed, the bad one told on standard error; exit 1."""
    (bots.folder / "harbour.html").write_bytes(HARBOUR.page)
    ended = await bots.run("digest", "harbour.html", "missing.html")
    assert (ended.code, ended.err) == (1, "missing.html: No such file or directory\n")
    assert ended.out.startswith("digest: 1 story\n")
    assert MEMBER in ended.flat or RECTOR in ended.flat


# --- the rest ------------------------------------------------------------------------------------


async def test_without_a_command_the_commands_are_listed(bots: Bots) -> None:
    """All of them, with a line each."""
    ended = await bots.run("--help")
    assert ended.code == 0
    commands = ("run", "check", "preview", "poll", "digest", "analyze", "feeds", "outbox", "health")
    assert [command for command in commands if f" {command} " not in ended.out] == []


async def test_health_is_bad_where_no_bot_ever_ran(bots: Bots) -> None:
    """Exit 1 is what a container's health check reads."""
    ended = await bots.run("health")
    assert (ended.code, ended.err) == (1, "not running: it has ended, or was never started\n")


async def test_the_outlet_of_a_feed_without_a_name_is_its_title(bots: Bots, publisher: FeedServer) -> None:
    """``poll`` stores it, so that the first digest has it."""
    publish(publisher, BRIDGE)
    config = bots.configure(network=allow(publisher), feeds=[{"url": publisher.url()}])
    assert calm(await bots.run("poll", "--config", config)) == []
    assert COURIER.encode() in b"".join(path.read_bytes() for path in (bots.folder / "data").iterdir())
