"""Decide who is reminded of one cycle by now; the mails go into the outbox in the same transaction."""

from datetime import datetime, time

from sqlmodel import Session

from models.calendar import Rung, ladder
from models.deadlines import Deadline, deadline_on
from models.ids import CycleKey
from models.reminders import decide_reminders
from models.states import Standing
from models.units import Unit, UnitTree
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.units import load_tree

NO_ADDRESS = "(no address)"
"""Stands as recipient where a unit has none: the row is a task for the coordinator, not a mail."""


def remind(home: Home, key: CycleKey, as_of: datetime) -> int:
    """Queue what is owed by now to the units that have not reported; returns how many mails were queued."""
    days = home.days
    with home.ledger.write() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, days, key)
        if live is None or live.closed_at:
            return 0
        decided = outbox.decided_steps(session, str(key), ("reminder", "overdue"))
        queued = 0
        for standing in live.standings:
            if not standing.reported and not standing.exempt:
                unit = tree.nearest(standing.unit, as_of.date())
                done = decided.get(standing.unit, set())
                queued += _remind_unit(session, live, standing, unit, done, days, as_of)
        queued += _tell_lead(session, live, tree, as_of)
    return queued


def own_deadline(live: LiveCycle, standing: Standing, days: WorkingDays) -> tuple[Deadline, tuple[Rung, ...]]:
    """The deadline that holds for this unit, extended or not, and the ladder that goes with it."""
    assert live.planned.deadline
    if standing.own_last_day is None:
        return live.planned.deadline, live.planned.rungs
    deadline = deadline_on(standing.own_last_day, inclusive=True, days=days)
    return deadline, ladder(live.planned.obligation.ladder, deadline, days)


def step_name(step: str, standing: Standing) -> str:
    """A deadline of its own starts a ladder of its own, so its steps carry the date."""
    return f"{step}@{standing.own_last_day}" if standing.own_last_day else step


def _remind_unit(
    session: Session,
    live: LiveCycle,
    standing: Standing,
    unit: Unit,
    done: set[str],
    days: WorkingDays,
    as_of: datetime,
) -> int:
    deadline, rungs = own_deadline(live, standing, days)
    known = {step for step in done if step_name(step.split("@")[0], standing) == step}
    assert live.planned.closes_on
    decisions = decide_reminders(
        rungs,
        deadline,
        max(live.planned.closes_on, days.add(deadline.day_x, 1)),
        done={step.split("@")[0] for step in known},
        as_of=as_of,
    )
    queued = 0
    for decision in decisions:
        for recipient in unit.emails or (NO_ADDRESS,):
            send = decision.action == "send" and recipient != NO_ADDRESS
            reason = decision.reason or ("" if send else "the unit has no working address")
            queued += send & outbox.queue(
                session,
                cycle=str(live.key),
                unit=unit.code,
                kind="overdue" if decision.step.startswith("T+") else "reminder",
                step=step_name(decision.step, standing),
                recipient=recipient,
                planned_on=decision.on,
                at=as_of,
                state="queued" if send else "skipped",
                reason=reason,
            )
    return queued


def _tell_lead(session: Session, live: LiveCycle, tree: UnitTree, as_of: datetime) -> int:
    """One list of all missing units to the lead unit at each step after day X; never one mail per unit."""
    deadline = live.planned.deadline
    assert deadline
    missing = [
        s.unit for s in live.standings if not s.reported and not s.exempt and s.due_at and s.due_at < as_of
    ]
    passed = [rung for rung in live.planned.rungs if rung.step.days > 0 and rung.on <= as_of.date()]
    if not passed or not missing or as_of < deadline.late_from:
        return 0
    return tell_office(
        session,
        live,
        tree,
        "missing-list",
        passed[-1].step.step,
        datetime.combine(passed[-1].on, time()),
        as_of,
    )


def tell_office(
    session: Session,
    live: LiveCycle,
    tree: UnitTree,
    kind: str,
    step: str,
    planned: datetime,
    as_of: datetime,
) -> int:
    """Queue a mail to the lead unit of the plan, at each of its addresses."""
    plan = live.planned.plan
    lead = tree.nearest(plan.lead, as_of.date())
    return sum(
        outbox.queue(
            session,
            cycle=str(live.key),
            unit=lead.code,
            kind=kind,
            step=step,
            recipient=recipient,
            planned_on=planned.date(),
            at=as_of,
        )
        for recipient in lead.emails or (plan.contact.email,)
    )
