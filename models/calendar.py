"""The reporting calendar: every cycle of a plan with its deadline, ladder, opening and closing day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.deadlines import Deadline, SetDue, cutoff_of, deadline_of, opening_of
from models.ids import CycleKey
from models.periods import Period, periods_of
from models.plan import Obligation, Plan, Step
from models.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder with its day."""

    step: Step
    on: date


@dataclass(frozen=True, slots=True)
class PlannedCycle:
    key: CycleKey
    plan: Plan
    obligation: Obligation
    period: Period
    deadline: Deadline | None
    cutoff: date | None
    opens_on: date | None
    closes_on: date | None
    rungs: tuple[Rung, ...]


def planned_cycles(
    plan: Plan, days: WorkingDays, set_dues: Mapping[CycleKey, SetDue] | None = None
) -> Iterator[PlannedCycle]:
    """Every cycle of the plan, dated or not, in the order of its obligations and periods."""
    for obligation in plan.obligations:
        for period in periods_of(plan, obligation):
            key = CycleKey(plan.code, obligation.code, period.label)
            yield plan_cycle(plan, obligation, period, days, (set_dues or {}).get(key))


def plan_cycle(
    plan: Plan, obligation: Obligation, period: Period, days: WorkingDays, set_due: SetDue | None = None
) -> PlannedCycle:
    """One cycle as the plan and the calendar of working days have it."""
    deadline = deadline_of(plan, obligation, period, days, set_due)
    return PlannedCycle(
        key=CycleKey(plan.code, obligation.code, period.label),
        plan=plan,
        obligation=obligation,
        period=period,
        deadline=deadline,
        cutoff=cutoff_of(obligation, period),
        opens_on=opening_of(obligation, deadline) if deadline else None,
        closes_on=days.add(deadline.day_x, obligation.closes_working_days_after) if deadline else None,
        rungs=ladder(obligation.ladder, deadline, days) if deadline else (),
    )


def ladder(steps: tuple[Step, ...], deadline: Deadline, days: WorkingDays) -> tuple[Rung, ...]:
    """The steps on their days: T-n counts working days back from the last working day in time, T+n on from X."""
    rungs = [
        Rung(step, days.add(deadline.day_x if step.step[1] == "+" else deadline.last_working_day, step.days))
        for step in steps
    ]
    return tuple(sorted(rungs, key=lambda rung: (rung.on, rung.step.days)))
