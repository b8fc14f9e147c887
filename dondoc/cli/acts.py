"""dondoc extend, return, exempt, assign, set-due, cascade: what a coordinator decides."""

from collections.abc import Callable
from typing import Annotated

import typer

from dondoc.cli.out import (
    Actor,
    AsOf,
    Cycle,
    Json,
    Reason,
    console,
    cycle_key,
    day,
    emit_json,
    moment,
    show_table,
)
from models.cascade import Level
from models.deadlines import SetDue
from models.questions import read_questions
from tasks.adapters.home import open_home
from tasks.steps import acts, dating

_MOST_DAYS = 250


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
        str | None,
        typer.Option(
            "--until",
            help="Last day for the correction; unless told, five working days on, and no day before its own last one.",
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about", help='A question about one line, "H588.21: …"; told at its cell. Repeat for several.'
        ),
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
        about=read_questions(about or []),
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


def assign(
    cycle: Cycle,
    unit: str,
    reason: Reason,
    document: Annotated[str, typer.Option("--document", help="The document that decided it.")] = "",
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Add a unit to an open cycle, e.g. a successor of a unit that was divided."""
    acts.assign(open_home(), cycle_key(cycle), unit, reason, document, as_of=moment(as_of), actor=by)
    _done(as_json, cycle=cycle, unit=unit, state="owes")


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
    dating.set_due(open_home(), cycle_key(cycle), due, as_of=moment(as_of), actor=by)
    _done(as_json, cycle=cycle, day_x=due.day_x.isoformat(), inclusive=due.inclusive)


def cascade(
    cycle: Cycle,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow", help="O3=6: O3 ends six working days before what it feeds; repeat for several."
        ),
    ] = None,
    before: Annotated[str | None, typer.Option("--before", help="Date of the top: X excluded.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="Date of the top: X included.")] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="Set the proposed dates, under this document.")
    ] = None,
    by: Actor = "coordinator",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """From the date of the report upward, propose the dates of the levels below it; with --document, set them."""
    if before is not None and on is not None:
        raise ValueError("give one of --before and --on")
    home, top = open_home(), cycle_key(cycle)
    due = SetDue(day(before or on or ""), inclusive=before is None, document="") if before or on else None
    levels = dating.cascade(home, top, due, _allowances(allow or []))
    problems = [f"{level.key} {level.problem}" for level in levels if level.problem]
    if document and not problems:
        dues = {level.key: level.as_set_due(document) for level in levels if level.is_proposed}
        dating.set_together(home, dues, as_of=moment(as_of), actor=by)
    _show_levels(levels, applied=bool(document) and not problems, as_json=as_json)
    if problems:
        raise ValueError("; ".join(problems))


def _allowances(given: list[str]) -> dict[str, int]:
    found = {}
    for text in given:
        code, _, count = text.partition("=")
        if not count.isdecimal() or not 1 <= int(count) <= _MOST_DAYS:
            raise ValueError(f"--allow {text}: expected an obligation and working days, e.g. O3=6")
        found[code] = int(count)
    return found


def _show_levels(levels: list[Level], *, applied: bool, as_json: bool) -> None:
    rows = [
        {
            "cycle": str(level.key),
            "feeds": str(level.feeds) if level.feeds else None,
            "last_day": level.deadline.last_day.isoformat(),
            "last_working_day": level.deadline.last_working_day.isoformat(),
            "proposed": level.is_proposed,
            "problem": level.problem or None,
        }
        for level in levels
    ]
    if as_json:
        emit_json({"levels": rows, "applied": applied})
        return
    columns = ("cycle", "feeds", "last_day", "last_working_day", "proposed", "problem")
    show_table(columns, [[row[name] for name in columns] for row in rows])


def _done(as_json: bool, **told: object) -> None:
    if as_json:
        emit_json(told)
    else:
        console.print("  ".join(f"{name}: {value}" for name, value in told.items()))


COMMANDS: tuple[Callable[..., None], ...] = (extend, return_, exempt, assign, set_due, cascade)
