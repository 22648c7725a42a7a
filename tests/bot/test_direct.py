import io
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from bot import direct
from bot.direct import Desk, digest
from config.schema import Config
from digests.errors import AnalysisFailed, FetchCause, FetchError, OnrecordError, ParseError
from digests.model import TextSource
from digests.render.document import make_document
from tests.make import TEXT, make_digest
from tests.newsroom import FakeAnalyst, FakeFetcher, answer, rss

ADDRESS = "https://n.example/bridge"
CONFIG = Config.model_validate({"timezone": "Europe/Paris", "feeds": [{"url": "https://n.example/rss"}]})


@pytest.fixture
def desk(web: FakeFetcher, analyst: FakeAnalyst) -> Desk:
    return Desk(web, analyst)  # type: ignore[arg-type]


def write(folder: Path, content: str | bytes, name: str = "article.txt") -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


# --- what a source is --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["article.txt", "article", "article.md"])
async def test_a_text_file_is_one_article(desk: Desk, tmp_path: Path, name: str) -> None:
    """Headed by its first line; marks of Windows do no harm."""
    (read,) = await desk.read(write(tmp_path, f"\ufeffBridge to be rebuilt\r\n{TEXT}\r\n\r\n", name))
    assert read.article.title == "Bridge to be rebuilt"
    assert read.article.text == f"Bridge to be rebuilt\n{TEXT}"
    assert (read.article.url, read.article.source) == ("", TextSource.FILE)
    assert read.analysis is not None


async def test_a_long_first_line_is_cut_to_a_headline(desk: Desk, tmp_path: Path) -> None:
    """Between words, with a mark; the text keeps it whole."""
    (read,) = await desk.read(write(tmp_path, "word " * 100))
    assert read.article.title == "word " * 39 + "word …"
    assert read.article.text.count("word") == 100


@pytest.mark.parametrize("head", ["", "\n\n  ", "<?xml version='1.0'?>"])
async def test_an_html_file_is_a_page(desk: Desk, tmp_path: Path, head: str) -> None:
    """Whatever stands before its first mark, and whatever the file is called."""
    (read,) = await desk.read(write(tmp_path, f"{head}<html><p>Text.</p></html>", "article.html"))
    assert read.article.text.strip().endswith("<html><p>Text.</p></html>")
    assert read.article.url == (tmp_path / "article.html").as_uri()


async def test_a_feed_is_its_entries(desk: Desk, tmp_path: Path, web: FakeFetcher) -> None:
    """With their pages where these can be had; the others say why on standard error."""
    web.pages["https://gazette.example/bridge"] = answer("bridge", b"From the page.")
    read = await desk.read(write(tmp_path, rss("bridge", "school"), "feed.xml"))
    assert [(one.article.title, one.article.text) for one in read] == [
        ("bridge", "From the page."),
        ("school", ""),
    ]
    assert {one.article.outlet for one in read} == {"The Gazette"}


async def test_pages_of_a_feed_on_the_web_are_never_looked_for_among_files(
    desk: Desk, tmp_path: Path, web: FakeFetcher
) -> None:
    """Only a feed in a file may have its pages beside it."""
    web.pages["https://n.example/rss"] = answer("https://n.example/rss", rss("bridge"))
    await desk.read("https://n.example/rss")
    await desk.read(write(tmp_path, rss("bridge"), "feed.xml"))
    assert web.folders == [None, None, tmp_path]


async def test_an_address_is_a_page_or_a_feed(desk: Desk, web: FakeFetcher) -> None:
    """What the server sends decides."""
    web.pages[ADDRESS] = answer(ADDRESS, b"<html>Text of an article.</html>")
    (read,) = await desk.read(ADDRESS)
    assert (read.article.url, read.article.text) == (ADDRESS, "<html>Text of an article.</html>")


@pytest.mark.parametrize("form", ["{}", "file:{}", "file://{}"])
async def test_a_file_may_be_written_as_an_address(desk: Desk, tmp_path: Path, form: str) -> None:
    """As an editor would paste it."""
    assert len(await desk.read(form.format(write(tmp_path, TEXT)))) == 1


async def test_spaces_in_a_pasted_address_are_understood(desk: Desk, tmp_path: Path) -> None:
    """They are spelled %20 there."""
    write(tmp_path, TEXT, "my article.txt")
    assert len(await desk.read((tmp_path / "my article.txt").as_uri())) == 1


@pytest.mark.parametrize(
    ("source", "error"),
    [
        pytest.param("https://n.example/none", FetchError, id="an address that is not there"),
        pytest.param("nowhere/none.txt", FetchError, id="a file that is not there"),
        pytest.param("ftp://n.example/", FetchError, id="another scheme"),
    ],
)
async def test_what_cannot_be_had_says_so(desk: Desk, source: str, error: type[Exception]) -> None:
    """With the source's name, or the reason of the web."""
    with pytest.raises(error) as caught:
        await desk.read(source)
    assert source.removeprefix("https://") in str(caught.value)


