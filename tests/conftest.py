import pytest

from tests.newsroom import FakeAnalyst, FakeFetcher


@pytest.fixture
def web() -> FakeFetcher:
    """A web without a page."""
    return FakeFetcher()


@pytest.fixture
def analyst() -> FakeAnalyst:
    """An analyser that finds what the tests put into it."""
    return FakeAnalyst()
