"""Every kind of document of every plan that ships, from the plan and the units themselves: no ledger, no clock.

`python -m tests.adapters.plan_documents` prints the hash of each, for another process to compare.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from dondoc.demo.figures import _FIGURES
from models.calendar import PlannedCycle, plan_cycle
from models.deadlines import SetDue
from models.documents import LetterDocument, OfficialDocument
from models.figures import UnitFigures, UnitNarrative
from models.periods import periods_of
from models.plan import Obligation, Plan
from models.report import Chase, ReportInputs, build_letter, build_notice, build_report
from models.report.comparison import Side, compare, goes_before, past_period
from models.report.due import REPORTED_KINDS
from models.report.own import build_own_report
from models.states import Standing
from models.taken import FigureValue
from models.totals import Member, Source, total_up
from models.units import Unit, UnitTree
from models.units.comparing import map_units
from models.units.owing import owing
from tasks.adapters.documents import render_letter, render_report
from tasks.adapters.unit_files import read_units
from tests.builders import ROOT, figure, inputs, shipped_days, shipped_plan

PLANS = ("hong-ngu-2020", "hue-588", "hue-647", "lang-son-1438", "nam-dong-2014")
TEMPLATES = ROOT / "templates" / "docx"
SAID = "Đã triển khai đến các ban, ngành, đoàn thể; công tác phối hợp được duy trì thường xuyên."


@cache
def all_documents() -> dict[str, bytes]:
    """Name (`hue-588/O2/2019 bao-cao`) → .docx."""
    return {name: _written(document) for plan in PLANS for name, document in of_plan(shipped_plan(plan))}


def of_plan(plan: Plan) -> Iterator[tuple[str, OfficialDocument]]:
    for obligation in plan.obligations:
        periods = periods_of(plan, obligation)
        if obligation.kind in REPORTED_KINDS and plan.report_of(obligation) and periods:
            before: ReportInputs | None = None
            # The last period is another kind of period where a plan is reported by year and by phase.
            for period in {each.label: each for each in (periods[0], periods[-1])}.values():
                day = SetDue(date(period.last_year, 12, 20), inclusive=False, document="Công văn số 12/UBND")
                cycle = plan_cycle(plan, obligation, period, shipped_days())
                dated = cycle if cycle.deadline else plan_cycle(plan, obligation, period, shipped_days(), day)
                if given := _given(dated):
                    yield from _of_cycle(given, before)
                    before = given


def _given(cycle: PlannedCycle) -> ReportInputs | None:
    on = cycle.opens_on or cycle.period.start
    tree = _tree()
    units = owing(tree, cycle.obligation.owed_by, on)
    if not units:  # all of them ended with a reorganisation
        return None
    standings, reports = _states(cycle, units)
    form = cycle.obligation.form
    return inputs(cycle, standings, reports, [*form.indicators, *form.totals_only])


def _of_cycle(given: ReportInputs, before: ReportInputs | None) -> Iterator[tuple[str, OfficialDocument]]:
    cycle, standings = given.planned, given.standings
    on = cycle.opens_on or cycle.period.start
    tree = _tree()
    yield f"{cycle.key} bao-cao", build_report(_beside(given, before, tree))
    yield f"{cycle.key} bao-cao kèm nguồn", build_report(replace(given, with_sources=True))
    yield f"{cycle.key} thong-bao", build_notice(given)
    assert cycle.deadline
    for level in (1, 2):
        chase = Chase(
            level, cycle.deadline.late_from + timedelta(hours=8), cycle.deadline.day_x, ("Chủ tịch",)
        )
        if any(standing.overdue(chase.as_of) for standing in standings):
            yield f"{cycle.key} cong-van lần {level}", build_letter(given, chase)
    unit = tree.nearest(standings[0].unit, on)
    yield f"{cycle.key} báo cáo của đơn vị", _own(cycle, tree, unit, given.reports[0], on)


def _beside(given: ReportInputs, before: ReportInputs | None, tree: UnitTree) -> ReportInputs:
    """Against the same part of an earlier year, where the one before is that."""
    if before is None or not goes_before(before.planned.period, given.planned.period):
        return given
    then, now = _side(before), _side(given)
    days = [each.planned.opens_on or each.planned.period.start for each in (before, given)]
    named = [[(s.unit, s.unit_name) for s in each.standings] for each in (before, given)]
    units = map_units(tree, *named, *days)
    past = past_period(str(before.planned.key), then, {})
    return replace(given, earlier=(past,), comparison=compare(now, then, units, ()))


def _side(given: ReportInputs) -> Side:
    planned = given.planned
    members = tuple(
        Member(s.unit, _tree().nearest(s.unit, planned.period.start).kind) for s in given.standings
    )
    codes = frozenset(total.indicator.code for total in given.totals)
    return Side(
        planned.plan,
        planned.period,
        given.coverage,
        given.totals,
        (Source(codes, members, given.reports),),
    )


def _own(cycle: PlannedCycle, tree: UnitTree, unit: Unit, own: UnitFigures, on: date) -> OfficialDocument:
    codes = cycle.obligation.form.indicators
    source = Source(frozenset(codes), (Member(unit.code, unit.kind),), (own,))
    totals = tuple(total for total in total_up(cycle.plan, codes, cycle.period, [source]) if total.asked)
    to = tuple(tree.office(code, on).body for code in cycle.obligation.to) or (
        tree.office(cycle.plan.lead, on).body,
    )
    parent = tree.office(unit.parent, on) if unit.parent else None
    return build_own_report(cycle, unit, parent, to, own, totals)


def _states(cycle: PlannedCycle, units: list[Unit]) -> tuple[list[Standing], list[UnitFigures]]:
    """Of four or more units one is late, one has nothing to report, and the last has not reported."""
    assert cycle.deadline
    in_time = cycle.deadline.due_at - timedelta(days=2)
    standings, reports = [], []
    for place, unit in enumerate(units):
        missing = place == len(units) - 1 and place > 0
        nil = place == 2 and not missing and cycle.obligation.form.nil
        came = None if missing else cycle.deadline.late_from if place == 1 else in_time
        standings.append(_standing(cycle, unit, came, nil=nil))
        if not missing:
            reports.append(_report(cycle.plan, cycle.obligation, unit, place, nil=nil))
    return standings, reports


def _standing(cycle: PlannedCycle, unit: Unit, came: datetime | None, *, nil: bool) -> Standing:
    assert cycle.deadline
    return Standing(
        unit.code,
        unit.body,
        cycle.deadline.due_at,
        has_address=True,
        first_submitted_at=came,
        version=1 if came else None,
        nil=nil,
    )


def _report(plan: Plan, obligation: Obligation, unit: Unit, place: int, *, nil: bool) -> UnitFigures:
    asked = {
        plan.indicator(code).code for code in obligation.form.indicators if not plan.indicator(code).formula
    }
    typed = (
        {} if nil else {code: value for code, value in _FIGURES[plan.code](place).items() if code in asked}
    )
    said = [] if nil else obligation.form.narratives
    narratives = tuple(UnitNarrative(narrative.code, unit.body, SAID) for narrative in said)
    return UnitFigures(unit.code, unit.body, 1, "0" * 64, nil, _values(typed), narratives)


def _values(typed: dict[str, str | int | float]) -> dict[str, FigureValue]:
    return {code: figure(code, _value(value)) for code, value in typed.items()}


def _value(value: str | float) -> str | int | Decimal:
    if isinstance(value, str):
        return value.lower() if value in {"Có", "Không"} else value
    return Decimal(str(value)) if isinstance(value, float) else value


@cache
def _tree() -> UnitTree:
    files = sorted((ROOT / "plans" / "units").glob("*.csv"))
    return UnitTree([unit for file in files for unit in read_units(file.read_text("utf-8"), file.name)])


def _written(document: OfficialDocument) -> bytes:
    if isinstance(document, LetterDocument):
        return render_letter(document, TEMPLATES)
    return render_report(document, TEMPLATES)


if __name__ == "__main__":
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in all_documents().items()}
    sys.stdout.write(json.dumps(hashes))
