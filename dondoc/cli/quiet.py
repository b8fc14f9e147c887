"""dondoc mail: the word a sweep waits for."""

from typing import Annotated

import typer

from dondoc.cli.out import AsOf, Json, console, emit_json, moment
from tasks.adapters.home import open_home
from tasks.steps import quiet

app = typer.Typer(help="Mail that waits for a word.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Mail that waits for a word."""


@app.command()
def allow(
    actor: Annotated[str, typer.Option("--by", help="Who decides; kept in the ledger.")] = "command line",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Let the next sweep send what waits. Look first: `dondoc preview --on` with today's date."""
    count = quiet.allow(open_home(), as_of=moment(as_of), actor=actor)
    if as_json:
        emit_json({"allowed": count})
    else:
        console.print(f"{count} messages may go: the next sweep sends what is still true of them")
