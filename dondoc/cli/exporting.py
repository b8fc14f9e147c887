"""dondoc export: totals, board, bundle."""

from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.out import AsOf, Cycle, console, cycle_key, moment
from models.exports.sheets import Sheet
from tasks.adapters.exports import write_bundle, write_csv, write_xlsx
from tasks.adapters.home import open_home
from tasks.steps.totals.exporting import board_as_sheets, cycle_data, totals_sheets

app = typer.Typer(help="Totals and board as .xlsx or .csv, open data as .zip.", no_args_is_help=True)
Table = Annotated[
    Path, typer.Option("-o", "--output", metavar="F", help="F.xlsx, or F.csv with the first table.")
]


@app.command()
def totals(
    cycle: Cycle,
    output: Table,
    full: Annotated[
        bool,
        typer.Option("--full", help="With counts below 5 that could point to one child; for inside use."),
    ] = False,
) -> None:
    """The totals of a cycle, and the figures of its units."""
    _write(output, totals_sheets(open_home(), cycle_key(cycle), full=full), cycle)


@app.command()
def board(
    output: Table,
    plan: Annotated[str | None, typer.Option("--plan", help="Only this plan.")] = None,
    as_of: AsOf = None,
) -> None:
    """How far every cycle is, and where every unit stands."""
    _write(output, board_as_sheets(open_home(), moment(as_of), plan), "board")


@app.command()
def bundle(
    cycle: Cycle,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="F.zip", help="Where to write it.")],
    as_of: AsOf = None,
) -> None:
    """The open data of a cycle with its JSON Schema: no free text, no count that could point to one child."""
    output.write_bytes(write_bundle(cycle_data(open_home(), cycle_key(cycle), moment(as_of))))
    console.print(f"{output}: open data of {cycle}", markup=False)


def _write(output: Path, sheets: tuple[Sheet, ...], what: str) -> None:
    match output.suffix.lower():
        case ".xlsx":
            output.write_bytes(write_xlsx(sheets, what))
        case ".csv":
            output.write_bytes(write_csv(sheets[0]))
        case other:
            raise ValueError(
                f"{output}: a table is written as .xlsx or .csv, not as {other or 'a file without an ending'}"
            )
    console.print(f"{output}: {what}", markup=False)
