"""The draft of one unit's own Báo cáo, from the version of it that counts."""

from models.ids import CycleKey
from models.plan.levels import carried, seen_from
from models.report.own import build_own_report
from models.totals import Source, total_up
from tasks.adapters.documents import render_report
from tasks.adapters.home import Home
from tasks.adapters.ledger.counted import counted_figures
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.steps.documents.templates import template_for
from tasks.steps.opening import UnknownCycleError
from tasks.steps.totals.totalling import members_of


def own_report_bytes(home: Home, key: CycleKey, unit: str) -> bytes:
    """KeyError where the unit does not owe this report, ValueError where it has sent none. Of the others nothing is read:
    thousands may owe it.
    """
    with home.ledger.read() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key, unit)
        if live is None:
            raise UnknownCycleError(f"{key} has not opened yet: nobody has reported")
        standing = live.standing(unit)
        own = next(iter(counted_figures(session, key, [unit])), None)
    if own is None:
        raise ValueError(f"{unit} has no accepted report in {key}")
    planned, on = live.planned, live.opened_at.date()
    itself = tree.nearest(unit, on)
    codes = planned.obligation.form.indicators
    passed_up = frozenset(carried(planned.plan, planned.obligation))
    source = Source(frozenset(codes), tuple(members_of([standing])), (own,), passed_up)
    totals = total_up(seen_from(planned.plan, planned.obligation), codes, planned.period, [source])
    to = [tree.office(code, on).body for code in planned.obligation.to if code != unit]
    if standing.collector != unit:
        to.append(f"{tree.office(standing.collector, on).body} (để tổng hợp)")
    parent = tree.office(itself.parent, on) if itself.parent else None
    document = build_own_report(
        planned, itself, parent, tuple(to), own, tuple(total for total in totals if total.asked)
    )
    return render_report(document, template_for(home, itself.code, "bao-cao", on).data)
