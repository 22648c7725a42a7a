"""The engine with its model, loaded once for each file that needs it."""

import pytest

from digests.analysis.engine import Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The analyser; loading it takes a second or two."""
    return Engine()
