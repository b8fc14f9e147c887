"""Submissions in the ledger: versions, figures with their cells, narratives with their unit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.attachments import Attachment
from models.changes import Flag
from models.content import content_sha256
from models.finding import Finding
from models.ids import CycleKey
from models.tables import (
    AssignmentRow,
    AttachmentRow,
    CycleRow,
    EventRow,
    FigureRow,
    NarrativeRow,
    SubmissionRow,
)
from models.taken import FigureValue, Intake
from models.waivers import Waiver, answered
from tasks.adapters.ledger.events import append_events, event
from tasks.adapters.ledger.sealing import values_sha256
from tasks.adapters.ledger.settling import stop_asking_for

# Built once: to build a statement costs as much as to ask it.
_STORED = (
    select(AssignmentRow, SubmissionRow)
    .join(CycleRow, col(CycleRow.id) == AssignmentRow.cycle_id)
    .outerjoin(
        SubmissionRow,
        sa.and_(
            col(SubmissionRow.cycle_id) == AssignmentRow.cycle_id,
            col(SubmissionRow.unit) == AssignmentRow.unit,
        ),
    )
    .where(
        col(CycleRow.key) == sa.bindparam("key"),
        col(AssignmentRow.unit).in_(sa.bindparam("units", expanding=True)),
    )
    .order_by(col(SubmissionRow.id))
)


@dataclass(frozen=True, slots=True)
class Sent:
    """How a file came in."""

    file_sha256: str
    received_at: datetime
    channel: str = "file"
    file_name: str = ""
    submitted_by: str = ""
    on_behalf_of: str = ""
    besides: str = ""
    """What came with the figures and tells two reports apart: remarks, reasons, files."""
    attachments: tuple[Attachment, ...] = ()
    noted_at: datetime | None = None
    """When it was taken in, where it was received before."""
    paper: str = ""
    sender: str = ""
    mail: str = ""
    mail_sha256: str = ""

    @property
    def entered_at(self) -> datetime:
        return self.noted_at or self.received_at


@dataclass(frozen=True, slots=True)
class Accepted:
    """`new` is False where the same content had been accepted before: it stays the same version."""

    version: int
    new: bool
    first_submitted_at: datetime
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Report:
    """What one unit sent, found to be in order; flags are for the reviewer."""

    unit: str
    intake: Intake
    sent: Sent
    flags: Sequence[Flag] = ()


def save_submissions(session: Session, key: CycleKey, reports: Sequence[Report]) -> list[Accepted]:
    """Accept what was read, each whole, as the unit's next version; or recognise it as the version that already counts.

    All of one cycle, of a unit one at most: with as few questions to the ledger as for one. Warnings are kept with the
    reasons given for them. The first submission time is set once. What was queued to remind a unit is withdrawn in the
    same transaction. KeyError where a unit does not owe this report or the cycle is not open; then nothing is kept.
    """
    stored = _stored(session, key, [report.unit for report in reports])
    accepted = {}
    saved = []
    for report in reports:
        assignment, versions = stored[report.unit]
        waivers = answered(report.intake.findings, report.intake.notes)
        content = content_sha256(report.intake, report.sent.besides, waivers)
        counted = next((row for row in versions if row.id == assignment.submission_id), None)
        if counted and counted.content_sha256 == content and not assignment.returned:
            assert assignment.first_submitted_at
            accepted[report.unit] = Accepted(counted.version, False, assignment.first_submitted_at)
            continue
        if counted:
            counted.status = "superseded"
        version = max((row.version for row in versions), default=0) + 1
        saved.append((report, assignment, _row(assignment.cycle_id, version, report, content, waivers)))
    session.add_all(row for _, _, row in saved)
    session.flush()
    events = (
        stop_asking_for(
            session, str(key), {row.unit: (row.version, report.sent.entered_at) for report, _, row in saved}
        )
        if saved
        else []
    )
    for report, assignment, row in saved:
        assignment.submission_id, assignment.returned = row.id, False
        assignment.first_submitted_at = assignment.first_submitted_at or row.received_at
        values = _save_values(session, row, report)
        events.append(_accepted(key, row, report.sent, values))
        accepted[row.unit] = Accepted(
            row.version, True, assignment.first_submitted_at, report.intake.findings
        )
    if events:
        append_events(session, events)
    return [accepted[report.unit] for report in reports]


def _stored(
    session: Session, key: CycleKey, units: Sequence[str]
) -> dict[str, tuple[AssignmentRow, list[SubmissionRow]]]:
    """Who owes this report, each with the versions there are."""
    found: dict[str, tuple[AssignmentRow, list[SubmissionRow]]] = {}
    for assignment, submission in session.execute(_STORED, {"key": str(key), "units": list(units)}):
        versions = found.setdefault(assignment.unit, (assignment, []))[1]
        if submission:
            versions.append(submission)
    for unit in units:
        if unit not in found:
            raise KeyError(f"{unit} does not owe {key}, or the cycle has not opened")
    return found


def _row(
    cycle_id: int, version: int, report: Report, content: str, waivers: Sequence[Waiver]
) -> SubmissionRow:
    sent = report.sent
    return SubmissionRow(
        cycle_id=cycle_id,
        unit=report.unit,
        version=version,
        channel=sent.channel,
        received_at=sent.received_at,
        file_name=sent.file_name,
        file_sha256=sent.file_sha256,
        content_sha256=content,
        submitted_by=sent.submitted_by,
        on_behalf_of=sent.on_behalf_of,
        paper=sent.paper,
        sender=sent.sender,
        mail=sent.mail,
        mail_sha256=sent.mail_sha256,
        nil=report.intake.nil,
        findings=json.dumps([waiver.as_json() for waiver in waivers], ensure_ascii=False),
        flags=json.dumps([flag.as_json() for flag in report.flags], ensure_ascii=False),
    )


def _accepted(key: CycleKey, row: SubmissionRow, sent: Sent, values: str) -> EventRow:
    return event(
        "submission accepted",
        at=sent.entered_at,
        actor=sent.submitted_by or row.unit,
        cycle=str(key),
        unit=row.unit,
        version=row.version,
        file_sha256=sent.file_sha256,
        channel=sent.channel,
        values_sha256=values,
        **_provenance(sent),
    )


def _provenance(sent: Sent) -> dict[str, str]:
    """What is known of how it came; nothing where it came as a file."""
    told = {
        "received_at": sent.received_at.isoformat() if sent.received_at != sent.entered_at else "",
        "on_behalf_of": sent.on_behalf_of,
        "paper": sent.paper,
        "sender": sent.sender,
        "mail": sent.mail,
        "mail_sha256": sent.mail_sha256,
    }
    return {name: value for name, value in told.items() if value}


def _save_values(session: Session, row: SubmissionRow, report: Report) -> str:
    """Figures, narratives and attachments of one version; returns the hash over them."""
    assert row.id
    figures, narratives = _values(row.id, report.intake)
    session.add_all([*figures, *narratives])
    for each in report.sent.attachments:
        session.add(
            AttachmentRow(
                submission_id=row.id,
                name=each.name,
                kind=each.kind,
                size=each.size,
                file_sha256=each.sha256,
            )
        )
    return values_sha256(row.nil, figures, narratives)


def _values(submission: int, intake: Intake) -> tuple[list[FigureRow], list[NarrativeRow]]:
    """The rows of what was taken; a repeated table is one, with its lines as JSON."""
    figures = [
        FigureRow(
            submission_id=submission,
            indicator=value.code,
            number=value.number,
            text=value.text,
            cell=value.cell,
            given=value.given,
            asked=value.asked,
        )
        for value in intake.values
    ]
    for table in {record.table for record in intake.records}:
        records = [record for record in intake.records if record.table == table]
        lines = [{value.code: _plain(value) for value in record.values} for record in records]
        cell = next((value.cell for record in records for value in record.values), table)
        text = json.dumps(lines, ensure_ascii=False)
        figures.append(FigureRow(submission_id=submission, indicator=table, text=text, cell=cell))
    narratives = [
        NarrativeRow(submission_id=submission, code=each.code, text=each.text, cell=each.cell)
        for each in intake.narratives
    ]
    return figures, narratives


def _plain(value: FigureValue) -> str | None:
    return str(value.number) if value.number is not None else value.text
