import io

from rich.console import Console

from bot.progress import Progress


def progress(*, is_terminal: bool) -> tuple[Progress, io.StringIO]:
    out = io.StringIO()
    return Progress(Console(file=out, force_terminal=is_terminal, width=80)), out


def test_a_terminal_shows_a_step_while_it_lasts() -> None:
    """Its name and how many pieces are done of how many; the last thing written clears the line."""
    shown, out = progress(is_terminal=True)
    with shown.step("Reading articles", 3) as told:
        told(2)
    assert "Reading articles" in out.getvalue()
    assert "2/3" in out.getvalue()
    assert out.getvalue().endswith("\x1b[2K")


def test_elsewhere_nothing_is_shown() -> None:
    """A pipe, a log file, or a step of nothing."""
    silent, out = progress(is_terminal=False)
    with silent.step("Reading articles", 3) as told:
        told(3)
    empty, empty_out = progress(is_terminal=True)
    with empty.step("Reading articles", 0) as told:
        told(0)
    assert (out.getvalue(), empty_out.getvalue()) == ("", "")
