"""``onrecord opml`` as it is typed."""

import signal
from pathlib import Path

import pytest

from bot import cli, words
from config.load import load
from tests.e2e.bots import Bots, calm
from tests.e2e.chats import until
from tests.e2e.news import BRIDGE, HARBOUR, MAYOR, allow, publish
from tests.e2e.test_reload import until_told
from tests.feed_server import FeedServer

pytestmark = pytest.mark.crash

MINE = "feeds:\n  - url: https://ledger.example/rss # the best\n    name: Žurnál\n    tags: [local]\n"
READER = Path(__file__).parents[1] / "golden" / "opml" / "inoreader.opml"


async def test_feeds_come_from_another_reader_and_go_to_the_next(bots: Bots) -> None:
    """Import, a dry run before it, and an export whose import elsewhere gives the same feeds."""
    (bots.folder / "my.yaml").write_text(MINE, encoding="utf-8")
    dry = await bots.run("opml", "import", str(READER), "--config", "my.yaml", "--dry-run")
    assert calm(dry) == []
    assert "+    name: Courier" in dry.out.splitlines()
    assert (bots.folder / "my.yaml").read_text(encoding="utf-8") == MINE
    done = await bots.run("opml", "import", str(READER), "--config", "my.yaml", "--tag", "moved")
    assert (calm(done), done.out) == ([], "2 feeds added to my.yaml.\n")
    printed = await bots.run("opml", "export", "--config", "my.yaml")
    written = await bots.run("opml", "export", "out.opml", "--config", "my.yaml")
    assert calm(printed) == calm(written) == []
    assert (bots.folder / "out.opml").read_text(encoding="utf-8") == printed.out
    (bots.folder / "new.yaml").write_text("# new\n")
    await bots.run("opml", "import", "out.opml", "--config", "new.yaml")
    mine, new = (
        {feed.url: (feed.name, {*feed.tags}) for feed in load(bots.folder / name, {}).feeds}
        for name in ("my.yaml", "new.yaml")
    )
    assert mine == new
    assert len(mine) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("import", "none.opml", "--config", "my.yaml"), 1, "none.opml cannot be read: No such file"),
        (("import", "my.yaml", "--config", "my.yaml"), 2, "my.yaml:1:1: not well-formed XML"),
        (("import", str(READER)), 1, "name your own configuration with --config FILE"),
        (("import", str(READER), "--config", "none.yaml"), 2, "none.yaml: no such file"),
        (("export", "my.yaml", "--config", "my.yaml"), 1, "my.yaml is there already"),
    ],
    ids=["no list", "no OPML", "the bundled configuration", "no configuration", "a file that is there"],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    bots: Bots, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """On standard error, with the documented exit code."""
    (bots.folder / "my.yaml").write_text(MINE, encoding="utf-8")
    bundled = cli.DEFAULT_CONFIG.read_bytes()
    try:
        ended = await bots.run("opml", *arguments)
        after = cli.DEFAULT_CONFIG.read_bytes()
    finally:
        cli.DEFAULT_CONFIG.write_bytes(bundled)  # it stands in the repository
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith(told)
    assert (bots.folder / "my.yaml").read_text(encoding="utf-8") == MINE
    assert after == bundled


@pytest.mark.model
async def test_a_running_bot_follows_an_import(bots: Bots, publisher: FeedServer) -> None:
    """Its file was replaced by another one, as editors do; the new feed is asked at once."""
    publish(publisher, BRIDGE)
    publish(publisher, HARBOUR, path="/second")
    desk = {"name": "desk", "to": "terminal", "schedule": "0 8 1 1 *"}
    config = bots.configure(
        network=allow(publisher), feeds=[{"url": publisher.url(), "every": "1m"}], channels=[desk]
    )
    bot = await bots.start("run", "--config", config)
    await bot.until_printed(MAYOR)
    (bots.folder / "more.opml").write_text(
        f"<opml><body><outline text='Second' xmlUrl='{publisher.url('/second')}'/></body></opml>"
    )
    done = await bots.run("opml", "import", "more.opml", "--config", config)
    assert calm(done) == []
    assert await until_told(bot, words.CONFIG_APPLIED) == ["adds 1 feed: Second"]
    await until(lambda: any(seen.path == "/second" for seen in publisher.seen), seconds=10)
    assert calm(await bot.interrupt(signal.SIGTERM)) == []
