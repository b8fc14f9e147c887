"""What a changed plan or a changed calendar of holidays would move in this home, before it is applied."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from models.moves import moves
from models.plan import Plan
from models.tables import DocumentRow
from models.working_days import WorkingDays
from models.worlds import Move, Opened, World
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reminding import ladder_for, own_deadline, step_name

_REMINDERS = ("reminder", "overdue")


def moved_by_plans(session: Session, days: WorkingDays, plans: Iterable[Plan], as_of: date) -> list[Move]:
    """What moves when these plans stand in place of those loaded under their codes."""
    changed = {plan.code: plan for plan in plans}
    return moves(_world(session, days), _world(session, days, changed), as_of)


def moved_by_days(session: Session, before: WorkingDays, after: WorkingDays, as_of: date) -> list[Move]:
    """What moves when another calendar of working days holds."""
    return moves(_world(session, before), _world(session, after), as_of)


def _world(session: Session, days: WorkingDays, changed: dict[str, Plan] | None = None) -> World:
    loaded = {code: plan for code, (plan, _) in current_plans(session).items()}
    tree = load_tree(session)
    return World(
        plans=tuple({**loaded, **(changed or {})}.values()),
        days=days,
        dues=set_dues(session),
        tree=tree,
        opened={live.key: _opened(session, live, days) for live in load_cycles(session, tree, days)},
    )


def _opened(session: Session, live: LiveCycle, days: WorkingDays) -> Opened:
    asked = [s for s in live.standings if not s.reported and not s.exempt]
    own = {s.unit: own_deadline(live, s, days)[1] for s in asked if s.own_last_day}
    if live.closed_at and not own:
        return Opened(live.planned, closed=True)
    decided = outbox.decided_steps(session, str(live.key), _REMINDERS)
    steps = [step.step for step in live.planned.obligation.ladder]
    drafted = _drafted(session, live)
    return Opened(
        planned=live.planned,
        closed=live.closed_at is not None,
        own=own,
        undecided={
            s.unit: frozenset(
                step.step
                for step in ladder_for(live, s)
                if step_name(step.step, live, s) not in decided.get(s.unit, set())
            )
            for s in asked
        },
        drafted=frozenset(step for step in steps if step + live.mark in drafted),
    )


def _drafted(session: Session, live: LiveCycle) -> frozenset[str]:
    query = select(DocumentRow.step).where(
        DocumentRow.cycle == str(live.key), col(DocumentRow.kind) == "cong-van"
    )
    return frozenset(session.exec(query))
