"""dondoc calendar: every cycle in a window, with its deadline and reminder days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.out import Json, day, emit_json, errors, show_table
from models.calendar import PlannedCycle
from models.text import day_with_weekday
from models.units import UnitTree
from models.units.owing import owing
from tasks.adapters.calendar_feed import write_feed
from tasks.adapters.home import open_home
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reporting_calendar import calendar_cycles, revisions


def calendar(
    start: Annotated[str, typer.Option("--from", help="First day of the window.")],
    end: Annotated[str, typer.Option("--to", help="Last day of the window.")],
    plan: Annotated[str | None, typer.Option("--plan", help="Only this plan.")] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Also write a calendar feed to this file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Every cycle whose deadline lies in the window."""
    first, last = day(start), day(end)
    if last < first:
        raise ValueError(f"the window ends before it begins: {first} to {last}")
    home = open_home()
    with home.ledger.read() as session:
        tree, plans = load_tree(session), current_plans(session)
        if plan and plan not in plans:
            raise LookupError(f"no plan {plan}; loaded: {', '.join(plans) or 'none'}")
        chosen = [loaded for loaded, _ in plans.values() if plan in {None, loaded.code}]
        cycles = calendar_cycles(session, chosen, home.days)
        found = [planned for planned in cycles if _in_window(planned, first, last)]
        revised = revisions(session, [planned.key for planned in found])
    found.sort(key=_by_deadline)
    if ics:
        ics.write_bytes(write_feed(found, tree, revised))
        errors.print(f"{ics}: {len(found)} deadlines")
    if as_json:
        emit_json([_json(planned, tree) for planned in found])
        return
    show_table(
        ("cycle", "day in the plan", "last working day", "units", "wording"),
        [
            (
                p.key,
                day_with_weekday(p.deadline.day_x),
                p.deadline.last_working_day,
                _units(p, tree),
                p.obligation.wording,
            )
            for p in found
            if p.deadline
        ],
    )


def _by_deadline(planned: PlannedCycle) -> tuple[str, str]:
    return (planned.deadline.due_at.isoformat() if planned.deadline else "", str(planned.key))


def _in_window(planned: PlannedCycle, first: date, last: date) -> bool:
    """Day X, or the last day in time, lies in the window."""
    deadline = planned.deadline
    return deadline is not None and deadline.last_day <= last and deadline.day_x >= first


def _units(planned: PlannedCycle, tree: UnitTree) -> int:
    assert planned.opens_on
    return len(owing(tree, planned.obligation.owed_by, planned.opens_on))


def _json(planned: PlannedCycle, tree: UnitTree) -> dict[str, Any]:
    deadline = planned.deadline
    assert deadline
    return {
        "cycle": str(planned.key),
        "plan": planned.key.plan,
        "obligation": planned.key.obligation,
        "period": planned.key.period,
        "title": planned.obligation.title,
        "kind": planned.obligation.kind,
        "wording": planned.obligation.wording,
        "due_at": deadline.due_at.isoformat(),
        "day_x": deadline.day_x.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "last_working_day": deadline.last_working_day.isoformat(),
        "cutoff": planned.cutoff.isoformat() if planned.cutoff else None,
        "cutoff_is_usual": planned.cutoff_is_usual,
        "opens_on": planned.opens_on.isoformat() if planned.opens_on else None,
        "closes_on": planned.closes_on.isoformat() if planned.closes_on else None,
        "units": _units(planned, tree),
        "through": planned.obligation.model_dump(include={"through"})["through"],
        "to": planned.obligation.to,
        "reminders": [{"step": rung.step.step, "on": rung.on.isoformat()} for rung in planned.rungs],
    }


COMMANDS: tuple[Callable[..., None], ...] = (calendar,)
