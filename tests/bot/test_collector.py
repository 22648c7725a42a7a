"""What every start costs: collections, and code that a command does not need."""

import subprocess
import sys

import pytest

SPARED = """
import gc
from bot.collector import rest_collector, spare_collector
rest_collector()
resting = not gc.isenabled()
spare_collector()
print(resting, gc.isenabled(), gc.get_freeze_count() > 0, gc.get_threshold())
"""
LOADED = "import sys; import bot.cli, {0}; print('{1}' in sys.modules)"


def told_by(script: str) -> str:
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_the_collector_rests_and_then_goes_on_rarely() -> None:
    """It never stays off in a bot that runs for months."""
    assert told_by(SPARED) == "True True True (50000, 20, 100)"


@pytest.mark.parametrize(
    "library", ["alembic", "structlog", "rich", "apscheduler", "fastfeedparser", "feedparser", "pebble"]
)
def test_asking_unchanged_feeds_loads_no(library: str) -> None:
    """By hand or from cron, ``onrecord poll`` is mostly its own start."""
    assert told_by(LOADED.format("bot.asking", library)) == "False"
