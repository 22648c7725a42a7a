"""``python -m tests.bench.run [NAME…]``: runs benchmarks and prints what they found."""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console

from tests.bench import analyze, deliver, due, feeds, languages, memory, poll, render, stalls, start, stop
from tests.bench.table import Row, print_table


def main() -> None:
    """Run the benchmarks that are named, or all, one after another."""
    arguments = _parse_arguments()
    console = Console(width=110)
    for name, measure in _benchmarks(arguments).items():
        if arguments.names and name not in arguments.names:
            continue
        began = time.perf_counter()
        rows = measure()
        print_table(console, name, rows, time.perf_counter() - began)


def _benchmarks(arguments: argparse.Namespace) -> dict[str, Callable[[], list[Row]]]:
    return {
        "start": start.measure,
        "analyze": partial(analyze.measure, arguments.articles),
        "languages": languages.measure,
        "poll": poll.measure,
        "feeds": feeds.measure,
        "memory": memory.measure,
        "stalls": stalls.measure,
        "render": render.measure,
        "stop": stop.measure,
        "due": partial(due.measure, arguments.channels),
        "deliver": partial(deliver.measure, arguments.parts, arguments.channels),
    }


def _parse_arguments() -> argparse.Namespace:
    names = list(_benchmarks(argparse.Namespace(articles=None, parts=None, channels=None)))
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names) + "; all when left out")
    parser.add_argument("--articles", type=Path, help='JSONL with a field "text", for analyze')
    parser.add_argument("--parts", type=int, help="how many message parts, for deliver")
    parser.add_argument("--channels", type=int, help="to how many channels, for deliver and due")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}: there are {', '.join(names)}")
    return arguments


if __name__ == "__main__":
    main()
