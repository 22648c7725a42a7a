"""The French room with its model, loaded once for each file that needs it."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom


@pytest.fixture(scope="module")
def french() -> FrenchRoom:
    """The French analyser; its model takes a second."""
    return FrenchRoom()
