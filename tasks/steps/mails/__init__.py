"""From outbox rows to mails: the words of `models/mail.py`, with the form or document attached."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from models.tables import MessageRow
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps.mails.case import Case, Composed
from tasks.steps.mails.to_lead import letter_ready, missing_list, report_ready
from tasks.steps.mails.to_units import extended, receipt, refused, reminder, returned

_COMPOSERS: dict[str, Callable[[Sequence[Case]], Composed]] = {
    "reminder": reminder,
    "overdue": reminder,
    "receipt": receipt,
    "refused": refused,
    "returned": returned,
    "extended": extended,
    "missing-list": missing_list,
    "letter-ready": letter_ready,
    "report-ready": report_ready,
}
KINDS = tuple(_COMPOSERS)
"""Every kind of message there is."""


def compose(
    home: Home, rows: Sequence[MessageRow], tree: UnitTree, lives: Mapping[str, LiveCycle], as_of: datetime
) -> Composed:
    """One mail for rows of one kind to one person; reminders of several duties become several lines."""
    cases = [Case(home, row, lives[row.cycle], tree, as_of) for row in rows]
    return _COMPOSERS[rows[0].kind](cases)
