"""What a benchmark found, as a table to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a row should reach, in its ratio where it has one, else in its value."""

    limit: float
    at_least: bool = False

    def is_met_by(self, figure: float) -> bool:
        """Tell whether ``figure`` is on the right side of the limit."""
        return figure >= self.limit if self.at_least else figure <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure; ``ratio`` is to what ``beside`` names."""

    what: str
    value: float
    unit: str
    ratio: float | None = None
    beside: str = ""
    mark: Mark | None = None


def print_table(console: Console, title: str, rows: Sequence[Row], seconds: float) -> None:
    """Print the rows of one benchmark, which took ``seconds``."""
    table = Table(title=f"{title} ({seconds:.0f} s)", title_justify="left", title_style="bold", expand=False)
    table.add_column("what", overflow="fold")
    for heading in ("figure", "ratio", "mark"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(row.what, f"{_number(row.value)} {row.unit}", _ratio(row), _mark(row))
    console.print(table)


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _ratio(row: Row) -> str:
    return "" if row.ratio is None else f"{row.ratio:.2f}x {row.beside}"


def _mark(row: Row) -> str:
    if row.mark is None:
        return ""
    met = row.mark.is_met_by(row.value if row.ratio is None else row.ratio)
    sign = "≥" if row.mark.at_least else "≤"
    unit = f" {row.unit}" if row.ratio is None else "x"
    return f"{sign} {row.mark.limit:g}{unit} {'met' if met else 'MISSED'}"
