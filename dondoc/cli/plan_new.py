"""dondoc plan new: the starting file of a plan."""

import re
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.out import Json, console, emit_json, errors
from models.ids import SLUG
from models.plan_draft import draft_of
from models.units import UnitTree
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.plan_template import starting_file
from tasks.adapters.settings import Settings

_PHASE = 5
"""Years of a plan, where nothing else is said: a giai đoạn."""


def new(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its name in commands, e.g. hue-588.")],
    title: Annotated[str, typer.Option("--title", help="What follows the word “Kế hoạch”.")] = "",
    lead: Annotated[str, typer.Option("--lead", metavar="UNIT", help="The unit that collects.")] = "",
    first_year: Annotated[
        int | None, typer.Option("--from", min=1990, max=2100, help="First year; default: this year.")
    ] = None,
    last_year: Annotated[
        int | None, typer.Option("--to", min=1990, max=2100, help="Last year; default: four years later.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Default: CODE.yaml, here.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a commented starting file for a new plan; `plan check` then names what is still to be filled in."""
    for what in filter(None, (code, lead)):
        if not re.fullmatch(SLUG, what):
            raise ValueError(f"{what!r}: expected lower-case letters without accents, digits and hyphens")
    first = first_year or clock.now().year
    years = (first, last_year or first + _PHASE - 1)
    if years[1] < years[0]:
        raise ValueError(f"a plan from {years[0]} to {years[1]} ends before it begins")
    file = output or Path(f"{code}.yaml")
    if file.exists():
        raise FileExistsError(f"{file} is there already; nothing was written")
    draft, warning = draft_of(code, title, years, lead, _units() if lead else UnitTree(()))
    text = starting_file(draft, str(file), Settings().templates)
    with file.open("x", encoding="utf-8") as out:
        out.write(text)
    if warning:
        errors.print(f"{file}: {warning}", markup=False, soft_wrap=True)
    if as_json:
        emit_json({"file": str(file), "code": code, "lead": lead, "first_year": first, "last_year": years[1]})
    else:
        told = f"{file}: written; `dondoc plan check {file}` names what is still to be filled in"
        console.print(told, markup=False, soft_wrap=True)


def _units() -> UnitTree:
    with open_home().ledger.read() as session:
        return load_tree(session)
