"""``onrecord opml``: between another reader's list and a configuration that somebody wrote by hand."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot import moving
from bot.moving import export_feeds, feed_key, import_feeds, write_new
from config.load import load
from config.opml import Outline, parse_opml, render_opml
from config.problems import ConfigError
from config.schema import Config
from digests.errors import OnrecordError

MINE = """\
# what I read
feeds:
  - url: https://ledger.example/rss   # the best
    name: 'The Ledger'
    tags: [ local ]
channels:
  - {name: desk, to: terminal, schedule: "0 8 * * *", feeds: [local]}
  - {name: all, to: terminal, schedule: "0 8 * * *"}
"""
LIST = render_opml(
    "Mine",
    [
        Outline(url="http://LEDGER.example:80/rss", title="Ledger"),
        Outline(url="https://wire.example/rss", title="The Wire", folders=("local",)),
        Outline(url="https://courier.example/rss", title="The Courier", folders=("world",)),
    ],
)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A configuration, beside a list of feeds."""
    (tmp_path / "list.opml").write_bytes(LIST)
    path = tmp_path / "my.yaml"
    path.write_text(MINE)
    path.chmod(0o640)
    return path


def test_an_import_adds_lines_and_says_what_came_of_it(mine: Path) -> None:
    """What is there already is told, and which channels will tell of the rest."""
    said = import_feeds(mine.parent / "list.opml", mine, {}, tags=("moved",))
    assert said.splitlines() == [
        f"2 feeds added to {mine}.",
        "  1 feed is there already (Ledger); the list's titles and folders are not taken over.",
        "  desk gets 1 feed more.",
        "  all gets 2 feeds more.",
    ]
    first, rest = MINE.split("channels:")
    assert mine.read_text() == (
        f"{first}  - url: https://wire.example/rss\n    name: The Wire\n    tags: [local, moved]\n"
        "  - url: https://courier.example/rss\n    name: The Courier\n    tags: [world, moved]\n"
        f"channels:{rest}"
    )


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_import_tells_of_feeds_that_will_be_refused(mine: Path, dry_run: bool) -> None:
    """Of the new ones alone: what was there before is what ``onrecord check`` is for."""
    mine.write_text(MINE.replace("https://ledger.example", "http://10.0.0.1"))
    outlines = [Outline(url=f"http://127.0.0.1:{port}/rss") for port in (8099, 8098, 8099)]
    (mine.parent / "list.opml").write_bytes(render_opml("Mine", outlines))
    said = import_feeds(mine.parent / "list.opml", mine, {}, dry_run=dry_run).splitlines()
    assert [line for line in said if "warning" in line] == [
        f"  {mine}:{line}:10: warning: this feed is off the public internet and will be refused; "
        f"to allow it, add '127.0.0.1:{port}' to network.allow"
        for line, port in ((6, 8099), (7, 8098))
    ]


def test_a_second_import_adds_nothing(mine: Path) -> None:
    """The file is not even written, and fifty feeds that are there take one line."""
    outlines = [Outline(url=f"https://{n}.example/rss", title=f"Feed {n}") for n in range(50)]
    (mine.parent / "list.opml").write_bytes(render_opml("Mine", outlines))
    import_feeds(mine.parent / "list.opml", mine, {})
    before = mine.stat().st_ino
    said = import_feeds(mine.parent / "list.opml", mine, {})
    assert said.splitlines() == [
        "Nothing to add.",
        "  50 feeds are there already; the list's titles and folders are not taken over.",
    ]
    assert mine.stat().st_ino == before


def test_a_dry_run_shows_the_difference_and_writes_nothing(mine: Path) -> None:
    """As ``diff -u`` shows it."""
    said = import_feeds(mine.parent / "list.opml", mine, {}, dry_run=True)
    assert said.startswith(f"--- {mine}\n+++ {mine}\n@@ ")
    assert [line for line in said.splitlines() if line.startswith("+ ")] == [
        "+  - url: https://wire.example/rss",
        "+    name: The Wire",
        "+    tags: [local]",
        "+  - url: https://courier.example/rss",
        "+    name: The Courier",
        "+    tags: [world]",
    ]
    assert mine.read_text() == MINE


def test_where_the_result_would_be_no_configuration_nothing_is_written(mine: Path) -> None:
    """Its errors are told, each with the line that it stands on in the operator's own file."""
    bad = MINE.replace("feeds: [local]", "feeds: [lokal, world]") + "storage: nowhere\nnetwork: {deny: []}\n"
    mine.write_text(bad)
    with pytest.raises(ConfigError) as caught:
        import_feeds(mine.parent / "list.opml", mine, {})
    lines = str(caught.value).splitlines()
    assert lines[0] == f"{mine}: nothing was imported: with the new feeds it would be no good configuration"
    with pytest.raises(ConfigError) as own:
        load(mine, {})
    # Of its own errors, the one that the import mends is the unknown tag "world".
    assert lines[1:] == [line for line in str(own.value).splitlines() if "'world'" not in line]
    assert mine.read_text() == bad
    assert sorted(path.name for path in mine.parent.iterdir()) == ["list.opml", "my.yaml"]


