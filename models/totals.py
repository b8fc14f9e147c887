"""Adding up: every total says from how many units it comes, and zero, nil and missing stay three things.

The order in which reports arrived never matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from models.evaluate import is_yes, number_of, sum_of
from models.figures import UnitFigures
from models.periods import Period
from models.plan import Indicator, Plan
from models.plan.indicators import Target

Named = tuple[str, str]
"""(unit name, what it answered), for indicators that are listed and not added."""


@dataclass(frozen=True, slots=True)
class Total:
    """One line of the result table. `value` is None (shown as –) where nothing is known; a ratio is in percent."""

    indicator: Indicator
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    answers: tuple[Named, ...] = ()
    given: int = 0
    """How many units gave it, of `asked` that owe it. A nil report counts as given."""
    nil: int = 0
    """How many of those that gave it reported that nothing happened."""
    asked: int = 0
    units: tuple[str, ...] = ()
    """Those of whom it is asked, by code."""
    target: Target | None = None
    met: bool | None = None
    """None where there is no target, or nothing to judge."""
    below: tuple[int, int] | None = None
    """Of a figure passed up: how many units of the level below gave it, of how many; None where somebody entered it
    without.
    """


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that owes the report: its code and kind decide which figures are asked of it."""

    unit: str
    kind: str


def asked_of(indicator: Indicator, member: Member) -> bool:
    """Does this unit own this figure?"""
    return not indicator.asked_of or member.unit in indicator.asked_of or member.kind in indicator.asked_of


@dataclass(frozen=True, slots=True)
class Source:
    """Who is asked for some of the figures, and what came of it."""

    codes: frozenset[str]
    members: tuple[Member, ...]
    reports: tuple[UnitFigures, ...]
    carried: frozenset[str] = frozenset()
    """Of the codes, those that are totals of the level below (models.plan.levels)."""


def total_up(plan: Plan, codes: Sequence[str], period: Period, sources: Sequence[Source]) -> list[Total]:
    """The totals of these indicators over the versions that count, in the order asked for.

    A lead unit's report has two sources: its own form, and the reports of the obligation that feeds it.
    """
    found: dict[str, Total] = {}
    by_unit = {id(source): _by_unit(source.reports) for source in sources}
    for code in _operands_first(plan, codes):
        indicator = plan.indicator(code)
        source = next((source for source in sources if code in source.codes), sources[0])
        asked = [member.unit for member in source.members if asked_of(indicator, member)]
        own = [report for unit in asked for report in by_unit[id(source)].get(unit, ())]
        total = _computed(indicator, found, own) if indicator.formula else _added(indicator, own)
        is_carried = code in source.carried
        below = _below(code, own) if is_carried else None
        units = below[1] if below else None if is_carried else len(asked)
        target = target_for(indicator, period)
        found[code] = replace(
            total,
            denominator=total.denominator if total.denominator is not None else _of_units(indicator, asked),
            asked=total.asked or len(asked),
            units=tuple(asked),
            target=target,
            met=is_met(target, total, units) if target else None,
            below=below,
        )
    return [found[code] for code in codes]


def _by_unit(reports: Sequence[UnitFigures]) -> dict[str, list[UnitFigures]]:
    found: dict[str, list[UnitFigures]] = {}
    for report in reports:
        found.setdefault(report.unit, []).append(report)
    return found


def _below(code: str, reports: Sequence[UnitFigures]) -> tuple[int, int] | None:
    """How complete a figure passed up is, over all levels below; None unless every report that has it, or says that there
    was nothing, tells so.
    """
    parts = [report.parts.get(code) for report in reports if report.nil or code in report.figures]
    known = [each for each in parts if each is not None]
    if not known or len(known) < len(parts):
        return None
    return sum(given for given, _ in known), sum(asked for _, asked in known)


def target_for(indicator: Indicator, period: Period) -> Target | None:
    """The target whose years hold the period."""
    first, last = period.first_year, period.last_year
    return next((t for t in indicator.targets if t.first_year <= first and last <= t.last_year), None)


def is_met(target: Target, total: Total, units: int | None) -> bool | None:
    """Judged in integers, never on a rounded percentage (rule V10): 7 of 11 is below 63,64 %. `units`: of how many
    units a share is meant; None where that is not known.
    """
    if target.percent_of_units is not None:
        count = total.numerator if total.numerator is not None else total.value
        return None if count is None or not units else count * 100 >= target.percent_of_units * units
    assert target.at_least is not None
    is_ratio = total.indicator.formula is not None and total.indicator.formula.ratio is not None
    if is_ratio or total.indicator.is_average:
        if total.numerator is None or not total.denominator:
            return None
        return total.numerator * (100 if is_ratio else 1) >= target.at_least * total.denominator
    return None if total.value is None else total.value >= target.at_least


def _operands_first(plan: Plan, codes: Sequence[str]) -> list[str]:
    ordered: list[str] = []

    def visit(code: str) -> None:
        formula = plan.indicator(code).formula
        for operand in formula.operands() if formula else []:
            if operand not in ordered:
                visit(operand)
        if code not in ordered:
            ordered.append(code)

    for code in codes:
        visit(code)
    return ordered


