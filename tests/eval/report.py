"""``make eval``: the engine's scores on articles of our own writing, as a table."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from digests.analysis.engine import Engine
from digests.bullets import PRINTED_FROM, make_bullets
from digests.model import Analysis, Article
from tests.eval.scoring import (
    Counts,
    Detail,
    Judged,
    calibration_error,
    judge_speakers,
    score_details,
    score_people,
    score_quotes,
    score_statements,
    speakers_kept,
)

HERE = Path(__file__).parent
SETS = {
    "bundled": HERE.parents[1] / "seeds" / "gold.jsonl",
    "wire": HERE / "articles.jsonl",
    "hard": HERE / "hard.jsonl",
    **{language: HERE / "languages" / f"{language}.jsonl" for language in ("fr", "de", "es", "it", "pt")},
}
EDITOR = HERE / "digests.jsonl"


def load(path: Path) -> list[dict[str, Any]]:
    """Return the JSON lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def evaluate(engine: Engine, judged: list[Judged] | None = None) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each set's name and its scores in per cent; ``judged`` takes every speaker that was judged."""
    analyses: dict[str, tuple[dict[str, Any], Analysis]] = {}
    for name, path in SETS.items():
        counts, told, people, speakers = Counts(), Counts(), (0, 0, 0), list[Judged]()
        details = {name: Detail() for name in ("role", "venue", "day")}
        for article in load(path):
            analysis = _analyse(engine, article)
            analyses[article["id"]] = (article, analysis)
            text, gold = article["text"], article["quotes"]
            counts += score_quotes(text, gold, analysis, PRINTED_FROM)
            if "statements" in article:
                told += score_statements(text, article["statements"], analysis, PRINTED_FROM)
            speakers += judge_speakers(text, gold, analysis)
            found = score_details(text, gold, analysis)
            details = {name: details[name] + found[name] for name in details}
            people = tuple(map(sum, zip(people, score_people(article["people"], analysis), strict=True)))
        if judged is not None:
            judged += speakers
        yield (
            name,
            _in_per_cent(counts, people, details, calibration_error(speakers)) | _of_statements(told),
        )
    yield "editor", {"speakers kept": _editor(analyses)}


def _analyse(engine: Engine, article: dict[str, Any]) -> Analysis:
    published = datetime.fromisoformat(article["published"])
    return engine.analyse(article["text"], byline=article.get("byline") or "", published=published)


def _in_per_cent(
    counts: Counts, people: tuple[int, ...], details: dict[str, Detail], gap: float
) -> dict[str, float]:
    shares = {
        "P": counts.precision,
        "R": counts.recall,
        "last name F1": counts.last_name_f1,
        "full name F1": counts.full_name_f1,
        "wrong printed": counts.wrong_printed,
        "people F1": 2 * people[0] / max(people[1] + people[2], 1),
        **{f"{name} F1": detail.f1 for name, detail in details.items() if detail.gold},
        "calibration": gap,
    }
    return {name: round(100 * share, 1) for name, share in shares.items()}


def _of_statements(told: Counts) -> dict[str, float]:
    """Return the scores of reported speech, where a set lists any."""
    shares = {
        "reported P": told.precision,
        "reported R": told.recall,
        "reported speaker": told.speaker / max(told.found, 1),
    }
    return {name: round(100 * share, 1) for name, share in shares.items() if told.gold}


def _editor(analyses: dict[str, tuple[dict[str, Any], Analysis]]) -> float:
    """Return the share of an editor's speakers that our bullets have, over the bundled articles."""
    kept = wanted = 0
    for row in load(EDITOR):
        article, analysis = analyses[row["id"]]
        bullets = make_bullets(Article(url="", title=article["title"], text=article["text"]), analysis)
        some, all_ = speakers_kept(row["bullets"], bullets)
        kept, wanted = kept + some, wanted + all_
    return round(100 * kept / wanted, 1)


def reliability(judged: Sequence[Judged]) -> Table:
    """Return how often speakers were right, by how sure the engine was: the curve of calibration."""
    table = Table(title=f"reliability over {len(judged)} quotes")
    for column in ("confidence", "quotes", "mean", "right", ""):
        table.add_column(column, justify="left" if not column else "right")
    for low in range(0, 10):
        rows = [one for one in judged if low <= min(one.confidence * 10, 9.99) < low + 1]
        if rows:
            mean = sum(one.confidence for one in rows) / len(rows)
            right = sum(one.right for one in rows) / len(rows)
            bar = "█" * round(20 * right)
            table.add_row(
                f"{low / 10:.1f}-{low / 10 + 0.1:.1f}", f"{len(rows)}", f"{mean:.2f}", f"{right:.2f}", bar
            )
    return table


def main() -> None:
    """Print the tables."""
    judged: list[Judged] = []
    sets = dict(evaluate(Engine(), judged))
    table = Table(title="per cent")
    for column in ("", *sets):
        table.add_column(column, justify="right" if column else "left")
    for figure in dict.fromkeys(figure for scores in sets.values() for figure in scores):
        table.add_row(
            figure, *(f"{scores[figure]:.1f}" if figure in scores else "" for scores in sets.values())
        )
    console = Console(width=120)
    console.print(table)
    console.print(reliability(judged))


if __name__ == "__main__":
    main()
