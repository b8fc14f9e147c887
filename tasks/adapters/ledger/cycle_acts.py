"""A cycle opens once, with the units that owe; takes in a unit afterwards; and closes once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from models.calendar import PlannedCycle
from models.ids import CycleKey
from models.tables import AssignmentRow, CycleRow
from models.units import Unit
from tasks.adapters.ledger.cycles import LiveCycle, cycle_row
from tasks.adapters.ledger.events import append_event


@dataclass(frozen=True, slots=True)
class Owes:
    """A unit that owes a report, and the office it goes through."""

    unit: Unit
    collector: str


def open_cycle(
    session: Session, planned: PlannedCycle, sha256: str, owes: Sequence[Owes], *, at: datetime, actor: str
) -> bool:
    """Open a cycle and freeze who owes it, and through whom; False when it was open already."""
    assert planned.deadline
    assert planned.closes_on
    if session.exec(select(CycleRow.id).where(CycleRow.key == str(planned.key))).first():
        return False
    row = CycleRow(
        key=str(planned.key),
        plan=planned.key.plan,
        obligation=planned.key.obligation,
        period=planned.key.period,
        plan_sha256=sha256,
        day_x=planned.deadline.day_x,
        due_at=planned.deadline.due_at,
        closes_on=planned.closes_on,
        policy=planned.plan.policy,
        opened_at=at,
    )
    session.add(row)
    session.flush()
    assert row.id
    for position, each in enumerate(owes):
        session.add(_assignment(row.id, each, position))
    append_event(
        session,
        "cycle opened",
        at=at,
        actor=actor,
        cycle=row.key,
        due_at=row.due_at.isoformat(),
        units=[each.unit.code for each in owes],
    )
    return True


def assign(session: Session, live: LiveCycle, owes: Owes) -> bool:
    """Add a unit to a cycle that has opened; False where it owes already."""
    rows = session.exec(select(AssignmentRow).where(AssignmentRow.cycle_id == live.id)).all()
    if any(row.unit == owes.unit.code for row in rows):
        return False
    session.add(_assignment(live.id, owes, max((row.position for row in rows), default=-1) + 1))
    return True


def _assignment(cycle_id: int, owes: Owes, position: int) -> AssignmentRow:
    return AssignmentRow(
        cycle_id=cycle_id,
        unit=owes.unit.code,
        unit_name=owes.unit.body,
        position=position,
        kind=owes.unit.kind,
        collector=owes.collector,
    )


def close_cycle(session: Session, key: CycleKey, *, at: datetime, actor: str) -> bool:
    """Close a cycle; what comes later still counts, as late, and asks for a new version of the report."""
    row = cycle_row(session, key)
    if row.closed_at:
        return False
    row.closed_at = at
    append_event(session, "cycle closed", at=at, actor=actor, cycle=row.key)
    return True
