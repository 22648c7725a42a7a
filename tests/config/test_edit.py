"""Feeds are added to a configuration's text, and nobody's own lines are touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.edit import add_feeds, lines_before
from config.importing import NewFeed
from config.problems import ConfigError
from config.source import parse_yaml
from config.variables import fill

NEW = (
    NewFeed(url="https://a.example/rss", name="The Ledger", tags=("local", "city hall")),
    NewFeed(url="https://b.example/rss?x=1&y=2", name="No: 1, “Best” #1", tags=()),
)
BLOCK = """\
  - url: https://a.example/rss
    name: The Ledger
    tags: [local, city hall]
  - url: https://b.example/rss?x=1&y=2
    name: "No: 1, “Best” #1"
"""
FLOW = (
    '{"url": "https://a.example/rss", "name": "The Ledger", "tags": ["local", "city hall"]}, '
    '{"url": "https://b.example/rss?x=1&y=2", "name": "No: 1, “Best” #1"}'
)


def shifted(columns: int) -> str:
    """Return the new lines with their dashes in another column."""
    lines = BLOCK.splitlines(keepends=True)
    return "".join(" " * columns + line[2:] for line in lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "feeds:\n  - url: x  # mine\n\n# channels\nchannels: []\n",
            f"feeds:\n  - url: x  # mine\n{BLOCK}\n# channels\nchannels: []\n",
            id="comments and blank lines",
        ),
        pytest.param("feeds:\n- url: x\n", f"feeds:\n- url: x\n{shifted(0)}", id="dashes at the margin"),
        pytest.param(
            "feeds:\n      -   url: 'x'\n          name:   y\n",
            f"feeds:\n      -   url: 'x'\n          name:   y\n{shifted(6)}",
            id="wide indentation",
        ),
        pytest.param("feeds:\n  -\n    url: x\n", f"feeds:\n  -\n    url: x\n{BLOCK}", id="lonely dashes"),
        pytest.param("feeds:\n  - url: x", f"feeds:\n  - url: x\n{BLOCK}", id="no last line break"),
        pytest.param(
            "feeds:\n  - url: x\n  # - url: old\n",
            f"feeds:\n  - url: x\n{BLOCK}  # - url: old\n",
            id="a comment after the last",
        ),
        pytest.param(
            "timezone: UTC\nchannels: []\n", f"timezone: UTC\nchannels: []\nfeeds:\n{BLOCK}", id="no feeds"
        ),
        pytest.param("feeds:\nchannels: []\n", f"feeds:\n{BLOCK}channels: []\n", id="feeds of nothing"),
        pytest.param(
            "feeds:  # none yet\nchannels: []\n",
            f"feeds:  # none yet\n{BLOCK}channels: []\n",
            id="nothing, commented",
        ),
        pytest.param(
            "feeds:\n  # a\nchannels: []\n", f"feeds:\n{BLOCK}  # a\nchannels: []\n", id="a comment"
        ),
        pytest.param("feeds: []\n", f"feeds:\n{BLOCK}", id="an empty list"),
        pytest.param("feeds: []  # none\n", f"feeds:  # none\n{BLOCK}", id="an empty list, commented"),
        pytest.param("feeds: ~\n", f"feeds:\n{BLOCK}", id="null"),
        pytest.param("", f"feeds:\n{BLOCK}", id="an empty file"),
        pytest.param("# mine\n\n", f"# mine\n\nfeeds:\n{BLOCK}", id="only comments"),
        pytest.param("feeds: [{url: x}]\n", f"feeds: [{{url: x}}, {FLOW}]\n", id="brackets"),
        pytest.param(
            "feeds: [\n  {url: x},  # mine\n]\n",
            f"feeds: [\n  {{url: x}}, {FLOW},  # mine\n]\n",
            id="brackets on lines",
        ),
        pytest.param('{"feeds": [{"url": "x"}]}', f'{{"feeds": [{{"url": "x"}}, {FLOW}]}}', id="JSON"),
        pytest.param('{"feeds": []}', f'{{"feeds": [{FLOW}]}}', id="JSON without feeds"),
        pytest.param(
            '{"timezone": "UTC"}', f'{{"timezone": "UTC", "feeds": [{FLOW}]}}', id="JSON without key"
        ),
        pytest.param("{}", f'{{"feeds": [{FLOW}]}}', id="JSON of nothing"),
        pytest.param(
            "feeds: &all\n  - url: x\n", f"feeds: &all\n  - url: x\n{BLOCK}", id="an anchor on the list"
        ),
        pytest.param(
            "channels:\n  - feeds: &t [a]\nfeeds:\n  - url: x\n    tags: *t\n",
            f"channels:\n  - feeds: &t [a]\nfeeds:\n  - url: x\n    tags: *t\n{BLOCK}",
            id="an alias at the end",
        ),
        pytest.param(
            "---\nfeeds:\n  - url: x\n...\n",
            f"---\nfeeds:\n  - url: x\n{BLOCK}...\n",
            id="a document's marks",
        ),
        pytest.param(
            "timezone: UTC\n...\n", f"timezone: UTC\nfeeds:\n{BLOCK}...\n", id="a document's end, no feeds"
        ),
    ],
)
def test_the_lines_are_put_in_where_the_list_ends(before: str, after: str) -> None:
    """In its style and at its indentation; not one character of what was there is another one."""
    assert add_feeds(before, NEW, "my.yaml") == after


def test_line_breaks_stay_what_they_are() -> None:
    """A file from Windows stays one."""
    before = "feeds:\r\n  - url: x\r\nchannels: []\r\n"
    block = BLOCK.replace("\n", "\r\n")
    assert add_feeds(before, NEW, "my.yaml") == f"feeds:\r\n  - url: x\r\n{block}channels: []\r\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("feeds:\n\t- url: x\n", "my.yaml:2:1: not YAML: a tab;"),
        (
            "all: &all\n  - url: x\nfeeds: *all\n",
            "my.yaml:3:1: feeds: is an alias (*name): write the list out;",
        ),
        ("feeds: every\n", "my.yaml:1:1: feeds: holds no list;"),
        ("feeds: {url: x}\n", "my.yaml:1:1: feeds: holds no list;"),
        ("feeds:\n  url: x\n", "my.yaml:1:1: feeds: holds no list;"),
        ("- url: x\n", "my.yaml:1:1: it holds no keys and values;"),
        (
            "a: &x {url: y}\nfeeds: [{url: x}, *x]\n",
            "my.yaml:2:1: the last feed is an alias (*name): write it out;",
        ),
        ("feeds: [\n", "my.yaml:2:1: not YAML: brackets that are never closed;"),
        ("feeds:\n  - name: |\n      a\n      # b\n", "my.yaml:1:1: its layout leaves no place where feeds"),
    ],
)
def test_where_nothing_can_be_added_that_is_said(text: str, told: str) -> None:
    """With the line; a guess could ruin what somebody wrote by hand."""
    with pytest.raises(ConfigError) as error:
        add_feeds(text, NEW, "my.yaml")
    assert str(error.value).startswith(told)


LAYOUTS = ["", "# mine\n", "feeds:\n- url: x\n", "feeds: [{url: x}]", "feeds: []\r\n", "timezone: UTC # here"]
words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)
feeds = st.builds(
    NewFeed,
    url=st.builds("https://{}.example/{}".format, st.from_regex("[a-z]{1,5}", fullmatch=True), words),
    name=st.none()
    | texts
    | st.sampled_from(["true", "No", "~", "1e3", "${HOME}", "- a", "a: b", "a #b", "'", '"']),
    tags=st.lists(texts, max_size=3).map(tuple),
)


@given(st.sampled_from(LAYOUTS), st.lists(feeds, min_size=1, max_size=4))
def test_whatever_a_feed_is_called_it_is_read_as_it_was_meant(before: str, new: list[NewFeed]) -> None:
    """Words that YAML takes for something else are quoted, and nothing is taken for a variable."""
    filled = fill(parse_yaml(add_feeds(before, new, "my.yaml"), "my.yaml").tree, {}.__getitem__)
    assert filled.tree["feeds"][-len(new) :] == [
        {key: value for key, value in (("url", f.url), ("name", f.name), ("tags", [*f.tags])) if value}
        for f in new
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        pytest.param("a\nb\nc\n", "a\nb\nX\nY\nc\n", [1, 2, 2, 2, 3], id="in the middle"),
        pytest.param("a\nb\n", "a\nb\nX\n", [1, 2, 2], id="at the end"),
        pytest.param("a\nb [1]\nc\n", "a\nb [1, 2]\nc\n", [1, 2, 3], id="within a line"),
        pytest.param("a []\nc\n", "a\nX\nc\n", [1, 1, 2], id="a line changed, and one added"),
        pytest.param("", "X\nY\n", [1, 1], id="into nothing"),
    ],
)
def test_a_line_of_the_result_is_found_in_the_file_as_it_was(
    before: str, after: str, lines: list[int]
) -> None:
    """Errors are told by the lines that an editor shows; what was added is told by the line above."""
    line_of = lines_before(before, after)
    assert [line_of(line) for line in range(1, len(lines) + 1)] == lines
