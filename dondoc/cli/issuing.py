"""dondoc issue: what the records office has numbered."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.document_way import Paper
from dondoc.cli.out import Actor, AsOf, Cycle, Json, console, cycle_key, day, emit_json, moment
from models.signing import DocumentState
from tasks.adapters.home import open_home
from tasks.steps.documents import issuing


def issue(
    cycle: Cycle,
    number: Annotated[int, typer.Option("--number", help="Its number alone; the plan has the symbol.")],
    date: Annotated[str, typer.Option("--date", help="The day it was issued.")],
    kind: Annotated[Paper, typer.Option("--kind", help="Which kind of document.")] = Paper.BAO_CAO,
    step: Annotated[str, typer.Option("--step", help="Which công văn, e.g. T+1; the last one.")] = "",
    version: Annotated[int | None, typer.Option("--version", help="Which version; the newest.")] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="The number or day was recorded wrongly: record these instead.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why it is corrected; kept in the ledger.")] = "",
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Record that a document was issued, with its number and day; or correct what was recorded wrongly."""
    home, key, which = open_home(), cycle_key(cycle), issuing.Which(kind.value, step, version)
    if correct:
        done = issuing.correct_issue(
            home, key, which, number, day(date), reason, as_of=moment(as_of), actor=by
        )
    else:
        done = issuing.issue(home, key, which, number, day(date), as_of=moment(as_of), actor=by)
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