def _added(indicator: Indicator, reports: Sequence[UnitFigures]) -> Total:
    given = [report for report in reports if report.nil or indicator.code in report.figures]
    nil = sum(report.nil for report in given)
    numbers = [
        number for report in given if (number := number_of(indicator.code, report.figures)) is not None
    ]
    if indicator.is_listed:
        return Total(indicator, None, answers=_listed(indicator, given), given=len(given), nil=nil)
    if indicator.kind == "yes_no" or indicator.adds == "count":
        yes = Decimal(sum(1 for report in given if is_yes(indicator, report.figures)))
        return Total(
            indicator, yes if given else None, numerator=yes if given else None, given=len(given), nil=nil
        )
    if indicator.is_average:
        return _averaged(indicator, given, nil)
    if not numbers:  # zero only where somebody confirmed that nothing happened
        zero = Decimal(0) if any(report.nil for report in given) else None
        return Total(indicator, zero, given=len(given), nil=nil)
    # "last" is the last unit in the order of the cycle: arrival never matters.
    value = {"max": max(numbers), "last": numbers[-1]}.get(indicator.adds, sum(numbers, Decimal(0)))
    return Total(indicator, value, given=len(given), nil=nil)


def _averaged(indicator: Indicator, given: Sequence[UnitFigures], nil: int) -> Total:
    """The mean over the units that gave a value, and the weight where there is one: of a unit that had nothing to report
    there is nothing to average. Rounded to two decimals; a target is judged on what was divided.
    """
    weights = {
        report.unit: number_of(indicator.weight, report.figures) if indicator.weight else Decimal(1)
        for report in given
    }
    pairs = [
        (value, weight)
        for report in given
        if (value := number_of(indicator.code, report.figures)) is not None
        and (weight := weights[report.unit]) is not None
    ]
    over = sum((value * weight for value, weight in pairs), Decimal(0))
    under = sum((weight for _, weight in pairs), Decimal(0))
    if not under:
        return Total(indicator, None, given=len(given), nil=nil)
    value = pairs[0][0] if len(pairs) == 1 else (over / under).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Total(indicator, value, over, under, given=len(given), nil=nil)


def _listed(indicator: Indicator, reports: Sequence[UnitFigures]) -> tuple[Named, ...]:
    return tuple(
        (report.unit_name, answer.text if answer.text is not None else str(answer.number))
        for report in reports
        if (answer := report.figures.get(indicator.code)) and (answer.text or answer.number is not None)
    )


def _computed(indicator: Indicator, found: dict[str, Total], reports: Sequence[UnitFigures]) -> Total:
    formula = indicator.formula
    assert formula
    parts = [found[code] for code in formula.operands()]
    weakest = min(parts, key=lambda part: Decimal(part.given) / part.asked if part.asked else Decimal(1))
    given, nil, asked = weakest.given, weakest.nil, weakest.asked
    if formula.ratio:
        above, below = _both_sides(formula.ratio, found, reports)
        value = None
        if above is not None and below:
            value = (above * 100 / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return Total(indicator, value, above, below, given=given, nil=nil, asked=asked)
    if formula.all_of:
        known = [False if report.nil else is_yes(indicator, report.figures) for report in reports]
        answered = [answer for answer in known if answer is not None]
        count = Decimal(sum(answered)) if answered else None
        return Total(indicator, count, count, given=given, nil=nil, asked=asked)
    values = [part.value for part in parts]
    if formula.times:
        value = values[0] * formula.times.factor if values[0] is not None else None
    elif formula.minus:
        value = values[0] - values[1] if values[0] is not None and values[1] is not None else None
    else:
        value = _sum(values)
    return Total(indicator, value, given=given, nil=nil, asked=asked)


def _both_sides(
    ratio: tuple[list[str], list[str]], found: dict[str, Total], reports: Sequence[UnitFigures]
) -> tuple[Decimal | None, Decimal | None]:
    """Numerator and denominator over the same units: one that gave only one side would carry the ratio past 100 %.
    Where the sides are asked of different units, or are computed, they are the totals.
    """
    operands = [found[code].indicator for side in ratio for code in side]
    if any(each.formula or each.asked_of != operands[0].asked_of for each in operands):
        over, under = (_sum(found[code].value for code in side) for side in ratio)
        return over, under
    sides = [tuple(sum_of(side, report.figures) for side in ratio) for report in reports]
    whole = [(over, under) for over, under in sides if over is not None and under is not None]
    if not whole:
        nothing = Decimal(0) if any(report.nil for report in reports) else None
        return nothing, nothing
    return sum((over for over, _ in whole), Decimal(0)), sum((under for _, under in whole), Decimal(0))


def _sum(values: object) -> Decimal | None:
    known = [value for value in values if value is not None]  # type: ignore[attr-defined]
    return sum(known, Decimal(0)) if known else None


def _of_units(indicator: Indicator, asked: Sequence[str]) -> Decimal | None:
    counts_units = (
        indicator.kind == "yes_no"
        or indicator.adds == "count"
        or (indicator.formula is not None and indicator.formula.all_of is not None)
    )
    return Decimal(len(asked)) if counts_units else None