async def test_an_empty_page_or_file_is_no_article(desk: Desk, tmp_path: Path, web: FakeFetcher) -> None:
    """It is named; nothing is made up."""
    web.pages[ADDRESS] = answer(ADDRESS, b"")
    for source in (ADDRESS, write(tmp_path, "\n \n")):
        with pytest.raises(ParseError) as caught:
            await desk.read(source)
        assert source in str(caught.value)


async def test_an_entry_that_the_analyser_gives_up_keeps_its_headline(
    desk: Desk, tmp_path: Path, analyst: FakeAnalyst, capsys: pytest.CaptureFixture[str]
) -> None:
    """The feed's other entries are digested; the reason goes to standard error."""
    analyst.faults["bridge"] = AnalysisFailed("took longer than 30 s")
    read = await desk.read(write(tmp_path, rss("bridge", "school"), "feed.xml"))
    assert [one.article.title for one in read] == ["bridge", "school"]
    assert read[0].analysis is None
    assert "took longer than 30 s" in capsys.readouterr().err


# --- what is printed -----------------------------------------------------------------------------------


@pytest.fixture
def printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, analyst: FakeAnalyst
) -> Callable[[str], Awaitable[str]]:
    """Digest a text file in a form, and return what is printed."""
    monkeypatch.setattr(direct, "Analyst", lambda **_: analyst)

    async def run(form: str) -> str:
        await digest(CONFIG, [write(tmp_path, TEXT)], form, Console(file=io.StringIO()))
        return capsys.readouterr().out

    return run


async def test_text_is_for_people_and_pipes(printed: Callable[[str], Awaitable[str]]) -> None:
    """One story, its headline, and who said what."""
    out = await printed("text")
    assert out.startswith("digest: 1 story\n")
    assert "  • Ana Ruiz, mayor: “We will rebuild the bridge" in out


async def test_json_and_payloads_decode(printed: Callable[[str], Awaitable[str]]) -> None:
    """The document, and the messages as Discord and Slack would get them."""
    document = json.loads(await printed("json"))
    assert [card["headline"]["text"] for card in document["cards"]] == [TEXT]
    (embeds,) = json.loads(await printed("discord"))
    assert "**Ana Ruiz**" in embeds["embeds"][0]["description"]
    (blocks,) = json.loads(await printed("slack"))
    assert "Ana Ruiz" in json.dumps(blocks["blocks"])


async def test_html_is_a_whole_page(printed: Callable[[str], Awaitable[str]]) -> None:
    """It can be opened as it is."""
    out = (await printed("html")).lower()
    assert out.startswith("<!doctype html>")
    assert "we will rebuild the bridge" in out
    assert out.rstrip().endswith("</html>")


async def test_what_could_be_read_is_printed_before_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, analyst: FakeAnalyst
) -> None:
    """Each source that failed has its line, with its name; the error makes the exit code."""
    monkeypatch.setattr(direct, "Analyst", lambda **_: analyst)
    sources = ["missing.txt", write(tmp_path, TEXT), "ftp://n.example/a", "http://"]
    with pytest.raises(OnrecordError) as caught:
        await digest(CONFIG, sources, "text", Console(file=io.StringIO()))
    assert capsys.readouterr().out.startswith("digest: 1 story\n")
    assert str(caught.value).splitlines() == [
        "missing.txt: No such file or directory",
        "ftp://n.example/a: No such file or directory",
        "http://: The address names no host.",
    ]


async def test_where_nothing_could_be_read_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty digest would say that there was nothing to read."""
    with pytest.raises(OnrecordError, match=r"^a.txt: No such .*\nb.txt: No such .*\na.txt: No such .*$"):
        await digest(CONFIG, ["a.txt", "b.txt", "a.txt"], "text", Console(file=io.StringIO()))
    assert capsys.readouterr().out == ""


async def test_a_source_that_fails_closes_the_analyser(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child is left behind by a wrong file name."""
    closed = []

    class Closing(FakeAnalyst):
        async def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(direct, "Analyst", Closing)
    with pytest.raises(FetchError) as caught:
        await digest(CONFIG, ["missing.txt"], "text", Console())
    assert caught.value.cause is FetchCause.MISSING_FILE
    assert closed == [True]


@pytest.mark.parametrize("form", ["text", "json", "html", "discord", "slack"])
def test_every_format_says_once_whose_times_it_shows(form: str) -> None:
    """A reader in another zone can tell, whatever they read the digest in."""
    document = make_document(make_digest(1, 2), ZoneInfo("Europe/Paris"))
    assert direct._rendered(document, form).count("times in Europe/Paris") == 1
