"""The days on which a sweep finds something new to do by the calendar alone."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import select

from models.calendar import PlannedCycle, Rung, planned_cycles
from models.signing import waiting_rungs
from models.tables import MessageRow
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.documents import waiting_drafts
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reminding import own_deadline
from tasks.steps.unsigned import Drafts, rungs_of

_DAY = timedelta(days=1)


def stops(home: Home, first: date, last: date) -> list[date]:
    """Opening days, ladder days, the days after the last day in time (when a cycle with all reports in is closed),
    after day X and after closing, within the window; and those of the deadlines that units have for themselves; and the
    days on which the lead unit is asked about drafts, those there are and those the calendar may bring. After a day of
    rest also the next working day, when the mail it brought may go, and the days mail waits for already.
    """
    with home.ledger.read() as session:
        plans, dues = current_plans(session), set_dues(session)
        lives = load_cycles(session, load_tree(session), home.days)
        waits = session.exec(select(MessageRow.not_before).where(MessageRow.state == "queued")).all()
        drafts = waiting_drafts(session)
        asked = {rung.on for live in lives for rung in _rungs_of(live, drafts, home.days)}
    found = asked | {
        day
        for plan, _ in plans.values()
        for planned in planned_cycles(plan, home.days, dues)
        for day in (*_days_of(planned), *_asking_days(planned, home.days))
    }
    for live in lives:  # they go on under the plan they opened with
        ends = [s.own_last_day + _DAY for s in live.standings if s.own_last_day]
        found |= {*_days_of(live.planned), *_own_days(live, home.days)}
        found |= {*_asking_days(live.planned, home.days, first, *ends)}
    found |= {home.days.on_or_after(day) for day in found}
    found |= {moment.date() for moment in waits if moment}
    return sorted(day for day in found if first <= day <= last)


def _own_days(live: LiveCycle, days: WorkingDays) -> Iterator[date]:
    for standing in live.standings:
        if standing.own_last_day:
            _, rungs = own_deadline(live, standing, days)
            yield standing.own_last_day + _DAY
            yield from (rung.on for rung in rungs)


def _rungs_of(live: LiveCycle, drafts: Drafts, days: WorkingDays) -> Iterator[Rung]:
    for row in drafts.get(str(live.key), ()):
        yield from rungs_of(live, row, days)


def _asking_days(planned: PlannedCycle, days: WorkingDays, *others: date) -> Iterator[date]:
    """When drafts are asked about that are written on a ladder day with a letter, on the day after the last in time or
    after closing, or on one of the other days named.
    """
    deadline, closes_on = planned.deadline, planned.closes_on
    if deadline is None or closes_on is None or planned.plan.report_of(planned.obligation) is None:
        return
    letters = [rung.on for rung in planned.rungs if rung.step.letter]
    written = {
        "cong-van": {*letters, *others},
        "bao-cao": {deadline.last_day + _DAY, closes_on + _DAY, *others},
    }
    for kind, on in written.items():
        for day in on:
            yield from (rung.on for rung in waiting_rungs(planned.plan.signing.ladder_of(kind), day, days))


def _days_of(planned: PlannedCycle) -> list[date]:
    if planned.deadline is None or planned.opens_on is None or planned.closes_on is None:
        return []
    return [
        planned.opens_on,
        *(rung.on for rung in planned.rungs),
        planned.deadline.last_day + _DAY,
        planned.deadline.day_x + _DAY,
        planned.closes_on + _DAY,
    ]
