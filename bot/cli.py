"""The command ``onrecord``: arguments in, exit codes out.

Exit codes: 0 done; 1 something failed, such as a source of ``digest``, or writing what is printed; 2 the
configuration or the arguments are wrong; 3 the database cannot be used, or another instance holds it; 4 no
chat platform lets the bot in, or one does not let ``run --once`` in.
"""

import asyncio
import errno
import io
import os
import sys
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

import config
from bot.collector import end_at_once, spare_collector
from config.load import ConfigError, load, load_placed, read_text
from config.schema import Config
from config.watch import WatchedConfig
from digests.errors import OnrecordError, StorageError

# What a write to standard output can end with.
_NO_OUTPUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EPIPE)
EXIT_CONFIG, EXIT_STORAGE, EXIT_REFUSED = 2, 3, 4
DEFAULT_CONFIG = Path(config.__file__).with_name("onrecord.yaml")

app = typer.Typer(
    name="onrecord",
    help="Who said what, in your channel, on schedule.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

outbox_app = typer.Typer(
    help="See what waits to be sent and why; try it again, or give it up.", invoke_without_command=True
)
app.add_typer(outbox_app, name="outbox")

opml_app = typer.Typer(help="Bring feeds from another reader, or take them there.", no_args_is_help=True)
app.add_typer(opml_app, name="opml")

ConfigOption = Annotated[
    Path,
    typer.Option(
        "--config",
        envvar="ONRECORD_CONFIG",
        help="The configuration; the bundled sample feeds when left out.",
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Also what was sent in the last 30 days.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="Log everything, to standard error.")]


class PollFormat(StrEnum):
    """How ``poll``, ``feeds`` and ``outbox`` answer."""

    TEXT = "text"
    JSON = "json"


class DigestFormat(StrEnum):
    """What ``digest`` prints: for people, for programs, or a platform's own payloads."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    DISCORD = "discord"
    SLACK = "slack"


def main() -> None:
    """Run the command line; every expected error becomes its words and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without our characters shows a question mark; it is no reason to fail.
            stream.reconfigure(errors="replace")
    try:
        _call()
    except ConfigError as error:
        _fail(str(error), EXIT_CONFIG)
    except StorageError as error:
        _fail(str(error), EXIT_STORAGE)
    except OnrecordError as error:
        _fail(str(error), 1)
    except Exception as error:
        # Imported here: what does not chat does without it.
        from bot.platforms.base import DeliveryError

        if not isinstance(error, DeliveryError):
            raise
        _fail(str(error), EXIT_REFUSED)


def _call() -> None:
    """Run the command; where its output cannot be written that is told in a line.

    What was not printed is not lost: a digest counts as posted only where all of it was written.
    """
    try:
        try:
            app()
        except SystemExit as ended:
            if not ended.code:
                sys.stdout.flush()
            raise
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_OUTPUT:
            raise
        # Python would write what is left once more at its end, and complain in its own words.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            sys.exit(1)  # whoever read has enough
        _fail(f"the output cannot be written ({error.strerror}): free some space, or send it elsewhere", 1)


def _fail(message: str, code: int) -> None:
    sys.stderr.write(f"{message}\n")
    sys.exit(code)


def _set_up_logs(*, verbose: bool) -> None:
    # Imported here: ``check``, ``health`` and most rounds of ``poll`` have nothing to log.
    from bot.logs import set_up_logs

    set_up_logs(verbose=verbose)


def _load(path: Path) -> Config:
    return load(path, os.environ)


def _run(work: Coroutine[Any, Any, None]) -> None:
    spare_collector()
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        # Ctrl-C before the bot minds its signals, or in a command that has none to mind.
        sys.exit(130)


@app.command()
def run(
    config: ConfigOption = DEFAULT_CONFIG,
    once: Annotated[bool, typer.Option("--once", help="Do one cycle, post what is new, and end.")] = False,
    no_watch: Annotated[
        bool, typer.Option("--no-watch", help="Read a changed configuration on SIGHUP alone.")
    ] = False,
    verbose: VerboseOption = False,
) -> None:
    """Watch the feeds and post digests on schedule until Ctrl-C."""
    _set_up_logs(verbose=verbose)
    file = WatchedConfig(config, os.environ)
    settings = file.load()
    from rich.console import Console

    from bot import live

    _run(live.run(settings, Console(), once=once, file=file, watch=not no_watch))


@app.command()
def check(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Tell every error of the configuration, or each channel's feeds and next three posts."""
    from bot.checking import describe
    from bot.titles import load_titles

    loaded = load_placed(read_text(config), config, os.environ)
    sys.stdout.write(describe(loaded, asyncio.run(load_titles(loaded.config))))


@app.command()
def preview(
    channel: Annotated[str, typer.Argument(help="The channel's name in the configuration.")],
    config: ConfigOption = DEFAULT_CONFIG,
    verbose: VerboseOption = False,
) -> None:
    """Show a channel's next digest as it would be now; nothing is sent, nothing is consumed."""
    _set_up_logs(verbose=verbose)
    settings = _load(config)
    from rich.console import Console

    from bot import live

    _run(live.preview(settings, Console(), channel))


@app.command()
def poll(
    config: ConfigOption = DEFAULT_CONFIG,
    format: Annotated[PollFormat, typer.Option("--format", help="text or json.")] = PollFormat.TEXT,
    verbose: VerboseOption = False,
) -> None:
    """Ask every feed now; no page is fetched and nothing is posted."""
    if verbose:  # otherwise with the first feed that fails
        _set_up_logs(verbose=True)
    settings = _load(config)
    from bot import asking

    _run(asking.poll(settings, as_json=format is PollFormat.JSON, verbose=verbose))
    end_at_once()


@app.command()
def digest(
    source: Annotated[
        list[str], typer.Argument(help="Addresses or files: an article's text or HTML, or a feed.")
    ],
    format: Annotated[DigestFormat, typer.Option("--format", help="What to print.")] = DigestFormat.TEXT,
    config: ConfigOption = DEFAULT_CONFIG,
    verbose: VerboseOption = False,
) -> None:
    """Digest articles right here: addresses, text files, HTML files or feeds."""
    _set_up_logs(verbose=verbose)
    settings = _load(config)
    from rich.console import Console

    from bot import direct

    _run(direct.digest(settings, source, format.value, Console()))


@app.command()
def analyze(verbose: VerboseOption = False) -> None:
    """Read articles as JSON lines from standard input and write who said what as JSON lines."""
    _set_up_logs(verbose=verbose)
    from bot.analyze import analyze_lines

    spare_collector()
    analyze_lines(sys.stdin.buffer, sys.stdout)


@app.command()
def feeds(
    format: Annotated[PollFormat, typer.Option("--format", help="text or json.")] = PollFormat.TEXT,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Tell how each feed does and what to do about it; works while the bot runs."""
    from rich.console import Console

    from bot import feed_health

    _run(feed_health.show(_load(config), Console(), as_json=format is PollFormat.JSON))


@outbox_app.callback()
def outbox(
    context: typer.Context,
    everything: AllOption = False,
    format: Annotated[PollFormat, typer.Option("--format", help="text or json.")] = PollFormat.TEXT,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """List the messages that wait, with the reason; works while the bot runs."""
    if context.invoked_subcommand is None:
        from rich.console import Console

        from bot import upkeep

        as_json = format is PollFormat.JSON
        _run(upkeep.show(_load(config), Console(), everything=everything, as_json=as_json))


@outbox_app.command()
def retry(
    channel: Annotated[
        list[str] | None, typer.Argument(help="Channels by name, or as platform:channel; all when left out.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Try again at once what a failure put off, such as after a permission was mended."""
    from rich.console import Console

    from bot import upkeep

    _run(upkeep.retry(_load(config), Console(), channel or ()))


@outbox_app.command()
def drop(
    key: Annotated[list[str], typer.Argument(help="Keys as `onrecord outbox` lists them.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Give up messages: they are never sent, and what waits behind them goes on."""
    from rich.console import Console

    from bot import upkeep

    _run(upkeep.drop(_load(config), Console(), key))


@opml_app.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(help="What the other reader exported.")],
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A tag for all of them; repeatable.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, write nothing.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write the feeds of an OPML file into the configuration; folders become tags."""
    from bot import moving

    if config == DEFAULT_CONFIG:
        raise OnrecordError("name your own configuration with --config FILE; the bundled one stays as it is")
    said = moving.import_feeds(file, config, os.environ, tags=tag or (), dry_run=dry_run)
    sys.stdout.write(said)


@opml_app.command("export")
def export_feeds(
    file: Annotated[Path | None, typer.Argument(help="A new file; standard output when left out.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write the configuration's feeds as OPML 2.0; tags become folders."""
    from bot import moving
    from bot.titles import load_titles

    settings = _load(config)
    content, note = moving.export_feeds(settings, asyncio.run(load_titles(settings)))
    if file is None:
        sys.stdout.buffer.write(content)
    else:
        moving.write_new(file, content)
    if note:
        sys.stderr.write(f"{note}\n")


@app.command()
def health(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Exit 0 where the bot on this database is alive, 1 where it is not; for containers."""
    from bot.clock import now
    from bot.heartbeat import ailment

    if told := ailment(_load(config).storage, now()):
        _fail(told, 1)