def test_a_channel_may_name_a_tag_that_only_comes_with_the_import(mine: Path) -> None:
    """The file that is there now is no good configuration, and the result is one."""
    mine.write_text(MINE.replace("feeds: [local]", "feeds: [world]"))
    with pytest.raises(ConfigError):
        load(mine, {})
    assert "  desk gets 1 feed more." in import_feeds(mine.parent / "list.opml", mine, {}).splitlines()
    assert [feed.tags for feed in load(mine, {}).feeds] == [("local",), ("local",), ("world",)]


def test_permissions_and_links_stay(mine: Path) -> None:
    """A link to the file goes on being one, and who may read the file does not change."""
    link = mine.parent / "link.yaml"
    link.symlink_to("my.yaml")
    import_feeds(mine.parent / "list.opml", link, {})
    assert link.is_symlink()
    assert mine.stat().st_mode & 0o777 == 0o640
    assert "The Wire" in mine.read_text()


def test_a_failure_while_writing_leaves_the_file_as_it_was(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half file, and nothing left beside it."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OnrecordError, match="No space left on device; nothing was written"):
        import_feeds(mine.parent / "list.opml", mine, {})
    assert mine.read_text() == MINE
    assert sorted(path.name for path in mine.parent.iterdir()) == ["list.opml", "my.yaml"]


def test_what_somebody_saves_meanwhile_is_not_overwritten(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor is open beside it, as it always is."""
    fsync = os.fsync

    def save_meanwhile(handle: int) -> None:
        fsync(handle)
        mine.write_text("# mine\n" + MINE)

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    with pytest.raises(OnrecordError, match="was changed meanwhile"):
        import_feeds(mine.parent / "list.opml", mine, {})
    assert mine.read_text() == "# mine\n" + MINE


def test_a_file_of_comments_alone_becomes_a_configuration(mine: Path) -> None:
    """A newcomer's first feeds are the ones that he had."""
    mine.write_text("# mine\n")
    import_feeds(mine.parent / "list.opml", mine, {})
    assert len(load(mine, {}).feeds) == 3


def test_a_file_beyond_all_measure_is_not_read(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one that is not there."""
    monkeypatch.setattr(moving, "LARGEST", 100)
    with pytest.raises(OnrecordError, match="is larger than"):
        import_feeds(mine.parent / "list.opml", mine, {})
    with pytest.raises(OnrecordError, match="cannot be read: No such file"):
        import_feeds(mine.parent / "none.opml", mine, {})


@pytest.mark.parametrize(
    "other",
    [
        "https://a.example/rss",
        "http://a.example:80/rss",
        "https://A.example/rss/",
        "https://a.example/rss?utm_source=x",
    ],
)
def test_spellings_of_one_address_are_one_feed(other: str) -> None:
    """With TLS or without, with a slash or without, with words that only track."""
    assert feed_key(other) == feed_key("https://a.example/rss")
    assert feed_key(other) != feed_key("https://a.example/rss?id=2")


def test_an_export_leaves_out_what_no_other_reader_can_have(tmp_path: Path) -> None:
    """Feeds in files; the operator is told."""
    feeds = [{"url": "https://a.example/rss"}, {"url": "file:///x/y.xml"}]
    content, note = export_feeds(Config.model_validate({"feeds": feeds}), {})
    assert content.count(b"xmlUrl") == 1
    assert note == "1 feed in files left out: no other reader can have them."


def test_an_export_calls_feeds_what_they_call_themselves() -> None:
    """Where they have no name; where nobody asked them yet, by their host."""
    feeds = [{"url": f"https://{host}.example/rss?key=1"} for host in "ab"]
    content, _ = export_feeds(Config.model_validate({"feeds": feeds}), {feeds[0]["url"]: "The A"})
    assert [outline.title for outline in parse_opml(content, "x").feeds] == ["The A", "b.example"]


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    """A slip of the hand must not cost anybody a file."""
    path = tmp_path / "out.opml"
    write_new(path, b"one")
    with pytest.raises(OnrecordError, match="is there already"):
        write_new(path, b"two")
    with pytest.raises(OnrecordError, match="cannot be written"):
        write_new(tmp_path / "none" / "out.opml", b"two")
    assert path.read_bytes() == b"one"


names = st.from_regex(r"[A-Za-z\u00c0-\u017f“”:#&<>'\"-]{1,8}( [a-z,:]{1,5})?", fullmatch=True)
feeds = st.builds(
    lambda host, path, name, tags: {"url": f"https://{host}.example/{path}", "name": name, "tags": tags},
    st.from_regex("[a-z]{1,4}", fullmatch=True), st.from_regex("[a-z]{1,4}", fullmatch=True),
    names, st.lists(names, max_size=3, unique=True),
)  # fmt: skip


@effort(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(feeds, min_size=1, max_size=5, unique_by=(lambda f: f["url"], lambda f: f["name"])))
def test_what_is_exported_can_be_imported_again(tmp_path: Path, some: list[dict[str, object]]) -> None:
    """The same feeds with the same names and tags; ``every`` is no part of such a list."""
    config = Config.model_validate({"feeds": some})
    (tmp_path / "list.opml").write_bytes(export_feeds(config, {})[0])
    path = tmp_path / "my.yaml"
    path.write_text("timezone: UTC\n")
    import_feeds(tmp_path / "list.opml", path, {})

    def sets(config: Config) -> dict[str, tuple[str | None, frozenset[str]]]:
        return {feed.url: (feed.name, frozenset(feed.tags)) for feed in config.feeds}

    assert sets(load(path, {})) == sets(config)
