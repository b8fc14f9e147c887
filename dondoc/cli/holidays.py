"""dondoc holidays: list, check, load."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.moving import Yes, agreed, move_json, show_moves
from dondoc.cli.out import AsOf, Json, ask_is, console, emit_json, errors, moment, show_table
from models.worlds import Move
from tasks.adapters.holiday_files import read_years
from tasks.adapters.holiday_years import HolidayYear
from tasks.adapters.home import open_home
from tasks.steps.holidays import YearFile, folder_of, load_years, moved_by_years, read_year_files

app = typer.Typer(help="Holidays and worked Saturdays, year by year.", no_args_is_help=True)
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE…", exists=True, dir_okay=False, help="Year files, YAML.")
]


@app.command("list")
def list_years(
    year: Annotated[int | None, typer.Option("--year", help="Only this year.")] = None, as_json: Json = False
) -> None:
    """The holidays that hold, who decided them, and the Saturdays worked in exchange."""
    years = {y: content for y, (_, content) in read_years(folder_of(open_home())).items()}
    if year is not None and year not in years:
        raise LookupError(f"no holiday file for {year}; years: {', '.join(map(str, years)) or 'none'}")
    chosen = [content for y, content in years.items() if year in {None, y}]
    if as_json:
        emit_json([_json(content) for content in chosen])
    elif year is None:
        rows = [(c.year, c.status, len(c.holidays), len(c.working_saturdays), c.decided_by) for c in chosen]
        show_table(("year", "status", "holidays", "worked Saturdays", "decided by"), rows)
    else:
        (content,) = chosen
        console.print(f"{content.year}, {content.status}: {content.decided_by}", markup=False)
        off = [(f"{day.date:%Y-%m-%d %a}", "off", day.name) for day in content.holidays]
        worked = [
            (f"{swap.date:%Y-%m-%d %a}", "worked", f"for {swap.instead_of}; {swap.decided_by}")
            for swap in content.working_saturdays
        ]
        show_table(("day", "", "name"), sorted(off + worked))


@app.command()
def check(files: Files, as_of: AsOf = None, as_json: Json = False) -> None:
    """What would move if these files stood in place of those of their years. Exit 1 where one is wrong."""
    given, wrong = read_year_files(files)
    found = [] if wrong else moved_by_years(open_home(), given, moment(as_of))
    if as_json:
        problems = [
            {"file": error.file, "path": place, "expected": what}
            for error in wrong
            for place, what in error.problems
        ]
        emit_json(_answer(given, found, applied=False) | {"ok": not wrong, "problems": problems})
    elif wrong:
        errors.print("\n".join(map(str, wrong)), markup=False, soft_wrap=True)
    else:
        show_moves(found)
    ask_is(not wrong)


@app.command()
def load(files: Files, yes: Yes = False, as_of: AsOf = None, as_json: Json = False) -> None:
    """Put these files in place of those of their years: all, or none. What moves is shown first."""
    given, wrong = read_year_files(files)
    if wrong:
        raise ValueError("\n".join(map(str, wrong)))
    home, at = open_home(), moment(as_of)
    found = moved_by_years(home, given, at)
    if not as_json:
        show_moves(found)
    applied = agreed(found, yes=yes)
    if applied:
        load_years(home, given, found, at, "command line")
    if as_json:
        emit_json(_answer(given, found, applied=applied))
    elif applied:
        for file in given:
            console.print(f"{file.year.year}: loaded from {file.name}", markup=False)
    ask_is(applied)


def _answer(given: Sequence[YearFile], found: Sequence[Move], *, applied: bool) -> dict[str, Any]:
    return {
        "moves": [move_json(move) for move in found],
        "applied": applied,
        "files": [{"file": f.name, "sha256": f.sha256, **_json(f.year)} for f in given],
    }


def _json(year: HolidayYear) -> dict[str, Any]:
    return {
        "year": year.year,
        "status": year.status,
        "decided_by": year.decided_by,
        "holidays": [
            {"date": day.date.isoformat(), "name": day.name}
            | ({"compensates": day.compensates.isoformat()} if day.compensates else {})
            for day in year.holidays
        ],
        "working_saturdays": [
            {
                "date": swap.date.isoformat(),
                "instead_of": swap.instead_of.isoformat(),
                "decided_by": swap.decided_by,
            }
            for swap in year.working_saturdays
        ],
    }
