"""The reporting calendar: every cycle of a plan with its deadline, ladder, opening and closing day."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from models.cutoffs import cutoff_of
from models.deadlines import Deadline, SetDue, SetDues, deadline_of, opening_of
from models.ids import CycleKey
from models.periods import Period, find_period, periods_of
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
    """Last day the figures cover."""
    opens_on: date | None
    closes_on: date | None
    rungs: tuple[Rung, ...]
    cutoff_is_usual: bool = False
    """Taken from Nghị định 09/2019, where the plan names none."""
    moved_by: str = ""
    """The document that changed the day after the cycle had opened; empty where none did."""


def planned_cycles(plan: Plan, days: WorkingDays, set_dues: SetDues | None = None) -> Iterator[PlannedCycle]:
    """Every cycle of the plan, dated or not, in the order of its obligations and periods; of an ad-hoc duty, those
    for which a date was set.
    """
    for obligation in plan.obligations:
        for period in (*periods_of(plan, obligation), *_asked_for(plan, obligation, set_dues)):
            yield plan_cycle(plan, obligation, period, days, set_dues=set_dues)


def plan_cycle(
    plan: Plan,
    obligation: Obligation,
    period: Period,
    days: WorkingDays,
    set_due: SetDue | None = None,
    *,
    set_dues: SetDues | None = None,
) -> PlannedCycle:
    """One cycle as the plan and the calendar of working days have it. `set_due` is a date for this very cycle;
    `set_dues` all that were set, since one cycle's day may be counted from another's.
    """
    key = CycleKey(plan.code, obligation.code, period.label)
    dues = {key: set_due} if set_due else set_dues
    deadline = deadline_of(plan, obligation, period, days, dues)
    cutoff = cutoff_of(obligation, period, deadline)
    return PlannedCycle(
        key=key,
        plan=plan,
        obligation=obligation,
        period=period,
        deadline=deadline,
        cutoff=cutoff.day if cutoff else None,
        cutoff_is_usual=bool(cutoff and cutoff.is_usual),
        opens_on=opening_of(obligation, period, deadline) if deadline else None,
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


def _asked_for(plan: Plan, obligation: Obligation, set_dues: SetDues | None) -> Iterator[Period]:
    if "ad-hoc" not in obligation.rhythms:
        return
    for key in sorted(set_dues or ()):
        if (key.plan, key.obligation) == (plan.code, obligation.code):
            with suppress(LookupError):  # asked for under another version of the plan, whose years are others
                yield find_period(plan, obligation, key.period)
