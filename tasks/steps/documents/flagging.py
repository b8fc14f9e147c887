"""A correction after a document was submitted, approved or issued flags the document, at every level above: the lead unit is
told once of each change, and decides whether a new one is issued.
"""

import json
from datetime import datetime

from sqlmodel import Session

from models.ids import CycleKey
from models.report.since import ReportChange
from models.signing import document_label
from models.tables import DocumentRow, MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.documents import find_document
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.flags import Flags, digest, flags, note_sources, untold
from tasks.adapters.ledger.units import load_tree
from tasks.steps.documents.freezing import inputs_of_row
from tasks.steps.documents.since import sources_of
from tasks.steps.listing import lead_of, office_addresses
from tasks.steps.unsigned import named

KIND = "flagged"
_TAKEN_BACK = "taken back before it was sent"
_CHANGED_AGAIN = "changed again before it was sent"


def rest_on(home: Home, session: Session, row: DocumentRow) -> None:
    """From now on a change of what it was made from flags it. Of a document without kept inputs that is not known."""
    inputs = inputs_of_row(home, row)
    if inputs:
        note_sources(session, row, sources_of(home, session, inputs))


def tell_of_flags(home: Home, key: CycleKey, as_of: datetime) -> int:
    """Queue a mail to the lead unit about each document of this cycle that was flagged anew; returns how many mails."""
    with home.ledger.read() as session:
        if not untold(session, flags(session, str(key))):
            return 0
    with home.ledger.write() as session:
        found = flags(session, str(key))
        return sum(_tell(home, session, row, found, as_of) for row in untold(session, found))


def cycles_to_tell(session: Session) -> set[str]:
    return {row.cycle for row in untold(session, flags(session))}


def changes_of(session: Session, row: DocumentRow) -> list[ReportChange]:
    return flags(session, row.cycle).get(row.id or 0, [])


def still_stands(session: Session, message: MessageRow) -> bool:
    """Is what a waiting mail tells about a document still so? Else it is withdrawn; what was told of it is forgotten, so
    that the same change is told when it comes back.
    """
    row = find_document(session, CycleKey.parse(message.cycle), **json.loads(message.payload))
    assert row, "no document is ever taken away"
    told, changes = message.step.rpartition("/")[2], changes_of(session, row)
    if changes and digest(changes) == told:
        return True
    reason = _CHANGED_AGAIN if changes else _TAKEN_BACK
    outbox.mark(session, [message.id] if message.id else [], "withdrawn", reason=reason)
    if row.flags == told:
        row.flags = ""
    return False


def _tell(home: Home, session: Session, row: DocumentRow, found: Flags, as_of: datetime) -> int:
    changes = found[row.id or 0]
    row.flags = digest(changes)
    label = document_label(row.kind, row.step, row.version)
    append_event(
        session,
        "document flagged",
        at=as_of,
        actor="sweep",
        cycle=row.cycle,
        document=row.kind,
        step=row.step,
        version=row.version,
        reports=[[each.cycle, each.unit, each.then, each.now] for each in changes],
    )
    tree = load_tree(session)
    live = load_cycle(session, tree, home.days, CycleKey.parse(row.cycle))
    assert live, "a document is of a cycle that has opened"
    lead = lead_of(live, tree, as_of).code
    step = f"{label}/{row.flags}"
    addresses = office_addresses(live, tree, lead, as_of)
    new = [
        outbox.queue(
            session,
            cycle=row.cycle,
            unit=lead,
            kind=KIND,
            step=step,
            recipient=recipient,
            planned_on=as_of.date(),
            at=as_of,
            payload=named(row),
        )
        for recipient in addresses
    ]
    keys = [outbox.message_key(row.cycle, lead, KIND, step, recipient) for recipient in addresses]
    return sum(new) + outbox.queue_again(session, keys, reasons=(_TAKEN_BACK, _CHANGED_AGAIN), at=as_of)
