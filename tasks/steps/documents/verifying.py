"""Is this file a document of ours, is it as it was written, does the ledger still give it, and what has changed since?"""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from sqlmodel import Session, col, select

from models.report.frozen import Frozen, FrozenError, FrozenTotal
from models.report.since import ReportChange, TotalChange
from models.signing import document_label
from models.tables import DocumentRow
from tasks.adapters.documents.mark import mark_of
from tasks.adapters.documents.words import Difference, differences
from tasks.adapters.home import Home
from tasks.steps.documents.freezing import inputs_of_row, make_again, thaw
from tasks.steps.documents.sealed import is_as_sealed
from tasks.steps.documents.since import report_changes, sources_of, total_changes
from tasks.steps.totals.totalling import plain

Remade = Literal["same", "same figures", "different", "not possible"]
"""`same figures`: figures and sections are what was sealed, and this program writes them in another form or other words."""


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    sha256: str
    row: DocumentRow | None
    """None: no document of this ledger."""
    genuine: bool
    """Byte for byte what was written."""
    remade: Remade
    """What the ledger gives for the inputs that were kept, beside what was written."""
    why: str
    """Why it could not be made again."""
    differences: tuple[Difference, ...]
    """Of the words of the file from what was written; where it is genuine, of what the ledger gives from it."""
    reports: tuple[ReportChange, ...] = ()
    totals: tuple[TotalChange, ...] = ()
    newer: int | None = None
    """The newest version, where that is another."""

    @property
    def ok(self) -> bool:
        """It is as it was written, and nothing it was made from has changed."""
        return self.genuine and self.remade != "different" and not self.reports and not self.totals

    def as_json(self) -> dict[str, Any]:
        row = self.row
        return {
            "ok": self.ok,
            "sha256": self.sha256,
            "document": _row_json(row) if row else None,
            "genuine": self.genuine,
            "remade": self.remade,
            "why": self.why or None,
            "differences": [
                {"place": each.place, "found": each.found, "expected": each.expected}
                for each in self.differences
            ],
            "changed_since": {
                "reports": [
                    {"cycle": each.cycle, "unit": each.unit, "name": each.unit_name}
                    | {"then": each.then or None, "now": each.now or None}
                    for each in self.reports
                ],
                "totals": [change_json(each) for each in self.totals],
                "newer_version": self.newer,
            },
        }


def verify_document(home: Home, data: bytes) -> DocumentVerdict:
    """NotADocumentError where the bytes are no .docx. A document from before inputs were kept is held against its bytes
    alone, and that is said.
    """
    sha256, mark = hashlib.sha256(data).hexdigest(), mark_of(data)
    with home.ledger.read() as session:
        row = _find(session, sha256, mark)
        if row is None:
            return DocumentVerdict(sha256, None, genuine=False, remade="not possible", why="", differences=())
        newest = _newest(session, row)
        written = home.files.read(row.file)
        genuine = sha256 == row.sha256
        inputs, remade, why, again = _made_again(home, session, row)
        if not genuine:
            found = differences(data, written)
        elif remade in {"different", "same figures"}:
            found = differences(again, written)
        else:
            found = []
        reports = report_changes(session, sources_of(home, session, inputs)) if inputs else []
    return DocumentVerdict(
        sha256,
        row,
        genuine=genuine,
        remade=remade,
        why=why,
        differences=tuple(found),
        reports=tuple(reports),
        totals=tuple(total_changes(home, inputs)) if inputs else (),
        newer=newest if newest != row.version else None,
    )


def change_json(change: TotalChange) -> dict[str, Any]:
    return {"code": change.then.code, "then": _figure(change.then), "now": _figure(change.now)}


def _figure(total: FrozenTotal | None) -> Any:
    if total is None:
        return None
    return plain(total.value) if not total.answers else [list(answer) for answer in total.answers]


def _made_again(home: Home, session: Session, row: DocumentRow) -> tuple[Frozen | None, Remade, str, bytes]:
    try:
        inputs = inputs_of_row(home, row)
        if inputs is None:
            return None, "not possible", "it was written before inputs were kept", b""
        again = make_again(home, session, inputs)
        is_sealed = is_as_sealed(session, inputs, thaw(home, session, inputs))
    except (FrozenError, KeyError, FileNotFoundError) as error:
        return None, "not possible", f"what it was made from is not there any more: {error}", b""
    if not is_sealed:
        return inputs, "different", "", again
    same = hashlib.sha256(again).hexdigest() == row.sha256
    return inputs, "same" if same else "same figures", "", again


def _find(session: Session, sha256: str, mark: str) -> DocumentRow | None:
    """By its bytes, else by the mark inside it."""
    query = select(DocumentRow).order_by(col(DocumentRow.id).desc()).limit(1)
    found = session.exec(query.where(DocumentRow.sha256 == sha256)).first()
    if found is None and mark:
        found = session.exec(query.where(DocumentRow.snapshot == mark)).first()
    return found


def _newest(session: Session, row: DocumentRow) -> int:
    query = select(DocumentRow.version).where(
        DocumentRow.cycle == row.cycle, DocumentRow.kind == row.kind, DocumentRow.step == row.step
    )
    return max(session.exec(query))


def _row_json(row: DocumentRow) -> dict[str, Any]:
    return {
        "cycle": row.cycle,
        "kind": row.kind,
        "step": row.step or None,
        "version": row.version,
        "label": document_label(row.kind, row.step, row.version),
        "state": row.state,
        "number": row.number or None,
        "day": row.day.isoformat() if row.day else None,
        "sha256": row.sha256,
    }
