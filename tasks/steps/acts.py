"""What a coordinator decides about one unit. Each takes effect at once on deadlines, reminders and states, and tells
the unit.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.deadlines import correction_day, deadline_on
from models.ids import CycleKey
from models.questions import check_codes
from models.tables import SubmissionRow
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycle_acts import Owes
from tasks.adapters.ledger.cycle_acts import assign as assign_unit
from tasks.adapters.ledger.cycles import LiveCycle, assignment_row
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.units import load_tree
from tasks.steps.collecting.asking_about import ask_at, told_of
from tasks.steps.collecting.forms import form_for
from tasks.steps.opening import as_owing, ensure_open, unplaced_units

_LATEST = timedelta(days=550)
"""How far from today a unit's own day can lie; a slip of the finger in the year is farther."""


class RefusedActError(ValueError):
    """The act makes no sense as asked; the message says why."""


def extend(
    home: Home, key: CycleKey, unit: str, to: date, reason: str, *, as_of: datetime, actor: str
) -> datetime:
    """Give one unit until the end of `to`; returns the new last moment. Queued reminders are withdrawn."""
    live = ensure_open(home, key, as_of, unit)
    assert live.planned.deadline
    standing = live.standing(unit)
    if standing.exempt or standing.reported:
        raise RefusedActError(
            f"{unit} {'is exempt' if standing.exempt else 'has reported'}: there is nothing to extend"
        )
    if to <= live.planned.deadline.last_day:
        raise RefusedActError(
            f"{to} is not after {live.planned.deadline.last_day}, the last day it has anyway"
        )
    if standing.returned and standing.returned_until and to < standing.returned_until:
        raise RefusedActError(
            f"{to} is before {standing.returned_until}, until which its correction is awaited"
        )
    _check_own_day(to, as_of)
    due_at = deadline_on(to, inclusive=True, days=home.days).due_at
    with home.ledger.write() as session:
        row = assignment_row(session, key, unit)
        if row.due_at and row.first_submitted_at:
            due_at = max(due_at, row.due_at)  # what came first is not judged by less time than it had
        row.extended_to, row.due_at, row.reason = to, due_at, reason
        if row.returned:
            row.returned_until = to  # one day holds for the correction too, the one the unit is told
        outbox.withdraw(session, str(key), unit, reason=f"extended to {to}", at=as_of)
        append_event(
            session,
            "deadline extended",
            at=as_of,
            actor=actor,
            cycle=str(key),
            unit=unit,
            to=to,
            reason=reason,
        )
        _tell_unit(session, key, unit, "extended", str(to), as_of, new_day=to.isoformat(), reason=reason)
    return due_at


def return_report(
    home: Home,
    key: CycleKey,
    unit: str,
    reason: str,
    *,
    as_of: datetime,
    actor: str,
    until: date | None = None,
    about: Mapping[str, str] | None = None,
) -> date:
    """Ask for a correction: the version leaves the totals, the first submission time stays. Returns the day until
    which the correction is awaited: as `correction_day` has it, unless told. `about`: questions by the code of a line or
    section, each told at its cell and its field.
    """
    live = ensure_open(home, key, as_of, unit)
    spec = form_for(home, key, unit, as_of, live) if about else None
    if about and spec:
        check_codes(about, spec)
    assert live.planned.deadline
    if until:
        _check_own_day(until, as_of)
    with home.ledger.write() as session:
        row = assignment_row(session, key, unit)
        last_day = max(filter(None, (row.extended_to, live.planned.deadline.last_day)))
        new_day = until or correction_day(as_of.date(), last_day, home.days)
        submission = session.get(SubmissionRow, row.submission_id) if row.submission_id else None
        if submission is None or row.returned:
            raise RefusedActError(f"{unit} has no accepted report in {key} to return")
        row.returned, row.returned_until, row.reason = True, new_day, reason
        submission.status = "returned"
        asked = ask_at(session, submission, about or {})
        append_event(
            session,
            "report returned",
            at=as_of,
            actor=actor,
            cycle=str(key),
            unit=unit,
            version=submission.version,
            reason=reason,
            **({"about": [asdict(each) for each in asked]} if asked else {}),
        )
        _tell_unit(
            session,
            key,
            unit,
            "returned",
            f"v{submission.version}",
            as_of,
            version=submission.version,
            new_day=new_day.isoformat(),
            reason=reason,
            **({"findings": [told_of(each, spec).as_json() for each in asked]} if spec else {}),
        )
    return new_day


