"""dondoc issue: what the records office has numbered."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.documents import Kind
from dondoc.cli.out import Actor, AsOf, Cycle, Json, console, cycle_key, day, emit_json, moment
from models.signing import DocumentState
from tasks.adapters.home import open_home
from tasks.steps import issuing


def issue(
    cycle: Cycle,
    number: Annotated[int, typer.Option("--number", help="Its number alone; the plan has the symbol.")],
    date: Annotated[str, typer.Option("--date", help="The day it was issued.")],
    kind: Annotated[Kind, typer.Option("--kind", help="Which kind of document.")] = Kind.BAO_CAO,
    step: Annotated[str, typer.Option("--step", help="Which công văn, e.g. T+1; the last one.")] = "",
    version: Annotated[int | None, typer.Option("--version", help="Which version; the newest.")] = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Record that a document was issued, with its number and day."""
    done = issuing.issue(
        open_home(),
        cycle_key(cycle),
        issuing.Which(kind.value, step, version),
        number,
        day(date),
        as_of=moment(as_of),
        actor=by,
    )
    told = {
        "cycle": cycle,
        "kind": done.kind,
        "step": done.step or None,
        "version": done.version,
        "state": DocumentState.ISSUED.value,
        "number": done.number,
        "day": done.day.isoformat(),
        "told": done.told,
    }
    if as_json:
        emit_json(told)
    else:
        console.print(f"{done.number}, {done.day}: {done.kind} {cycle}; units told: {done.told}")


COMMANDS: tuple[Callable[..., None], ...] = (issue,)
