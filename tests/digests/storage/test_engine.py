"""Unit: the engine comes without the ORM, and the package that it is part of stays whole."""

import subprocess
import sys

import pytest

STORE = "import sys\nfrom digests.storage.store import Store\n"
WHOLE = "import sqlalchemy.ext.asyncio as whole\nfrom digests.storage import engine\n"


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(f"{STORE}assert 'sqlalchemy.orm' not in sys.modules", id="no ORM for the store"),
        pytest.param(
            f"{STORE}{WHOLE}assert whole.AsyncEngine is engine.AsyncEngine and whole.AsyncSession",
            id="the whole package after the store",
        ),
        pytest.param(
            f"{WHOLE}import sys\nassert engine.AsyncConnection is whole.AsyncConnection\n"
            "assert sys.modules['sqlalchemy.ext.asyncio'] is whole",
            id="the whole package before the store",
        ),
    ],
)
def test_engine_is_the_librarys_own_without_its_orm(program: str) -> None:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
