from textwrap import dedent

import pytest

from config.load import ConfigError, load, load_placed

FEED = "feeds: [{url: 'https://a', name: A feed, tags: [politics]}]\n"
CHANNEL = FEED + "channels:\n  - name: desk\n    to: terminal\n    schedule: '0 * * * *'\n"
PAGES = FEED + "pages: ["
DISCORD = CHANNEL.replace("terminal", "discord:123456789012345678")


def problems(tmp_path, text, **env):
    path = tmp_path / "onrecord.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path, env)
    return caught.value.problems


def case(name, text, at, message, hint=""):
    return pytest.param(text, at, message, hint, id=name)


BROKEN = [
    # keys
    case("near key", CHANNEL + "    shedule: x\n", "6:5", "unknown key 'shedule' in a channel", "'schedule'"),
    case("strange key", CHANNEL + "    zzz: x\n", "6:5", "unknown key 'zzz'", "known are name, to, feeds"),
    case("key at the top", "feed: []\n" + FEED, "1:1", "unknown key 'feed' in the configuration", "'feeds'"),
    case("key in a feed", FEED[:-3] + ", tag: x}]\n", "1:60", "unknown key 'tag' in a feed", "'tags'"),
    case("in network", FEED + "network: {alow: []}\n", "2:11", "unknown key 'alow' in network", "'allow'"),
    case(
        "in unused settings", FEED + "slack: {tokn: x}\n", "2:9", "unknown key 'tokn' in slack", "bot_token"
    ),
    case("number as key", FEED + "1: x\n", "2:1", "unknown key '1'", "known are"),
    case("list as key", FEED + "? [a]\n: x\n", "2:3", "a key must be a word"),
    case("twice", CHANNEL + "    name: b\n", "6:5", "the key 'name' stands twice; the first is on line 3"),
    case("section twice", FEED + FEED, "2:1", "the key 'feeds' stands twice; the first is on line 1"),
    case("no feeds", "timezone: UTC\n", "1:1", "the configuration needs 'feeds'", "write feeds:"),
    case("no url", "feeds:\n  - name: a\n", "2:5", "a feed needs 'url'", "https://"),
    case("no schedule", CHANNEL[:-28], "3:5", "a channel needs 'schedule'", "mon-fri"),
    # types
    case("empty feeds", "feeds: []\n", "1:8", "the list is empty"),
    case("nothing", "feeds:\n", "1:1", "expected a list, got nothing"),
    case("text for a list", "feeds: x\n", "1:8", "expected a list, got text", "after a dash"),
    case("text for a feed", "feeds: [x]\n", "1:9", "expected keys and values, got text"),
    case("list at the top", "- a\n", "1:1", "expected keys and values, got a list", "feeds:"),
    case("text at the top", "feeds\n", "1:1", "expected keys and values, got text", "feeds:"),
    case("number for a section", FEED + "network: 3\n", "2:10", "expected keys and values, got a number"),
    case(
        "number for text", CHANNEL.replace("desk", "12"), "3:11", "expected text, got a number", "quotation"
    ),
    case("empty name", CHANNEL.replace("desk", "''"), "3:11", "an empty text"),
    case("empty label", CHANNEL + "    feeds: ['']\n", "6:13", "an empty text"),
    case("too few", CHANNEL + "    max_stories: 0\n", "6:18", "must be at least 1: '0'"),
    case("too many", CHANNEL + "    max_stories: 51\n", "6:18", "must be at most 50: '51'"),
    case("fraction", CHANNEL + "    max_stories: 2.5\n", "6:18", "a whole number, got a number"),
    case("no number", CHANNEL + "    max_stories: many\n", "6:18", "expected a whole number, got text"),
    case("truth for a number", CHANNEL + "    max_stories: true\n", "6:18", "got true or false"),
    case("no truth value", CHANNEL + "    at_start: maybe\n", "6:15", "expected true or false, got text"),
    case("choice", CHANNEL + "    when_empty: sya\n", "6:17", "expected skip or say: 'sya'"),
    # values
    case("near zone", "timezone: Europe/Pari\n" + FEED, "1:11", "zone: 'Europe/Pari'", "'Europe/Paris'"),
    case("city", "timezone: New York\n" + FEED, "1:11", "zone: 'New York'", "'America/New_York'"),
    case(
        "language", "language: de\n" + FEED, "1:11", "bot speaks: 'de'", "write en (English) or fr (français)"
    ),
    case("near language", "language: French\n" + FEED, "1:11", "bot speaks: 'French'", "did you mean 'fr'?"),
    case("no language", "language: 1\n" + FEED, "1:11", "expected text, got a number", "write en"),
    case("channel's language", CHANNEL + "    language: xx\n", "6:15", "not a language that", "write en"),
    case("path as zone", "timezone: ../x\n" + FEED, "1:11", "unknown time zone", "such as Europe/Paris"),
    case("folder as zone", "timezone: Europe\n" + FEED, "1:11", "unknown time zone"),
    case("channel's zone", CHANNEL + "    timezone: utcc\n", "6:15", "unknown time zone: 'utcc'", "'U"),
    case("no unit", FEED[:-3] + ", every: 15}]\n", "1:67", "expected text, got a number", '"15m"'),
    case("unknown unit", FEED[:-3] + ", every: 1w}]\n", "1:67", "not a length of time: '1w'", '"15m"'),
    case("too short", FEED[:-3] + ", every: 59s}]\n", "1:67", "out of range: '59s'", '"1m"'),
    case("too long", FEED[:-3] + ", every: 999999d}]\n", "1:67", "out of range", '"30d"'),
    case("quiet", CHANNEL + "    quiet: 22-7\n", "6:12", "not quiet hours: '22-7'", "22:00-07:00"),
    case("no such hour", CHANNEL + "    quiet: 22:00-24:00\n", "6:12", "not quiet hours", "22:00-07:00"),
    case("endless quiet", CHANNEL + "    quiet: 07:00-7:00\n", "6:12", "start and end at the same"),
    case("database", "storage: mysql://x\n" + FEED, "1:10", "not a database", "sqlite:///data"),
    case("no database file", "storage: 'sqlite:///'\n" + FEED, "1:10", "names no file", "sqlite:///data"),
    case("no database", "storage: postgresql://db/\n" + FEED, "1:10", "names no database", "postgresql://"),
    case("odd password", "storage: postgresql://a:b@c@db/x\n" + FEED, "1:10", "names no database", "%40"),
    case("no port", FEED + "network: {allow: [10.0.0.1]}\n", "2:19", "not an address with a port", ":8099"),
    case("high port", FEED + "network: {allow: ['a:70000']}\n", "2:19", "not an address with a port"),
    case("brackets", FEED + "network: {allow: ['::1:80']}\n", "2:19", "not an address with a port", "[::1]"),
    case("no IP address", FEED + "network: {allow: ['10.0.0.999:80']}\n", "2:19", "not an address"),
    case("URL for an address", FEED + "network: {allow: ['http://a:80']}\n", "2:19", "not an address"),
    case("no scheme", "feeds:\n  - url: example.org/rss\n", "2:10", "not an address of a feed", "https://"),
    case("no host", "feeds:\n  - url: 'https:///x'\n", "2:10", "not an address of a feed", "https://"),
    case("bad host", "feeds:\n  - url: 'http://[x'\n", "2:10", "not an address of a feed", "https://"),
    case("credentials", "feeds:\n  - url: 'https://u:p@a/'\n", "2:10", "user name or password", "before @"),
    case("file on a host", "feeds:\n  - url: file://host/x\n", "2:10", "not a path of a feed", "file:"),
    # targets and tokens
    case("platform", CHANNEL.replace("terminal", "discrd:12"), "4:9", "'discrd:12'", "'discord'"),
    case("name", CHANNEL.replace("terminal", "slack:#news"), "4:9", "not a channel id of Slack", "C0123ABCD"),
    case(
        "too much", CHANNEL.replace("terminal", "terminal:1"), "4:9", "not a place to post to", "'terminal'"
    ),
    case("bare id", "operator: 123\n" + FEED, "1:11", "expected text, got a number", "discord:CHANNEL_ID"),
    case("no settings", DISCORD, "4:9", "Discord needs discord.token", "DISCORD_TOKEN_FILE"),
    case("no token", DISCORD + "discord: {}\n", "6:10", "discord needs 'token'", "DISCORD_TOKEN_FILE"),
    case("token of nothing", DISCORD + "discord: {token: }\n", "6:11", "got nothing", "DISCORD_TOKEN_FILE"),
    case("empty token", DISCORD + "discord: {token: ''}\n", "6:18", "the token is empty", "${NAME}"),
    case(
        "variable not set",
        DISCORD + 'discord: {token: "${DISCORD_TOKEN}"}\n',
        "6:18",
        "the variable DISCORD_TOKEN is not set",
        "DISCORD_TOKEN_FILE",
    ),
    case("variable without a name", "timezone: ${}\n" + FEED, "1:11", "${ without a variable's name", "$${"),
    case("shell's default", "timezone: '${A:-b}'\n" + FEED, "1:11", "${ without a variable's name"),
    case(
        "swapped tokens",
        "operator: slack:C0123ABCD\n" + FEED + "slack: {bot_token: xapp-1, app_token: xapp-1}\n",
        "3:20",
        "the two tokens of Slack are swapped",
        "bot_token is xoxb-",
    ),
    # schedules
    case("4 fields", CHANNEL.replace("0 * * * *", "0 * * *"), "5:15", "5 fields: minute hour day", "mon-fri"),
    case("6 fields", CHANNEL.replace("0 * * * *", "0 0 * * * *"), "5:15", "weekday; got 6", "mon-fri"),
    case(
        "minute", CHANNEL.replace("0 * * * *", "60 * * * *"), "5:15", "the minute of the schedule", "0 to 59"
    ),
    case("hour", CHANNEL.replace("0 * * * *", "0 24 * * *"), "5:15", "is wrong: '24'", "0 to 23"),
    case("day", CHANNEL.replace("0 * * * *", "0 0 0 * *"), "5:15", "the day of the schedule", "1 to 31"),
    case("month", CHANNEL.replace("0 * * * *", "0 0 1 may-mar *"), "5:15", "the month", "upward range"),
    case("weekday", CHANNEL.replace("0 * * * *", "0 0 * * mun"), "5:15", "the weekday", "sun to sat"),
    case("step", CHANNEL.replace("0 * * * *", "*/0 * * * *"), "5:15", "the minute", "step"),
    case("30 February", CHANNEL.replace("0 * * * *", "0 0 30 2 *"), "5:15", "never comes", "such a day"),
    case("@reboot", CHANNEL.replace("0 * * * *", "@reboot"), "5:15", "unknown schedule: '@reboot'", "@daily"),
    case("near macro", CHANNEL.replace("0 * * * *", "@dayly"), "5:15", "unknown schedule", "'@daily'"),
    case(
        "second schedule of a list",
        CHANNEL.replace("'0 * * * *'", "['@daily', x]"),
        "5:26",
        "got 1",
        "mon-fri",
    ),
    case("no schedule in a list", CHANNEL.replace("'0 * * * *'", "[]"), "5:15", "the list is empty"),
    # filters
    case("broken regex", CHANNEL + "    include: ['/(a/']\n", "6:15", "does not compile (missing ))"),
    case("look-around", CHANNEL + "    exclude: ['/(?=a)/']\n", "6:15", "does not compile", "look-around"),
    case("flag", CHANNEL + "    exclude: ['/a/g']\n", "6:15", "unknown regex flag: '/a/g'", "i, m and s"),
    case("empty term", CHANNEL + "    include: [a, '']\n", "6:18", "an empty filter term", "/regex/i"),
    case("bare term", CHANNEL + "    include: mayor\n", "6:14", "expected a list, got text", "[one, two]"),
    # rules for pages
    case(
        "key in a page rule",
        PAGES + "{host: a.example, contents: //p}]\n",
        "2:27",
        "in a page rule",
        "'content'",
    ),
    case(
        "rule for nobody", PAGES + "{content: //p}]\n", "2:9", "a page rule needs 'host'", "news.example.com"
    ),
    case(
        "address for a host",
        PAGES + "{host: 'https://a.example'}]\n",
        "2:16",
        "not the name of a host",
        "news.",
    ),
    case(
        "open XPath",
        PAGES + "{host: a.example, content: '//p['}]\n",
        "2:36",
        "does not work (Invalid",
        "//div",
    ),
    case("function", PAGES + "{host: a.example, next: 'foo()'}]\n", "2:33", "does not work (Unregistered"),
    case("number", PAGES + "{host: a.example, next: 'count(//p)'}]\n", "2:33", "selects no elements: 'count"),
    case("attribute", PAGES + "{host: a.example, strip: ['//p/@id']}]\n", "2:35", "selects no elements"),
    case(
        "host twice",
        PAGES + "{host: a.example}, {host: a.example}]\n",
        "2:35",
        "the same host",
        "both into one",
    ),
    # what one value alone does not show
    case("near tag", CHANNEL + "    feeds: [politcs]\n", "6:13", "tag or name: 'politcs'", "'politics'"),
    case("near name", CHANNEL + "    feeds: [A fed]\n", "6:13", "tag or name: 'A fed'", "'A feed'"),
    case("strange tag", CHANNEL + "    feeds: [zzz]\n", "6:13", "tag or name: 'zzz'", "tags of a feed"),
    case(
        "channel's name twice",
        CHANNEL + "  - {name: desk, to: terminal, schedule: '@daily'}\n",
        "6:12",
        "two channels have the same name: 'desk'; the first is on line 3",
    ),
    case(
        "feed's name twice",
        "feeds:\n  - {url: 'https://a', name: A}\n  - {url: 'https://b', name: A}\n",
        "3:30",
        "two feeds have the same name: 'A'; the first is on line 2",
    ),
    case(
        "feed twice",
        "feeds:\n  - url: https://a\n  - url: https://a\n",
        "3:10",
        "this feed stands twice; the first is on line 2",
        "tags of both",
    ),
    # YAML itself
    case("empty", "", "1:1", "the file is empty", "config/example.yaml"),
    case("comments alone", "# nothing\n", "1:1", "the file is empty", "config/example.yaml"),
    case("tab", "a:\n\t- b\n", "2:1", "not YAML: a tab", "indent with spaces"),
    case("indentation", "feeds:\n  - url: a\n name: x\n", "3:2", "not YAML: not indented"),
    case("colon", "timezone: a: b\n", "1:12", "not YAML: a colon"),
    case("open quote", "timezone: 'UTC\nfeeds: []\n", "1:11", "quotation marks that are never closed"),
    case("open bracket", "feeds: {a: b\n", "1:8", "brackets that are never closed"),
    case("at sign", "timezone: @x\n", "1:11", "no value can start with", "quote"),
    case("alias", "timezone: *x\n", "1:11", "an alias (*name)"),
    case("tag", "timezone: !env X\n" + FEED, "1:11", "a YAML tag", "${NAME}"),
    case("endless alias", "feeds: &a [*a]\n", "1:8", "an alias that holds itself"),
    case("two documents", "a: 1\n---\nb: 2\n", "2:1", "a second document"),
    case("control character", "é: 1\nb: \x07\n", "2:4", "a control character", "delete it"),
]


