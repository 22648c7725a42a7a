from datetime import timedelta
from typing import Any

import pytest
from pydantic import BaseModel

from config.changes import Changes, compare, in_force
from config.schema import Channel, Config, DiscordSettings, Feed, PageSettings, SlackSettings, Target

ALL = ("discord", "slack", "terminal")
CITY, SPORT = "123456789012345678", "123456789012345670"
LEDGER = {"url": "https://ledger.example/rss", "name": "The Ledger", "tags": ["local"]}
WIRE = {"url": "https://wire.example/rss?key=hunter2"}
DESK = {"name": "desk", "to": f"discord:{CITY}", "schedule": "0 8 * * *"}
SCREEN = {"name": "screen", "to": "terminal", "schedule": "@hourly"}
DISCORD = {"token": "a-token", "api": "http://127.0.0.1:1/api"}


def config(**changes: Any) -> Config:
    """Return a configuration of two feeds and two channels, with changes."""
    whole = {"feeds": [LEDGER, WIRE], "channels": [DESK, SCREEN], "discord": DISCORD, **changes}
    return Config.model_validate(whole)


def feeds(count: int) -> list[dict[str, str]]:
    return [{"url": f"https://{number}.example/rss", "name": f"Feed {number}"} for number in range(count)]


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        pytest.param({}, (), id="nothing"),
        pytest.param({"feeds": [LEDGER, WIRE, *feeds(1)]}, ("adds 1 feed: Feed 0",), id="a feed more"),
        pytest.param(
            {"feeds": [LEDGER, WIRE, *feeds(7)]},
            ("adds 7 feeds: Feed 0, Feed 1, Feed 2, Feed 3, Feed 4 and 2 more",),
            id="many feeds more",
        ),
        pytest.param({"feeds": [LEDGER]}, ("removes 1 feed: https://wire.example/rss",), id="a feed less"),
        pytest.param(
            {"feeds": [{**LEDGER, "name": "Ledger"}, WIRE]},
            ("renames 1 feed: The Ledger to Ledger",),
            id="a feed's name",
        ),
        pytest.param(
            {"feeds": [{**LEDGER, "url": "https://new.example/rss"}, WIRE]},
            ("gives 1 feed another address: The Ledger",),
            id="a feed's address",
        ),
        pytest.param(
            {"feeds": [{**LEDGER, "tags": [], "every": "1h"}, {**WIRE, "every": "1h"}]},
            (
                "changes `tags` of 1 feed: The Ledger",
                "changes `every` of 2 feeds: The Ledger, https://wire.example/rss",
            ),
            id="feeds' settings",
        ),
        pytest.param(
            {"every": "1h30m"},
            ("asks feeds without an `every` of their own every 1h30m, not 15m",),
            id="all feeds' every",
        ),
        pytest.param({"feeds": [WIRE, LEDGER]}, ("changes the order of the feeds",), id="feeds' order"),
        pytest.param({"language": "fr"}, ("changes the language from en to fr",), id="language"),
        pytest.param(
            {"channels": [{**DESK, "language": "fr"}, SCREEN]},
            ("changes the language of 1 channel: desk",),
            id="a channel's language",
        ),
        pytest.param(
            {"channels": [{**DESK, "language": "fr", "quiet": "22:00-7:00"}, {**SCREEN, "language": "fr"}]},
            ("changes the language of 2 channels: desk, screen", "changes `quiet` of desk"),
            id="channels' languages",
        ),
        pytest.param(
            {"channels": [DESK, SCREEN, {**SCREEN, "name": "second"}]},
            ("adds 1 channel: second",),
            id="channel",
        ),
        pytest.param({"channels": [DESK]}, ("removes 1 channel: screen",), id="a channel less"),
        pytest.param(
            {"channels": [{**DESK, "to": f"discord:{SPORT}"}, SCREEN]},
            (f"moves desk from discord:{CITY} to discord:{SPORT}",),
            id="a channel elsewhere",
        ),
        pytest.param(
            {"channels": [{**DESK, "schedule": ["0 9 * * *", "0 17 * * *"]}, SCREEN]},
            ("moves the schedule of desk from 0 8 * * * to 0 9 * * * and 0 17 * * *",),
            id="another schedule",
        ),
        pytest.param(
            {"channels": [{**DESK, "quiet": "22:00-07:00", "exclude": ["ad"], "feeds": ["local"]}, SCREEN]},
            ("changes `feeds` and `quiet` and `exclude` of desk",),
            id="a channel's settings",
        ),
        pytest.param({"channels": [SCREEN, DESK]}, ("changes the order of the channels",), id="order"),
        pytest.param(
            {"pages": [{"host": "post.example", "content": "//main"}]},
            ("reads the pages of post.example differently",),
            id="a rule for pages",
        ),
        pytest.param(
            {"timezone": "Europe/Paris"}, ("changes the timezone from UTC to Europe/Paris",), id="timezone"
        ),
        pytest.param(
            {"operator": f"discord:{SPORT}"}, (f"tells discord:{SPORT} what fails",), id="an operator"
        ),
    ],
)
def test_what_is_different_is_said_in_plain_words(changes: dict[str, Any], now: tuple[str, ...]) -> None:
    """A line for each thing, and nothing else; nothing of it waits for the next start."""
    told = compare(config(), config(**changes), ALL)
    assert (told.now, told.later, told.refused) == (now, (), ())


