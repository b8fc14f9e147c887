"""One bundle of all that belongs to an issued document: the file, the signed scan, what it was made from, the reports as they
came, the events of its cycle, and the checksums of all. The same document always gives the same bundle, byte for byte.
"""

import hashlib
import json
import posixpath
from datetime import datetime

from sqlmodel import Session, col, select

from models.ids import CycleKey
from models.signing import DocumentState, document_label
from models.tables import CycleRow, DocumentRow, DocumentSourceRow, EventRow, SubmissionRow
from tasks.adapters.home import Home
from tasks.adapters.packing import deflated, package
from tasks.steps.acts import RefusedActError
from tasks.steps.documents.issuing import Which, tell_event, the_document

_LARGEST = 2 * 2**30
"""Bytes; the packages we write have no 64-bit forms."""
_OF_ITSELF = ("document issued", "issue corrected", "document scanned", "document dispatched")


def archive(
    home: Home, key: CycleKey, which: Which, *, as_of: datetime, actor: str
) -> tuple[DocumentRow, bytes]:
    """Kept by its hash, which stands in the chain. RefusedActError where the document is not issued, FileNotFoundError
    where something that belongs to it is not there: a bundle is whole or not made.
    """
    with home.ledger.read() as session:
        _, _, row = the_document(home, session, key, which)
        if row.state != DocumentState.ISSUED:
            label = document_label(row.kind, row.step, row.version)
            raise RefusedActError(f"{label} of {key} is not issued: a draft is not archived")
        bundle = _bundle(_parts(home, session, row))
    sha256 = home.files.keep(bundle)
    with home.ledger.write() as session:
        _, _, row = the_document(home, session, key, Which(row.kind, row.step, row.version))
        if row.archive_sha256 != sha256:
            row.archive_sha256 = sha256
            tell_event(session, "document archived", row, as_of, actor, archive_sha256=sha256)
    return row, bundle


def _parts(home: Home, session: Session, row: DocumentRow) -> dict[str, bytes]:
    """By name; nothing in them depends on when they are put together."""
    label = document_label(row.kind, row.step, row.version)
    parts = {f"van-ban/{label}.docx": home.files.read(row.file)}
    if row.scan_sha256:
        parts[f"van-ban/{row.scan_name}"] = home.files.kept(row.scan_sha256)
    if row.snapshot:
        parts["du-lieu/dau-vao.json"] = home.files.kept(row.snapshot)
    for name, sha256 in _reports(session, row):
        parts[name] = home.files.kept(sha256)
    parts["so-cai/su-kien.jsonl"] = _events(session, row)
    parts["van-ban/van-ban.json"] = _told(row)
    return parts


def _reports(session: Session, row: DocumentRow) -> list[tuple[str, str]]:
    """(name in the bundle, hash) of every report it rests on, of every level."""
    query = (
        select(DocumentSourceRow, SubmissionRow)
        .join(CycleRow, col(CycleRow.key) == DocumentSourceRow.cycle)
        .join(
            SubmissionRow,
            (col(SubmissionRow.cycle_id) == CycleRow.id)
            & (col(SubmissionRow.unit) == DocumentSourceRow.unit)
            & (col(SubmissionRow.version) == DocumentSourceRow.version),
        )
        .where(DocumentSourceRow.document_id == row.id)
        .order_by(col(DocumentSourceRow.id))
    )
    return [
        (
            f"bao-cao-don-vi/{source.cycle.replace('/', '-')}/{report.unit}-v{report.version}{_ending(report.file_name)}",
            report.file_sha256,
        )
        for source, report in session.exec(query)
    ]


def _ending(name: str) -> str:
    ending = posixpath.splitext(name)[1].lower()
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 6 else ".bin"


def _events(session: Session, row: DocumentRow) -> bytes:
    """Those of its cycle, a line each, up to the last that is about the document itself; with their seals, so that they
    can be found in the chain.
    """
    events = list(
        session.exec(select(EventRow).where(EventRow.cycle == row.cycle).order_by(col(EventRow.id)))
    )
    own = (row.kind, row.step, row.version)
    last = max(
        (
            place
            for place, event in enumerate(events)
            if event.kind in _OF_ITSELF and _document(json.loads(event.data)) == own
        ),
        default=-1,
    )
    lines = [
        {
            "id": event.id,
            "at": event.at.isoformat(),
            "kind": event.kind,
            "unit": event.unit,
            "actor": event.actor,
            "data": json.loads(event.data),
            "previous": event.previous,
            "hash": event.hash,
        }
        for event in events[: last + 1]
    ]
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines).encode()


def _document(data: dict[str, object]) -> tuple[object, ...]:
    return data.get("document"), data.get("step", ""), data.get("version")


def _told(row: DocumentRow) -> bytes:
    told = {
        "cycle": row.cycle,
        "kind": row.kind,
        "step": row.step,
        "version": row.version,
        "number": row.number,
        "day": row.day.isoformat() if row.day else None,
        "received": row.received,
        "expected": row.expected,
        "relation": row.relation,
        "sha256": row.sha256,
        "inputs_sha256": row.snapshot,
        "scan_sha256": row.scan_sha256,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _bundle(parts: dict[str, bytes]) -> bytes:
    if sum(map(len, parts.values())) > _LARGEST:
        raise RefusedActError("the bundle would be larger than 2 GB")
    sums = "".join(f"{hashlib.sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts))
    parts = parts | {"SHA256SUMS": sums.encode()}
    return package(deflated(name, parts[name]) for name in sorted(parts))
