"""A word on stderr where something was decided today about a cycle of long ago: --as-of is easily forgotten."""

from datetime import datetime

from dondoc.cli.out import errors
from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.steps.collecting.page_links import GRACE


def say_if_long_past(home: Home, key: CycleKey, at: datetime) -> None:
    """Said where the cycle closed so long before this moment that no late report or correction comes by its page."""
    with home.ledger.read() as session:
        live = load_cycle(session, load_tree(session), home.days, key)
    closed = live.planned.closes_on if live else None
    if closed and at.date() > closed + GRACE:
        errors.print(
            f"decided as of {at:%Y-%m-%d}, but {key} closed on {closed}: was --as-of forgotten?",
            markup=False,
            soft_wrap=True,
        )
