"""Which days of an obligation an admin should see coming: its deadlines and reminder days, from today on.

The runs on these days all do the same sweep, which would do the work without them too; they make the calendar visible.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.calendar import PlannedCycle, Rung, ladder, planned_cycles
from models.deadlines import Deadline, SetDue, deadline_on
from models.ids import CycleKey
from models.plan import Obligation, Plan
from models.working_days import WorkingDays

HORIZON = timedelta(days=800)
"""Two coming deadlines of a yearly duty, with room; made anew at every start and every day."""

_ONE_ROUND = timedelta(days=360)

DAY_X = "ngay-han"
LAST_DAY = "ngay-cuoi"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One kind of day with its coming dates: `ngay-han-30-11` (day X), `ngay-cuoi` (the last day in time), `t-7`,
    `t-cong-1` (T+1).
    """

    slug: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ObligationSchedule:
    plan: Plan
    obligation: Obligation
    occasions: tuple[Occasion, ...]
    """Empty where the duty is done and its plan goes on."""
    is_over: bool
    """The years of the plan have passed: the days are the same days of the coming years, and find nothing to do."""

    @property
    def name(self) -> str:
        """`hue-588-o2`: lower case letters, digits and dashes, as Prefect likes them."""
        return f"{self.plan.code}-{self.obligation.code}".lower()


def obligation_schedules(
    plan: Plan, days: WorkingDays, set_dues: Mapping[CycleKey, SetDue], today: date
) -> list[ObligationSchedule]:
    """One for every obligation that has a date, from the plan or from the coordinator."""
    dated = [cycle for cycle in planned_cycles(plan, days, set_dues) if cycle.deadline]
    is_over = plan.last_year < today.year and not any(
        day >= today for cycle in dated for _, day in _days_of(cycle)
    )
    found = []
    for obligation in plan.obligations:
        own = [cycle for cycle in dated if cycle.obligation is obligation]
        if own:
            coming = [pair for cycle in own for pair in _days_of(cycle)]
            if is_over:
                coming = list(_as_if_it_went_on(own, days, today))
            found.append(ObligationSchedule(plan, obligation, _grouped(coming, today), is_over))
    return found


def _days_of(cycle: PlannedCycle) -> Iterator[tuple[str, date]]:
    assert cycle.deadline
    yield from _named(cycle.deadline, cycle.rungs)


def _named(deadline: Deadline, rungs: tuple[Rung, ...]) -> Iterator[tuple[str, date]]:
    yield f"{DAY_X}-{deadline.day_x:%d-%m}", deadline.day_x
    if deadline.last_day != deadline.day_x:
        yield LAST_DAY, deadline.last_day
    for rung in rungs:
        yield rung.step.step.lower().replace("+", "-cong-"), rung.on


def _as_if_it_went_on(
    cycles: list[PlannedCycle], days: WorkingDays, today: date
) -> Iterator[tuple[str, date]]:
    """The last round of the obligation in this year and the next ones, counted with their own working days."""
    deadlines = [(cycle, cycle.deadline) for cycle in cycles if cycle.deadline]
    last = max(deadline.day_x for _, deadline in deadlines)
    for cycle, deadline in deadlines:
        if deadline.day_x <= last - _ONE_ROUND:
            continue
        for year in range(today.year - 1, (today + HORIZON).year + 1):
            moved = deadline_on(
                _in_year(deadline.day_x, deadline.day_x.year + year - last.year),
                inclusive=deadline.last_day >= deadline.day_x,
                days=days,
                policy=cycle.plan.policy,
                shift=cycle.plan.shift,
            )
            yield from _named(moved, ladder(cycle.obligation.ladder, moved, days))


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29/02 becomes the last day of February."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _grouped(pairs: list[tuple[str, date]], today: date) -> tuple[Occasion, ...]:
    coming: dict[str, set[date]] = {}
    for slug, day in pairs:
        if today <= day <= today + HORIZON:
            coming.setdefault(slug, set()).add(day)
    occasions = [Occasion(slug, tuple(sorted(days))) for slug, days in coming.items()]
    return tuple(sorted(occasions, key=lambda occasion: (occasion.days[0], occasion.slug)))
