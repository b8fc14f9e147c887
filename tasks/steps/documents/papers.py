"""The documents of a cycle as board and page show them: every version, with its state. What was issued stays in sight,
whatever drafts came after it.
"""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from models.ids import CycleKey
from models.report.since import ReportChange
from models.signing import KINDS, OWNERS, VIETNAMESE, DocumentState
from models.tables import DocumentRow
from tasks.adapters.ledger.documents import documents_of
from tasks.adapters.ledger.flags import flags

Papers = dict[str, list[dict[str, Any]]]
"""By cycle, in the order in which they were written."""


def papers_of(session: Session, key: CycleKey | None = None) -> Papers:
    """Of one cycle, or of all."""
    found: Papers = {}
    flagged = flags(session, str(key) if key else None)
    for row in documents_of(session, key):
        found.setdefault(row.cycle, []).append(_told(row, flagged.get(row.id or 0, [])))
    return found


def _told(row: DocumentRow, changes: Sequence[ReportChange]) -> dict[str, Any]:
    state = DocumentState(row.state)
    return {
        "id": row.id,
        "kind": row.kind,
        "kind_vi": KINDS[row.kind],
        "step": row.step or None,
        "version": row.version,
        "state": state.value,
        "state_vi": VIETNAMESE[state],
        "owner_vi": OWNERS.get(state),
        "number": row.number or None,
        "day": row.day.isoformat() if row.day else None,
        "written_at": row.written_at.isoformat(),
        "received": row.received,
        "expected": row.expected,
        "relation": row.relation or None,
        "scanned": bool(row.scan_sha256),
        "dispatched_at": row.dispatched_at.isoformat() if row.dispatched_at else None,
        "archived": bool(row.archive_sha256),
        "flagged": [
            {"cycle": each.cycle, "unit": each.unit, "name": each.unit_name, "vi": each.vietnamese}
            | {"then": each.then or None, "now": each.now or None}
            for each in changes
        ],
    }
