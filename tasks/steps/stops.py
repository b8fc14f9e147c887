"""The days on which a sweep finds something new to do by the calendar alone."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import select

from models.calendar import PlannedCycle, planned_cycles
from models.tables import MessageRow
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reminding import own_deadline


def stops(home: Home, first: date, last: date) -> list[date]:
    """Opening days, ladder days, the days after the last day in time (when a cycle with all reports in is closed),
    after day X and after closing, within the window; and those of the deadlines that units have for themselves. After
    a day of rest also the next working day, when the mail it brought may go, and the days mail waits for already.
    """
    with home.ledger.read() as session:
        plans, dues = current_plans(session), set_dues(session)
        lives = load_cycles(session, load_tree(session), home.days)
        waits = session.exec(select(MessageRow.not_before).where(MessageRow.state == "queued")).all()
    found = {
        day
        for plan, _ in plans.values()
        for planned in planned_cycles(plan, home.days, dues)
        for day in _days_of(planned)
    }
    for live in lives:  # they go on under the plan they opened with
        found |= {*_days_of(live.planned), *_own_days(live, home.days)}
    found |= {home.days.on_or_after(day) for day in found}
    found |= {moment.date() for moment in waits if moment}
    return sorted(day for day in found if first <= day <= last)


def _own_days(live: LiveCycle, days: WorkingDays) -> Iterator[date]:
    for standing in live.standings:
        if standing.own_last_day:
            _, rungs = own_deadline(live, standing, days)
            yield standing.own_last_day + timedelta(days=1)
            yield from (rung.on for rung in rungs)


def _days_of(planned: PlannedCycle) -> list[date]:
    if planned.deadline is None or planned.opens_on is None or planned.closes_on is None:
        return []
    after = timedelta(days=1)
    return [
        planned.opens_on,
        *(rung.on for rung in planned.rungs),
        planned.deadline.last_day + after,
        planned.deadline.day_x + after,
        planned.closes_on + after,
    ]
