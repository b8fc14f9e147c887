"""How many units owe by the unit files, beside how many the plan itself says."""

from collections.abc import Iterator

from models.calendar import PlannedCycle, planned_cycles
from models.plan.schema import Plan
from models.plan_text.consistency import Problem
from models.text import short_date
from models.units import UnitTree
from models.units.owing import owing
from models.working_days import WorkingDays

_NAMED = 12
"""Units named in a warning; a list that is longer is looked up with `dondoc unit list`."""


def count_warnings(plan: Plan, days: WorkingDays, tree: UnitTree) -> Iterator[Problem]:
    """Of each obligation, the first cycle in which another number of units owes than the plan states, or nobody does."""
    told = set()
    for cycle in planned_cycles(plan, days):
        i = plan.obligations.index(cycle.obligation)
        if i not in told and (said := _doubt(cycle, tree)):
            told.add(i)
            yield ("obligations", i, "owed_by"), said


def _doubt(cycle: PlannedCycle, tree: UnitTree) -> str:
    stated, on = cycle.obligation.owed_by.stated, cycle.opens_on or cycle.period.start
    codes = [unit.code for unit in owing(tree, cycle.obligation.owed_by, on)]
    when = f"on {short_date(on)}, when {cycle.period.label} opens"
    if not codes:
        return f"nobody owes it {when}: the units it names are not there that day"
    if stated is None or len(codes) == stated:
        return ""
    named = ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
    return f"the plan states {stated} units; {len(codes)} owe {when}: {named}"
