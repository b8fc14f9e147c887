"""Opened cycles, read from the ledger as values: the plan each opened under, and where every unit stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.calendar import PlannedCycle, plan_cycle
from models.deadlines import SetDue
from models.ids import CycleKey
from models.periods import find_period
from models.plan import Plan
from models.states import Standing
from models.tables import AssignmentRow, CycleRow, SubmissionRow
from models.units import UnitTree
from models.units.owing import collector_of
from models.working_days import WorkingDays
from tasks.adapters.ledger.plans import plan_version

# Built once: to build a statement costs as much as to ask it, and a unit's page asks for these at every turn.
_CYCLES = select(CycleRow).order_by(CycleRow.due_at, CycleRow.key)  # type: ignore[arg-type]
_CYCLES_NAMED = _CYCLES.where(col(CycleRow.key).in_(bindparam("keys", expanding=True)))
_OWING = (
    select(AssignmentRow)
    .where(col(AssignmentRow.cycle_id).in_(bindparam("cycles", expanding=True)))
    .order_by(col(AssignmentRow.position))
)
_OWED_BY_ONE = _OWING.where(col(AssignmentRow.unit) == bindparam("unit"))
_SUBMISSIONS = select(SubmissionRow).where(col(SubmissionRow.id).in_(bindparam("ids", expanding=True)))
_ASSIGNMENT = (
    select(AssignmentRow)
    .join(CycleRow)
    .where(col(CycleRow.key) == bindparam("key"), col(AssignmentRow.unit) == bindparam("unit"))
)


@dataclass(frozen=True, slots=True)
class LiveCycle:
    """A cycle that has opened: the plan it opened under, and where every unit stands."""

    id: int
    planned: PlannedCycle
    opened_at: datetime
    closed_at: datetime | None
    standings: tuple[Standing, ...]
    """Of every unit that owes; of one alone, where only that was asked for."""
    moves: int = 0
    """How often its day was changed since."""
    plan_sha256: str = ""
    """Of the version of the plan it opened under."""

    @property
    def mark(self) -> str:
        """What steps carry once the day was changed, so that those of the new day are others than those of the old:
        its last day, and from the second change on which change it was.
        """
        if not self.moves or not self.planned.deadline:
            return ""
        return f"@{self.planned.deadline.last_day}" + (f".{self.moves}" if self.moves > 1 else "")

    @property
    def key(self) -> CycleKey:
        return self.planned.key

    def standing(self, unit: str) -> Standing:
        """KeyError where the unit does not owe this report."""
        for standing in self.standings:
            if standing.unit == unit:
                return standing
        raise KeyError(f"{unit} does not owe {self.key}")


def opened_keys(session: Session, *, still_open: bool = False) -> list[CycleKey]:
    query = select(CycleRow.key).order_by(CycleRow.due_at, CycleRow.key)  # type: ignore[arg-type]
    if still_open:
        query = query.where(col(CycleRow.closed_at).is_(None))
    return [CycleKey.parse(key) for key in session.exec(query)]


def load_cycles(
    session: Session,
    tree: UnitTree,
    days: WorkingDays,
    keys: Iterable[CycleKey] | None = None,
    only: str | None = None,
) -> list[LiveCycle]:
    """Opened cycles with their standings, in the order of their deadlines; of one unit alone, where `only` names it:
    thousands may owe, and who asks about one must not wait for the others.
    """
    if keys is None:
        rows = session.scalars(_CYCLES).all()
    else:
        rows = session.scalars(_CYCLES_NAMED, {"keys": [str(key) for key in keys]}).all()
    asked: dict[str, Any] = {"cycles": [row.id for row in rows]}
    owing = _OWING if only is None else _OWED_BY_ONE
    assignments: dict[int, list[AssignmentRow]] = defaultdict(list)
    for assignment in session.scalars(owing, asked if only is None else asked | {"unit": only}):
        assignments[assignment.cycle_id].append(assignment)
    counted = [a.submission_id for found in assignments.values() for a in found if a.submission_id]
    submissions = {row.id: row for row in session.scalars(_SUBMISSIONS, {"ids": counted})} if counted else {}
    return [live_cycle(session, row, assignments[row.id or 0], submissions, tree, days) for row in rows]


def load_cycle(
    session: Session, tree: UnitTree, days: WorkingDays, key: CycleKey, only: str | None = None
) -> LiveCycle | None:
    return next(iter(load_cycles(session, tree, days, [key], only)), None)


def opened_cycles(session: Session, days: WorkingDays) -> dict[CycleKey, PlannedCycle]:
    """Every cycle that has opened, under the plan and with the day it opened with."""
    rows = session.exec(select(CycleRow)).all()
    plans = {ref: plan_version(session, *ref) for ref in {(row.plan, row.plan_sha256) for row in rows}}
    return {CycleKey.parse(row.key): _planned(row, plans[row.plan, row.plan_sha256], days) for row in rows}


def _planned(row: CycleRow, plan: Plan, days: WorkingDays) -> PlannedCycle:
    obligation = plan.obligation(row.obligation)
    period = find_period(plan, obligation, row.period)
    # The day frozen at opening, or changed since, wins over whatever the rule would give today.
    planned = plan_cycle(plan, obligation, period, days, frozen_due(row))
    return replace(planned, opens_on=row.opened_at.date(), moved_by=row.moved_by) if row.moves else planned


def frozen_due(row: CycleRow) -> SetDue:
    """The day an opened cycle has, whatever its plan or calendar say by now."""
    return SetDue(row.day_x, inclusive=row.due_at.date() == row.day_x, document=row.moved_by, frozen=True)


def cycle_row(session: Session, key: CycleKey) -> CycleRow:
    """The row to decide on; the cycle must have opened."""
    return session.exec(select(CycleRow).where(CycleRow.key == str(key))).one()


def live_cycle(
    session: Session,
    row: CycleRow,
    assignments: list[AssignmentRow],
    submissions: dict[int | None, SubmissionRow],
    tree: UnitTree,
    days: WorkingDays,
) -> LiveCycle:
    """From rows that were read: the assignments asked about, and the submissions they count."""
    assert row.id
    planned = _planned(row, plan_version(session, row.plan, row.plan_sha256), days)
    assert planned.deadline
    standings = []
    for assignment in assignments:
        unit = tree.nearest(assignment.unit, row.opened_at.date())
        submission = submissions.get(assignment.submission_id)
        standings.append(
            Standing(
                unit=assignment.unit,
                unit_name=assignment.unit_name,
                due_at=max(assignment.due_at or row.due_at, row.due_at),
                has_address=bool(unit.emails_on(row.opened_at.date())),
                first_submitted_at=assignment.first_submitted_at,
                version=submission.version if submission else None,
                nil=bool(submission and submission.nil),
                channel=submission.channel if submission else None,
                paper=submission.paper if submission else "",
                returned=assignment.returned,
                exempt=assignment.exempt,
                # An extension the common day has caught up with is none, until that day moves back.
                extended_to=assignment.extended_to
                if assignment.extended_to and assignment.extended_to > planned.deadline.last_day
                else None,
                returned_until=assignment.returned_until,
                reason=assignment.reason,
                kind=assignment.kind or unit.kind,
                # An assignment older than the column: as it would be found today.
                collector=assignment.collector
                or collector_of(
                    tree,
                    assignment.unit,
                    planned.obligation.through,
                    planned.plan.lead,
                    row.opened_at.date(),
                ),
            )
        )
    return LiveCycle(
        row.id, planned, row.opened_at, row.closed_at, tuple(standings), row.moves, row.plan_sha256
    )


def assignment_row(session: Session, key: CycleKey, unit: str) -> AssignmentRow:
    """The row to decide on; KeyError where the unit does not owe this report or the cycle is not open."""
    row: AssignmentRow | None = session.scalars(_ASSIGNMENT, {"key": str(key), "unit": unit}).first()
    if row is None:
        raise KeyError(f"{unit} does not owe {key}, or the cycle has not opened")
    return row
