"""dondoc pass-up, reconcile: from one level of offices to the next."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.out import (
    Actor,
    AsOf,
    Cycle,
    Json,
    Through,
    ask_is,
    console,
    cycle_key,
    emit_json,
    moment,
    show_table,
)
from tasks.adapters.home import open_home
from tasks.steps.totals import levels


def pass_up(
    cycle: Cycle,
    through: Through = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, where units are missing.")] = "",
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Accept the totals of a cycle: they become the office's own report to the cycle this one feeds."""
    outcome = levels.pass_totals_up(
        open_home(), cycle_key(cycle), through, reason, as_of=moment(as_of), actor=by
    )
    if as_json:
        emit_json(outcome.as_json())
    else:
        assert outcome.accepted
        console.print(f"{outcome.cycle}  {outcome.unit}  version {outcome.accepted.version}")


def reconcile(
    cycle: Cycle,
    unit: Annotated[str | None, typer.Option("--unit", help="Only this unit of the cycle.")] = None,
    as_json: Json = False,
) -> None:
    """What units of a cycle reported beside the sum of what was reported to them. Exit 1 where a figure differs."""
    rows = [
        levels.difference_json(who, each)
        for who, each in levels.reconciled(open_home(), cycle_key(cycle), unit)
    ]
    if as_json:
        emit_json({"cycle": cycle, "agrees": all(row["agrees"] for row in rows), "figures": rows})
    else:
        columns = ("unit", "code", "label", "entered", "parts", "n/N", "agrees")
        shown = [
            [*(row[name] for name in columns[:5]), f"{row['given']}/{row['asked']}", row["agrees"]]
            for row in rows
        ]
        show_table(columns, shown)
    ask_is(all(row["agrees"] for row in rows))


COMMANDS: tuple[Callable[..., None], ...] = (pass_up, reconcile)
