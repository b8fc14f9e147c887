"""dondoc unit: list, import, merge, split, close."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.out import Json, console, day, emit_json, show_table
from models.units import Unit
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.units import load_tree, save_units
from tasks.adapters.unit_files import read_units
from tasks.steps import reorganising

app = typer.Typer(help="Units valid by date.", no_args_is_help=True)
On = Annotated[str, typer.Option("--on", help="First day of the new state.")]
Why = Annotated[str, typer.Option("--reason", help="Why; kept in the ledger.")]
Document = Annotated[str, typer.Option("--document", help="Number and date of the deciding document.")]
Into = Annotated[list[str], typer.Option("--into", help="Successor unit; repeat for several.")]


@app.command("list")
def list_units(
    on: Annotated[str | None, typer.Option("--on", help="Only units valid that day.")] = None,
    as_json: Json = False,
) -> None:
    """Units and the days they are valid."""
    with open_home().ledger.read() as session:
        units = load_tree(session).all_on(day(on) if on else None)
    if as_json:
        emit_json([_json(unit) for unit in units])
        return
    show_table(
        ("code", "kind", "name", "parent", "from", "to"),
        [(u.code, u.kind, u.name, u.parent, u.valid_from, u.valid_to) for u in units],
    )


@app.command("import")
def import_units(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", exists=True)], as_json: Json = False
) -> None:
    """Take over units from CSV files: all of them, or none."""
    units = [(file, read_units(file.read_text("utf-8"), str(file))) for file in files]
    home = open_home()
    with home.ledger.write() as session:
        changed = sum(
            save_units(session, found, at=clock.now(), actor="command line", source=file.name)
            for file, found in units
        )
        reorganising.check_parents(load_tree(session))
    if as_json:
        emit_json({"read": sum(len(found) for _, found in units), "changed": changed})
    else:
        console.print(f"{changed} units new or changed")


@app.command()
def close(code: str, on: On, reason: Why, document: Document = "", as_json: Json = False) -> None:
    """End a unit: its last valid day is the day before."""
    _answer(reorganising.close(open_home(), code, day(on), reason, document, as_of=clock.now()), as_json)


@app.command()
def merge(
    codes: Annotated[list[str], typer.Argument(metavar="CODE…")],
    into: Into,
    on: On,
    reason: Why,
    document: Document = "",
    as_json: Json = False,
) -> None:
    """Several units become one, which must be known (import it first)."""
    if len(into) != 1:
        raise ValueError("a merger has one successor: --into CODE")
    home = open_home()
    _answer(
        reorganising.succeed(home, codes, into, day(on), "merge", reason, document, as_of=clock.now()),
        as_json,
    )


@app.command()
def split(code: str, into: Into, on: On, reason: Why, document: Document = "", as_json: Json = False) -> None:
    """One unit becomes several, which must be known (import them first)."""
    home = open_home()
    _answer(
        reorganising.succeed(home, [code], into, day(on), "split", reason, document, as_of=clock.now()),
        as_json,
    )


def _answer(units: list[Unit], as_json: bool) -> None:
    if as_json:
        emit_json([_json(unit) for unit in units])
        return
    for unit in units:
        end = unit.valid_to + timedelta(days=1) if unit.valid_to else None
        console.print(f"{unit.code}: ends on {end}" if end else f"{unit.code}: goes on")


def _json(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "gso_code": unit.gso_code,
        "name": unit.name,
        "body": unit.body,
        "kind": unit.kind,
        "level": unit.level,
        "parent": unit.parent,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "emails": list(unit.emails),
    }
