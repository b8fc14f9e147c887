"""Cascades: from the date of the report upward to the dates of the levels that feed it (20/10 → 30/10).

The top date is entered once, with the working days each level needs for adding up; the lower dates are proposed from
it. A date the plan prints is never moved, only checked for order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.deadlines import Deadline, SetDue, SetDues, deadline_of
from models.ids import CycleKey
from models.periods import find_period, periods_of
from models.plan import Obligation, Plan
from models.text import short_date
from models.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a cascade, from the top down."""

    key: CycleKey
    deadline: Deadline
    feeds: CycleKey | None
    is_proposed: bool
    """False where the plan prints the date itself, or it was set before and nothing else is asked."""
    problem: str = ""
    """Why it cannot be: it would not end before what it feeds."""

    def as_set_due(self, document: str) -> SetDue:
        return SetDue(
            self.deadline.day_x, inclusive=self.deadline.last_day >= self.deadline.day_x, document=document
        )


class CascadeError(ValueError):
    """A cascade cannot be worked out as asked; the message says what is lacking."""


def propose(
    plan: Plan,
    top: CycleKey,
    top_due: SetDue | None,
    allowances: Mapping[str, int],
    days: WorkingDays,
    set_dues: SetDues,
) -> list[Level]:
    """The top and every level below it. `allowances`: obligation → the working days between its last day and that of
    what it feeds. CascadeError where the top has no date, or a level has neither a date nor an allowance.
    """
    obligation = plan.obligation(top.obligation)
    dues = {**set_dues, top: top_due} if top_due else dict(set_dues)
    deadline = deadline_of(plan, obligation, find_period(plan, obligation, top.period), days, dues)
    if deadline is None:
        raise CascadeError(f"{top} has no date: give one with --before or --on")
    levels = [Level(top, deadline, None, is_proposed=top_due is not None)]
    for level in levels:  # grows as it goes down
        levels += _below(plan, level, allowances, days, dues)
    unknown = set(allowances) - {level.key.obligation for level in levels}
    if unknown:
        raise CascadeError(f"{', '.join(sorted(unknown))} does not feed {top}")
    return levels


def order_problem(lower: Deadline, upper: Deadline, feeds: str) -> str:
    """A level needs its units' reports before its own is due; empty where it is so."""
    if lower.last_day < upper.last_day:
        return ""
    ends = f"ends on {short_date(lower.last_day)}"
    return f"{ends}, not before {feeds}, which it feeds, ends on {short_date(upper.last_day)}"


def neighbour_problems(plan: Plan, key: CycleKey, days: WorkingDays, dues: SetDues) -> Iterator[str]:
    """Does the cycle stand in order between what feeds it and what it feeds?"""
    obligation = plan.obligation(key.obligation)
    own = _deadline(plan, obligation, key.period, days, dues)
    for other in plan.obligations:
        deadline = _deadline(plan, other, key.period, days, dues)
        if own is None or deadline is None:
            continue
        if other.code == obligation.feeds and (said := order_problem(own, deadline, other.code)):
            yield f"{key} {said}"
        if other.feeds == obligation.code and (said := order_problem(deadline, own, obligation.code)):
            yield f"{CycleKey(key.plan, other.code, key.period)} {said}"


def _below(
    plan: Plan, upper: Level, allowances: Mapping[str, int], days: WorkingDays, dues: dict[CycleKey, SetDue]
) -> Iterator[Level]:
    for obligation in plan.obligations:
        if obligation.feeds != upper.key.obligation:
            continue
        key = CycleKey(plan.code, obligation.code, upper.key.period)
        allowance = allowances.get(obligation.code)
        is_free = obligation.due is None or obligation.due.ahead is not None
        if allowance is not None and not is_free:
            raise CascadeError(f"{key} has its date from the plan: {obligation.wording}")
        if allowance is not None:
            day = days.add(upper.deadline.last_working_day, -allowance)
            dues[key] = SetDue(day, inclusive=True, document="")
        deadline = _deadline(plan, obligation, key.period, days, dues)
        if deadline is None:
            raise CascadeError(
                f"{key} has no date: say how many working days it needs, --allow {obligation.code}=5"
            )
        problem = order_problem(deadline, upper.deadline, upper.key.obligation)
        yield Level(key, deadline, upper.key, is_proposed=allowance is not None, problem=problem)


def _deadline(
    plan: Plan, obligation: Obligation, label: str, days: WorkingDays, dues: SetDues
) -> Deadline | None:
    period = next((found for found in periods_of(plan, obligation) if found.label == label), None)
    return deadline_of(plan, obligation, period, days, dues) if period else None
