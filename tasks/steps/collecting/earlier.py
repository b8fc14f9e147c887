"""What a unit reported in the period before a cycle, as the ledger has it: for its form, and to compare with."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from models.calendar import PlannedCycle
from models.ids import CycleKey
from models.last_period import LastPeriod, last_period
from models.periods import Period, find_period
from models.plan.levels import seen_from
from models.tables import CycleRow
from models.units import Unit, UnitTree
from models.units.comparing import carried_to, origins_of
from tasks.adapters.home import Home
from tasks.adapters.ledger.counted import counted_figures

_OPENED = sa.select(col(CycleRow.period), col(CycleRow.opened_at)).where(
    col(CycleRow.plan) == sa.bindparam("plan"), col(CycleRow.obligation) == sa.bindparam("obligation")
)


def last_period_of(
    home: Home, planned: PlannedCycle, tree: UnitTree, unit: Unit, now: date
) -> LastPeriod | None:
    """Of the newest opened cycle of the same duty and rhythm that was over before this period began; `now` is the day
    this cycle opened. None where there was none, the unit did not report, or its territory was divided since.
    """
    with home.ledger.read() as session:
        opened = session.execute(
            _OPENED, {"plan": planned.key.plan, "obligation": planned.key.obligation}
        ).all()
        found = [(period, at.date()) for label, at in opened if (period := _before(planned, label))]
        if not found:
            return None
        period, then = max(found, key=lambda each: each[0].end)
        key = CycleKey(planned.key.plan, planned.key.obligation, period.label)
        origins = [origin.unit.code for origin in origins_of(tree, unit.code, then, now)]
        reports = {report.unit: report for report in counted_figures(session, key, origins)}
    known = {code: report.unit_name for code, report in reports.items()}
    carried = carried_to(tree, (unit.code, unit.body), known, then, now)
    plan = seen_from(planned.plan, planned.obligation)
    asked = plan.indicators_named(planned.obligation.form.indicators)
    return last_period(period.vietnamese, carried, reports, asked)


def _before(planned: PlannedCycle, label: str) -> Period | None:
    """The period with this label, where it lies before that of the cycle and is as long."""
    try:
        period = find_period(planned.plan, planned.obligation, label)
    except LookupError:
        return None
    own = planned.period
    return period if period.every == own.every and period.end < own.start else None
