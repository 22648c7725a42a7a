import sys

import pytest

from bot import cli
from bot.platforms.base import DeliveryRefused
from config.load import ConfigError, Problem
from digests.errors import AddressRefused, AnalysisFailed, DatabaseInUse, ParseError, StorageError

PROBLEM = Problem(file="onrecord.yaml", line=3, column=5, message="unknown key", hint="did you mean 'tags'?")


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        pytest.param(
            ConfigError([PROBLEM]),
            2,
            "onrecord.yaml:3:5: unknown key; did you mean 'tags'?",
            id="configuration",
        ),
        pytest.param(StorageError("the disk is full"), 3, "the disk is full", id="database"),
        pytest.param(DatabaseInUse("another Onrecord"), 3, "another Onrecord", id="second instance"),
        pytest.param(DeliveryRefused("the token is wrong"), 4, "the token is wrong", id="platform"),
        pytest.param(ParseError("no article"), 1, "no article", id="no article"),
        pytest.param(
            AddressRefused("not on the public internet"), 1, "not on the public internet", id="address"
        ),
        pytest.param(AnalysisFailed("took too long"), 1, "took too long", id="analysis"),
    ],
)
def test_an_expected_error_becomes_its_words_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    told: str,
) -> None:
    """On standard error, on one line, without a traceback."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, *capsys.readouterr()) == (code, "", told + "\n")


def test_an_unknown_error_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fault of ours, and its traceback is what mends it."""

    def fail() -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(LookupError):
        cli.main()


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("run", "--twice"),
        ("digest",),
        ("digest", "a.txt", "--format", "pdf"),
        ("poll", "--format", "html"),
        ("preview",),
    ],
    ids=" ".join,
)
def test_wrong_arguments_end_with_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """With the usage, on standard error."""
    monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert "Usage: " in err
