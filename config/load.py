"""[io] YAML, environment and secret files -> ``Config``; every error at once, with line and column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.diagnose import build, unused_platforms
from config.files import read_file
from config.problems import BadValue, ConfigError, Fault, Loc, Problem
from config.schema import Config
from config.source import Source, parse_yaml
from config.variables import Filled, fill

__all__ = ["ConfigError", "Loaded", "Problem", "load", "load_placed", "load_text", "read_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A good configuration, and where each of its values stands."""

    config: Config
    source: Source
    hidden: frozenset[Loc]

    def problems(self, faults: Iterable[Fault]) -> tuple[Problem, ...]:
        """Return what somebody finds wrong in it, with line and column, in the file's order."""
        found = self.source.problems(faults, self.hidden)
        return tuple(sorted(found, key=lambda problem: (problem.line, problem.column)))


def load(path: Path, env: Mapping[str, str], *, again: bool = False) -> Config:
    """Return the configuration written in the YAML file ``path``; ``again`` as in ``read_file``.

    ``${NAME}`` in a value comes from ``env``, or from the file that ``NAME_FILE`` names there.
    Relative ``file:`` feeds start at the file's folder.

    Raises:
        ConfigError: with everything that is wrong; secrets are never in it.
    """
    return load_text(read_text(path, again=again), path, env)


def load_text(text: str, path: Path, env: Mapping[str, str]) -> Config:
    """Return the configuration that ``path`` would be, were ``text`` written there.

    Raises:
        ConfigError: as ``load`` does.
    """
    return load_placed(text, path, env).config


def load_placed(
    text: str, path: Path, env: Mapping[str, str], line_of: Callable[[int], int] | None = None
) -> Loaded:
    """Return the same with its places, for whoever has more to say of it.

    ``line_of`` tells on which line of the file a line of ``text`` stands, where that is another one.

    Raises:
        ConfigError: as ``load`` does.
    """
    source = parse_yaml(text, str(path))
    source = source.with_lines(line_of) if line_of else source
    filled = fill(source.tree, lambda name: _variable(name, env))
    config, faults = build(filled.tree, path.absolute().parent)
    told = _told(source, filled, faults)
    if told or config is None:
        raise ConfigError(source.problems(told, filled.hidden))
    return Loaded(config=config, source=source, hidden=filled.hidden)


def _told(source: Source, filled: Filled, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults to tell: nothing follows from an unset variable, or from one nobody needs."""
    unused = unused_platforms(filled.tree)
    unset = tuple(fault for fault in filled.faults if not unused.intersection(fault.loc[:1]))
    causes = tuple(fault.loc for fault in unset)
    return (*source.faults, *unset, *(fault for fault in faults if not _is_below(fault.loc, causes)))


def _is_below(loc: Loc, tops: tuple[Loc, ...]) -> bool:
    return any(loc[: len(top)] == top for top in tops)


def _variable(name: str, env: Mapping[str, str]) -> str:
    """Return a variable's value; one that is empty counts as not set."""
    if value := env.get(name):
        return value
    if not (file := env.get(f"{name}_FILE")):
        hint = f"set {name}, or {name}_FILE to the path of a file that holds it"
        raise BadValue(f"the variable {name} is not set", hint=hint)
    try:
        value = read_file(Path(file)).decode("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        hint = "check the path and who may read the file"
        raise BadValue(f"{name}_FILE names a file that cannot be read ({reason})", hint=hint) from None
    if not value:
        raise BadValue(f"the file that {name}_FILE names is empty")
    return value


def read_text(path: Path, *, again: bool = False) -> str:
    """Return the text of a configuration's file, its line breaks as they are; ``again`` as in ``read_file``.

    Raises:
        ConfigError: it cannot be read, or is no UTF-8.
    """
    try:
        raw = read_file(path, again=again)
    except FileNotFoundError:
        raise _unreadable(path, "no such file", "name another with --config FILE") from None
    except IsADirectoryError:
        raise _unreadable(path, "this is a folder", "name the YAML file in it") from None
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}", "") from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError([_not_utf8(path, raw, error.start)]) from None


def _unreadable(path: Path, message: str, hint: str) -> ConfigError:
    return ConfigError([Problem(file=str(path), line=0, column=0, message=message, hint=hint)])


def _not_utf8(path: Path, raw: bytes, start: int) -> Problem:
    """Return the problem at the first byte that is not UTF-8; columns count characters."""
    line_start = raw.rfind(b"\n", 0, start) + 1
    column = len(raw[line_start:start].decode("utf-8", errors="replace")) + 1
    line = raw.count(b"\n", 0, start) + 1
    hint = "save the file as UTF-8"
    return Problem(file=str(path), line=line, column=column, message="not UTF-8 text", hint=hint)
