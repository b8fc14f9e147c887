"""What must hold between the dates of one plan: that they lie in its years, and that a cascade goes upward in time."""

from collections.abc import Iterator
from datetime import date

from models.cascade import order_problem
from models.cutoffs import cutoff_warning
from models.deadlines import Deadline, deadline_of, opening_of
from models.periods import Period, periods_of
from models.plan.schema import Obligation, Plan
from models.plan_text.consistency import Problem
from models.plan_text.suggest import Path
from models.text import short_date
from models.working_days import WorkingDays

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
    """A deadline before the figures can be whole: the first period of each obligation where it is so."""
    for i, obligation in enumerate(plan.obligations):
        for period in periods_of(plan, obligation):
            deadline = deadline_of(plan, obligation, period, days)
            warning = cutoff_warning(obligation, period, deadline, days) if deadline else None
            if warning:
                yield ("obligations", i, "cutoff"), warning
                break


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
