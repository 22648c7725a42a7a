"""The documents tell the truth: their examples run, their samples are what comes out, their files exist."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.load import load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    """Return one of the README's code blocks in a language, the first by default."""
    return str(re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)[number])


def test_the_example_configuration_is_a_good_one(tmp_path: Path) -> None:
    """What a newcomer copies from the README loads without an error."""
    path = tmp_path / "my.yaml"
    path.write_text(block("yaml"), encoding="utf-8")
    config = load(path, {"DISCORD_TOKEN": "a-token-for-tests"})
    assert [channel.name for channel in config.channels] == ["city-desk"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("number", "feed", "config"),
    [
        pytest.param(0, "northgate-wire.xml", "", id="English"),
        pytest.param(1, "gazette-sarvanne.xml", "language: fr\ntimezone: Europe/Paris\n", id="French"),
    ],
)
def test_a_sample_digest_is_what_the_bundled_feed_gives(
    number: int, feed: str, config: str, tmp_path: Path
) -> None:
    """A digest in the README is a part of what ``onrecord digest`` prints, to the letter."""
    path = tmp_path / "sample.yaml"
    path.write_text(f"{config}feeds: [{{url: '{(ROOT / 'seeds' / feed).as_uri()}'}}]\n", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "digest", str(ROOT / "seeds" / feed), "--config", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert block("text", number).strip() in done.stdout


PACKAGES = ("bot", "config", "digests")
_ON_PLAN = re.compile(r"(?<![\w.{/])((?:\w+/)*)(\w+\.(?:py|yaml|json)\b)?")


def named_files(plan: str) -> list[str]:
    """Return every file that a plan of the house names, with its whole path.

    A line at the margin names a folder; a line indented by two begins an entry, in which a name without a
    folder lies where the name before it does.
    """
    files, top, inner = [], "", ""
    for line in plan.splitlines():
        if line and not line.startswith(" "):
            top = line.split()[0]
            continue
        if re.match(r" {2}\S", line):
            inner = ""
        for folder, name in _ON_PLAN.findall(line):
            inner = folder or inner
            if name:
                files.append(top + inner + name)
    return files


def off_plan(plan: str, tree: Path) -> list[str]:
    """Return the Python files of our packages in ``tree`` that a plan does not name.

    Package markers and the steps of migrations, one more for every change, need no line.
    """
    found = [path.relative_to(tree) for package in PACKAGES for path in (tree / package).rglob("*.py")]
    rooms = [path for path in found if path.name != "__init__.py" and "migrations" not in path.parts]
    return sorted({path.as_posix() for path in rooms} - set(named_files(plan)))


def gone(plan: str, tree: Path) -> list[str]:
    """Return the files that a plan names and ``tree`` does not hold."""
    return [name for name in named_files(plan) if not (tree / name).exists()]


PLAN = ARCHITECTURE.split("```")[1]


def test_every_file_on_the_plan_exists() -> None:
    """A room that was moved or renamed moves on the plan too."""
    assert gone(PLAN, ROOT) == []


def test_every_file_is_on_the_plan() -> None:
    """A new room is shown where it lies."""
    assert off_plan(PLAN, ROOT) == []


def test_a_plan_that_is_wrong_would_be_seen(tmp_path: Path) -> None:
    """A file that is gone, one in another folder under the same name, and one that nobody drew."""
    plan = "digests/     news\n  feeds/a.py   [io] reads; b.py helps,\n    and c.py\n  d.py      lies above\n"
    for name in ("feeds/a.py", "b.py", "feeds/c.py", "feeds/d.py", "feeds/__init__.py"):
        path = tmp_path / "digests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert gone(plan, tmp_path) == ["digests/feeds/b.py", "digests/d.py"]
    assert off_plan(plan, tmp_path) == ["digests/b.py", "digests/feeds/d.py"]
