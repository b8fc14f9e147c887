"""A mail is shown to the virus scanner whole, before anything in it is opened; one that fails waits for a person, closed."""

from models.tables import InboundRow
from tasks.adapters.home import Home
from tasks.adapters.mailbox import TO_SEE
from tasks.adapters.scanner import TooLargeToScanError
from tasks.steps.collecting.scanning import INFECTED, infection

_NOT_SCANNED = "not_scanned"


def why_unsafe(home: Home, data: bytes) -> str:
    """A word of `models.inbound_words`, or "" where it may be opened. ScannerError: nobody can say, ask again later."""
    try:
        return INFECTED if infection(home, data) else ""
    except TooLargeToScanError:
        return _NOT_SCANNED


def leave_closed(home: Home, number: int, why: str) -> InboundRow:
    """Nothing of it is kept, and nobody is answered: what carries a virus seldom comes from whom it names."""
    with home.ledger.write() as session:
        row = session.get(InboundRow, number)
        assert row
        if not row.state:
            row.state, row.why = "unmatched", why
        row.folder = TO_SEE
        session.add(row)
    return row
