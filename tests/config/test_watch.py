import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from config import watch
from config.load import load
from config.problems import ConfigError
from config.schema import Config
from config.watch import WatchedConfig

TEXT = (
    'feeds: [{url: "https://a.example/rss", name: "${OUTLET}"}]\n# ${DISCORD_TOKEN}, ${UNKNOWN}, ${OUTLET}\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a configuration that names a secret."""
    (tmp_path / "onrecord.yaml").write_text(TEXT)
    (tmp_path / "secret").write_text("The Ledger")
    return tmp_path


@pytest.fixture
def watched(folder: Path) -> WatchedConfig:
    """The configuration, loaded once."""
    env = {"OUTLET_FILE": str(folder / "secret"), "DISCORD_TOKEN_FILE": str(folder / "token")}
    watched = WatchedConfig(folder / "onrecord.yaml", env)
    watched.load()
    return watched


def changed(watched: WatchedConfig) -> bool:
    return watched.changed(watched.look())


def edit_in_place(folder: Path) -> None:
    with (folder / "onrecord.yaml").open("a") as file:
        file.write("# more\n")


def replace_by_renaming(folder: Path) -> None:
    (folder / "new").write_text(TEXT)
    (folder / "new").replace(folder / "onrecord.yaml")


def save_beside_and_move_back(folder: Path) -> None:
    (folder / "onrecord.yaml").rename(folder / "onrecord.yaml~")
    (folder / "onrecord.yaml").write_text(TEXT)


def change_the_secret(folder: Path) -> None:
    (folder / "secret").write_text("The Courier")


def bring_a_secret_that_was_missing(folder: Path) -> None:
    (folder / "token").write_text("a token")


def delete(folder: Path) -> None:
    (folder / "onrecord.yaml").unlink()


WAYS = [
    edit_in_place, replace_by_renaming, save_beside_and_move_back, change_the_secret,
    bring_a_secret_that_was_missing, delete,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_however_a_file_is_changed_it_is_seen(
    watched: WatchedConfig, folder: Path, way: Callable[[Path], None]
) -> None:
    """Editors write in place, or replace the file; secrets count as much as the file that names them."""
    assert not changed(watched)
    way(folder)
    assert changed(watched)


def test_a_config_map_that_is_exchanged_is_seen(tmp_path: Path) -> None:
    """Kubernetes moves a link to a folder; the file, its own link and its times stay as they were."""
    for version, name in (("..1", "The Ledger"), ("..2", "The Courier")):
        (tmp_path / version).mkdir()
        file = tmp_path / version / "onrecord.yaml"
        file.write_text(f'feeds: [{{url: "https://a.example/rss", name: {name}}}]\n')
        os.utime(file, (0, 0))
    (tmp_path / "..data").symlink_to("..1")
    (tmp_path / "onrecord.yaml").symlink_to("..data/onrecord.yaml")
    watched = WatchedConfig(tmp_path / "onrecord.yaml", {})
    assert watched.load().feeds[0].name == "The Ledger"
    (tmp_path / "..new").symlink_to("..2")
    (tmp_path / "..new").replace(tmp_path / "..data")
    assert changed(watched)
    assert watched.load().feeds[0].name == "The Courier"
    assert not changed(watched)


def test_what_is_saved_while_the_file_is_read_is_seen(
    watched: WatchedConfig, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may or may not be in what was read; the next look decides."""

    def load_slowly(path: Path, env: Mapping[str, str], *, again: bool) -> Config:
        config = load(path, env, again=again)
        edit_in_place(folder)
        return config

    monkeypatch.setattr(watch, "load", load_slowly)
    watched.load()
    assert changed(watched)


def test_a_variable_that_a_new_text_names_is_watched_from_then_on(folder: Path) -> None:
    """The file that holds it counts as soon as the configuration names it."""
    path = folder / "onrecord.yaml"
    path.write_text('feeds: [{url: "https://a.example/rss"}]\n')
    watched = WatchedConfig(path, {"OUTLET_FILE": str(folder / "secret")})
    watched.load()
    change_the_secret(folder)
    assert not changed(watched)
    path.write_text(TEXT.partition("\n")[0])
    watched.load()
    (folder / "secret").write_text("The Herald")
    assert changed(watched)


def test_what_the_environment_says_is_watched_in_no_file(folder: Path) -> None:
    """A variable that is set wins over the file, as it does when it is read."""
    watched = WatchedConfig(
        folder / "onrecord.yaml", {"OUTLET": "The Ledger", "OUTLET_FILE": str(folder / "secret")}
    )
    watched.load()
    change_the_secret(folder)
    assert not changed(watched)


def test_a_bad_file_is_looked_at_once(watched: WatchedConfig, folder: Path) -> None:
    """It is no change any more once it was refused; mending it is one."""
    (folder / "onrecord.yaml").write_text("feeds: [")
    assert changed(watched)
    with pytest.raises(ConfigError):
        watched.load()
    assert not changed(watched)
    (folder / "onrecord.yaml").write_text(TEXT)
    assert changed(watched)
