from contextlib import suppress
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from config.load import ConfigError, load
from config.schema import (
    Channel,
    Config,
    DiscordSettings,
    Feed,
    Network,
    PageSettings,
    SlackSettings,
    Target,
    WhenEmpty,
)

CONFIG = Path(__file__).parents[2] / "config"
TOKENS = {"DISCORD_TOKEN": "hunter2", "SLACK_BOT_TOKEN": "xoxb-hunter2", "SLACK_APP_TOKEN": "xapp-hunter2"}
FEEDS = "feeds:\n  - url: https://example.org/rss\n    name: Daily\n    tags: [politics]\n"
CHANNEL = 'channels:\n  - name: desk\n    to: terminal\n    schedule: "0 8 * * *"\n'


@pytest.fixture
def read(tmp_path):
    """Load a configuration from text, with the environment given."""

    def read_text(text: str, **env: str) -> Config:
        path = tmp_path / "onrecord.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path, env)

    return read_text


def first_problem(read, text: str, **env: str):
    with pytest.raises(ConfigError) as caught:
        read(text, **env)
    return caught.value.problems[0]


# --- a good file -------------------------------------------------------------------------------


def test_every_setting_becomes_its_python_value(read):
    """Durations, targets, times and tuples, each from the form that an operator writes."""
    config = read(
        FEEDS
        + "    every: 2h\n"
        + "timezone: Europe/Paris\nstorage: sqlite:///data/x.db\noperator: slack:C0123ABCD\n"
        + 'network: {allow: ["127.0.0.1:8099", "[::1]:80", "News.Lan:443"]}\n'
        + "channels:\n  - name: desk\n    to: discord:123456789012345678\n    feeds: [politics]\n"
        + '    schedule: "0 8,17 * * mon-fri"\n    timezone: America/Chicago\n    quiet: "22:00-7:00"\n'
        + '    when_empty: say\n    max_stories: 3\n    include: [a b, "/budget|tax/i"]\n    exclude: [ad]\n'
        + '    at_start: true\ndiscord: {token: "${D}"}\nslack: {bot_token: "${B}", app_token: "${A}"}\n',
        D="hunter2",
        B="xoxb-1",
        A="xapp-1",
    )
    (feed,), (channel,) = config.feeds, config.channels
    assert (feed.url, config.every_of(feed)) == ("https://example.org/rss", timedelta(hours=2))
    assert (feed.name, feed.tags) == ("Daily", ("politics",))
    assert (config.timezone, config.storage, str(config.operator)) == (
        "Europe/Paris",
        "sqlite:///data/x.db",
        "slack:C0123ABCD",
    )
    assert config.network.addresses == (("127.0.0.1", 8099), ("::1", 80), ("news.lan", 443))
    assert channel.to == Target(platform="discord", address="123456789012345678")
    assert channel.schedule == ("0 8,17 * * mon-fri",)
    assert channel.quiet
    assert (channel.quiet.start, channel.quiet.end) == (time(22), time(7))
    assert (channel.when_empty, channel.max_stories, channel.posts_at_start) == (WhenEmpty.SAY, 3, True)
    assert (channel.include, channel.exclude) == (("a b", "/budget|tax/i"), ("ad",))
    assert config.discord
    assert config.slack
    assert config.discord.token.get_secret_value() == "hunter2"
    assert config.slack.app_token.get_secret_value() == "xapp-1"


def test_what_is_left_out_has_its_default(read):
    """UTC, SQLite in data/, 15 minutes, skip, eight stories; the terminal alone starts with a digest."""
    config = read(FEEDS + CHANNEL)
    (channel,) = config.channels
    assert (config.timezone, config.storage) == ("UTC", "sqlite:///data/onrecord.db")
    assert (config.operator, config.network.allow, config.discord, config.slack) == (None, (), None, None)
    assert config.every_of(config.feeds[0]) == timedelta(minutes=15)
    assert (channel.when_empty, channel.max_stories, channel.quiet) == (WhenEmpty.SKIP, 8, None)
    assert channel.posts_at_start
    assert not Channel(name="c", to=Target.parse("slack:C0123ABCD"), schedule=("@hourly",)).posts_at_start


def test_a_feed_that_does_not_say_how_fresh_it_should_be_follows_the_file(read):
    """Fifty feeds that should be asked each hour take one line."""
    config = read("every: 1h\n" + FEEDS + "  - url: https://example.org/live\n    every: 2m\n")
    assert [config.every_of(feed) for feed in config.feeds] == [timedelta(hours=1), timedelta(minutes=2)]


