"""Submissions in the ledger: versions, figures with their cells, narratives with their unit."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.attachments import Attachment
from models.changes import Flag
from models.figures import UnitFigures, UnitNarrative
from models.finding import Finding
from models.ids import CycleKey
from models.intake import FigureValue, Intake
from models.tables import AssignmentRow, AttachmentRow, CycleRow, FigureRow, NarrativeRow, SubmissionRow
from models.waivers import Waiver, answered
from tasks.adapters.ledger.cycles import assignment_row
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.outbox import withdraw
from tasks.adapters.ledger.sealing import values_sha256
from tasks.adapters.ledger.settling import settle_doubts

_FIGURES, _NARRATIVES = sa.insert(FigureRow), sa.insert(NarrativeRow)


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


def save_submission(
    session: Session, key: CycleKey, unit: str, intake: Intake, sent: Sent, flags: Sequence[Flag] = ()
) -> Accepted:
    """Accept what was read, whole, as the next version; or recognise it as the version that already counts.

    Warnings are kept with the reasons given for them, flags for the reviewer.
    The first submission time is set once. What was queued to remind this unit is withdrawn in the same
    transaction.
    """
    assignment = assignment_row(session, key, unit)
    waivers = answered(intake.findings, intake.notes)
    content = content_sha256(intake, sent.besides, waivers)
    rows = session.exec(
        select(SubmissionRow).where(SubmissionRow.cycle_id == assignment.cycle_id, SubmissionRow.unit == unit)
    ).all()
    counted = next((row for row in rows if row.id == assignment.submission_id), None)
    if counted and counted.content_sha256 == content and not assignment.returned:
        assert assignment.first_submitted_at
        return Accepted(counted.version, new=False, first_submitted_at=assignment.first_submitted_at)
    if counted:
        counted.status = "superseded"
    row = SubmissionRow(
        cycle_id=assignment.cycle_id,
        unit=unit,
        version=max((row.version for row in rows), default=0) + 1,
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
        nil=intake.nil,
        findings=json.dumps([waiver.as_json() for waiver in waivers], ensure_ascii=False),
        flags=json.dumps([flag.as_json() for flag in flags], ensure_ascii=False),
    )
    session.add(row)
    session.flush()
    assert row.id
    figures, narratives = _values(row.id, intake)
    session.add_all([*figures, *narratives])
    _save_attachments(session, row.id, sent.attachments)
    assignment.submission_id = row.id
    assignment.returned = False
    assignment.first_submitted_at = assignment.first_submitted_at or sent.received_at
    withdraw(session, str(key), unit, reason=f"version {row.version} received", at=sent.entered_at)
    settle_doubts(session, str(key), unit, reason=f"version {row.version} received", at=sent.entered_at)
    append_event(
        session,
        "submission accepted",
        at=sent.entered_at,
        actor=sent.submitted_by or unit,
        cycle=str(key),
        unit=unit,
        version=row.version,
        file_sha256=sent.file_sha256,
        channel=sent.channel,
        values_sha256=values_sha256(row.nil, figures, narratives),
        **_provenance(sent),
    )
    return Accepted(
        row.version, new=True, first_submitted_at=assignment.first_submitted_at, findings=intake.findings
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


def _save_attachments(session: Session, submission: int, attachments: tuple[Attachment, ...]) -> None:
    for each in attachments:
        session.add(
            AttachmentRow(
                submission_id=submission,
                name=each.name,
                kind=each.kind,
                size=each.size,
                file_sha256=each.sha256,
            )
        )


def _plain(value: FigureValue) -> str | None:
    return str(value.number) if value.number is not None else value.text


def _coverage(value: FigureValue) -> tuple[int | None, ...]:
    """A total of more units is another report, though the figure be the same."""
    return () if value.asked is None else (value.given, value.asked)


def content_sha256(intake: Intake, besides: str = "", waivers: Sequence[Waiver] = ()) -> str:
    """The same for the same values, whoever saved the file: bytes, order of lines, cells and ways of writing a number
    do not count. A reason given for a warning is content, so that it can be sent afterwards; other notes are not.
    """
    reasons = [(each.finding.rule, each.finding.indicator, each.reason) for each in waivers if each.reason]
    content = {
        **({"reasons": sorted(reasons)} if reasons else {}),
        "nil": intake.nil,
        "values": sorted((value.code, _same(value) or "", *_coverage(value)) for value in intake.values),
        "narratives": sorted((narrative.code, narrative.text) for narrative in intake.narratives),
        "records": sorted(
            [(value.code, _same(value) or "") for value in record.values] for record in intake.records
        ),
        **({"besides": besides} if besides else {}),
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _same(value: FigureValue) -> str | None:
    """1355,90 and 1355,9 are one figure."""
    return f"{value.number.normalize():f}" if value.number is not None else value.text


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
    figures: dict[int, dict[str, FigureValue]] = defaultdict(dict)
    for row in session.exec(select(FigureRow).where(col(FigureRow.submission_id).in_(ids))):
        figures[row.submission_id][row.indicator] = FigureValue(
            row.indicator, row.number, row.text, row.cell, given=row.given, asked=row.asked
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
            figures=figures[submission.id or 0],
            narratives=tuple(narratives[submission.id or 0]),
        )
        for assignment, submission in pairs
    ]
