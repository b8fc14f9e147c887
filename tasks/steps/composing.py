"""From outbox rows to mails: the words of `models/mail.py`, with the form or document attached."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.mail import (
    Extended,
    FindingLine,
    Message,
    MissingGroup,
    MissingList,
    MissingUnit,
    Office,
    Overdue,
    OwedLine,
    Receipt,
    Refused,
    Reminder,
    ReportReady,
    Returned,
)
from models.states import Standing
from models.tables import MessageRow, SubmissionRow
from models.units import Unit, UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, assignment_row
from tasks.adapters.ledger.documents import newest_document
from tasks.adapters.mail import Attachment
from tasks.adapters.workbooks import write_form
from tasks.steps.intake import form_for
from tasks.steps.reminding import own_deadline

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Composed:
    message: Message
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """One row with all that its words are made from."""

    home: Home
    row: MessageRow
    live: LiveCycle
    tree: UnitTree
    as_of: datetime

    @property
    def on(self) -> date:
        return self.as_of.date()

    @property
    def unit(self) -> Unit:
        return self.tree.nearest(self.row.unit, self.on)

    @property
    def payload(self) -> dict[str, Any]:
        return dict(json.loads(self.row.payload))

    @property
    def contact(self) -> str:
        return next((c.name for c in self.unit.contacts if c.email == self.row.recipient), "")


def compose(
    home: Home, rows: Sequence[MessageRow], tree: UnitTree, lives: Mapping[str, LiveCycle], as_of: datetime
) -> Composed:
    """One mail for rows of one kind to one person; reminders of several duties become several lines."""
    cases = [_Case(home, row, lives[row.cycle], tree, as_of) for row in rows]
    return _COMPOSERS[rows[0].kind](cases)


def _reminder(cases: list[_Case]) -> Composed:
    first = cases[0]
    kind = Overdue if first.row.kind == "overdue" else Reminder
    message = kind(
        unit=first.unit.body,
        contact=first.contact,
        on=first.on,
        lines=tuple(_line(case, case.live.standing(case.row.unit), form=True) for case in cases),
    )
    return Composed(message, tuple(_form(case) for case in cases))


def _receipt(cases: list[_Case]) -> Composed:
    case = cases[0]
    with case.home.ledger.read() as session:
        assignment = assignment_row(session, case.live.key, case.row.unit)
        version = int(case.row.step.removeprefix("v"))
        row = (
            session.query(SubmissionRow)
            .filter_by(cycle_id=assignment.cycle_id, unit=case.row.unit, version=version)
            .one()
        )
    standing = case.live.standing(case.row.unit)
    return Composed(
        Receipt(
            unit=case.unit.body,
            contact=case.contact,
            line=_line(case, standing),
            number=f"{case.live.key}/{case.row.unit}/{version}",
            received_at=row.received_at,
            file_name=row.file_name,
            sha256=row.file_sha256,
            version=version,
            on_time=standing.on_time,
            first_received_at=standing.first_submitted_at,
            nil=row.nil,
            warnings=_findings(json.loads(row.findings)),
        )
    )


def _refused(cases: list[_Case]) -> Composed:
    case = cases[0]
    owes = {standing.unit for standing in case.live.standings}
    line = _line(case, case.live.standing(case.row.unit)) if case.row.unit in owes else None
    return Composed(
        Refused(
            office=_office(case),
            file_name=case.payload["file"],
            received_at=datetime.fromisoformat(case.row.step),
            findings=_findings(case.payload["findings"]),
            unit=case.unit.body,
            contact=case.contact,
            line=line,
        ),
        (_form(case),) if line else (),
    )


def _returned(cases: list[_Case]) -> Composed:
    case = cases[0]
    message = Returned(
        unit=case.unit.body,
        contact=case.contact,
        line=_line(case, case.live.standing(case.row.unit)),
        version=case.payload["version"],
        reason=case.payload["reason"],
        new_day=date.fromisoformat(case.payload["new_day"]),
    )
    return Composed(message, (_form(case),))


def _extended(cases: list[_Case]) -> Composed:
    case = cases[0]
    return Composed(
        Extended(
            unit=case.unit.body,
            contact=case.contact,
            line=_line(case, None),
            new_day=date.fromisoformat(case.payload["new_day"]),
            reason=case.payload["reason"],
            decided_by=_office(case).name,
        )
    )


def _missing_list(cases: list[_Case]) -> Composed:
    case = cases[0]
    missing = tuple(
        MissingUnit(name=s.unit_name, own_last_day=s.own_last_day, no_address=not s.has_address)
        for s in case.live.standings
        if not s.reported and not s.exempt
    )
    owing = [s for s in case.live.standings if not s.exempt]
    group = MissingGroup(
        line=_line(case, None), expected=len(owing), received=len(owing) - len(missing), units=missing
    )
    return Composed(MissingList(unit=case.unit.body, contact=case.contact, on=case.on, groups=(group,)))


def _letter_ready(cases: list[_Case]) -> Composed:
    composed = _missing_list(cases)
    attachment = _document(cases[0], "cong-van", cases[0].row.step)
    return Composed(composed.message, (attachment[1],) if attachment else ())


def _report_ready(cases: list[_Case]) -> Composed:
    case = cases[0]
    found = _document(case, "bao-cao", "")
    assert found, "a report is announced in the transaction that records it"
    row, attachment = found
    owing = [s for s in case.live.standings if not s.exempt]
    reported = [s for s in owing if s.reported]
    return Composed(
        ReportReady(
            unit=case.unit.body,
            contact=case.contact,
            line=_line(case, None),
            title=case.live.planned.obligation.title,
            version=row["version"],
            file_name=attachment.name,
            path=case.home.files.path(row["file"]),
            sha256=row["sha256"],
            expected=len(owing),
            received=len(reported),
            nil=sum(s.nil for s in reported),
            missing=tuple(s.unit_name for s in owing if not s.reported),
        ),
        (attachment,),
    )


_COMPOSERS: dict[str, Callable[[list[_Case]], Composed]] = {
    "reminder": _reminder,
    "overdue": _reminder,
    "receipt": _receipt,
    "refused": _refused,
    "returned": _returned,
    "extended": _extended,
    "missing-list": _missing_list,
    "letter-ready": _letter_ready,
    "report-ready": _report_ready,
}


def _line(case: _Case, standing: Standing | None, *, form: bool = False) -> OwedLine:
    """One owed report as the reader knows it; without a standing, with the cycle's own deadline."""
    planned, days = case.live.planned, case.home.days
    assert planned.deadline
    deadline = own_deadline(case.live, standing, days)[0] if standing else planned.deadline
    own = standing is not None and standing.own_last_day is not None
    due = planned.obligation.due
    through = planned.obligation.through
    return OwedLine(
        cycle=str(case.live.key),
        plan=f"{planned.plan.title[0].upper()}{planned.plan.title[1:]}",
        obligation=planned.obligation.title,
        period=planned.period.vietnamese,
        wording=planned.obligation.wording,
        last_day=deadline.last_day,
        lead=_office(case),
        named_day=deadline.day_x if not own and deadline.day_x != deadline.last_day else None,
        last_hour=datetime.strptime(due.at, "%H:%M").time() if due and due.at else None,  # noqa: DTZ007
        last_working_day=deadline.last_working_day
        if deadline.last_working_day != deadline.last_day
        else None,
        working_days_left=max(days.between(case.on, deadline.last_day), 0),
        through=case.tree.nearest(through, case.on).body if through else "",
        to=tuple(case.tree.nearest(code, case.on).body for code in planned.obligation.to),
        step=case.row.step.split("@")[0],
        form=_form_name(case) if form else "",
        nil_allowed=planned.obligation.form.nil,
        extended=own,
    )


def _office(case: _Case) -> Office:
    plan = case.live.planned.plan
    lead = case.tree.nearest(plan.lead, case.on)
    return Office(name=lead.body, phone=plan.contact.phone, email=plan.contact.email)


def _form_name(case: _Case) -> str:
    key = case.live.key
    return f"{key.plan}-{key.obligation}-{key.period}-{case.row.unit}.xlsx"


def _form(case: _Case) -> Attachment:
    spec = form_for(case.home, case.live.key, case.row.unit, case.as_of, case.live)
    return Attachment(_form_name(case), write_form(spec), XLSX)


def _document(case: _Case, kind: str, step: str) -> tuple[dict[str, Any], Attachment] | None:
    with case.home.ledger.read() as session:
        row = newest_document(session, case.live.key, kind, step)
    if row is None:
        return None
    name = f"{case.live.key.plan}-{case.live.key.obligation}-{case.live.key.period}-{row.file.rsplit('/', 1)[-1]}"
    return row.model_dump(), Attachment(name, case.home.files.read(row.file), DOCX)


def _findings(found: list[dict[str, Any]]) -> tuple[FindingLine, ...]:
    return tuple(FindingLine(message=f["message"], cell=f["cell"], indicator=f["indicator"]) for f in found)
