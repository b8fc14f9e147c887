"""Levels: what an indicator asked of each unit below is, one level up.

A district reports of its communes: where each commune said yes or no, the district says how many did. Sums and ratios
stay what they are; lists of answers are not passed up as figures.
"""

from models.plan.indicators import Indicator
from models.plan.schema import Obligation, Plan


def feeders(plan: Plan, obligation: Obligation) -> list[Obligation]:
    """The obligations whose totals go into this one."""
    return [other for other in plan.obligations if other.feeds == obligation.code]


def carried(plan: Plan, obligation: Obligation) -> set[str]:
    """The indicators of its form that the level below is asked, too: their totals are passed up."""
    below = {code for other in feeders(plan, obligation) for code in other.form.indicators}
    return below & set(obligation.form.indicators)


def seen_from(plan: Plan, obligation: Obligation) -> Plan:
    """The plan with its indicators as they are at the level of this obligation."""
    passed_up = carried(plan, obligation)
    if not passed_up:
        return plan
    changed = [
        _one_up(indicator) if indicator.code in passed_up else indicator for indicator in plan.indicators
    ]
    return plan.model_copy(update={"indicators": changed})


def counts_units(indicator: Indicator) -> bool:
    """Is its total the number of units that answer yes?"""
    by_tests = indicator.formula is not None and indicator.formula.all_of is not None
    return indicator.kind == "yes_no" or indicator.adds == "count" or by_tests


def can_be_passed_up(indicator: Indicator) -> bool:
    return not (indicator.is_listed or indicator.is_average)


def _one_up(indicator: Indicator) -> Indicator:
    if counts_units(indicator):
        return indicator.model_copy(
            update={"kind": "count", "adds": "sum", "formula": None, "asked_of": [], "unit": "đơn vị"}
        )
    return indicator.model_copy(update={"asked_of": []})
