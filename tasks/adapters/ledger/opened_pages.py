"""What a unit's link opens, in two questions to the ledger: in the last hour of a deadline it is asked at every turn."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.ids import CycleKey
from models.tables import AssignmentRow, CycleRow, DraftRow, PageLinkRow, SubmissionRow
from models.units import UnitTree
from models.working_days import WorkingDays
from tasks.adapters.ledger.cycles import LiveCycle, live_cycle
from tasks.adapters.ledger.drafts import Draft, draft_of

# Built once: to build a statement costs as much as to ask it.
_STORED = (
    select(CycleRow, AssignmentRow, DraftRow, PageLinkRow.generation)
    .join(AssignmentRow, col(AssignmentRow.cycle_id) == CycleRow.id)
    .outerjoin(DraftRow, col(DraftRow.assignment_id) == AssignmentRow.id)
    .outerjoin(
        PageLinkRow,
        sa.and_(col(PageLinkRow.cycle) == CycleRow.key, col(PageLinkRow.unit) == AssignmentRow.unit),
    )
    .where(col(CycleRow.key) == sa.bindparam("key"), col(AssignmentRow.unit) == sa.bindparam("unit"))
)
_VERSIONS = (
    select(SubmissionRow)
    .where(
        col(SubmissionRow.cycle_id) == sa.bindparam("cycle"),
        col(SubmissionRow.unit) == sa.bindparam("unit"),
    )
    .order_by(col(SubmissionRow.version))
)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """`live` with the standing of this unit alone; `generation`: how often its link was issued anew."""

    live: LiveCycle
    generation: int
    draft: Draft
    submissions: tuple[SubmissionRow, ...]
    """Every version the unit sent, in order."""


def load_page(
    session: Session, tree: UnitTree, days: WorkingDays, key: CycleKey, unit: str
) -> StoredPage | None:
    """None where the unit does not owe this report, or its cycle has not opened."""
    found = session.execute(_STORED, {"key": str(key), "unit": unit}).first()
    if found is None:
        return None
    cycle, assignment, draft, generation = found
    versions = tuple(session.scalars(_VERSIONS, {"cycle": cycle.id, "unit": unit}))
    live = live_cycle(session, cycle, [assignment], {row.id: row for row in versions}, tree, days)
    return StoredPage(live, generation or 0, draft_of(draft), versions)
