"""A database file, or its lock, that is taken away from under a running bot."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digests.errors import StorageError
from digests.storage.store import Store

MOVED = "was moved, removed or replaced under the running bot"


def move(folder: Path) -> None:
    (folder / "x.db").rename(folder / "y.db")


def replace_by_a_copy(folder: Path) -> None:
    shutil.copy(folder / "x.db", folder / "y.db")
    (folder / "y.db").replace(folder / "x.db")


def remove_the_lock(folder: Path) -> None:
    (folder / "x.db.lock").unlink()


def make_another_lock(folder: Path) -> None:
    (folder / "new").touch()
    (folder / "new").replace(folder / "x.db.lock")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(move, "x.db", id="database moved"),
        pytest.param(replace_by_a_copy, "x.db", id="database replaced"),
        pytest.param(remove_the_lock, "x.db.lock", id="lock removed"),
        pytest.param(make_another_lock, "x.db.lock", id="another lock"),
    ],
)
async def test_what_was_taken_away_is_told_when_it_is_seen_twice(
    tmp_path: Path, change: Callable[[Path], None], named: str
) -> None:
    """With the file's name: a second bot could begin there, and the first would write where nobody looks."""
    async with await Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        await store.check_place()
        change(tmp_path)
        await store.check_place()
        with pytest.raises(StorageError, match=f"^{tmp_path / named} {MOVED}"):
            await store.check_place()


async def test_what_is_there_again_at_the_next_look_is_no_matter(tmp_path: Path) -> None:
    """Nor are writes; and a file system on a network may stumble for a moment."""
    async with await Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        for _ in range(3):
            await store.check_place()
            (tmp_path / "x.db").rename(tmp_path / "y.db")
            await store.check_place()
            (tmp_path / "y.db").rename(tmp_path / "x.db")
            await store.set_fact("key", "value")
            await store.check_place()


async def test_a_store_that_another_one_may_hold_does_not_mind(tmp_path: Path) -> None:
    """It is opened for a moment, and holds no lock."""
    async with await Store.open(f"sqlite:///{tmp_path}/x.db") as store:
        await store.set_fact("key", "value")
        async with await Store.open_beside(f"sqlite:///{tmp_path}/x.db") as beside:
            await beside.check_place()
            move(tmp_path)
            for _ in range(3):
                await beside.check_place()
