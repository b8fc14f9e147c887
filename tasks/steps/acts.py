"""What a coordinator decides about one unit, or about a date the plan leaves open. Each takes effect at once on
deadlines, reminders and states, and tells the unit.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from models.cascade import Level, neighbour_problems, propose
from models.deadlines import SetDue, deadline_on
from models.ids import CycleKey
from models.tables import SubmissionRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import Owes, assignment_row, opened_keys
from tasks.adapters.ledger.cycles import assign as assign_unit
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.plans import current_plans, save_set_due, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.opening import as_owing, ensure_open, find_planned, unplaced_units


class RefusedActError(ValueError):
    """The act makes no sense as asked; the message says why."""


def extend(
    home: Home, key: CycleKey, unit: str, to: date, reason: str, *, as_of: datetime, actor: str
) -> datetime:
    """Give one unit until the end of `to`; returns the new last moment. Queued reminders are withdrawn."""
    live = ensure_open(home, key, as_of)
    assert live.planned.deadline
    live.standing(unit)
    if to <= live.planned.deadline.last_day:
        raise RefusedActError(
            f"{to} is not after {live.planned.deadline.last_day}, the last day it has anyway"
        )
    if to < as_of.date():
        raise RefusedActError(f"{to} has passed already: today is {as_of.date()}")
    due_at = deadline_on(to, inclusive=True, days=home.days).due_at
    with home.ledger.write() as session:
        row = assignment_row(session, key, unit)
        row.extended_to, row.due_at, row.reason = to, due_at, reason
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
) -> date:
    """Ask for a correction: the version leaves the totals, the first submission time stays. Returns the day until
    which the correction is awaited: five working days on, unless told.
    """
    ensure_open(home, key, as_of).standing(unit)
    new_day = until or home.days.add(as_of.date(), 5)
    with home.ledger.write() as session:
        row = assignment_row(session, key, unit)
        submission = session.get(SubmissionRow, row.submission_id) if row.submission_id else None
        if submission is None or row.returned:
            raise RefusedActError(f"{unit} has no accepted report in {key} to return")
        row.returned, row.returned_until, row.reason = True, new_day, reason
        submission.status = "returned"
        append_event(
            session,
            "report returned",
            at=as_of,
            actor=actor,
            cycle=str(key),
            unit=unit,
            version=submission.version,
            reason=reason,
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
    """Add a unit to a cycle that has opened, e.g. a successor of one that was divided. From then on it owes like the
    others; the steps of the ladder that have passed are not made up for.
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
        if not assign_unit(session, live, as_owing(live.planned, there, tree, as_of.date())):
            raise RefusedActError(f"{unit} owes {key} already")
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


def set_due(home: Home, key: CycleKey, due: SetDue, *, as_of: datetime, actor: str) -> None:
    """Set the date a plan leaves open, under the document that sets it. A date the plan prints is not touched."""
    set_together(home, {key: due}, as_of=as_of, actor=actor)


def set_together(home: Home, dues: Mapping[CycleKey, SetDue], *, as_of: datetime, actor: str) -> None:
    """Set several dates of one plan, all or none; they must stand in order with what feeds them and what they feed."""
    for key in dues:
        planned, _ = find_planned(home, key)
        rule = planned.obligation.due
        if rule is not None and rule.ahead is None:
            raise RefusedActError(f"{key} has its date from the plan: {planned.obligation.wording}")
    with home.ledger.write() as session:
        opened, together = opened_keys(session), {**set_dues(session), **dues}
        plans = current_plans(session)
        for key, due in dues.items():
            if key in opened:
                raise RefusedActError(
                    f"{key} has opened under the date set before: extend the units that need it"
                )
            for problem in neighbour_problems(plans[key.plan][0], key, home.days, together):
                raise RefusedActError(problem)
            save_set_due(session, key, due, at=as_of, actor=actor)


def cascade(home: Home, top: CycleKey, top_due: SetDue | None, allowances: Mapping[str, int]) -> list[Level]:
    """The dates a cascade proposes; nothing is set. UnknownCycleError where no plan has the top."""
    planned, _ = find_planned(home, top)
    with home.ledger.read() as session:
        dues = set_dues(session)
    return propose(planned.plan, top, top_due, allowances, home.days, dues)


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
