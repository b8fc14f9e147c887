"""dondoc reschedule: the day of an open cycle is changed for all its units."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.out import Actor, AsOf, Cycle, Json, Reason, console, cycle_key, day, emit_json, moment
from tasks.adapters.home import open_home
from tasks.steps.rescheduling import reschedule as act


def reschedule(
    cycle: Cycle,
    to: Annotated[str, typer.Option("--to", help="The new day, counted as the plan words it.")],
    reason: Reason,
    document: Annotated[str, typer.Option("--document", help="The document that changes the date.")],
    before: Annotated[bool, typer.Option("--before", help="trước ngày X: X excluded.")] = False,
    on: Annotated[bool, typer.Option("--on", help="chậm nhất ngày X: X included.")] = False,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Change the day of an open cycle for all its units, and tell those that have not reported."""
    if before and on:
        raise ValueError("give one of --before and --on")
    inclusive = on if before or on else None
    deadline = act(
        open_home(),
        cycle_key(cycle),
        day(to),
        reason,
        document,
        as_of=moment(as_of),
        actor=by,
        inclusive=inclusive,
    )
    told = {"cycle": cycle, "day_x": deadline.day_x.isoformat(), "last_day": deadline.last_day.isoformat()}
    if as_json:
        emit_json(told)
    else:
        console.print("  ".join(f"{name}: {value}" for name, value in told.items()))


COMMANDS: tuple[Callable[..., None], ...] = (reschedule,)