def test_a_channel_without_a_zone_has_that_of_the_file(read):
    """The channel's own zone wins over the file's."""
    config = read("timezone: Asia/Tokyo\n" + FEEDS + CHANNEL)
    (channel,) = config.channels
    assert config.zone_of(channel) == ZoneInfo("Asia/Tokyo")
    own = channel.model_copy(update={"timezone": "America/Chicago"})
    assert config.zone_of(own) == ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param("[]", ["a", "b", "c"], id="none chosen is all"),
        pytest.param("[x]", ["a", "c"], id="by tag"),
        pytest.param("[B feed]", ["b"], id="by name"),
        pytest.param("[x, y, B feed]", ["a", "b", "c"], id="each once, in the file's order"),
    ],
)
def test_a_channel_chooses_feeds_by_tag_or_name(read, chosen, expected):
    """Any tag or name that matches chooses the feed."""
    config = read(
        "feeds:\n  - {url: 'https://a', tags: [x, y]}\n  - {url: 'https://b', name: B feed}\n"
        "  - {url: 'https://c', tags: [x]}\n" + CHANNEL + f"    feeds: {chosen}\n"
    )
    found = [feed.url.removeprefix("https://") for feed in config.feeds_of(config.channels[0])]
    assert found == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param('"@daily"', ("0 0 * * *",), id="macro"),
        pytest.param('"@HOURLY"', ("0 * * * *",), id="macro in capitals"),
        pytest.param('["0 8 * * 7", "*/15  9-17/2 1,15 jan-mar SUN"]', None, id="list"),
        pytest.param('"0 0 29 2 *"', ("0 0 29 2 *",), id="leap day"),
        pytest.param('"0 0 31 2 mon"', ("0 0 31 2 mon",), id="day or weekday"),
    ],
)
def test_a_schedule_becomes_a_tuple_of_five_fields(read, written, expected):
    """Macros are spelled out and spaces made single; one schedule is a tuple of one."""
    expected = expected or ("0 8 * * 7", "*/15 9-17/2 1,15 jan-mar SUN")
    config = read(FEEDS + f"channels:\n  - {{name: a, to: terminal, schedule: {written}}}\n")
    assert config.channels[0].schedule == expected


@pytest.mark.parametrize(
    "written", ["discord:12345678901234567", "slack:C0123ABCD", "slack:D0123ABCDEF", "terminal"]
)
def test_a_target_is_written_as_it_was_read(written):
    """str() gives back the form in the file."""
    assert str(Target.parse(written)) == written


@given(number=st.integers(1, 43_200))
def test_lengths_of_time_mean_what_their_units_say(number):
    """Minutes up to 30 days, and the same length written in seconds."""
    for text in (f"{number}m", f"{number * 60}s" if number < 16_000 else f"{number}m"):
        assert Feed.model_validate({"url": "https://a", "every": text}).every == timedelta(minutes=number)


def test_a_relative_file_feed_starts_at_the_folder_of_the_configuration(read, tmp_path):
    """Wherever the bot is started, file:../seeds/x.xml is beside the configuration's folder."""
    config = read("feeds:\n  - url: file:../my seeds/x.xml\n  - url: file:///abs/y%20z.xml\n")
    assert config.feeds[0].url == (tmp_path.parent / "my seeds" / "x.xml").as_uri()
    assert config.feeds[1].url == "file:///abs/y%20z.xml"


def test_the_configuration_is_frozen(read):
    """Nothing changes a configuration after it was checked."""
    with pytest.raises(ValueError, match="frozen"):
        read(FEEDS).timezone = "Europe/Paris"


# --- variables ---------------------------------------------------------------------------------


def test_a_variable_comes_from_the_environment_or_from_its_file(read, tmp_path):
    """NAME first, then the file that NAME_FILE names, without its last line break."""
    secret = tmp_path / "secret"
    secret.write_text("from-file\n")
    text = (
        FEEDS + CHANNEL.replace("terminal", "discord:123456789012345678") + 'discord: {token: "${TOKEN}"}\n'
    )
    for env, expected in [
        ({"TOKEN": "from-env", "TOKEN_FILE": str(secret)}, "from-env"),
        ({"TOKEN_FILE": str(secret)}, "from-file"),
        ({"TOKEN": "", "TOKEN_FILE": str(secret)}, "from-file"),
    ]:
        settings = read(text, **env).discord
        assert settings
        assert settings.token.get_secret_value() == expected


def test_variables_stand_anywhere_in_a_value_and_can_be_escaped(read):
    """Several in one value, and $${ for the characters themselves."""
    config = read(
        'feeds:\n  - url: "https://${HOST}/${PATH_}"\n    name: "$${HOST} $5"\n', HOST="a.b", PATH_="c"
    )
    assert (config.feeds[0].url, config.feeds[0].name) == ("https://a.b/c", "${HOST} $5")


