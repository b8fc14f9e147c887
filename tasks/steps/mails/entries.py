"""The calendar entry that goes with a mail: what the unit owes, on its own last day, for its calendar program."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.deadlines import Deadline
from models.tables import EventRow
from tasks.adapters.calendar_feed import Entry, Revision, write_entries
from tasks.adapters.mail import Attachment
from tasks.steps.mails.case import Case
from tasks.steps.reporting_calendar import revisions

ICS = "text/calendar; method=PUBLISH; charset=utf-8"
ICS_NAME = "han-bao-cao.ics"
_OWN_DAY = ("deadline extended", "report returned")
"""The acts that give one unit a day of its own, and so move its event."""


def calendar_of(owed: Sequence[tuple[Case, Deadline]]) -> Attachment:
    """One event for each report that is owed, by the deadline that holds for this unit."""
    home = owed[0][0].home
    with home.ledger.read() as session:
        entries = [_entry(session, case, deadline) for case, deadline in owed]
    return Attachment(ICS_NAME, write_entries(entries, owed[0][0].tree), ICS)


def _entry(session: Session, case: Case, deadline: Deadline) -> Entry:
    """The sequence counts what has moved the day up to the mail: plan, holidays, date, and the unit's own acts."""
    key, at = case.live.key, case.row.decided_at
    acts = session.exec(
        select(func.count())
        .select_from(EventRow)
        .where(
            col(EventRow.kind).in_(_OWN_DAY),
            EventRow.cycle == str(key),
            EventRow.unit == case.row.unit,
            EventRow.at <= at,
        )
    ).one()
    moved = revisions(session, [key])[key].sequence
    return Entry(case.live.planned, case.row.unit, deadline, Revision(at, moved + acts))
