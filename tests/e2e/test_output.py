"""Standard output that cannot be written: a full disk behind it, or a reader that has enough."""

import os
import re

import pytest

from tests.e2e.bots import Bots, calm

pytestmark = [
    pytest.mark.crash,
    pytest.mark.model,
    pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device here that is always full"),
]

FULL = "import os; os.dup2(os.open('/dev/full', os.O_WRONLY), 1); from bot.__main__ import main; main()"
CLOSED = "import os; r, w = os.pipe(); os.close(r); os.dup2(w, 1); from bot.__main__ import main; main()"


@pytest.mark.parametrize(
    "command",
    [
        "run --once",
        "check",
        "preview front-page",
        "poll",
        "poll --format json",
        "digest {here}/text.txt",
        "digest --format json {here}/text.txt",
        "feeds",
        "feeds --format json",
        "outbox",
        "outbox --all --format json",
        "outbox retry",
        "opml export",
        "--help",
    ],
)
async def test_a_full_disk_behind_the_output_is_told_in_one_line(bots: Bots, command: str) -> None:
    """Exit 1, no traceback; what the digest told is kept and printed by the next run."""
    (bots.folder / "text.txt").write_text("“The bridge opens in May,” said Mara Lindqvist, the mayor.")
    if command.startswith(("feeds", "outbox", "preview")):
        assert calm(await bots.run("run", "--once")) == []
    ended = await bots.run(*command.format(here=bots.folder).split(), begin=("-c", FULL))
    assert ended.err.splitlines()[-1] == (
        "the output cannot be written (No space left on device): free some space, or send it elsewhere"
    )
    assert "Traceback" not in ended.err
    assert (ended.code, ended.left) == (1, ())
    if command == "run --once":
        again = await bots.run("run", "--once")
        assert len(re.findall(r"front-page: \d+ stories", again.out)) == 1
        assert "shown again" not in again.out


async def test_a_reader_that_has_enough_is_no_complaint(bots: Bots) -> None:
    """As with ``head``: exit 1 and not a word."""
    ended = await bots.run("check", begin=("-c", CLOSED))
    assert (ended.code, ended.err) == (1, "")
