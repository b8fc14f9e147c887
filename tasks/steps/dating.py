"""Dates a plan leaves open: set by the coordinator under a document, one by one or from the top of a cascade down."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.calendar import PlannedCycle
from models.cascade import Level, neighbour_problems, propose
from models.deadlines import SetDue
from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import opened_keys
from tasks.adapters.ledger.plans import current_plans, save_set_due, set_dues
from tasks.steps.acts import RefusedActError
from tasks.steps.opening import find_planned

_LATEST = timedelta(days=550)
"""How long after a period its report can be due."""


def set_due(home: Home, key: CycleKey, due: SetDue, *, as_of: datetime, actor: str) -> None:
    """Set the date a plan leaves open, under the document that sets it. A date the plan prints is not touched."""
    set_together(home, {key: due}, as_of=as_of, actor=actor)


def set_together(home: Home, dues: Mapping[CycleKey, SetDue], *, as_of: datetime, actor: str) -> None:
    """Set several dates of one plan, all or none; they must stand in order with what feeds them and what they feed."""
    for key, due in dues.items():
        planned, _ = find_planned(home, key)
        check_due(planned, due)
        rule = planned.obligation.due
        if rule is not None and rule.ahead is None:
            raise RefusedActError(f"{key} has its date from the plan: {planned.obligation.wording}")
    with home.ledger.write() as session:
        opened, together = opened_keys(session), {**set_dues(session), **dues}
        plans = current_plans(session)
        for key, due in dues.items():
            if key in opened:
                raise RefusedActError(
                    f"{key} has opened under the date set before: extend the units that need it, or change it for all "
                    "with `dondoc reschedule`"
                )
            for problem in neighbour_problems(plans[key.plan][0], key, home.days, together):
                raise RefusedActError(problem)
            save_set_due(session, key, due, at=as_of, actor=actor)


def check_due(planned: PlannedCycle, due: SetDue) -> None:
    """A slip of the finger in the year is not a date of this period."""
    if not due.document.strip():
        raise RefusedActError("say which document sets the date")
    first, last = planned.period.start, planned.period.end + _LATEST
    if not first <= due.day_x <= last:
        raise RefusedActError(f"{due.day_x} is not a date for {planned.key}: expected {first} to {last}")


def cascade(home: Home, top: CycleKey, top_due: SetDue | None, allowances: Mapping[str, int]) -> list[Level]:
    """The dates a cascade proposes; nothing is set. UnknownCycleError where no plan has the top."""
    planned, _ = find_planned(home, top)
    with home.ledger.read() as session:
        dues = set_dues(session)
    return propose(planned.plan, top, top_due, allowances, home.days, dues)
