import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import reloading, words
from bot.reloading import Reloader
from config.changes import Changes, compare
from config.schema import Config
from config.watch import WatchedConfig

FEED = {"url": "https://a.example/rss"}
DESK = {"name": "desk", "to": "terminal", "schedule": "0 8 * * *"}


@dataclass(slots=True)
class Desk:
    """A configuration on the disk, the bot that follows it, and what its operator was told."""

    path: Path
    file: WatchedConfig
    config: Config
    followed: list[Config] = field(default_factory=list)
    told: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    reloader: Reloader = field(init=False)

    def save(self, **changes: Any) -> None:
        self.path.write_text(json.dumps({"feeds": [FEED], "channels": [DESK], **changes}))

    async def follow(self, config: Config) -> Changes:
        changes = compare(self.config, config, {"terminal"})
        if not changes.refused:
            self.config = config
            self.followed.append(config)
        return changes

    def tell(self, headline: str, lines: Sequence[str] = (), *, bad: bool = False) -> None:
        assert bad == (headline == words.CONFIG_REFUSED)
        self.told.append((headline, tuple(lines)))

    async def until_told(self, count: int) -> None:
        await until(lambda: len(self.told) >= count)


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def some_ticks() -> None:
    """Wait until the files were looked at a few times."""
    await asyncio.sleep(0.15)


@asynccontextmanager
async def desk_at(
    path: Path, *, watch: bool = True, env: dict[str, str] | None = None
) -> AsyncIterator[Desk]:
    path.write_text(json.dumps({"feeds": [FEED], "channels": [DESK]}))
    file = WatchedConfig(path, env or {})
    desk = Desk(path, file, file.load())
    desk.reloader = Reloader(file, desk.config, desk.tell, watch=watch)
    running = asyncio.create_task(desk.reloader.run_forever(desk.follow))
    yield desk
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A bot that looks at its files every few milliseconds."""
    monkeypatch.setattr(reloading, "WATCH_TICK", timedelta(milliseconds=20))
    async with desk_at(tmp_path / "onrecord.yaml") as desk:
        yield desk


@pytest.fixture
async def unwatched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A bot that reads its configuration again only where somebody asks."""
    monkeypatch.setattr(reloading, "WATCH_TICK", timedelta(milliseconds=20))
    async with desk_at(tmp_path / "onrecord.yaml", watch=False) as desk:
        yield desk


async def test_a_file_that_is_saved_is_followed_and_the_difference_told(desk: Desk) -> None:
    """Nobody needs to ask; what was there at the start is no news."""
    await some_ticks()
    assert desk.told == []
    desk.save(timezone="Europe/Paris")
    await desk.until_told(1)
    assert desk.told == [(words.CONFIG_APPLIED, ("changes the timezone from UTC to Europe/Paris",))]
    assert [config.timezone for config in desk.followed] == ["Europe/Paris"]


async def test_a_file_that_is_saved_twice_is_followed_once(desk: Desk) -> None:
    """The same content, or only other comments and another layout, changes nothing and says nothing."""
    desk.save(timezone="Europe/Paris")
    await desk.until_told(1)
    desk.save(timezone="Europe/Paris")
    await some_ticks()
    desk.path.write_text("# by hand\n" + desk.path.read_text())
    await some_ticks()
    assert (len(desk.followed), len(desk.told)) == (1, 1)


async def test_who_asks_is_told_even_that_nothing_changed(desk: Desk) -> None:
    """A signal without an answer would leave one wondering."""
    desk.reloader.ask()
    await desk.until_told(1)
    assert (desk.told, desk.followed) == ([(words.CONFIG_UNCHANGED, ())], [])


async def test_a_bad_file_is_refused_with_all_its_errors(desk: Desk) -> None:
    """Each with line and column, once; the old configuration runs on, and mending the file is followed."""
    desk.path.write_text("feeds:\n  - url: ftp://a.example\nchanels: []\n")
    await desk.until_told(1)
    await some_ticks()
    ((headline, lines),) = desk.told
    assert headline == words.CONFIG_REFUSED
    assert [line.removeprefix(str(desk.path)).split(": ")[0] for line in lines] == [":2:10", ":3:1"]
    assert desk.followed == []
    desk.save(timezone="Europe/Paris")
    await desk.until_told(2)
    assert len(desk.followed) == 1


async def test_what_the_bot_refuses_is_told_and_asked_again(desk: Desk) -> None:
    """It is not taken for what is in force: who asks once more hears the reason once more."""
    desk.save(operator="discord:123456789012345678", discord={"token": "a-token"})
    await desk.until_told(1)
    desk.reloader.ask()
    await desk.until_told(2)
    assert [headline for headline, _ in desk.told] == [words.CONFIG_REFUSED] * 2
    assert "restart it" in desk.told[0][1][0]


async def test_what_waits_for_the_next_start_is_said(desk: Desk) -> None:
    """Beside what is in force at once."""
    desk.save(storage="sqlite:///other.db", timezone="Europe/Paris")
    await desk.until_told(1)
    assert desk.told[0][1][1:] == ("`storage` takes effect at the next start",)


async def test_a_file_that_is_being_written_is_left_alone(desk: Desk) -> None:
    """A half-written one would be refused, or worse, be good."""
    whole = json.dumps({"feeds": [FEED], "channels": [DESK], "timezone": "Europe/Paris"})
    with desk.path.open("w") as file:
        for character in whole[:60]:
            file.write(character)
            file.flush()
            await asyncio.sleep(0.005)
        file.write(whole[60:])
    await desk.until_told(1)
    assert [headline for headline, _ in desk.told] == [words.CONFIG_APPLIED]


async def test_a_storm_of_saves_ends_with_the_last_one(desk: Desk) -> None:
    """A hundred of them, with a signal after each, as a deployment gone wild makes them."""
    for number in range(100):
        desk.save(channels=[{**DESK, "max_stories": number % 50 + 1}])
        desk.reloader.ask()
        if number % 10 == 0:
            await asyncio.sleep(0)
    await until(lambda: desk.followed and desk.followed[-1].channels[0].max_stories == 50)
    await some_ticks()
    assert desk.followed[-1].channels[0].max_stories == 50
    assert len(desk.followed) < 50


async def test_a_file_that_is_not_watched_is_read_when_somebody_asks(unwatched: Desk) -> None:
    """``--no-watch``: saving alone changes nothing."""
    unwatched.save(timezone="Europe/Paris")
    await some_ticks()
    assert unwatched.told == []
    unwatched.reloader.ask()
    await unwatched.until_told(1)
    assert len(unwatched.followed) == 1


async def test_a_secret_that_changes_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable's file counts as part of the configuration."""
    monkeypatch.setattr(reloading, "WATCH_TICK", timedelta(milliseconds=20))
    secret = tmp_path / "secret"
    secret.write_text("Europe/Paris")
    async with desk_at(tmp_path / "onrecord.yaml", env={"ZONE_FILE": str(secret)}) as desk:
        desk.save(timezone="${ZONE}")
        await desk.until_told(1)
        secret.write_text("Europe/Rome")
        await desk.until_told(2)
        assert [config.timezone for config in desk.followed] == ["Europe/Paris", "Europe/Rome"]
