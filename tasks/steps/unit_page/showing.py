"""Everything the page of one unit and cycle is made of, read at one moment; reading changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from models.deadlines import Deadline
from models.form import FormSpec
from models.mail import Office
from models.states import Standing
from models.tables import SubmissionRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.drafts import Draft, attachments_of
from tasks.adapters.ledger.units import load_tree
from tasks.steps.collecting.forms import form_for
from tasks.steps.collecting.page_links import Opened, open_link
from tasks.steps.reminding import own_deadline
from tasks.steps.unit_page.starting import starting_answers


@dataclass(frozen=True, slots=True)
class UnitPage:
    """`draft` is what stands in the fields: what was saved last, or what was sent where that is newer."""

    opened: Opened
    spec: FormSpec
    deadline: Deadline
    office: Office
    draft: Draft
    submissions: tuple[SubmissionRow, ...]

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


def unit_page(home: Home, token: str, as_of: datetime) -> UnitPage:
    """What this link opens, all of it of one moment; ClosedLinkError where it opens nothing."""
    with home.ledger.picture():
        return _page(home, open_link(home, token, as_of), as_of)


def _page(home: Home, opened: Opened, as_of: datetime) -> UnitPage:
    live, unit = opened.live, opened.unit
    spec = form_for(home, live.key, unit, as_of, live)
    draft, submissions = opened.stored.draft, opened.stored.submissions
    newest = next((row for row in reversed(submissions) if row.status != "superseded"), None)
    if newest and draft.follows != newest.id:
        with home.ledger.read() as session:
            answers = starting_answers(home, session, newest, spec)
            files = tuple(attachments_of(session, newest.id or 0))
        draft = Draft(draft.version, answers, files, draft.saved_at, draft.follows)
    return UnitPage(
        opened=opened,
        spec=spec,
        deadline=own_deadline(live, live.standing(unit), home.days)[0],
        office=lead_office(home, live, as_of),
        draft=draft,
        submissions=submissions,
    )


def lead_office(home: Home, live: LiveCycle, as_of: datetime) -> Office:
    """Whom to call."""
    plan = live.planned.plan
    with home.ledger.read() as session:
        lead = load_tree(session).office(plan.lead, as_of.date())
    return Office(name=lead.body, phone=plan.contact.phone, email=plan.contact.email)
