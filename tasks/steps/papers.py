"""The documents of a cycle as board and page show them: every version, with its state. What was issued stays in sight,
whatever drafts came after it.
"""

from typing import Any

from sqlmodel import Session

from models.ids import CycleKey
from models.signing import KINDS, OWNERS, VIETNAMESE, DocumentState
from models.tables import DocumentRow
from tasks.adapters.ledger.documents import documents_of

Papers = dict[str, list[dict[str, Any]]]
"""By cycle, in the order in which they were written."""


def papers_of(session: Session, key: CycleKey | None = None) -> Papers:
    """Of one cycle, or of all."""
    found: Papers = {}
    for row in documents_of(session, key):
        found.setdefault(row.cycle, []).append(_told(row))
    return found


def _told(row: DocumentRow) -> dict[str, Any]:
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
    }
