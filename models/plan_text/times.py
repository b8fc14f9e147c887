"""What must hold between the dates of one plan: that they lie in its years, and that a cascade goes upward in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from models.cascade import order_problem
from models.cutoffs import cutoff_warning
from models.deadlines import Deadline, deadline_of, opening_of
from models.periods import Period, periods_of
from models.plan.schema import Obligation, Plan
from models.plan_text.consistency import Problem
from models.plan_text.suggest import Path
from models.text import short_date
from models.working_days import WorkingDays

_LONGEST_WINDOW = timedelta(days=330)
_ANY_YEAR = WorkingDays()
"""Weekends only: what is checked here must not depend on which holiday files there are."""


def time_problems(plan: Plan) -> Iterator[Problem]:
    """Of a plan whose parts agree (models.plan_text.consistency); its dates are worked out for it."""
    for i, obligation in enumerate(plan.obligations):
        here: Path = ("obligations", i)
        for period in periods_of(plan, obligation):
            deadline = deadline_of(plan, obligation, period, _ANY_YEAR)
            problem = deadline and (
                _outside(plan, obligation, period, deadline, here)
                or _window(obligation, period, deadline, here)
                or _order(plan, obligation, period, deadline, here)
            )
            if problem:
                yield problem  # the first of an obligation is enough
                break


def time_warnings(plan: Plan, days: WorkingDays) -> Iterator[Problem]:
    """What can be meant and probably is not; of each kind, the first period of each obligation where it is so."""
    for i, obligation in enumerate(plan.obligations):
        here: Path = ("obligations", i)
        said: dict[Path, str] = {}
        for period in periods_of(plan, obligation):
            deadline = deadline_of(plan, obligation, period, days)
            for path, what in _doubts(obligation, period, deadline, days) if deadline else ():
                said.setdefault((*here, *path), what)
        yield from said.items()
        above = plan.obligation(obligation.feeds) if obligation.feeds else None
        if above and not set(obligation.rhythms) & set(above.rhythms):
            yield (*here, "feeds"), f"{above.code} has other periods: nothing of this duty reaches it"


def _doubts(
    obligation: Obligation, period: Period, deadline: Deadline, days: WorkingDays
) -> Iterator[Problem]:
    warning = cutoff_warning(obligation, period, deadline, days)
    if warning:
        yield ("cutoff",), warning
    if period.every != "once" and deadline.day_x < period.start:
        start = short_date(period.start)
        yield ("due",), f"{short_date(deadline.day_x)} lies before {period.label} begins, on {start}"
    opens = opening_of(obligation, period, deadline)
    if deadline.day_x - opens > _LONGEST_WINDOW:
        said = f"opens on {short_date(opens)}, eleven months before {short_date(deadline.day_x)}"
        yield ("due", "opens"), f"{said}: is the window the wrong way round?"


def _outside(
    plan: Plan, obligation: Obligation, period: Period, deadline: Deadline, here: Path
) -> Problem | None:
    due = obligation.due
    prints_dates = due is not None and (due.before or due.by) is not None
    if not prints_dates or period.every not in {"once", "phase"}:
        return None
    first, last = (
        (plan.first_year, plan.last_year) if period.every == "once" else (period.first_year, period.last_year)
    )
    if first <= deadline.day_x.year <= last + 1:
        return None
    of = "the plan" if period.every == "once" else f"the phase {period.label}"
    return (*here, "due"), f"{short_date(deadline.day_x)} lies outside the years of {of}, {first}-{last}"


def _window(obligation: Obligation, period: Period, deadline: Deadline, here: Path) -> Problem | None:
    opens: date = opening_of(obligation, period, deadline)
    if opens <= deadline.last_day:
        return None
    return (
        *here,
        "due",
        "opens",
    ), f"opens on {short_date(opens)}, after its last day {short_date(deadline.last_day)}"


def _order(
    plan: Plan, obligation: Obligation, period: Period, deadline: Deadline, here: Path
) -> Problem | None:
    if obligation.feeds is None:
        return None
    above = plan.obligation(obligation.feeds)
    same = next((found for found in periods_of(plan, above) if found.label == period.label), None)
    upper = deadline_of(plan, above, same, _ANY_YEAR) if same else None
    said = order_problem(deadline, upper, above.code) if upper else ""
    return ((*here, "due"), said) if said else None