def exempt(home: Home, key: CycleKey, unit: str, reason: str, *, as_of: datetime, actor: str) -> None:
    """Take a unit out of the cycle: it owes nothing, and no rate counts it. A unit the plan names that has ended, and
    in whose place nobody owes, is taken out like any other.
    """
    live = ensure_open(home, key, as_of)
    with home.ledger.write() as session:
        tree = load_tree(session)
        gone = unplaced_units(live, tree)
        if unit in gone:
            assign_unit(session, live, Owes(gone[unit].unit, live.planned.plan.lead))
        else:
            live.standing(unit)
        row = assignment_row(session, key, unit)
        row.exempt, row.reason = True, reason
        outbox.withdraw(session, str(key), unit, reason="exempt", at=as_of)
        append_event(
            session, "unit exempted", at=as_of, actor=actor, cycle=str(key), unit=unit, reason=reason
        )


def assign(
    home: Home, key: CycleKey, unit: str, reason: str, document: str, *, as_of: datetime, actor: str
) -> None:
    """Add a unit to a cycle that has opened, e.g. a successor of one that was divided; or take an exemption back. From
    then on it owes like the others; the steps of the ladder that have passed are not made up for.
    """
    live = ensure_open(home, key, as_of)
    if live.closed_at:
        raise RefusedActError(f"{key} is closed")
    with home.ledger.write() as session:
        tree = load_tree(session)
        there = tree.at(unit, as_of.date())
        if there is None:
            said = f"is not valid on {as_of.date()}" if unit in tree else "is unknown: import it first"
            raise RefusedActError(f"{unit} {said}")
        before = next((s for s in live.standings if s.unit == unit), None)
        if before and before.exempt:
            assignment_row(session, key, unit).exempt = False  # taken back, with the reason in the chain
        elif before or not assign_unit(session, live, as_owing(live.planned, there, tree, as_of.date())):
            raise RefusedActError(f"{unit} owes {key} already")
        _check_not_counted(live, tree, unit, as_of)
        append_event(
            session,
            "unit assigned",
            at=as_of,
            actor=actor,
            cycle=str(key),
            unit=unit,
            reason=reason,
            document=document,
        )


def _check_own_day(day: date, as_of: datetime) -> None:
    if not as_of.date() <= day <= as_of.date() + _LATEST:
        last = as_of.date() + _LATEST
        raise RefusedActError(f"{day} has passed already or is too far: expected {as_of.date()} to {last}")


def _check_not_counted(live: LiveCycle, tree: UnitTree, unit: str, as_of: datetime) -> None:
    """What was reported for a territory must not be reported once more by the unit it is now in."""
    for standing in live.standings:
        holder = tree.holder(standing.unit, as_of.date()) if standing.unit != unit else None
        if holder and holder.code == unit and not standing.exempt:
            raise RefusedActError(f"{standing.unit} owes {live.key} for the same territory: exempt it first")


def _tell_unit(
    session: Session, key: CycleKey, unit: str, kind: str, step: str, as_of: datetime, **payload: object
) -> None:
    outbox.queue_for_unit(
        session,
        load_tree(session).emails(unit, as_of.date()),
        cycle=str(key),
        unit=unit,
        kind=kind,
        step=step,
        planned_on=as_of.date(),
        at=as_of,
        payload=payload,
    )
