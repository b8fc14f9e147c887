"""dondoc template: check, load, list."""

from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.documents import Kind, show_findings
from dondoc.cli.out import Actor, AsOf, Json, ask_is, console, day, emit_json, moment, show_table
from models.tables import TemplateRow
from tasks.adapters.documents import check_template
from tasks.adapters.home import open_home
from tasks.adapters.ledger.templates import templates_of
from tasks.steps.documents.templates import RefusedTemplateError, load_template

app = typer.Typer(help="Word templates of the offices.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(metavar="F.docx", exists=True, dir_okay=False)]
KindOption = Annotated[Kind, typer.Option("--kind", help="What is written with it.")]
_COLUMNS = ("lead", "kind", "version", "valid_from", "loaded_at", "loaded_by", "sha256", "file")


@app.command()
def check(file: File, kind: KindOption = Kind.BAO_CAO, as_json: Json = False) -> None:
    """Fill it with invented documents and check those. Exit 1 where one breaks a rule, 2 where it cannot be filled."""
    findings = check_template(kind.value, file.read_bytes())
    show_findings(file, findings, as_json=as_json)
    ask_is(not findings)


@app.command()
def load(
    file: File,
    lead: Annotated[
        str, typer.Option("--lead", metavar="UNIT", help="The office whose documents it is for.")
    ],
    kind: KindOption = Kind.BAO_CAO,
    valid_from: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day it is used; default: today.")
    ] = None,
    by: Actor = "admin",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Keep it as the office's next version, if `template check` finds nothing. Exit 1 where it does."""
    at = moment(as_of)
    first_day = at.date() if valid_from is None else day(valid_from)
    try:
        row = load_template(open_home(), lead, kind.value, file.read_bytes(), first_day, as_of=at, actor=by)
    except RefusedTemplateError as error:
        show_findings(file, error.findings, as_json=as_json)
        raise typer.Exit(1) from None
    if as_json:
        emit_json(_told(row))
    else:
        console.print(f"{row.kind} of {row.lead}: version {row.version}, from {row.valid_from}", markup=False)


@app.command("list")
def list_templates(
    lead: Annotated[str, typer.Option("--lead", metavar="UNIT", help="Only of this office.")] = "",
    as_json: Json = False,
) -> None:
    """Every version of every office; offices without one use the template that ships."""
    with open_home().ledger.read() as session:
        rows = [_told(row) for row in templates_of(session, lead)]
    if as_json:
        emit_json(rows)
    else:
        show_table(_COLUMNS, [tuple(row.values()) for row in rows])


def _told(row: TemplateRow) -> dict[str, object]:
    told = {name: getattr(row, name) for name in _COLUMNS}
    return told | {"valid_from": row.valid_from.isoformat(), "loaded_at": row.loaded_at.isoformat()}
