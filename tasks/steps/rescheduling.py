"""The day of an open cycle is changed for everybody, by a document: it moves, and all that hangs on it with it.

What holds afterwards: a unit with a later day of its own keeps it, and an extension the new day has caught up with counts
again should the day move back; the day until which a correction is awaited is the one its unit was told. A report is in
time when it came by the later of the new day and the one that held when it came: an earlier day makes nobody late who was
in time. Steps that were decided stay on record, those of the new day carry it in their names.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from models.calendar import PlannedCycle, plan_cycle
from models.cascade import neighbour_problems
from models.deadlines import Deadline, SetDue
from models.ids import CycleKey
from models.states import is_past
from models.tables import AssignmentRow, CycleRow, MessageRow
from models.units import UnitTree
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, cycle_row, frozen_due, load_cycle
from tasks.adapters.ledger.plans import save_set_due, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.acts import RefusedActError
from tasks.steps.dating import check_due
from tasks.steps.opening import ensure_open
from tasks.steps.reminding import own_deadline

_LISTS = ("missing-list", "letter-ready")
_TOLD = "the mail about the changed deadline says it"


@dataclass(frozen=True, slots=True)
class _Change:
    """A cycle before and after, and what is needed to tell its units."""

    session: Session
    tree: UnitTree
    days: WorkingDays
    old: LiveCycle
    new: LiveCycle
    as_of: datetime
    reason: str

    @property
    def said(self) -> str:
        assert self.new.planned.deadline
        return f"deadline changed to {self.new.planned.deadline.last_day}"


def reschedule(
    home: Home,
    key: CycleKey,
    to: date,
    reason: str,
    document: str,
    *,
    as_of: datetime,
    actor: str,
    inclusive: bool | None = None,
) -> Deadline:
    """Move day X of an open cycle for all its units; whether X itself still counts stays as it was, unless told. Every
    unit that owes is told; what was queued about the old day is withdrawn.
    """
    ensure_open(home, key, as_of)
    if not reason.strip():
        raise RefusedActError("say why the date is changed")
    with home.ledger.write() as session:
        tree = load_tree(session)
        old, row = load_cycle(session, tree, home.days, key), cycle_row(session, key)
        assert old
        assert old.planned.deadline
        stays = old.planned.deadline.last_day >= old.planned.deadline.day_x
        asked = SetDue(to, stays if inclusive is None else inclusive, document)
        planned = plan_cycle(old.planned.plan, old.planned.obligation, old.planned.period, home.days, asked)
        _check(session, old, planned, asked, home.days, as_of)
        _judge_by_the_old_day(session, old, planned)
        _move(row, planned, document)
        session.flush()
        new = load_cycle(session, tree, home.days, key)
        assert new
        assert new.planned.deadline
        save_set_due(
            session,
            key,
            frozen_due(row),
            at=as_of,
            actor=actor,
            event="deadline changed",
            reason=reason,
            last_day=new.planned.deadline.last_day,
            last_day_before=old.planned.deadline.last_day,
        )
        change = _Change(session, tree, home.days, old, new, as_of, reason)
        outbox.withdraw(session, str(key), "", reason=change.said, at=as_of, kinds=_LISTS)
        for standing in new.standings:
            if not standing.reported and not standing.exempt:
                _tell(change, standing.unit)
    return new.planned.deadline


def _check(
    session: Session, old: LiveCycle, planned: PlannedCycle, due: SetDue, days: WorkingDays, as_of: datetime
) -> None:
    """RefusedActError where the change makes no sense, or comes out of order with the neighbours of a cascade."""
    assert planned.deadline
    if old.closed_at:
        raise RefusedActError(f"{old.key} is closed")
    check_due(planned, due)
    if planned.deadline == old.planned.deadline:
        raise RefusedActError(f"{old.key} is due on that day already: {planned.deadline.last_day}")
    if is_past(planned.deadline.due_at, as_of):
        last = planned.deadline.last_day
        raise RefusedActError(f"{last} has passed: every unit that has not reported would be late at once")
    plan = old.planned.plan
    rows = session.exec(select(CycleRow).where(CycleRow.plan == plan.code)).all()
    opened = {CycleKey.parse(row.key): frozen_due(row) for row in rows}
    for problem in neighbour_problems(plan, old.key, days, set_dues(session) | opened | {old.key: due}):
        raise RefusedActError(problem)


def _judge_by_the_old_day(session: Session, old: LiveCycle, planned: PlannedCycle) -> None:
    """What has come was sent under the day that held then."""
    assert planned.deadline
    came = {s.unit: s.due_at for s in old.standings if s.first_submitted_at and s.due_at}
    rows = session.exec(select(AssignmentRow).where(AssignmentRow.cycle_id == old.id)).all()
    for row in rows:
        if row.unit in came and came[row.unit] > planned.deadline.due_at:
            row.due_at = came[row.unit]


def _move(row: CycleRow, planned: PlannedCycle, document: str) -> None:
    assert planned.deadline
    assert planned.closes_on
    row.day_x, row.due_at, row.closes_on = (
        planned.deadline.day_x,
        planned.deadline.due_at,
        planned.closes_on,
    )
    row.moves, row.moved_by = row.moves + 1, document


def _tell(change: _Change, unit: str) -> None:
    """The mail stands in the place of the steps of the new day that have come by now."""
    old, new, session, at = change.old, change.new, change.session, change.as_of
    before, after = old.standing(unit), new.standing(unit)
    old_day = own_deadline(old, before, change.days)[0].last_day
    moved = old_day != own_deadline(new, after, change.days)[0].last_day
    if after.own_last_day:  # the mail is about the common day, and says that the unit's own stays
        old_day = old.planned.deadline.last_day if old.planned.deadline else old_day
    known = _last_day_known(session, old, unit) or old_day
    kinds = outbox.ASKING if moved else ("deadline-changed",)
    outbox.withdraw(session, str(new.key), unit, reason=change.said, at=at, kinds=kinds)
    emails = change.tree.emails(unit, at.date())
    row: dict[str, Any] = {"cycle": str(new.key), "unit": unit, "at": at}
    outbox.queue_for_unit(
        session,
        emails,
        kind="deadline-changed",
        step=new.mark[1:],
        planned_on=at.date(),
        payload={"old_day": known.isoformat(), "reason": change.reason},
        **row,
    )
    for rung in new.planned.rungs if after.own_last_day is None else ():
        if rung.on <= at.date():
            step = rung.step.step + new.mark
            row |= {"kind": "reminder", "state": "skipped", "reason": _TOLD}
            outbox.queue_for_unit(session, emails, step=step, planned_on=rung.on, **row)


def _last_day_known(session: Session, old: LiveCycle, unit: str) -> date | None:
    """Where the mail about an earlier change still waits, the unit knows only the day before that."""
    query = select(MessageRow.payload).where(
        MessageRow.cycle == str(old.key),
        MessageRow.unit == unit,
        MessageRow.kind == "deadline-changed",
        MessageRow.state == "queued",
    )
    waiting = session.exec(query).first()
    return date.fromisoformat(json.loads(waiting)["old_day"]) if waiting else None
