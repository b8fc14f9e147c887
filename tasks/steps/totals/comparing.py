"""Two cycles compared: totals, and unit by unit where the units correspond, with how they were mapped."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.figures import UnitFigures
from models.ids import CycleKey
from models.plan import Indicator
from models.plan.levels import counts_units
from models.units.comparing import Carried, UnitMap, Unmapped, earlier_value, map_units
from tasks.adapters.home import Home
from tasks.adapters.ledger.units import load_tree
from tasks.steps.totals.totalling import CycleTotals, plain, totals_of


@dataclass(frozen=True, slots=True)
class Comparison:
    now: CycleTotals
    then: CycleTotals
    units: UnitMap


def compare(home: Home, key: CycleKey, earlier: CycleKey) -> Comparison:
    """UnknownCycleError where one has not opened; ValueError where `earlier` is not the earlier one."""
    if (key.plan, key.obligation) != (earlier.plan, earlier.obligation):
        raise ValueError(f"{earlier} is another duty than {key}: nothing to compare")
    now, then = totals_of(home, key), totals_of(home, earlier)
    if now.live.planned.period.end <= then.live.planned.period.end:
        raise ValueError(f"{earlier} is not earlier than {key}")
    with home.ledger.read() as session:
        tree = load_tree(session)
    days = (then.live.opened_at.date(), now.live.opened_at.date())
    return Comparison(now, then, map_units(tree, _named(then), _named(now), *days))


def comparison_json(found: Comparison) -> dict[str, Any]:
    """Figures are compared only where they add up; a unit's earlier figure is given only where it is known."""
    reports_now = {report.unit: report for report in found.now.reports}
    reports_then = {report.unit: report for report in found.then.reports}
    summed = [total.indicator for total in found.now.totals if _adds_up(total.indicator)]
    return {
        "cycle": str(found.now.live.key),
        "earlier": str(found.then.live.key),
        "comparable": found.units.is_comparable,
        "coverage": {"now": _coverage(found.now), "earlier": _coverage(found.then)},
        "indicators": _totals(found),
        "units": [_unit(each, summed, reports_now, reports_then) for each in found.units.carried],
        "unmapped": [
            {
                "unit": each.unit,
                "name": each.unit_name,
                "became": [{"unit": unit.code, "name": unit.body} for unit in each.became],
                "note": why_unmapped(each, found.now),
            }
            for each in found.units.unmapped
        ],
    }


def why_unmapped(each: Unmapped, now: CycleTotals) -> str:
    """In Vietnamese: what became of a unit whose earlier figures carry to no one unit."""
    if not each.became:
        return "không còn, không có đơn vị kế thừa"
    if len(each.became) == 1 and each.became[0].code not in {s.unit for s in now.standings if not s.exempt}:
        return "không phải báo cáo ở kỳ sau"
    return "đã chia tách, số liệu không chuyển được cho một đơn vị"


def _totals(found: Comparison) -> list[dict[str, Any]]:
    before = {total.indicator.code: total for total in found.then.totals}
    rows = []
    for total in found.now.totals:
        earlier = before.get(total.indicator.code)
        if earlier is None or total.answers or earlier.answers:
            continue
        rows.append(
            {
                "code": total.indicator.code,
                "label": total.indicator.label,
                "unit": total.indicator.unit,
                "value": plain(total.value),
                "earlier": plain(earlier.value),
                "change": plain(_minus(total.value, earlier.value)),
            }
        )
    return rows


def _unit(
    carried: Carried,
    summed: list[Indicator],
    now: dict[str, UnitFigures],
    then: dict[str, UnitFigures],
) -> dict[str, Any]:
    missing = [
        origin.unit.body for origin in carried.origins if origin.is_whole and origin.unit.code not in then
    ]
    report = now.get(carried.unit)
    notes = [*carried.notes, *(f"{name} chưa báo cáo kỳ trước" for name in missing if carried.is_exact)]
    notes += [] if report else ["chưa báo cáo kỳ này"]
    figures = []
    for indicator in summed:
        answer = report.figures.get(indicator.code) if report else None
        value = answer.number if answer else Decimal(0) if report and report.nil else None
        earlier = earlier_value(carried, then, indicator.code)
        figures.append(
            {
                "code": indicator.code,
                "value": plain(value),
                "earlier": plain(earlier),
                "change": plain(_minus(value, earlier)) if not notes else None,
            }
        )
    return {
        "unit": carried.unit,
        "name": carried.unit_name,
        "from": [{"unit": o.unit.code, "name": o.unit.body, "whole": o.is_whole} for o in carried.origins],
        "exact": not notes,
        "notes": notes,
        "figures": figures,
    }


def _adds_up(indicator: Indicator) -> bool:
    return (
        indicator.formula is None
        and indicator.adds == "sum"
        and (indicator.kind in {"count", "number", "money"} and not counts_units(indicator))
    )


def _minus(value: Decimal | None, earlier: Decimal | None) -> Decimal | None:
    return value - earlier if value is not None and earlier is not None else None


def _named(found: CycleTotals) -> list[tuple[str, str]]:
    return [(s.unit, s.unit_name) for s in found.live.standings if not s.exempt]


def _coverage(found: CycleTotals) -> dict[str, int]:
    return {"expected": found.coverage.expected, "received": found.coverage.received}
