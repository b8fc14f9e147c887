"""dondoc unit withdraw, redate: what was entered by mistake."""

from typing import Annotated

import typer

from dondoc.cli.out import Actor, Json, day
from dondoc.cli.units import Document, Why, show_units
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.steps import unit_corrections

Codes = Annotated[list[str], typer.Argument(metavar="CODE…")]
From = Annotated[str, typer.Option("--from", help="The day on which it begins now.")]


def withdraw(
    codes: Codes, on: From, reason: Why, document: Document = "", by: Actor = "admin", as_json: Json = False
) -> None:
    """Take back what was entered by mistake: the versions of these units that begin on the day, and their predecessors."""
    left = unit_corrections.withdraw(
        open_home(), codes, day(on), reason, document, as_of=clock.now(), actor=by
    )
    show_units(left, as_json)


def redate(
    codes: Codes,
    on: From,
    to: Annotated[str, typer.Option("--to", help="The right first day.")],
    reason: Why,
    document: Document = "",
    by: Actor = "admin",
    as_json: Json = False,
) -> None:
    """Correct a first day: versions of these units, and what gave way to them, change on the right day."""
    redated = unit_corrections.redate(
        open_home(), codes, day(on), day(to), reason, document, as_of=clock.now(), actor=by
    )
    show_units(redated, as_json)
