"""What a command prints: one JSON document, or a table for people; and the options that many share."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from models.ids import CycleKey
from tasks.adapters import clock

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Date or date-time, Asia/Ho_Chi_Minh when it has no zone; default: now."),
]
Cycle = Annotated[str, typer.Argument(metavar="CYCLE", help="plan/obligation/period, e.g. hue-588/O2/2019")]
Through = Annotated[
    str | None, typer.Option("--through", help="Only the units whose report goes through this office.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the ledger.")]
Actor = Annotated[str, typer.Option("--by", help="Who decides; kept in the ledger.")]

_WIDEST_TABLE = 2000

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def emit_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=str)
    print()


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    rows = list(rows)
    if len(rows) > _WIDEST_TABLE:  # laying out a whole country takes longer than anybody waits
        for row in (columns, *rows):
            print("\t".join("" if cell is None else str(cell) for cell in row))
        return
    table = Table(title=title, title_justify="left", header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")  # codes are copied by people: never cut short
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


def moment(text: str | None) -> datetime:
    return clock.now() if text is None else clock.read_moment(text)


def day(text: str) -> date:
    return clock.read_moment(text).date()


def cycle_key(text: str) -> CycleKey:
    return CycleKey.parse(text)


def ask_is(condition: bool) -> None:
    """Exit 1 where the answer is no."""
    if not condition:
        raise typer.Exit(1)
