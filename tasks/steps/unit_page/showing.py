"""Everything the page of one unit and cycle is made of, read at one moment; reading changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.deadlines import Deadline
from models.form import FormSpec
from models.mail import Office
from models.periods import find_period
from models.states import Standing
from models.tables import AssignmentRow, CycleRow, FigureRow, SubmissionRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.drafts import Draft, attachments_of, load_draft, submissions_of
from tasks.adapters.ledger.units import load_tree
from tasks.steps.forms import form_for
from tasks.steps.page_links import Opened
from tasks.steps.reminding import own_deadline
from tasks.steps.unit_page.starting import starting_answers

_EARLIER = (
    sa.select(col(CycleRow.period), col(AssignmentRow.submission_id))
    .join(AssignmentRow, col(AssignmentRow.cycle_id) == CycleRow.id)
    .where(
        col(CycleRow.plan) == sa.bindparam("plan"),
        col(CycleRow.obligation) == sa.bindparam("obligation"),
        col(CycleRow.day_x) < sa.bindparam("day"),
        col(AssignmentRow.unit) == sa.bindparam("unit"),
        col(AssignmentRow.submission_id).is_not(None),
        ~col(AssignmentRow.returned),
    )
    .order_by(col(CycleRow.day_x).desc())
    .limit(1)
)
Figures = Mapping[str, tuple[Decimal | None, str | None]]


@dataclass(frozen=True, slots=True)
class LastTime:
    """What the unit reported for the period before: shown beside the fields, never filled in."""

    period: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class UnitPage:
    """`draft` is what stands in the fields: what was saved last, or what was sent where that is newer."""

    opened: Opened
    spec: FormSpec
    deadline: Deadline
    office: Office
    draft: Draft
    submissions: tuple[SubmissionRow, ...]
    last_time: LastTime | None

    @property
    def live(self) -> LiveCycle:
        return self.opened.live

    @property
    def standing(self) -> Standing:
        return self.live.standing(self.opened.unit)

    @property
    def newest(self) -> SubmissionRow | None:
        """The version that counts, or the one that was returned."""
        return next((row for row in reversed(self.submissions) if row.status != "superseded"), None)

    @property
    def has_unsent(self) -> bool:
        """Was something saved after the newest report was sent?"""
        return self.draft.version > 0 and self.draft.follows == (self.newest.id if self.newest else None)

    @property
    def blameless_until(self) -> date:
        """The last day on which nobody may be called late (domain handbook §2.1)."""
        own = self.standing.own_last_day
        return own or max(self.deadline.last_day, self.deadline.day_x)


def unit_page(home: Home, opened: Opened, as_of: datetime) -> UnitPage:
    live, unit = opened.live, opened.unit
    spec = form_for(home, live.key, unit, as_of, live)
    with home.ledger.read() as session:
        draft = load_draft(session, live.key, unit)
        submissions = submissions_of(session, live.key, unit)
        last_time = _last_time(session, live, unit)
        newest = next((row for row in reversed(submissions) if row.status != "superseded"), None)
        if newest and draft.follows != newest.id:
            answers = starting_answers(home, session, newest, spec)
            files = tuple(attachments_of(session, newest.id or 0))
            draft = Draft(draft.version, answers, files, draft.saved_at, draft.follows)
    return UnitPage(
        opened=opened,
        spec=spec,
        deadline=own_deadline(live, live.standing(unit), home.days)[0],
        office=lead_office(home, live, as_of),
        draft=draft,
        submissions=tuple(submissions),
        last_time=last_time,
    )


def lead_office(home: Home, live: LiveCycle, as_of: datetime) -> Office:
    """Whom to call."""
    plan = live.planned.plan
    with home.ledger.read() as session:
        lead = load_tree(session).office(plan.lead, as_of.date())
    return Office(name=lead.body, phone=plan.contact.phone, email=plan.contact.email)


def _last_time(session: Session, live: LiveCycle, unit: str) -> LastTime | None:
    """Of the newest earlier period of the same duty for which this unit's report counts."""
    assert live.planned.deadline
    key = live.key
    asked = {"plan": key.plan, "obligation": key.obligation, "day": live.planned.deadline.day_x, "unit": unit}
    found = session.execute(_EARLIER, asked).first()
    if found is None:
        return None
    period, submission = found
    rows = session.exec(select(FigureRow).where(FigureRow.submission_id == submission))
    return LastTime(_period_name(live, period), {row.indicator: (row.number, row.text) for row in rows})


def _period_name(live: LiveCycle, period: str) -> str:
    try:
        return find_period(live.planned.plan, live.planned.obligation, period).vietnamese
    except LookupError:  # the plan of today has no such period any more
        return period
