"""dondoc extend, return, exempt, set-due: what a coordinator decides."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.out import Actor, AsOf, Cycle, Json, Reason, console, cycle_key, day, emit_json, moment
from models.deadlines import SetDue
from tasks.adapters.home import open_home
from tasks.steps import acts


def extend(
    cycle: Cycle,
    unit: str,
    to: Annotated[str, typer.Option("--to", help="New last day, included.")],
    reason: Reason,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Give one unit a later day."""
    due_at = acts.extend(open_home(), cycle_key(cycle), unit, day(to), reason, as_of=moment(as_of), actor=by)
    _done(as_json, cycle=cycle, unit=unit, due_at=due_at.isoformat())


def return_(
    cycle: Cycle,
    unit: str,
    reason: Reason,
    until: Annotated[
        str | None, typer.Option("--until", help="Day for the correction; five working days.")
    ] = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Return a report for correction."""
    new_day = acts.return_report(
        open_home(),
        cycle_key(cycle),
        unit,
        reason,
        as_of=moment(as_of),
        actor=by,
        until=day(until) if until else None,
    )
    _done(as_json, cycle=cycle, unit=unit, until=new_day.isoformat())


def exempt(
    cycle: Cycle,
    unit: str,
    reason: Reason,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Take a unit out of a cycle."""
    acts.exempt(open_home(), cycle_key(cycle), unit, reason, as_of=moment(as_of), actor=by)
    _done(as_json, cycle=cycle, unit=unit, state="exempt")


def set_due(
    cycle: Cycle,
    document: Annotated[str, typer.Option("--document", help="The document that sets the date.")],
    before: Annotated[str | None, typer.Option("--before", help="trước ngày X: X excluded.")] = None,
    on: Annotated[str | None, typer.Option("--on", "--by-day", help="chậm nhất ngày X: X included.")] = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Set the date of a duty for which the plan gives none."""
    if (before is None) == (on is None):
        raise ValueError("give exactly one of --before and --on")
    due = SetDue(day(before or on or ""), inclusive=before is None, document=document)
    acts.set_due(open_home(), cycle_key(cycle), due, as_of=moment(as_of), actor=by)
    _done(as_json, cycle=cycle, day_x=due.day_x.isoformat(), inclusive=due.inclusive)


def _done(as_json: bool, **told: object) -> None:
    if as_json:
        emit_json(told)
    else:
        console.print("  ".join(f"{name}: {value}" for name, value in told.items()))


COMMANDS: tuple[Callable[..., None], ...] = (extend, return_, exempt, set_due)
