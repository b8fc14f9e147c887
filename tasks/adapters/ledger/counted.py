"""Submissions read back from the ledger, as values to add up and to show."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.figures import UnitFigures, UnitNarrative, kept_values
from models.ids import CycleKey
from models.tables import AssignmentRow, CycleRow, FigureRow, NarrativeRow, SubmissionRow
from models.taken import FigureValue


def counted_figures(
    session: Session, key: CycleKey, units: Collection[str] | None = None
) -> list[UnitFigures]:
    """The versions that count, with their figures and narratives, in the order units stand in the cycle; of these units
    alone, where some are named.
    """
    query = (
        select(AssignmentRow, SubmissionRow)
        .join(CycleRow, col(CycleRow.id) == AssignmentRow.cycle_id)
        .join(SubmissionRow, col(SubmissionRow.id) == AssignmentRow.submission_id)
        .where(CycleRow.key == str(key), ~col(AssignmentRow.returned), ~col(AssignmentRow.exempt))
        .order_by(col(AssignmentRow.position))
    )
    if units is not None:
        query = query.where(col(AssignmentRow.unit).in_(units))
    return _with_values(session, session.exec(query).all())


def versions_of(session: Session, key: CycleKey, versions: Collection[tuple[str, int]]) -> list[UnitFigures]:
    """These versions (unit, number), whether they count now or not; those that are not there are left out."""
    query = (
        select(AssignmentRow, SubmissionRow)
        .join(CycleRow, col(CycleRow.id) == AssignmentRow.cycle_id)
        .join(
            SubmissionRow,
            sa.and_(
                col(SubmissionRow.cycle_id) == AssignmentRow.cycle_id,
                col(SubmissionRow.unit) == AssignmentRow.unit,
            ),
        )
        .where(CycleRow.key == str(key))
        .order_by(col(AssignmentRow.position))
    )
    pairs = [pair for pair in session.exec(query) if (pair[1].unit, pair[1].version) in versions]
    return _with_values(session, pairs)


def _with_values(session: Session, pairs: Sequence[tuple[AssignmentRow, SubmissionRow]]) -> list[UnitFigures]:
    ids = [submission.id for _, submission in pairs]
    values: dict[int, list[FigureValue]] = defaultdict(list)
    for row in session.exec(select(FigureRow).where(col(FigureRow.submission_id).in_(ids))):
        values[row.submission_id].append(
            FigureValue(row.indicator, row.number, row.text, row.cell, given=row.given, asked=row.asked)
        )
    narratives: dict[int, list[UnitNarrative]] = defaultdict(list)
    names = {submission.id: assignment.unit_name for assignment, submission in pairs}
    for said in session.exec(
        select(NarrativeRow).where(col(NarrativeRow.submission_id).in_(ids)).order_by(col(NarrativeRow.id))
    ):
        narratives[said.submission_id].append(UnitNarrative(said.code, names[said.submission_id], said.text))
    return [
        UnitFigures(
            unit=assignment.unit,
            unit_name=assignment.unit_name,
            version=submission.version,
            channel=submission.channel,
            paper=submission.paper,
            file_sha256=submission.file_sha256,
            nil=submission.nil,
            figures=figures,
            narratives=tuple(narratives[submission.id or 0]),
            parts=parts,
        )
        for assignment, submission in pairs
        for figures, parts in [kept_values(values[submission.id or 0], nil=submission.nil)]
    ]
