"""One outbox row with all that its words are made from, and the parts that several messages share."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from email.utils import parseaddr
from typing import Any

from models.form import FormSpec
from models.mail import FindingLine, Message, Office, OwedLine, Texted
from models.states import Standing
from models.tables import DocumentRow, MessageRow
from models.text import short_date
from models.units import Unit, UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.documents import issued_before, newest_document
from tasks.adapters.mail import Attachment
from tasks.adapters.workbooks import write_form
from tasks.steps.collecting.forms import form_for
from tasks.steps.collecting.page_links import link_of
from tasks.steps.collecting.sent_before import form_with_what_was_sent
from tasks.steps.reminding import own_deadline

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Composed:
    message: Message | Texted
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
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
    def submit_to(self) -> str:
        """Where filled forms are taken in by mail: the sender of ours, whose mailbox is read; else nowhere."""
        settings = self.home.settings
        return parseaddr(settings.mail_from)[1] if settings.imap_url else ""

    @property
    def contact(self) -> str:
        return next((c.name for c in self.unit.contacts if c.email == self.row.recipient), "")


def line_of(case: Case, standing: Standing | None, *, form: str = "") -> OwedLine:
    """One owed report as the reader knows it; without a standing, with the cycle's own deadline. `form` is the name of the
    form that goes along.
    """
    planned, days = case.live.planned, case.home.days
    assert planned.deadline
    deadline = own_deadline(case.live, standing, days)[0] if standing else planned.deadline
    own = standing is not None and standing.own_last_day is not None
    due = planned.obligation.due
    through = standing.collector if standing and planned.obligation.through else ""
    return OwedLine(
        cycle=str(case.live.key),
        plan=f"{planned.plan.title[0].upper()}{planned.plan.title[1:]}",
        obligation=planned.obligation.title,
        period=planned.period.vietnamese,
        wording=planned.obligation.wording,
        last_day=deadline.last_day,
        lead=office_of(case),
        desk=desk_of(case, standing) if standing else None,
        named_day=deadline.day_x if not own and deadline.day_x != deadline.last_day else None,
        last_hour=time.fromisoformat(due.at) if due and due.at else None,
        last_working_day=deadline.last_working_day
        if deadline.last_working_day != deadline.last_day
        else None,
        working_days_left=max(days.between(case.on, deadline.last_day), 0),
        through=case.tree.office(through, case.on).body if through else "",
        to=tuple(case.tree.office(code, case.on).body for code in planned.obligation.to),
        step=case.row.step.split("@")[0],
        link=page_of(case),
        form=form,
        filled=bool(form) and form == corrections_name(case),
        nil_allowed=planned.obligation.form.nil,
        moved_by=planned.moved_by,
        extended=own and not (standing and standing.returned),
        returned=bool(standing and standing.returned),
    )


def page_of(case: Case) -> str:
    """The link of the unit's own page, only in mail to the unit that owes the report itself."""
    if case.row.unit not in {standing.unit for standing in case.live.standings}:
        return ""
    with case.home.ledger.read() as session:
        return link_of(case.home, session, case.live.key, case.row.unit)


def office_of(case: Case) -> Office:
    plan = case.live.planned.plan
    lead = case.tree.office(plan.lead, case.on)
    return Office(name=lead.body, phone=plan.contact.phone, email=plan.contact.email)


def desk_of(case: Case, standing: Standing) -> Office | None:
    """The office that collects from this unit, as of the mail; None where it is the lead unit, or has no address to send
    a form back to: then the plan's contact answers.
    """
    office = case.tree.office(standing.collector, case.on)
    contact = next((c for c in office.contacts if c.email and c.valid_on(case.on)), None)
    if contact is None or office.code == case.tree.office(case.live.planned.plan.lead, case.on).code:
        return None
    return Office(name=office.body, phone=contact.phone, email=contact.email)


def form_name(case: Case) -> str:
    key = case.live.key
    return f"{key.plan}-{key.obligation}-{key.period}-{case.row.unit}.xlsx"


def corrections_name(case: Case) -> str:
    return f"{form_name(case)[:-5]}-can-sua.xlsx"


def blank_form_of(case: Case) -> Attachment:
    return Attachment(form_name(case), write_form(_spec_of(case)), XLSX)


def form_of(case: Case) -> Attachment:
    """The form to fill in; where the report was returned, with what was sent in it and the questions at their cells."""
    sent = form_with_what_was_sent(case.home, case.live, _spec_of(case))
    return Attachment(corrections_name(case), sent, XLSX) if sent else blank_form_of(case)


def _spec_of(case: Case) -> FormSpec:
    return form_for(case.home, case.live.key, case.row.unit, case.as_of, case.live)


def corrections_of(case: Case) -> Attachment | None:
    """The refused form to correct, as it was written when it was refused; None where there is none."""
    stored = case.payload.get("corrections")
    if not stored:
        return None
    return Attachment(corrections_name(case), case.home.files.read(stored), XLSX)


def document_of(case: Case, kind: str, step: str) -> tuple[DocumentRow, Attachment] | None:
    with case.home.ledger.read() as session:
        row = newest_document(session, case.live.key, kind, step)
    return (row, file_of(case, row)) if row else None


def file_of(case: Case, row: DocumentRow) -> Attachment:
    key = case.live.key
    name = f"{key.plan}-{key.obligation}-{key.period}-{row.file.rsplit('/', 1)[-1]}"
    return Attachment(name, case.home.files.read(row.file), DOCX)


def issued_before_this(case: Case, row: DocumentRow) -> str:
    """An earlier version that was issued, as a reader looks it up: `số 05/BC-SLĐTBXH, ngày 06/12/2019`."""
    with case.home.ledger.read() as session:
        before = issued_before(session, row)
    return f"số {before.number}, ngày {short_date(before.day)}" if before and before.day else ""


def finding_lines(found: list[dict[str, Any]]) -> tuple[FindingLine, ...]:
    return tuple(
        FindingLine(
            message=f["message"], cell=f["cell"], indicator=f["indicator"], reason=f.get("reason", "")
        )
        for f in found
    )
