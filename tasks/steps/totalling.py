"""The totals of one cycle, from the versions that count."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from models.figures import UnitFigures
from models.ids import CycleKey
from models.states import Coverage, Standing, coverage
from models.totals import Member, Source, Total, total_up
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.submissions import counted_figures
from tasks.adapters.ledger.units import load_tree
from tasks.steps.opening import UnknownCycleError, find_planned


@dataclass(frozen=True, slots=True)
class CycleTotals:
    live: LiveCycle
    coverage: Coverage
    totals: tuple[Total, ...]
    reports: tuple[UnitFigures, ...]
    fed_by: tuple[UnitFigures, ...] = ()
    """Reports of the obligation that feeds this one."""
    fed_standings: tuple[Standing, ...] = ()

    @property
    def missing(self) -> list[str]:
        return [s.unit for s in self.live.standings if not s.reported and not s.exempt]


def totals_of(home: Home, key: CycleKey) -> CycleTotals:
    """UnknownCycleError where the cycle has not opened."""
    with home.ledger.read() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key)
        if live is None:
            find_planned(home, key)
            raise UnknownCycleError(f"{key} has not opened yet: nothing to add up")
        form = live.planned.obligation.form
        own = _source(session, live, tree, form.indicators)
        feeding = [f for f in (load_cycle(session, tree, home.days, k) for k in feeding_keys(live)) if f]
        fed = _merged([_source(session, cycle, tree, form.totals_only) for cycle in feeding])
    codes = [*form.indicators, *form.totals_only]
    totals = total_up(live.planned.plan, codes, live.planned.period, [own, fed])
    return CycleTotals(
        live=live,
        coverage=coverage(list(live.standings)),
        totals=tuple(totals),
        reports=own.reports,
        fed_by=fed.reports,
        fed_standings=tuple(standing for cycle in feeding for standing in cycle.standings),
    )


def feeding_keys(live: LiveCycle) -> list[CycleKey]:
    """The cycles of the same period whose totals go into this one."""
    plan, key = live.planned.plan, live.key
    return [
        CycleKey(key.plan, obligation.code, key.period)
        for obligation in plan.obligations
        if obligation.feeds == key.obligation
    ]


def _source(session: Session, live: LiveCycle, tree: UnitTree, codes: list[str]) -> Source:
    return Source(frozenset(codes), tuple(members_of(live, tree)), tuple(counted_figures(session, live.key)))


def _merged(sources: list[Source]) -> Source:
    """Several obligations may feed one: their units add up side by side."""
    return Source(
        frozenset(code for source in sources for code in source.codes),
        tuple(member for source in sources for member in source.members),
        tuple(report for source in sources for report in source.reports),
    )


def members_of(live: LiveCycle, tree: UnitTree) -> list[Member]:
    """Those who owe, exempt units left out, with the kind they had when the cycle opened."""
    on = live.opened_at.date()
    return [Member(s.unit, tree.nearest(s.unit, on).kind) for s in live.standings if not s.exempt]


def trace(home: Home, key: CycleKey, code: str) -> dict[str, Any]:
    """Where a figure came from: unit, version, file hash, cell. KeyError for an indicator the form lacks."""
    found = totals_of(home, key)
    total = next((total for total in found.totals if total.indicator.code == code), None)
    if total is None:
        codes = ", ".join(t.indicator.code for t in found.totals)
        raise KeyError(f"{key} has no indicator {code}; it has {codes}")
    formula = total.indicator.formula
    codes_wanted = [code] if formula is None else _entered(found, formula.operands())
    parts = [
        {
            "unit": report.unit,
            "unit_name": report.unit_name,
            "version": report.version,
            "file_sha256": report.file_sha256,
            "indicator": wanted,
            "cell": answer.cell,
            "value": plain(answer.number) if answer.number is not None else answer.text,
        }
        for report in (*found.reports, *found.fed_by)
        for wanted in codes_wanted
        if (answer := report.figures.get(wanted))
    ]
    return {"cycle": str(key), "indicator": code, "value": value_of(total), "parts": parts}


def _entered(found: CycleTotals, codes: list[str]) -> list[str]:
    entered: list[str] = []
    for code in codes:
        formula = found.live.planned.plan.indicator(code).formula
        entered += _entered(found, formula.operands()) if formula else [code]
    return list(dict.fromkeys(entered))


def value_of(total: Total) -> Any:
    """A total as JSON has it: a number, a list of answers, or null where nothing is known."""
    if total.answers or total.indicator.adds == "list":
        return [{"unit": name, "value": answer} for name, answer in total.answers]
    return plain(total.value)


def plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def totals_json(found: CycleTotals) -> dict[str, Any]:
    """The public keys of `dondoc totals`."""
    return {
        "cycle": str(found.live.key),
        "expected": found.coverage.expected,
        "received": found.coverage.received,
        "on_time": found.coverage.on_time,
        "late": found.coverage.late,
        "nil": found.coverage.nil,
        "missing": found.missing,
        "indicators": [
            {
                "code": total.indicator.code,
                "label": total.indicator.label,
                "unit": total.indicator.unit,
                "value": value_of(total),
                "numerator": plain(total.numerator),
                "denominator": plain(total.denominator),
                "target": total.target.wording if total.target else None,
                "met": total.met,
                "given": total.given,
                "asked": total.asked,
            }
            for total in found.totals
        ],
    }
