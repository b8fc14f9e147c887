"""Which cycles have something to do by now; the others are left in peace."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.units import load_tree
from tasks.steps.closing import is_due_to_close
from tasks.steps.inbox import waiting
from tasks.steps.reminding import owed_mails
from tasks.steps.writing import letter_due, report_due


def cycles_with_work(home: Home, as_of: datetime) -> list[CycleKey]:
    """Opened cycles where something is owed, has come in, is to be closed or written; then what only came in."""
    arrived = waiting(home)
    with home.ledger.read() as session:
        tree = load_tree(session)
        lives = load_cycles(session, tree, home.days)
        busy = [
            live.key
            for live in lives
            if live.key in arrived
            or owed_mails(session, live, tree, home.days, as_of)
            or is_due_to_close(live, as_of)
            or _document_due(home, live, as_of)
        ]
    return busy + [key for key in arrived if key not in {live.key for live in lives}]


def _document_due(home: Home, live: LiveCycle, as_of: datetime) -> bool:
    return letter_due(home, live, as_of) is not None or report_due(home, live)
