"""The days on which a sweep finds something new to do by the calendar alone."""

from datetime import date, timedelta

from models.calendar import PlannedCycle, planned_cycles
from tasks.adapters.home import Home
from tasks.adapters.ledger.plans import current_plans, set_dues


def stops(home: Home, first: date, last: date) -> list[date]:
    """Opening days, ladder days, days after the deadline and after closing, within the window."""
    with home.ledger.read() as session:
        plans, dues = current_plans(session), set_dues(session)
    found = {
        day
        for plan, _ in plans.values()
        for planned in planned_cycles(plan, home.days, dues)
        for day in _days_of(planned)
    }
    return sorted(day for day in found if first <= day <= last)


def _days_of(planned: PlannedCycle) -> list[date]:
    if planned.deadline is None or planned.opens_on is None or planned.closes_on is None:
        return []
    after = timedelta(days=1)
    return [
        planned.opens_on,
        *(rung.on for rung in planned.rungs),
        planned.deadline.day_x + after,
        planned.closes_on + after,
    ]
