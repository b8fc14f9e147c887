"""The same period of the years before, as the ledger has it: for the Báo cáo, and as a series of totals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from models.calendar import PlannedCycle
from models.disclosure import Mark, protect
from models.ids import CycleKey
from models.periods import Period, find_period
from models.plan.levels import seen_from
from models.report.comparison import (
    Comparison,
    PastPeriod,
    Side,
    compare,
    goes_before,
    is_number,
    past_period,
)
from models.tables import CycleRow
from models.totals import Total
from models.units.comparing import map_units
from tasks.adapters.home import Home
from tasks.adapters.ledger.units import load_tree
from tasks.steps.totals.comparing import why_unmapped
from tasks.steps.totals.totalling import CycleTotals, NotCollectedError, plain, totals_of


@dataclass(frozen=True, slots=True)
class Years:
    """Earlier periods in order, and this one against the last of them."""

    earlier: tuple[PastPeriod, ...] = ()
    comparison: Comparison | None = None


def years_of(home: Home, found: CycleTotals) -> Years:
    """Nothing where there is no earlier period of which anything came."""
    before = list(_before(home, found))
    if not before or not found.totals:
        return Years()
    earlier = tuple(past_period(str(each.live.key), _side(each), _versions(each)) for each in before)
    return Years(earlier, _compared(home, found, before[-1]))


def series_json(home: Home, found: CycleTotals, through: str | None = None) -> list[dict[str, Any]]:
    """The public key `series` of `dondoc totals`: the totals of every period up to this one, what can point to one
    child left out.
    """
    return [_told(each) for each in (*_before(home, found, through), found)]


def _before(home: Home, found: CycleTotals, through: str | None = None) -> Iterator[CycleTotals]:
    planned = found.live.planned
    with home.ledger.read() as session:
        query = select(CycleRow.period).where(
            CycleRow.plan == planned.key.plan, CycleRow.obligation == planned.key.obligation
        )
        labels = session.exec(query).all()
    periods = [period for label in labels if (period := _period(planned, label))]
    for period in sorted(periods, key=lambda each: each.end):
        key = CycleKey(planned.key.plan, planned.key.obligation, period.label)
        try:
            each = totals_of(home, key, through, found.live.opened_at.date() if through else None)
        except NotCollectedError:
            continue
        if any(source.reports for source in each.sources):
            yield each


def _period(planned: PlannedCycle, label: str) -> Period | None:
    try:
        period = find_period(planned.plan, planned.obligation, label)
    except LookupError:  # the plan has other years by now
        return None
    return period if goes_before(period, planned.period) else None


def _side(found: CycleTotals) -> Side:
    planned = found.live.planned
    plan = seen_from(planned.plan, planned.obligation)
    return Side(plan, planned.period, found.coverage, found.totals, found.sources)


def _compared(home: Home, now: CycleTotals, then: CycleTotals) -> Comparison:
    with home.ledger.read() as session:
        tree = load_tree(session)
    days = (then.live.opened_at.date(), now.live.opened_at.date())
    units = map_units(tree, _named(then), _named(now), *days)
    unmapped = [(each.unit_name, why_unmapped(each, now)) for each in units.unmapped]
    return compare(_side(now), _side(then), units, unmapped)


def _versions(found: CycleTotals) -> dict[str, dict[str, int]]:
    told: dict[str, dict[str, int]] = {}
    for key, report in found.sources_in:
        told.setdefault(str(key), {})[report.unit] = report.version
    return told


def _named(found: CycleTotals) -> list[tuple[str, str]]:
    """Everybody whose figures were added up, each once."""
    owing = [*found.live.standings, *found.fed_standings]
    return list({s.unit: s.unit_name for s in owing if not s.exempt}.items())


def _told(found: CycleTotals) -> dict[str, Any]:
    reports = tuple(report for source in found.sources for report in source.reports)
    marks = protect(found.totals, reports).totals
    return {
        "cycle": str(found.live.key),
        "period": found.live.planned.period.label,
        "expected": found.coverage.expected,
        "received": found.coverage.received,
        "indicators": [
            _figure(total, marks.get(total.indicator.code))
            for total in found.totals
            if is_number(total.indicator)
        ],
    }


def _figure(total: Total, mark: Mark | None) -> dict[str, Any]:
    shown = mark is None
    return {
        "code": total.indicator.code,
        "value": plain(total.value) if shown else None,
        "numerator": plain(total.numerator) if shown else None,
        "denominator": plain(total.denominator) if shown else None,
        "hidden": not shown,
        "target": total.target.wording if total.target else None,
        "met": total.met,
        "given": total.given,
        "asked": total.asked,
    }
