"""dondoc unit: list, import, merge, split, close, rename, move."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.out import Actor, Json, console, day, emit_json, show_table
from models.units import PART, Unit, UnitLink
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.unit_files import read_unit_file
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
    show_units(units, as_json)


@app.command("import")
def import_units(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", exists=True)],
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """Take over units, and what became of them, from CSV files: all of them, or none."""
    found = [(file.name, read_unit_file(_text(file), str(file))) for file in files]
    changed = reorganising.take_over(open_home(), found, as_of=clock.now(), actor=by)
    read = sum(len(each.units) + len(each.links) for _, each in found)
    if as_json:
        emit_json({"read": read, "changed": changed})
    else:
        console.print(f"{changed} units and successions new or changed, of {read}")


@app.command()
def close(
    code: str, on: On, reason: Why, document: Document = "", by: Actor = "admin", as_json: Json = False
) -> None:
    """End a unit: its last valid day is the day before."""
    ended = reorganising.close(open_home(), code, day(on), reason, document, as_of=clock.now(), actor=by)
    _answer(ended, as_json)


@app.command()
def merge(
    codes: Annotated[
        list[str],
        typer.Argument(metavar="CODE…", help="xa-a, or xa-b:part where only a part of it goes over."),
    ],
    into: Into,
    on: On,
    reason: Why,
    document: Document = "",
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """Several units become one, which must be known (import it first)."""
    if len(into) != 1:
        raise ValueError("a merger has one successor: --into CODE")
    links = [
        UnitLink(before, into[0], day(on), "merge", share, reason, document)
        for before, share in map(_share, codes)
    ]
    _answer(reorganising.succeed(open_home(), links, as_of=clock.now(), actor=by), as_json)


@app.command()
def split(
    code: str,
    into: Into,
    on: On,
    reason: Why,
    document: Document = "",
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """One unit becomes several, which must be known (import them first); --into CODE:0.4 where a share is known."""
    links = [
        UnitLink(code, after, day(on), "split", share or (PART if len(into) > 1 else ""), reason, document)
        for after, share in map(_share, into)
    ]
    _answer(reorganising.succeed(open_home(), links, as_of=clock.now(), actor=by), as_json)


@app.command()
def rename(
    code: str,
    on: On,
    reason: Why,
    name: Annotated[str | None, typer.Option("--name", help="New official name.")] = None,
    body: Annotated[
        str | None, typer.Option("--body", help="The reporting body, as documents name it.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="New kind, e.g. phuong.")] = None,
    gso_code: Annotated[
        str | None, typer.Option("--gso-code", help="New code of the statistics office.")
    ] = None,
    document: Document = "",
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """Another name, body, kind or statistics code from a day on; before it, the unit keeps the old ones."""
    given = {"name": name, "body": body, "kind": kind, "gso_code": gso_code}
    changes = {what: value for what, value in given.items() if value is not None}
    if not changes:
        raise ValueError("say what changes: --name, --body, --kind or --gso-code")
    revised = reorganising.revise(
        open_home(), code, day(on), reason, document, as_of=clock.now(), actor=by, **changes
    )
    _answer(revised, as_json)


@app.command()
def move(
    code: str,
    under: Annotated[str, typer.Option("--under", help="The new parent.")],
    on: On,
    reason: Why,
    document: Document = "",
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """Another parent from a day on; before it, the unit stands in the old tree."""
    moved = reorganising.revise(
        open_home(), code, day(on), reason, document, as_of=clock.now(), actor=by, parent=under
    )
    _answer(moved, as_json)


def _share(text: str) -> tuple[str, str]:
    """`xa-b:part` → ("xa-b", "part")."""
    code, colon, share = text.partition(":")
    if colon and share != PART and not (share.startswith("0.") and share[2:].isdecimal()):
        raise ValueError(f"{text}: expected CODE, CODE:part or a share, e.g. CODE:0.4")
    return code, share


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"{file}: this is not a text file in UTF-8") from None


def _answer(units: list[Unit], as_json: bool) -> None:
    if as_json:
        emit_json([_json(unit) for unit in units])
        return
    for unit in units:
        console.print(f"{unit.code}: last day {unit.valid_to}" if unit.valid_to else f"{unit.code}: goes on")


def show_units(units: list[Unit], as_json: bool) -> None:
    """Versions of units and the days they are valid."""
    if as_json:
        emit_json([_json(unit) for unit in units])
        return
    show_table(
        ("code", "kind", "name", "parent", "from", "to"),
        [(u.code, u.kind, u.name, u.parent, u.valid_from, u.valid_to) for u in units],
    )


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
        "emails": [contact.email for contact in unit.contacts if contact.email],
        "lines": dict(unit.lines),
    }
