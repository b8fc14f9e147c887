"""Which cycles have something to do by now; the others are left in peace."""

from collections.abc import Mapping
from datetime import datetime

from models.ids import CycleKey
from models.states import Standing
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.documents import newest_inputs
from tasks.adapters.ledger.units import load_tree
from tasks.steps.closing import is_due_to_close
from tasks.steps.inbox import waiting
from tasks.steps.reminding import owed_mails
from tasks.steps.totalling import feeding_keys
from tasks.steps.writing import letter_due, report_due


def cycles_with_work(home: Home, as_of: datetime) -> list[CycleKey]:
    """Opened cycles where something is owed, has come in, is to be closed or written; then what only came in; last
    those fed by what has come in, since their reports are made of it.
    """
    arrived, days = waiting(home), home.days
    with home.ledger.read() as session:
        tree = load_tree(session)
        lives = {live.key: live for live in load_cycles(session, tree, days)}
        written = newest_inputs(session)
        busy = [
            live.key
            for live in lives.values()
            if live.key in arrived
            or (_may_owe(live) and owed_mails(session, live, tree, days, as_of))
            or is_due_to_close(live, as_of)
            or letter_due(home, live, as_of)
            or report_due(live, _fed(live, lives), written.get(str(live.key)))
        ]
    fed = [live.key for live in lives.values() if arrived.keys() & set(feeding_keys(live))]
    return [key for key in (*busy, *(key for key in arrived if key not in lives)) if key not in fed] + fed


def _may_owe(live: LiveCycle) -> bool:
    """Once a cycle is closed only a deadline of a unit's own goes on; most are, and nothing is asked about them."""
    return live.closed_at is None or any(standing.own_last_day for standing in live.standings)


def _fed(live: LiveCycle, lives: Mapping[CycleKey, LiveCycle]) -> list[Standing]:
    """Where the units stand in the cycles whose totals go into this one."""
    return [standing for key in feeding_keys(live) if key in lives for standing in lives[key].standings]
