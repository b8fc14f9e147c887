"""dondoc address: list, restore."""

from typing import Annotated

import typer

from dondoc.cli.out import Actor, Json, console, emit_json, show_table
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.addresses import known_addresses
from tasks.steps.failing import restore_address

app = typer.Typer(help="Addresses that mail came back from.", no_args_is_help=True)
_COLUMNS = ("address", "state", "since", "status", "soft_count", "evidence")


@app.command("list")
def list_addresses(as_json: Json = False) -> None:
    """Every address that ever bounced, the failing ones first."""
    with open_home().ledger.read() as session:
        rows = [{name: getattr(row, name) for name in _COLUMNS} for row in known_addresses(session)]
    for row in rows:
        row["since"] = row["since"].isoformat()
    if as_json:
        emit_json(rows)
    else:
        show_table(_COLUMNS, [tuple(row.values()) for row in rows])


@app.command()
def restore(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="It works again: mail goes there.")],
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """Put a failing address back into use."""
    restore_address(open_home(), address, as_of=clock.now(), actor=by)
    if as_json:
        emit_json({"address": address.lower(), "state": "working"})
    else:
        console.print(f"{address.lower()}: working", markup=False)