def test_a_platform_that_nobody_uses_needs_no_token(read):
    """Its settings become None, whether their variables are set or a token is missing."""
    blocks = 'discord: {token: "${DISCORD_TOKEN}"}\nslack: {bot_token: "${B}"}\n'
    config = read(FEEDS + CHANNEL + blocks, B="set")
    assert (config.discord, config.slack) == (None, None)


def test_the_operators_platform_is_used(read):
    """Health notices need the token too."""
    problem = first_problem(read, "operator: discord:123456789012345678\n" + FEEDS + CHANNEL)
    assert (problem.line, problem.column) == (1, 11)
    assert "discord.token" in problem.message


def test_an_unset_variable_names_itself_and_its_file_and_is_told_once(read):
    """The value that stays unset starts no second error, such as a bad target."""
    with pytest.raises(ConfigError) as caught:
        read(FEEDS + CHANNEL.replace("terminal", '"${TARGET}"'))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (7, 9)
    assert problem.message == "the variable TARGET is not set"
    assert "TARGET_FILE" in problem.hint


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        pytest.param(None, "No such file", id="missing"),
        pytest.param(b"\n", "empty", id="empty"),
        pytest.param(b"\xff\xfe", "not UTF-8", id="not text"),
    ],
)
def test_a_secret_file_that_cannot_be_used_is_told(read, tmp_path, contents, words):
    """The message names the variable that names the file."""
    secret = tmp_path / "secret"
    if contents is not None:
        secret.write_bytes(contents)
    problem = first_problem(read, 'timezone: "${ZONE}"\n' + FEEDS, ZONE_FILE=str(secret))
    assert (problem.line, problem.column) == (1, 11)
    assert "ZONE_FILE" in problem.message
    assert words in problem.message


SECRET = "hunter2 secret:value"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"timezone: {{}}\n{FEEDS}", id="timezone"),
        pytest.param(f"storage: {{}}\n{FEEDS}", id="storage"),
        pytest.param(f"operator: {{}}\n{FEEDS}", id="operator"),
        pytest.param(f"network: {{{{allow: [{{}}]}}}}\n{FEEDS}", id="allow"),
        pytest.param("feeds:\n  - url: {}\n", id="feed url"),
        pytest.param("feeds:\n  - url: https://a\n    every: {}\n", id="every"),
        pytest.param(FEEDS + CHANNEL + "    feeds: [{}]\n", id="label"),
        pytest.param(FEEDS + CHANNEL + "    quiet: {}\n", id="quiet"),
        pytest.param(FEEDS + CHANNEL + "    when_empty: {}\n", id="when_empty"),
        pytest.param(FEEDS + CHANNEL + "    max_stories: {}\n", id="max_stories"),
        pytest.param(FEEDS + CHANNEL.replace('"0 8 * * *"', "{}"), id="schedule"),
        pytest.param(FEEDS + CHANNEL.replace('"0 8 * * *"', '"@{}"'), id="macro"),
        pytest.param(FEEDS + CHANNEL + '    include: ["/({}/"]\n', id="regex"),
        pytest.param(FEEDS + CHANNEL + "    at_start: {}\n", id="at_start"),
        pytest.param(
            f"operator: discord:123456789012345678\n{FEEDS}discord: {{{{token: {{}}}}}}\n", id="token"
        ),
        pytest.param(f"network: {{}}\n{FEEDS}", id="in place of a section"),
        pytest.param(
            f"discord: {{}}\noperator: discord:123456789012345678\n{FEEDS}", id="in place of settings"
        ),
        pytest.param("{}", id="in place of the whole"),
    ],
)
def test_what_a_variable_holds_is_never_shown(read, text):
    """Wherever an operator puts a secret by mistake, the error shows ${NAME} and nothing of it."""
    quote = "" if '"@{}"' in text or "/({}/" in text else '"'
    with pytest.raises(ConfigError) as caught:
        read(text.format(f"{quote}${{S}}{quote}"), S=SECRET)
    assert "hunter2" not in f"{caught.value!s} {caught.value!r} {caught.value.__cause__!r}"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("feeds:\n  - url: https://user:hunter2@example.org/rss\n", id="feed with a password"),
        pytest.param("feeds:\n  - url: htps://example.org/rss?key=hunter2\n", id="private feed, bad scheme"),
        pytest.param("feeds:\n" + 2 * "  - url: https://a/rss?key=hunter2\n", id="private feed, twice"),
        pytest.param("storage: postgres://user:hunter2@db/x\n" + FEEDS, id="database with a password"),
        pytest.param("storage: postgresql://user:hunter2/x@db/x\n" + FEEDS, id="password with a slash"),
        pytest.param("storage: postgresql://user:5@hunter2@db/x\n" + FEEDS, id="password with an at sign"),
        pytest.param(
            FEEDS + 'operator: slack:C0123ABCD\nslack: {bot_token: "xapp-hunter2", app_token: 5}',
            id="swapped",
        ),
        pytest.param(FEEDS + "discord: {token: *hunter2}\n", id="token taken for an alias"),
        pytest.param(FEEDS + "discord: {token: @hunter2}\n", id="token that is no YAML"),
        pytest.param(FEEDS + "discord: {token: !hunter2 x}\n", id="token taken for a tag"),
        pytest.param(
            FEEDS + 'discord: {token: "${hunter2-x}"}\noperator: discord:12\n', id="token in braces"
        ),
        pytest.param(
            FEEDS + "operator: discord:123456789012345678\ndiscord: hunter2\n", id="token as settings"
        ),
        pytest.param(
            FEEDS + "operator: discord:123456789012345678\ndiscord: {token: Bot hunter2}\n", id="two words"
        ),
    ],
)
def test_a_secret_written_into_the_file_is_never_shown(read, text):
    """Tokens, passwords and the addresses of feeds stay out of errors."""
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert "hunter2" not in str(caught.value)


