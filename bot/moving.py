"""[io] ``onrecord opml``: feeds from another reader into the configuration's file, and out of it."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path

from bot import words
from bot.reach import refused_feeds
from bot.titles import called
from config.edit import add_feeds, lines_before
from config.importing import Choice, choose
from config.load import Loaded, load_placed, read_text
from config.opml import Outline, parse_opml, render_opml
from config.problems import ConfigError, Problem
from config.schema import Config
from config.source import parse_yaml
from digests.articles.urls import canonical
from digests.errors import OnrecordError

LARGEST = 10_000_000
"""Bytes of an OPML file: some fifty thousand feeds."""


def import_feeds(
    source: Path, path: Path, env: Mapping[str, str], *, tags: Sequence[str] = (), dry_run: bool = False
) -> str:
    """Write the feeds of the OPML file ``source`` into the configuration ``path``; return what to say.

    Where the result would be no good configuration, or nothing is new, the file stays as it is. With
    ``dry_run`` it stays in any case, and the difference is returned.

    Raises:
        ConfigError: one of the two files cannot be used.
        OnrecordError: the configuration's file cannot be written.
    """
    found = parse_opml(_read_limited(source), str(source))
    before = read_text(path)
    written = _written_feeds(before, path)
    urls = [str(feed.get("url")) for feed in written]
    choice = choose(found, urls, [str(feed.get("name")) for feed in written], tags, feed_key)
    if not choice.feeds:
        return _lines(words.opml_nothing(len(choice.known) + len(choice.skipped)), _skipped(choice))
    after = add_feeds(before, choice.feeds, str(path))
    loaded = _judged(before, after, path, env)
    if dry_run:
        said = [*_skipped(choice), *_refused(loaded, choice)]
        return "".join(_difference(before, after, path)) + _lines("", said)
    _replace(path, before, after)
    said = [*_skipped(choice), *_receivers(loaded.config, choice), *_refused(loaded, choice)]
    return _lines(words.opml_added(len(choice.feeds), str(path)), said)


def export_feeds(config: Config, titles: Mapping[str, str]) -> tuple[bytes, str]:
    """Return the configuration's feeds as OPML, and what to say of those that no other reader can have.

    ``titles`` are those of feeds without a name, by address.
    """
    feeds = [
        Outline(url=feed.url, title=called(feed, titles), folders=feed.tags)
        for feed in config.feeds
        if not feed.url.startswith("file:")
    ]
    left_out = len(config.feeds) - len(feeds)
    return render_opml("Feeds of Onrecord", feeds), words.opml_left_out(left_out) if left_out else ""


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        OnrecordError: it is, or it cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise OnrecordError(f"{path} is there already; name another file, or move it away") from None
    except OSError as error:
        raise OnrecordError(f"{path} cannot be written: {error.strerror}") from error


def feed_key(url: str) -> str:
    """Return what all spellings of a feed's address share, with and without TLS."""
    return canonical(url).partition("://")[2].rstrip("/") or url


def _read_limited(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise OnrecordError(f"{path} cannot be read: {error.strerror}") from error
    if len(raw) > LARGEST:
        raise OnrecordError(f"{path} is larger than {LARGEST // 1_000_000} MB: that is no list of feeds")
    return raw


def _written_feeds(text: str, path: Path) -> list[dict[str, object]]:
    """Return the feeds as they are written; a file of comments alone has none."""
    if not any(line.strip() and not line.lstrip().startswith(("#", "---")) for line in text.splitlines()):
        return []
    tree = parse_yaml(text, str(path)).tree
    feeds = tree.get("feeds") if isinstance(tree, dict) else None
    return [feed for feed in feeds if isinstance(feed, dict)] if isinstance(feeds, list) else []


def _judged(before: str, after: str, path: Path, env: Mapping[str, str]) -> Loaded:
    """Return what the file would be with the new feeds.

    Raises:
        ConfigError: no good configuration; its errors stand on the lines of the file as it is.
    """
    try:
        return load_placed(after, path, env)
    except ConfigError:
        pass
    try:
        return load_placed(after, path, env, lines_before(before, after))
    except ConfigError as error:
        nothing = Problem(file=str(path), line=0, column=0, message=words.OPML_REFUSED)
        raise ConfigError([nothing, *error.problems]) from None


def _replace(path: Path, before: str, after: str) -> None:
    """Exchange the file for one that holds ``after``: all of it or nothing, with the same permissions."""
    real = path.resolve()
    try:
        kept = real.stat()
        handle, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(after.encode())
                os.fchmod(file.fileno(), kept.st_mode & 0o7777)
                with suppress(PermissionError):  # only root may give a file away
                    os.fchown(file.fileno(), kept.st_uid, kept.st_gid)
                file.flush()
                os.fsync(file.fileno())
            if real.read_bytes() != before.encode():
                raise OnrecordError(f"{path} was changed meanwhile; nothing was written: try again")
            Path(name).replace(real)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OnrecordError(f"{path} cannot be replaced: {error.strerror}; nothing was written") from error


# --- what is said ----------------------------------------------------------------------------------------


def _difference(before: str, after: str, path: Path) -> Iterator[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), str(path), str(path), lineterm="")
    yield from (f"{line}\n" for line in lines)


def _skipped(choice: Choice) -> list[str]:
    known = [words.opml_known(choice.known)] if choice.known else []
    return [*known, *(words.opml_skipped(line) for line in choice.skipped)]


def _receivers(config: Config, choice: Choice) -> list[str]:
    """Return a line for each channel that gets new feeds."""
    new = {feed.url for feed in choice.feeds}
    counts = {
        channel.name: sum(feed.url in new for feed in config.feeds_of(channel)) for channel in config.channels
    }
    return [words.opml_receives(name, count) for name, count in counts.items() if count]


def _refused(loaded: Loaded, choice: Choice) -> list[str]:
    """Return a line for each address among the new feeds that the bot will refuse to ask."""
    new = frozenset(feed.url for feed in choice.feeds)
    return [f"  {warning}" for warning in refused_feeds(loaded, new)]


def _lines(*parts: str | Sequence[str]) -> str:
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part) if line]
    return "".join(f"{line}\n" for line in lines)
