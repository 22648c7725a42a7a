"""[io] The files that a configuration comes from, and whether they changed since it was loaded.

They are looked at, not listened to: a look at a few files costs less than waiting for the system's word,
and sees what no word comes of: links that are exchanged (as ConfigMaps are), mounts, network file systems.
"""

from collections.abc import Mapping
from pathlib import Path

from config.files import read_file
from config.load import load
from config.schema import Config
from config.variables import names_in

Stamp = tuple[int, ...] | None
"""What tells two states of a file apart; ``None`` where there is no file."""


class WatchedConfig:
    """A configuration's file together with the secret files of the variables that it names."""

    def __init__(self, path: Path, env: Mapping[str, str]) -> None:
        self._path = path
        self._env = env
        self._stamp: Stamp = None
        self._secrets: tuple[Path, ...] = ()
        self._loaded: tuple[Stamp, ...] = ()

    def load(self) -> Config:
        """Return the configuration as it is written now; ``changed`` counts from here.

        Raises:
            ConfigError: with everything that is wrong.
        """
        # First: what is saved while it is read is seen at the next look.
        self._loaded = self.look()
        return load(self._path, self._env, again=True)

    def look(self) -> tuple[Stamp, ...]:
        """Return how the files look now."""
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._stamp, self._secrets = stamp, self._named_secrets()
        return (stamp, *map(_stamp, self._secrets))

    def changed(self, look: tuple[Stamp, ...]) -> bool:
        """Return whether ``look`` is another than at the last ``load``, good or bad."""
        return look != self._loaded

    def _named_secrets(self) -> tuple[Path, ...]:
        try:
            text = read_file(self._path, again=True).decode("utf-8", errors="replace")
        except OSError:
            return ()
        files = (self._env.get(f"{name}_FILE") for name in names_in(text) if not self._env.get(name))
        return tuple(Path(file) for file in files if file)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
