"""Close a cycle when its day has come: from then on its totals stand, and what comes later is a correction."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycle_acts import close_cycle
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.units import load_tree


def close_due(home: Home, key: CycleKey, as_of: datetime) -> bool:
    """Close after the closing day, or as soon as the deadline has passed with every report in."""
    with home.ledger.write() as session:
        live = load_cycle(session, load_tree(session), home.days, key)
        return (
            live is not None
            and is_due_to_close(live, as_of)
            and close_cycle(session, key, at=as_of, actor="sweep")
        )


def is_due_to_close(live: LiveCycle, as_of: datetime) -> bool:
    planned = live.planned
    if live.closed_at or planned.closes_on is None or planned.deadline is None:
        return False
    return as_of.date() > planned.closes_on or (as_of > planned.deadline.due_at and all_in(live))


def all_in(live: LiveCycle) -> bool:
    """Has everyone who owes reported?"""
    return bool(live.standings) and all(s.reported or s.exempt for s in live.standings)
