import errno
import io

import pytest
from rich.console import Console

from bot.platforms.base import ChatPlatform, CommandPlatform, DeliveryRefused
from bot.platforms.console import ConsolePlatform, show
from digests.document import Card, Document, Run, Style
from tests.make import NOON, make_document

OSC_8 = "\x1b]8;"


def terminal(width: int = 80, *, colours: bool = False) -> Console:
    return Console(
        file=io.StringIO(), width=width, force_terminal=colours, color_system="standard" if colours else None
    )


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def test_what_is_posted_is_printed_whole() -> None:
    """Title, period, headline, outlet, bullets, further headlines, footer; the key comes back."""
    console = terminal()
    platform: ChatPlatform = ConsolePlatform(console)
    document = make_document(subtitle="1 March to 2 March", more_title="More headlines", footer="The end")
    (part,) = platform.render(document)
    await platform.start()
    assert await platform.post("desk", part, "key") == "key"
    lines = [line.strip(" ─") for line in printed(console).splitlines() if line.strip()]
    assert lines == [
        "Monday noon", "1 March to 2 March", "Headline 1", "The Gazette, 12:00", "• Ana Ruiz spoke",
        "More headlines", "• Headline 2", "The end",
    ]  # fmt: skip
    await platform.close()


async def test_nothing_is_looked_for_and_nobody_types_commands() -> None:
    """A new terminal does not show what an older one did."""
    platform = ConsolePlatform(terminal())
    assert await platform.look_for("desk", "key", after=None, since=NOON) is None
    assert not isinstance(platform, CommandPlatform)


class FullDisk(io.StringIO):
    """An output that takes nothing."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


async def test_an_output_that_cannot_be_written_is_a_refusal() -> None:
    """The other channels' digests go out all the same."""
    platform = ConsolePlatform(Console(file=FullDisk()))
    (part,) = platform.render(make_document())
    with pytest.raises(DeliveryRefused, match="No space left"):
        await platform.post("desk", part, "key")


def test_a_label_says_why_a_digest_is_shown_again() -> None:
    """In the rule above it."""
    console = terminal()
    show(console, make_document(), "shown again")
    assert "─ Monday noon (shown again) ─" in printed(console)


def test_a_long_bullet_hangs_under_its_mark() -> None:
    """Lines are as wide as the terminal, and those after the first are indented."""
    console = terminal(40)
    bullet = (Run(text="Ana Ruiz", style=Style.STRONG), Run(text=": " + "words " * 20))
    show(console, Document(title="T", cards=(Card(headline=Run(text="H"), bullets=(bullet,)),)))
    lines = [line for line in printed(console).splitlines() if "word" in line]
    assert len(lines) > 2
    assert lines[0].startswith("  • Ana Ruiz: words")
    assert all(line.startswith("    words") and len(line) <= 40 for line in lines[1:])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[bold]x[/bold] [link=https://evil.example]y[/link]", id="rich markup"),
        pytest.param(":smile: 'quoted' 12.5 http://n.example/", id="what rich would highlight"),
    ],
)
def test_text_is_shown_as_it_stands(text: str) -> None:
    """Nothing in an article is a command to the terminal's painter."""
    console = terminal(120, colours=True)
    show(
        console,
        Document(title=text, cards=(Card(headline=Run(text=text), meta=text, bullets=((Run(text=text),),)),)),
    )
    assert printed(console).count(text) == 4
    assert OSC_8 not in printed(console)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\x1b[2Jb\x1b]0;title\x07c", id="escape sequences"),
        pytest.param("a\u202eb\u2066c\u200bd", id="bidi and zero-width"),
        pytest.param("a\rb\x08c\x00d", id="carriage return, backspace, NUL"),
        pytest.param("a\x9b2Jb", id="a C1 control"),
    ],
)
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    """From title to footer: a feed could clear the screen, or write over lines."""
    console = terminal()
    card = Card(headline=Run(text=text), meta=text, bullets=((Run(text=text),),))
    show(
        console,
        Document(
            title=text, subtitle=text, cards=(card,), more_title=text, more=((Run(text=text),),), footer=text
        ),
        text,
    )
    assert set(printed(console)) & set("\x1b\x07\x08\x00\r\x9b\u202e\u2066\u200b") == set()


@pytest.mark.parametrize(
    ("href", "linked"),
    [
        ("https://n.example/1#:~:text=a,b", True),
        ("http://n.example/", True),
        ("file:///srv/seeds/articles/1.html", True),
        ("javascript:alert(1)", False),
        ("https://user:word@n.example/", False),
        ("https://n.example/\x1b]8;;https://evil.example\x07", False),
        ("", False),
    ],
)
def test_only_a_safe_address_becomes_a_link(href: str, linked: bool) -> None:
    """In terminals that know links; the text is shown all the same."""
    console = terminal(colours=True)
    show(console, Document(title="T", cards=(Card(headline=Run(text="Headline", href=href)),)))
    assert "Headline" in printed(console)
    assert (OSC_8 in printed(console)) is linked
    assert "\x07" not in printed(console)
