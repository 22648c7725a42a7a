import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.logs import log_failed_feed
from digests.errors import FetchCause, FetchError
from tests.make import make_feed

ROOT = Path(__file__).parents[2]
PROGRAM = """
import logging, structlog
from bot.logs import set_up_logs
set_up_logs(verbose={verbose})
log = structlog.get_logger("bot.test")
log.debug("whispered")
log.info("said", channel="desk")
log.warning("warned")
for name in ("discord", "slack_sdk", "apscheduler.scheduler", "aiohttp"):
    logging.getLogger(name).info("library says")
    logging.getLogger(name).warning("library warns")
logging.getLogger("aiosqlite").debug("executing all that is stored")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
print("digest")
"""


def logged(*, verbose: bool = False, terminal: bool = False) -> str:
    """Return what a program of its own logs: the set-up is for a whole process."""
    reading, writing = os.openpty() if terminal else os.pipe()
    command = [sys.executable, "-c", PROGRAM.format(verbose=verbose)]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=writing, timeout=60)
    text = os.read(reading, 65_536).decode()
    os.close(reading)
    os.close(writing)
    assert (ended.returncode, ended.stdout) == (0, b"digest\n")
    return text


def test_away_from_a_terminal_every_line_is_json() -> None:
    """With its level and time; libraries' too, which are told from warnings on; errors with traceback."""
    records = [json.loads(line) for line in logged().splitlines()]
    told = [(record["level"], record["event"]) for record in records]
    assert told[:2] == [("info", "said"), ("warning", "warned")]
    assert told.count(("warning", "library warns")) == 4
    assert told.count(("info", "library says")) == 1
    assert records[0]["channel"] == "desk"
    assert records[0]["timestamp"].endswith("Z")
    assert "ZeroDivisionError" in records[-1]["exception"]


@pytest.mark.parametrize("verbose", [False, True])
def test_a_terminal_shows_people_what_they_should_mend(verbose: bool) -> None:
    """Warnings and errors; all there is where that was asked for."""
    text = logged(verbose=verbose, terminal=True)
    assert "warned" in text
    assert not text.startswith("{")
    assert ("said" in text) is verbose
    assert ("whispered" in text) is verbose
    assert "all that is stored" not in text
    assert "ZeroDivisionError" in text


def test_a_feeds_key_stays_out_of_the_log() -> None:
    """Private feeds carry it in their query; the operator's own name for a feed is told instead."""
    url, gone = (
        "https://feed.example/rss?key=s3cret",
        FetchError(FetchCause.GONE, "feed.example has no more."),
    )
    with capture_logs() as logs:
        log_failed_feed(make_feed(url), gone)
        log_failed_feed(make_feed(url, name="The Insider"), gone)
    assert [entry.pop("feed") for entry in logs] == ["https://feed.example/rss", "The Insider"]
    about = {"event": "feed failed", "cause": "gone", "reason": "feed.example has no more."}
    assert logs == [about | {"log_level": "warning"}] * 2
