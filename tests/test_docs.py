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


def block(language: str) -> str:
    """Return the README's first code block in a language."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_configuration_is_a_good_one(tmp_path: Path) -> None:
    """What a newcomer copies from the README loads without an error."""
    path = tmp_path / "my.yaml"
    path.write_text(block("yaml"), encoding="utf-8")
    config = load(path, {"DISCORD_TOKEN": "a-token-for-tests"})
    assert [channel.name for channel in config.channels] == ["city-desk"]


@pytest.mark.model
def test_the_sample_digest_is_what_the_bundled_feed_gives(tmp_path: Path) -> None:
    """The digest at the top of the README is a part of what ``onrecord digest`` prints, to the letter."""
    command = [sys.executable, "-m", "bot", "digest", str(ROOT / "seeds" / "northgate-wire.xml")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert block("text").strip() in done.stdout


def named_files() -> list[str]:
    """Return every file that the plan of the house names, with its folder."""
    plan = ARCHITECTURE.split("```")[1]
    files, folder = [], ""
    for line in plan.splitlines():
        if line and not line.startswith(" "):
            folder = line.split()[0]
        else:
            files += [
                folder + name
                for name in re.findall(r"(?<![\w{/])[\w/]+\.(?:py|yaml)\b", line.split("  [io]")[0])
            ]
    return files


@pytest.mark.parametrize("name", named_files())
def test_every_file_on_the_plan_exists(name: str) -> None:
    """A room that was moved or renamed moves on the plan too."""
    folder, _, rest = name.partition("/")
    places = [ROOT / name, *(ROOT / folder).rglob(Path(rest).name)]
    assert any(place.exists() for place in places)


def test_the_plan_names_more_than_a_few_files() -> None:
    """The test above would be empty if the plan were not understood."""
    assert len(named_files()) > 40
