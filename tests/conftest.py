from collections.abc import Iterator
from itertools import count

import pytest

from tests.newsroom import FakeAnalyst, FakeFetcher
from tests.postgres_server import PostgresServer


@pytest.fixture
def web() -> FakeFetcher:
    """A web without a page."""
    return FakeFetcher()


@pytest.fixture
def analyst() -> FakeAnalyst:
    """An analyser that finds what the tests put into it."""
    return FakeAnalyst()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started by the first test that wants one."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def postgres_database(postgres: PostgresServer) -> Iterator[str]:
    """The address of an empty database on it."""
    name = f"onrecord_{next(_NUMBERS)}"
    postgres.execute(f"CREATE DATABASE {name}")
    yield postgres.address(name)
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_schema(postgres: PostgresServer) -> str:
    """The address of an empty schema on it: quicker to make than a database, as good for most."""
    name = f"onrecord_{next(_NUMBERS)}"
    postgres.execute(f"CREATE SCHEMA {name}")
    return f"{postgres.address('postgres')}?options=-csearch_path%3D{name}"


_NUMBERS = count()