@pytest.mark.parametrize(("text", "at", "message", "hint"), BROKEN)
def test_an_error_tells_where_it_is_what_is_wrong_and_what_would_be_right(tmp_path, text, at, message, hint):
    """Line and column count from 1 and point at the key or value; the hint shows the nearest right thing."""
    problem = problems(tmp_path, text)[0]
    assert f"{problem.line}:{problem.column}" == at
    assert message in problem.message
    assert hint in problem.hint


def test_every_error_is_told_at_once_in_the_files_order(tmp_path):
    """One wrong value hides no other, wherever it is and of whatever kind."""
    text = """\
        timezone: Europe/Pari
        feeds:
          - url: https://a
            tags: politics
            evry: 5m
          - name: B
        channels:
          - name: desk
            to: discord:123456789012345678
            feeds: [politics, zzz]
            schedule: "0 25 * * *"
          - name: desk
            name: other
            to: slack:C0123ABCD
            schedule: "@daily"
        discord: {token: "${DISCORD_TOKEN}"}
        """
    found = problems(tmp_path, dedent(text))
    assert [problem.line for problem in found] == [1, 4, 5, 6, 10, 11, 12, 13, 14, 16]


@pytest.mark.parametrize("depth", [20, 600])
def test_a_file_that_is_nested_too_deeply_is_told(tmp_path, depth):
    """Neither the parser nor the walk over its nodes runs into Python's own limit."""
    found = problems(tmp_path, "feeds: " + "[" * depth + "]" * depth)
    assert "nested too deeply" in [problem.message for problem in found]


