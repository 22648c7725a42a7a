"""How the command starts, and ends before it could."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INTERRUPTED = """
import sys

class Interrupter:
    def find_spec(self, name, *_):
        if name == "bot.cli":
            {0}

sys.meta_path.insert(0, Interrupter())
from bot.__main__ import main
main()
"""


@pytest.mark.parametrize("ctrl_c", ["raise KeyboardInterrupt", "exec('raise KeyboardInterrupt')"])
def test_ctrl_c_during_the_imports_ends_with_130_and_no_word(tmp_path: Path, ctrl_c: str) -> None:
    """Also within ``exec``, where dataclasses are made."""
    (tmp_path / "interrupted.py").write_text(INTERRUPTED.format(ctrl_c))
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"], capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
