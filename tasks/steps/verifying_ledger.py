"""Is the ledger as it was written: the chain of events, the anchors beside it, the rows against their events, and the files
against their hashes.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.tables import (
    AssignmentRow,
    AttachmentRow,
    CycleRow,
    DocumentRow,
    EventRow,
    SubmissionRow,
)
from models.verifying import Event, Told, Wrong, compare, replay
from tasks.adapters.anchors import AnchorError, read_anchors
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import GENESIS, seal
from tasks.steps.documents.sealed import values_held
from tasks.steps.quiet import is_behind_witness


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    events: int
    anchors: int
    submissions: int
    documents: int
    files: int
    unsealed: int
    """Versions of reports from before their figures were sealed: whether those were changed cannot be said."""
    wrong: tuple[Wrong, ...]

    def as_json(self) -> dict[str, Any]:
        counts = ("events", "anchors", "submissions", "documents", "files", "unsealed")
        told = {name: getattr(self, name) for name in counts}
        return {"ok": not self.wrong, **told, "findings": [each.as_json() for each in self.wrong]}


def verify_ledger(
    home: Home, *, files: bool = True, tell: Callable[[int, int], object] | None = None
) -> LedgerVerdict:
    """`files`: hash every file again, too; `tell` hears how many of them are done."""
    with home.ledger.read() as session:
        events = list(session.exec(select(EventRow).order_by(col(EventRow.id))))
        wrong = _chain(events)
        anchors, found = _anchors(home, [event.hash for event in events])
        keys = {row.id: row.key for row in session.exec(select(CycleRow))}
        submissions = _submissions(session, keys)
        documents = _documents(session)
        # Events that are not what was sealed say nothing of the rows.
        told = Told() if wrong else replay(_events(events))
        wrong += found if wrong else found + _rows(session, keys, told, submissions, documents)
        named = _named_files(session) if files else []
    if is_behind_witness(home):
        wrong.append(
            Wrong("witness", "ledger.witness", "the ledger lacks it", "the event seen when mail last went")
        )
    for place, (where, sha256, read) in enumerate(named, start=1):
        wrong += _file(home, where, sha256, read)
        if tell:
            tell(place, len(named))
    unsealed = sum(not values["values_sha256"] for values in told.submissions.values())
    return LedgerVerdict(
        len(events), anchors, len(submissions), len(documents), len(named), unsealed, tuple(wrong)
    )


def _events(events: Iterable[EventRow]) -> Iterator[Event]:
    for event in events:
        yield Event(event.kind, event.cycle, event.unit, json.loads(event.data))


def _chain(events: Iterable[EventRow]) -> list[Wrong]:
    """The first event that does not hold; what comes after it may still."""
    previous = GENESIS
    for event in events:
        if event.previous != previous or event.hash != seal(event):
            found = "changed, or one before it is missing"
            return [Wrong("event", f"event {event.id} ({event.kind})", found, "as it was sealed")]
        previous = event.hash
    return []


def _anchors(home: Home, seals: list[str]) -> tuple[int, list[Wrong]]:
    try:
        anchors = read_anchors(home.folder)
    except AnchorError as error:
        return 0, [Wrong("anchor", "anchors", str(error), "an anchor")]
    wrong = []
    for each in anchors:
        there = seals[each.events - 1] if 0 < each.events <= len(seals) else GENESIS
        if there != each.seal and each.events:
            found = f"{len(seals)} events" if each.events > len(seals) else f"another event {each.events}"
            expected = f"{each.events} events, the last with seal {each.seal[:12]}…"
            wrong.append(Wrong("anchor", f"anchors/{each.day}.json", found, expected))
    return len(anchors), wrong


def _rows(
    session: Session,
    keys: dict[int | None, str],
    told: Told,
    submissions: dict[Any, dict[str, str]],
    documents: dict[Any, dict[str, str]],
) -> list[Wrong]:
    owing = {
        (keys[row.cycle_id], row.unit): {
            "version": str(version or ""),
            "returned": "yes" if row.returned else "no",
            "exempt": "yes" if row.exempt else "no",
        }
        for row, version in session.exec(
            select(AssignmentRow, SubmissionRow.version).join(
                SubmissionRow, sa.and_(col(SubmissionRow.id) == AssignmentRow.submission_id), isouter=True
            )
        )
    }
    return [
        *compare("submission", told.submissions, submissions, all_told=True),
        *compare("document", told.documents, documents, all_told=True),
        *compare("unit", told.owing, owing, all_told=False),
    ]


def _submissions(session: Session, keys: dict[int | None, str]) -> dict[Any, dict[str, str]]:
    held = values_held(session)
    return {
        (keys[row.cycle_id], row.unit, row.version): {
            "file_sha256": row.file_sha256,
            "values_sha256": held[keys[row.cycle_id], row.unit, row.version],
        }
        for row in session.exec(select(SubmissionRow))
    }


def _documents(session: Session) -> dict[Any, dict[str, str]]:
    names = ("sha256", "snapshot", "state", "number", "day", "scan_sha256", "archive_sha256")
    return {
        (row.cycle, row.kind, row.step, row.version): {name: str(getattr(row, name) or "") for name in names}
        for row in session.exec(select(DocumentRow))
    }


Named = tuple[str, str, str]
"""Where a file is named, its hash, and the name it is read by; "" for one that is kept by its hash."""


def _named_files(session: Session) -> list[Named]:
    found: dict[tuple[str, str], Named] = {}

    def name(place: str, sha256: str, read: str = "") -> None:
        if sha256:
            found.setdefault((sha256, read), (place, sha256, read))

    for report in session.exec(select(SubmissionRow)):
        place = f"{report.unit} version {report.version}"
        name(place, report.file_sha256)
        name(f"{place}, its mail", report.mail_sha256)
    for attachment in session.exec(select(AttachmentRow)):
        name(f"attachment {attachment.name}", attachment.file_sha256)
    for row in session.exec(select(DocumentRow)):
        name(row.file, row.sha256, row.file)
        name(f"inputs of {row.file}", row.snapshot)
        name(f"signed scan of {row.file}", row.scan_sha256)
        name(f"bundle of {row.file}", row.archive_sha256)
    return list(found.values())


def _file(home: Home, place: str, sha256: str, read: str) -> list[Wrong]:
    try:
        data = home.files.read(read) if read else home.files.kept(sha256)
    except FileNotFoundError:
        return [Wrong("file", place, "no file", f"a file with sha256 {sha256[:12]}…")]
    found = hashlib.sha256(data).hexdigest()
    if found == sha256:
        return []
    return [Wrong("file", place, f"sha256 {found[:12]}…", f"sha256 {sha256[:12]}…")]
