"""Documents in the ledger: which version exists for which inputs."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.ids import CycleKey
from models.tables import DocumentRow
from tasks.adapters.ledger.events import append_event


def newest_document(
    session: Session, key: CycleKey, kind: str, step: str = "", unit: str = ""
) -> DocumentRow | None:
    query = (
        select(DocumentRow)
        .where(
            DocumentRow.cycle == str(key),
            DocumentRow.kind == kind,
            DocumentRow.step == step,
            DocumentRow.unit == unit,
        )
        .order_by(col(DocumentRow.version).desc())
        .limit(1)
    )
    return session.exec(query).first()


def newest_inputs(session: Session) -> dict[str, str]:
    """Cycle → what went into the last version of the lead unit's Báo cáo, for the cycles that have one."""
    query = (
        select(DocumentRow.cycle, DocumentRow.inputs)
        .where(DocumentRow.kind == "bao-cao", DocumentRow.unit == "")
        .order_by(col(DocumentRow.version))
    )
    return dict(session.exec(query).all())


def save_document(
    session: Session,
    key: CycleKey,
    kind: str,
    *,
    step: str,
    sha256: str,
    inputs: str,
    file: str,
    at: datetime,
) -> DocumentRow:
    """Record the next version of a document; the one before is kept."""
    before = newest_document(session, key, kind, step)
    row = DocumentRow(
        cycle=str(key),
        kind=kind,
        step=step,
        version=before.version + 1 if before else 1,
        sha256=sha256,
        inputs=inputs,
        file=file,
        supersedes=before.id if before else None,
        written_at=at,
    )
    session.add(row)
    append_event(
        session,
        "document written",
        at=at,
        actor="sweep",
        cycle=str(key),
        document=kind,
        step=step,
        version=row.version,
        sha256=sha256,
    )
    return row


def documents_of(session: Session, key: CycleKey | None = None) -> list[DocumentRow]:
    query = select(DocumentRow).order_by(col(DocumentRow.cycle), col(DocumentRow.id))
    if key:
        query = query.where(DocumentRow.cycle == str(key))
    return list(session.exec(query))
