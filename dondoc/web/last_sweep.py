"""How far the world has been swept."""

from datetime import datetime

from tasks.adapters.home import Home
from tasks.adapters.ledger.events import read_mark
from tasks.steps.opening import SWEPT


def last_sweep(home: Home) -> datetime | None:
    """None before the first sweep."""
    with home.ledger.read() as session:
        mark = read_mark(session, SWEPT)
    return datetime.fromisoformat(mark) if mark else None