def test_a_good_configuration_hides_its_tokens(read):
    """Neither str nor repr of a configuration shows a token, nor the database's password."""
    text = FEEDS + CHANNEL.replace("terminal", "discord:123456789012345678") + 'discord: {token: "hunter2"}\n'
    storage = "postgresql://onrecord:hunter2@db/onrecord"
    config = read(f"{text}storage: {storage}\n")
    assert config.storage == storage
    assert "hunter2" not in f"{config} {config!r}"


# --- whole files -------------------------------------------------------------------------------


def test_a_file_that_is_not_there_a_folder_and_other_bytes_are_told(tmp_path):
    """Each names the file and what to do."""
    with pytest.raises(ConfigError, match=r"none.yaml: no such file; .*--config"):
        load(tmp_path / "none.yaml", {})
    with pytest.raises(ConfigError, match="this is a folder"):
        load(tmp_path, {})
    path = tmp_path / "latin.yaml"
    path.write_bytes("# é\nname: caf\u00e9\n".encode("latin-1").replace(b"# \xe9", "# é".encode()))
    with pytest.raises(ConfigError, match=r"latin.yaml:2:10: not UTF-8 text; save the file as UTF-8"):
        load(path, {})


def test_a_file_that_the_system_refuses_is_told_with_its_reason(tmp_path):
    """Here a path that leads through a file; a permission that lacks is told the same way."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be read: Not a directory"):
        load(tmp_path / "file" / "onrecord.yaml", {})


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    """Windows editors write one; it counts as no column."""
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + FEEDS.encode())
    assert load(path, {}).feeds
    path.write_bytes(b"\xef\xbb\xbf{zone: x, " + b"feeds: [{url: 'https://a'}]}")
    with pytest.raises(ConfigError, match=r"bom.yaml:1:2: unknown key 'zone'"):
        load(path, {})


def test_the_default_configuration_needs_no_tokens_and_its_feeds_are_there():
    """The bundled feeds go to the terminal, every one of them exists, and a first digest comes at once."""
    config = load(CONFIG / "onrecord.yaml", {})
    (channel,) = config.channels
    assert (str(channel.to), channel.posts_at_start) == ("terminal", True)
    assert config.feeds_of(channel) == config.feeds
    paths = [Path(unquote(urlsplit(feed.url).path)) for feed in config.feeds]
    assert [path for path in paths if not path.is_file()] == []


def test_the_example_is_a_good_file_and_shows_every_key():
    """Each key of each model stands in config/example.yaml."""
    config = load(CONFIG / "example.yaml", TOKENS)
    models: list[BaseModel] = [config, config.network, *config.feeds, *config.channels, *config.pages]
    models += [model for model in (config.discord, config.slack) if model]
    written = {(type(model), key) for model in models for key in model.model_fields_set}
    sections = (Config, Network, Feed, Channel, PageSettings, DiscordSettings, SlackSettings)
    assert {(section, key) for section in sections for key in section.model_fields} - written == set()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_told_and_never_breaks_the_loader(tmp_path_factory, data):
    """Whatever is cut from, doubled in or put into the example: a configuration or ConfigError."""
    text = (CONFIG / "example.yaml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    inserted = data.draw(st.text(st.sampled_from("abc0:-[]{}'\"\t\n &*!|>%@`#?\x07é${}"), max_size=6))
    path = tmp_path_factory.mktemp("damaged") / "onrecord.yaml"
    path.write_text(text[:start] + inserted + text[end:], encoding="utf-8")
    with suppress(ConfigError):
        load(path, TOKENS)