def test_a_rule_that_is_gone_is_said_too() -> None:
    """And one that stayed as it was is not."""
    kept, gone = {"host": "post.example"}, {"host": "gone.example"}
    told = compare(config(pages=[gone, kept]), config(pages=[kept]), ALL)
    assert told.now == ("reads the pages of gone.example differently",)


@pytest.mark.parametrize("model", [Config, Feed, Channel, DiscordSettings, SlackSettings])
def test_no_setting_is_changed_in_silence(model: type[BaseModel]) -> None:
    """One that is added to the schema is told as well, whatever it is."""
    slack = {"bot_token": "xoxb-1", "app_token": "xapp-1"}
    old = config(slack=slack)
    whole = {Config: old, Feed: old.feeds[0], Channel: old.channels[0]}
    whole |= {DiscordSettings: old.discord, SlackSettings: old.slack}
    for name in model.model_fields:
        new = replaced(old, whole[model], whole[model].model_copy(update={name: _other(whole[model], name)}))
        told = compare(old, new, ALL)
        assert told.now or told.later, name


def _other(model: BaseModel, name: str) -> Any:
    """Return another value for a setting; of lists of feeds or channels, a shorter one."""
    value = getattr(model, name)
    if isinstance(model, Config) and name in ("feeds", "channels"):
        return value[1:]
    if name == "pages":
        return (PageSettings(host="post.example"),)
    if isinstance(value, timedelta):
        return value * 2
    if isinstance(value, DiscordSettings | SlackSettings):
        return value.model_copy(update={"api": "x"})
    return Target(platform="terminal") if name == "operator" else _strange(value)


def _strange(value: Any) -> Any:
    if isinstance(value, Target):
        return Target(platform="terminal") if value.address else Target(platform="discord", address="1")
    return ("x",) if isinstance(value, tuple) else "x"


def replaced(config: Config, old: BaseModel, new: BaseModel) -> Config:
    """Return the configuration with one of its models in the place of another."""
    if old is config:
        assert isinstance(new, Config)
        return new
    for name in ("feeds", "channels"):
        models = tuple(new if one is old else one for one in getattr(config, name))
        config = config.model_copy(update={name: models})
    platforms = {name: new for name in ("discord", "slack") if getattr(config, name) is old}
    return config.model_copy(update=platforms)


def test_an_operator_that_is_gone_is_said_too() -> None:
    """From then on nobody hears what fails."""
    told = compare(config(operator=f"discord:{SPORT}"), config(), ALL)
    assert told.now == ("tells no operator what fails any more",)


@pytest.mark.parametrize(
    ("changes", "later"),
    [
        ({"storage": "sqlite:///other.db"}, ("storage",)),
        ({"network": {"allow": ["127.0.0.1:80"]}}, ("network",)),
        ({"discord": {"token": "another"}}, ("discord.token", "discord.api")),
        ({"slack": {"bot_token": "xoxb-1", "app_token": "xapp-1"}}, ("slack.bot_token", "slack.app_token")),
    ],
    ids=["storage", "network", "discord", "slack"],
)
def test_what_cannot_change_while_the_bot_runs_waits_for_the_next_start(
    changes: dict[str, Any], later: tuple[str, ...]
) -> None:
    """It is named and keeps its old value; everything else of the new configuration is in force."""
    old, new = config(), config(**changes, timezone="Europe/Paris")
    assert compare(old, new, ALL).later == later
    followed = in_force(old, new)
    assert followed == config(timezone="Europe/Paris")


def test_no_line_tells_a_secret() -> None:
    """Neither a token nor the query of an address, where private feeds carry their key."""
    new = config(feeds=[LEDGER], discord={"token": "new-token", "api": "http://127.0.0.1:1/api"})
    told = repr(compare(config(), new, ALL))
    assert [word for word in ("hunter2", "a-token", "new-token") if word in told] == []
    assert "https://wire.example/rss" in told


@pytest.mark.parametrize(
    "changes", [{"operator": "slack:C0123ABCD"}, {"channels": [{**DESK, "to": "slack:C0123ABCD"}]}]
)
def test_a_platform_that_the_bot_has_not_signed_in_to_is_refused(changes: dict[str, Any]) -> None:
    """A channel there could get nothing; the operator reads what to do."""
    new = config(**changes, slack={"bot_token": "xoxb-1", "app_token": "xapp-1"})
    (why,) = compare(config(), new, {"discord", "terminal"}).refused
    assert why == "nothing was posted to slack before, and the bot signs in only when it starts: restart it"
    assert compare(config(), new, ALL).refused == ()


def test_a_platform_that_nobody_uses_any_more_is_no_change_of_its_settings() -> None:
    """Its settings are not read at all then; what waits to be sent there still can be."""
    old, new = config(), config(channels=[SCREEN], discord=None)
    assert compare(old, new, ALL) == Changes(now=("removes 1 channel: desk",))
    assert in_force(old, new).discord == old.discord


def test_the_channels_that_are_new_are_known_by_name() -> None:
    """They may want a first digest at once."""
    assert compare(config(channels=[DESK]), config(), ALL).added == {"screen"}
    assert compare(config(), config(channels=[DESK]), ALL).added == frozenset()


def test_a_file_without_any_channel_is_not_followed() -> None:
    """It may be half a file; a bot that never had a channel has none to lose."""
    (why,) = compare(config(), config(channels=[]), ALL).refused
    assert "as if it were cut off" in why
    assert compare(config(channels=[]), config(channels=[]), ALL).refused == ()
