"""Is a message that waits still true? Looked at in the transaction that claims it."""

from datetime import datetime

from sqlmodel import Session

from models.states import Standing
from models.tables import MessageRow
from models.units import UnitTree
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps import unplaced, unsigned
from tasks.steps.documents import flagging
from tasks.steps.listing import missing_of
from tasks.steps.opening import unplaced_units

_LISTS = frozenset({"missing-list", "letter-ready"})
_REASON = "reported before it was sent"
_PLACED = "settled before it was sent"
_SETTLED = "issued, superseded or of no use before it was sent"


def still_true(session: Session, row: MessageRow, live: LiveCycle, tree: UnitTree, as_of: datetime) -> bool:
    """A reminder to a unit that has reported meanwhile is withdrawn instead of sent; so is a list of nobody, what is
    asked about a draft that is none any more, and about units in whose place somebody owes, and what is told of changes that
    were taken back.
    """
    if row.kind in outbox.ASKING:
        if _is_waited_for(live.standing(row.unit)):
            return True
        outbox.withdraw(session, row.cycle, row.unit, reason=_REASON, at=as_of)
    elif row.kind == unsigned.KIND:
        return _is_unsigned(session, row, live, as_of)
    elif row.kind == flagging.KIND:
        return flagging.still_stands(session, row)
    elif row.kind == unplaced.KIND:
        return _is_unplaced(session, row, live, tree)
    elif row.kind not in _LISTS or missing_of(live, tree, row.unit, as_of, row.step):
        return True
    outbox.mark(session, [row.id] if row.id else [], "withdrawn", reason=_REASON)
    return False


def _is_unsigned(session: Session, row: MessageRow, live: LiveCycle, as_of: datetime) -> bool:
    draft = unsigned.draft_of(session, live.key, row.step)
    if draft and unsigned.is_wanted(live, draft.kind, as_of):
        return True
    outbox.mark(session, [row.id] if row.id else [], "withdrawn", reason=_SETTLED)
    return False


def _is_unplaced(session: Session, row: MessageRow, live: LiveCycle, tree: UnitTree) -> bool:
    if unplaced_units(live, tree):
        return True
    outbox.mark(session, [row.id] if row.id else [], "withdrawn", reason=_PLACED)
    return False


def _is_waited_for(standing: Standing) -> bool:
    return not standing.reported and not standing.exempt
