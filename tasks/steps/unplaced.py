"""Units a plan names that were divided or dissolved: the lead unit is asked once, when the cycle opens, who owes in their
place. Until it says so they are a task on the board.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from models.units import UnitTree
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps.listing import OwedMail, lead_of, office_addresses
from tasks.steps.opening import unplaced_units

KIND = "unplaced"
STEP = "mo-ky"


def owed_question(session: Session, live: LiveCycle, tree: UnitTree, as_of: datetime) -> Iterator[OwedMail]:
    """The question that is owed by now, while the cycle is open; nothing where it was asked, or nobody is to be placed."""
    closes_on = live.planned.closes_on
    is_over = live.closed_at is not None or (closes_on is not None and as_of.date() > closes_on)
    if is_over or not unplaced_units(live, tree) or outbox.decided_steps(session, str(live.key), (KIND,)):
        return
    lead = lead_of(live, tree, as_of).code
    for recipient in office_addresses(live, tree, lead, as_of):
        yield OwedMail(lead, KIND, STEP, recipient, as_of.date())
