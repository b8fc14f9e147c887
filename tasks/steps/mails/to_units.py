"""What units are told: reminders, receipts, refusals, returns, days that change."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from models.by_hand import how_received
from models.deadlines import deadline_on
from models.mail import DeadlineChanged, Extended, Overdue, Receipt, Refused, Reminder, Returned
from models.tables import SubmissionRow
from tasks.adapters.ledger.cycles import assignment_row
from tasks.adapters.ledger.drafts import attachments_of
from tasks.adapters.mail import Attachment
from tasks.steps.mails.case import (
    Case,
    Composed,
    blank_form_of,
    corrections_of,
    desk_of,
    finding_lines,
    form_of,
    line_of,
    office_of,
)
from tasks.steps.mails.entries import ICS_NAME, calendar_of
from tasks.steps.reminding import own_deadline

_STILL_TO_COME = frozenset({"reminder", "deadline-changed"})


def reminder(cases: Sequence[Case]) -> Composed:
    """The forms; for what is still to come, `calendar_entry` has the day for the reader's own calendar."""
    first = cases[0]
    overdue = first.row.kind == "overdue"
    kind = Overdue if overdue else Reminder
    standings = [case.live.standing(case.row.unit) for case in cases]
    forms = [form_of(case) for case in cases]
    message = kind(
        unit=first.unit.body,
        contact=first.contact,
        submit_to=first.submit_to,
        on=first.on,
        lines=tuple(
            line_of(case, standing, form=form.name)
            for case, standing, form in zip(cases, standings, forms, strict=True)
        ),
        calendar="" if overdue else ICS_NAME,
    )
    return Composed(message, tuple(forms))


def calendar_entry(cases: Sequence[Case]) -> tuple[Attachment, ...]:
    """One file with the days of all that these remind of, or say the new day of."""
    about = {(case.row.cycle, case.row.unit): case for case in cases if case.row.kind in _STILL_TO_COME}
    owed = [
        (case, own_deadline(case.live, case.live.standing(case.row.unit), case.home.days)[0])
        for case in about.values()
    ]
    return (calendar_of(owed),) if owed else ()


def receipt(cases: Sequence[Case]) -> Composed:
    case = cases[0]
    with case.home.ledger.read() as session:
        assignment = assignment_row(session, case.live.key, case.row.unit)
        version = int(case.row.step.removeprefix("v"))
        row = (
            session.query(SubmissionRow)
            .filter_by(cycle_id=assignment.cycle_id, unit=case.row.unit, version=version)
            .one()
        )
        files = attachments_of(session, row.id or 0)
    standing = case.live.standing(case.row.unit)
    return Composed(
        Receipt(
            unit=case.unit.body,
            contact=case.contact,
            submit_to=case.submit_to,
            line=line_of(case, standing),
            number=f"{case.live.key}/{case.row.unit}/{version}",
            received_at=row.received_at,
            file_name=row.file_name,
            sha256=row.file_sha256,
            version=version,
            on_time=standing.on_time,
            first_received_at=standing.first_submitted_at,
            nil=row.nil,
            exempt=standing.exempt,
            sender=row.sender,
            by_hand=how_received(row.channel, row.paper),
            entered_by=row.submitted_by if row.on_behalf_of else "",
            warnings=finding_lines(json.loads(row.findings)),
            sent_by=row.submitted_by if row.channel == "web" else "",
            attachments=tuple((each.name, each.sha256) for each in files),
        )
    )


def refused(cases: Sequence[Case]) -> Composed:
    case = cases[0]
    owes = {standing.unit for standing in case.live.standings}
    line = line_of(case, case.live.standing(case.row.unit)) if case.row.unit in owes else None
    corrections = corrections_of(case) if line else None
    return Composed(
        Refused(
            office=office_of(case),
            file_name=case.payload["file"],
            received_at=datetime.fromisoformat(case.payload["received_at"]),
            findings=finding_lines(case.payload["findings"]),
            unit=case.unit.body,
            contact=case.contact,
            submit_to=case.submit_to,
            line=line,
            corrections=corrections.name if corrections else "",
        ),
        (corrections,) if corrections else (blank_form_of(case),) if line else (),
    )


def returned(cases: Sequence[Case]) -> Composed:
    case = cases[0]
    new_day = date.fromisoformat(case.payload["new_day"])
    form = form_of(case)
    message = Returned(
        unit=case.unit.body,
        contact=case.contact,
        submit_to=case.submit_to,
        line=line_of(case, case.live.standing(case.row.unit), form=form.name),
        version=case.payload["version"],
        reason=case.payload["reason"],
        new_day=new_day,
        findings=finding_lines(case.payload.get("findings", [])),
        calendar=ICS_NAME,
    )
    return Composed(message, (form, _moved(case, new_day)))


def extended(cases: Sequence[Case]) -> Composed:
    case = cases[0]
    new_day = date.fromisoformat(case.payload["new_day"])
    form = form_of(case)
    message = Extended(
        unit=case.unit.body,
        contact=case.contact,
        line=replace(
            line_of(case, None, form=form.name), desk=desk_of(case, case.live.standing(case.row.unit))
        ),
        submit_to=case.submit_to,
        new_day=new_day,
        reason=case.payload["reason"],
        decided_by=office_of(case).name,
        calendar=ICS_NAME,
    )
    return Composed(message, (form, _moved(case, new_day)))


def deadline_changed(cases: Sequence[Case]) -> Composed:
    case = cases[0]
    deadline, standing = case.live.planned.deadline, case.live.standing(case.row.unit)
    assert deadline
    form = form_of(case)
    message = DeadlineChanged(
        unit=case.unit.body,
        contact=case.contact,
        submit_to=case.submit_to,
        line=replace(line_of(case, standing, form=form.name), step=""),
        old_day=date.fromisoformat(case.payload["old_day"]),
        new_day=deadline.last_day,
        reason=case.payload["reason"],
        document=case.live.planned.moved_by,
        own_day=standing.own_last_day,
        calendar=ICS_NAME,
    )
    return Composed(message, (form,))


def _moved(case: Case, new_day: date) -> Attachment:
    """The event on the unit's own day, which it has from now on."""
    return calendar_of([(case, deadline_on(new_day, inclusive=True, days=case.home.days))])
