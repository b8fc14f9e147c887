"""Documents under way or issued that rest on a report which has changed: of their own cycle, or of one of any level below."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.report.since import ReportChange
from models.signing import DocumentState
from models.tables import AssignmentRow, CycleRow, DocumentRow, DocumentSourceRow, SubmissionRow

Flags = dict[int, list[ReportChange]]
"""By the document's id; only documents that are flagged."""


def note_sources(session: Session, row: DocumentRow, sources: Iterable[tuple[str, str, int]]) -> None:
    """Record once what a document rests on: (cycle, unit, version), 0 for a report that had not come."""
    if session.exec(select(DocumentSourceRow.id).where(DocumentSourceRow.document_id == row.id)).first():
        return
    assert row.id
    session.add_all(
        DocumentSourceRow(document_id=row.id, cycle=cycle, unit=unit, version=version)
        for cycle, unit, version in sources
    )


def flags(session: Session, cycle: str | None = None) -> Flags:
    """Of all documents, or of those of one cycle. What a later issued version has taken the place of is left alone."""
    now = sa.case(
        (sa.or_(col(AssignmentRow.returned), col(AssignmentRow.exempt)), 0),
        else_=sa.func.coalesce(col(SubmissionRow.version), 0),
    )
    query = (
        sa.select(
            col(DocumentSourceRow.document_id),
            col(DocumentSourceRow.cycle),
            col(DocumentSourceRow.unit),
            col(AssignmentRow.unit_name),
            col(DocumentSourceRow.version),
            now,
        )
        .join(CycleRow, sa.and_(col(CycleRow.key) == col(DocumentSourceRow.cycle)))
        .join(
            AssignmentRow,
            sa.and_(
                col(AssignmentRow.cycle_id) == col(CycleRow.id),
                col(AssignmentRow.unit) == col(DocumentSourceRow.unit),
            ),
        )
        .join(SubmissionRow, sa.and_(col(SubmissionRow.id) == col(AssignmentRow.submission_id)), isouter=True)
        .where(
            col(DocumentSourceRow.version) != now,
            col(DocumentSourceRow.document_id).in_(_standing(session, cycle)),
        )
        .order_by(col(DocumentSourceRow.id))
    )
    found: Flags = defaultdict(list)
    for document, *change in session.execute(query):
        found[document].append(ReportChange(*change))
    return dict(found)


def untold(session: Session, found: Flags) -> list[DocumentRow]:
    """The documents whose flags are others than the lead unit was told last."""
    rows = session.exec(select(DocumentRow).where(col(DocumentRow.id).in_(list(found)))).all()
    return [row for row in rows if row.flags != digest(found[row.id or 0])]


def digest(changes: Sequence[ReportChange]) -> str:
    """Names one set of changes."""
    told = sorted((each.cycle, each.unit, each.then, each.now) for each in changes)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _standing(session: Session, cycle: str | None) -> list[int]:
    """The documents that are under way or hold: of an issued one no later version is issued."""
    query = select(DocumentRow).where(col(DocumentRow.state) != DocumentState.DRAFT.value)
    query = query.where(DocumentRow.cycle == cycle) if cycle else query
    newest: dict[tuple[str, str, str], int] = {}
    rows = session.exec(query.order_by(col(DocumentRow.version))).all()
    for row in rows:
        if row.state == DocumentState.ISSUED.value:
            newest[row.cycle, row.kind, row.step] = row.version
    return [
        row.id for row in rows if row.id and row.version >= newest.get((row.cycle, row.kind, row.step), 0)
    ]
