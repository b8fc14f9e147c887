"""`python -m benchmarks`: all of them, printed and written to results.json; with names, those only, printed."""

import argparse
import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.measuring import Outcome
from benchmarks.registry import BENCHMARKS

RESULTS: Final = Path(__file__).with_name("results.json")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(BENCHMARKS)}")
    console = Console()
    found = {name: BENCHMARKS[name]() for name in track(names, "Measuring", console=console, transient=True)}
    for outcome in found.values():
        console.print(times_table(outcome))
    console.print(results_table(found))
    if set(names) == set(BENCHMARKS):
        RESULTS.write_text(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n", "utf-8")
        console.print(f"written to benchmarks/{RESULTS.name}")


def as_json(found: Mapping[str, Outcome]) -> dict[str, Any]:
    """The results by their public keys, then what they were measured with and the medians they come from."""
    results: dict[str, Any] = {}
    for result in (result for outcome in found.values() for result in outcome.results):
        *above, key = result.key.split(".")
        place = results.setdefault(above[0], {}) if above else results
        place[key] = round(result.value, 3)
    medians = {
        name: {label: round(value, 3) for label, value in outcome.medians.items()}
        for name, outcome in found.items()
    }
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    return results | machine | {"medians_ms": medians}


def times_table(outcome: Outcome) -> Table:
    table = Table()
    table.add_column(outcome.title, min_width=60)
    table.add_column("median ms", justify="right")
    for label, milliseconds in outcome.medians.items():
        table.add_row(label, f"{milliseconds:.3f}")
    return table


def results_table(found: Mapping[str, Outcome]) -> Table:
    table = Table()
    table.add_column("Result", min_width=35)
    table.add_column("value", justify="right")
    table.add_column("target", justify="right")
    table.add_column("")
    for outcome in found.values():
        for result in outcome.results:
            verdict = ("[green]met" if result.met else "[red]missed") if result.target else ""
            table.add_row(result.key, f"{result.value:.2f}", result.target, verdict)
    return table


if __name__ == "__main__":
    main()
