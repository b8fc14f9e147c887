"""Thời gian chốt số liệu: the last day the figures of a period cover, which is not the deadline.

Nghị định 09/2019/NĐ-CP, in force from 12/3/2019, gives the usual days and asks for at least one working day between
the cut-off and the day of sending (secondary source; domain handbook §2.4). An obligation's own cut-off wins.
"""

from dataclasses import dataclass
from datetime import date

from models.deadlines import Deadline, cutoff_day
from models.periods import Period
from models.plan import Obligation
from models.text import short_date
from models.working_days import WorkingDays

IN_FORCE = date(2019, 3, 12)
_USUAL_DAY = 14
_PERIODIC = frozenset({"year", "half-year", "quarter", "month"})


@dataclass(frozen=True, slots=True)
class Cutoff:
    day: date
    is_usual: bool = False
    """Taken from the decree, where the plan says nothing."""


def cutoff_of(obligation: Obligation, period: Period, deadline: Deadline | None) -> Cutoff | None:
    """The plan's own, else the usual one where it can be meant: after it there must be time to report."""
    own = cutoff_day(obligation.cutoff, period)
    if own:
        return Cutoff(own)
    usual = usual_cutoff(obligation, period)
    if usual is None or (deadline and usual >= deadline.last_day):
        return None
    return Cutoff(usual, is_usual=True)


def usual_cutoff(obligation: Obligation, period: Period) -> date | None:
    """The 14th of the last month of a result report's period: 14/12 for the year, 14/6 for its first half; the end of a
    period that ends before its 14th.
    """
    if obligation.kind != "result" or period.every not in _PERIODIC or period.end < IN_FORCE:
        return None
    return min(period.end.replace(day=_USUAL_DAY), period.end)


def cutoff_warning(
    obligation: Obligation, period: Period, deadline: Deadline, days: WorkingDays
) -> str | None:
    """What a plan's author should know: the deadline comes before the figures can be whole."""
    own = cutoff_day(obligation.cutoff, period)
    cutoff = own or usual_cutoff(obligation, period)
    if cutoff is None or obligation.form.estimated:
        return None
    whose = "its cut-off" if own else "the usual cut-off (Nghị định 09/2019)"
    if deadline.last_day <= cutoff:
        said = f"ends on {short_date(deadline.last_day)}, not after {whose} {short_date(cutoff)}"
    elif days.between(cutoff, deadline.last_working_day) < 1:
        said = f"ends on {short_date(deadline.last_day)}, less than one working day after {whose} {short_date(cutoff)}"
    else:
        return None
    return f"the time of {period.label} {said}: give an earlier cutoff, or say form.estimated (ước thực hiện)"
