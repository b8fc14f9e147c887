"""The calendar people see: every cycle of the plans, those that have opened as they opened."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from models.calendar import PlannedCycle, planned_cycles
from models.ids import CycleKey
from models.plan import Plan
from models.tables import EventRow
from models.working_days import WorkingDays
from tasks.adapters.calendar_feed import Revision
from tasks.adapters.ledger.cycles import opened_cycles
from tasks.adapters.ledger.plans import set_dues

_PLAN, _ALL = "plan loaded", "holidays loaded"
_CYCLE = ("deadline set", "deadline changed")


def calendar_cycles(session: Session, plans: Iterable[Plan], days: WorkingDays) -> list[PlannedCycle]:
    """The cycles of these plans in their order; then opened ones that their plan has no more."""
    chosen, dues = list(plans), set_dues(session)
    codes = {plan.code for plan in chosen}
    opened = {key: c for key, c in opened_cycles(session, days).items() if key.plan in codes}
    found = [opened.pop(c.key, c) for plan in chosen for c in planned_cycles(plan, days, dues)]
    return found + list(opened.values())


def revisions(session: Session, keys: Iterable[CycleKey]) -> dict[CycleKey, Revision]:
    """When what decides a cycle's day was changed last, and how often since it was first there: by a loaded plan,
    a date that was set or changed, loaded holidays.
    """
    query = select(EventRow).where(col(EventRow.kind).in_((_PLAN, *_CYCLE, _ALL))).order_by(col(EventRow.id))
    moments: dict[str, list[datetime]] = {}
    for event in session.exec(query):
        about = _plan_of(event) if event.kind == _PLAN else event.cycle
        moments.setdefault(about, []).append(event.at)
    return {key: _revision(key, moments) for key in keys}


def _plan_of(event: EventRow) -> str:
    return str(json.loads(event.data).get("plan", ""))


def _revision(key: CycleKey, moments: Mapping[str, list[datetime]]) -> Revision:
    found = [at for about in ("", key.plan, str(key)) for at in moments.get(about, [])]
    return Revision(max(found), len(found) - 1)