def test_an_error_reads_as_one_line_that_an_editor_can_jump_to(tmp_path):
    """file:line:column: what is wrong; what would be right."""
    (problem,) = problems(tmp_path, CHANNEL + "    shedule: x\n")
    expected = f"{tmp_path}/onrecord.yaml:6:5: unknown key 'shedule' in a channel; did you mean 'schedule'?"
    assert str(problem) == expected


def test_an_error_of_a_text_in_the_making_is_told_on_the_lines_of_its_file(tmp_path):
    """Both lines that a repeated key stands on."""
    with pytest.raises(ConfigError) as caught:
        load_placed(CHANNEL + "    name: b\n", tmp_path / "onrecord.yaml", {}, lambda line: line + 10)
    (problem,) = caught.value.problems
    assert problem.line == 16
    assert problem.message == "the key 'name' stands twice; the first is on line 13"


def test_a_long_value_is_cut_and_its_control_characters_are_escaped(tmp_path):
    """An error stays one line, whatever stands in the file."""
    (problem,) = problems(tmp_path, 'timezone: "a\\n\\e[31m' + "x" * 500 + '"\n' + FEED)
    assert "\\n\\x1b[31m" in problem.message
    assert len(problem.message) < 120


def test_no_error_is_left_in_the_words_of_a_library(tmp_path):
    """Each key of the example, given each kind of wrong value, has words of our own."""
    values = ("3", "2.5", "true", "", "[3]", "{a: b}", "[[x]]", "''", "[]", "x")
    for key in ("timezone", "storage", "network", "operator", "feeds", "channels", "discord"):
        for value in values:
            text = "operator: discord:123456789012345678\n" if key != "operator" else ""
            text += f"{key}: {value}\n" + (FEED if key != "feeds" else "")
            path = tmp_path / "onrecord.yaml"
            path.write_text(text)
            try:
                load(path, {})
            except ConfigError as error:
                told = str(error)
                assert "Input should" not in told
                assert "can stand here" not in told, (key, value)
