"""Other languages than English: words a CPU second, the CPU of hostile texts, the memory of both models."""

import time
from pathlib import Path

from tests.bench.processes import in_fresh_process
from tests.bench.table import Mark, Row
from tests.digests.analysis.languages.labelled import load_all

_TABLED = ("de", "es", "it", "pt")
_LONGEST = 250_000
_HOSTILE = (
    "« ",
    "„",
    '"',
    "— a\n",
    "😀",
    "「橋」と",
    "« Oui », dit le maire. ",
    "l'",
    "Aa Bb ",
    "elle a dit que ",
)
_KB_PER_MB = 1024


def measure() -> list[Row]:
    """Return the figures of one fresh process."""
    found = in_fresh_process(_figures)
    return [
        Row(what="French", value=found["fr"], unit="words/CPU s", mark=Mark(limit=3_000, at_least=True)),
        Row(what="German, Spanish, Italian, Portuguese", value=found["tabled"], unit="words/CPU s"),
        Row(what="the worst hostile text of 250,000 characters as French", value=found["hostile"],
            unit="CPU s", mark=Mark(limit=20)),
        Row(what="the same in German, Dutch, Swedish", value=found["hostile tabled"], unit="CPU s"),
        Row(what="a process with the English model", value=found["English MB"], unit="MB"),
        Row(what="with the French model too", value=found["both MB"], unit="MB"),
    ]  # fmt: skip


def _figures() -> dict[str, float]:
    from digests.analysis.engine import Engine
    from digests.analysis.languages.french.room import FrenchRoom
    from digests.analysis.languages.tabled import analyse_by_table

    engine, found = Engine(), {}
    engine.analyse("“We will mend the bridge,” Mayor Helen Tarrant said on Monday. " * 20)
    found["English MB"] = _resident()
    french = [one.text for one in load_all("fr")]
    engine.analyse(french[0])
    found["both MB"] = _resident()
    found["fr"] = _speed(french, engine.analyse)
    found["tabled"] = _speed([one.text for code in _TABLED for one in load_all(code)], engine.analyse)
    room = FrenchRoom()
    texts = [unit * (_LONGEST // len(unit)) for unit in _HOSTILE]
    found["hostile"] = max(_spent(lambda text=text: room.analyse(text, "", None)) for text in texts)
    found["hostile tabled"] = max(
        _spent(lambda text=text, code=code: analyse_by_table(text, code))
        for text in texts
        for code in ("de", "nl", "sv")
    )
    return found


def _speed(texts, analyse) -> float:  # type: ignore[no-untyped-def]
    seconds = _spent(lambda: [analyse(text) for text in texts])
    return sum(len(text.split()) for text in texts) / seconds


def _spent(work) -> float:  # type: ignore[no-untyped-def]
    began = time.process_time()
    work()
    return time.process_time() - began


def _resident() -> float:
    """Return the resident memory in MB as the kernel counts it; 0 where there is no ``/proc``."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / _KB_PER_MB for line in lines if line.startswith("VmRSS:")), 0.0)
