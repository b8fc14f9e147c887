"""The draft of one unit's own Báo cáo, from the version of it that counts."""

from models.ids import CycleKey
from models.plan.levels import carried, seen_from
from models.report.own import build_own_report
from models.totals import Source, total_up
from tasks.adapters.documents import render_report
from tasks.adapters.home import Home
from tasks.adapters.ledger.units import load_tree
from tasks.steps.templates import template_for
from tasks.steps.totalling import members_of, totals_of


def own_report_bytes(home: Home, key: CycleKey, unit: str) -> bytes:
    """KeyError where the unit does not owe this report, ValueError where it has sent none."""
    found = totals_of(home, key)
    through = found.live.standing(unit).collector
    own = next((report for report in found.reports if report.unit == unit), None)
    if own is None:
        raise ValueError(f"{unit} has no accepted report in {key}")
    planned = found.live.planned
    with home.ledger.read() as session:
        tree = load_tree(session)
    on = found.live.opened_at.date()
    itself = tree.nearest(unit, on)
    member = tuple(m for m in members_of(found.standings) if m.unit == unit)
    codes = planned.obligation.form.indicators
    passed_up = frozenset(carried(planned.plan, planned.obligation))
    source = Source(frozenset(codes), member, (own,), passed_up)
    totals = total_up(seen_from(planned.plan, planned.obligation), codes, planned.period, [source])
    to = [tree.office(code, on).body for code in planned.obligation.to if code != unit]
    if through != unit:
        to.append(f"{tree.office(through, on).body} (để tổng hợp)")
    parent = tree.office(itself.parent, on) if itself.parent else None
    document = build_own_report(
        planned, itself, parent, tuple(to), own, tuple(total for total in totals if total.asked)
    )
    return render_report(document, template_for(home, itself.code, "bao-cao", on).data)
