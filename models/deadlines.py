"""From a due rule and a period to moments in time (domain handbook §2).

`trước ngày X` excludes X: under the strict policy the last moment is the end of X-1, under the tolerant one the
end of X. No rule calls a unit late in an outgoing text before X has passed; `late_from` is that moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import pendulum

from models.ids import CycleKey
from models.periods import Period, periods_of
from models.plan import Due, Obligation, Plan
from models.plan.due import PARTS, DueDay, split_day_month
from models.working_days import WorkingDays

ZONE = pendulum.timezone("Asia/Ho_Chi_Minh")
"""UTC+7, no summer time."""

_END_OF_DAY = time(23, 59, 59)
CORRECTION_DAYS = 5
"""Working days a unit has for a correction, at least."""


@dataclass(frozen=True, slots=True)
class Deadline:
    day_x: date
    """The day the plan prints."""
    due_at: datetime
    """The last moment that still counts as on time."""
    last_day: date
    """The last calendar day on time."""
    last_working_day: date
    """The last working day not after it: what reminders count from."""
    late_from: datetime
    """From here on an outgoing text may say `trễ hạn`."""


@dataclass(frozen=True, slots=True)
class SetDue:
    """A date the coordinator set where the plan gives none, and the document that sets it."""

    day_x: date
    inclusive: bool
    document: str
    frozen: bool = False
    """The day a cycle opened with: a holiday that is added later does not shift it again."""


SetDues = Mapping[CycleKey, SetDue]


def deadline_on(
    day_x: date,
    *,
    inclusive: bool,
    days: WorkingDays,
    policy: Literal["strict", "tolerant"] = "strict",
    shift: Literal["none", "forward"] = "none",
    at: time | None = None,
) -> Deadline:
    """The deadline for a printed day X."""
    if shift == "forward":
        day_x = days.on_or_after(day_x)
    last_day = day_x if inclusive or policy == "tolerant" else day_x - timedelta(days=1)
    return Deadline(
        day_x=day_x,
        due_at=datetime.combine(last_day, at or _END_OF_DAY, ZONE),
        last_day=last_day,
        last_working_day=days.on_or_before(last_day),
        late_from=datetime.combine(day_x + timedelta(days=1), time(), ZONE),
    )


def deadline_of(
    plan: Plan, obligation: Obligation, period: Period, days: WorkingDays, set_dues: SetDues | None = None
) -> Deadline | None:
    """The deadline of one period, or None where nobody has set one yet. A date that was set holds for what is
    counted from it, too.
    """
    due = obligation.due
    at = time.fromisoformat(due.at) if due and due.at else None
    set_due = (set_dues or {}).get(CycleKey(plan.code, obligation.code, period.label))
    if set_due:
        day_x, inclusive = set_due.day_x, set_due.inclusive
    elif due and (found := _day_x(plan, obligation, due, period, days, set_dues)):
        day_x, inclusive = found, due.inclusive
    else:
        return None
    shift = "none" if set_due and set_due.frozen else plan.shift
    return deadline_on(day_x, inclusive=inclusive, days=days, policy=plan.policy, shift=shift, at=at)


def correction_day(returned_on: date, last_day: date, days: WorkingDays) -> date:
    """Until when a report returned on a day is awaited, unless the coordinator says so: a return gives time and takes none
    of what the unit had, so never before `last_day`, that of its deadline or extension.
    """
    return max(days.add(returned_on, CORRECTION_DAYS), last_day)


def opening_of(obligation: Obligation, period: Period, deadline: Deadline) -> date:
    """The day the cycle opens: its window's first day, else so many days before day X. A window that repeats
    opens on the last such day before day X, so one from 15/12 to 15/01 opens in the old year.
    """
    opens = day_for(obligation.due.opens, period) if obligation.due else None
    if isinstance(opens, date):
        return opens
    day_x = deadline.day_x
    if isinstance(opens, str):
        day, month = split_day_month(opens)
        this_year = date(day_x.year, month, day)
        return this_year if this_year <= day_x else this_year.replace(year=day_x.year - 1)
    if isinstance(opens, int):
        month_before = day_x.replace(day=1) - timedelta(days=1)
        return (day_x if opens <= day_x.day else month_before).replace(day=opens)
    return day_x - timedelta(days=obligation.opens_days_before)


def day_for(days: DueDay | Mapping[str, DueDay] | None, period: Period) -> DueDay | None:
    """The entry of a table of days that is this period's; a single day is everybody's."""
    if not isinstance(days, Mapping):
        return days
    key = {"phase": period.label, "year": "year", "once": "once"}.get(period.every, period.label[-2:])
    return days.get(key, days.get("default"))


def cutoff_day(cutoff: DueDay | Mapping[str, DueDay] | None, period: Period) -> date | None:
    """The plan's own cut-off of one period: a day of the year or month is that of the period's end."""
    day = day_for(cutoff, period)
    if isinstance(day, str):
        number, month = split_day_month(day)
        return date(period.end.year, month, number)
    return period.end.replace(day=day) if isinstance(day, int) else day


def _day_x(
    plan: Plan, obligation: Obligation, due: Due, period: Period, days: WorkingDays, set_dues: SetDues | None
) -> date | None:
    if due.after and due.after.of == "cutoff":
        cutoff = cutoff_day(obligation.cutoff, period)
        assert cutoff  # models.plan_text.consistency refuses the plan otherwise
        return days.add(cutoff, due.after.working_days)
    if due.after or due.ahead:
        return _counted(plan, due, period, days, set_dues)
    day = day_for(due.before if due.before is not None else due.by, period)
    if day is None or isinstance(day, date):
        return day
    year = period.end.year + (1 if due.next_year else 0)
    if isinstance(day, str):
        number, month = split_day_month(day)
        if period.every in PARTS and date(period.end.year, month, number) > period.end:
            year = period.end.year  # six months by 15/7, the year's by 15/01: only the second is next year
        return date(year, month, number)
    month = period.end.month + (1 if due.next_month else 0)
    return date(year + (month > 12), (month - 1) % 12 + 1, day)


def _counted(
    plan: Plan, due: Due, period: Period, days: WorkingDays, set_dues: SetDues | None
) -> date | None:
    """Counted on from the day X of another obligation, or back from its last working day in time. What counts from
    a duty without a date has none either.
    """
    assert due.counts_from
    other = plan.obligation(due.counts_from)
    own = period if other.rhythms != ["once"] else periods_of(plan, other)[0]
    deadline = deadline_of(plan, other, own, days, set_dues)
    if deadline is None:
        return None
    if due.ahead:
        return days.add(deadline.last_working_day, -due.ahead.working_days)
    assert due.after
    return days.add(deadline.day_x, due.after.working_days)
