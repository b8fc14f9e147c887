"""Documents in the ledger: which version exists for which inputs."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from models.ids import CycleKey
from models.signing import DocumentState
from models.states import Coverage
from models.tables import DocumentRow
from tasks.adapters.ledger.events import append_event, read_mark

_BEFORE = "drafts before issuing"
"""The mark a migrated ledger has: the newest document that was written when nobody could record an issue."""


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
    """Cycle → what `inputs_written` says of the last version of the lead unit's Báo cáo, for the cycles that have one."""
    wanted = ("cycle", "inputs", "id", "state", "relates_to")
    query = sa.select(*(col(getattr(DocumentRow, name)) for name in wanted)).where(
        col(DocumentRow.kind) == "bao-cao", col(DocumentRow.unit) == ""
    )
    found: dict[str, str] = {}
    issued: dict[str, int | None] = {}
    for cycle, inputs, number, state, follows in session.execute(query.order_by(col(DocumentRow.version))):
        is_issued = state == DocumentState.ISSUED.value
        stale = not is_issued and issued.get(cycle) != follows
        found[cycle] = "" if stale else inputs
        if is_issued:
            issued[cycle] = number
    return found


def inputs_written(session: Session, row: DocumentRow | None) -> str | None:
    """What the last version of a Báo cáo was made from; "" where it is a draft that does not follow the one that was
    issued since: then it has to be written anew. None where there is no version.
    """
    if row is None:
        return None
    before = issued_before(session, row)
    stale = row.state != DocumentState.ISSUED.value and (before.id if before else None) != row.relates_to
    return "" if stale else row.inputs


def last_issued(session: Session, key: CycleKey, kind: str) -> DocumentRow | None:
    """The newest version of the lead unit's document that was issued."""
    query = select(DocumentRow).where(
        DocumentRow.cycle == str(key),
        DocumentRow.kind == kind,
        DocumentRow.unit == "",
        DocumentRow.state == DocumentState.ISSUED.value,
    )
    return session.exec(query.order_by(col(DocumentRow.id).desc()).limit(1)).first()


def save_document(
    session: Session,
    key: CycleKey,
    kind: str,
    *,
    step: str,
    sha256: str,
    inputs: str,
    snapshot: str,
    file: str,
    coverage: Coverage,
    at: datetime,
    actor: str = "sweep",
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
        snapshot=snapshot,
        file=file,
        received=coverage.received,
        expected=coverage.expected,
        supersedes=before.id if before else None,
        written_at=at,
    )
    session.add(row)
    append_event(
        session,
        "document written",
        at=at,
        actor=actor,
        cycle=str(key),
        document=kind,
        step=step,
        version=row.version,
        sha256=sha256,
        snapshot=snapshot,
    )
    return row


def documents_of(session: Session, key: CycleKey | None = None) -> list[DocumentRow]:
    query = select(DocumentRow).order_by(col(DocumentRow.cycle), col(DocumentRow.id))
    if key:
        query = query.where(DocumentRow.cycle == str(key))
    return list(session.exec(query))


def waiting_drafts(session: Session, key: CycleKey | None = None) -> dict[str, list[DocumentRow]]:
    """Cycle → the documents of the lead unit that wait to be issued: of each kind the newest, unless it is issued
    already. What is older is superseded: an earlier version, or an earlier công văn.
    """
    newest = select(func.max(DocumentRow.id)).where(DocumentRow.unit == "")
    newest = newest.where(DocumentRow.cycle == str(key)) if key else newest
    newest = newest.group_by(DocumentRow.cycle, DocumentRow.kind)
    query = select(DocumentRow).where(
        col(DocumentRow.id).in_(newest),
        DocumentRow.state != DocumentState.ISSUED.value,
        col(DocumentRow.id) > int(read_mark(session, _BEFORE) or 0),
    )
    found: dict[str, list[DocumentRow]] = {}
    for row in session.exec(query.order_by(col(DocumentRow.id))):
        found.setdefault(row.cycle, []).append(row)
    return found


def find_document(
    session: Session, key: CycleKey, kind: str, step: str = "", version: int | None = None
) -> DocumentRow | None:
    """A document of the lead unit: of this version, or without one the newest, of a công văn without a step the last."""
    query = select(DocumentRow).where(
        DocumentRow.cycle == str(key), DocumentRow.kind == kind, DocumentRow.unit == ""
    )
    query = query.where(DocumentRow.step == step) if step else query
    query = query.where(DocumentRow.version == version) if version else query
    return session.exec(query.order_by(col(DocumentRow.id).desc()).limit(1)).first()


def issued_before(session: Session, row: DocumentRow) -> DocumentRow | None:
    """The last version before this one that was issued: a later draft must not hide it."""
    query = select(DocumentRow).where(
        DocumentRow.cycle == row.cycle,
        DocumentRow.kind == row.kind,
        DocumentRow.step == row.step,
        DocumentRow.unit == row.unit,
        DocumentRow.version < row.version,
        DocumentRow.state == DocumentState.ISSUED.value,
    )
    return session.exec(query.order_by(col(DocumentRow.version).desc()).limit(1)).first()


def issued_under(session: Session, number: str, year: int) -> list[DocumentRow]:
    """The documents of any lead unit that have this số, ký hiệu in this year."""
    query = select(DocumentRow).where(
        DocumentRow.number == number,
        DocumentRow.state == DocumentState.ISSUED.value,
        col(DocumentRow.day) >= date(year, 1, 1),
        col(DocumentRow.day) <= date(year, 12, 31),
    )
    return list(session.exec(query))
